import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { TransactionSql } from 'postgres';
import { connect } from '../../scripts/backend/postgres.ts';
import { keptAndCounted } from './counts.ts';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addOrder, addShop, type Shop } from './shop.ts';

let database: TestDatabase;
let shop: Shop;

before(async () => {
  database = await startDatabase();
});
after(() => database.close());
beforeEach(async () => {
  shop = await addShop(database.owner);
});

async function assertTrue(): Promise<void> {
  const { kept, counted } = await keptAndCounted(database.owner, shop.id);
  assert.deepEqual(kept, counted);
}

async function readCustomer(id: string) {
  const [row] = await database.owner`
    select orders_count, total_spent::int, average_order_value::int, last_order_date, version
    from mod_ecommod01_customers where site_id = ${shop.id} and id = ${id}`;
  return row!;
}

async function getStats() {
  return await as(database.owner, shop.viewer, async (sql) => {
    const [row] = await sql<
      [{ stats: Record<string, unknown> }]
    >`select mod_ecommod01_get_stats(${shop.id}) as stats`;
    return row.stats;
  });
}

describe('orders', () => {
  test('count unless cancelled or refunded', async () => {
    const [customer] = (await addCustomers(database.owner, shop, 1)) as [string];
    for (const status of [
      'pending',
      'confirmed',
      'processing',
      'shipped',
      'delivered',
      'cancelled',
      'refunded',
    ]) {
      await addOrder(database.owner, shop, { customer, status, total: 300 });
    }
    const row = await readCustomer(customer);
    assert.deepEqual([row.orders_count, row.total_spent, row.average_order_value], [5, 1500, 300]);
    await assertTrue();
  });

  test('stop counting when cancelled and count again when reinstated', async () => {
    const { owner } = database;
    const [customer] = (await addCustomers(owner, shop, 1)) as [string];
    await addOrder(owner, shop, { customer, createdAt: '2026-01-01T00:00:00Z' });
    const latest = await addOrder(owner, shop, { customer, createdAt: '2026-03-01T00:00:00Z' });
    await owner`update mod_ecommod01_orders set status = 'cancelled' where id = ${latest}`;
    assert.equal((await readCustomer(customer)).last_order_date.toISOString(), '2026-01-01T00:00:00.000Z');
    await assertTrue();
    await owner`update mod_ecommod01_orders set status = 'shipped' where id = ${latest}`;
    assert.equal((await readCustomer(customer)).orders_count, 2);
    await assertTrue();
    await owner`delete from mod_ecommod01_orders where site_id = ${shop.id}`;
    const row = await readCustomer(customer);
    assert.deepEqual([row.orders_count, row.total_spent, row.last_order_date], [0, 0, null]);
    await assertTrue();
  });

  test('follow the customer they are moved to, and leave the version of both alone', async () => {
    const { owner } = database;
    const [first, second] = (await addCustomers(owner, shop, 2)) as [string, string];
    const order = await addOrder(owner, shop, { customer: first });
    await owner`update mod_ecommod01_orders set customer_id = ${second} where id = ${order}`;
    assert.equal((await readCustomer(first)).orders_count, 0);
    assert.equal((await readCustomer(second)).orders_count, 1);
    assert.equal((await readCustomer(second)).version, 1);
    await assertTrue();
  });

  test('in other currencies are counted, never added up', async () => {
    const [customer] = (await addCustomers(database.owner, shop, 1)) as [string];
    await addOrder(database.owner, shop, { customer, total: 500 });
    await addOrder(database.owner, shop, { customer, total: 70, currency: 'EUR' });
    const row = await readCustomer(customer);
    assert.deepEqual([row.orders_count, row.total_spent, row.average_order_value], [2, 500, 500]);
    const stats = await getStats();
    assert.equal(stats.totalRevenue, 500);
    assert.deepEqual(stats.otherRevenue, [{ currency: 'EUR', total: 70 }]);
    await assertTrue();
  });

  test('are added up anew when the shop changes its currency', async () => {
    const { owner } = database;
    const [customer] = (await addCustomers(owner, shop, 1)) as [string];
    await addOrder(owner, shop, { customer, total: 500 });
    await addOrder(owner, shop, { customer, total: 70, currency: 'EUR' });
    await owner`insert into mod_ecommod01_customer_settings (site_id, currency) values (${shop.id}, 'EUR')`;
    assert.equal((await readCustomer(customer)).total_spent, 70);
    await assertTrue();
    await owner`delete from mod_ecommod01_customer_settings where site_id = ${shop.id}`;
    assert.equal((await readCustomer(customer)).total_spent, 500);
    await assertTrue();
  });

  test('that were there before their customer are counted when it comes', async () => {
    const { owner } = database;
    const customer = randomUUID();
    await addOrder(owner, shop, { customer, total: 500 });
    await addOrder(owner, shop, { customer, total: 70, currency: 'EUR' });
    await owner`insert into mod_ecommod01_customers (site_id, id, email) values (${shop.id}, ${customer}, 'late@shop.example')`;
    assert.equal((await readCustomer(customer)).orders_count, 2);
    await assertTrue();
  });

  test('stay when their customer is deleted, and name nobody', async () => {
    const { owner } = database;
    const [customer] = (await addCustomers(owner, shop, 1)) as [string];
    const order = await addOrder(owner, shop, { customer, currency: 'EUR' });
    await owner`delete from mod_ecommod01_customers where id = ${customer}`;
    const [row] = await owner`select customer_id from mod_ecommod01_orders where id = ${order}`;
    assert.equal(row!.customer_id, null);
    await assertTrue();
  });
});

