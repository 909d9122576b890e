import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { OperationRun } from '../../src/operations/operation-run.ts';
import { bulkPlan } from '../../src/operations/settled-plan.ts';
import { useBackend } from '../backend.ts';
import { faults, type Fault } from './fault-proxy.ts';
import { impatient, openFaultShop, type FaultShop } from './fault-shop.ts';

// What a person is told, and whether a run tries again by itself, hangs on how each failure is named.

let shop: FaultShop;
before(async () => {
  shop = await openFaultShop(await useBackend());
});
after(() => shop.close());

const named: Partial<Record<Fault, string>> = {
  reset: 'unavailable',
  'answer lost': 'unavailable',
  'answer cut': 'unavailable',
  'error 500': 'unavailable',
  'error 502 after': 'unavailable',
  'wrong page': 'unavailable',
  'too many': 'rate_limited',
};

for (const fault of faults) {
  const code = named[fault];
  if (!code) continue;
  test(`${fault} is ${code}, for a list, a write and a file alike`, async () => {
    const { adapter } = shop.openTab();
    const id = randomUUID();
    const customers = { filters: {} };
    await adapter.startOperation({ id, kind: 'export', customers, options: { fields: ['email'] } });
    shop.proxy.follow(() => fault);
    const asked = [
      adapter.listGroups({ limit: 10 }),
      adapter.startOperation({ id: randomUUID(), kind: 'set_active', customers }),
      adapter.exportChunk({ id, step: 0 }),
    ];
    for (const outcome of await Promise.allSettled(asked)) {
      assert.equal(outcome.status, 'rejected');
      const error = (outcome as PromiseRejectedResult).reason as {
        code: string;
        message: string;
        retryAfter?: number;
      };
      assert.equal(error.code, code);
      assert.doesNotMatch(error.message, /</, 'a page is no message');
      if (fault === 'too many') assert.equal(error.retryAfter, 1);
    }
    shop.proxy.follow(() => undefined);
  });
}

test('a run that has tried in vain says so, and goes on from where it was when it is asked to', async () => {
  const { adapter } = shop.openTab();
  await shop.sql`
    insert into mod_ecommod01_customers (site_id, first_name, email)
    select ${shop.site}, 'Person', 'person' || n || '@example.com' from generate_series(1, 5) n`;
  const run = new OperationRun(
    bulkPlan(adapter, {
      id: randomUUID(),
      kind: 'add_tags',
      customers: { filters: {} },
      options: { tags: ['x'] },
    }),
    undefined,
    impatient,
  );
  // Its start arrives, all answers are lost.
  shop.proxy.follow(() => 'answer lost');
  await assert.rejects(run.run(), { code: 'unavailable' });
  shop.proxy.follow((number) => (number > 0 ? 'reset' : undefined));
  await assert.rejects(run.run(), { code: 'unavailable' });
  shop.proxy.follow(() => undefined);
  const receipt = await run.run();
  assert.deepEqual([receipt.status, receipt.changed], ['finished', 5]);
  // Somebody asks once more.
  assert.deepEqual(await run.run(), receipt);
});

test('a chunk of an export whose customers are all gone is empty, and no failure', async () => {
  const { adapter } = shop.openTab();
  const id = randomUUID();
  const { sql, site } = shop;
  const [gone] = await sql<[{ id: string }]>`
    insert into mod_ecommod01_customers (site_id, first_name, email) values (${site}, 'Gone', 'gone@example.com')
    returning id`;
  const customers = { ids: [gone.id] };
  await adapter.startOperation({ id, kind: 'export', customers, options: { fields: ['email'] } });
  await sql`delete from mod_ecommod01_customers where site_id = ${site} and id = ${gone.id}`;
  assert.equal(await adapter.exportChunk({ id, step: 0 }), '');
  const receipt = await adapter.finishOperation({ id });
  assert.deepEqual([receipt.asked, receipt.unchanged, receipt.skipped], [1, 0, 1]);
});
