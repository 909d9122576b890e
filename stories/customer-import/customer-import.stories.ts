import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import type { CustomerImport } from '../../src/elements/customer-import/customer-import.ts';
import { brokenShop, emptyShop, fullShop, silentShop } from '../shops.ts';

interface Args {
  adapter: CustomerAdapter;
  /** A file that is chosen already. */
  file?: File;
}

const csv = (text: string, name = 'customers_export.csv'): File =>
  new File([text], name, { type: 'text/csv' });

const shopify =
  csv(`Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address Address2,Default Address City,Default Address Province Code,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags
'7001,Ines,Castro,ines@example.com,yes,Castro Lda,Rua Augusta 24,,Lisboa,,PT,'1100-053,'+351213000000,'+351913000000,no,120.00,3,Calls before visiting,no,"VIP, press"
'7002,Jonas,Weber,jonas@example.com,no,,Hauptstraße 7,,Köln,NW,DE,'50667,,'+4922112345678,no,0.00,0,,no,
'7003,Mei,田中,mei@example.com,yes,,南青山1-2-3,,東京都,,JP,'107-0062,,4.81E+11,no,44.50,1,,no,gift
'7004,,,nameless@example.com,no,,,,,,,,,,no,0.00,0,,no,
'7005,Ines,Castro,INES@example.com,yes,,,,,,,,,,no,0.00,0,,no,
'7006,Paul,,paul(at)example.com,no,,,,,,,,,,no,0.00,0,,no,
'7007,Ruth,Levi,,no,,,,,,,,,,no,0.00,0,phone only,no,
`);

const long = csv(
  `email,first name,user_pass\n${Array.from({ length: 4000 }, (_, index) => (index % 3 ? `p${index}@example.com` : `p${index}.example.com`) + `,Person ${index},hidden`).join('\n')}`,
  'newsletter.csv',
);

const begun = new WeakSet<CustomerImport>();

const meta: Meta<Args> = {
  title: 'customer-import',
  component: 'customer-import',
  args: { adapter: emptyShop() },
  render: ({ adapter, file }) =>
    html`<customer-import
      .adapter=${adapter}
      ${ref((element) => {
        if (element && file) void begin(element as CustomerImport, file);
      })}
    ></customer-import>`,
};
export default meta;
type Story = StoryObj<Args>;

async function begin(element: CustomerImport, file: File): Promise<void> {
  if (begun.has(element)) return;
  begun.add(element);
  await element.readFile(file);
}

export const ChooseAFile: Story = {};

export const NotACustomerFile: Story = { args: { file: csv('%PDF-1.7', 'customers.pdf') } };

export const NoColumnOfEmails: Story = { args: { file: csv('Name,Age\nAnn,7\n', 'members.csv') } };

export const Checked: Story = { args: { file: shopify } };

export const ManyProblems: Story = { args: { file: long } };

export const ForAViewer: Story = { args: { adapter: fullShop('viewer') } };

export const Loading: Story = { args: { adapter: silentShop() } };

export const Failed: Story = { args: { adapter: brokenShop() } };

export const OnAPhone: Story = { args: { file: shopify }, globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { args: { file: shopify }, globals: { theme: 'dark' } };

export const RightToLeft: Story = { args: { file: shopify }, globals: { locale: 'ar' } };
