import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Sql } from 'postgres';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addShop, type Shop } from './shop.ts';

let database: TestDatabase;
let owner: Sql;
let shop: Shop;

before(async () => {
  database = await startDatabase();
  owner = database.owner;
});
after(() => database.close());

/** A customer with this many orders, one each 5 days, some cancelled and some in another currency. */
async function buyer(orders: number, timeZone = 'UTC'): Promise<string> {
  shop = await addShop(owner);
  await owner`insert into mod_ecommod01_customer_settings (site_id, time_zone) values (${shop.id}, ${timeZone})`;
  const [id] = (await addCustomers(owner, shop, 1)) as [string];
  await buy(id, orders);
  return id;
}

const buy = (id: string, orders: number, first = 0) => owner`
  insert into mod_ecommod01_orders (site_id, customer_id, order_number, status, total, currency, created_at)
  select ${shop.id}, ${id}, gen_random_uuid()::text, case when n % 7 = 0 then 'cancelled' else 'delivered' end, 100 + n,
    case when n % 11 = 0 then 'EUR' else 'USD' end, now() - (${first}::int + n) * interval '5 days'
  from generate_series(1, ${orders}::int) n`;

interface Spent {
  spending: { month: string; currency: string; total: number; orders: number }[];
  otherCurrencies: { currency: string; total: number; orders: number }[];
}

async function read(id: string): Promise<Spent> {
  const [row] = await as(
    owner,
    shop.viewer,
    (sql) => sql<[{ answer: Spent }]>`select mod_ecommod01_get_customer(${shop.id}, ${id}) as answer`,
  );
  const { spending, otherCurrencies } = row.answer;
  return { spending, otherCurrencies };
}

/** The same, from the orders themselves. */
async function summed(id: string): Promise<Spent> {
  const [{ zone }] = await owner<[{ zone: string }]>`
    select time_zone as zone from mod_ecommod01_customer_settings where site_id = ${shop.id}`;
  const counted = owner`
    from mod_ecommod01_orders
    where site_id = ${shop.id} and customer_id = ${id} and status not in ('cancelled', 'refunded')`;
  const spending = await owner<Spent['spending']>`
    select to_char(created_at at time zone ${zone}, 'YYYY-MM') as month, currency, sum(total)::float8 as total,
      count(*)::int as orders
    ${counted} and date_trunc('month', created_at at time zone ${zone})
      >= date_trunc('month', now() at time zone ${zone}) - interval '35 months'
    group by 1, 2 order by 1, 2`;
  const otherCurrencies = await owner<Spent['otherCurrencies']>`
    select currency, sum(total)::float8 as total, count(*)::int as orders
    ${counted} and currency <> customers_private.site_currency(${shop.id}) group by 1 order by 1`;
  return { spending: [...spending], otherCurrencies: [...otherCurrencies] };
}

async function monthsKept(id: string): Promise<number> {
  const [row] = await owner<[{ count: number }]>`
    select count(*)::int as count from customers_private.spending_months where customer_id = ${id}`;
  return row.count;
}

async function expectTrue(id: string, what: string): Promise<void> {
  assert.deepEqual(await read(id), await summed(id), what);
}

test('who has many orders is told the same as who is summed when read', async () => {
  const few = await buyer(60);
  assert.equal(await monthsKept(few), 0);
  await expectTrue(few, 'few');
  const many = await buyer(400);
  assert.ok((await monthsKept(many)) > 30);
  await expectTrue(many, 'many');
});

