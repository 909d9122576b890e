import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { AdapterError } from '../../src/adapter/errors.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../src/adapters/memory/index.ts';
import type { ColumnName } from '../../src/elements/customer-table/columns.ts';
import type { CustomerTable } from '../../src/elements/customer-table/customer-table.ts';
import type { CustomerSelection } from '../../src/elements/customer-table/selection.ts';
import type { CustomerFiltersInput, CustomerSort } from '../../src/model/filters.ts';
import { brokenShop, emptyShop, fullShop, silentShop } from '../shops.ts';

interface Args {
  adapter: CustomerAdapter | undefined;
  filters: CustomerFiltersInput;
  sort: CustomerSort;
  selection: CustomerSelection;
  columns?: readonly ColumnName[];
  pageSize: number;
  density: 'comfortable' | 'compact';
  actions: string;
  customerHref?: string;
}

const meta: Meta<Args> = {
  title: 'customer-table',
  component: 'customer-table',
  args: {
    adapter: fullShop(),
    filters: {},
    sort: { by: 'created_at', direction: 'desc' },
    selection: { ids: [] },
    pageSize: 20,
    density: 'comfortable',
    actions: 'create import edit delete',
  },
  argTypes: {
    density: { control: 'inline-radio', options: ['comfortable', 'compact'] },
    pageSize: { control: 'select', options: [10, 20, 30, 50, 100] },
  },
  render: ({ adapter, filters, sort, selection, columns, pageSize, density, actions, customerHref }) =>
    html`<customer-table
      .adapter=${adapter}
      .filters=${filters}
      .sort=${sort}
      .selection=${selection}
      .pageSize=${pageSize}
      .columns=${columns ?? ['name', 'phone', 'orders_count', 'total_spent', 'groups', 'status', 'created_at']}
      density=${density}
      actions=${actions}
      customer-href=${customerHref ?? nothing}
    ></customer-table>`,
};
export default meta;
type Story = StoryObj<Args>;

const { customers, groups } = sampleCustomers(248);
const firstIds = (count: number) => customers.slice(0, count).map((customer) => customer.id);

/** Presses a button by its class or `data-` mark once the rows are here. */
const pressing =
  (...selectors: string[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const table = canvasElement.querySelector<CustomerTable>('customer-table');
    for (const selector of selectors) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      table?.shadowRoot?.querySelector<HTMLElement>(selector)?.click();
    }
  };

export const Full: Story = {};

export const Links: Story = { args: { customerHref: '#/customers/{id}' } };

export const Compact: Story = { args: { density: 'compact', pageSize: 30 } };

export const EveryColumn: Story = {
  args: {
    columns: [
      'name',
      'email',
      'phone',
      'orders_count',
      'total_spent',
      'average_order_value',
      'last_order_date',
      'groups',
      'tags',
      'country',
      'status',
      'created_at',
    ],
  },
};

export const Filtered: Story = {
  args: { filters: { status: ['active', 'guest'], hasOrders: true, minSpent: 5000, country: 'DE' } },
};

export const AddingAFilter: Story = { play: pressing('.add-filter') };

export const ChoosingGroups: Story = { play: pressing('.add-filter', '.popover .menu-item:nth-of-type(2)') };

export const Selected: Story = { args: { selection: { ids: firstIds(3) } } };

export const PageSelected: Story = { play: pressing('thead input') };

export const AllThatMatchSelected: Story = {
  args: { filters: { hasOrders: true }, selection: { matching: { hasOrders: true }, except: [] } },
};

export const RowMenu: Story = { play: pressing('.row-actions') };

export const ColumnMenu: Story = { play: pressing('[data-open=columns]') };

/** Status in front, and Groups as wide as a person drew it; both would be remembered under a `storage-key`. */
export const ColumnsOfOnesOwn: Story = {
  args: { columns: ['name', 'status', 'groups', 'total_spent', 'orders_count', 'created_at'] },
  play: async ({ canvasElement }) => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const table = canvasElement.querySelector<CustomerTable>('customer-table');
    const edge = table?.shadowRoot?.querySelector<HTMLElement>('.column-groups [role=separator]');
    edge?.focus();
    for (let press = 0; press < 10; press++) {
      edge?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
      await table?.updateComplete;
    }
  },
};