describe('hidden customers', () => {
  test('leave the statistics and their groups, and come back with everything', async () => {
    const { owner } = database;
    const [first, second] = (await addCustomers(owner, shop, 2)) as [string, string];
    const group = await addGroup(owner, shop, 'Regulars');
    for (const customer of [first, second]) {
      await owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id) values (${shop.id}, ${customer}, ${group})`;
      await addOrder(owner, shop, { customer });
      await addOrder(owner, shop, { customer, currency: 'EUR', total: 30 });
    }
    const before = await getStats();
    await owner`update mod_ecommod01_customers set deleted_at = now() where id = ${first}`;
    await assertTrue();
    const meanwhile = await getStats();
    assert.deepEqual(
      [meanwhile.total, meanwhile.withOrders, meanwhile.totalRevenue, meanwhile.newThisMonth],
      [1, 1, 1000, 1],
    );
    await addOrder(owner, shop, { customer: first });
    await assertTrue();
    await owner`delete from mod_ecommod01_orders where customer_id = ${first} and currency = 'USD' and ctid in
      (select ctid from mod_ecommod01_orders where customer_id = ${first} and currency = 'USD' limit 1)`;
    await owner`update mod_ecommod01_customers set deleted_at = null where id = ${first}`;
    await assertTrue();
    assert.deepEqual({ ...(await getStats()), asOf: 0 }, { ...before, asOf: 0 });
  });

  test('deleted for good take nothing away a second time', async () => {
    const { owner } = database;
    const [first, second] = (await addCustomers(owner, shop, 2)) as [string, string];
    const group = await addGroup(owner, shop, 'Regulars');
    await owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
      values (${shop.id}, ${first}, ${group}), (${shop.id}, ${second}, ${group})`;
    await owner`update mod_ecommod01_customers set deleted_at = now() where id = ${first}`;
    await owner`delete from mod_ecommod01_customers where id in (${first}, ${second})`;
    await assertTrue();
  });
});

