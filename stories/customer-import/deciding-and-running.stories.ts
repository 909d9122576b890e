import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { AdapterError } from '../../src/adapter/errors.ts';
import { createMemoryAdapter, type MemoryAdapterOptions } from '../../src/adapters/memory/index.ts';
import '../../src/elements/customer-import/define.ts';
import type { CustomerImport } from '../../src/elements/customer-import/customer-import.ts';
import type { ImportStep } from '../../src/elements/customer-import/flow.ts';

type MemoryCustomer = NonNullable<MemoryAdapterOptions['customers']>[number];

interface Args {
  /** Made anew whenever the story is shown: an import changes its shop. */
  shop: () => CustomerAdapter;
  file?: File;
  /** The step that is gone on to. */
  until: ImportStep;
  /** What is pressed then, by the name of its action or its text. */
  presses: readonly string[];
}

const csv = (text: string, name = 'customers.csv'): File => new File([text], name, { type: 'text/csv' });

const file =
  csv(`email,first name,last name,phone,tags,accepts marketing,Customer ID,address,city,country,postal code
ines@example.com,Inês,Castro,+351 913 000 000,"VIP, press",yes,7001,Rua Augusta 24,Lisboa,PT,1100-053
jonas@example.com,Jonas,Weber,,wholesale,,7002,Hauptstraße 7,Köln,DE,50667
ruth@example.com,Ruth,Levi,,,,7003,,,,
mei@example.com,Mei,田中,,gift,no,7004,南青山1-2-3,東京都,JP,107-0062
gone@example.com,Gone,Away,,,,7005,,,,
left@example.com,Left,Behind,,,,7006,,,,
ines@example.com,Again,,,,,,,,,
paul(at)example.com,Paul,,,,,,,,,
`);
const many = csv(
  `email,first name\n${Array.from({ length: 20_000 }, (_, index) => `p${index}@example.com,New`).join('\n')}`,
  'newsletter.csv',
);

function customer(fields: Partial<MemoryCustomer> & { email: string }): MemoryCustomer {
  const since = '2026-03-01T09:00:00.000Z';
  return {
    ...{ id: crypto.randomUUID(), first_name: '', last_name: '', phone: null, avatar_url: null },
    ...{ status: 'active' as const, is_guest: false, email_verified: true, accepts_marketing: false },
    ...{ orders_count: 0, total_spent: 0, average_order_value: 0, last_order_date: null, notes_count: 0 },
    ...{ tags: [], country: null, group_ids: [], version: 1 },
    ...{ created_at: since, updated_at: since, last_seen_at: null },
    ...fields,
  };
}

const shop =
  (options: MemoryAdapterOptions = {}) =>
  (): CustomerAdapter =>
    createMemoryAdapter({
      customers: [
        customer({ email: 'ines@example.com', first_name: 'Ines', last_name: 'Castro', tags: ['old'] }),
        customer({
          email: 'jonas@example.com',
          first_name: 'Jonas',
          last_name: 'Weber',
          phone: '+4922112345678',
        }),
        customer({
          email: 'ruth@example.com',
          first_name: 'Ruth',
          last_name: 'Levi',
          metadata: { 'Customer ID': '7003' },
        }),
      ],
      deleted: ['gone@example.com', 'left@example.com'].map((email) => ({
        deletedAt: '2026-11-10T09:00:00.000Z',
        customer: customer({ email }),
      })),
      ...options,
    });

const never = (method: string) => (asked: string) => (asked === method ? new Promise(() => undefined) : 0);
const refused = (method: string) => (asked: string) =>
  asked === method ? new AdapterError('unauthenticated', 'The token has expired.') : undefined;

const meta: Meta<Args> = {
  title: 'customer-import/Deciding and running',
  component: 'customer-import',
  args: { shop: shop(), file, until: 'decide', presses: [] },
  render: ({ shop: make, ...rest }) =>
    html`<customer-import
      .adapter=${make()}
      ${ref((element) => void (element && lead(element as CustomerImport, rest)))}
    ></customer-import>`,
};
export default meta;
type Story = StoryObj<Args>;

const led = new WeakSet<CustomerImport>();

async function lead(
  element: CustomerImport,
  { file: chosen, until, presses }: Omit<Args, 'shop'>,
): Promise<void> {
  if (led.has(element) || !chosen) return;
  led.add(element);
  await element.readFile(chosen);
  const root = element.shadowRoot;
  const stepNow = (): string | undefined => root?.querySelector<HTMLElement>('[data-step]')?.dataset.step;
  for (let turn = 0; stepNow() !== until && turn < 100; turn++) {
    root?.querySelector<HTMLButtonElement>('[data-action=next]:enabled')?.click();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  for (const name of presses) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const buttons = [...(root?.querySelectorAll('button') ?? [])];
    const wanted = (button: HTMLButtonElement): boolean =>
      button.dataset.action === name || button.textContent?.trim() === name;
    buttons.find(wanted)?.click();
  }
}

export const WhatWouldHappen: Story = {};

export const Comparing: Story = { args: { shop: shop({ delay: never('dryRunImport') }) } };

export const NotCompared: Story = { args: { shop: shop({ capabilities: { dryRun: false } }) } };

export const ComparingFailed: Story = { args: { shop: shop({ fail: refused('dryRunImport') }) } };

export const ManyChanges: Story = {
  args: {
    file: many,
    shop: shop({
      customers: Array.from({ length: 8000 }, (_, index) =>
        customer({ email: `p${index}@example.com`, first_name: 'Old' }),
      ),
    }),
  },
};

export const IntoANewGroup: Story = { args: { presses: ['New group “customers”'] } };

export const DeletedBeforeForAnEditor: Story = { args: { shop: shop({ access: { role: 'editor' } }) } };

export const Running: Story = {
  args: {
    file: many,
    until: 'run',
    shop: shop({ delay: (method) => (method === 'stepOperation' ? 1500 : 0) }),
  },
};

export const Paused: Story = {
  args: { ...Running.args, presses: ['Pause'] },
};

export const StandingStill: Story = {
  args: { until: 'run', shop: shop({ fail: refused('stepOperation') }) },
};

/** Begun before the page was left, with the file gone from this browser. */
export const StoppedOnItsWay: Story = {
  args: {
    shop: () => {
      const adapter = shop()();
      const id = crypto.randomUUID();
      const options = { fileName: 'customers.csv', fileFingerprint: 'another' };
      void adapter.startOperation({ id, kind: 'import', asked: 10_000, options }).then(() =>
        adapter.stepOperation({
          id,
          step: 0,
          rows: Array.from({ length: 1000 }, (_, index) => ({
            row: index + 2,
            email: `s${index}@example.com`,
          })),
        }),
      );
      return adapter;
    },
    until: 'pick',
  },
  render: ({ shop: make }) => html`<customer-import .adapter=${make()}></customer-import>`,
};

export const Report: Story = { args: { until: 'report' } };

export const AskedToUndo: Story = { args: { until: 'report', presses: ['undo'] } };

export const Undone: Story = { args: { until: 'report', presses: ['undo', 'confirm'] } };

export const ImportsSoFar: Story = { args: { until: 'report', presses: ['Import another file'] } };

export const OnAPhone: Story = { globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { globals: { theme: 'dark' } };

export const RightToLeft: Story = { globals: { locale: 'ar' } };
