import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Sql } from 'postgres';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addOrder, addShop, type Shop } from './shop.ts';

/*
 * Tables and RPCs come from the catalog. A new table must be filled in `fill`, a new RPC called in `calls`, or the
 * test fails: so neither can be forgotten.
 */

let database: TestDatabase;
let owner: Sql;
let shop: Shop;
let foreign: Shop;
/** The role `authenticated` with a token of somebody who is a member of nothing. */
const nobody = randomUUID();
const operation = randomUUID();
const finished = randomUUID();
const exporting = randomUUID();
const tagged = randomUUID();
let group: string;
/** Has a rule. */
let ruled: string;
let customer: string;
let twin: string;

before(async () => {
  database = await startDatabase();
  owner = database.owner;
  shop = await addShop(owner);
  foreign = await addShop(owner);
  await fill(shop);
  await addCustomers(owner, foreign, 1, 'stranger');
});
after(() => database.close());

async function fill(site: Shop): Promise<void> {
  [customer] = (await addCustomers(owner, site, 3)) as [string];
  let other: string;
  [twin, other] = (await addCustomers(owner, site, 2, 'twin')) as [string, string];
  group = await addGroup(owner, site, 'Regulars');
  await addOrder(owner, site, { customer });
  await owner`update mod_ecommod01_customers set tags = '{vip}' where site_id = ${site.id}`;
  await owner`insert into mod_ecommod01_customer_settings (site_id) values (${site.id})`;
  await owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id) values (${site.id}, ${customer}, ${group})`;
  ruled = await addGroup(owner, site, 'Buyers');
  await owner`update mod_ecommod01_customer_groups set rule = '{"hasOrders": true}' where site_id = ${site.id} and id = ${ruled}`;
  await owner`insert into mod_ecommod01_customer_group_exclusions (site_id, customer_id, group_id) values (${site.id}, ${customer}, ${ruled})`;
  await owner`insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name)
    values (${site.id}, ${customer}, 'Called', ${site.editor}, 'The editor')`;
  await owner`
    insert into mod_ecommod01_customer_addresses (site_id, customer_id, label, first_name, last_name, address_line_1, city, country)
    values (${site.id}, ${customer}, 'Home', 'A', 'B', '1 Street', 'Town', 'DE')`;
  for (const id of [operation, finished]) {
    await as(owner, site.editor, async (sql) => {
      await sql`select mod_ecommod01_start_operation(${site.id}, ${id}, 'import', 1, '{}')`;
      await sql`select mod_ecommod01_step_operation(${site.id}, ${id}, 0,
        '[{"row": 2, "email": "person-1@shop.example", "first_name": "Renamed"}]')`;
    });
  }
  await as(owner, site.editor, async (sql) => {
    await sql`select mod_ecommod01_dismiss_duplicate(${site.id}, ${randomUUID()}, ${customer}, ${other})`;
    await sql`select mod_ecommod01_finish_operation(${site.id}, ${finished})`;
    await sql`select mod_ecommod01_start_operation(${site.id}, ${exporting}, 'export',
      p_options => '{"fields": ["email"]}', p_customers => '{"filters": {}}')`;
    await sql`select mod_ecommod01_change_tags(${site.id}, ${tagged}, ${customer}, '{loyal}')`;
  });
}

interface Call {
  /** Arguments after p_site, in SQL. */
  arguments: () => string;
  /** The least role that may call it. */
  role: 'viewer' | 'editor' | 'admin';
}

const write = () => `p_operation => '${randomUUID()}'`;
/** As the caller may read it: of the customer of this test. */
const versionOf = (table: string, column = 'id') =>
  `(select version from public.mod_ecommod01_${table} where ${column} = '${customer}' order by id limit 1)`;
const ofCustomer = (parts: 'addresses' | 'notes') =>
  `${write()}, p_customer => '${customer}', p_id =>
    (select id from public.mod_ecommod01_customer_${parts} where customer_id = '${customer}' order by id limit 1)`;

const calls: Record<string, Call> = {
  get_access: { role: 'viewer', arguments: () => '' },
  list_customers: { role: 'viewer', arguments: () => '' },
  count_customers: { role: 'viewer', arguments: () => '' },
  prepare_pages: { role: 'viewer', arguments: () => `p_filters => '{}', p_sort => 'name'` },
  get_stats: { role: 'viewer', arguments: () => '' },
  list_groups: { role: 'viewer', arguments: () => '' },
  get_group: { role: 'viewer', arguments: () => `p_id => '${group}'` },
  list_group_pins: { role: 'viewer', arguments: () => `p_group => '${ruled}', p_kind => 'kept_out'` },
  list_rule_groups_of: { role: 'viewer', arguments: () => `p_ids => '{${customer}}'` },
  count_rule_groups: { role: 'viewer', arguments: () => '' },
  preview_group_rule: {
    role: 'viewer',
    arguments: () => `p_group => '${ruled}', p_rule => '{"minOrders": 1}'`,
  },
  save_group: {
    role: 'editor',
    arguments: () => `${write()}, p_id => '${randomUUID()}', p_fields => '{"name": "New ${Date.now()}"}'`,
  },
  change_group_members: {
    role: 'editor',
    arguments: () => `${write()}, p_group => '${ruled}', p_add => '{${customer}}'`,
  },
  delete_group: { role: 'editor', arguments: () => `${write()}, p_id => '${group}', p_version => 1` },
  list_tags: { role: 'viewer', arguments: () => '' },
  get_customer: { role: 'viewer', arguments: () => `p_id => '${customer}'` },
  list_orders: { role: 'viewer', arguments: () => `p_customer => '${customer}'` },
  list_notes: { role: 'viewer', arguments: () => `p_customer => '${customer}'` },
  list_timeline: { role: 'viewer', arguments: () => `p_customer => '${customer}'` },
  get_operation: { role: 'viewer', arguments: () => `p_id => '${finished}'` },
  start_operation: {
    role: 'editor',
    arguments: () => `p_id => '${randomUUID()}', p_kind => 'import', p_asked => 1, p_options => '{}'`,
  },
  step_operation: {
    role: 'editor',
    arguments: () =>
      `p_id => '${operation}', p_step => 1, p_rows => '[{"row": 3, "email": "new@shop.example"}]', p_rejected => '[]'`,
  },
  finish_operation: { role: 'editor', arguments: () => `p_id => '${operation}', p_cancelled => true` },
  list_operations: { role: 'viewer', arguments: () => '' },
  list_operation_failures: { role: 'viewer', arguments: () => `p_id => '${finished}'` },
  dry_run_import: {
    role: 'editor',
    arguments: () => `p_options => '{}', p_rows => '[{"row": 2, "email": "new@shop.example"}]'`,
  },
  export_chunk: { role: 'editor', arguments: () => `p_id => '${exporting}', p_step => 0` },
  create_customer: {
    role: 'editor',
    arguments: () =>
      `${write()}, p_id => '${randomUUID()}', p_fields => '{"first_name": "A", "email": "a${Date.now()}@shop.example"}'`,
  },
  update_customer: {
    role: 'editor',
    arguments: () =>
      `${write()}, p_id => '${customer}', p_fields => '{"last_name": "Changed"}', p_version => ${versionOf('customers')}`,
  },
  promote_guest: { role: 'editor', arguments: () => `${write()}, p_id => '${customer}'` },
  change_tags: { role: 'editor', arguments: () => `${write()}, p_id => '${customer}', p_add => '{new}'` },
  change_groups: {
    role: 'editor',
    arguments: () => `${write()}, p_id => '${customer}', p_add => '{${group}}'`,
  },
  delete_customers: { role: 'admin', arguments: () => `${write()}, p_ids => '{${customer}}'` },
  restore_customers: { role: 'admin', arguments: () => `${write()}, p_ids => '{${customer}}'` },
  find_or_create_customer: { role: 'editor', arguments: () => `p_email => 'order@shop.example'` },
  save_address: {
    role: 'editor',
    arguments: () =>
      `${ofCustomer('addresses')}, p_version => ${versionOf('customer_addresses', 'customer_id')}, p_fields => '{"city": "Elsewhere"}'`,
  },
  delete_address: {
    role: 'editor',
    arguments: () =>
      `${ofCustomer('addresses')}, p_version => ${versionOf('customer_addresses', 'customer_id')}`,
  },
  add_note: {
    role: 'editor',
    arguments: () =>
      `${write()}, p_customer => '${customer}', p_id => '${randomUUID()}', p_content => 'Called again'`,
  },
  update_note: {
    role: 'editor',
    arguments: () =>
      `${ofCustomer('notes')}, p_version => ${versionOf('customer_notes', 'customer_id')}, p_content => 'Called twice'`,
  },
  pin_note: { role: 'editor', arguments: () => `${ofCustomer('notes')}, p_pinned => true` },
  delete_note: {
    role: 'editor',
    arguments: () => `${ofCustomer('notes')}, p_version => ${versionOf('customer_notes', 'customer_id')}`,
  },
  restore_note: { role: 'editor', arguments: () => ofCustomer('notes') },
  suggest_duplicates: { role: 'viewer', arguments: () => `p_customer => '${customer}'` },
  dismiss_duplicate: {
    role: 'editor',
    arguments: () => `${write()}, p_customer => '${customer}', p_other => '${twin}'`,
  },
  preview_merge: { role: 'viewer', arguments: () => `p_keep => '${customer}', p_gone => '${twin}'` },
  merge_customers: {
    role: 'admin',
    arguments: () =>
      `${write()}, p_keep => '${customer}', p_keep_version => ${versionOf('customers')}, p_gone => '${twin}', p_gone_version => (select version from public.mod_ecommod01_customers where id = '${twin}')`,
  },
  undo_operation: { role: 'editor', arguments: () => `${write()}, p_id => '${tagged}'` },
  report_email: {
    role: 'editor',
    arguments: () => `${write()}, p_customer => '${customer}', p_subject => 'Your order'`,
  },
  recount: { role: 'admin', arguments: () => '' },
  preview_erase: { role: 'admin', arguments: () => `p_id => '${customer}'` },
  export_person: { role: 'admin', arguments: () => `p_id => '${customer}'` },
  erase_customer: {
    role: 'admin',
    arguments: () => `${write()}, p_id => '${customer}', p_version => ${versionOf('customers')}`,
  },
  list_deleted_customers: { role: 'admin', arguments: () => '' },
  purge_customers: { role: 'admin', arguments: write },
};

async function rpcNames(): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select substr(proname, length('mod_ecommod01_') + 1) as name from pg_proc
    where pronamespace = 'public'::regnamespace and proname like 'mod\\_ecommod01\\_%' order by 1`;
  return rows.map((row) => row.name);
}

