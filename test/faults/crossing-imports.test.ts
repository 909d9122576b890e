import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { person } from '../../src/adapter/conformance/site.ts';
import type { ImportOptions } from '../../src/model/import.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import { OperationRun } from '../../src/operations/operation-run.ts';
import { signToken, useBackend, type SharedBackend } from '../backend.ts';
import { assertSettled, patient, openFaultShop, type FaultShop } from './fault-shop.ts';
import { batchesOf, importPlan, type Batch } from './plans.ts';

const rounds = Number(process.env.CUSTOMER_ELEMENTS_FAULT_ROUNDS ?? 3);

let backend: SharedBackend;
let shop: FaultShop;
const editors: string[] = [];
before(async () => {
  backend = await useBackend();
  shop = await openFaultShop(backend);
  for (const name of ['Edda', 'Egon']) {
    const user = randomUUID();
    await shop.sql`
      insert into mod_ecommod01_site_members (site_id, user_id, role, display_name)
      values (${shop.site}, ${user}, 'editor', ${name})`;
    editors.push(await signToken({ sub: user, role: 'authenticated' }));
  }
});
after(() => shop.close());

/** The same people in two files, the second from its end to its beginning, by two editors at the same time. */
async function cross(options: ImportOptions, round: number): Promise<Receipt[]> {
  const people = Array.from({ length: 300 }, (_, index) =>
    person(index + 1, {
      email: `round${round}-${index}@example.com`,
      phone: `+49151${String(round * 1000 + index).padStart(8, '0')}`,
      metadata: { number: `${round}-${index}` },
    }),
  );
  const files: Batch[][] = [batchesOf(people, 60), batchesOf(people.slice().reverse(), 60)];
  return Promise.all(
    files.map((batches, index) => {
      const { adapter } = shop.openTab(editors[index]);
      const plan = importPlan(adapter, { id: randomUUID(), options }, batches);
      return new OperationRun(plan, undefined, patient).run();
    }),
  );
}

const deadlocks = async (): Promise<number> => {
  const [row] = await shop.sql<[{ deadlocks: number }]>`
    select deadlocks::int from pg_stat_database where datname = current_database()`;
  return row.deadlocks;
};

describe('two imports of the same people at once, in opposite order', () => {
  let round = 0;
  const ways: ImportOptions[] = [
    { match: 'email' },
    { match: 'phone' },
    { match: 'external_id', externalIdKey: 'number' },
  ];
  for (const options of ways) {
    test(`matched by ${options.match}: nobody is there twice, and each is in one receipt as created`, async () => {
      const before = await deadlocks();
      for (let times = 0; times < rounds; times++) {
        round++;
        const receipts = await cross(options, round);
        const created = receipts.reduce((sum, receipt) => sum + receipt.created, 0);
        const unchanged = receipts.reduce((sum, receipt) => sum + receipt.unchanged, 0);
        assert.deepEqual([created, unchanged], [300, 300], `round ${round}`);
        const rows = await shop.sql<{ email: string; times: number }[]>`
          select email_key as email, count(*)::int as times from mod_ecommod01_customers
          where site_id = ${shop.site} and email_key like ${`round${round}-%`} group by 1`;
        assert.equal(rows.length, 300);
        assert.ok(
          rows.every((row) => row.times === 1),
          'somebody is there twice',
        );
        for (const { id, created: said } of receipts) {
          const [made] = await shop.sql<[{ number: number }]>`
            select count(*)::int as number from mod_ecommod01_customers where created_by_operation = ${id}`;
          assert.equal(made.number, said);
        }
      }
      await assertSettled(shop);
      assert.equal(await deadlocks(), before, 'they have waited for each other');
    });
  }
});
