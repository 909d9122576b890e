import { expect, waitUntil } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import type { TimelineRequest } from '../../../src/adapter/adapter.ts';
import { createMemoryAdapter, type AdapterMethod } from '../../../src/adapters/memory/index.ts';
import { DetailHarness, listen, readable, stillness, type Setup } from './harness.ts';
import { zoesHistory } from './history.ts';
import { theShop } from './shop.ts';

const plain = (element: HTMLElement): string => readable(element).replace(/[\u2068\u2069]/g, '');

/** The timeline of Zoë, without the notes and orders that other tests are about. */
async function opened(setup: Setup = {}): Promise<DetailHarness> {
  const detail = await DetailHarness.create({
    ...setup,
    options: { notes: [], orders: theShop().orders.slice(0, 3), ...zoesHistory(), ...setup.options },
  });
  await detail.openTab('timeline');
  if (!setup.options?.fail) await settled(detail);
  return detail;
}

const settled = (detail: DetailHarness): Promise<void> =>
  waitUntil(() => detail.has('.days:not(.old), .nothing-yet'), 'the timeline did not come');

const entries = (detail: DetailHarness): string[] => detail.all('.entry-what').map(plain);
const entry = (detail: DetailHarness, what: string): HTMLElement => {
  const found = detail.all('.entry').find((one) => plain(one.querySelector('.entry-what')!) === what);
  if (!found) throw new Error(`There is no "${what}" among ${entries(detail).join(', ')}.`);
  return found;
};