async function tableNames(): Promise<string[]> {
  const rows = await owner<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm')
      and (relname like 'mod\\_ecommod01\\_%' or relname in ('sites', 'agencies')) order by 1`;
  return rows.map((row) => row.name);
}

/** Every row of every table with tenants in it, but for the keys prepared for far pages, which say nothing new. */
async function fingerprint(): Promise<string> {
  const tables = await owner<{ name: string }[]>`
    select c.oid::regclass::text as name from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'customers_private'::regnamespace)
      and c.relname not like 'prepared\\_%' order by 1`;
  const parts = await Promise.all(
    tables.map(async ({ name }) => {
      const [row] = await owner.unsafe(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as content from ${name} t`,
      );
      return `${name} ${row!.content as string}`;
    }),
  );
  return parts.join('\n');
}

interface Outcome {
  code?: string | undefined;
  message?: string;
  answer?: unknown;
}

/** What a call answers or raises; whatever it changed is kept. */
async function call(user: string, name: string, site: string): Promise<Outcome> {
  const given = calls[name]!.arguments();
  const text = `select public.mod_ecommod01_${name}(p_site => '${site}'${given && `, ${given}`}) as answer`;
  try {
    const answer = await as(owner, user, async (sql) => (await sql.unsafe(text))[0]!.answer as unknown);
    return { answer };
  } catch (error) {
    return { code: (error as { code?: string }).code, message: (error as Error).message };
  }
}

