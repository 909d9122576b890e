import { expect, waitUntil } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { DetailHarness, listen, readable } from './harness.ts';
import { theShop } from './shop.ts';

describe('customer-detail: reading', () => {
  it('says who it is: name, status, consent', async () => {
    const detail = await DetailHarness.create();
    expect(detail.name).to.equal('Zoë Lefèvre');
    expect(detail.text('.badges')).to.equal('Active Accepts marketing');
  });

  it('marks a guest', async () => {
    const detail = await DetailHarness.create({ attributes: { 'customer-id': 'amir' } });
    expect(detail.text('.badges')).to.equal('Guest');
  });

  it('shows the four numbers, and other currencies beside them', async () => {
    const detail = await DetailHarness.create();
    expect(detail.numbers).to.deep.equal({
      Orders: '31',
      'Total spent': '$3,000.00',
      'Average order': '$100.00',
      'Last order': '2 days ago',
    });
    expect(detail.text('.number .note')).to.equal('+ €42.50');
  });

  it('tells what counts, one click away', async () => {
    const detail = await DetailHarness.create();
    detail.find('.what-counts summary').click();
    expect(detail.text('.what-counts p')).to.contain('neither cancelled nor refunded').and.contain('USD');
  });

  it('draws spending by month, and says the same as a table', async () => {
    const detail = await DetailHarness.create();
    await waitUntil(() => detail.has('.chart canvas'));
    await detail.press('As a table');
    expect(detail.has('.chart')).to.equal(false);
    const rows = detail.all('.month-table tbody tr').map(readable);
    const now = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' }).format(
      Date.now() - 172_800_000,
    );
    expect(rows.find((row) => row.startsWith(now))).to.match(/\$[1-3]00\.00$/);
    await detail.press('As a table');
    await waitUntil(() => detail.has('.chart canvas'));
  });

  it('never draws two currencies as one', async () => {
    const detail = await DetailHarness.create();
    await detail.press('As a table');
    const select = detail.find<HTMLSelectElement>('.section-head select');
    select.value = 'EUR';
    select.dispatchEvent(new Event('change'));
    await detail.element.updateComplete;
    const spent = detail.all('.month-table tbody td:last-child').map(readable);
    expect(spent.filter((amount) => amount !== '€0.00')).to.deep.equal(['€42.50']);
  });

  it('draws no chart where nothing was spent', async () => {
    const detail = await DetailHarness.create({ attributes: { 'customer-id': 'amir' } });
    expect(detail.has('.spending')).to.equal(false);
  });

  it('links e-mail and phone, and says whether the e-mail is verified', async () => {
    const detail = await DetailHarness.create();
    const email = detail.fact('E-mail');
    expect(email.querySelector('a')!.getAttribute('href')).to.equal('mailto:zoe@example.com');
    expect(readable(email)).to.equal('zoe@example.com Verified');
    expect(detail.fact('Phone').querySelector('a')!.getAttribute('href')).to.equal('tel:+33612345678');
  });

  it('shows empty values as a dash that is said aloud', async () => {
    const detail = await DetailHarness.create({ attributes: { 'customer-id': 'amir' } });
    expect(readable(detail.fact('Phone')))
      .to.contain('–')
      .and.contain('None');
    expect(readable(detail.fact('Last seen'))).to.contain('–');
  });

  it('shows addresses as one writes them, the default for billing first', async () => {
    const detail = await DetailHarness.create();
    const addresses = detail.all('.address').map((address) => address.innerText.split('\n').filter(Boolean));
    expect(addresses[0]!.join('|')).to.equal(
      'Home|Billing|Zoë Lefèvre|27 rue des Carmes|44000 Nantes|France',
    );
    expect(addresses[1]!.join('|')).to.equal(
      'Work|Zoë Lefèvre|Brightside|218 Maple Avenue|Portland, OR 97209|United States',
    );
  });

  it('copies an address as text', async () => {
    const copied: string[] = [];
    const clipboard = navigator.clipboard.writeText.bind(navigator.clipboard);
    navigator.clipboard.writeText = (text) => (copied.push(text), Promise.resolve());
    try {
      const detail = await DetailHarness.create();
      await detail.press('Copy address “Home”');
      expect(copied).to.deep.equal(['Zoë Lefèvre\n27 rue des Carmes\n44000 Nantes\nFrance']);
      expect(detail.text('.content > [role=status]')).to.equal('Copied');
    } finally {
      navigator.clipboard.writeText = clipboard;
    }
  });

  it('shows groups, tags and whatever else is kept', async () => {
    const detail = await DetailHarness.create();
    expect(detail.all('.pills li').map(readable)).to.deep.equal(['VIP', 'loyal', 'press']);
    expect(readable(detail.fact('level'))).to.equal('gold');
    expect(readable(detail.fact('source'))).to.equal('{"campaign":"spring"}');
  });

  it('lists orders newest first, with all of them by "Show more"', async () => {
    const detail = await DetailHarness.create();
    await detail.openTab('orders');
    expect(detail.text('#tab-orders')).to.equal('Orders 31');
    expect(detail.all('.order')).to.have.length(20);
    expect(readable(detail.all('.order')[0]!)).to.equal('#1000 2 days ago Delivered $100.00');
    await detail.press('Show more');
    await waitUntil(() => detail.all('.order').length === 33);
    const numbers = detail.all('.order-number').map(readable);
    expect(new Set(numbers).size).to.equal(33);
    await waitUntil(() => detail.focused?.classList.contains('rows'), 'focus stays when the button goes');
  });

  it('strikes out totals that do not count, and shows a status of the host’s own', async () => {
    const detail = await DetailHarness.create();
    await detail.openTab('orders');
    await detail.press('Show more');
    await waitUntil(() => detail.all('.order').length === 33);
    const [, cancelled, own] = detail.all('.order').slice(-3);
    expect(readable(cancelled!)).to.contain('Cancelled');
    expect(cancelled!.querySelector('s')).to.not.equal(null);
    expect(readable(own!)).to.contain('awaiting pickup');
    expect(own!.querySelector('s')).to.equal(null);
  });

  it('leaves opening an order to the host', async () => {
    const detail = await DetailHarness.create();
    const opened = listen<{ orderId: string; customerId: string }>(detail.element, 'order-open');
    await detail.openTab('orders');
    await detail.press('#1001');
    expect(opened.map(({ orderId, customerId }) => [orderId, customerId])).to.deep.equal([
      ['order-1', 'zoe'],
    ]);
  });

  it('links orders where the host has pages for them, and follows none that the host takes over', async () => {
    const detail = await DetailHarness.create({ attributes: { 'order-href': '/orders/{id}' } });
    await detail.openTab('orders');
    expect(detail.find('a.order-number').getAttribute('href')).to.equal('/orders/order-0');
    detail.element.addEventListener('order-open', (event) => event.preventDefault());
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true });
    detail.find('a.order-number').dispatchEvent(click);
    expect(click.defaultPrevented).to.equal(true);
  });

  it('keeps the rows where further ones fail, and tries again', async () => {
    let isDown = true;
    const detail = await DetailHarness.create({
      options: {
        fail: (method) =>
          isDown && method === 'listOrders' ? new AdapterError('unavailable', 'ECONNREFUSED') : undefined,
      },
    });
    await detail.openTab('orders');
    await detail.press('Show more');
    await waitUntil(() => detail.has('.rows-foot [role=alert]'));
    expect(detail.all('.order')).to.have.length(20);
    expect(detail.text('.rows-foot [role=alert]')).to.contain('can’t be reached');
    isDown = false;
    await detail.press('Show more');
    await waitUntil(() => detail.all('.order').length === 33);
  });

  it('lists notes, pinned ones first, with author and exact time', async () => {
    const detail = await DetailHarness.create();
    await detail.openTab('notes');
    const [pinned, newest] = detail.all('.note-row');
    expect(readable(pinned!)).to.contain('Note 20').and.contain('Pinned');
    expect(readable(newest!)).to.equal('Noor Haddad yesterday Note 0');
    expect(newest!.querySelector('time')!.title).to.match(/20\d\d/);
    await detail.press('Show more');
    await waitUntil(() => detail.all('.note-row').length === 25);
  });

  it('says where there are no orders or notes yet', async () => {
    const detail = await DetailHarness.create({ attributes: { 'customer-id': 'amir' } });
    await detail.openTab('orders');
    expect(detail.text('#panel-orders')).to.contain('No orders yet');
    await detail.openTab('notes');
    expect(detail.text('#panel-notes')).to.contain('No notes yet');
  });

  it('shows what people wrote and runs none of it', async () => {
    const hostile = '<img src=x onerror="window.__ran = 1"><script>window.__ran = 1</script>\u202e${7*7}';
    const shop = theShop();
    Object.assign(shop.zoe, {
      first_name: hostile,
      last_name: '',
      email: hostile,
      phone: 'javascript:alert(1)',
      avatar_url: 'javascript:alert(1)',
      tags: [hostile],
      metadata: { [hostile]: hostile },
    });
    shop.groups[0]!.name = hostile;
    Object.assign(shop.notes[0]!, { content: hostile, user_name: hostile });
    Object.assign(shop.orders[0]!, { order_number: hostile, status: hostile });
    Object.assign(shop.addresses[0]!, { label: hostile, company: hostile });
    const detail = await DetailHarness.create({ shop });
    expect(detail.find('#title').textContent.trim()).to.equal(hostile);
    expect(detail.all('.pills .pill-text').map((pill) => pill.textContent)).to.deep.equal([hostile, hostile]);
    await detail.openTab('orders');
    expect(detail.find('.order-number').textContent.trim()).to.equal(hostile);
    await detail.openTab('notes');
    expect(detail.all('.note-text').some((note) => note.textContent === hostile)).to.equal(true);
    expect(detail.has('.surface img, .surface script, [href^="javascript:"]')).to.equal(false);
    expect('__ran' in window).to.equal(false);
  });

  it('makes web addresses in notes links, and nothing else', async () => {
    const shop = theShop();
    shop.notes[20]!.content =
      'See (https://example.com/a_(b)), http://x.test/?q=1&r=2. Not javascript:alert(1) nor ftp://y.test';
    const detail = await DetailHarness.create({ shop });
    await detail.openTab('notes');
    const links = detail.all<HTMLAnchorElement>('.note-row:first-child a');
    expect(links.map((link) => link.textContent)).to.deep.equal([
      'https://example.com/a_(b)',
      'http://x.test/?q=1&r=2',
    ]);
    expect(links.every((link) => link.rel.includes('noopener'))).to.equal(true);
  });

  it('announces a letter first, and opens no mail program where the host takes it over', async () => {
    const detail = await DetailHarness.create();
    const asked = listen<{ customerId: string }>(detail.element, 'customer-email');
    detail.element.addEventListener('customer-email', (event) => event.preventDefault());
    await detail.press('Send e-mail');
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    detail.fact('E-mail').querySelector('a')!.dispatchEvent(click);
    expect(click.defaultPrevented).to.equal(true);
    expect(asked.map(({ customerId }) => customerId)).to.deep.equal(['zoe', 'zoe']);
  });

  it('says how a customer came, and since when there is consent', async () => {
    const adapter = createMemoryAdapter(theShop());
    const origin = { operation: 'o1', kind: 'import', by: 'Noor', fileName: 'kunden.csv' };
    const getCustomer: typeof adapter.getCustomer = async (request, options) => ({
      ...(await adapter.getCustomer(request, options)),
      origin,
      consent: { since: '2025-03-09T10:00:00Z', origin: { ...origin, fileName: null } },
    });
    const detail = await DetailHarness.create({ properties: { adapter: { ...adapter, getCustomer } } });
    const plain = (name: string) => readable(detail.fact(name)).replace(/[\u2068\u2069]/g, '');
    expect(plain('Customer since')).to.equal('May 3, 2024 imported from kunden.csv by Noor');
    expect(plain('Marketing')).to.equal('Agreed, Mar 9, 2025 by Noor');
  });
});
