import { expect, waitUntil } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import type { CustomerAdapter, StartBulkRequest } from '../../../src/adapter/adapter.ts';
import { sampleCustomers, type MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import { readable } from '../customer-form/harness.ts';
import { stillness } from '../customer-table/harness.ts';
import { show } from './harness.ts';

/** Does an action on many as another tab of the same person would. */
async function act(
  adapter: CustomerAdapter,
  action: Omit<StartBulkRequest, 'id'>,
  steps = Infinity,
): Promise<string> {
  const id = crypto.randomUUID();
  const { steps: all } = await adapter.startOperation({ id, ...action });
  for (let step = 0; step < Math.min(all.total ?? 0, steps); step++)
    await adapter.stepOperation({ id, step });
  if (steps === Infinity) await adapter.finishOperation({ id });
  return id;
}

class Screen {
  readonly view: HTMLElement;
  readonly shop: MemoryAdapterOptions;
  readonly adapter: CustomerAdapter;

  private constructor({ view, shop, adapter }: Awaited<ReturnType<typeof show>>) {
    this.view = view;
    this.shop = shop;
    this.adapter = adapter;
  }

  static async open(options: MemoryAdapterOptions = {}): Promise<Screen> {
    return new Screen(await show(options));
  }

  get root(): ShadowRoot {
    return this.view.shadowRoot!;
  }

  find<T extends HTMLElement>(selector: string): T {
    const found = this.root.querySelector<T>(selector);
    if (!found) throw new Error(`There is no ${selector}.`);
    return found;
  }

  has(selector: string): boolean {
    return this.root.querySelector(selector) !== null;
  }

  /** Each operation of the open list as one reads it. */
  get rows(): string[] {
    return [...this.root.querySelectorAll<HTMLElement>('.operation-list[aria-labelledby] li')].map((row) =>
      readable(row),
    );
  }

  async openHistory(): Promise<void> {
    await waitUntil(() => this.has('[data-action=history]'));
    this.find('[data-action=history]').focus();
    this.find('[data-action=history]').click();
    await waitUntil(() => this.has('.operation-empty') || this.rows.length > 0, 'the list does not come');
  }

  press(row: number, action: string): void {
    const rows = this.root.querySelectorAll('.operation-list[aria-labelledby] li');
    const button = rows[row]?.querySelector<HTMLElement>(`[data-action=${action}]`);
    if (!button) throw new Error(`Row ${row} has no ${action}.`);
    button.focus();
    button.click();
  }
}

describe('customers-view: actions on many', () => {
  const begin = async (options: MemoryAdapterOptions) => {
    const screen = await Screen.open(options);
    const table = screen.root.querySelector('customer-table')!;
    const inTable = <T extends HTMLElement>(selector: string) => table.shadowRoot!.querySelector<T>(selector);
    const act = async (...selectors: string[]) => {
      for (const selector of selectors) {
        await waitUntil(() => inTable(selector), `there is no ${selector}`, { timeout: 10_000 });
        inTable(selector)!.click();
        await table.updateComplete;
      }
    };
    await act('thead input', '[data-action=matching]', '.selection-bar [data-action=menu]');
    return { screen, table, inTable, act };
  };
  const said = (screen: Screen) => readable(screen.find('.notice'));

  it('tells of them in one notice, asks for list and numbers again, and takes them back from there', async () => {
    const { screen, table, inTable, act } = await begin(largeShop());
    const heard: string[] = [];
    for (const name of ['customers-bulk', 'customers-bulk-done', 'customers-changed', 'operation-undone']) {
      screen.view.addEventListener(name, () => heard.push(name));
    }
    await act('.popover [data-action=set_inactive]');
    await waitUntil(() => said(screen).includes('Set 1,500 customers inactive'));
    expect(heard).to.deep.equal(['customers-bulk', 'customers-bulk-done', 'customers-changed']);
    expect(inTable('.notice.shown'), 'a second notice').to.equal(null);
    await waitUntil(() => readable(inTable('tbody')!).includes('Inactive'), 'the list does not ask again');
    const bar = inTable('.selection-bar')!.getBoundingClientRect();
    expect(screen.find('.notice').getBoundingClientRect().bottom, 'above the bar').to.be.at.most(bar.top);
    await stillness(table);
    await expect(screen.view).to.be.accessible();
    screen.find('.notice-undo').click();
    await waitUntil(() => said(screen).includes('Undid “Set inactive” for 1,500 customers'));
    expect(heard.slice(3)).to.deep.equal(['operation-undone', 'customers-changed']);
  });

  it('says in the same place what became of a mail that the backend writes', async () => {
    const { screen, act } = await begin({});
    Object.assign(screen.adapter, {
      sendEmail: () => Promise.reject(new AdapterError('unavailable', 'No.')),
    });
    await act('.selection-bar [data-action=send_email]', '[data-recipients=all]');
    await waitUntil(() => said(screen).includes('The mail was not sent.'));
  });

  it('asks before the page is left while one is under way, and only then', async () => {
    let letGo: (value?: unknown) => void = () => undefined;
    const gate = new Promise((resolve) => (letGo = resolve));
    const { screen, act } = await begin({
      ...largeShop(),
      delay: (method) => (method === 'stepOperation' ? gate : 0),
    });
    const leave = () => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    expect(leave(), 'before').to.equal(false);
    await act('.popover [data-action=set_inactive]');
    await waitUntil(() => said(screen).includes('Setting 1,500 customers inactive'));
    expect(leave(), 'meanwhile').to.equal(true);
    letGo();
    await waitUntil(() => said(screen).includes('Set 1,500 customers inactive'));
    expect(leave(), 'afterwards').to.equal(false);
  });

  it('shows what is under way among the recent ones, and stops it there', async () => {
    let letGo: (value?: unknown) => void = () => undefined;
    const gate = new Promise((resolve) => (letGo = resolve));
    const { screen, act } = await begin({
      ...largeShop(),
      delay: (method, request) =>
        method === 'stepOperation' && (request as { step: number }).step > 0 ? gate : 0,
    });
    await act('.popover [data-action=set_inactive]');
    await waitUntil(() => said(screen).includes('1,000 of 1,500'));
    await screen.openHistory();
    expect(screen.rows[0]).to.contain('Setting 1,500 customers inactive').and.contain('1,000 of 1,500');
    expect(screen.rows[0]).to.contain('Running');
    screen.press(0, 'stop');
    letGo();
    await waitUntil(() => screen.rows[0]!.startsWith('Set 1,500 customers inactive'));
    expect(screen.root.activeElement, 'the focus').not.to.equal(null);
  });
});

describe('customers-view: recent operations', () => {
  it('says what was done to many, by whom, and what became of each, the latest first', async () => {
    const screen = await Screen.open();
    const { adapter, shop } = screen;
    const ids = shop.customers!.slice(0, 3).map(({ id }) => id);
    const guests = shop.customers!.filter(({ is_guest }) => is_guest).length;
    await act(adapter, { kind: 'add_tags', customers: { ids }, options: { tags: ['press', 'zebra'] } });
    const group = shop.groups![0]!;
    await act(adapter, { kind: 'assign_group', customers: { ids }, options: { group: group.id } });
    await act(adapter, { kind: 'set_inactive', customers: { filters: {} } });
    await screen.openHistory();
    expect(screen.rows[0]).to.contain('customers inactive').and.contain(`${guests} guests left alone`);
    expect(screen.rows[1]).to.contain(`to ${group.name}`).and.contain('by Ada Admin');
    expect(screen.rows[2]).to.contain('Added tags press and zebra to 3 customers');
    await stillness(screen.view);
    await expect(screen.view).to.be.accessible();
  });

  it('takes one back, and says that it was', async () => {
    const screen = await Screen.open();
    const ids = screen.shop.customers!.slice(0, 3).map(({ id }) => id);
    await act(screen.adapter, { kind: 'add_tags', customers: { ids }, options: { tags: ['zebra'] } });
    await screen.openHistory();
    screen.press(0, 'undo');
    await waitUntil(() => screen.rows.length === 2 && screen.rows[1]!.includes('Undone'));
    expect(screen.rows[0]).to.contain('Undid “Add tags” for 3 customers');
    expect(readable(screen.find('.operation-message'))).to.contain('Undid “Add tags” for 3 customers');
    expect(screen.shop.customers!.some(({ tags }) => tags.includes('zebra'))).to.equal(false);
    expect(screen.root.activeElement, 'the focus').not.to.equal(null);
  });

  it('goes on with what was left unfinished', async () => {
    const screen = await Screen.open(largeShop());
    const action: Omit<StartBulkRequest, 'id'> = {
      kind: 'add_tags',
      customers: { filters: {} },
      options: { tags: ['zebra'] },
    };
    await act(screen.adapter, action, 1);
    await screen.openHistory();
    expect(screen.rows[0]).to.contain('Unfinished');
    screen.press(0, 'go-on');
    await waitUntil(() => screen.rows[0]!.startsWith('Added tag zebra to 1,500 customers'));
    expect(screen.shop.customers!.every(({ tags }) => tags.includes('zebra'))).to.equal(true);
  });

  it('ends what was left unfinished, and then takes it back', async () => {
    const screen = await Screen.open(largeShop());
    const action: Omit<StartBulkRequest, 'id'> = {
      kind: 'add_tags',
      customers: { filters: {} },
      options: { tags: ['zebra'] },
    };
    await act(screen.adapter, action, 1);
    await screen.openHistory();
    screen.press(0, 'stop');
    await waitUntil(() => screen.rows[0]!.includes('Stopped early'));
    expect(screen.rows[0]).to.contain('stopped after 1,000 of 1,500');
    screen.press(0, 'undo');
    await waitUntil(() => screen.rows.length === 2 && screen.rows[1]!.includes('Undone'));
    expect(screen.shop.customers!.some(({ tags }) => tags.includes('zebra'))).to.equal(false);
  });

  it('names why some were left out', async () => {
    const screen = await Screen.open();
    const guest = screen.shop.customers!.find(({ is_guest }) => is_guest)!;
    await act(screen.adapter, { kind: 'set_active', customers: { ids: [guest.id, 'nobody'] } });
    await screen.openHistory();
    screen.press(0, 'failures');
    await waitUntil(() => screen.has('.failure-list li'));
    const said = readable(screen.find('.failure-list'));
    expect(said).to.contain(guest.email).and.contain('A guest is neither active nor inactive');
    expect(said).to.contain('A customer that is gone').and.contain('There is no such customer any more.');
    await stillness(screen.view);
    await expect(screen.view).to.be.accessible();
  });

  it('leaves a viewer to read, and an editor what is not his or hers', async () => {
    const shop: MemoryAdapterOptions = {};
    const screen = await Screen.open(shop);
    const options = screen.shop;
    const ids = options.customers!.slice(0, 3).map(({ id }) => id);
    await act(screen.adapter, { kind: 'add_tags', customers: { ids }, options: { tags: ['zebra'] } });
    for (const role of ['viewer', 'editor'] as const) {
      options.access = { role, user_id: '00000000-0000-7000-8000-000000000002', display_name: 'Ed Editor' };
      const other = screen.view.cloneNode() as HTMLElement & { adapter: CustomerAdapter };
      other.adapter = { ...screen.adapter };
      screen.view.replaceWith(other);
      await waitUntil(() => other.shadowRoot?.querySelector('[data-action=history]'));
      other.shadowRoot!.querySelector<HTMLElement>('[data-action=history]')!.click();
      await waitUntil(() => other.shadowRoot!.querySelector('[data-operation]'));
      const offered = [...other.shadowRoot!.querySelectorAll('[data-operation] button')];
      expect(offered.length, role).to.equal(0);
      other.replaceWith(screen.view);
    }
  });

  it('says that nothing was done yet, and what failed, with another try', async () => {
    const shop: MemoryAdapterOptions = {};
    const screen = await Screen.open(shop);
    await screen.openHistory();
    expect(readable(screen.find('.operation-empty'))).to.contain('Nothing was done');
    screen.find('.operations [data-action=close]').click();
    await waitUntil(() => !screen.has('.operations'));
    screen.shop.fail = (method) =>
      method === 'listOperations' ? new AdapterError('unavailable', 'No.') : undefined;
    screen.find('[data-action=history]').click();
    await waitUntil(() => screen.has('.operation-failure'));
    delete screen.shop.fail;
    screen.find('.operation-failure [data-action=retry]').click();
    await waitUntil(() => screen.has('.operation-empty'));
  });

  it('is not offered where the backend keeps no history', async () => {
    const { view } = await show({ capabilities: { history: false } });
    expect(view.shadowRoot!.querySelector('[data-action=history]')).to.equal(null);
  });
});

function largeShop(): MemoryAdapterOptions {
  const [one] = sampleCustomers(1).customers;
  return {
    customers: Array.from({ length: 1_500 }, (_, at) => ({
      ...one!,
      id: `person-${at}`,
      email: `person${at}@example.com`,
      status: 'active' as const,
      is_guest: false,
      tags: [],
    })),
    groups: [],
  };
}
