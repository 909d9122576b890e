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

interface Entry {
  kind: string;
  id: string;
  at: string;
  author?: string;
  of?: { id: string } | null;
  origin: { kind: string; by: string; fileName: string | null } | null;
  after?: Record<string, unknown>;
}

async function timelineOf(customer: string, kinds: string[] | null = null, limit = 100): Promise<Entry[]> {
  const [row] = await as(
    owner,
    shop.viewer,
    (sql) =>
      sql<[{ answer: { rows: Entry[] } }]>`
        select mod_ecommod01_list_timeline(${shop.id}, ${customer}, ${kinds}, ${limit}) as answer`,
  );
  return row.answer.rows;
}

const write = (sql: Sql | Parameters<Parameters<typeof as>[2]>[0], name: string, rest: string) =>
  sql.unsafe(
    `select mod_ecommod01_${name}('${shop.id}', p_operation => '${randomUUID()}', ${rest}) as receipt`,
  );

/** As the host's server, with the service key. */
async function reportForHost(
  customer: string,
  operation: string = randomUUID(),
  site = shop.id,
): Promise<unknown> {
  const [row] = (await owner.begin(async (sql) => {
    await sql`set local role service_role`;
    return sql`select mod_ecommod01_report_email(${site}, ${operation}, ${customer}, 'Your order') as receipt`;
  })) as [{ receipt: unknown }];
  return row.receipt;
}

test('what the host wrote by its own SQL stands in it without an author, but notes with theirs', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'host')) as [string];
  await owner`
    insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name, created_at)
    values (${shop.id}, ${id}, 'By hand', ${randomUUID()}, 'Somebody', now() + interval '1 second')`;
  const entries = await timelineOf(id);
  assert.deepEqual(
    entries.map(({ kind, author, origin }) => [kind, author ?? null, origin]),
    [
      ['note', 'Somebody', null],
      ['created', null, null],
    ],
  );
});

test('an import is named by its file', async () => {
  const operation = randomUUID();
  await as(owner, shop.editor, async (sql) => {
    await sql`select mod_ecommod01_start_operation(${shop.id}, ${operation}, 'import', 1, '{"fileName": "kunden.csv"}')`;
    await sql`select mod_ecommod01_step_operation(${shop.id}, ${operation}, 0,
      '[{"row": 2, "email": "filed@shop.example", "first_name": "Filed"}]')`;
    await sql`select mod_ecommod01_finish_operation(${shop.id}, ${operation})`;
  });
  const [customer] = await owner<[{ id: string }]>`
    select id from mod_ecommod01_customers where created_by_operation = ${operation}`;
  const [created] = await timelineOf(customer.id);
  assert.deepEqual(
    [created!.kind, created!.origin?.kind, created!.origin?.fileName, created!.origin?.by],
    ['created', 'import', 'kunden.csv', 'The editor'],
  );
});

