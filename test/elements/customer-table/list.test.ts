import { expect } from '@open-wc/testing';
import type { Customer } from '../../../src/model/customer.ts';
import { sampleCustomers } from '../../../src/adapters/memory/index.ts';
import { TableHarness, listen } from './harness.ts';

const [ada] = sampleCustomers(1).customers as [Customer];
const customer = (change: Partial<Customer>): Customer => ({ ...ada, ...change });

describe('customer-table: the list', () => {
  it('shows the newest twenty first, with how many there are', async () => {
    const table = await TableHarness.create();
    expect(table.names).to.have.length(20);
    expect(table.text('.range')).to.equal('1–20 of 95 customers');
    expect(table.text('th[aria-sort=descending]')).to.equal('Registered');
  });

  it('shows rows without waiting for the count', async () => {
    const table = await TableHarness.create({
      options: { delay: (method) => (method === 'countCustomers' ? new Promise(() => {}) : 0) },
    });
    expect(table.names).to.have.length(20);
    expect(table.text('.range')).to.equal('1–20');
    expect(table.text('.page-number')).to.not.contain('of');
  });

  it('says "more than" where the count is capped, and goes on without "of Y"', async () => {
    const table = await TableHarness.create({
      options: { countCap: 30 },
      properties: { filters: { hasOrders: true } },
      count: 200,
    });
    expect(table.text('.range')).to.equal('1–20 of more than 30 customers');
    expect(table.text('.page-number')).to.not.contain('of');
    expect(table.element.count).to.deep.equal({ value: 30, exact: false });
  });

  it('writes money with the decimals of its currency', async () => {
    const customers = [customer({ total_spent: 123456, orders_count: 2 })];
    const shown = async (currency: string) => {
      const table = await TableHarness.create({ options: { customers, access: { currency } } });
      return table.text('td.column-total_spent');
    };
    expect(await shown('EUR')).to.equal('€1,234.56');
    expect(await shown('JPY')).to.equal('¥123,456');
    expect((await shown('KWD')).replace(/\s/g, ' ')).to.equal('KWD 123.456');
  });

  it('writes dates in the time zone of the site', async () => {
    const customers = [customer({ created_at: '2024-03-31T22:30:00Z' })];
    const table = await TableHarness.create({
      options: { customers, access: { time_zone: 'Europe/Berlin' } },
    });
    expect(table.text('td.column-created_at')).to.equal('Apr 1, 2024');
    expect(table.find('time').title).to.contain('12:30');
  });

  it('shows what is empty as a quiet dash that is said aloud as "None"', async () => {
    const table = await TableHarness.create({
      options: { customers: [customer({ phone: null, group_ids: [] })] },
    });
    expect(table.text('td.column-phone')).to.equal('– None');
    expect(table.find('td.column-phone .none').getAttribute('aria-hidden')).to.equal('true');
  });

  it('shows the e-mail where there is no name', async () => {
    const customers = [customer({ first_name: '', last_name: '', email: 'nobody@example.com' })];
    const table = await TableHarness.create({ options: { customers } });
    expect(table.names).to.deep.equal(['nobody@example.com']);
    expect(table.has('.email')).to.equal(false);
    expect(table.text('.avatar')).to.equal('N');
  });

  it('shows hostile text as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const group = {
      id: 'g',
      name: hostile,
      description: null,
      discount_percentage: null,
      color: 'red;x:y',
      member_count: 1,
    };
    const customers = [
      customer({ first_name: hostile, last_name: '', avatar_url: 'javascript:alert(1)', group_ids: ['g'] }),
    ];
    const table = await TableHarness.create({ options: { customers, groups: [group] } });
    expect(table.names).to.deep.equal([hostile]);
    expect(table.text('td.column-groups')).to.equal(hostile);
    expect(table.has('img')).to.equal(false);
  });

  it('loads pictures without a referrer and falls back to initials', async () => {
    const customers = [
      customer({ first_name: 'Ada', last_name: 'Byron', avatar_url: `${location.origin}/demo/icon.svg` }),
    ];
    const table = await TableHarness.create({ options: { customers } });
    const image = table.find<HTMLImageElement>('.avatar img');
    expect(image.referrerPolicy).to.equal('no-referrer');
    image.dispatchEvent(new Event('error'));
    expect(table.text('.avatar')).to.equal('AB');
    expect(table.has('.avatar img')).to.equal(false);
  });

  it('shows two groups and the rest in a popover', async () => {
    const { groups } = sampleCustomers(1);
    const customers = [customer({ group_ids: groups.slice(0, 4).map((group) => group.id) })];
    const table = await TableHarness.create({ options: { customers, groups } });
    expect(table.all('td.column-groups .pill')).to.have.length(2);
    await table.press('2 more groups');
    expect(table.all('.popover .pill')).to.have.length(4);
  });

  it('has no group column where the shop has no groups', async () => {
    const table = await TableHarness.create({ options: { groups: [] } });
    expect(table.has('td.column-groups')).to.equal(false);
  });

  it('shows and hides columns, and remembers them under a storage key', async () => {
    localStorage.removeItem('test-columns');
    const table = await TableHarness.create({ attributes: { 'storage-key': 'test-columns' } });
    await table.press('Columns');
    await table.choose('Phone');
    await table.choose('Country');
    expect(table.has('td.column-phone')).to.equal(false);
    expect(table.has('td.column-country')).to.equal(true);
    const next = await TableHarness.create({ attributes: { 'storage-key': 'test-columns' } });
    expect(next.has('td.column-phone')).to.equal(false);
    expect(next.has('td.column-country')).to.equal(true);
    await next.press('Columns');
    await next.press('Reset columns');
    expect(next.has('td.column-phone')).to.equal(true);
    localStorage.removeItem('test-columns');
  });

  it('gives the e-mail a column of its own in compact rows of 36 pixels', async () => {
    const table = await TableHarness.create({ attributes: { density: 'compact' } });
    expect(table.find('tbody tr').getBoundingClientRect().height).to.equal(36);
    expect(table.has('td.column-email')).to.equal(true);
    expect(table.has('.email')).to.equal(false);
    table.element.density = 'comfortable';
    await table.loaded();
    expect(table.find('tbody tr').getBoundingClientRect().height).to.equal(48);
  });

  it('opens a customer by an event with the customer', async () => {
    const table = await TableHarness.create();
    const opened = listen<{ customer: Customer; customerId: string }>(table.element, 'customer-open');
    table.find('.name').click();
    expect(opened).to.have.length(1);
    expect(opened[0]!.customerId).to.equal(opened[0]!.customer.id);
  });

  it('forwards a click on the row to the name, not one on its controls', async () => {
    const table = await TableHarness.create();
    const opened = listen(table.element, 'customer-open');
    table.find('td.column-phone').click();
    expect(opened).to.have.length(1);
    table.checkbox(0).click();
    expect(opened).to.have.length(1);
  });

  it('does not open while text of the row is marked', async () => {
    const table = await TableHarness.create();
    const opened = listen(table.element, 'customer-open');
    const cell = table.find('.email');
    const marked = getSelection()!;
    marked.selectAllChildren(cell);
    table.find('td.column-phone').click();
    marked.removeAllRanges();
    expect(opened).to.have.length(0);
  });

  it('makes names real links where the host gives a pattern, and leaves ctrl-click to the browser', async () => {
    const table = await TableHarness.create({ attributes: { 'customer-href': '#/customers/{id}' } });
    const link = table.find<HTMLAnchorElement>('a.name');
    const id = table.options.customers![0]!.id;
    expect(link.getAttribute('href')).to.equal(`#/customers/${id}`);
    const opened = listen(table.element, 'customer-open');
    table.element.addEventListener('customer-open', (event) => event.preventDefault());
    const plain = new MouseEvent('click', { bubbles: true, cancelable: true });
    link.dispatchEvent(plain);
    expect(plain.defaultPrevented, 'a prevented event stops the link').to.equal(true);
    link.addEventListener('click', (event) => event.preventDefault());
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ctrlKey: true }));
    expect(opened).to.have.length(1);
  });

  it('serves every row with one menu', async () => {
    const table = await TableHarness.create({ attributes: { actions: 'edit delete' } });
    const name = table.names[2]!;
    await table.press(`Actions for ${name}`);
    const items = table.all('[role=menuitem]').map((item) => item.innerText.trim());
    expect(items).to.deep.equal(['View', 'Edit', 'Send e-mail', 'Copy e-mail', 'Delete']);
    expect(table.all('.popover')).to.have.length(1);
    const emailed = listen<{ customer: Customer }>(table.element, 'customer-email');
    table.element.addEventListener('customer-email', (event) => event.preventDefault());
    await table.press('Send e-mail');
    expect(emailed[0]!.customer.email).to.equal(table.emails[2]);
    expect(table.find('.popover').matches(':popover-open')).to.equal(false);
  });

  it('offers Edit and Delete only where the host answers them and the role allows it', async () => {
    const items = async (role: 'viewer' | 'editor' | 'admin', actions: string) => {
      const table = await TableHarness.create({ options: { access: { role } }, attributes: { actions } });
      await table.press(`Actions for ${table.names[0]!}`);
      return table.all('[role=menuitem]').map((item) => item.innerText.trim());
    };
    expect(await items('admin', '')).to.not.include('Edit');
    expect(await items('viewer', 'edit delete')).to.not.include('Edit');
    const editor = await items('editor', 'edit delete');
    expect(editor).to.include('Edit');
    expect(editor).to.not.include('Delete');
  });
});