/** Presses a button of the selection's bar, then what opens, one after the other. */
const acting = (...selectors: string[]) => pressing('thead input', '[data-action=matching]', ...selectors);

/** One action goes on while another one is chosen; the list stays usable. */
export const RunningAction: Story = {
  args: { adapter: manyIn({ delay: (method) => (method === 'stepOperation' ? 4_000 : 0) }) },
  play: acting('[data-action=menu]', '.popover [data-action=set_inactive]'),
};

/** Guests are neither active nor inactive: some are left alone, and why is one press away. */
export const ActionWithGuests: Story = {
  args: { adapter: manyIn() },
  play: acting('[data-action=menu]', '.popover [data-action=set_inactive]'),
};

/** The session has expired in the middle: a person signs in and goes on, or stops. */
export const ActionThatTakesAPerson: Story = {
  args: {
    adapter: manyIn({
      fail: (method) =>
        method === 'stepOperation' ? new AdapterError('unauthenticated', 'The session is over.') : undefined,
    }),
  },
  play: acting('[data-action=menu]', '.popover [data-action=set_inactive]'),
};

export const ActionRefused: Story = {
  args: {
    adapter: manyIn({
      fail: (method) => (method === 'startOperation' ? new AdapterError('forbidden', 'No.') : undefined),
    }),
  },
  play: acting('[data-action=menu]', '.popover [data-action=set_inactive]'),
};

export const AddingToAGroup: Story = {
  args: { adapter: manyIn() },
  play: acting('[data-action=assign_group]'),
};

export const AddingTags: Story = { args: { adapter: manyIn() }, play: acting('[data-action=add_tags]') };

export const Deleting: Story = {
  args: { adapter: manyIn(), selection: { ids: firstIds(3) } },
  play: pressing('[data-action=menu]', '.popover [data-action=delete]'),
};

export const CappedCount: Story = {
  args: {
    adapter: createMemoryAdapter({ customers, groups, countCap: 100 }),
    filters: { acceptsMarketing: false },
  },
};

export const SlowBackend: Story = {
  args: { adapter: createMemoryAdapter({ customers, groups, delay: 1500 }) },
};

export const Yen: Story = {
  args: { adapter: createMemoryAdapter({ customers, groups, access: { currency: 'JPY' } }) },
};

export const LongNames: Story = {
  args: {
    adapter: createMemoryAdapter({
      groups: groups.map((group) => ({
        ...group,
        name: `${group.name} of the northern and eastern regions`,
      })),
      customers: customers.map((customer, index) => ({
        ...customer,
        first_name: index % 2 ? '' : `${customer.first_name} Maximiliana Theodora Anastasia`,
        last_name: index % 2 ? '' : `${customer.last_name} von und zu Hohenzollern-Sigmaringen`,
      })),
    }),
  },
};

export const Viewer: Story = { args: { adapter: fullShop('viewer') } };

export const Loading: Story = { args: { adapter: silentShop() } };

export const Empty: Story = { args: { adapter: emptyShop() } };

export const NobodyMatches: Story = { args: { filters: { search: 'nobody at all', status: 'guest' } } };

export const Failed: Story = { args: { adapter: brokenShop() } };

export const SignedOut: Story = { args: { adapter: brokenShop('unauthenticated') } };

export const Forbidden: Story = { args: { adapter: brokenShop('forbidden') } };

export const WithoutAdapter: Story = { args: { adapter: undefined } };

export const OwnEmptyState: Story = {
  args: { adapter: emptyShop() },
  render: ({ adapter }) => html`
    <customer-table .adapter=${adapter}
      ><p slot="empty">Your first customer is on the way.</p></customer-table
    >
  `,
};

export const OnAPhone: Story = { globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { globals: { theme: 'dark' } };

export const German: Story = { globals: { locale: 'de' } };

export const RightToLeft: Story = { globals: { locale: 'ar' } };

/** A shop of one's own, which an action may change. */
function manyIn(options: MemoryAdapterOptions = {}): CustomerAdapter {
  return createMemoryAdapter({ ...sampleCustomers(2_480), ...options });
}
