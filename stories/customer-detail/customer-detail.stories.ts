import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { AdapterError } from '../../src/adapter/errors.ts';
import { createMemoryAdapter, sampleCustomers } from '../../src/adapters/memory/index.ts';
import type { Presentation } from '../../src/parts/surface.ts';
import type { Customer } from '../../src/model/customer.ts';
import { brokenShop, fullShop, silentShop } from '../shops.ts';

const { customers } = sampleCustomers(248);
const idOf = (customer: Customer | undefined): string => customer?.id ?? '';
const withMost = (number: 'orders_count' | 'notes_count'): string =>
  idOf([...customers].sort((a, b) => b[number] - a[number])[0]);
const some = idOf(customers[4]);

interface Args {
  adapter: CustomerAdapter;
  customerId: string;
  presentation: Presentation;
}

const meta: Meta<Args> = {
  title: 'customer-detail',
  component: 'customer-detail',
  args: { adapter: fullShop(), customerId: withMost('orders_count'), presentation: 'inline' },
  render: ({ adapter, customerId, presentation }) => html`
    <customer-detail
      .adapter=${adapter}
      customer-id=${customerId}
      presentation=${presentation}
      previous-id=${some}
      next-id=${some}
    ></customer-detail>
  `,
};
export default meta;
type Story = StoryObj<Args>;

const refusing = (error: AdapterError) => createMemoryAdapter({ fail: () => error });

/** A shop in which a colleague is always a moment quicker. */
function withAColleague(): CustomerAdapter {
  const adapter = fullShop();
  const other = () => ({ operationId: crypto.randomUUID() });
  return {
    ...adapter,
    updateNote: async (request, options) => {
      const { customerId, id, version } = request;
      const content = 'What a colleague wrote here meanwhile.';
      await adapter.updateNote({ customerId, id, version, content, ...other() }).catch(() => undefined);
      return adapter.updateNote(request, options);
    },
    saveAddress: async (request, options) => {
      const { version } = request;
      const fields = { city: 'Meanwhile', company: 'Quicker & Co.' };
      if (version) await adapter.saveAddress({ ...request, fields, ...other() }).catch(() => undefined);
      return adapter.saveAddress(request, options);
    },
  };
}

export const Inline: Story = {};

export const AsAPanel: Story = { args: { presentation: 'panel' } };

export const AsADialog: Story = { args: { presentation: 'dialog' } };

export const WithNotes: Story = { args: { customerId: withMost('notes_count') } };

