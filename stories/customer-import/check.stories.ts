import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { CustomerImport } from '../../src/elements/customer-import/customer-import.ts';
import { emptyShop } from '../shops.ts';

interface Args {
  /** The rows of the file, the header first. */
  rows: readonly string[];
  /** What is looked at: a kind of problem, `ready` or `all`. */
  view?: string;
}

const people = [
  'Email,First Name,Phone,Country,Accepts Marketing,Status,Zip,City',
  'ines@example.com,Ines,+351912345678,Portugal,yes,active,1100,Lisboa',
];
const rows = (...more: string[]): string[] => [...people, ...more];

const meta: Meta<Args> = {
  title: 'customer-import/check',
  component: 'customer-import',
  args: { rows: rows() },
  render: ({ rows: lines, view }) =>
    html`<customer-import
      .adapter=${emptyShop()}
      ${ref((element) => {
        if (element) void begin(element as CustomerImport, lines, view);
      })}
    ></customer-import>`,
};
export default meta;
type Story = StoryObj<Args>;

const begun = new WeakSet<CustomerImport>();

async function begin(element: CustomerImport, lines: readonly string[], view?: string): Promise<void> {
  if (begun.has(element)) return;
  begun.add(element);
  await element.updateComplete;
  await element.readFile(new File([lines.join('\n')], 'customers.csv', { type: 'text/csv' }));
  const press = async (selector: string): Promise<void> => {
    for (let tries = 0; tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const button = element.shadowRoot?.querySelector<HTMLButtonElement>(selector);
      if (button) return button.click();
    }
  };
  await press('[data-step=map] [data-action=next]');
  if (view) await press(`[data-view=${view}]`);
}

export const EmailsToRepair: Story = {
  args: {
    rows: rows(
      'mailto:jonas@example.com,Jonas,,Germany,,,,',
      'Mei <mei@example.com>,Mei,,Japan,,,,',
      'paul at home,Paul,,,,,,',
    ),
  },
};

export const NoEmail: Story = { args: { rows: rows(',Ruth,,,,,,', ',Omar,,,,,,') } };

export const TooLong: Story = { args: { rows: rows(`anna@example.com,${'Anna '.repeat(40)},,,,,,`) } };

export const UnreadableCharacters: Story = {
  args: { rows: rows('anna@example.com,An\u0007na,,,,,,'), view: 'control_character' },
};

export const RepeatedRows: Story = {
  args: {
    rows: rows(
      'jonas@example.com,Jonas,,Germany,no,active,50667,Köln',
      'JONAS@example.com,Jonas W.,,Germany,yes,active,50667,Bonn',
      'ines@example.com,Inês,+351912345679,Portugal,,,,',
    ),
  },
};

export const CountriesToName: Story = {
  args: {
    rows: rows(
      'a@example.com,Ana,,Lusitania,,,,',
      'b@example.com,Bea,,Lusitania,,,,',
      'c@example.com,Cem,,Anatolia,,,,',
    ),
  },
};

export const ConsentToExplain: Story = {
  args: { rows: rows('a@example.com,Ana,,,perhaps,,,', 'b@example.com,Bea,,,by post,,,') },
};

export const StatusToExplain: Story = { args: { rows: rows('a@example.com,Ana,,,,gold,,') } };

export const PhonesThatCantBeRead: Story = {
  args: { rows: rows('a@example.com,Ana,0221 555 0100,,,,,', 'b@example.com,Bea,at the desk,,,,,') },
};

export const PhonesThatLostDigits: Story = {
  args: { rows: rows('a@example.com,Ana,4.91512E+11,Germany,,,,') },
};

export const PostalCodesWithoutZero: Story = {
  args: { rows: rows('a@example.com,Ana,,Germany,,,1067,Dresden', 'b@example.com,Bea,,France,,,6000,Nice') },
};

export const LostLetters: Story = { args: { rows: rows('a@example.com,Ana,,,,,,M\ufffdnchen') } };

export const NoName: Story = { args: { rows: rows('a@example.com,,,,,,,') } };

export const NothingFound: Story = { args: { rows: rows('a@example.com,Ana,,,,,,') } };

export const NothingImportable: Story = {
  args: { rows: ['Email,First Name', 'mailto:ana@example.com,Ana'] },
};

export const TenThousandRows: Story = {
  args: {
    rows: rows(
      ...Array.from({ length: 10_000 }, (_, index) =>
        index % 9 ? `p${index}@example.com,Person ${index},,Germany,yes,,50667,Köln` : `p${index},,,,,,,`,
      ),
    ),
    view: 'all',
  },
};

const mixed = rows(
  'mailto:jonas@example.com,Jonas,,Germany,,,,',
  ',Ruth,,,,,,',
  'INES@example.com,Inês,,Portugal,,,,',
  'c@example.com,Cem,,Anatolia,perhaps,,,',
  'd@example.com,Dia,0221 555 0100,,,,1067,',
);

export const OnAPhone: Story = { args: { rows: mixed }, globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { args: { rows: mixed }, globals: { theme: 'dark' } };

export const RightToLeft: Story = { args: { rows: mixed }, globals: { locale: 'ar' } };