test('the country is that of the default shipping address, else billing, else the newest', async () => {
  const { owner } = database;
  const [customer] = (await addCustomers(owner, shop, 1)) as [string];
  const country = async () =>
    (await owner`select country from mod_ecommod01_customers where id = ${customer}`)[0]!.country as
      string | null;
  const add = async (code: string, billing: boolean, shipping: boolean) => {
    await owner`
      insert into mod_ecommod01_customer_addresses (site_id, customer_id, label, is_default_billing, is_default_shipping,
        first_name, last_name, address_line_1, city, country)
      values (${shop.id}, ${customer}, 'Home', ${billing}, ${shipping}, 'A', 'B', '1 Street', 'Town', ${code})`;
  };
  await add('DE', false, false);
  assert.equal(await country(), 'DE');
  await add('FR', false, false);
  assert.equal(await country(), 'FR');
  await add('IT', true, false);
  await add('GB', false, false);
  assert.equal(await country(), 'IT');
  await add('ES', false, true);
  assert.equal(await country(), 'ES');
  await owner`delete from mod_ecommod01_customer_addresses where customer_id = ${customer} and country in ('ES', 'IT')`;
  assert.equal(await country(), 'GB');
  await assertTrue();
});

test('notes and memberships that move keep every number true', async () => {
  const { owner } = database;
  const [first, second] = (await addCustomers(owner, shop, 2)) as [string, string];
  const [one, other] = [await addGroup(owner, shop, 'One'), await addGroup(owner, shop, 'Other')];
  await owner`insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name)
    select ${shop.id}, ${first}, 'Called', ${shop.editor}, 'The editor' from generate_series(1, 3)`;
  await owner`update mod_ecommod01_customer_notes set customer_id = ${second} where customer_id = ${first}`;
  await owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
    values (${shop.id}, ${first}, ${one}), (${shop.id}, ${second}, ${one})`;
  await owner`update mod_ecommod01_customer_group_members set group_id = ${other} where customer_id = ${first}`;
  await assertTrue();
  const rows =
    await owner`select member_count from mod_ecommod01_customer_groups where site_id = ${shop.id} order by name`;
  assert.deepEqual(
    rows.map((row) => row.member_count),
    [1, 1],
  );
});

test('a new customer starts at zero, whatever was written', async () => {
  const [row] = await database.owner`
    insert into mod_ecommod01_customers (site_id, email, status, orders_count, total_spent, notes_count, agency_id)
    values (${shop.id}, 'a@shop.example', 'guest', 9, 9, 9, ${randomUUID()})
    returning orders_count, total_spent::int, notes_count, is_guest,
      agency_id = (select agency_id from sites where id = ${shop.id}) as agency_copied`;
  assert.deepEqual(
    { ...row },
    { orders_count: 0, total_spent: 0, notes_count: 0, is_guest: true, agency_copied: true },
  );
});

test('a recount puts right what was changed behind the triggers, and then finds nothing', async () => {
  const { owner } = database;
  const [customer] = (await addCustomers(owner, shop, 3)) as [string];
  const group = await addGroup(owner, shop, 'Regulars');
  await owner.begin(async (sql) => {
    await sql`alter table mod_ecommod01_orders disable trigger user`;
    await sql`alter table mod_ecommod01_customers disable trigger user`;
    await sql`alter table mod_ecommod01_customer_group_members disable trigger user`;
    await sql`insert into mod_ecommod01_orders (site_id, customer_id, order_number, total, currency)
      values (${shop.id}, ${customer}, 'silent 1', 400, 'USD'), (${shop.id}, ${customer}, 'silent 2', 30, 'EUR')`;
    await sql`update mod_ecommod01_customers set status = 'inactive', tags = '{quiet}' where id = ${customer}`;
    await sql`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id) values (${shop.id}, ${customer}, ${group})`;
    await sql`alter table mod_ecommod01_orders enable trigger user`;
    await sql`alter table mod_ecommod01_customers enable trigger user`;
    await sql`alter table mod_ecommod01_customer_group_members enable trigger user`;
  });
  const recount = () =>
    as(owner, shop.admin, async (sql) => {
      const [row] = await sql<
        [{ answer: { corrected: number } }]
      >`select mod_ecommod01_recount(${shop.id}) as answer`;
      return row.answer.corrected;
    });
  assert.ok((await recount()) > 0);
  await assertTrue();
  assert.equal(await recount(), 0);
  const tags = await as(
    owner,
    shop.viewer,
    (sql) => sql`select mod_ecommod01_list_tags(${shop.id}) -> 'rows' as rows`,
  );
  assert.deepEqual(tags[0]!.rows, ['quiet']);
});

test('a site that is deleted takes all that is its, and leaves the orders', async () => {
  const { owner } = database;
  const [customer] = (await addCustomers(owner, shop, 2)) as [string];
  const group = await addGroup(owner, shop, 'Regulars');
  await addOrder(owner, shop, { customer });
  await owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id) values (${shop.id}, ${customer}, ${group})`;
  await owner`insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name)
    values (${shop.id}, ${customer}, 'Called', ${shop.editor}, 'The editor')`;
  await owner`insert into mod_ecommod01_customer_settings (site_id, currency) values (${shop.id}, 'EUR')`;
  await owner`update mod_ecommod01_customers set tags = '{vip}' where id = ${customer}`;
  await owner`delete from sites where id = ${shop.id}`;

  const tables = await owner<{ name: string }[]>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'site_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and (n.nspname = 'customers_private' or c.relname like 'mod\\_ecommod01\\_%')`;
  assert.ok(tables.length >= 14);
  for (const { name } of tables) {
    const [left] = await owner.unsafe(
      `select count(*)::int as rows from ${name} where site_id = '${shop.id}'`,
    );
    assert.equal(left!.rows, name === 'public.mod_ecommod01_orders' ? 1 : 0, name);
  }
});

