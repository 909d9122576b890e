import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter, StepOperationRequest } from '../../../src/adapter/adapter.ts';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter, type MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import { KeptImports } from '../../../src/elements/customer-import/run/kept-imports.ts';
import type { Receipt } from '../../../src/model/receipt.ts';
import { csv, customer, ImportHarness } from './harness.ts';

const me = '00000000-0000-7000-8000-000000000001';
const many = (count: number, name = 'P'): string =>
  `email,first name\n${Array.from({ length: count }, (_, index) => `p${index}@example.com,${name}${index}`).join('\n')}`;

/** A shop whose backend goes away after so many steps, until it is told otherwise. */
function shop(steps: number, options: MemoryAdapterOptions = {}) {
  const site = crypto.randomUUID();
  const sent: number[] = [];
  const state = { away: false, left: steps };
  const adapter: CustomerAdapter = {
    ...createMemoryAdapter({
      ...options,
      fail: (method, request) => {
        if (method !== 'stepOperation') return undefined;
        if (!state.away && state.left-- > 0) {
          sent.push((request as StepOperationRequest).step);
          return undefined;
        }
        return new AdapterError('unauthenticated', 'The session has ended.');
      },
    }),
    site,
  };
  const comeBack = (): void => void (state.left = Infinity);
  const kept = (): Promise<unknown[]> => new KeptImports(site, me).list();
  return { adapter, sent, comeBack, kept };
}

/** Begins an import that stops after two steps, and leaves the page. */
async function stopped(
  file = csv(many(3500)),
  prepare?: (harness: ImportHarness) => Promise<void>,
  options: MemoryAdapterOptions = {},
) {
  const one = shop(2, options);
  const harness = await ImportHarness.create(one.adapter);
  await harness.choose(file);
  await prepare?.(harness);
  await harness.start();
  await harness.sees('.running [role=alert]');
  await waitUntil(async () => (await one.kept()).length === 1);
  harness.element.remove();
  return one;
}

const reopened = async (adapter: CustomerAdapter): Promise<ImportHarness> => {
  const harness = await ImportHarness.create(adapter);
  await harness.sees('.unfinished');
  return harness;
};
const goneOn = async (harness: ImportHarness): Promise<Receipt> => {
  const finished = oneEvent(harness.element, 'import-finished');
  harness.button('Go on').click();
  const { receipt } = ((await finished) as CustomEvent<{ receipt: Receipt }>).detail;
  await harness.finished();
  return receipt;
};
const countOf = async (adapter: CustomerAdapter): Promise<number> =>
  (await adapter.countCustomers({ filters: {} })).value;

