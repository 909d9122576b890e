import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';
import '../../../src/elements/customer-stats/define.ts';
import type { CustomerStatsElement } from '../../../src/elements/customer-stats/customer-stats.ts';

const shop = (options: MemoryAdapterOptions = {}) =>
  createMemoryAdapter({ ...sampleCustomers(100), access: { currency: 'EUR' }, ...options });

const show = (adapter = shop()): Promise<CustomerStatsElement> =>
  fixture(html`<customer-stats locale="en" .adapter=${adapter}></customer-stats>`);

const buttons = (element: Element) => [...element.shadowRoot!.querySelectorAll<HTMLButtonElement>('.card')];
const card = (element: Element, label: string) =>
  buttons(element).find((button) => button.querySelector('.label')?.textContent === label)!;
const valueOf = (element: Element, label: string) =>
  card(element, label).querySelector('.value')!.textContent!.trim();
const loaded = (element: Element) => waitUntil(() => element.shadowRoot!.querySelector('button.card'));

describe('<customer-stats>', () => {
  it('is accessible while loading, loaded, with one pressed, and failed', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const element = await show(shop({ delay: () => held }));
    expect(element.shadowRoot!.querySelector('ul')?.getAttribute('aria-busy')).to.equal('true');
    await expect(element).to.be.accessible();
    release();
    await loaded(element);
    await expect(element).to.be.accessible();
    card(element, 'Guests').click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    const failed = await show(shop({ fail: () => new AdapterError('unavailable', 'down') }));
    await waitUntil(() => failed.shadowRoot!.querySelector('[role=alert]'));
    await expect(failed).to.be.accessible();
  });

  it('shows the numbers that the backend counted', async () => {
    const adapter = shop();
    const stats = await adapter.getStats();
    const element = await show(adapter);
    await loaded(element);
    expect(valueOf(element, 'Customers')).to.equal('100');
    expect(valueOf(element, 'Active')).to.equal(String(stats.active));
    expect(valueOf(element, 'Guests')).to.equal(String(stats.guests));
    expect(valueOf(element, 'With orders')).to.equal(String(stats.withOrders));
    expect(valueOf(element, 'New this month')).to.equal(String(stats.newThisMonth));
  });

  for (const [currency, minor, written] of [
    ['EUR', 123456, '€1,234.56'],
    ['JPY', 123456, '¥123,456'],
    ['KWD', 123456, 'KWD 123.456'],
  ] as const) {
    it(`writes revenue with the decimals of ${currency}`, async () => {
      const adapter = shop();
      const stats = { ...(await adapter.getStats()), totalRevenue: minor, currency };
      const element = await show({ ...adapter, getStats: async () => stats });
      await loaded(element);
      expect(valueOf(element, 'Revenue').replace(/\s/g, ' ')).to.equal(written);
    });
  }

  it('sets other currencies beside the revenue instead of adding them up', async () => {
    const adapter = shop();
    const otherRevenue = [
      { currency: 'USD', total: 5000 },
      { currency: 'JPY', total: 700 },
    ];
    const stats = { ...(await adapter.getStats()), totalRevenue: 10000, otherRevenue };
    const element = await show({ ...adapter, getStats: async () => stats });
    await loaded(element);
    expect(valueOf(element, 'Revenue')).to.equal('€100.00');
    expect(card(element, 'Revenue').querySelector('.note')!.textContent).to.equal('and $50.00 and ¥700');
  });

  it('asks for the customers behind a number, as many as it says', async () => {
    const adapter = shop();
    const element = await show(adapter);
    await loaded(element);
    for (const label of ['Active', 'Guests', 'With orders', 'New this month']) {
      const changed = oneEvent(element, 'filters-changed');
      card(element, label).click();
      const { filters } = ((await changed) as CustomEvent).detail;
      const { value } = await adapter.countCustomers({ filters });
      expect(String(value), label).to.equal(valueOf(element, label));
    }
  });

  it('marks the pressed one, and lets go of it when it is pressed again', async () => {
    const element = await show();
    await loaded(element);
    card(element, 'Guests').click();
    await element.updateComplete;
    expect(card(element, 'Guests').getAttribute('aria-pressed')).to.equal('true');
    expect(card(element, 'Customers').getAttribute('aria-pressed')).to.equal('false');
    card(element, 'Guests').click();
    await element.updateComplete;
    expect(card(element, 'Customers').getAttribute('aria-pressed')).to.equal('true');
    expect(element.filters).to.deep.equal({});
  });

  it('marks what the list is filtered to, however the filter is written', async () => {
    const element = await show();
    await loaded(element);
    element.filters = { status: 'guest', search: '' };
    await element.updateComplete;
    expect(card(element, 'Guests').getAttribute('aria-pressed')).to.equal('true');
    element.filters = { status: 'guest', search: 'zoe' };
    await element.updateComplete;
    expect(card(element, 'Guests').getAttribute('aria-pressed')).to.equal('false');
  });

  it('changes nothing where the host prevents stats-select', async () => {
    const element = await show();
    await loaded(element);
    element.addEventListener('stats-select', (event) => event.preventDefault());
    let changes = 0;
    element.addEventListener('filters-changed', () => changes++);
    card(element, 'Guests').click();
    await element.updateComplete;
    expect(changes).to.equal(0);
    expect(card(element, 'Guests').getAttribute('aria-pressed')).to.equal('false');
  });

  it('fires no event when filters are set by code', async () => {
    const element = await show();
    await loaded(element);
    let events = 0;
    for (const name of ['filters-changed', 'stats-select']) element.addEventListener(name, () => events++);
    element.filters = { status: 'guest' };
    await element.updateComplete;
    expect(events).to.equal(0);
  });

  it('says what went wrong in plain words and tries again', async () => {
    let isDown = true;
    const element = await show(
      shop({ fail: () => (isDown ? new AdapterError('unavailable', 'ECONNREFUSED') : undefined) }),
    );
    await waitUntil(() => element.shadowRoot!.querySelector('[role=alert]'));
    const alert = element.shadowRoot!.querySelector('[role=alert]')!;
    expect(alert.textContent).to.contain('can’t be reached').and.not.contain('ECONNREFUSED');
    isDown = false;
    alert.querySelector('button')!.click();
    await loaded(element);
    expect(valueOf(element, 'Customers')).to.equal('100');
  });

  it('keeps the numbers while it asks again, and where that fails', async () => {
    let isDown = false;
    const element = await show(
      shop({ fail: () => (isDown ? new AdapterError('unavailable', 'down') : undefined) }),
    );
    await loaded(element);
    isDown = true;
    const reloaded = element.reload();
    await element.updateComplete;
    expect(valueOf(element, 'Customers')).to.equal('100');
    await reloaded;
    await element.updateComplete;
    expect(valueOf(element, 'Customers')).to.equal('100');
    expect(element.shadowRoot!.querySelector('[role=alert]')!.textContent).to.contain('not be refreshed');
  });

  it('takes an adapter that comes later, and another one in its place', async () => {
    const element = await fixture<CustomerStatsElement>(html`<customer-stats locale="en"></customer-stats>`);
    expect(element.shadowRoot!.querySelectorAll('.skeleton')).to.have.length.above(0);
    element.adapter = shop();
    await loaded(element);
    element.adapter = createMemoryAdapter(sampleCustomers(7));
    await waitUntil(() => card(element, 'Customers') && valueOf(element, 'Customers') === '7');
  });

  it('keeps its numbers when it is moved in the page', async () => {
    let requests = 0;
    const element = await show(shop({ delay: () => (requests++, 0) }));
    await loaded(element);
    const elsewhere = await fixture<HTMLElement>(html`<section></section>`);
    elsewhere.append(element);
    await element.updateComplete;
    expect(valueOf(element, 'Customers')).to.equal('100');
    expect(requests).to.equal(1);
  });

  it('stops its request when it leaves the page, and asks again when it comes back', async () => {
    let aborted = 0;
    let isSlow = true;
    const adapter = shop({ delay: () => (isSlow ? new Promise(() => undefined) : 0) });
    const element = await show({
      ...adapter,
      getStats: (options) => {
        options?.signal?.addEventListener('abort', () => aborted++);
        return adapter.getStats(options);
      },
    });
    const parent = element.parentElement!;
    element.remove();
    await aTimeout(0);
    expect(aborted).to.equal(1);
    isSlow = false;
    parent.append(element);
    await loaded(element);
  });

  it('offers no button for a filter that the backend does not have', async () => {
    const element = await show(shop({ capabilities: { filters: ['status'] } }));
    await loaded(element);
    expect(card(element, 'Guests').localName).to.equal('button');
    expect(card(element, 'With orders').localName).to.equal('div');
  });

  it('draws nothing where the backend has no statistics', async () => {
    const element = await show(shop({ capabilities: { stats: false } }));
    expect(element.shadowRoot!.querySelector('.card, [role=alert]')).to.equal(null);
  });

  it('speaks German and Arabic', async () => {
    const element = await show();
    element.locale = 'de';
    await waitUntil(() => card(element, 'Gäste'));
    element.locale = 'ar';
    await waitUntil(() => card(element, 'زوّار'));
  });
});