async function attempt(user: string, statement: string): Promise<Outcome> {
  try {
    const rows = await as(owner, user, (sql) => sql.unsafe(statement));
    return { answer: rows.length };
  } catch (error) {
    return { code: (error as { code?: string }).code, message: (error as Error).message };
  }
}

test('every RPC that exists is tried here', async () => {
  assert.deepEqual(await rpcNames(), Object.keys(calls).sort());
});

test('every table has rows to protect', async () => {
  for (const name of await tableNames()) {
    const [row] = await owner.unsafe(`select count(*)::int as rows from ${name}`);
    assert.ok((row!.rows as number) > 0, `${name} is empty: fill it`);
  }
});

describe('tables', () => {
  test('show members the rows of their site alone, and nobody else any row', async () => {
    for (const name of await tableNames()) {
      const readable = name.startsWith('mod_ecommod01_') && name !== 'mod_ecommod01_orders';
      for (const member of [shop.viewer, shop.admin]) {
        const all = await attempt(member, `select * from public.${name}`);
        if (!readable) {
          assert.equal(all.code, '42501', name);
          continue;
        }
        const own = await owner.unsafe(`select * from ${name} where site_id = '${shop.id}'`);
        assert.equal(all.answer, own.length, name);
      }
      const outsider = await attempt(
        foreign.admin,
        `select * from public.${name} where ${readable ? `site_id = '${shop.id}'` : 'true'}`,
      );
      assert.deepEqual(outsider.code ?? outsider.answer, readable ? 0 : '42501', name);
      const stranger = await attempt(nobody, `select * from public.${name}`);
      assert.deepEqual(stranger.code ?? stranger.answer, readable ? 0 : '42501', name);
      assert.equal((await attempt('anon', `select * from public.${name}`)).code, '42501', name);
    }
  });

  test('are changed by no one directly, admins included', async () => {
    const before = await fingerprint();
    for (const name of await tableNames()) {
      const [column] = await owner<[{ name: string }]>`
        select attname as name from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and attgenerated = '' order by attnum limit 1`;
      const statements = [
        `insert into public.${name} default values`,
        `update public.${name} set ${column.name} = ${column.name} where true`,
        `delete from public.${name} where true`,
        `truncate public.${name} cascade`,
      ];
      for (const user of ['anon', nobody, foreign.admin, shop.viewer, shop.admin]) {
        for (const statement of statements) {
          assert.equal((await attempt(user, statement)).code, '42501', `${statement} as ${user}`);
        }
      }
    }
    assert.equal(await fingerprint(), before);
  });

  test('keep a child from hanging on another site’s row', async () => {
    await assert.rejects(
      owner`insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name)
        values (${foreign.id}, ${customer}, 'Called', ${nobody}, 'Nobody')`,
      { code: '23503' },
    );
    await assert.rejects(
      owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
        select ${foreign.id}, id, ${group} from mod_ecommod01_customers where site_id = ${foreign.id}`,
      { code: '23503' },
    );
  });
});

describe('the private schema', () => {
  test('is closed to API roles, its tables and all functions but those that RPCs call', async () => {
    const tables = await owner<{ name: string }[]>`
      select relname as name from pg_class where relnamespace = 'customers_private'::regnamespace and relkind = 'r'`;
    assert.ok(tables.length > 0);
    for (const { name } of tables) {
      for (const user of ['anon', shop.admin]) {
        assert.equal((await attempt(user, `select * from customers_private.${name}`)).code, '42501', name);
      }
    }
    const recount = `select customers_private.recount_site('${shop.id}')`;
    assert.equal((await attempt(shop.admin, recount)).code, '42501');
  });
});

describe('RPCs', () => {
  test('refuse outsiders and anon, and tell a foreign site from one that does not exist to nobody', async () => {
    const before = await fingerprint();
    for (const name of await rpcNames()) {
      assert.equal((await call('anon', name, shop.id)).code, '42501', name);
      const refused = await call(foreign.admin, name, shop.id);
      assert.equal(refused.code, 'PT403', name);
      assert.deepEqual(await call(nobody, name, shop.id), refused, name);
      assert.deepEqual(await call(foreign.admin, name, randomUUID()), refused, name);
    }
    assert.equal(await fingerprint(), before);
  });

  test('let viewers read, and refuse them whatever writes', async () => {
    const before = await fingerprint();
    for (const name of await rpcNames()) {
      const outcome = await call(shop.viewer, name, shop.id);
      assert.equal(
        outcome.code,
        calls[name]!.role === 'viewer' ? undefined : 'PT403',
        `${name}: ${outcome.message}`,
      );
    }
    assert.equal(await fingerprint(), before);
  });

  test('refuse a null site', async () => {
    for (const name of await rpcNames()) {
      const given = calls[name]!.arguments();
      const text = `select public.mod_ecommod01_${name}(p_site => null${given && `, ${given}`})`;
      assert.equal((await attempt(shop.admin, text)).code, 'PT403', name);
    }
  });

  test('give nothing of another site to whoever knows its ids', async () => {
    const admin = foreign.admin;
    const list = await attemptJson(
      admin,
      `mod_ecommod01_list_customers('${foreign.id}', '{"group": ["${group}"]}')`,
    );
    assert.deepEqual(list.rows, []);
    const groups = await attemptJson(
      admin,
      `mod_ecommod01_list_groups('${foreign.id}', p_ids => '{${group}}')`,
    );
    assert.deepEqual(groups.rows, []);
    const tags = await attemptJson(admin, `mod_ecommod01_list_tags('${foreign.id}', p_ids => '{vip}')`);
    assert.deepEqual(tags.rows, []);
    const reading = [
      'get_customer',
      'list_orders',
      'list_notes',
      'list_timeline',
      'preview_erase',
      'export_person',
    ];
    for (const rpc of [...reading, 'suggest_duplicates']) {
      const outcome = await attempt(admin, `select mod_ecommod01_${rpc}('${foreign.id}', '${customer}')`);
      assert.equal(outcome.code, 'PT404', rpc);
    }
    for (const rpc of ['get_operation', 'finish_operation']) {
      const outcome = await attempt(admin, `select mod_ecommod01_${rpc}('${foreign.id}', '${operation}')`);
      assert.equal(outcome.code, 'PT404', rpc);
    }
    const step = await attempt(
      admin,
      `select mod_ecommod01_step_operation('${foreign.id}', '${operation}', 1, '[]')`,
    );
    assert.equal(step.code, 'PT404');
  });

  test('do their work for the least role that may call them', async () => {
    // What later calls need goes last, and the customer last of all.
    const isEnd = (name: string) =>
      Number(/^(finish|delete|erase|merge)_/.test(name)) +
      Number(name === 'delete_customers') +
      2 * Number(name === 'erase_customer');
    for (const name of (await rpcNames()).sort((a, b) => isEnd(a) - isEnd(b))) {
      const { role } = calls[name]!;
      const outcome = await call(shop[role], name, shop.id);
      assert.equal(outcome.message, undefined, name);
      if (role !== 'viewer') {
        const below = role === 'editor' ? shop.viewer : shop.editor;
        assert.equal((await call(below, name, shop.id)).code, 'PT403', name);
      }
    }
  });
});

async function attemptJson(user: string, expression: string): Promise<{ rows: unknown[] }> {
  return as(
    owner,
    user,
    async (sql) => (await sql.unsafe(`select ${expression} as answer`))[0]!.answer as { rows: unknown[] },
  );
}
