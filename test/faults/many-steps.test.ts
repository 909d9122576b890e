import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { randomNumbers } from '../../src/adapters/memory/sample-customers.ts';
import { exportPlan } from '../../src/operations/export-plan.ts';
import { OperationRun } from '../../src/operations/operation-run.ts';
import { bulkPlan, undoPlan } from '../../src/operations/settled-plan.ts';
import { useBackend, type SharedBackend } from '../backend.ts';
import { faults, type Fault, type Schedule } from './fault-proxy.ts';
import { assertSettled, openFaultShop, patient, type FaultShop } from './fault-shop.ts';
import { batchesOf, importPlan, KeptLines } from './plans.ts';
import { person } from '../../src/adapter/conformance/site.ts';

const customers = Number(process.env.CUSTOMER_ELEMENTS_FAULT_CUSTOMERS ?? 4_500);
const rounds = Number(process.env.CUSTOMER_ELEMENTS_FAULT_ROUNDS ?? 3);

let backend: SharedBackend;
before(async () => {
  backend = await useBackend();
});

async function inShop(size: number, act: (shop: FaultShop) => Promise<void>): Promise<void> {
  const shop = await openFaultShop(backend);
  try {
    await shop.sql`
      insert into mod_ecommod01_customers (site_id, first_name, email)
      select ${shop.site}, 'Person ' || n, 'person' || n || '@example.com' from generate_series(1, ${size}::int) n`;
    await shop.sql`analyze mod_ecommod01_customers`;
    await act(shop);
    await assertSettled(shop);
  } finally {
    await shop.close();
  }
}

async function tagged({ sql, site }: FaultShop): Promise<unknown> {
  const [row] = await sql<[Record<string, number>]>`
    select count(*)::int as customers, count(*) filter (where tags = '{vip}')::int as tagged,
      (select count(*)::int from mod_ecommod01_customer_changes g where g.site_id = ${site}) as changes
    from mod_ecommod01_customers where site_id = ${site}`;
  return row;
}

test(`${customers.toLocaleString('en')} customers are tagged through a connection that drops twice: right to the row`, async (context) => {
  await inShop(customers, async (shop) => {
    const steps = Math.ceil(customers / 1000);
    // Once before the server has heard of a step, once after it has done one.
    const drops: Record<number, Fault> = {
      [Math.ceil(steps / 3)]: 'reset',
      [Math.ceil(steps / 3) * 2]: 'answer lost',
    };
    shop.proxy.follow((number) => drops[number]);
    const { adapter } = shop.openTab();
    const begun = performance.now();
    const receipt = await new OperationRun(
      bulkPlan(adapter, {
        id: randomUUID(),
        kind: 'add_tags',
        customers: { filters: {} },
        options: { tags: ['vip'] },
      }),
      undefined,
      patient,
    ).run();
    context.diagnostic(`${((performance.now() - begun) / 1000).toFixed(1)} s`);
    assert.equal(shop.proxy.failed, 2);
    assert.deepEqual([receipt.status, receipt.asked, receipt.changed], ['finished', customers, customers]);
    assert.deepEqual(await tagged(shop), { customers, tagged: customers, changes: customers });
  });
});

/** About every third request meets a fault that passes; a token that has expired twice does not. */
function stormOf(seed: number): Schedule {
  const random = randomNumbers(seed);
  const slow: readonly Fault[] = ['hang', 'hang after', 'too many'];
  const passing = faults.filter((fault) => !slow.includes(fault) && fault !== 'expired');
  return () => (random() < 0.35 ? passing[Math.floor(random() * passing.length)] : undefined);
}

describe('through a connection that fails at random', () => {
  for (let round = 0; round < rounds; round++) {
    const seed = Number(process.env.CUSTOMER_ELEMENTS_FAULT_SEED ?? Date.now() % 1_000_000) + round;
    test(`an import, a bulk action, an export and their undo are right to the row (seed ${seed})`, () =>
      inShop(2_300, async (shop) => {
        const { adapter } = shop.openTab();
        shop.proxy.follow(stormOf(seed));
        const run = (plan: ConstructorParameters<typeof OperationRun>[0]) =>
          new OperationRun(plan, undefined, patient).run();
        const records = Array.from({ length: 400 }, (_, index) => person(index + 2_101, { tags: ['vip'] }));

        const brought = await run(
          importPlan(adapter, { id: randomUUID(), options: {} }, batchesOf(records, 25)),
        );
        assert.deepEqual([brought.created, brought.changed, brought.status], [200, 200, 'finished']);
        const tags = await run(
          bulkPlan(adapter, {
            id: randomUUID(),
            kind: 'add_tags',
            customers: { filters: {} },
            options: { tags: ['vip'] },
          }),
        );
        assert.deepEqual([tags.changed, tags.unchanged], [2_100, 400]);
        assert.deepEqual(await tagged(shop), { customers: 2_500, tagged: 2_500, changes: 2_300 });

        const file = new KeptLines();
        const read = await run(
          exportPlan(
            adapter,
            {
              id: randomUUID(),
              kind: 'export',
              customers: { filters: {} },
              options: { fields: ['email', 'tags'] },
            },
            file,
          ),
        );
        const lines = file.rows;
        assert.deepEqual([read.unchanged, lines.length], [2_500, 2_500]);
        assert.equal(new Set(lines.map(([email]) => email)).size, 2_500);

        for (const { id, created, changed } of [tags, brought]) {
          const undone = await run(undoPlan(adapter, { id, operationId: randomUUID() }));
          assert.deepEqual([undone.changed, undone.failed], [created + changed, 0]);
        }
        const [left] = await shop.sql<[{ tagged: number; customers: number }]>`
          select count(*)::int as customers, count(*) filter (where tags <> '{}')::int as tagged
          from mod_ecommod01_customers where site_id = ${shop.site}`;
        assert.deepEqual(left, { customers: 2_300, tagged: 0 });
      }));
  }
});