test('it stays true whatever becomes of orders', async () => {
  const id = await buyer(300);
  const steps: [string, (site: string) => Promise<unknown>][] = [
    ['another order', () => buy(id, 1)],
    ['older ones', () => buy(id, 20, 500)],
    [
      'cancelled ones',
      (site) =>
        owner`update mod_ecommod01_orders set status = 'cancelled' where site_id = ${site} and total % 13 = 0`,
    ],
    [
      'ones that count again',
      (site) =>
        owner`update mod_ecommod01_orders set status = 'shipped' where site_id = ${site} and total % 26 = 0`,
    ],
    [
      'other totals',
      (site) => owner`update mod_ecommod01_orders set total = total * 2 where site_id = ${site}`,
    ],
    [
      'another currency',
      (site) =>
        owner`update mod_ecommod01_orders set currency = 'JPY' where site_id = ${site} and total % 5 = 0`,
    ],
    [
      'two that change places',
      (site) => owner`
        with two as (
          select array_agg(id order by created_at) as ids, array_agg(created_at order by created_at) as moments
          from (
            (select id, created_at from mod_ecommod01_orders
             where site_id = ${site} and currency = 'USD' and status = 'delivered' order by created_at offset 5 limit 1)
            union all
            (select id, created_at from mod_ecommod01_orders
             where site_id = ${site} and currency = 'USD' and status = 'delivered' order by created_at desc offset 5 limit 1)
          ) t
        )
        update mod_ecommod01_orders o
        set created_at = case o.id when two.ids[1] then two.moments[2] else two.moments[1] end
        from two where o.id = any (two.ids)`,
    ],
    [
      'deleted ones',
      (site) => owner`delete from mod_ecommod01_orders where site_id = ${site} and total % 3 = 0`,
    ],
    [
      'so few that no months are kept',
      (site) => owner`
        delete from mod_ecommod01_orders where site_id = ${site} and id not in (
          select id from mod_ecommod01_orders where site_id = ${site} order by created_at desc limit 50)`,
    ],
    ['many again', () => buy(id, 200)],
  ];
  for (const [what, run] of steps) {
    await run(shop.id);
    await expectTrue(id, what);
  }
});

test('an order that goes over to another customer is taken from the months of the first', async () => {
  const id = await buyer(300);
  const [other] = (await addCustomers(owner, shop, 1, 'other')) as [string];
  await owner`update mod_ecommod01_orders set customer_id = ${other} where site_id = ${shop.id} and total % 2 = 0`;
  await expectTrue(id, 'the first');
  await expectTrue(other, 'the other');
});

test('another time zone or currency of the shop makes other months', async () => {
  const id = await buyer(300, 'Pacific/Auckland');
  await expectTrue(id, 'in Auckland');
  // On the edge of months, where the zones differ.
  await owner`update mod_ecommod01_orders set created_at = date_trunc('month', created_at) + interval '1 hour' where site_id = ${shop.id}`;
  await expectTrue(id, 'in Auckland, on the edge');
  await owner`update mod_ecommod01_customer_settings set time_zone = 'America/New_York' where site_id = ${shop.id}`;
  await expectTrue(id, 'in New York');
  await owner`update mod_ecommod01_customer_settings set currency = 'EUR' where site_id = ${shop.id}`;
  await expectTrue(id, 'in EUR');
});

test('eight who write at once leave no order out', async () => {
  const id = await buyer(98);
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 5; round++) {
        await buy(id, 3, writer);
        await owner`
          update mod_ecommod01_orders set total = total + 1, created_at = created_at - interval '20 days'
          where id in (select id from mod_ecommod01_orders where customer_id = ${id} order by random() limit 1)`;
      }
    }),
  );
  assert.ok((await monthsKept(id)) > 0);
  await expectTrue(id, 'afterwards');
});

test('a recount puts months right that were written past the triggers', async () => {
  const id = await buyer(300);
  await owner`update customers_private.spending_months set total = 1 where customer_id = ${id}`;
  await owner`select customers_private.recount_site(${shop.id})`;
  await expectTrue(id, 'recounted');
});

test('opening a customer with many orders reads few of them', async () => {
  const id = await buyer(2000);
  await owner`analyze mod_ecommod01_orders`;
  const rows = await owner.begin(async (sql) => {
    const counted = async () => {
      const [row] = await sql`
        select idx_tup_fetch + seq_tup_read as rows from pg_stat_xact_user_tables where relname = 'mod_ecommod01_orders'`;
      return Number(row!.rows);
    };
    const before = await counted();
    await sql`select customers_private.show_spending(c) from mod_ecommod01_customers c where c.id = ${id}`;
    return (await counted()) - before;
  });
  assert.equal(rows, 0);
});
