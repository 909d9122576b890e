import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Sql } from 'postgres';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addOrder, addShop, type Shop } from './shop.ts';

let database: TestDatabase;
let owner: Sql;
let shop: Shop;

before(async () => {
  database = await startDatabase();
  owner = database.owner;
  shop = await addShop(owner);
});
after(() => database.close());

interface Page {
  rows: { id: string; content: string; pinned: boolean }[];
  next: string | null;
}

function ask<T>(rpc: string, ...args: (string | number | null)[]): Promise<T> {
  return as(owner, shop.viewer, async (sql) => {
    const places = args.map((_, index) => `, $${index + 2}`).join('');
    const rows = await sql.unsafe(`select mod_ecommod01_${rpc}($1${places}) as answer`, [shop.id, ...args]);
    return rows[0]!.answer as T;
  });
}

test('a deleted customer is not found, and since when is told', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'deleted')) as [string];
  await owner`update mod_ecommod01_customers set deleted_at = '2026-11-01T10:00:00Z' where id = ${id}`;
  for (const rpc of ['get_customer', 'list_orders', 'list_notes']) {
    await assert.rejects(ask(rpc, id), (error: { code: string; detail: string }) => {
      assert.equal(error.code, 'PT404');
      const { reason, deletedAt, mergedInto } = JSON.parse(error.detail) as Record<string, string>;
      assert.deepEqual([reason, mergedInto], ['deleted', null]);
      assert.equal(Date.parse(deletedAt!), Date.parse('2026-11-01T10:00:00Z'));
      return true;
    });
  }
});

test('a merged customer leads to the one that remains, however many merges it took', async () => {
  const [first, second, last] = (await addCustomers(owner, shop, 3, 'merged')) as [string, string, string];
  await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${second} where id = ${first}`;
  await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${last} where id = ${second}`;
  await assert.rejects(ask('get_customer', first), (error: { detail: string }) => {
    const { reason, mergedInto } = JSON.parse(error.detail) as Record<string, string>;
    assert.deepEqual([reason, mergedInto], ['merged', last]);
    return true;
  });
});

test('notes come pinned first, then newest first, by pages without a gap', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'noted')) as [string];
  await owner`
    insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name, pinned, created_at)
    select ${shop.id}, ${id}, n::text, ${randomUUID()}, 'The editor', n in (3, 30),
      timestamptz '2026-01-01' + n / 2 * interval '1 minute'
    from generate_series(1, 50) n`;
  const { notes: first } = await ask<{ notes: Page }>('get_customer', id);
  assert.equal(first.rows.length, 20);
  const rows = [...first.rows];
  for (let cursor = first.next; cursor !== null;) {
    const page: Page = await ask('list_notes', id, 13, cursor);
    rows.push(...page.rows);
    cursor = page.next;
    assert.ok(rows.length <= 50);
  }
  const expected = await owner<{ id: string }[]>`
    select id from mod_ecommod01_customer_notes where customer_id = ${id}
    order by pinned desc, created_at desc, id desc`;
  assert.deepEqual(
    rows.map((row) => row.id),
    expected.map((row) => row.id),
  );
  assert.deepEqual(
    rows.slice(0, 2).map((row) => row.content),
    ['30', '3'],
  );
});

test('a page of orders reads a page, not all of them', async () => {
  const [many, few] = (await addCustomers(owner, shop, 2, 'buyer')) as [string, string];
  await addOrder(owner, shop, { customer: few });
  await owner`
    insert into mod_ecommod01_orders (site_id, customer_id, order_number, total, currency, created_at)
    select ${shop.id}, ${many}, 'many-' || n, n, 'USD', timestamptz '2026-01-01' + n * interval '1 minute'
    from generate_series(1, 2000) n`;
  await owner`analyze mod_ecommod01_orders`;
  // Rows that the index hands out, counted by Postgres itself.
  const readFor = async (customer: string) =>
    owner.begin(async (sql) => {
      const counted = async () =>
        Number(
          (
            await sql`select idx_tup_fetch as rows from pg_stat_xact_user_tables where relname = 'mod_ecommod01_orders'`
          )[0]!.rows,
        );
      const before = await counted();
      await sql`select customers_private.orders_page(${shop.id}, ${customer}, 20, null)`;
      return (await counted()) - before;
    });
  assert.ok((await readFor(few)) <= 2);
  assert.ok((await readFor(many)) <= 50, `${await readFor(many)} orders were read for a page of 20`);
});
