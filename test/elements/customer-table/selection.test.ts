import { expect, waitUntil } from '@open-wc/testing';
import type {
  CustomersEmailDetail,
  SelectionChangedDetail,
} from '../../../src/elements/customer-table/events.ts';
import { TableHarness, listen } from './harness.ts';

const idsOf = (table: TableHarness, ...rows: number[]) =>
  rows.map((row) => table.options.customers![row]!.id);

describe('customer-table: selection', () => {
  it('is by id, and survives paging, sorting and reloading', async () => {
    const table = await TableHarness.create();
    await table.check(0);
    await table.check(2);
    await table.press('Next page');
    await table.check(1);
    const ids = idsOf(table, 0, 2, 21);
    expect(table.element.selection).to.deep.equal({ ids });
    expect(table.text('.selection-bar')).to.contain('3 selected 2 on other pages');
    await table.press('Customer');
    await table.element.reload();
    expect(table.element.selection).to.deep.equal({ ids });
    await table.press('Registered');
    await table.loaded();
    expect([0, 1, 2].map((row) => table.checkbox(row).checked)).to.deep.equal([true, false, true]);
  });

  it('takes all of this page, and says so, with a mixed state in between', async () => {
    const table = await TableHarness.create();
    const header = table.find<HTMLInputElement>('thead input');
    expect(header.getAttribute('aria-label')).to.equal('Select all 20 on this page');
    await table.check(3);
    expect(header.indeterminate).to.equal(true);
    header.click();
    await table.loaded();
    expect(header.checked).to.equal(true);
    expect(table.text('.selection-text')).to.contain('20 selected all 20 on this page');
    header.click();
    await table.loaded();
    expect(table.has('.selection-bar')).to.equal(false);
  });

  it('takes a range with Shift', async () => {
    const table = await TableHarness.create();
    await table.check(1);
    await table.check(4, { shiftKey: true });
    expect(table.element.selection).to.deep.equal({ ids: idsOf(table, 1, 2, 3, 4) });
    expect(table.checkbox(4).checked).to.equal(true);
    await table.check(2, { shiftKey: true });
    expect(table.element.selection).to.deep.equal({ ids: idsOf(table, 1) });
  });

  it('names "all that match" apart from "all on this page", with exceptions', async () => {
    const table = await TableHarness.create({ properties: { filters: { hasOrders: true } } });
    const matching = table.options.customers!.filter(({ orders_count: orders }) => orders > 0).length;
    const changes = listen<SelectionChangedDetail>(table.element, 'selection-changed');
    table.find('thead input').click();
    await table.loaded();
    await table.press(`Select all ${matching} that match`);
    expect(changes.at(-1)).to.deep.equal({
      selection: { matching: { hasOrders: true }, except: [] },
      count: matching,
    });
    expect(table.text('.selection-text strong')).to.equal(`All ${matching} that match`);
    await table.press('Next page');
    expect(table.checkbox(5).checked).to.equal(true);
    await table.check(5);
    expect(table.text('.selection-text')).to.equal(`${matching - 1} selected All that match, except 1`);
  });

  it('forgets "all that match" when the filters it was said about change', async () => {
    const table = await TableHarness.create();
    table.find('thead input').click();
    await table.loaded();
    await table.press('Select all 95 customers');
    table.element.filters = { status: 'guest' };
    await table.loaded();
    expect(table.element.selection).to.deep.equal({ ids: [] });
  });

  it('is cleared from its bar without losing the focus', async () => {
    const table = await TableHarness.create();
    await table.check(0);
    await table.press('Clear selection');
    expect(table.element.selection).to.deep.equal({ ids: [] });
    expect(table.focused).to.equal('div Customer list');
  });

  it('hands the host whom to write to, those without consent told apart', async () => {
    const table = await TableHarness.create();
    const sent = listen<CustomersEmailDetail>(table.element, 'customers-email');
    table.element.addEventListener('customers-email', (event) => event.preventDefault());
    for (const row of [0, 1, 2, 3, 4, 5]) await table.check(row);
    await table.press('Next page');
    await table.press('Send e-mail');
    await waitUntil(() => sent.length === 1);
    const chosen = table.options.customers!.slice(0, 6);
    expect(sent[0]!.customers).to.deep.equal(chosen);
    expect(sent[0]!.withoutConsent).to.deep.equal(chosen.filter((one) => !one.accepts_marketing));
    expect(table.find('.popover').matches(':popover-open'), 'prevented').to.equal(false);
  });

  it('asks before it writes to people who have not agreed', async () => {
    const table = await TableHarness.create();
    const customers = table.options.customers!;
    const without = customers.findIndex((one) => !one.accepts_marketing);
    const agreed = customers.findIndex((one) => one.accepts_marketing);
    await table.check(without);
    await table.check(agreed);
    await table.press('Send e-mail');
    await waitUntil(() => table.text('.popover') !== '');
    expect(table.text('.popover')).to.contain('1 of them has not agreed to marketing.');
    expect(table.hasButton('Write to the 1 who agreed')).to.equal(true);
    expect(table.hasButton('Write to all 2')).to.equal(true);
  });

  it('hands the host the ids of those it knows only by id, and else says what to do', async () => {
    const table = await TableHarness.create({ properties: { selection: { ids: ['somebody'] } } });
    const asked = listen<CustomersEmailDetail>(table.element, 'customers-email');
    expect(table.text('.selection-text')).to.equal('1 selected 1 on other pages');
    await table.press('Send e-mail');
    await waitUntil(() => table.text('.popover') !== '');
    expect(asked[0]).to.deep.equal({
      choice: { ids: ['somebody'] },
      customers: undefined,
      withoutConsent: undefined,
    });
    expect(table.text('.popover')).to.contain('are on pages that are not loaded');
  });
});
