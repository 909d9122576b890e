import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { afterEach, before, beforeEach, describe, test } from 'node:test';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import type { Operation } from '../../src/model/operations.ts';
import { OperationRun, type OperationPlan } from '../../src/operations/operation-run.ts';
import { bulkPlan, resumePlan, undoPlan } from '../../src/operations/settled-plan.ts';
import { useBackend, type SharedBackend } from '../backend.ts';
import { person } from '../../src/adapter/conformance/site.ts';
import { assertSettled, patient, openFaultShop, stateOf, type FaultShop, type Tab } from './fault-shop.ts';
import { batchesOf, importPlan } from './plans.ts';

let backend: SharedBackend;
let shop: FaultShop;
before(async () => {
  backend = await useBackend();
});
beforeEach(async () => {
  shop = await openFaultShop(backend);
  await shop.sql`
    insert into mod_ecommod01_customers (site_id, first_name, email)
    select ${shop.site}, 'Person ' || n, 'person' || n || '@example.com' from generate_series(1, 1050) n`;
});
afterEach(() => shop.close());

const records = Array.from({ length: 60 }, (_, index) => person(index + 1_031, { last_name: 'Imported' }));
const batches = batchesOf(records, 10);
const options = { fileName: 'customers.csv', fileFingerprint: 'the same file' };

/** Kinds that have several steps, how each begins, and how another tab goes on with it. */
const kinds: Record<string, Kind> = {
  'an import': {
    begin: (adapter, id) => importPlan(adapter, { id, options }, batches),
    // Whoever has the file again finds the import that was left.
    async goOn(adapter) {
      const { rows } = await adapter.listOperations({ kinds: ['import'], limit: 10 });
      const left = rows.find(
        ({ status, options: chosen }) =>
          status === 'running' && chosen.fileFingerprint === options.fileFingerprint,
      );
      assert.ok(left, 'the import that was left is in the history');
      return importPlan(adapter, { id: left.id, options }, batches);
    },
    numbers: [60, 40, 20],
  },
  'a bulk action': {
    begin: (adapter, id) => bulkPlan(adapter, { id, kind: 'set_inactive', customers: { filters: {} } }),
    goOn: async (adapter, id) => resumePlan(adapter, id),
    numbers: [1_050, 0, 1_050],
  },
};

interface Kind {
  begin(adapter: CustomerAdapter, id: string): OperationPlan;
  goOn(adapter: CustomerAdapter, id: string): Promise<OperationPlan>;
  /** Asked, created, changed. */
  numbers: number[];
}

/** Runs until so many requests have come, the last of which the server does though nobody hears its answer. */
async function runAndClose(tab: Tab, plan: OperationPlan, requests: number): Promise<void> {
  shop.proxy.follow((number) => (number === requests - 1 ? 'hang after' : undefined));
  const closed = new Promise<void>((resolve) => {
    shop.proxy.onAnswered = (number) => {
      if (number < requests - 1) return;
      tab.close();
      resolve();
    };
  });
  // The page is gone, and with it whoever would hear of this.
  const run = new OperationRun(plan, undefined, { pauses: [], answer: 60_000 }).run();
  await Promise.all([closed, run.catch(() => undefined)]);
  shop.proxy.onAnswered = () => undefined;
  shop.proxy.follow(() => undefined);
}

const stands = async (id: string): Promise<Operation> => shop.openTab().adapter.getOperation({ id });

for (const [name, { begin, goOn, numbers }] of Object.entries(kinds)) {
  describe(`closing the tab in the middle of ${name}`, () => {
    for (const requests of [1, 2, 3]) {
      test(`after ${requests} requests: another tab goes on with it to the same end`, async () => {
        const id = randomUUID();
        const tab = shop.openTab();
        await runAndClose(tab, begin(tab.adapter, id), requests);
        assert.equal((await stands(id)).status, 'running');
        const next = shop.openTab();
        const receipt = await new OperationRun(await goOn(next.adapter, id), undefined, patient).run();
        assert.deepEqual(
          [receipt.status, receipt.asked, receipt.created, receipt.changed],
          ['finished', ...numbers],
        );
        await assertSettled(shop);
      });

      test(`after ${requests} requests: it is ended where it stands, and undone`, async () => {
        const before = await stateOf(shop);
        const id = randomUUID();
        const tab = shop.openTab();
        await runAndClose(tab, begin(tab.adapter, id), requests);
        const { adapter } = shop.openTab();
        const receipt = await adapter.finishOperation({ id, cancelled: true });
        assert.equal(receipt.status, 'cancelled');
        const touched = receipt.created + receipt.changed;
        assert.equal(receipt.undo.possible, touched > 0);
        if (touched > 0) {
          const undo = undoPlan(adapter, { id, operationId: randomUUID() });
          assert.equal((await new OperationRun(undo, undefined, patient).run()).changed, touched);
        }
        assert.deepEqual(await stateOf(shop), before);
        await assertSettled(shop);
      });
    }
  });
}

describe('closing the tab in the middle of an undo', () => {
  for (const requests of [1, 2, 3, 4]) {
    test(`after ${requests} requests: another tab goes on with it`, async () => {
      const before = await stateOf(shop);
      const done = shop.openTab();
      const action = bulkPlan(done.adapter, {
        id: randomUUID(),
        kind: 'set_inactive',
        customers: { filters: {} },
      });
      const { id } = await new OperationRun(action, undefined, patient).run();
      const operationId = randomUUID();
      const tab = shop.openTab();
      await runAndClose(tab, undoPlan(tab.adapter, { id, operationId }), requests);
      const next = resumePlan(shop.openTab().adapter, operationId);
      const receipt = await new OperationRun(next, undefined, patient).run();
      assert.deepEqual([receipt.status, receipt.asked, receipt.changed], ['finished', 1_050, 1_050]);
      assert.deepEqual(await stateOf(shop), before);
      await assertSettled(shop);
    });
  }
});