describe('an import that stopped', () => {
  it('is offered after a reload, and goes on with the file that the browser has kept', async () => {
    const { adapter, sent, comeBack, kept } = await stopped();
    const harness = await reopened(adapter);
    expect(harness.textOf('.unfinished .strong').replace(/[\u2068\u2069]/g, '')).to.equal(
      'Import of customers.csv stopped at 2,000 of 3,500',
    );
    await expect(harness.element).to.be.accessible();
    comeBack();
    const receipt = await goneOn(harness);
    expect(receipt).to.include({ status: 'finished', asked: 3500, created: 3500, skipped: 0 });
    expect(sent.sort()).to.deep.equal([0, 1, 2, 3]);
    expect(await countOf(adapter)).to.equal(3500);
    await waitUntil(async () => (await kept()).length === 0, 'the file is still kept');
  });

  it('goes on with what was set right and decided before', async () => {
    const file = csv(many(3500).replace('p3400@example.com', 'p3400.example.com'));
    const one = await stopped(file, async (harness) => {
      await harness.goTo('decide');
      await harness.sees('[data-action=next]:enabled');
      harness.find<HTMLInputElement>('input[value=create]').click();
    });
    await one.adapter.createCustomer({
      operationId: crypto.randomUUID(),
      id: crypto.randomUUID(),
      fields: { email: 'p3300@example.com', first_name: 'Theirs' },
    });
    const harness = await reopened(one.adapter);
    one.comeBack();
    const receipt = await goneOn(harness);
    expect(receipt).to.include({ created: 3498, changed: 0, skipped: 1, failed: 1 });
    expect(receipt.failures.map(({ row, code }) => [row, code])).to.deep.equal([
      [3302, 'exists'],
      [3402, 'email_invalid'],
    ]);
  });

  it('asks for the file where the browser has lost it, and takes no other', async () => {
    const file = csv(many(3500));
    const { adapter, comeBack } = await stopped(file);
    const imports = new KeptImports(adapter.site!, me);
    const [kept] = await imports.list();
    await imports.keep(new Blob(['something else']), kept!);
    comeBack();
    const harness = await reopened(adapter);
    harness.button('Go on').click();
    await harness.sees('.unfinished input[type=file]');
    expect(harness.textOf('.unfinished .muted')).to.contain('no longer has the file');
    const choose = (chosen: File): void => {
      const transfer = new DataTransfer();
      transfer.items.add(chosen);
      const input = harness.find<HTMLInputElement>('.unfinished input[type=file]');
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
    };
    choose(csv(many(3500, 'Q')));
    await harness.sees('.unfinished [role=alert]');
    expect(harness.textOf('.unfinished [role=alert]')).to.contain('another file');
    await expect(harness.element).to.be.accessible();
    const finished = oneEvent(harness.element, 'import-finished');
    choose(file);
    await finished;
    expect(await countOf(adapter)).to.equal(3500);
  });

  it('goes on where nothing was kept at all, with the same file read as it was then', async () => {
    const file = csv(many(3500));
    const { adapter, comeBack } = await stopped(file);
    const imports = new KeptImports(adapter.site!, me);
    for (const { id } of await imports.list()) await imports.remove(id);
    comeBack();
    const harness = await reopened(adapter);
    harness.button('Go on').click();
    await harness.sees('.unfinished input[type=file]');
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const input = harness.find<HTMLInputElement>('.unfinished input[type=file]');
    input.files = transfer.files;
    const finished = oneEvent(harness.element, 'import-finished');
    input.dispatchEvent(new Event('change'));
    const { receipt } = ((await finished) as CustomEvent<{ receipt: Receipt }>).detail;
    expect(receipt).to.include({ status: 'finished', created: 3500 });
  });

  it('is not gone on with by another browser that can’t know what was decided for single rows', async () => {
    const deleted = [
      { deletedAt: '2026-11-20T10:00:00Z', customer: customer({ email: 'p3400@example.com' }) },
    ];
    const file = csv(many(3500));
    const { adapter, comeBack, kept } = await stopped(
      file,
      async (harness) => {
        await harness.goTo('decide');
        await harness.sees('.again-head select');
        const choice = harness.find<HTMLSelectElement>('.again-head select');
        choice.value = 'anew';
        choice.dispatchEvent(new Event('change'));
        await waitUntil(() => harness.text.includes('Import 3,500 customers: 3,500 new'));
      },
      { deleted },
    );
    const imports = new KeptImports(adapter.site!, me);
    const [record] = await imports.list();
    await imports.remove(record!.id);
    comeBack();
    const harness = await reopened(adapter);
    harness.button('Go on').click();
    await harness.sees('.unfinished input[type=file]');
    const transfer = new DataTransfer();
    transfer.items.add(file);
    const input = harness.find<HTMLInputElement>('.unfinished input[type=file]');
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
    await harness.sees('.unfinished [role=alert]');
    expect(harness.textOf('.unfinished [role=alert]')).to.contain('set up in another browser');
    expect(await countOf(adapter)).to.equal(2000);
    // The browser that knows it goes on.
    await imports.keep(file, record!);
    const there = await reopened(adapter);
    expect(await goneOn(there)).to.include({ status: 'finished', created: 3500 });
    expect(await kept()).to.have.length(0);
  });

  it('can be ended where it is, with a way back', async () => {
    const { adapter, kept } = await stopped();
    const harness = await reopened(adapter);
    harness.button('Stop here').click();
    await harness.sees('.past-import');
    expect(harness.root.querySelector('.unfinished')).to.equal(null);
    expect(harness.textOf('.past-import .past-state')).to.equal('Stopped early');
    expect(harness.focused?.matches('h3')).to.equal(true);
    expect(await kept()).to.have.length(0);
    expect(await countOf(adapter)).to.equal(2000);
    expect(harness.button('Undo import').disabled).to.equal(false);
  });

  it('can be ended and taken back at once', async () => {
    const one = await stopped();
    const harness = await reopened(one.adapter);
    one.comeBack();
    const undone = oneEvent(harness.element, 'operation-undone');
    harness.button('Stop and undo').click();
    await undone;
    expect(await countOf(one.adapter)).to.equal(0);
    await waitUntil(() => harness.text.includes('Undone for 2,000 customers.'));
    await harness.sees('.past-state');
    expect(harness.textOf('.past-state')).to.equal('Undone');
  });

  it('goes on in two tabs at once without harm', async () => {
    const { adapter, comeBack } = await stopped();
    const [here, there] = [await reopened(adapter), await reopened(adapter)];
    comeBack();
    const receipts = await Promise.all([goneOn(here), goneOn(there)]);
    for (const receipt of receipts)
      expect(receipt).to.include({ status: 'finished', created: 3500, skipped: 0 });
    expect(await countOf(adapter)).to.equal(3500);
  });

  it('is nobody else’s to go on with', async () => {
    const { adapter } = await stopped();
    const other: CustomerAdapter = {
      ...adapter,
      getAccess: async () => ({
        ...(await adapter.getAccess()),
        user_id: crypto.randomUUID(),
        display_name: 'Bea',
      }),
      listOperations: async (request) => {
        const { rows, next } = await adapter.listOperations(request);
        return { rows: rows.map((row) => ({ ...row, mine: false })), next };
      },
    };
    const harness = await ImportHarness.create(other);
    await waitUntil(() => harness.root.querySelector('.drop'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(harness.root.querySelector('.unfinished')).to.equal(null);
  });

  it('leaves nothing behind once it has ended, and keeps nothing for a shop without a name', async () => {
    const { adapter, kept, comeBack } = shop(Infinity);
    comeBack();
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv('email\na@example.com\n'));
    await harness.start();
    await harness.finished();
    await waitUntil(async () => (await kept()).length === 0);
    const nameless = await ImportHarness.create(
      createMemoryAdapter({ customers: [customer({ email: 'x@example.com' })] }),
    );
    await nameless.choose(csv('email\na@example.com\n'));
    await nameless.start();
    await nameless.finished();
    expect(nameless.numbers).to.include({ Added: '1' });
  });
});
