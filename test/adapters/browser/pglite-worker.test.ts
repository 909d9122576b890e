import { expect } from '@open-wc/testing';
import { people, siteId } from '../../../scripts/backend/people.ts';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { bringIn, newestFirst, person } from '../../../src/adapter/conformance/site.ts';
import { createPgliteWorkerAdapter } from '../../../src/adapters/pglite/index.ts';

const list = { filters: {}, sort: newestFirst, limit: 20 };

describe('PGlite in a worker, kept in IndexedDB', function () {
  this.timeout(180_000);
  const workers: Worker[] = [];
  let name: string;

  before(async () => {
    const { version } = (await (await fetch('/snapshot.json')).json()) as { version: string };
    name = `test-${version}`;
  });
  afterEach(closePages);
  after(async () => {
    for (const database of await indexedDB.databases()) indexedDB.deleteDatabase(database.name ?? '');
  });

  /** What a page does that shows customers; it is closed by ending its worker. */
  function openPage(
    userId: string | null = people.admin.id,
    database = name,
    snapshotUrl = '/demo/generated/customers.tar.gz',
  ): CustomerAdapter {
    const worker = new Worker(new URL('../../../src/adapters/pglite/worker.ts', import.meta.url), {
      type: 'module',
    });
    workers.push(worker);
    return createPgliteWorkerAdapter({ name: database, snapshotUrl, siteId, userId, worker });
  }
  /** Keeping it in IndexedDB follows the first answer. */
  async function untilKept(): Promise<void> {
    const isKept = async () =>
      (await indexedDB.databases()).some((database) => database.name?.endsWith(`${name}-complete`));
    while (!(await isKept())) await pause(100);
  }
  function closePages(): void {
    for (const worker of workers.splice(0)) worker.terminate();
  }

  it('starts a second visit from what the browser kept, without the snapshot', async () => {
    const first = await openPage().listCustomers(list);
    expect(first.rows).to.have.length(20);
    await untilKept();
    closePages();
    const again = await openPage(people.admin.id, name, '/missing.tar.gz').listCustomers(list);
    expect(again.rows).to.deep.equal(first.rows);
  });

  it('keeps what was written for the next visit', async () => {
    const email = `kept-${crypto.randomUUID()}@example.com`;
    const receipt = await bringIn(openPage(), [person(1, { email })]);
    expect(receipt.created).to.equal(1);
    await pause(1_500);
    closePages();
    const { value } = await openPage().countCustomers({ filters: { search: email } });
    expect(value).to.equal(1);
  });

  it('serves a second page from the database of the first, and goes on when the first is closed', async () => {
    const first = openPage();
    await first.getAccess();
    const second = openPage(people.viewer.id);
    expect((await second.getAccess()).role).to.equal('viewer');
    const [firstWorker] = workers.splice(0, 1);
    const pending = second.listCustomers(list);
    firstWorker?.terminate();
    expect((await pending).rows).to.have.length(20);
    expect((await second.getAccess()).role).to.equal('viewer');
  });

  it('carries errors with their codes out of the worker', async () => {
    const outcomes = await Promise.all(
      [openPage(people.outsider.id), openPage(null)].map((adapter) =>
        adapter.listCustomers(list).catch((error: { code: string }) => error.code),
      ),
    );
    expect(outcomes).to.deep.equal(['forbidden', 'unauthenticated']);
  });

  it('an aborted call rejects at once, and the next is answered', async () => {
    const adapter = openPage();
    const abort = new AbortController();
    const pending = adapter.listCustomers(list, { signal: abort.signal });
    abort.abort();
    expect(await pending.catch((error: { code: string }) => error.code)).to.equal('aborted');
    expect((await adapter.listCustomers(list)).rows).to.have.length(20);
  });

  it('a snapshot that cannot be had is unavailable, with its address in the hint', async () => {
    const worker = new Worker(new URL('../../../src/adapters/pglite/worker.ts', import.meta.url), {
      type: 'module',
    });
    workers.push(worker);
    const adapter = createPgliteWorkerAdapter({
      name: 'missing',
      snapshotUrl: '/missing.tar.gz',
      siteId,
      userId: people.admin.id,
      worker,
    });
    const error = await adapter.getStats().catch((caught: { code: string; hint: string }) => caught);
    expect(error).to.have.property('code', 'unavailable');
    expect((error as { hint: string }).hint).to.contain('/missing.tar.gz: HTTP 404');
  });

  it('removes the database of an older snapshot', async () => {
    await openPage(people.admin.id, 'older').getAccess();
    closePages();
    await openPage().getAccess();
    const names = (await indexedDB.databases()).map((database) => database.name ?? '');
    expect(names.filter((database) => database.includes('older'))).to.deep.equal([]);
  });
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
