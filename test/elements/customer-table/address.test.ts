import { expect, oneEvent } from '@open-wc/testing';
import { TableHarness, aFrame, listen } from './harness.ts';

describe('customer-table: state in the address', () => {
  const start = location.href;
  const open = (query: string) => history.replaceState({ host: 1 }, '', new URL(query, start));
  const query = () => decodeURIComponent(new URL(location.href).searchParams.toString());
  const back = async (table: TableHarness) => {
    const popped = oneEvent(window, 'popstate');
    history.back();
    await popped;
    await table.loaded();
  };

  afterEach(() => history.replaceState(null, '', start));

  it('is read when the page opens', async () => {
    open('?search=a&status=active&status=guest&minSpent=100&hasOrders=true&sort=-total_spent&page=2&size=10');
    const table = await TableHarness.create({ attributes: { 'url-state': '' }, count: 400 });
    expect(table.element.filters).to.deep.equal({
      search: 'a',
      status: ['active', 'guest'],
      minSpent: 100,
      hasOrders: true,
    });
    expect(table.element.sort).to.deep.equal({ by: 'total_spent', direction: 'desc' });
    expect(table.element.pageSize).to.equal(10);
    expect(table.element.page).to.equal(2);
    expect(table.searchField.value).to.equal('a');
  });

  it('asks the backend once, for what the address says', async () => {
    open('?status=guest&page=2&size=10');
    const asked: unknown[] = [];
    await TableHarness.create({
      attributes: { 'url-state': '' },
      options: { delay: (method, request) => (method === 'listCustomers' ? asked.push(request) && 0 : 0) },
    });
    expect(asked).to.have.length(1);
    expect(asked[0]).to.deep.include({ limit: 10, page: 2, filters: { status: ['guest'] } });
  });

  it('follows what a person does, and leaves what is the host’s alone', async () => {
    open('?tab=customers#top');
    const table = await TableHarness.create({ attributes: { 'url-state': '' } });
    expect(query()).to.equal('tab=customers');
    await table.press('Orders');
    await table.press('Next page');
    expect(query()).to.equal('tab=customers&sort=-orders_count&page=2');
    expect(location.hash).to.equal('#top');
    expect(history.state).to.deep.equal({ host: 1 });
  });

  it('goes back and forward step by step', async () => {
    open('?');
    const table = await TableHarness.create({ attributes: { 'url-state': '' } });
    const first = table.names;
    await table.press('Next page');
    const second = table.names;
    await table.press('Orders');
    await back(table);
    expect(table.names).to.deep.equal(second);
    expect(table.element.sort.by).to.equal('created_at');
    await back(table);
    expect(table.names).to.deep.equal(first);
  });

  it('makes one step of a search that is typed', async () => {
    open('?');
    const table = await TableHarness.create({ attributes: { 'url-state': '' } });
    const first = table.names;
    await table.search('mar');
    await table.search('marcus');
    expect(query()).to.equal('search=marcus');
    await back(table);
    expect(query()).to.equal('');
    expect(table.names).to.deep.equal(first);
  });

  it('tells the host of filters that the address brought', async () => {
    open('?');
    const table = await TableHarness.create({ attributes: { 'url-state': '' } });
    await table.addFilter('Status');
    await table.choose('Guest');
    const changes = listen<{ filters: object }>(table.element, 'filters-changed');
    await back(table);
    expect(changes).to.deep.equal([{ filters: {} }]);
  });

  it('takes a prefix, for pages with several lists', async () => {
    open('?status=inactive&c-status=guest');
    const table = await TableHarness.create({ attributes: { 'url-state': 'c-' } });
    expect(table.element.filters).to.deep.equal({ status: ['guest'] });
    await table.press('Remove filter Status');
    expect(query()).to.equal('status=inactive');
  });

  it('leaves out values that mean nothing, with a warning each', async () => {
    open(
      '?status=asleep&minOrders=many&dateFrom=2026-02-30&sort=shoes&page=0&size=7&hasOrders=perhaps&country=DE',
    );
    const { warn } = console;
    const warned: string[] = [];
    console.warn = (text: string) => warned.push(text);
    const table = await TableHarness.create({ attributes: { 'url-state': '' } });
    console.warn = warn;
    expect(table.element.filters).to.deep.equal({ country: ['DE'] });
    expect(table.element.sort.by).to.equal('created_at');
    expect(warned).to.have.length(7);
  });

  it('is left alone without the attribute', async () => {
    open('?status=guest');
    const table = await TableHarness.create();
    expect(table.element.filters).to.deep.equal({});
    await table.press('Next page');
    expect(query()).to.equal('status=guest');
  });

  it('stops listening once the element is removed', async () => {
    open('?');
    const table = await TableHarness.create({ attributes: { 'url-state': '' } });
    await table.press('Next page');
    table.element.remove();
    history.replaceState(null, '', new URL('?page=4', start));
    window.dispatchEvent(new PopStateEvent('popstate'));
    await aFrame();
    expect(table.element.page).to.equal(2);
  });
});
