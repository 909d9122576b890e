import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { bulkActions, type BulkAction } from '../../src/model/operations.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import { exportPlan } from '../../src/operations/export-plan.ts';
import { OperationRun, type OperationPlan } from '../../src/operations/operation-run.ts';
import { bulkPlan, undoPlan } from '../../src/operations/settled-plan.ts';
import type { Fault } from './fault-proxy.ts';
import { accountOf, assertSettled, impatient, stateOf, type FaultShop } from './fault-shop.ts';
import { importPlan, KeptLines, type Batch } from './plans.ts';

/** What one operation did, comparable between shops. */
export interface Done {
  account: unknown;
  state: unknown;
  /** Of an export. */
  lines?: unknown;
  /** Requests that it took, and how many of them failed. */
  requests: number;
  faults: number;
}

const tag = 'in bulk';

/** Twelve customers, two of them guests; two more are deleted, and a group has three. Answers the ids that matter. */
export async function fill({ sql, site }: FaultShop): Promise<{ group: string; deleted: string[] }> {
  await sql`
    insert into mod_ecommod01_customers (site_id, first_name, email, phone, status, tags, deleted_at)
    select ${site}, 'Person ' || n, 'person' || n || '@example.com', '+4915100000' || n,
      case when n in (5, 6) then 'guest' when n in (7, 8, 9) then 'inactive' else 'active' end,
      case when n in (2, 3) then ${[tag, 'old']}::text[] else '{}' end,
      case when n > 12 then now() end
    from generate_series(1, 14) n`;
  const [group] = await sql<[{ id: string }]>`
    insert into mod_ecommod01_customer_groups (site_id, name) values (${site}, 'Regulars') returning id`;
  await sql`
    insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
    select site_id, id, ${group.id} from mod_ecommod01_customers
    where site_id = ${site} and email_key in ('person1@example.com', 'person2@example.com', 'person3@example.com')`;
  const deleted = await sql<{ id: string }[]>`
    select id from mod_ecommod01_customers where site_id = ${site} and deleted_at is not null`;
  return { group: group.id, deleted: deleted.map(({ id }) => id) };
}

/** Three steps: new ones, changed ones, one as it is, one twice, one that is wrong, one rejected by the client. */
const batches: Batch[] = [
  {
    rows: [
      { row: 2, email: 'new1@example.com', first_name: 'New', tags: ['fresh'] },
      { row: 3, email: 'person1@example.com', first_name: 'Renamed' },
      { row: 4, email: 'new2@example.com', address_line_1: '1 Street', city: 'Berlin', country: 'DE' },
    ],
    rejected: [{ row: 5, code: 'email_invalid', message: 'The e-mail is not valid.', outcome: 'failed' }],
  },
  {
    rows: [
      { row: 6, email: 'person2@example.com', first_name: 'Person 2' },
      { row: 7, email: 'new3@example.com' },
      { row: 8, email: 'nobody', first_name: 'Wrong' },
    ],
    rejected: [],
  },
  {
    rows: [
      { row: 9, email: 'person4@example.com', address_line_1: '2 Street', city: 'Bonn', country: 'DE' },
      { row: 10, email: 'new4@example.com' },
      { row: 11, email: 'new4@example.com', first_name: 'Again' },
    ],
    rejected: [],
  },
];

/**
 * Does each kind of operation once and takes it back, each in a tab of its own, with `fault` at its request number
 * `place`. Checks what must be true of each by itself, and answers what each has done. Only an import has a fifth
 * request: nothing else is done where that fails.
 */
export async function doAll(shop: FaultShop, fault?: Fault, place = 0): Promise<Record<string, Done>> {
  const { group, deleted } = await fill(shop);
  const done: Record<string, Done> = {};

  const run = async (name: string, plan: OperationPlan): Promise<Receipt> => {
    shop.proxy.follow((number) => (number === place ? fault : undefined));
    const receipt = await new OperationRun(plan, undefined, fault ? impatient : {}).run();
    const { count: requests, failed: faults } = shop.proxy;
    shop.proxy.follow(() => undefined);
    done[name] = { account: await accountOf(shop, receipt), state: await stateOf(shop), requests, faults };
    return receipt;
  };
  const there = async (name: string, plan: (id: string) => OperationPlan): Promise<void> => {
    const before = await stateOf(shop);
    const { id } = await run(name, plan(randomUUID()));
    const { adapter } = shop.openTab();
    await run(`undo of ${name}`, undoPlan(adapter, { id, operationId: randomUUID() }));
    assert.deepEqual(await stateOf(shop), before, `what is there after the undo of ${name}`);
  };

  await there('import', (id) => importPlan(shop.openTab().adapter, { id, options: { group } }, batches));
  if (place >= 4) {
    await assertSettled(shop);
    return done;
  }
  for (const kind of bulkActions) {
    await there(kind, (id) =>
      bulkPlan(shop.openTab().adapter, {
        id,
        kind,
        customers: kind === 'restore' ? { ids: deleted } : { filters: {} },
        options: optionsOf(kind, group),
      }),
    );
  }
  const file = new KeptLines();
  await run(
    'export',
    exportPlan(
      shop.openTab().adapter,
      {
        id: randomUUID(),
        kind: 'export',
        customers: { filters: {} },
        options: { fields: ['email', 'tags', 'groups'] },
      },
      file,
    ),
  );
  const lines = file.rows.slice().sort(([a = ''], [b = '']) => a.localeCompare(b));
  done.export = { ...(done.export as Done), lines };
  await assertSettled(shop);
  return done;
}

const optionsOf = (kind: BulkAction, group: string) => ({
  ...(kind.endsWith('_group') && { group }),
  ...(kind.endsWith('_tags') && { tags: [tag] }),
});
