import { aTimeout, expect, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { sampleCustomers } from '../../../src/adapters/memory/index.ts';
import { dayOf } from '../../../src/model/days.ts';
import { TableHarness, listen } from './harness.ts';

const kinds = (table: TableHarness) => table.all('.popover .menu-item').map((item) => item.innerText.trim());

describe('customer-table: filters', () => {
  it('offers every filter that the backend knows', async () => {
    const table = await TableHarness.create();
    await table.press('Filter');
    expect(kinds(table)).to.deep.equal([
      'Status',
      'Group',
      'Tag',
      'Has orders',
      'Number of orders',
      'Total spent',
      'Registered',
      'Last order',
      'Marketing',
      'Country',
    ]);
  });

  it('leaves out what the backend does not know, and groups where the shop has none', async () => {
    const table = await TableHarness.create({
      options: { groups: [], capabilities: { filters: ['search', 'status', 'group', 'minSpent'] } },
    });
    await table.press('Filter');
    expect(kinds(table)).to.deep.equal(['Status']);
  });

  it('finds a filter by typing, all by keyboard, and gives the focus back', async () => {
    const table = await TableHarness.create();
    table.button('Filter').focus();
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => table.root.activeElement?.matches('.popover input'));
    await sendKeys({ type: 'stat' });
    await sendKeys({ press: 'ArrowDown' });
    expect((table.root.activeElement as HTMLElement).innerText.trim()).to.equal('Status');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => table.root.activeElement?.matches('.popover input[type=checkbox]'));
    await sendKeys({ press: 'Space' });
    await table.loaded();
    expect(table.pills).to.deep.equal(['Status: Active']);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !table.find('.popover').matches(':popover-open'));
    expect(table.focused).to.equal('button Filter');
  });

  it('answers each change at once, with any of several values', async () => {
    const table = await TableHarness.create();
    const changes = listen<{ filters: object }>(table.element, 'filters-changed');
    await table.addFilter('Status');
    await table.choose('Guest');
    await table.choose('Inactive');
    expect(changes.at(-1)).to.deep.equal({ filters: { status: ['guest', 'inactive'] } });
    const expected = table.options.customers!.filter(({ status }) => status !== 'active').length;
    expect(table.text('.range')).to.equal(`1–20 of ${expected} customers`);
    expect(table.pills).to.deep.equal(['Status: Guest or Inactive']);
    await table.choose('Guest');
    await table.choose('Inactive');
    expect(changes.at(-1)).to.deep.equal({ filters: {} });
    expect(table.pills).to.deep.equal([]);
  });

  it('takes one filter away, keeps the others, and keeps the focus', async () => {
    const table = await TableHarness.create({
      properties: { filters: { status: 'active', hasOrders: true } },
    });
    expect(table.pills).to.deep.equal(['Status: Active', 'Has orders: Yes']);
    await table.press('Remove filter Status');
    expect(table.element.filters).to.deep.equal({ hasOrders: true });
    expect(table.focused).to.equal('button Filter');
  });

  it('clears all filters and leaves the search', async () => {
    const table = await TableHarness.create({
      properties: { filters: { status: 'active', minOrders: 1, search: 'a' } },
    });
    await table.press('Clear all');
    expect(table.element.filters).to.deep.equal({ search: 'a' });
    expect(table.searchField.value).to.equal('a');
  });

  it('opens the editor of a filter from its pill', async () => {
    const table = await TableHarness.create({ properties: { filters: { status: 'active' } } });
    table.find('.chip-value').click();
    await table.loaded();
    expect(table.option('Active').checked).to.equal(true);
    await table.press('Clear filter');
    expect(table.element.filters).to.deep.equal({});
  });

  it('takes amounts as the language writes them and keeps minor units', async () => {
    const amounts = async (currency: string, lang: string, typed: string) => {
      const table = await TableHarness.create({ options: { access: { currency } } });
      table.element.lang = lang;
      await waitUntil(() => table.element.shadowRoot!.querySelector('[dir]'));
      await aTimeout(50);
      table.find('.add-filter').click();
      await table.loaded();
      table.all('.popover .menu-item')[5]!.click();
      await table.loaded();
      await table.type(table.find<HTMLInputElement>('.editor-field input'), typed);
      await aTimeout(450);
      await table.loaded();
      return table.element.filters.minSpent;
    };
    expect(await amounts('USD', 'en', '1,234.5')).to.equal(123450);
    expect(await amounts('EUR', 'de', '1.234,5')).to.equal(123450);
    expect(await amounts('JPY', 'en', '1,234')).to.equal(1234);
    expect(await amounts('KWD', 'en', '1.234')).to.equal(1234);
  });

  it('says what is wrong with an amount, and asks for nothing', async () => {
    const table = await TableHarness.create();
    const changes = listen(table.element, 'filters-changed');
    await table.addFilter('Total spent');
    await table.type(table.option('At least'), 'much');
    await aTimeout(450);
    expect(table.text('.editor-problem')).to.equal('Write an amount like $1,234.50.');
    expect(table.option('At least').getAttribute('aria-invalid')).to.equal('true');
    await table.type(table.option('At least'), '20');
    await table.type(table.option('At most'), '10');
    await aTimeout(450);
    expect(table.text('.editor-problem')).to.equal('The first value is above the second.');
    expect(changes).to.have.length(0);
  });

  it('takes over what is still being typed when the editor closes', async () => {
    const table = await TableHarness.create();
    await table.addFilter('Number of orders');
    await table.type(table.option('At least'), '3');
    await table.dismiss();
    await table.loaded();
    expect(table.element.filters).to.deep.equal({ minOrders: 3 });
    expect(table.pills).to.deep.equal(['Number of orders: 3 or more']);
  });

  it('names a span of days by a preset, in the time zone of the site', async () => {
    const table = await TableHarness.create({ options: { access: { time_zone: 'Pacific/Kiritimati' } } });
    await table.addFilter('Registered');
    await table.press('Today');
    const today = dayOf(new Date(), 'Pacific/Kiritimati');
    expect(table.element.filters).to.deep.equal({ dateFrom: today, dateTo: today });
    expect(table.text('.popover')).to.contain('Pacific/Kiritimati');
  });

  it('refuses a first day after the last', async () => {
    const table = await TableHarness.create({ properties: { filters: { dateTo: '2026-05-31' } } });
    await table.addFilter('Registered');
    const from = table.option('From');
    from.value = '2026-06-01';
    from.dispatchEvent(new Event('change', { bubbles: true }));
    await table.loaded();
    expect(table.text('.editor-problem')).to.equal('The first day is after the last.');
    expect(table.element.filters).to.deep.equal({ dateTo: '2026-05-31' });
    expect(table.pills).to.deep.equal(['Registered: until May 31, 2026']);
  });

  it('offers all groups by search and by pages, none cut off silently', async () => {
    const groups = Array.from({ length: 120 }, (_, index) => ({
      id: `group-${index}`,
      name: `Group ${String(index + 1).padStart(3, '0')}`,
      description: null,
      discount_percentage: null,
      color: '#6366f1',
      member_count: 0,
    }));
    const table = await TableHarness.create({ options: { groups } });
    await table.addFilter('Group');
    await waitUntil(() => table.all('.editor-choices input').length === 50);
    await table.press('Show more');
    await waitUntil(() => table.all('.editor-choices input').length === 100);
    await table.press('Show more');
    await waitUntil(() => table.all('.editor-choices input').length === 120);
    expect(table.hasButton('Show more')).to.equal(false);
    expect(table.focused, 'the button that was pressed has gone').to.equal('input Group 120');
    await table.type(table.find<HTMLInputElement>('.editor-search input'), '077');
    await waitUntil(() => table.all('.editor-choices input').length === 1);
    await table.choose('Group 077');
    expect(table.element.filters).to.deep.equal({ group: ['group-76'] });
    await waitUntil(() => table.pills[0] === 'Group: Group 077');
  });

  it('names groups that were set by id', async () => {
    const { groups } = sampleCustomers(1);
    const table = await TableHarness.create({ properties: { filters: { group: groups[0]!.id } } });
    await waitUntil(() => table.pills[0] === `Group: ${groups[0]!.name}`);
  });

  it('offers to load options again after a failure', async () => {
    const { AdapterError } = await import('../../../src/adapter/errors.ts');
    const table = await TableHarness.create();
    table.options.fail = (method) =>
      method === 'listTags' ? new AdapterError('unavailable', 'down') : undefined;
    await table.addFilter('Tag');
    await waitUntil(() => table.has('.popover [role=alert]'));
    delete table.options.fail;
    await table.press('Try again');
    await waitUntil(() => table.all('.editor-choices input').length > 0);
  });

  it('finds countries by name in the reader’s language', async () => {
    const table = await TableHarness.create();
    await table.addFilter('Country');
    await table.type(table.find<HTMLInputElement>('.editor-search input'), 'german');
    await waitUntil(() => table.all('.editor-choices input').length === 1);
    await table.choose('Germany');
    expect(table.element.filters).to.deep.equal({ country: ['DE'] });
    expect(table.pills).to.deep.equal(['Country: Germany']);
  });

  it('keeps the editor in the viewport under a transformed ancestor that clips', async () => {
    const table = await TableHarness.create({ width: '700px' });
    const box = table.element.parentElement!;
    box.style.transform = 'translateX(30px)';
    box.style.overflow = 'hidden';
    box.style.height = '160px';
    await table.addFilter('Registered');
    const panel = table.find('.popover').getBoundingClientRect();
    expect(panel.bottom).to.be.at.most(window.innerHeight);
    expect(panel.height).to.be.greaterThan(160);
    const { left, top } = table.button('Today').getBoundingClientRect();
    expect(table.button('Today').contains(table.root.elementFromPoint(left + 20, top + 10))).to.equal(true);
  });

  it('follows filters set by code without an event', async () => {
    const table = await TableHarness.create();
    const changes = listen(table.element, 'filters-changed');
    const loaded = oneEvent(table.element, 'customers-loaded');
    table.element.filters = { search: 'marcus', status: 'active' };
    await loaded;
    await table.loaded();
    expect(table.searchField.value).to.equal('marcus');
    expect(table.pills).to.deep.equal(['Status: Active']);
    expect(changes).to.have.length(0);
  });

  it('leaves a filter that is not valid out with a warning', async () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...words: unknown[]) => warnings.push(words.join(' '));
    const table = await TableHarness.create({
      properties: {
        filters: { status: 'asleep', colour: 'red', dateFrom: '2026-02-30', minOrders: 1 } as object,
      },
    });
    console.warn = warn;
    expect(table.element.filters).to.deep.equal({ minOrders: 1 });
    expect(warnings).to.have.length(3);
  });
});
