import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { CustomerAdapter, StartBulkRequest } from '../../src/adapter/adapter.ts';
import { createMemoryAdapter, sampleCustomers } from '../../src/adapters/memory/index.ts';
import { brokenShop, emptyShop, fullShop, silentShop } from '../shops.ts';

interface Args {
  adapter: CustomerAdapter;
  heading?: string;
  noStats: boolean;
}

const meta: Meta<Args> = {
  title: 'customers-view',
  component: 'customers-view',
  args: { adapter: fullShop(), noStats: false },
  render: ({ adapter, heading, noStats }) =>
    html`<customers-view
      .adapter=${adapter}
      heading=${ifDefined(heading)}
      ?no-stats=${noStats}
    ></customers-view>`,
};
export default meta;
type Story = StoryObj<Args>;

export const Full: Story = {};

export const WithoutStatistics: Story = { args: { noStats: true, heading: 'People who buy from us' } };

export const ForAViewer: Story = { args: { adapter: fullShop('viewer') } };

export const Loading: Story = { args: { adapter: silentShop() } };

export const Empty: Story = { args: { adapter: emptyShop() } };

export const Failed: Story = { args: { adapter: brokenShop() } };

export const NoAccess: Story = { args: { adapter: brokenShop('forbidden') } };

/** Those who can be restored, how long each still can, and one to remove for good. */
export const RecentlyDeleted: Story = {
  args: { adapter: withDeleted() },
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('customers-view')?.shadowRoot;
    for (let tries = 0; tries < 100 && !root?.querySelector('[data-action=deleted]'); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    root?.querySelector<HTMLElement>('[data-action=deleted]')?.click();
  },
};

/** What was done to many: undone, stopped, unfinished, and with customers that were left out. */
export const RecentOperations: Story = {
  loaders: [async () => ({ adapter: await withHistory() })],
  render: ({ noStats }, { loaded }) =>
    html`<customers-view
      .adapter=${(loaded as { adapter: CustomerAdapter }).adapter}
      ?no-stats=${noStats}
    ></customers-view>`,
  play: async ({ canvasElement }) => {
    const root = canvasElement.querySelector('customers-view')?.shadowRoot;
    for (let tries = 0; tries < 100 && !root?.querySelector('[data-action=history]'); tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    root?.querySelector<HTMLElement>('[data-action=history]')?.click();
  },
};

export const OnAPhone: Story = { globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { globals: { theme: 'dark' } };

export const RightToLeft: Story = { globals: { locale: 'ar' } };

export const Restyled: Story = {
  render: ({ adapter }) => html`
    <style>
      .restyled {
        --customers-accent: light-dark(#0f766e, #5eead4);
        --customers-radius: 2px;
        --customers-font-size: 13px;
        --customers-row-height: 40px;
      }
    </style>
    <customers-view class="restyled" .adapter=${adapter}></customers-view>
  `,
};

function withDeleted(): CustomerAdapter {
  const shop = sampleCustomers(248);
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  const days = [1, 2, 9, 28, 45];
  const deleted = shop.customers.slice(0, days.length).map((customer, at) => ({
    customer,
    deletedAt: daysAgo(days[at] ?? 0),
    ...(at % 2 ? {} : { deletedBy: 'Ada Admin' }),
  }));
  const isGone = new Set(deleted.map(({ customer }) => customer.id));
  const customers = shop.customers.filter(({ id }) => !isGone.has(id));
  return createMemoryAdapter({ ...shop, customers, deleted });
}

async function withHistory(): Promise<CustomerAdapter> {
  const adapter = createMemoryAdapter(sampleCustomers(2_480));
  const act = async (action: Omit<StartBulkRequest, 'id'>, steps = Infinity): Promise<string> => {
    const id = crypto.randomUUID();
    const { steps: all } = await adapter.startOperation({ id, ...action });
    for (let step = 0; step < Math.min(all.total ?? 0, steps); step++) {
      await adapter.stepOperation({ id, step });
    }
    return id;
  };
  const customers = { filters: {} };
  const { rows } = await adapter.listGroups({ limit: 1 });
  await adapter.finishOperation({ id: await act({ kind: 'set_active', customers }) });
  const options = { tags: ['press', 'vip'] };
  const undone = await act({ kind: 'add_tags', customers, options });
  await adapter.finishOperation({ id: undone });
  const undo = await adapter.undoOperation({ id: undone, operationId: crypto.randomUUID() });
  for (const step of [0, 1, 2]) await adapter.stepOperation({ id: undo.id, step });
  await adapter.finishOperation({ id: undo.id });
  const [group] = rows;
  if (group) {
    const id = await act({ kind: 'assign_group', customers, options: { group: group.id } }, 1);
    await adapter.finishOperation({ id, cancelled: true });
  }
  await act({ kind: 'set_inactive', customers }, 1);
  return adapter;
}
