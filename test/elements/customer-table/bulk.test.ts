import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { sampleCustomers, type MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import type {
  CustomersBulkDetail,
  CustomersEmailDetail,
} from '../../../src/elements/customer-table/events.ts';
import type { Receipt } from '../../../src/model/receipt.ts';
import { readable } from '../customer-form/harness.ts';
import { TableHarness, deferred, listen, stillness, type Setup } from './harness.ts';

type People = NonNullable<MemoryAdapterOptions['customers']>;

/** So many registered customers without tags, and their groups. */
function shopOf(count: number): MemoryAdapterOptions & { customers: People } {
  const { customers, groups } = sampleCustomers(1);
  const [one] = customers;
  return {
    groups,
    customers: Array.from({ length: count }, (_, at) => ({
      ...one!,
      id: `person-${String(at).padStart(6, '0')}`,
      first_name: `Person${at}`,
      email: `person${at}@example.com`,
      status: 'active' as const,
      is_guest: false,
      accepts_marketing: at % 2 === 0,
      notes_count: 0,
      orders_count: 0,
      tags: [],
      group_ids: [],
    })),
  };
}

/** A table, with what one does to many in it. */
class Many {
  readonly table: TableHarness;

  private constructor(table: TableHarness) {
    this.table = table;
  }

  static async open(options: MemoryAdapterOptions = {}, setup: Setup = {}): Promise<Many> {
    return new Many(await TableHarness.create({ ...setup, options }));
  }

  get customers(): People {
    return this.table.options.customers as People;
  }

  tagged(tag: string): number {
    return this.customers.filter(({ tags }) => tags.includes(tag)).length;
  }

  async select(...rows: number[]): Promise<void> {
    for (const row of rows) await this.table.check(row);
    await waitUntil(() => this.table.has('.notice-place'), 'the actions do not come', { timeout: 10_000 });
  }

  async selectAll(): Promise<void> {
    this.table.find('thead input').click();
    await this.table.loaded();
    this.table.find('[data-action=matching]').click();
    await waitUntil(() => this.table.has('.notice-place'), 'the actions do not come', { timeout: 10_000 });
  }

  async press(action: string): Promise<void> {
    const button = this.table.find(`.selection-bar [data-action=${action}]`);
    button.focus();
    button.click();
    await this.table.loaded();
  }

  async choose(action: string): Promise<void> {
    await this.press('menu');
    this.table.find(`.popover [data-action=${action}]`).click();
    await this.table.loaded();
  }

  /** Types tags into the open field and confirms. */
  async type(...tags: string[]): Promise<void> {
    await waitUntil(() => this.table.root.activeElement?.matches('.bulk-tags input'));
    for (const tag of tags) {
      await sendKeys({ type: tag });
      await sendKeys({ press: ',' });
    }
    this.table.find('.bulk-tags [data-action=apply]').click();
  }

  async tag(...tags: string[]): Promise<void> {
    await this.press('add_tags');
    await this.type(...tags);
  }

  get said(): string {
    return readable(this.table.find('.notice'));
  }

  async says(text: string): Promise<void> {
    await waitUntil(() => this.said.includes(text), `it does not say “${text}” but “${this.said}”`, {
      timeout: 15_000,
    }).catch((error: unknown) => {
      throw new Error(`“${this.said}” instead of “${text}”`, { cause: error });
    });
  }

  async answer(action: string): Promise<void> {
    const button = this.table.find(action === 'undo' ? '.notice-undo' : `.notice [data-action=${action}]`);
    button.focus();
    button.click();
    await this.table.element.updateComplete;
  }

  /** What the bar and its menu offer. */
  async offered(): Promise<string[]> {
    const bar = this.table.all('.selection-actions [data-action]').map((one) => one.dataset.action!);
    if (!bar.includes('menu')) return bar;
    await this.press('menu');
    const menu = this.table.all('.popover [data-action]').map((one) => one.dataset.action!);
    await this.table.dismiss();
    return [...bar.filter((one) => one !== 'menu'), ...menu];
  }
}

const failing =
  (method: string, code: 'unavailable' | 'unauthenticated' | 'forbidden', times: number) =>
  (asked: string) => (asked === method && times-- > 0 ? new AdapterError(code, 'It failed.') : undefined);

describe('customer-table: actions on many', () => {
  it('tags whoever is selected, with a new tag, and takes it back from the notice', async () => {
    const many = await Many.open(shopOf(30));
    const asked = listen<CustomersBulkDetail>(many.table.element, 'customers-bulk');
    const done = listen<{ receipt: Receipt }>(many.table.element, 'customers-bulk-done');
    await many.select(0, 1, 2);
    await many.tag('press', 'vip');
    await many.says('Added tags press and vip to 3 customers');
    const ids = many.customers.filter(({ tags }) => tags.includes('vip')).map(({ id }) => id);
    expect(asked).to.deep.equal([
      { action: 'add_tags', customers: { ids: [...ids].reverse() }, options: { tags: ['press', 'vip'] } },
    ]);
    expect([ids.length, done[0]!.receipt.changed]).to.deep.equal([3, 3]);
    expect(many.table.element.selection, 'they are still there').to.deep.equal({ ids: [...ids].reverse() });
    await stillness(many.table.element);
    await expect(many.table.element).to.be.accessible();
    await many.answer('undo');
    await many.says('Undid “Add tags” for 3 customers');
    expect(many.tagged('vip')).to.equal(0);
    expect(many.table.root.activeElement, 'the focus').not.to.equal(null);
  });

  it('is about all that match, but for whom one unticked, as they were when it began', async () => {
    const many = await Many.open(shopOf(45));
    const asked = listen<CustomersBulkDetail>(many.table.element, 'customers-bulk');
    await many.selectAll();
    await many.table.check(4);
    const spared = many.table.names[4];
    await many.choose('set_inactive');
    await many.says('Set 44 customers inactive');
    expect(asked[0]!.customers).to.have.property('except').with.length(1);
    const active = many.customers.filter(({ status }) => status === 'active');
    expect(active.map(({ first_name, last_name }) => `${first_name} ${last_name}`)).to.deep.equal([spared]);
  });

  it('does nothing where the host prevents it', async () => {
    const many = await Many.open(shopOf(30));
    many.table.element.addEventListener('customers-bulk', (event) => event.preventDefault());
    await many.select(0);
    await many.choose('set_inactive');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(many.customers.every(({ status }) => status === 'active')).to.equal(true);
    expect(many.said).to.equal('');
  });

  it('is right to the row over a connection that drops twice', async () => {
    const many = await Many.open(shopOf(5_400));
    const drops = [failing('stepOperation', 'unavailable', 1), failing('finishOperation', 'unavailable', 1)];
    many.table.options.fail = (method) => drops[0]!(method) ?? drops[1]!(method);
    await many.selectAll();
    await many.tag('zebra');
    await many.says('Added tag zebra to 5,400 customers');
    expect(many.tagged('zebra')).to.equal(5_400);
    expect(many.customers.every(({ tags }) => tags.length === 1)).to.equal(true);
  });

  it('shows how far it is, lets one go on working, stops half-way, and undoes what was done', async () => {
    const many = await Many.open(shopOf(5_400));
    const gate = deferred();
    many.table.options.delay = (method, request) =>
      method === 'stepOperation' && (request as { step: number }).step > 1 ? gate.promise : 0;
    await many.selectAll();
    await many.tag('zebra');
    await many.says('2,000 of 5,400');
    expect(many.said).to.contain('Adding tag zebra to 5,400 customers').and.contain('a second');
    expect(many.table.find<HTMLProgressElement>('.notice progress').value).to.equal(2_000);
    await stillness(many.table.element);
    await expect(many.table.element).to.be.accessible();
    await many.table.search('Person77');
    expect(many.table.names[0], 'the list is usable').to.contain('Person77');
    await many.answer('stop');
    gate.resolve();
    await many.says('stopped after 4,000 of 5,400');
    expect(many.tagged('zebra')).to.equal(4_000);
    await many.answer('undo');
    await many.says('Undid “Add tags” for 4,000 customers');
    expect(many.tagged('zebra')).to.equal(0);
  });

  it('keeps what somebody has edited since when it is undone, and names whom', async () => {
    const many = await Many.open(shopOf(30));
    await many.select(0, 1);
    await many.choose('set_inactive');
    await many.says('Set 2 customers inactive');
    const edited = many.customers.find(({ status }) => status === 'inactive')!;
    const { adapter } = many.table.element;
    const { id, version, email } = edited;
    const operationId = crypto.randomUUID();
    await adapter!.updateCustomer({ id, version, operationId, fields: { status: 'active' } });
    await many.answer('undo');
    await many.says('Undid “Set inactive” for 1 customer; 1 stays as it is by now');
    await many.answer('failures');
    await waitUntil(() => many.table.has('.failure-list li'));
    expect(many.table.text('.failure-list')).to.contain(`${email} Status: somebody changed it since`);
    expect(many.customers.every(({ status }) => status === 'active')).to.equal(true);
  });

  it('leaves guests alone, says so, and says why', async () => {
    const shop = shopOf(30);
    Object.assign(shop.customers[3]!, { status: 'guest', is_guest: true });
    const many = await Many.open(shop);
    await many.selectAll();
    await many.choose('set_inactive');
    await many.says('Set 29 customers inactive; 1 guest left alone');
    await many.answer('failures');
    await waitUntil(() => many.table.has('.failure-list li'));
    expect(many.table.text('.failure-list')).to.contain('person3@example.com A guest is neither');
    await stillness(many.table.element);
    await expect(many.table.element).to.be.accessible();
    many.table.find('.failures [data-action=close]').click();
    await waitUntil(() => !many.table.has('.failures'));
  });

  it('waits for a person whose session has expired, and then goes on', async () => {
    const many = await Many.open(shopOf(2_500));
    many.table.options.fail = failing('stepOperation', 'unauthenticated', 2);
    await many.selectAll();
    await many.tag('zebra');
    await many.says('Sign in again to go on');
    await stillness(many.table.element);
    await expect(many.table.element).to.be.accessible();
    delete many.table.options.fail;
    await many.answer('go-on');
    await many.says('Added tag zebra to 2,500 customers');
    expect(many.tagged('zebra')).to.equal(2_500);
  });

  it('says when it was refused before it began, and gives up', async () => {
    const many = await Many.open(shopOf(30));
    many.table.options.fail = failing('startOperation', 'forbidden', 1);
    await many.select(0);
    await many.choose('set_inactive');
    await many.says('“Set inactive” did not begin. This takes another role than yours.');
    await many.answer('stop');
    await waitUntil(() => many.said === '');
  });

  it('does a second action after the first, on whom one saw when one chose it', async () => {
    const many = await Many.open(shopOf(1_500));
    const gate = deferred();
    many.table.options.delay = (method) => (method === 'stepOperation' ? gate.promise : 0);
    await many.selectAll();
    await many.tag('zebra');
    await many.says('Adding tag zebra');
    await many.choose('set_inactive');
    await many.says('1 more action waits');
    gate.resolve();
    await many.says('Set 1,500 customers inactive');
    expect([
      many.tagged('zebra'),
      many.customers.filter((one) => one.status === 'inactive').length,
    ]).to.deep.equal([1_500, 1_500]);
  });

  it('goes on while the list is taken off the page, and tells when it is back', async () => {
    const many = await Many.open(shopOf(2_500));
    const gate = deferred();
    many.table.options.delay = (method) => (method === 'stepOperation' ? gate.promise : 0);
    await many.selectAll();
    await many.tag('zebra');
    await many.says('Adding tag zebra');
    const { element } = many.table;
    const parent = element.parentElement!;
    element.remove();
    gate.resolve();
    await waitUntil(() => many.tagged('zebra') === 2_500);
    const changed = listen(element, 'customers-changed');
    parent.append(element);
    await many.says('Added tag zebra to 2,500 customers');
    expect(changed).to.have.length(1);
  });

  it('puts into a group that is found by typing, and takes out of it again', async () => {
    const many = await Many.open(shopOf(30));
    const group = many.table.options.groups!.at(-1)!;
    await many.select(0, 1);
    await many.press('assign_group');
    await waitUntil(() => many.table.all('.editor-choices .menu-item[title]').length > 1);
    await stillness(many.table.element);
    await expect(many.table.element).to.be.accessible();
    await many.table.type(many.table.find<HTMLInputElement>('.editor-search input'), group.name);
    await waitUntil(() => many.table.all('.editor-choices .menu-item[title]').length === 1);
    many.table.find('.editor-choices .menu-item').click();
    await many.says(`Added 2 customers to ${group.name}`);
    expect(many.customers.filter(({ group_ids }) => group_ids.includes(group.id))).to.have.length(2);
    await many.choose('remove_group');
    await waitUntil(() => many.table.has('.editor-choices .menu-item[title]'));
    many.table.find(`.editor-choices [title="${group.name}"]`).click();
    await many.says(`Removed 2 customers from ${group.name}`);
  });

  it('asks before it deletes, naming what is hidden with them, and brings them back', async () => {
    const shop = shopOf(30);
    for (const customer of shop.customers) Object.assign(customer, { notes_count: 2, orders_count: 5 });
    const many = await Many.open(shop);
    await many.select(0, 1, 2);
    await many.choose('delete');
    const question = many.table.text('.confirmation');
    expect(question).to.contain('Delete 3 customers?').and.contain('3 customers and 6 notes');
    expect(question).to.contain('15 orders stay.').and.contain('restored for 30 days');
    expect(many.table.focused, 'the safe choice').to.equal('button Cancel');
    await stillness(many.table.element);
    await expect(many.table.element).to.be.accessible();
    many.table.find('.confirmation [data-action=confirm]').click();
    await many.says('Deleted 3 customers');
    await waitUntil(() => many.customers.length === 27);
    expect(many.table.element.selection).to.deep.equal({ ids: [] });
    await many.answer('undo');
    await many.says('Undid “Delete” for 3 customers');
    expect(many.customers).to.have.length(30);
  });

  it('offers a viewer no change, an editor all but deleting, an admin all', async () => {
    const offered: Record<string, string[]> = {};
    for (const role of ['viewer', 'editor', 'admin'] as const) {
      const many = await Many.open({ ...shopOf(30), access: { role } });
      await many.select(0);
      offered[role] = await many.offered();
    }
    const changes = ['remove_group', 'remove_tags', 'set_active', 'set_inactive'];
    expect(offered.viewer).to.deep.equal(['send_email', 'clear', 'copy']);
    expect(offered.editor).to.deep.equal([
      ...['assign_group', 'add_tags', 'send_email', 'clear'],
      ...changes,
      ...['export', 'copy'],
    ]);
    expect(offered.admin).to.deep.equal([...offered.editor!, 'delete']);
  });

  it('offers only what the backend can', async () => {
    const many = await Many.open({ ...shopOf(30), capabilities: { bulk: ['set_active'], export: false } });
    await many.select(0);
    expect(await many.offered()).to.deep.equal(['send_email', 'clear', 'set_active', 'copy']);
  });

  it('is reached by the keyboard, and fits a phone', async () => {
    const many = await Many.open(shopOf(30), { width: '360px' });
    many.table.find<HTMLInputElement>('.card input[type=checkbox], li input[type=checkbox]').click();
    await waitUntil(() => many.table.has('.notice-place'));
    const bar = many.table.find('.selection-bar');
    expect(bar.scrollWidth).to.be.at.most(bar.clientWidth);
    expect(bar.getBoundingClientRect().width).to.be.at.most(360);
    await stillness(many.table.element);
    await expect(many.table.element).to.be.accessible();
    many.table.find('.selection-bar [data-action=menu]').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => many.table.focused.includes('Remove from group'));
    await sendKeys({ press: 'ArrowDown' });
    expect(many.table.focused).to.contain('Remove tags');
    await sendKeys({ type: 'set i' });
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => many.table.root.activeElement?.matches('[data-action=menu]'));
  });

  it('hands the host whom to export', async () => {
    const many = await Many.open(shopOf(45));
    const asked = listen(many.table.element, 'customers-export');
    await many.selectAll();
    await many.choose('export');
    expect(asked).to.deep.equal([{ customers: { filters: {} } }]);
  });

  it('hands the host whom to write to of all that match, as far as they are few', async () => {
    const asked: CustomersEmailDetail[] = [];
    for (const count of [45, 150]) {
      const many = await Many.open(shopOf(count));
      many.table.element.addEventListener('customers-email', (event) => {
        event.preventDefault();
        asked.push(event.detail);
      });
      await many.selectAll();
      await many.press('send_email');
    }
    await waitUntil(() => asked.length === 2);
    expect([asked[0]!.customers?.length, asked[0]!.withoutConsent?.length]).to.deep.equal([45, 22]);
    expect(asked[1]).to.deep.equal({
      choice: { filters: {} },
      customers: undefined,
      withoutConsent: undefined,
    });
  });

  it('writes by the backend where it can, once, and only to those who agreed where that is chosen', async () => {
    const many = await Many.open(shopOf(150));
    const sent: unknown[] = [];
    const ids = new Set<string>();
    const { element } = many.table;
    element.adapter = {
      ...element.adapter!,
      sendEmail: async ({ operationId, customers }) => {
        ids.add(operationId);
        sent.push(customers);
        if (sent.length === 1) throw new AdapterError('unavailable', 'No.');
        const numbers = { created: 0, unchanged: 0, skipped: 0, failed: 0, failures: [] };
        const undo = { possible: false, until: null };
        const now = new Date().toISOString();
        const of = { id: operationId, kind: 'send_email', status: 'finished' as const, by: 'Ada' };
        return { ...of, ...numbers, asked: 75, changed: 75, startedAt: now, finishedAt: now, undo };
      },
    };
    await many.table.loaded();
    await many.selectAll();
    await many.press('send_email');
    await waitUntil(() => many.table.has('[data-recipients=agreed]'));
    many.table.find('[data-recipients=agreed]').click();
    await many.says('The mail was not sent.');
    await many.answer('retry');
    await many.says('Sent to 75 customers');
    expect([sent.length, ids.size]).to.deep.equal([2, 1]);
    expect(sent[0]).to.deep.equal({ filters: { acceptsMarketing: true } });
  });
});