/** Opens the tab as a person does. */
const opening =
  (tab: string): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    for (let tries = 0; tries < 50; tries++) {
      const root = canvasElement.querySelector('customer-detail')?.shadowRoot;
      const button = root?.querySelector<HTMLElement>(`#tab-${tab}`);
      if (button) return button.click();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

export const Timeline: Story = { play: opening('timeline') };

export const TimelineInDark: Story = {
  args: { presentation: 'panel' },
  globals: { theme: 'dark' },
  play: opening('timeline'),
};

export const TimelineFailed: Story = {
  args: {
    adapter: createMemoryAdapter({
      ...sampleCustomers(248),
      fail: (method) =>
        method === 'listTimeline' ? new AdapterError('unavailable', 'This shop is closed.') : undefined,
    }),
  },
  play: opening('timeline'),
};

export const Guest: Story = { args: { customerId: idOf(customers.find((customer) => customer.is_guest)) } };

export const Bare: Story = {
  args: { customerId: idOf(customers.find((customer) => !customer.country && !customer.orders_count)) },
};

/** Reads everything, and is offered nothing to change. */
export const Viewer: Story = { args: { adapter: fullShop('viewer'), customerId: withMost('notes_count') } };

export const Editor: Story = { args: { adapter: fullShop('editor'), customerId: withMost('notes_count') } };

/** Whatever is saved is lost on the way: what was typed stays, and says so. */
export const NothingCanBeSaved: Story = {
  args: {
    adapter: createMemoryAdapter({
      ...sampleCustomers(248),
      fail: (method) =>
        /^(add|update|pin|save|change|delete|promote)/.test(method)
          ? new AdapterError('unavailable', 'down')
          : undefined,
    }),
    customerId: withMost('notes_count'),
  },
};

/** Somebody else has saved meanwhile, each time: change an address or a note to see theirs beside yours. */
export const Conflict: Story = { args: { adapter: withAColleague(), customerId: withMost('notes_count') } };

/** Presses what a person would, once it is there. */
const pressing =
  (...selectors: string[]): NonNullable<Story['play']> =>
  async ({ canvasElement }) => {
    const root = canvasElement.querySelector('customer-detail')?.shadowRoot;
    for (const selector of selectors) {
      for (let tries = 0; tries < 100 && !root?.querySelector(selector); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      root?.querySelector<HTMLElement>(selector)?.click();
    }
  };

/** What goes for good, and what stays; it asks for the e-mail to be typed. */
export const BeforeErasing: Story = {
  args: { adapter: fullShop(), customerId: withMost('notes_count') },
  play: pressing('[aria-haspopup=menu]', '.menu-item[data-action=erase]'),
};

/** Everything held about a person, as a file for people or for machines. */
export const HandingOver: Story = {
  args: { customerId: withMost('notes_count') },
  play: pressing('[aria-haspopup=menu]', '.menu-item[data-action=hand-over]'),
};

export const VeryLongNotes: Story = { args: withLongNotes(), play: pressing('#tab-notes') };

/** Two who share a phone: a quiet word above the numbers, and the dialog that compares them. */
export const MightBeTheSamePerson: Story = { args: withATwin() };

export const Loading: Story = { args: { adapter: silentShop() } };

export const Failed: Story = { args: { adapter: brokenShop() } };

export const Deleted: Story = {
  args: {
    adapter: refusing(
      new AdapterError('not_found', 'deleted', { reason: 'deleted', deletedAt: '2026-11-20T10:00:00Z' }),
    ),
  },
};

export const Merged: Story = {
  args: {
    adapter: refusing(new AdapterError('not_found', 'merged', { reason: 'merged', mergedInto: some })),
  },
};

export const OnAPhone: Story = { args: { presentation: 'panel' }, globals: { viewport: { value: 'phone' } } };

export const Dark: Story = { args: { presentation: 'panel' }, globals: { theme: 'dark' } };

export const RightToLeft: Story = { args: { presentation: 'panel' }, globals: { locale: 'ar' } };

/** A mail pasted whole, a word without an end, and an address that no line is wide enough for. */
function withLongNotes(): Pick<Args, 'adapter' | 'customerId'> {
  const shop = sampleCustomers(40);
  const customer = shop.customers.find(({ id }) => shop.notes.some((note) => note.customer_id === id));
  const pattern = shop.notes.find((note) => note.customer_id === customer?.id);
  if (!customer || !pattern) throw new Error('The sample has no notes.');
  const paragraph =
    'Called about the order of last week: the parcel went to the old address, the neighbour took it in, and ' +
    'the blue one was wanted instead of the green one. Sends it back, and would like to hear from us once it is here.';
  const texts = [
    Array.from({ length: 30 }, (_, at) => `${at + 1}. ${paragraph}`).join('\n\n'),
    'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(20),
    `See https://example.com/${'a-long-way-down/'.repeat(30)}?and=more for the photos.`,
    'Shoe size 43',
  ];
  const notes = texts.map((content, at) => ({ ...pattern, id: `long-${at}`, content, pinned: false }));
  customer.notes_count = notes.length;
  return {
    adapter: createMemoryAdapter({
      ...shop,
      notes: [...shop.notes.filter((note) => note.customer_id !== customer.id), ...notes],
    }),
    customerId: customer.id,
  };
}

function withATwin(): Pick<Args, 'adapter' | 'customerId'> {
  const shop = sampleCustomers(40);
  const [one, other] = shop.customers as [Customer, Customer];
  Object.assign(one, { phone: '+49 151 23456789', is_guest: false, status: 'active' });
  Object.assign(other, {
    phone: '0151 23456789',
    last_name: one.last_name,
    is_guest: false,
    status: 'active',
  });
  return { adapter: createMemoryAdapter(shop), customerId: one.id };
}
