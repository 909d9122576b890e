import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Sql } from 'postgres';
import type { Operation } from '../../src/model/operations.ts';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addShop, type Shop } from './shop.ts';

// The planner knows of another shop only: of one that it has never heard of it expects a row, and any way to it seems
// as good as any other.

let database: TestDatabase;
let owner: Sql;
let shop: Shop;
before(async () => {
  database = await startDatabase();
  owner = database.owner;
  await addCustomers(owner, await addShop(owner), 2_000, 'known');
  await owner`analyze`;
});
after(() => database.close());
beforeEach(async () => {
  shop = await addShop(owner);
  await owner`
    insert into mod_ecommod01_customers (site_id, first_name, email, phone, metadata)
    select ${shop.id}, 'Person ' || n, 'person-' || n || '@shop.example', '+49151' || (10000000 + n),
      jsonb_build_object('number', 'N' || n)
    from generate_series(1, 2000) n`;
});

/** Answers how many rows were read for each of the thousand customers of a step. */
async function readBy(statement: string): Promise<number> {
  return as(owner, shop.admin, async (sql) => {
    const read = async (): Promise<number> => {
      const [row] = await sql<[{ rows: string }]>`
        select sum(coalesce(idx_tup_fetch, 0) + seq_tup_read) as rows from pg_stat_xact_user_tables`;
      return Number(row.rows);
    };
    const before = await read();
    await sql.unsafe(`select ${statement}`);
    return ((await read()) - before) / 1000;
  });
}

/** A few look-ups in a few tables; reading the shop for each would be two thousand. */
const few = 60;

const step = (id: string, rows?: object[]): string =>
  `mod_ecommod01_step_operation('${shop.id}', '${id}', 0${rows ? `, '${JSON.stringify(rows)}'` : ''})`;

async function start(kind: string, options: object, rest: string): Promise<string> {
  const id = randomUUID();
  await as(owner, shop.admin, (sql) =>
    sql.unsafe(
      `select mod_ecommod01_start_operation('${shop.id}', '${id}', '${kind}', p_options => '${JSON.stringify(options)}', ${rest})`,
    ),
  );
  return id;
}

async function undoOf(id: string): Promise<string> {
  const undo = randomUUID();
  await as(owner, shop.admin, async (sql) => {
    await sql`select mod_ecommod01_finish_operation(${shop.id}, ${id})`;
    await sql`select mod_ecommod01_undo_operation(${shop.id}, ${undo}, ${id})`;
    const [{ operation }] = await sql<[{ operation: Operation }]>`
      select mod_ecommod01_get_operation(${shop.id}, ${undo}) as operation`;
    assert.equal(operation.asked, 1_000);
  });
  return undo;
}

const known = (change: object): object[] =>
  Array.from({ length: 1_000 }, (_, index) => ({
    row: index + 2,
    email: `person-${index + 1}@shop.example`,
    phone: `+49151${10_000_001 + index}`,
    metadata: { number: `N${index + 1}` },
    ...change,
  }));
const address = { address_line_1: '1 Street', city: 'Berlin', country: 'DE' };

describe('a step on a shop that the statistics do not know reads a few rows a customer', () => {
  const imports: Record<string, object> = {
    'by e-mail': {},
    'by phone': { match: 'phone' },
    'by external id': { match: 'external_id', externalIdKey: 'number' },
  };
  for (const [name, options] of Object.entries(imports)) {
    test(`of an import ${name}, and of its undo`, async () => {
      const group = await addGroup(owner, shop, 'Imported');
      const id = await start('import', { ...options, group }, 'p_asked => 1000');
      const read = await readBy(step(id, known({ last_name: 'Changed', ...address })));
      assert.ok(read < few, `the import read ${read} rows a customer`);
      const undone = await readBy(step(await undoOf(id)));
      assert.ok(undone < few, `its undo read ${undone} rows a customer`);
    });
  }

  test('of an import of new ones, and of its undo', async () => {
    const id = await start('import', {}, 'p_asked => 1000');
    const rows = known({}).map((row, index) => ({ ...row, email: `new-${index}@shop.example` }));
    const read = await readBy(step(id, rows));
    assert.ok(read < few, `the import read ${read} rows a customer`);
    const undone = await readBy(step(await undoOf(id)));
    assert.ok(undone < few, `its undo read ${undone} rows a customer`);
  });

  for (const kind of ['add_tags', 'set_inactive', 'assign_group', 'delete']) {
    test(`of ${kind}, and of its undo`, async () => {
      const group = await addGroup(owner, shop, 'Regulars');
      const some = await owner<{ id: string }[]>`
        select id from mod_ecommod01_customers where site_id = ${shop.id} order by id limit 1000`;
      const options = kind === 'add_tags' ? { tags: ['x'] } : kind === 'assign_group' ? { group } : {};
      const ids = JSON.stringify({ ids: some.map(({ id }) => id) });
      const id = await start(kind, options, `p_customers => '${ids}'`);
      const read = await readBy(step(id));
      assert.ok(read < few, `it read ${read} rows a customer`);
      const undone = await readBy(step(await undoOf(id)));
      assert.ok(undone < few, `its undo read ${undone} rows a customer`);
    });
  }
});
