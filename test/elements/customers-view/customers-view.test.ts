import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';
import '../../../src/elements/customer-provider/define.ts';
import '../../../src/elements/customers-view/define.ts';
import type { CustomersView } from '../../../src/elements/customers-view/customers-view.ts';
import type { Role } from '../../../src/model/access.ts';

const shop = (options: MemoryAdapterOptions = {}) =>
  createMemoryAdapter({ ...sampleCustomers(60), ...options });

const asRole = (role: Role) => shop({ access: { role } });

const show = (adapter: CustomerAdapter = shop()): Promise<CustomersView> =>
  fixture(html`<customers-view locale="en" .adapter=${adapter}></customers-view>`);

const inside = (view: CustomersView) => view.shadowRoot!;
const table = (view: CustomersView) => inside(view).querySelector('customer-table')!;
const stats = (view: CustomersView) => inside(view).querySelector('customer-stats')!;
const dialog = (view: CustomersView) => inside(view).querySelector('dialog');
const buttonNamed = (root: ParentNode, name: string) =>
  [...root.querySelectorAll('button')].find((button) => button.textContent?.trim() === name);
const cardNamed = (view: CustomersView, label: string) =>
  [...stats(view).shadowRoot!.querySelectorAll<HTMLButtonElement>('button.card')].find(
    (card) => card.querySelector('.label')?.textContent === label,
  )!;
const countShown = (view: CustomersView) => inside(view).querySelector('.count')!.textContent;
const loaded = (view: CustomersView) =>
  waitUntil(() => table(view).count && cardNamed(view, 'Customers'), 'list and statistics come');

