import { expect, waitUntil } from '@open-wc/testing';
import type { AdapterCapabilities, ListCustomersRequest } from '../../../src/adapter/adapter.ts';
import { TableHarness, deferred, listen, type Setup } from './harness.ts';

/** A table that tells what it asks the backend for. */
async function watched(setup: Setup = {}) {
  const asked: ListCustomersRequest[] = [];
  const prepared: unknown[] = [];
  const table = await TableHarness.create({
    ...setup,
    options: {
      ...setup.options,
      delay: (method, request) => {
        if (method === 'listCustomers') asked.push(request as ListCustomersRequest);
        if (method === 'preparePages') prepared.push(request);
        return 0;
      },
    },
  });
  return { table, asked, prepared };
}

describe('customer-table: sort', () => {
  it('sorts by a heading, words from A and numbers from the highest, then the other way', async () => {
    const table = await TableHarness.create();
    const sorts = listen<{ sort: object }>(table.element, 'sort-changed');
    await table.press('Orders');
    expect(table.text('[aria-sort=descending]')).to.equal('Orders');
    await table.press('Orders');
    expect(table.text('[aria-sort=ascending]')).to.equal('Orders');
    await table.press('Customer');
    expect(table.all('[aria-sort]')).to.have.length(1);
    expect(sorts.map(({ sort }) => sort)).to.deep.equal([
      { by: 'orders_count', direction: 'desc' },
      { by: 'orders_count', direction: 'asc' },
      { by: 'name', direction: 'asc' },
    ]);
    expect(table.focused).to.equal('button Customer');
  });

  it('draws the sign of an unsorted column in another shape', async () => {
    const table = await TableHarness.create();
    const sign = (label: string) => table.button(label).querySelector('path')!.getAttribute('d');
    const unsorted = sign('Orders');
    expect(sign('Status')).to.equal(unsorted);
    await table.press('Orders');
    expect(sign('Orders')).to.not.equal(unsorted);
  });

  it('offers only sorts that the backend knows', async () => {
    const table = await TableHarness.create({ options: { capabilities: { sorts: ['created_at'] } } });
    expect(table.all('.sort').map((button) => button.innerText.trim())).to.deep.equal(['Registered']);
  });

  it('warns of a sort that does not exist and stays as it is', async () => {
    const table = await TableHarness.create();
    const { warn } = console;
    let warned = 0;
    console.warn = () => warned++;
    table.element.sort = { by: 'shoe_size' as 'name', direction: 'asc' };
    console.warn = warn;
    expect(warned).to.equal(1);
    expect(table.element.sort.by).to.equal('created_at');
  });
});

