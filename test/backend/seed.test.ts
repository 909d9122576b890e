import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Sql } from 'postgres';
import { connect } from '../../scripts/backend/postgres.ts';
import { useBackend, type SharedBackend } from '../backend.ts';

describe('the seeded shop', () => {
  let backend: SharedBackend;
  let sql: Sql;
  before(async () => {
    backend = await useBackend();
    sql = connect(backend.dbUrl, { max: 1 });
  });
  after(() => sql.end());

  const one = async (text: string) => (await sql.unsafe(text))[0]!;
  const customers = () => `public.mod_ecommod01_customers where site_id = '${backend.siteId}'`;

  test('has customers with no order, and one with exactly 2,000', async () => {
    const row = await one(`
      select max(orders_count) as most, count(*) filter (where orders_count = 0)::int as none,
        (select count(*)::int from public.mod_ecommod01_orders o where o.customer_id =
          (select id from ${customers()} order by orders_count desc limit 1)) as orders
      from ${customers()}`);
    assert.equal(row.most, 2_000);
    assert.equal(row.orders, 2_000);
    assert.ok(row.none > 400, `${row.none} without orders`);
  });

  test('has about 2.7 orders a customer, over three years, some cancelled, some in another currency', async () => {
    const row = await one(`
      select count(*)::int as orders, min(created_at) as first, max(created_at) as last,
        count(*) filter (where status in ('cancelled', 'refunded'))::int as void,
        count(*) filter (where currency <> 'EUR')::int as other, count(distinct status)::int as statuses
      from public.mod_ecommod01_orders where site_id = '${backend.siteId}'`);
    const mean = (row.orders - 2_000) / 1_999;
    assert.ok(mean > 2.2 && mean < 3.2, `${mean} orders a customer`);
    const days = (row.last - row.first) / 86_400_000;
    assert.ok(days > 950 && days < 1_100, `${days} days`);
    assert.ok(row.last <= Date.now());
    assert.equal(row.statuses, 7);
    assert.ok(row.void > 100 && row.other > 10);
  });

  test('has ids in the order of registration', async () => {
    const row = await one(`
      select count(*)::int as misplaced
      from (select created_at, lag(created_at) over (order by id) as earlier from ${customers()}) c
      where earlier > created_at`);
    assert.equal(row.misplaced, 0);
  });

  test('has names of many scripts, guests, inactive people, groups of every size and new ones this month', async () => {
    const row = await one(`
      select
        count(*) filter (where is_guest)::int as guests,
        count(*) filter (where status = 'inactive')::int as inactive,
        count(*) filter (where last_name = '')::int as one_word,
        count(*) filter (where first_name ~ '[一-龯]')::int as han,
        count(*) filter (where last_name ~ '[α-ω]')::int as greek,
        count(*) filter (where first_name ~ '[ء-ي]')::int as arabic,
        count(*) filter (where name_key like '%smith%')::int as smiths,
        count(*) filter (where first_name = 'Xochiquetzal')::int as rare,
        count(*) filter (where created_at > now() - interval '28 days')::int as new
      from ${customers()}`);
    assert.ok(row.guests > 150 && row.guests < 250, `${row.guests} guests`);
    assert.ok(row.smiths >= 200, `${row.smiths} called Smith`);
    assert.equal(row.rare, 3);
    for (const [what, number] of Object.entries(row)) assert.ok((number as number) > 0, `nobody for ${what}`);
    const groups = await sql<{ member_count: number }[]>`
      select member_count from public.mod_ecommod01_customer_groups where site_id = ${backend.siteId}`;
    assert.ok(groups.length >= 10 && groups.length <= 50);
    assert.ok(
      groups.some(({ member_count: count }) => count >= 30 && count <= 50),
      'none of 2 per cent',
    );
  });

  test('leaves nothing of itself but the data', async () => {
    assert.equal((await one(`select to_regnamespace('seed') as schema`)).schema, null);
  });
});
