import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import type { Sql } from 'postgres';
import { debianPostgres, embeddedPostgres } from '../../scripts/backend/binaries.ts';
import type { DefaultPrivileges } from '../../scripts/backend/migrate.ts';
import { startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addShop } from './shop.ts';

const installed = [await embeddedPostgres(), ...(await debianPostgres())];
const variants: DefaultPrivileges[] = ['legacy', 'explicit'];

for (const binaries of installed) {
  for (const defaultPrivileges of variants) {
    describe(`on Postgres ${binaries.version} with ${defaultPrivileges} default privileges`, () => {
      test('the migrations apply, and give nobody more than they mean to', async () => {
        const database = await startDatabase({ binaries, defaultPrivileges });
        try {
          await assertGrants(database.owner);
        } finally {
          await database.close();
        }
      });
    });
  }
}

async function assertGrants(owner: Sql): Promise<void> {
  const tables = await owner<{ name: string; grants: string[] }[]>`
    select c.relname as name, (
      select coalesce(array_agg(r.role || ' ' || lower(p.privilege) order by r.role, p.privilege), '{}')
      from unnest(array['anon', 'authenticated']) r (role),
        unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) p (privilege)
      where has_table_privilege(r.role, c.oid, p.privilege)
    ) as grants
    from pg_class c
    where c.relkind in ('r', 'p', 'v', 'm')
      and (c.relnamespace = 'customers_private'::regnamespace or c.relname like 'mod\\_ecommod01\\_%' or c.relname in ('sites', 'agencies'))
      and c.relnamespace in ('customers_private'::regnamespace, 'public'::regnamespace)`;
  assert.ok(tables.length >= 17);
  for (const { name, grants } of tables) {
    const readable = name.startsWith('mod_ecommod01_') && name !== 'mod_ecommod01_orders';
    assert.deepEqual(grants, readable ? ['authenticated select'] : [], name);
  }

  const open = await owner<{ name: string }[]>`
    select relname as name from pg_class
    where relkind in ('r', 'p') and not relrowsecurity
      and relnamespace in ('customers_private'::regnamespace, 'public'::regnamespace)`;
  assert.deepEqual([...open], [], 'row-level security is on everywhere');

  const functions = await owner<
    { name: string; everybody: boolean; anon: boolean; authenticated: boolean }[]
  >`
    select p.oid::regprocedure::text as name,
      exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0) as everybody,
      has_function_privilege('anon', p.oid, 'execute') as anon,
      has_function_privilege('authenticated', p.oid, 'execute') as authenticated
    from pg_proc p
    where p.pronamespace = 'customers_private'::regnamespace
      or (p.pronamespace = 'public'::regnamespace and p.proname like 'mod\\_ecommod01\\_%')`;
  assert.deepEqual(
    functions.filter((f) => f.everybody || f.anon),
    [],
    'functions that anyone may call',
  );
  const called = functions.filter((f) => f.authenticated).map((f) => f.name.replace(/\(.*/, ''));
  const rpcs = called.filter((name) => name.startsWith('mod_ecommod01_'));
  assert.ok(rpcs.length >= 12);
  assert.deepEqual(
    called.filter((name) => name.startsWith('customers_private.')).sort(),
    [
      'customers_private.my_site_ids',
      ...rpcs.map((name) => name.replace('mod_ecommod01_', 'customers_private.')),
    ].sort(),
    'of the private schema only what policies and RPCs call',
  );
}

describe('what the host has already', () => {
  async function refusal(before: string): Promise<string> {
    let database: TestDatabase | undefined;
    try {
      database = await startDatabase({ before });
    } catch (error) {
      return (error as Error).message;
    } finally {
      await database?.close();
    }
    return 'applied';
  }

  test('a table of ours with a missing column stops the migration, which names both', async () => {
    assert.equal(
      await refusal('create table public.mod_ecommod01_customers (id uuid primary key, email text)'),
      'public.mod_ecommod01_customers exists with another shape: the column "site_id" is missing.',
    );
  });

  test('orders without a column that we read stop it', async () => {
    assert.equal(
      await refusal(
        'create table public.mod_ecommod01_orders (id uuid primary key, site_id uuid, customer_id uuid)',
      ),
      'public.mod_ecommod01_orders: the column "order_number" is missing, expected: any type.',
    );
  });

  test('orders with ids of another type stop it', async () => {
    assert.equal(
      await refusal('create table public.mod_ecommod01_orders (id bigint primary key)'),
      'public.mod_ecommod01_orders: the column "id" is bigint, expected: uuid.',
    );
  });

  test('sites, agencies and orders that fit are used as they are', async () => {
    const database = await startDatabase({
      before: `
        create type order_status as enum ('pending', 'delivered', 'cancelled');
        create table public.agencies (id uuid primary key, title text);
        create table public.sites (id uuid primary key, agency_id uuid, domain text);
        create table public.mod_ecommod01_orders (
          id uuid primary key default gen_random_uuid(), site_id uuid, customer_id uuid, order_number bigint,
          status order_status, total integer, currency char(3), created_at timestamptz default now(), note text);
        create index on public.mod_ecommod01_orders (customer_id);
        create function columns() returns text language sql as $$
          select string_agg(format('%s.%s %s', attrelid::regclass, attname, atttypid::regtype), ', ' order by attrelid, attnum)
          from pg_attribute where attnum > 0
            and attrelid in ('sites'::regclass, 'agencies'::regclass, 'mod_ecommod01_orders'::regclass) $$;
        create table columns_before as select columns();`,
    });
    const { owner } = database;
    try {
      const [same] = await owner`select columns = columns() as same from columns_before`;
      assert.ok(same!.same);
      const site = '11111111-1111-4111-8111-111111111111';
      await owner`insert into agencies values (${site}, 'One')`;
      await owner`insert into sites values (${site}, ${site}, 'shop.example')`;
      await owner`insert into mod_ecommod01_customers (site_id, id, email) values (${site}, ${site}, 'a@shop.example')`;
      await owner`insert into mod_ecommod01_orders (site_id, customer_id, order_number, status, total, currency)
        values (${site}, ${site}, 1, 'delivered', 250, 'USD'), (${site}, ${site}, 2, 'cancelled', 250, 'USD')`;
      const [customer] = await owner`select orders_count, total_spent::int from mod_ecommod01_customers`;
      assert.deepEqual({ ...customer }, { orders_count: 1, total_spent: 250 });
    } finally {
      await database.close();
    }
  });

  test('orders with fractions in their totals count as whole minor units, each by itself', async () => {
    const database = await startDatabase({
      before: `
        create table public.mod_ecommod01_orders (
          id uuid primary key default gen_random_uuid(), site_id uuid, customer_id uuid, order_number text,
          status text default 'pending', total numeric, currency text, created_at timestamptz default now())`,
    });
    const { owner } = database;
    try {
      const shop = await addShop(owner);
      const [customer] = await addCustomers(owner, shop, 1);
      const spent = async () =>
        (await owner`select total_spent::int from mod_ecommod01_customers`)[0]!.total_spent;
      for (const total of ['0.5', '0.5', '10.4'])
        await owner`insert into mod_ecommod01_orders (site_id, customer_id, total, currency)
          values (${shop.id}, ${customer!}, ${total}::numeric, 'USD')`;
      assert.equal(await spent(), 12);
      const [recount] = await owner`select customers_private.recount_site(${shop.id})::int as corrected`;
      assert.equal(recount!.corrected, 0);
      await owner`delete from mod_ecommod01_orders`;
      assert.equal(await spent(), 0);
    } finally {
      await database.close();
    }
  });

  // Those that later migrations made are not created where they exist: the migration itself stops.
  test('every table of the first migrations is compared, column by column', async () => {
    const database = await startDatabase();
    const { owner } = database;
    try {
      const check = await readFile(
        new URL('../../supabase/migrations/20261123000050_existing_tables.sql', import.meta.url),
        'utf8',
      );
      await owner.unsafe(check).simple();
      const tables = await owner<{ name: string }[]>`
        select c.relname as name from pg_class c
        where c.relkind = 'r' and c.relname like 'mod\\_ecommod01\\_%' and c.relname <> 'mod_ecommod01_orders'
          and c.relname not in
            ('mod_ecommod01_customer_group_exclusions', 'mod_ecommod01_customer_distinct_pairs',
             'mod_ecommod01_customer_operation_targets')`;
      assert.equal(tables.length, 10);
      for (const { name } of tables) {
        await owner.unsafe(`alter table ${name} rename column site_id to shop_id`);
        await assert.rejects(
          owner.unsafe(check).simple(),
          new RegExp(`${name} exists .*"site_id" is missing`),
        );
        await owner.unsafe(`alter table ${name} rename column shop_id to site_id`);
      }
    } finally {
      await database.close();
    }
  });
});