describe('customer-table: pages', () => {
  it('walks by cursors and comes back to the same rows', async () => {
    const { table, asked } = await watched();
    const first = table.names;
    await table.press('Next page');
    const second = table.names;
    expect(table.text('.range')).to.equal('21–40 of 95 customers');
    await table.press('Next page');
    await table.press('Previous page');
    expect(table.names).to.deep.equal(second);
    await table.press('Previous page');
    expect(table.names).to.deep.equal(first);
    expect(asked.map(({ cursor, page }) => [cursor !== undefined, page])).to.deep.equal([
      [false, undefined],
      [true, undefined],
      [true, undefined],
      [true, undefined],
      [false, undefined],
    ]);
  });

  it('reaches the last page by -1, knows its number, and does not ask twice', async () => {
    const { table, asked, prepared } = await watched();
    await table.press('Last page');
    expect(table.names).to.have.length(15);
    expect(table.element.page).to.equal(5);
    expect(table.text('.range')).to.equal('81–95 of 95 customers');
    expect(asked.map(({ page }) => page)).to.deep.equal([undefined, -1]);
    expect(prepared).to.have.length(1);
    expect(table.button('Next page').getAttribute('aria-disabled')).to.equal('true');
    await table.press('Previous page');
    expect(table.element.page).to.equal(4);
    await table.press('First page');
    expect(table.element.page).to.equal(1);
  });

  it('jumps to a page by its number, within those that exist', async () => {
    const { table, asked } = await watched();
    const pages = listen<{ page: number }>(table.element, 'page-changed');
    const jump = async (text: string) => {
      const input = table.find<HTMLInputElement>('.page-input');
      input.value = text;
      input.dispatchEvent(new Event('change', { bubbles: true }));
      await table.loaded();
      return table.find<HTMLInputElement>('.page-input').value;
    };
    expect(await jump('3')).to.equal('3');
    expect(asked.at(-1)!.page).to.equal(3);
    expect(await jump('99')).to.equal('5');
    expect(await jump('soon')).to.equal('5');
    expect(await jump('0')).to.equal('1');
    expect(pages.map(({ page }) => page)).to.deep.equal([3, 5, 1]);
    expect(table.text('.page-number')).to.contain('of 5');
  });

  it('changes the size of a page and starts at its first', async () => {
    const { table, asked } = await watched();
    await table.press('Next page');
    const select = table.find<HTMLSelectElement>('.page-size select');
    expect([...select.options].map(({ value }) => value)).to.deep.equal(['10', '20', '30', '50', '100']);
    select.value = '50';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await table.loaded();
    expect(table.names).to.have.length(50);
    expect(asked.at(-1)).to.include({ limit: 50 });
    expect(table.element.page).to.equal(1);
  });

  it('starts again at the first page when filters or sort change', async () => {
    const table = await TableHarness.create({ properties: { page: 3 } });
    expect(table.element.page).to.equal(3);
    await table.press('Orders');
    expect(table.element.page).to.equal(1);
    await table.press('Next page');
    table.element.filters = { hasOrders: true };
    await table.loaded();
    expect(table.element.page).to.equal(1);
  });

  it('shows the last page where the one asked for no longer exists', async () => {
    const { table, asked } = await watched({ properties: { page: 40 } });
    expect(table.names).to.have.length(15);
    expect(table.element.page).to.equal(5);
    expect(asked.map(({ page }) => page)).to.deep.equal([40, -1]);
  });

  it('has neither jump nor last page where the backend knows no page numbers', async () => {
    const capabilities: Partial<AdapterCapabilities> = { pageNumbers: false };
    const table = await TableHarness.create({ options: { capabilities } });
    expect(table.has('.page-input')).to.equal(false);
    expect(table.hasButton('Last page')).to.equal(false);
    await table.press('Next page');
    expect(table.element.page).to.equal(2);
  });

  it('keeps the old rows, dimmed, until the new ones come, and does not jump', async () => {
    const slow = deferred();
    const table = await TableHarness.create();
    const before = table.names;
    const height = table.element.getBoundingClientRect().height;
    table.options.delay = () => slow.promise;
    table.button('Next page').click();
    await table.element.updateComplete;
    expect(table.names).to.deep.equal(before);
    expect(table.find('table').getAttribute('aria-busy')).to.equal('true');
    expect(table.element.getBoundingClientRect().height).to.equal(height);
    slow.resolve();
    await table.loaded();
    expect(table.names).to.not.deep.equal(before);
    expect(table.find('table').getAttribute('aria-busy')).to.equal('false');
  });

  it('keeps the focus on the button that turned the page, at the last one too', async () => {
    const table = await TableHarness.create({ count: 30 });
    await table.press('Next page');
    expect(table.focused).to.equal('button Next page');
  });

  it('keeps the focus inside when its row is no longer there', async () => {
    const table = await TableHarness.create({ count: 25 });
    table.all('.name').at(-1)!.focus();
    table.element.page = 2;
    await table.loaded();
    expect(table.names).to.have.length(5);
    expect(table.focused).to.equal('div Customer list');
  });

  it('says aloud how many there are when that changes', async () => {
    const table = await TableHarness.create();
    const spoken = () => table.all('[role=status]').at(-1)!.textContent.trim();
    expect(spoken()).to.equal('95 customers');
    table.element.filters = { status: 'guest' };
    const guests = table.options.customers!.filter(({ status }) => status === 'guest').length;
    await waitUntil(() => spoken() === `${guests} customers`);
  });

  it('fires nothing for what code sets', async () => {
    const table = await TableHarness.create();
    const fired = ['page-changed', 'sort-changed', 'filters-changed', 'selection-changed'].flatMap((name) => {
      const events: string[] = [];
      table.element.addEventListener(name, () => events.push(name));
      return [events];
    });
    table.element.page = 2;
    await table.loaded();
    table.element.sort = { by: 'name', direction: 'asc' };
    table.element.pageSize = 50;
    table.element.selection = { ids: ['a'] };
    await table.loaded();
    expect(fired.flat()).to.deep.equal([]);
  });
});
