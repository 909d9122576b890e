import { expect, waitUntil } from '@open-wc/testing';
import { AdapterError, type AdapterErrorCode } from '../../../src/adapter/errors.ts';
import { TableHarness, listen } from './harness.ts';

const failing = (code: AdapterErrorCode) => ({
  fail: (method: string) => (method === 'listCustomers' ? new AdapterError(code, 'It failed.') : undefined),
});

describe('customer-table: states', () => {
  it('shows a skeleton with the real columns at the first load', async () => {
    const table = await TableHarness.begin({ options: { delay: () => new Promise(() => {}) } });
    const widths = () => table.all('thead th').map((cell) => cell.getBoundingClientRect().width);
    const before = widths();
    expect(table.all('.skeleton-row')).to.have.length(20);
    expect(table.find('.skeleton-row').getBoundingClientRect().height).to.equal(48);
    table.element.adapter = (await TableHarness.create()).element.adapter;
    await table.loaded();
    expect(table.has('.skeleton-row')).to.equal(false);
    expect(widths()).to.deep.equal(before);
  });

  it('shows an empty shop what to do next, as far as the host and the role allow', async () => {
    const table = await TableHarness.create({ count: 0, attributes: { actions: 'create import' } });
    expect(table.text('.state-title')).to.equal('No customers yet');
    const created = listen(table.element, 'customer-create');
    const imported = listen(table.element, 'import-open');
    await table.press('Add customer');
    await table.press('Import');
    expect([created.length, imported.length]).to.deep.equal([1, 1]);
    const viewer = await TableHarness.create({
      count: 0,
      attributes: { actions: 'create import' },
      options: { access: { role: 'viewer' } },
    });
    expect(viewer.hasButton('Add customer')).to.equal(false);
    const bare = await TableHarness.create({ count: 0 });
    expect(bare.hasButton('Import')).to.equal(false);
  });

  it('names the search and filters that match nobody, and clears them', async () => {
    const table = await TableHarness.create({
      properties: { filters: { search: 'nobody at all', status: 'guest', minSpent: 1000 } },
    });
    expect(table.text('.state-text')).to.equal(
      'Nothing found for “nobody at all” among: Status: Guest, Total spent: $10.00 or more.',
    );
    await table.press('Clear search and filters');
    expect(table.element.filters).to.deep.equal({});
    expect(table.names).to.have.length(20);
    expect(table.searchField.value).to.equal('');
    expect(table.focused).to.equal('input Search customers');
  });

  it('says what failed, keeps search and filters, and tries again', async () => {
    const table = await TableHarness.create({ properties: { filters: { status: 'active' } } });
    const errors = listen<{ error: AdapterError }>(table.element, 'customers-error');
    table.options.fail = failing('unavailable').fail;
    await table.type(table.searchField, 'marcus');
    await waitUntil(() => table.has('[role=alert]'));
    expect(table.text('.state-title')).to.equal('The customers could not be loaded');
    expect(table.text('.state-text')).to.equal('The server can’t be reached right now.');
    expect(table.text('.state-reference')).to.contain('unavailable');
    expect(errors[0]!.error.code).to.equal('unavailable');
    expect(table.searchField.value).to.equal('marcus');
    expect(table.pills).to.deep.equal(['Status: Active']);
    delete table.options.fail;
    await table.press('Try again');
    expect(table.names.every((name) => name.startsWith('Marcus'))).to.equal(true);
  });

  it('keeps the rows when only their refresh failed', async () => {
    const table = await TableHarness.create();
    const before = table.names;
    table.options.fail = failing('unavailable').fail;
    await table.element.reload();
    await table.loaded();
    expect(table.names).to.deep.equal(before);
    expect(table.text('.list-notice')).to.contain('The list could not be refreshed.');
    delete table.options.fail;
    await table.press('Try again');
    expect(table.has('.list-notice')).to.equal(false);
  });

  for (const [code, title] of [
    ['forbidden', 'Not for this account'],
    ['unauthenticated', 'You are signed out'],
    ['rate_limited', 'The customers could not be loaded'],
  ] as const) {
    it(`has words of its own for ${code}`, async () => {
      const table = await TableHarness.create({ options: failing(code) });
      expect(table.text('.state-title')).to.equal(title);
    });
  }

  it('never shows an aborted request as an error', async () => {
    const table = await TableHarness.begin({ options: { delay: 30 } });
    const errors = listen(table.element, 'customers-error');
    for (const search of ['a', 'b', 'c']) {
      table.element.filters = { search };
      await table.element.updateComplete;
    }
    await table.loaded();
    expect(errors).to.have.length(0);
    expect(table.has('[role=alert]')).to.equal(false);
  });

  it('lets the host replace what a state shows', async () => {
    const own = (slot: string) => Object.assign(document.createElement('p'), { slot, textContent: 'Ours' });
    const empty = await TableHarness.create({ count: 0 });
    empty.element.append(own('empty'));
    expect(empty.find<HTMLSlotElement>('slot[name=empty]').assignedElements()[0]!.textContent).to.equal(
      'Ours',
    );
    expect(empty.find('.state').offsetHeight).to.equal(0);
    const list = await TableHarness.create();
    const slotted = own('empty');
    list.element.append(slotted);
    expect(slotted.offsetHeight).to.equal(0);
  });

  it('says that no shop is connected where no adapter comes', async () => {
    const table = await TableHarness.create();
    table.element.adapter = undefined;
    await table.element.updateComplete;
    expect(table.text('.state-title')).to.equal('No shop is connected');
  });
});