describe('<customers-view>', () => {
  it('is accessible while loading, loaded, empty, failed and with its import open', async () => {
    const states: CustomerAdapter[] = [
      shop({ delay: () => new Promise(() => undefined) }),
      createMemoryAdapter(),
      shop({ fail: () => new AdapterError('unavailable', 'down') }),
    ];
    for (const adapter of states) {
      const view = await show(adapter);
      await waitUntil(() => table(view).shadowRoot!.childElementCount > 0);
      await expect(view).to.be.accessible();
    }
    const view = await show();
    await loaded(view);
    await expect(view).to.be.accessible();
    buttonNamed(inside(view), 'Import')!.click();
    await waitUntil(() => dialog(view)?.open);
    await expect(view).to.be.accessible();
  });

  it('shows title, count, statistics and the list of one shop', async () => {
    const view = await show();
    await loaded(view);
    await waitUntil(() => countShown(view) === '60');
    expect(inside(view).querySelector('h2')!.textContent).to.equal('Customers');
    expect(cardNamed(view, 'Customers').querySelector('.value')!.textContent).to.equal('60');
  });

  it('says "more than" where the count stops at its cap', async () => {
    const view = await show(shop({ countCap: 10 }));
    await loaded(view);
    view.filters = { dateFrom: '2000-01-01' };
    await waitUntil(() => countShown(view) === 'more than 10');
  });

  it('takes title and statistics from its attributes', async () => {
    const view = await fixture<CustomersView>(
      html`<customers-view heading="Our people" no-stats .adapter=${shop()}></customers-view>`,
    );
    expect(inside(view).querySelector('h2')!.textContent).to.equal('Our people');
    expect(inside(view).querySelector('customer-stats')).to.equal(null);
  });

  it('filters the list to the statistics that is clicked, and says so to the host', async () => {
    const view = await show();
    await loaded(view);
    const guests = cardNamed(view, 'Guests').querySelector('.value')!.textContent!;
    const heard: unknown[] = [];
    view.addEventListener('filters-changed', (event) => heard.push(event.detail.filters));
    cardNamed(view, 'Guests').click();
    await waitUntil(() => countShown(view) === guests);
    expect(table(view).filters).to.deep.equal({ status: ['guest'] });
    expect(cardNamed(view, 'Guests').getAttribute('aria-pressed')).to.equal('true');
    expect(heard).to.deep.equal([{ status: ['guest'] }]);
  });

  it('leaves the list alone where the host prevents stats-select', async () => {
    const view = await show();
    await loaded(view);
    view.addEventListener('stats-select', (event) => event.preventDefault());
    cardNamed(view, 'Guests').click();
    await view.updateComplete;
    expect(table(view).filters).to.deep.equal({});
  });

  it('lets the statistics follow the filters of the list', async () => {
    const view = await show();
    await loaded(view);
    table(view).chooseFilters({ status: 'guest' });
    await view.updateComplete;
    await waitUntil(() => cardNamed(view, 'Guests').getAttribute('aria-pressed') === 'true');
  });

  it('takes its first filters from the address, statistics included', async () => {
    const before = location.href;
    history.replaceState(null, '', '?status=guest');
    try {
      const view = await fixture<CustomersView>(
        html`<customers-view locale="en" url-state .adapter=${shop()}></customers-view>`,
      );
      await loaded(view);
      await waitUntil(() => cardNamed(view, 'Guests').getAttribute('aria-pressed') === 'true');
      expect(table(view).filters).to.deep.equal({ status: ['guest'] });
    } finally {
      history.replaceState(null, '', before);
    }
  });

  describe('import', () => {
    it('is offered to editors and admins only', async () => {
      for (const [role, isOffered] of [
        ['viewer', false],
        ['editor', true],
        ['admin', true],
      ] as const) {
        const view = await show(asRole(role));
        await loaded(view);
        expect(buttonNamed(inside(view), 'Import') !== undefined, role).to.equal(isOffered);
      }
    });

    it('is not offered before the backend has said who is asking, nor where it said nothing', async () => {
      const adapter = shop({
        fail: (method) => (method === 'getAccess' ? new AdapterError('unavailable', 'down') : undefined),
      });
      const view = await show(adapter);
      await waitUntil(() => cardNamed(view, 'Customers'));
      expect(buttonNamed(inside(view), 'Import')).to.equal(undefined);
    });

    it('is not offered under a provider that takes it away, nor by a backend that has none', async () => {
      const limited = await fixture(html`
        <customer-provider max-role="viewer" locale="en" .adapter=${shop()}>
          <customers-view></customers-view>
        </customer-provider>
      `);
      const without = await show(shop({ capabilities: { import: false } }));
      for (const view of [limited.querySelector('customers-view')!, without]) {
        await loaded(view);
        expect(buttonNamed(inside(view), 'Import')).to.equal(undefined);
      }
    });

    it('opens in a modal dialog, closes by Escape, and gives the focus back', async () => {
      const view = await show();
      await loaded(view);
      const button = buttonNamed(inside(view), 'Import')!;
      button.focus();
      button.click();
      await waitUntil(() => dialog(view)?.open);
      expect(dialog(view)!.matches(':modal')).to.equal(true);
      dialog(view)!.requestClose();
      await waitUntil(() => !dialog(view));
      expect(inside(view).activeElement).to.equal(button);
    });

    it('stays closed where the host prevents import-open', async () => {
      const view = await show();
      await loaded(view);
      const heard = oneEvent(document.body, 'import-open');
      document.body.addEventListener('import-open', (event) => event.preventDefault(), { once: true });
      buttonNamed(inside(view), 'Import')!.click();
      await heard;
      await view.updateComplete;
      expect(dialog(view)).to.equal(null);
    });

    it('opens from the empty list too', async () => {
      const view = await show(createMemoryAdapter());
      await waitUntil(() => table(view).shadowRoot!.querySelector('[data-action=import]'));
      table(view).shadowRoot!.querySelector<HTMLElement>('[data-action=import]')!.click();
      await waitUntil(() => dialog(view)?.open);
    });

    it('keeps an open file, and what was said about it, when its dialog is closed', async () => {
      const view = await show();
      await loaded(view);
      buttonNamed(inside(view), 'Import')!.click();
      await waitUntil(() => dialog(view)?.open);
      const importing = dialog(view)!.querySelector('customer-import')!;
      await importing.readFile(new File(['email,note\nann@example.com,x\n'], 'mine.csv'));
      dialog(view)!.close();
      await waitUntil(() => buttonNamed(inside(view), 'Show import'));
      buttonNamed(inside(view), 'Show import')!.click();
      await waitUntil(() => dialog(view)?.open);
      expect(dialog(view)!.querySelector('customer-import')).to.equal(importing);
      expect(importing.shadowRoot!.textContent).to.contain('mine.csv');
    });

    it('begins anew where nothing was chosen', async () => {
      const view = await show();
      await loaded(view);
      buttonNamed(inside(view), 'Import')!.click();
      await waitUntil(() => dialog(view)?.open);
      dialog(view)!.close();
      await waitUntil(() => !dialog(view));
      expect(buttonNamed(inside(view), 'Import')).not.to.equal(undefined);
    });

    it('brings its customers into list and statistics', async () => {
      const view = await show();
      await loaded(view);
      buttonNamed(inside(view), 'Import')!.click();
      await waitUntil(() => dialog(view)?.open);
      const importing = dialog(view)!.querySelector('customer-import')!;
      const csv = 'email,first_name,last_name\nnew.one@example.com,New,One\nnew.two@example.com,New,Two\n';
      await importing.readFile(new File([csv], 'customers.csv', { type: 'text/csv' }));
      const changed = oneEvent(view, 'customers-changed');
      const next = () => importing.shadowRoot!.querySelector<HTMLButtonElement>('[data-action=next]:enabled');
      await waitUntil(() => (next()?.click(), importing.running), 'it begins', { timeout: 10_000 });
      await changed;
      await waitUntil(() => countShown(view) === '62');
      await waitUntil(() => cardNamed(view, 'Customers').querySelector('.value')!.textContent === '62');
    });
  });

  it('takes an adapter that comes later, and keeps everything when it is moved', async () => {
    const view = await fixture<CustomersView>(html`<customers-view locale="en"></customers-view>`);
    let requests = 0;
    const adapter = shop({ delay: () => (requests++, 0) });
    // The badges of rules come after the rows, and are asked for again where moving the view ended their request.
    let badges: Promise<unknown> | undefined;
    const listRuleGroupsOf: CustomerAdapter['listRuleGroupsOf'] = (request, options) => {
      const answer = adapter.listRuleGroupsOf(request, options);
      badges = answer;
      return answer;
    };
    view.adapter = { ...adapter, listRuleGroupsOf };
    await loaded(view);
    await waitUntil(() => badges);
    await badges;
    await view.updateComplete;
    const before = requests;
    const elsewhere = await fixture<HTMLElement>(html`<section></section>`);
    elsewhere.append(view);
    await view.updateComplete;
    expect(countShown(view)).to.equal('60');
    expect(requests).to.equal(before);
  });

  it('asks for everything again by reload()', async () => {
    const methods: string[] = [];
    const view = await show(shop({ delay: (method) => (methods.push(method), 0) }));
    await loaded(view);
    methods.length = 0;
    await view.reload();
    expect(methods).to.include.members(['getAccess', 'getStats', 'listCustomers', 'countCustomers']);
  });

  it('speaks German and Arabic', async () => {
    const view = await show();
    for (const [locale, heading] of [
      ['de', 'Kunden'],
      ['ar', 'العملاء'],
    ] as const) {
      view.locale = locale;
      await waitUntil(() => inside(view).querySelector('h2')!.textContent === heading, locale, {
        timeout: 5000,
      });
    }
  });
});
