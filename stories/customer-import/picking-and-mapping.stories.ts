import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { createMemoryAdapter } from '../../src/adapters/memory/index.ts';
import '../../src/elements/customer-import/define.ts';
import type { CustomerImport } from '../../src/elements/customer-import/customer-import.ts';

interface Args {
  file?: File;
  /** What is pressed then: a button by its text, or a column sent to a field as `header: field`, `again` for the same file. */
  presses: readonly string[];
  /** Whose mappings are remembered. */
  site: string;
}

const csv = (text: string, name = 'customers.csv'): File => new File([text], name, { type: 'text/csv' });

const shopify =
  csv(`Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags
'7001,Ines,Castro,ines@example.com,yes,Castro Lda,Rua Augusta 24,,Lisboa,,PT,'1100-053,'+351213000000,'+351913000000,no,120.00,3,Calls before visiting,no,"VIP, press"
'7002,Jonas,Weber,jonas@example.com,no,,Hauptstraße 7,,Köln,NW,DE,'50667,,'+4922112345678,no,0.00,0,,no,
'7003,Paul,,paul(at)example.com,no,,,,,,,,,,no,0.00,0,,no,
`);

const ofItsOwn = csv(
  `E-Mail;Kundenname;Frist Name;Telefonliste;Büro;Telefon;Straße;Hausnummer;Ort;Newsletter;Letzter Besuch;Notiz;pass_hash;
ines@example.com;Inês Castro;Inês;+351 913 000 000;+351 213 000 000;;Rua Augusta;24;Lisboa;ja;03/04/2026;ruft an;x1;
jonas@example.com;Jonas Weber;Jonas;keins;;0221 12345678;Hauptstraße;7;Köln;nein;05/06/2026;;x2;
ruth@example.com;Ruth Levi;Ruth;+972 3 123 4567;;;Allenby;12;Tel Aviv;ja;01/02/2026;;x3;
kein;;;;;;;;;;;;;
`,
  'kunden.csv',
);

const addresses = csv(
  `email,name,billing street,billing city,billing country,shipping street,shipping city,shipping country,shipping zip
ines@example.com,Inês Castro,Rua Augusta 24,Lisboa,PT,Rua do Ouro 3,Porto,PT,4000-001
`,
  'two-addresses.csv',
);

const square = csv(
  `Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,Street Address 1,Street Address 2,City,State,Postal Code,Birthday,Memo,Square Customer ID,Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend,Email Subscription Status,Instant Profile,Blocked from online booking
1,Ruth,Levi,ruth@example.com,(415) 555-0132,,,1 Market St,,San Francisco,CA,94105,,,SQ1,Directory,2026-01-02,2026-03-04,3,$120.50,Subscribed,No,No
`,
  'square.csv',
);

const mailchimp = csv(
  `Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS
ruth@example.com,Ruth,Levi,2,2026-01-02 09:00:00,,,,,,,,,IL,,2026-01-02 09:00:00,1,abc,,"""VIP"""
`,
  'subscribed_members_export_ba473dc14f.csv',
);

const wide = csv(
  `email,${Array.from({ length: 3000 }, (_, index) => `Answer ${index + 1}`).join(',')}
ines@example.com,${Array.from({ length: 3000 }, (_, index) => index).join(',')}
`,
  'survey.csv',
);

const begun = new WeakSet<CustomerImport>();

const meta: Meta<Args> = {
  title: 'customer-import/Picking and mapping',
  component: 'customer-import',
  args: { presses: [], site: 'stories' },
  render: ({ file, presses, site }) =>
    html`<customer-import
      .adapter=${{ ...createMemoryAdapter(), site }}
      ${ref((element) => {
        if (element) void begin(element as CustomerImport, file, presses);
      })}
    ></customer-import>`,
};
export default meta;
type Story = StoryObj<Args>;

async function begin(
  element: CustomerImport,
  file: File | undefined,
  presses: readonly string[],
): Promise<void> {
  if (begun.has(element)) return;
  begun.add(element);
  await element.updateComplete;
  if (file) await element.readFile(file);
  for (const press of presses) {
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 300));
    if (press === 'again' && file) await element.readFile(file);
    const root = element.shadowRoot;
    const [header, field] = press.split(': ');
    const select = [...(root?.querySelectorAll('.column') ?? [])]
      .find((card) => card.querySelector('.column-header')?.textContent?.trim() === header)
      ?.querySelector<HTMLSelectElement>('.column-target');
    const option = [...(select?.options ?? [])].find(({ text }) => text.trim() === field);
    if (select && option) {
      select.value = option.value;
      select.dispatchEvent(new Event('change'));
    } else
      [...(root?.querySelectorAll<HTMLElement>('button, summary') ?? [])]
        .find(({ textContent }) => textContent?.trim() === press)
        ?.click();
  }
}

export const Pick: Story = {};

export const PasteRows: Story = { args: { presses: ['Paste rows'] } };

export const NotAList: Story = { args: { file: csv('%PDF-1.7', 'customers.pdf') } };

export const NoEmailsAnywhere: Story = { args: { file: csv('Name,Age\nAnn,7\n', 'members.csv') } };

export const AnotherFileIsOpen: Story = { args: { file: shopify, presses: ['Choose another file'] } };

export const Recognised: Story = { args: { file: shopify } };

export const RecognisedWithItsColumns: Story = { args: { file: shopify, presses: ['Look at the columns'] } };

export const OpenQuestions: Story = { args: { file: ofItsOwn } };

export const Answered: Story = {
  args: {
    file: ofItsOwn,
    presses: ['Use as Phone', 'That’s right', 'Büro: Phone', 'Notiz: Don’t import'],
  },
};

export const AsLastTime: Story = {
  args: { file: ofItsOwn, presses: ['Büro: Phone', 'Next', 'again'], site: 'stories-again' },
};

export const TwoAddresses: Story = { args: { file: addresses } };

export const WithoutACountry: Story = { args: { file: square } };

export const ConsentInItsName: Story = { args: { file: mailchimp } };

export const NoAddressInTheColumn: Story = {
  args: { file: csv('E-Mail,Contact\nAnn,ann@example.com\nBob,bob@example.com\n', 'members.csv') },
};

export const ThousandsOfColumns: Story = { args: { file: wide } };

export const OnAPhone: Story = { args: { file: ofItsOwn }, globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { args: { file: ofItsOwn }, globals: { theme: 'dark' } };

export const RightToLeft: Story = { args: { file: ofItsOwn }, globals: { locale: 'ar' } };
