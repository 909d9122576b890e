import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { createMemoryAdapter, sampleCustomers } from '../../../src/adapters/memory/index.ts';
import type { CustomerTable } from '../../../src/elements/customer-table/customer-table.ts';
import { TableHarness, deferred } from './harness.ts';

describe('customer-table: life on a page', () => {
  it('takes its adapter before or after it is on the page', async () => {
    const late = await fixture<CustomerTable>(html`<customer-table lang="en"></customer-table>`);
    late.adapter = createMemoryAdapter(sampleCustomers(5));
    await waitUntil(() => late.shadowRoot!.querySelectorAll('.name').length === 5);
    const early = document.createElement('customer-table');
    early.adapter = createMemoryAdapter(sampleCustomers(5));
    (await fixture<HTMLElement>(html`<div></div>`)).append(early);
    await waitUntil(() => early.shadowRoot!.querySelectorAll('.name').length === 5);
  });

  it('keeps its rows, page, selection and scroll when it is moved, and asks for nothing', async () => {
    let asked = 0;
    const table = await TableHarness.create({ options: { delay: () => (asked++, 0) } });
    await table.press('Next page');
    await table.check(2);
    const { names } = table;
    const before = asked;
    const elsewhere = await fixture<HTMLElement>(html`<div></div>`);
    elsewhere.append(table.element);
    await aTimeout(50);
    expect(table.names).to.deep.equal(names);
    expect(table.checkbox(2).checked).to.equal(true);
    expect(asked).to.equal(before);
  });

  it('aborts what is under way when it is removed, and asks again when it is back', async () => {
    const slow = deferred();
    const adapter = createMemoryAdapter({ ...sampleCustomers(5), delay: () => slow.promise });
    const signals: AbortSignal[] = [];
    const table = await TableHarness.begin();
    table.element.adapter = {
      ...adapter,
      listCustomers: (request, options) => {
        signals.push(options!.signal!);
        return adapter.listCustomers(request, options);
      },
    };
    await table.element.updateComplete;
    const box = table.element.parentElement!;
    table.element.remove();
    expect(signals.map((signal) => signal.aborted)).to.deep.equal([true]);
    await aTimeout(20);
    box.append(table.element);
    slow.resolve();
    await waitUntil(() => table.names.length === 5);
    expect(table.has('[role=alert]')).to.equal(false);
    expect(signals.map((signal) => signal.aborted)).to.deep.equal([true, false]);
  });

  it('shows nothing of the shop before when the adapter changes', async () => {
    const table = await TableHarness.create();
    table.element.adapter = createMemoryAdapter({
      customers: sampleCustomers(3).customers,
      access: { currency: 'JPY' },
      delay: 50,
    });
    await table.element.updateComplete;
    expect(table.names).to.have.length(0);
    await table.loaded();
    expect(table.names).to.have.length(3);
    expect(table.text('.range')).to.equal('1–3 of 3 customers');
    expect(table.text('td.column-total_spent')).to.contain('¥');
  });

  it('asks again by reload(), keeping page and selection', async () => {
    const table = await TableHarness.create();
    await table.press('Next page');
    await table.check(0);
    Object.assign(table.options.customers![20]!, { first_name: 'Somebody', last_name: 'New' });
    await table.element.reload();
    await table.loaded();
    expect(table.names[0]).to.equal('Somebody New');
    expect(table.element.page).to.equal(2);
    expect(table.checkbox(0).checked).to.equal(true);
  });

  it('speaks the language of the page as it changes', async () => {
    const table = await TableHarness.create();
    table.element.lang = 'de';
    await waitUntil(() => table.text('th.column-total_spent') === 'Umsatz');
    expect(table.text('.range')).to.equal('1–20 von 95 Kunden');
    table.element.lang = 'ar';
    await waitUntil(() => table.text('th.column-status') === 'الحالة');
    expect(getComputedStyle(table.find('table')).direction).to.equal('rtl');
    const [first, last] = [table.find('thead th'), table.all('thead th').at(-1)!];
    expect(first.getBoundingClientRect().left).to.be.greaterThan(last.getBoundingClientRect().left);
    expect(getComputedStyle(table.button('الصفحة التالية').querySelector('svg')!).transform).to.contain('-1');
  });

  it('registers under another name without a word', async () => {
    const { CustomerTable: Table } = await import('../../../src/elements/customer-table/customer-table.ts');
    class OwnTable extends Table {}
    OwnTable.define('own-customer-table');
    expect(document.createElement('own-customer-table')).to.be.instanceOf(Table);
  });
});