test('emptied tables leave no count behind', async () => {
  const { owner } = database;
  const [customer] = (await addCustomers(owner, shop, 1)) as [string];
  const group = await addGroup(owner, shop, 'Regulars');
  await addOrder(owner, shop, { customer });
  await addOrder(owner, shop, { customer, currency: 'EUR' });
  await owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id) values (${shop.id}, ${customer}, ${group})`;
  await owner`insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name)
    values (${shop.id}, ${customer}, 'Called', ${shop.editor}, 'The editor')`;
  await owner`truncate mod_ecommod01_orders, mod_ecommod01_customer_notes, mod_ecommod01_customer_group_members`;
  await assertTrue();
  await owner`truncate mod_ecommod01_customers cascade`;
  await assertTrue();
});

test('new this month begins with the month of the site, half hours too', async () => {
  const { owner } = database;
  for (const zone of ['UTC', 'Asia/Kathmandu', 'Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Marquesas']) {
    shop = await addShop(owner);
    await owner`insert into mod_ecommod01_customer_settings (site_id, time_zone) values (${shop.id}, ${zone})`;
    await owner`
      insert into mod_ecommod01_customers (site_id, email, created_at)
      select ${shop.id}, n || '@shop.example', date_trunc('month', now(), ${zone}) + n * interval '20 minutes'
      from generate_series(-6, 5) n`;
    const stats = await getStats();
    assert.equal(stats.newThisMonth, 6, zone);
    const [month] = await owner`select to_char(now() at time zone ${zone}, 'YYYY-MM-01') as start`;
    assert.equal(stats.monthStart, month!.start);
    await assertTrue();
  }
});

test('a writer of the same site never waits for another that has not committed', async () => {
  const { owner } = database;
  const [first, second] = (await addCustomers(owner, shop, 2)) as [string, string];
  const other = connect(database.url, { max: 1 });
  const write = (sql: typeof owner | TransactionSql, customer: string, name: string) => sql`
    with written as (
      insert into mod_ecommod01_orders (site_id, customer_id, order_number, total, currency)
      values (${shop.id}, ${customer}, ${name}, 100, 'USD'), (${shop.id}, ${customer}, ${`${name} abroad`}, 100, 'EUR')
    )
    insert into mod_ecommod01_customers (site_id, email, tags) values (${shop.id}, ${`${name}@shop.example`}, '{brand new}')`;
  await owner.begin(async (sql) => {
    await write(sql, first, 'first');
    await other`set lock_timeout = '2s'`;
    await write(other, second, 'second');
  });
  await other.end();
  await assertTrue();
  const tags = await as(
    owner,
    shop.viewer,
    (sql) => sql`select mod_ecommod01_list_tags(${shop.id}) -> 'rows' as rows`,
  );
  assert.deepEqual(tags[0]!.rows, ['brand new']);
});

test('eight writers at once leave every number true', async () => {
  const { owner } = database;
  const customers = await addCustomers(owner, shop, 12);
  const groups = [
    await addGroup(owner, shop, 'One'),
    await addGroup(owner, shop, 'Two'),
    await addGroup(owner, shop, 'Three'),
  ];
  const failures: string[] = [];
  const steps = 80;
  let done = 0;

  async function write(seed: number): Promise<void> {
    const sql = connect(database.url, { max: 1 });
    const random = pseudoRandom(seed);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    for (let step = 0; step < steps; step++) {
      const pair = [pick(customers), pick(customers)];
      const total = Math.floor(random() * 500);
      const actions = [
        () => sql`insert into mod_ecommod01_orders (site_id, customer_id, order_number, total, currency, created_at)
          select ${shop.id}, c, ${`w${seed}-${step}-`} || n, ${total}, ${total % 5 === 0 ? 'EUR' : 'USD'}, now() - n * interval '1 day'
          from unnest(${pair}::uuid[]) with ordinality u (c, n)`,
        () => sql`update mod_ecommod01_orders set status = ${pick(['cancelled', 'refunded', 'shipped'])} where id in (
          select id from mod_ecommod01_orders where site_id = ${shop.id} order by random() limit 2)`,
        () => sql`delete from mod_ecommod01_orders where id in (
          select id from mod_ecommod01_orders where site_id = ${shop.id} order by random() limit 1)`,
        () => sql`update mod_ecommod01_orders set customer_id = ${pair[0]!}, total = total + 1 where id in (
          select id from mod_ecommod01_orders where site_id = ${shop.id} order by random() limit 1)`,
        () => sql`insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name)
          select site_id, id, 'Called', ${shop.editor}, 'The editor' from mod_ecommod01_customers where id in ${sql(pair)}`,
        () => sql`delete from mod_ecommod01_customer_notes where id in (
          select id from mod_ecommod01_customer_notes where site_id = ${shop.id} order by random() limit 1)`,
        () => sql`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
          select site_id, id, ${pick(groups)} from mod_ecommod01_customers where id in ${sql(pair)} order by id on conflict do nothing`,
        () =>
          sql`delete from mod_ecommod01_customer_group_members where site_id = ${shop.id} and customer_id = ${pair[0]!}`,
        () =>
          sql`update mod_ecommod01_customers set deleted_at = case when deleted_at is null then now() end where id = ${pair[0]!}`,
        () =>
          sql`update mod_ecommod01_customers set status = ${pick(['active', 'inactive', 'guest'])} where id = ${pair[0]!}`,
        () => sql`insert into mod_ecommod01_customers (site_id, email, created_at)
          values (${shop.id}, ${`w${seed}-${step}@shop.example`}, now() - ${total} * interval '2 hours')`,
        () => sql`delete from mod_ecommod01_customers where site_id = ${shop.id} and email like ${`w${seed}-%`} and id in (
          select id from mod_ecommod01_customers where email like ${`w${seed}-%`} limit 1)`,
      ];
      try {
        await pick(actions)();
        done++;
      } catch (error) {
        failures.push(`${(error as { code?: string }).code}: ${(error as Error).message}`);
      }
    }
    await sql.end();
  }
  await Promise.all(Array.from({ length: 8 }, (_, index) => write(index + 1)));

  assert.deepEqual(failures, []);
  assert.equal(done, 8 * steps);
  await assertTrue();
});

/** Mulberry32, so that a failing run can be had again. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