test('of a merged customer everything is told by the one that remains, and that it was another', async () => {
  const [older, gone, remaining] = (await addCustomers(owner, shop, 3, 'merging')) as [
    string,
    string,
    string,
  ];
  await as(owner, shop.editor, async (sql) => {
    await write(sql, 'add_note', `p_customer => '${gone}', p_id => '${randomUUID()}', p_content => 'Moved'`);
    await write(sql, 'change_tags', `p_id => '${gone}', p_add => '{moved}'`);
  });
  await addOrder(owner, shop, { customer: gone, createdAt: '2026-01-01T00:00:00Z' });
  await owner`
    update mod_ecommod01_customer_changes set customer_id = ${remaining} where customer_id = ${gone} and subject = 'note'`;
  for (const table of ['customer_notes', 'orders']) {
    await owner.unsafe(`update mod_ecommod01_${table} set customer_id = $1 where customer_id = $2`, [
      remaining,
      gone,
    ]);
  }
  for (const [from, into] of [
    [older, gone],
    [gone, remaining],
  ] as const) {
    await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${into} where id = ${from}`;
  }
  const told = (await timelineOf(remaining)).map(({ kind, of }) => `${kind} ${of?.id ?? 'itself'}`);
  assert.deepEqual(
    told.sort(),
    [
      `created ${older}`,
      `created ${gone}`,
      'created itself',
      `customer ${gone}`,
      'note itself',
      'order itself',
    ].sort(),
  );
});

test('what a later version keeps is told by its own word', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'later')) as [string];
  const operation = randomUUID();
  await owner`
    insert into mod_ecommod01_customer_operations (site_id, id, kind, asked, request_hash, started_by_name)
    values (${shop.id}, ${operation}, 'loyalty', 1, '', 'Points')`;
  await owner`
    insert into mod_ecommod01_customer_changes (site_id, operation_id, customer_id, subject, subject_id, before, after)
    values (${shop.id}, ${operation}, ${id}, 'loyalty', ${randomUUID()}, '{}', '{"points": 5}')`;
  const entries = await timelineOf(id, ['changes']);
  assert.deepEqual(
    entries.map(({ kind }) => kind),
    ['loyalty', 'created'],
  );
});

test('a page reads a page of each source, however many orders, notes and changes there are', async () => {
  const [many, few] = (await addCustomers(owner, shop, 2, 'reader')) as [string, string];
  await addOrder(owner, shop, { customer: few });
  const operation = randomUUID();
  await owner`
    insert into mod_ecommod01_customer_operations (site_id, id, kind, asked, request_hash, started_by_name)
    values (${shop.id}, ${operation}, 'import', 1, '', 'Importer')`;
  await owner`
    insert into mod_ecommod01_orders (site_id, customer_id, order_number, total, currency, created_at)
    select ${shop.id}, ${many}, 'reader-' || n, n, 'USD', timestamptz '2026-01-01' + n * interval '1 minute'
    from generate_series(1, 2000) n`;
  await owner`
    insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name, created_at, pinned)
    select ${shop.id}, ${many}, n::text, ${randomUUID()}, 'A', timestamptz '2026-01-01' + n * interval '1 minute', n % 3 = 0
    from generate_series(1, 2000) n`;
  for (const [subject, count] of [
    ['customer', 2000],
    ['note', 2000],
    ['group', 3],
  ] as const) {
    await owner`
      insert into mod_ecommod01_customer_changes
        (site_id, operation_id, customer_id, subject, subject_id, before, after, changed_at)
      select ${shop.id}, ${operation}, ${many}, ${subject}, ${subject === 'customer' ? null : randomUUID()}::uuid,
        '{}', '{"name": "x"}', timestamptz '2026-01-01' + n * interval '1 minute'
      from generate_series(1, ${count}::int) n`;
  }
  await owner`analyze`;
  const tables = ['orders', 'customer_notes', 'customer_changes'].map((table) => `mod_ecommod01_${table}`);
  // Rows that the indexes hand out, counted by Postgres itself.
  const readFor = (customer: string, kinds: string) =>
    owner.begin(async (sql) => {
      const counted = async () =>
        Number(
          (
            await sql`
              select sum(idx_tup_fetch + seq_tup_read) as rows from pg_stat_xact_user_tables
              where relname = any (${tables})`
          )[0]!.rows,
        );
      const before = await counted();
      await sql.unsafe(
        `select customers_private.timeline_page('${shop.id}', '${customer}', '${kinds}', 20, null)`,
      );
      return (await counted()) - before;
    });
  const all = '{changes,notes,groups,orders,emails}';
  const rowsForFew = await readFor(few, all);
  assert.ok(rowsForFew <= 5, `${rowsForFew} rows were read for a page of two`);
  for (const [kinds, limit] of [
    [all, 220],
    ['{groups}', 30],
    ['{orders}', 70],
    ['{emails}', 15],
  ] as const) {
    const rows = await readFor(many, kinds);
    assert.ok(rows <= limit, `${rows} rows were read for a page of ${kinds}`);
  }
});

test('the host’s server reports mails with the service key, each once', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'mailed')) as [string];
  const operation = randomUUID();
  assert.deepEqual(await reportForHost(id, operation), await reportForHost(id, operation));
  const mails = await timelineOf(id, ['emails']);
  assert.deepEqual(
    mails.map(({ origin, after: says }) => [origin?.by, says]),
    [['Shop', { subject: 'Your order' }]],
  );
  await assert.rejects(reportForHost(id, randomUUID(), randomUUID()), { code: 'PT404' });
  await assert.rejects(reportForHost(randomUUID()), { code: 'PT404' });
});

test('a mail to a merged customer is told of the one that remains, to a deleted one of nobody', async () => {
  const [merged, remaining, deleted] = (await addCustomers(owner, shop, 3, 'mail')) as [
    string,
    string,
    string,
  ];
  await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${remaining} where id = ${merged}`;
  await owner`update mod_ecommod01_customers set deleted_at = now() where id = ${deleted}`;
  await reportForHost(merged);
  assert.equal((await timelineOf(remaining, ['emails'])).length, 1);
  await assert.rejects(reportForHost(deleted), { code: 'PT404' });
});
