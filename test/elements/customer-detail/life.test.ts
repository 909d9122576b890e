import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { DetailHarness, listen } from './harness.ts';
import { theShop } from './shop.ts';

const never = () => new Promise(() => undefined);
const gone = (options: ConstructorParameters<typeof AdapterError>[2]) => ({
  fail: (method: string, request: unknown) =>
    method === 'getCustomer' && (request as { id: string }).id === 'zoe'
      ? new AdapterError('not_found', 'gone', options)
      : undefined,
});

describe('customer-detail: life', () => {
  it('shows what the list knew at once, the rest as a skeleton', async () => {
    const shop = theShop();
    const detail = await DetailHarness.begin({
      shop,
      options: { delay: (method) => (method === 'getCustomer' ? never() : 0) },
      properties: { customer: shop.zoe },
    });
    await aTimeout(0);
    await detail.element.updateComplete;
    expect(detail.name).to.equal('Zoë Lefèvre');
    expect(detail.numbers.Orders).to.equal('31');
    expect(detail.all('.skeleton')).to.have.length.above(0);
  });

  it('never shows one customer under the other’s id', async () => {
    const held = new Map<string, () => void>();
    const detail = await DetailHarness.create({
      options: {
        delay: (method, request) =>
          method === 'getCustomer'
            ? new Promise<void>((resolve) => {
                const { id } = request as { id: string };
                if (held.size) held.set(id, resolve);
                else resolve();
              })
            : 0,
      },
    });
    held.set('', () => undefined);
    detail.element.customerId = 'amir';
    await detail.element.updateComplete;
    expect(detail.name).to.equal('Loading…');
    detail.element.customerId = 'zoe';
    await detail.element.updateComplete;
    held.get('zoe')!();
    held.get('amir')!();
    await detail.loaded();
    expect(detail.name).to.equal('Zoë Lefèvre');
  });

  it('says what went wrong in plain words, and tries again', async () => {
    let isDown = true;
    const detail = await DetailHarness.create({
      options: { fail: () => (isDown ? new AdapterError('unavailable', 'ECONNREFUSED') : undefined) },
    });
    expect(detail.text('[role=alert]')).to.contain('can’t be reached').and.not.contain('ECONNREFUSED');
    isDown = false;
    await detail.press('Try again');
    expect(detail.name).to.equal('Zoë Lefèvre');
  });

  it('keeps the customer where a reload fails', async () => {
    let isDown = false;
    const detail = await DetailHarness.create({
      options: { fail: () => (isDown ? new AdapterError('unavailable', 'down') : undefined) },
    });
    isDown = true;
    await detail.element.reload();
    await detail.loaded();
    expect(detail.text('[role=alert]')).to.contain('could not be refreshed');
    expect(detail.name).to.equal('Zoë Lefèvre');
  });

  it('says that a customer was deleted, and shows nothing of it', async () => {
    const shop = theShop();
    const detail = await DetailHarness.create({
      shop,
      options: gone({ reason: 'deleted', deletedAt: '2026-01-05T12:00:00Z' }),
      properties: { customer: shop.zoe },
    });
    expect(detail.name).to.equal('This customer was deleted');
    expect(detail.text('.state')).to.contain('Deleted Jan 5, 2026');
    expect(detail.root.textContent).to.not.contain('Zoë');
  });

  it('leads from a merged customer to the one that remains', async () => {
    const detail = await DetailHarness.create({ options: gone({ reason: 'merged', mergedInto: 'amir' }) });
    const shown = listen(detail.element, 'customer-shown');
    await detail.press('Open the remaining customer');
    expect(detail.name).to.equal('Amir');
    expect(shown).to.deep.equal([{ customerId: 'amir', by: 'merge' }]);
  });

  it('says that there is no such customer', async () => {
    const detail = await DetailHarness.create({ attributes: { 'customer-id': 'nobody' } });
    expect(detail.name).to.equal('There is no such customer');
  });

  it('tells a backend that has no detail apart from one that fails', async () => {
    const detail = await DetailHarness.create({ options: { capabilities: { detail: false } } });
    expect(detail.text('[role=alert]')).to.contain('doesn’t know this yet');
  });

  it('takes an adapter that comes later, and another in its place', async () => {
    const detail = await DetailHarness.begin({ properties: { adapter: undefined } });
    expect(detail.text('.body')).to.contain('Not connected');
    detail.element.adapter = createMemoryAdapter(theShop());
    await detail.loaded();
    expect(detail.name).to.equal('Zoë Lefèvre');
    const other = theShop();
    other.zoe.first_name = 'Zoé';
    detail.element.adapter = createMemoryAdapter(other);
    await detail.loaded();
    expect(detail.name).to.equal('Zoé Lefèvre');
  });

  it('asks once, and once more only when told to', async () => {
    let asked = 0;
    const detail = await DetailHarness.create({
      options: { delay: (method) => (method === 'getCustomer' ? ++asked * 0 : 0) },
    });
    detail.element.requestUpdate();
    await detail.openTab('orders');
    expect(asked).to.equal(1);
    await detail.element.reload();
    expect(asked).to.equal(2);
  });

  it('stops its request when it leaves the page, asks again when it comes back, and keeps what it has', async () => {
    let aborted = 0;
    let asked = 0;
    const adapter = createMemoryAdapter({ ...theShop(), delay: () => (asked < 2 ? never() : 0) });
    const getCustomer: typeof adapter.getCustomer = (request, options) => {
      asked++;
      options?.signal?.addEventListener('abort', () => aborted++);
      return adapter.getCustomer(request, options);
    };
    const detail = await DetailHarness.begin({
      properties: {
        adapter: { ...adapter, getCustomer, getAccess: () => createMemoryAdapter(theShop()).getAccess() },
      },
    });
    detail.element.remove();
    expect(aborted).to.equal(1);
    const elsewhere = await fixture<HTMLElement>(html`<section></section>`);
    elsewhere.append(detail.element);
    await waitUntil(() => detail.has('.numbers') && detail.name === 'Zoë Lefèvre');
    detail.element.remove();
    elsewhere.append(detail.element);
    await detail.loaded();
    expect(detail.name).to.equal('Zoë Lefèvre');
    expect(asked).to.equal(2);
  });

  it('announces what has come and what has failed', async () => {
    const detail = await DetailHarness.begin();
    const came = listen<{ customer: { customer: { id: string } } }>(detail.element, 'customer-loaded');
    const failed = listen<{ error: { code: string } }>(detail.element, 'customer-error');
    await detail.loaded();
    detail.element.customerId = 'nobody';
    await detail.loaded();
    expect(came.map(({ customer }) => customer.customer.id)).to.deep.equal(['zoe']);
    expect(failed.map(({ error }) => error.code)).to.deep.equal(['not_found']);
  });

  it('breaks no rule of a strict Content-Security-Policy', async () => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'";
    document.head.append(policy);
    const violations: string[] = [];
    const note = (event: SecurityPolicyViolationEvent) =>
      violations.push(`${event.violatedDirective} ${event.sample}`);
    document.addEventListener('securitypolicyviolation', note);
    const detail = await DetailHarness.create({ attributes: { presentation: 'panel' } });
    await waitUntil(() => detail.has('.chart canvas'));
    await detail.openTab('orders');
    await detail.openTab('notes');
    await detail.press('As a table');
    await aTimeout(50);
    expect(violations).to.deep.equal([]);

    document.createElement('div').setAttribute('style', 'color: red');
    await aTimeout(50);
    expect(violations, 'the policy is in force').to.have.length(1);
    document.removeEventListener('securitypolicyviolation', note);
  });
});