describe('customer-detail: timeline', () => {
  it('tells what happened, newest first, from what made the customer on', async () => {
    const detail = await opened();
    expect(entries(detail)).to.deep.equal([
      'Note deleted',
      'E-mail sent',
      'Joined VIP',
      'Address “Home” changed',
      'Details changed',
      'Details changed',
      'Order #1000 $100.00',
      'Order #1001 $100.00',
      'Order #1002 $100.00',
      'Imported from kunden.csv',
    ]);
    expect(plain(entry(detail, 'Imported from kunden.csv'))).to.contain('by Ada Admin');
    expect(plain(entry(detail, 'E-mail sent'))).to.contain('Your order #1000');
    expect(plain(entry(detail, 'Note deleted')))
      .to.contain('Call back')
      .and.contain('by Noor Haddad');
  });

  it('says of each field what it was and what it became', async () => {
    const detail = await opened();
    const lines = detail.all('.entry-fields > div').map((line) => readable(line));
    expect(lines).to.deep.equal([
      'City Paris became Nantes',
      'Country Belgium became France',
      'Tags + added loyal − removed old',
      'Status Active became Inactive',
      'Phone – None became +33612345678',
      'level silver became gold',
    ]);
  });

  it('stands under its day, with the exact time on hover', async () => {
    const detail = await opened();
    const days = detail.all('.day').map(readable);
    expect(days.at(-1)).to.equal('May 3, 2024');
    expect(days).to.include('2 days ago');
    expect(new Set(days).size).to.equal(days.length);
    for (const time of detail.all('.entry time')) expect(time.title).to.match(/20\d\d/);
  });

  it('is loaded when it is looked at, not before', async () => {
    const asked: AdapterMethod[] = [];
    const detail = await DetailHarness.create({
      options: { delay: (method) => (asked.push(method), 0) },
    });
    expect(asked).not.to.include('listTimeline');
    await detail.openTab('timeline');
    await settled(detail);
    expect(asked.filter((method) => method === 'listTimeline')).to.have.length(1);
  });

  it('is narrowed to one kind or several, and shows everything again', async () => {
    const detail = await opened();
    await detail.press('Groups');
    await waitUntil(() => entries(detail).length === 1);
    expect(entries(detail)).to.deep.equal(['Joined VIP']);
    await detail.press('E-mails');
    await waitUntil(() => entries(detail).length === 2);
    expect(detail.button('Groups').getAttribute('aria-pressed')).to.equal('true');
    await detail.press('Groups');
    await detail.press('E-mails');
    await waitUntil(() => entries(detail).length === 10);
  });

  it('says that there is nothing of a kind, and leads back', async () => {
    const detail = await opened({ attributes: { 'customer-id': 'amir' } });
    await detail.press('Orders');
    await waitUntil(() => detail.has('.nothing-yet'));
    await detail.press('Show everything');
    expect(detail.focused?.classList.contains('kind')).to.equal(true);
    await waitUntil(() => entries(detail).length === 1);
    expect(entries(detail)).to.deep.equal(['Customer created']);
  });

  it('brings the rest by "Show more"', async () => {
    const detail = await opened({ options: { orders: theShop().orders } });
    expect(detail.all('.entry')).to.have.length(20);
    await detail.press('Show more');
    await waitUntil(() => detail.all('.entry').length === 40);
    expect(detail.has('.rows-foot')).to.equal(false);
    await waitUntil(() => detail.focused?.classList.contains('rows'), 'focus stays when the button goes');
  });

  it('shows a note as soon as it is written', async () => {
    const detail = await opened();
    await detail.openTab('notes');
    const field = detail.find<HTMLTextAreaElement>('.note-form textarea');
    field.value = 'Called back';
    field.dispatchEvent(new Event('input'));
    await detail.press('Add note');
    await detail.openTab('timeline');
    await waitUntil(() => entries(detail)[0] === 'Note written');
    expect(plain(entry(detail, 'Note written'))).to.contain('Called back');
  });

  it('never shows one customer’s under another’s name', async () => {
    let answer = (): void => undefined;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    const detail = await opened({
      options: {
        delay: (method, request) =>
          method === 'listTimeline' && (request as TimelineRequest).customerId === 'amir' ? slow : 0,
      },
    });
    detail.element.customerId = 'amir';
    await detail.loaded();
    expect(detail.all('.days .entry')).to.have.length(0);
    expect(detail.has('.loading-entries')).to.equal(true);
    answer();
    await settled(detail);
    expect(entries(detail)).to.deep.equal(['Customer created']);
  });

  it('says why it could not be loaded, and tries again', async () => {
    let isDown = true;
    const detail = await opened({
      options: {
        fail: (method) =>
          isDown && method === 'listTimeline' ? new AdapterError('unavailable', 'ECONNREFUSED') : undefined,
      },
    });
    await waitUntil(() => detail.has('#panel-timeline [role=alert]'));
    expect(detail.text('#panel-timeline [role=alert]')).to.contain('can’t be reached');
    await expect(detail.element).to.be.accessible();
    isDown = false;
    await detail.press('Try again');
    await settled(detail);
    expect(entries(detail)).to.have.length(10);
  });

  it('leaves opening an order to the host', async () => {
    const detail = await opened();
    const asked = listen<{ orderId: string }>(detail.element, 'order-open');
    entry(detail, 'Order #1001 $100.00').querySelector<HTMLElement>('.order-number')!.click();
    expect(asked.map(({ orderId }) => orderId)).to.deep.equal(['order-1']);
  });

  it('shows what people wrote and runs none of it', async () => {
    const hostile = '<img src=x onerror="window.__ran = 1"><script>window.__ran = 1</script>\u202e${7*7}';
    const history = zoesHistory();
    const origin = { operation: 'o', kind: 'update', by: hostile, fileName: null };
    history.changes = history.changes.map((change) => ({
      ...change,
      origin,
      before: replaced(change.before, hostile),
      after: replaced(change.after, hostile),
    }));
    history.origins.set('zoe', { ...origin, kind: 'import', fileName: hostile });
    const detail = await opened({ options: history });
    expect(detail.all('.entry')).to.have.length(10);
    expect(detail.find('#panel-timeline').textContent).to.contain(hostile);
    expect(detail.has('.days img, .days script')).to.equal(false);
    expect('__ran' in window).to.equal(false);
  });

  it('shows long texts by their beginning, and whole on request', async () => {
    const history = zoesHistory();
    const content = `${'So it goes on. '.repeat(40)}The end.`;
    history.changes.at(-1)!.before = { content };
    const detail = await opened({ options: history });
    const deleted = entry(detail, 'Note deleted');
    expect(readable(deleted)).not.to.contain('The end.');
    deleted.querySelector('summary')!.click();
    await waitUntil(() => readable(deleted).includes('The end.'));
  });

  it('has a word for what a newer backend tells of', async () => {
    const adapter = createMemoryAdapter(theShop());
    const listTimeline: typeof adapter.listTimeline = async (request, call) => {
      const { rows } = await adapter.listTimeline({ ...request, limit: 1 }, call);
      return {
        rows: rows.map(({ id, at }) => ({ kind: 'other', name: 'loyalty', id, at, origin: null })),
        next: null,
      };
    };
    const detail = await DetailHarness.create({ properties: { adapter: { ...adapter, listTimeline } } });
    await detail.openTab('timeline');
    await settled(detail);
    expect(entries(detail)[0]).to.contain('loyalty');
  });

  it('is not offered where the backend has none', async () => {
    const detail = await DetailHarness.create({ options: { capabilities: { timeline: false } } });
    expect(detail.all('[role=tab]')).to.have.length(3);
  });

  const looks: Record<string, Record<string, string>> = {
    'in light': {},
    'in dark': { presentation: 'panel', theme: 'dark' },
    'from right to left': { locale: 'ar' },
  };
  for (const [look, attributes] of Object.entries(looks)) {
    it(`has nothing to complain of ${look}`, async () => {
      const detail = await opened({ attributes });
      const changes = look === 'from right to left' ? 'التغييرات' : 'Changes';
      await waitUntil(() => detail.all('.kind').some((kind) => readable(kind) === changes));
      await detail.press(changes);
      await waitUntil(() => detail.all('.entry').length === 4);
      await stillness(detail.element);
      await expect(detail.element).to.be.accessible();
    });
  }
});

function replaced(fields: Record<string, unknown>, text: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      Array.isArray(value) ? [text] : { [text]: text, value: text },
    ]),
  );
}
