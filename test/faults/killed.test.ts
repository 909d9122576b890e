import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { connect } from '../../scripts/backend/postgres.ts';
import { startBackend, type Backend } from '../../scripts/backend/start.ts';
import { person } from '../../src/adapter/conformance/site.ts';
import { randomNumbers } from '../../src/adapters/memory/sample-customers.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import { exportPlan } from '../../src/operations/export-plan.ts';
import {
  OperationRun,
  type OperationPatience,
  type OperationPlan,
} from '../../src/operations/operation-run.ts';
import { bulkPlan, undoPlan } from '../../src/operations/settled-plan.ts';
import { assertSettled, openFaultShop, type FaultShop } from './fault-shop.ts';
import { batchesOf, importPlan, KeptLines } from './plans.ts';

// A backend of its own, on data that outlive Postgres: the others give that up for speed.
let backend: Backend;
before(async () => {
  backend = await startBackend({ fresh: true, durable: true, customers: 200 });
});
after(() => backend.stop());

const seed = Number(process.env.CUSTOMER_ELEMENTS_FAULT_SEED ?? Date.now() % 1_000_000);
const random = randomNumbers(seed);
/** Longer than it takes to start what was killed. */
const persistent: OperationPatience = { pauses: Array<number>(60).fill(0.5), answer: 60_000 };

type Accident = () => Promise<void>;

/** Each kills something, and answers when it works again. */
const accidents: Record<string, Accident> = {
  'PostgREST is killed': async () => {
    await backend.processes.postgrest.kill();
    await backend.processes.postgrest.start();
  },
  // PostgREST finds a Postgres that is back by itself, but takes its time: see below.
  'Postgres and PostgREST are killed': async () => {
    await Promise.all([backend.processes.postgres.kill(), backend.processes.postgrest.kill()]);
    await backend.processes.postgres.start();
    await backend.processes.postgrest.start();
  },
  'a process of Postgres is killed': async () => {
    const sql = connect(backend.superuserUrl, { max: 1 });
    const working = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity where usename = 'authenticator' order by state = 'active' desc limit 1`;
    await sql.end();
    for (const { pid } of working) process.kill(pid, 'SIGKILL');
    await untilPostgresAnswers();
  },
};

/** It ends all its connections and recovers when one of its processes dies. */
async function untilPostgresAnswers(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    const sql = connect(backend.superuserUrl, { max: 1 });
    const answers = await sql`select 1`.then(
      () => true,
      () => false,
    );
    await sql.end({ timeout: 0 });
    if (answers) return;
  }
}

/** Runs an operation to its end, with the accident a moment after one of its requests has arrived. */
async function runThrough(shop: FaultShop, plan: OperationPlan, accident: Accident): Promise<Receipt> {
  // An export of two thousand has three requests.
  const place = Math.floor(random() * 3);
  const moment = random() * 60;
  let happened: Promise<void> | undefined;
  shop.proxy.follow(() => undefined);
  shop.proxy.onForwarded = (number) => {
    if (number !== place || happened) return;
    happened = new Promise((resolve) => setTimeout(resolve, moment)).then(accident);
  };
  const receipt = await new OperationRun(plan, undefined, persistent).run();
  assert.ok(happened, 'the accident has happened');
  await happened;
  return receipt;
}

for (const [name, accident] of Object.entries(accidents)) {
  test(`${name} in the middle of each kind of operation: it goes on, and is right to the row (seed ${seed})`, async () => {
    const shop = await openFaultShop(backend);
    const { site, sql } = shop;
    const { adapter } = shop.openTab();
    const records = Array.from({ length: 2_000 }, (_, index) => person(index + 1));

    const brought = await runThrough(
      shop,
      importPlan(adapter, { id: randomUUID(), options: {} }, batchesOf(records, 500)),
      accident,
    );
    const [made] = await sql<[{ rows: number; emails: number }]>`
      select count(*)::int as rows, count(distinct email_key)::int as emails from mod_ecommod01_customers
      where site_id = ${site} and created_by_operation = ${brought.id}`;
    assert.deepEqual(
      [brought.status, brought.created, made.rows, made.emails],
      ['finished', 2_000, 2_000, 2_000],
    );

    const tagging = bulkPlan(adapter, {
      id: randomUUID(),
      kind: 'add_tags',
      customers: { filters: {} },
      options: { tags: ['vip'] },
    });
    const tags = await runThrough(shop, tagging, accident);
    const [tagged] = await sql<[{ rows: number; changes: number }]>`
      select (select count(*)::int from mod_ecommod01_customers where site_id = ${site} and tags = '{vip}') as rows,
        (select count(*)::int from mod_ecommod01_customer_changes
         where site_id = ${site} and operation_id = ${tags.id}) as changes`;
    assert.deepEqual([tags.changed, tagged.rows, tagged.changes], [2_000, 2_000, 2_000]);

    const file = new KeptLines();
    const read = await runThrough(
      shop,
      exportPlan(
        adapter,
        { id: randomUUID(), kind: 'export', customers: { filters: {} }, options: { fields: ['email'] } },
        file,
      ),
      accident,
    );
    assert.deepEqual(
      [read.unchanged, new Set(file.rows.flat()).size, file.rows.length],
      [2_000, 2_000, 2_000],
    );

    const undo = undoPlan(adapter, { id: tags.id, operationId: randomUUID() });
    assert.equal((await runThrough(shop, undo, accident)).changed, 2_000);
    const [left] = await sql<[{ rows: number }]>`
      select count(*)::int as rows from mod_ecommod01_customers where site_id = ${site} and tags <> '{}'`;
    assert.equal(left.rows, 0);
    await assertSettled(shop);
    await shop.close();
  });
}

describe('while Postgres is down', () => {
  test('a run says in the end that the backend cannot be reached, and goes on when it can', async () => {
    const shop = await openFaultShop(backend);
    const { adapter } = shop.openTab();
    const records = Array.from({ length: 40 }, (_, index) => person(index + 1));
    const plan = importPlan(adapter, { id: randomUUID(), options: {} }, batchesOf(records, 10));
    const run = new OperationRun(plan, undefined, { pauses: [0.2, 0.2], answer: 30_000 });
    let down: Promise<void> | undefined;
    shop.proxy.onForwarded = (number) => {
      if (number === 2) down = backend.processes.postgres.kill();
    };
    // What PostgREST and the gateway answer meanwhile is the same to a person.
    await assert.rejects(run.run(), { code: 'unavailable' });
    await down;
    await assert.rejects(adapter.getStats(), { code: 'unavailable' });
    await backend.processes.postgres.start();
    let receipt: Receipt | undefined;
    for (const since = Date.now(); !receipt;) {
      receipt = await run.run().catch((error: unknown) => {
        if (Date.now() - since > 60_000) throw error;
        return undefined;
      });
    }
    assert.deepEqual([receipt.status, receipt.created], ['finished', 40]);
    await assertSettled(shop);
    await shop.close();
  });
});
