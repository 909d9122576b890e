import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Sql } from 'postgres';
import type { CustomerSaved } from '../../src/model/detail.ts';
import type { ErasePreview } from '../../src/model/privacy.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addOrder, addShop, type Shop } from './shop.ts';

let database: TestDatabase;
let owner: Sql;
let shop: Shop;

before(async () => {
  database = await startDatabase();
  owner = database.owner;
  shop = await addShop(owner);
});
after(() => database.close());

interface Refusal {
  code: string;
  detail: string;
}

function call<T>(rpc: string, args: Record<string, unknown>, who: string = shop.admin): Promise<T> {
  const given = Object.entries({ site: shop.id, ...args });
  const places = given.map(([name], index) => `p_${name} => $${index + 1}`).join(', ');
  return as(owner, who, async (sql) => {
    const rows = await sql.unsafe(
      `select mod_ecommod01_${rpc}(${places}) as answer`,
      given.map(([, value]) => value as string),
    );
    return rows[0]!.answer as T;
  });
}

const write = <T = CustomerSaved>(rpc: string, args: Record<string, unknown>) =>
  call<T>(rpc, { operation: randomUUID(), ...args });

async function erase(id: string): Promise<Receipt> {
  const { version } = await call<ErasePreview>('preview_erase', { id });
  return write<Receipt>('erase_customer', { id, version });
}

async function importRows(rows: Record<string, unknown>[], options: object = {}): Promise<Receipt> {
  const id = randomUUID();
  await call('start_operation', { id, kind: 'import', asked: rows.length, options });
  await call('step_operation', { id, step: 0, rows, rejected: [] });
  return call<Receipt>('finish_operation', { id });
}

const reasonOf = (error: Refusal) => (JSON.parse(error.detail) as { reason: string }).reason;

/** What stands in any text or JSON of any table with a site, of ours and of the private schema. */
async function everythingKept(): Promise<string> {
  const columns = await owner<{ table: string; column: string }[]>`
    select c.oid::regclass::text as table, a.attname as column
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and c.relnamespace in ('public'::regnamespace, 'customers_private'::regnamespace)
      and format_type(a.atttypid, null) in ('text', 'text[]', 'jsonb', 'json', 'character')
      and exists (select from pg_attribute s where s.attrelid = c.oid and s.attname = 'site_id')`;
  assert.ok(columns.length > 30);
  const parts = await Promise.all(
    columns.map(async ({ table, column }) => {
      const [row] = await owner.unsafe(
        `select string_agg(${column}::text, E'\\n') as texts from ${table} where site_id = $1`,
        [shop.id],
      );
      return `${table}.${column}: ${(row!.texts as string | null) ?? ''}`;
    }),
  );
  return parts.join('\n');
}

const marks = [
  'rosalind',
  'franklin-quint',
  'quint-franklin',
  'photo51',
  '020 7946 0151',
  'kings college lane',
  'difference of a helix',
  'https://example.com/r.png',
  'doubled strands',
];

/** Somebody of whom something is kept in every place there is. */
async function addRosalind(): Promise<string> {
  const id = randomUUID();
  const fields = {
    first_name: 'Rosalind',
    last_name: 'Franklin-Quint',
    email: 'rosalind@photo51.example',
    phone: '+44 020 7946 0151',
    avatar_url: 'https://example.com/r.png',
    accepts_marketing: true,
    tags: ['friend of rosalind@photo51.example'],
    metadata: { interest: 'Difference of a helix' },
  };
  await write('create_customer', { id, fields });
  await write('update_customer', { id, version: 1, fields: { email: 'r.franklin-quint@photo51.example' } });
  await write('save_address', {
    customer: id,
    id: randomUUID(),
    fields: {
      first_name: 'Rosalind',
      last_name: 'Quint-Franklin',
      address_line_1: 'Kings College Lane',
      city: 'L',
      country: 'GB',
    },
  });
  const note = randomUUID();
  await write('add_note', { customer: id, id: note, content: 'Doubled strands' });
  await write('update_note', { customer: id, id: note, version: 1, content: 'Doubled strands, twice' });
  await write('delete_note', { customer: id, id: note, version: 2 });
  await write('add_note', { customer: id, id: randomUUID(), content: 'Doubled strands again' });
  const group = await addGroup(owner, shop, `Chemists ${id}`);
  await write('change_groups', { id, add: [group] });
  await addOrder(owner, shop, { customer: id, total: 5100 });
  await addOrder(owner, shop, { customer: id, total: 4900, currency: 'EUR' });
  // A file that is named after the person, an update by it, and what was left out of it.
  await importRows(
    [
      { row: 2, email: 'r.franklin-quint@photo51.example', first_name: 'Rosalind' },
      { row: 3, email: 'nobody', first_name: 'x' },
    ],
    { fileName: 'export of rosalind@photo51.example.csv' },
  );
  const rejected = randomUUID();
  await call('start_operation', { id: rejected, kind: 'import', asked: 1, options: {} });
  await call('step_operation', {
    id: rejected,
    step: 0,
    rows: [],
    rejected: [
      {
        row: 2,
        code: 'duplicate',
        message: '“Rosalind Franklin-Quint” is rosalind@photo51.example twice.',
        outcome: 'skipped',
      },
    ],
  });
  await call('finish_operation', { id: rejected });
  await call('prepare_pages', { filters: {}, sort: 'name' });
  await call('prepare_pages', { filters: {}, sort: 'email' });
  return id;
}

test('after erasing, nothing of the person is left in any table, and the orders and all other numbers are', async () => {
  const id = await addRosalind();
  const before = (await everythingKept()).toLowerCase();
  for (const mark of marks) assert.ok(before.includes(mark), `the test keeps no ${mark}`);

  const preview = await call<ErasePreview>('preview_erase', { id });
  assert.deepEqual(
    [preview.removed.addresses, preview.removed.notes, preview.removed.groups, preview.kept.orders],
    [1, 1, 1, 2],
  );
  assert.equal(preview.removed.receipts, 2);
  assert.ok(preview.removed.changes >= 7);
  const receipt = await write<Receipt>('erase_customer', { id, version: preview.version });
  assert.deepEqual(
    [receipt.kind, receipt.changed, receipt.undo.possible, receipt.undo.until],
    ['erase', 1, false, null],
  );
  assert.match(receipt.undo.reason ?? '', /cannot come back/);

  const left = (await everythingKept()).toLowerCase();
  for (const mark of marks) {
    assert.ok(
      !left.includes(mark),
      `${mark} is left in ${left.split('\n').find((line) => line.includes(mark))}`,
    );
  }
  const [orders] = await owner`
    select count(*)::int as orders, sum(total)::int as total from mod_ecommod01_orders where customer_id = ${id}`;
  assert.deepEqual(orders, { orders: 2, total: 10_000 });
  const [members] = await owner`
    select member_count from mod_ecommod01_customer_groups where name = ${`Chemists ${id}`}`;
  assert.equal(members!.member_count, 0);
  assert.deepEqual(await call('recount', {}), { corrected: 0 });
});

test('an erased customer is answered as erased, and by no write can it be filled again', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'gone')) as [string];
  await erase(id);
  await assert.rejects(call('get_customer', { id }), (error: Refusal) => {
    return error.code === 'PT404' && reasonOf(error) === 'erased';
  });
  const restored = await write<Receipt>('restore_customers', { ids: [id] });
  assert.deepEqual([restored.changed, restored.failures[0]!.code], [0, 'erased']);
  for (const change of [
    'deleted_at = null',
    `first_name = 'Back'`,
    `email = 'back@shop.example'`,
    `metadata = '{"a": 1}'`,
  ]) {
    await assert.rejects(
      owner.unsafe(`update mod_ecommod01_customers set ${change} where id = '${id}'`),
      { code: '23514', constraint_name: 'mod_ecommod01_customers_stays_erased' },
      change,
    );
  }
  const again = await erase(id);
  assert.deepEqual([again.changed, again.unchanged], [0, 1]);
});

test('whoever was merged into the person is erased with it', async () => {
  const [winner, loser, last] = (await addCustomers(owner, shop, 3, 'twin')) as [string, string, string];
  await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${winner} where id = ${loser}`;
  await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${loser} where id = ${last}`;
  await assert.rejects(
    call('preview_erase', { id: loser }),
    (error: Refusal) => error.code === 'PT404' && reasonOf(error) === 'merged',
  );
  assert.equal((await call<ErasePreview>('preview_erase', { id: winner })).removed.merged, 2);
  await erase(winner);
  assert.ok(!(await everythingKept()).includes('twin-'));
  const receipt = await importRows([1, 2, 3].map((n) => ({ row: n + 1, email: `twin-${n}@shop.example` })));
  assert.deepEqual(
    receipt.failures.map(({ code }) => code),
    ['erased_before', 'erased_before', 'erased_before'],
  );
});

test('a later import leaves the person out, by every e-mail there was, until somebody decides otherwise', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'left')) as [string];
  await write('update_customer', { id, version: 1, fields: { email: 'left-now@shop.example' } });
  await erase(id);
  const rows = [
    { row: 2, email: 'LEFT-1@shop.example', first_name: 'L' },
    { row: 3, email: 'left-now@shop.example', first_name: 'L' },
    { row: 4, email: 'left-2@shop.example', first_name: 'L' },
  ];
  const receipt = await importRows(rows);
  assert.deepEqual([receipt.created, receipt.skipped, receipt.failed], [1, 2, 0]);
  assert.deepEqual(
    receipt.failures.map(({ row, code, outcome }) => [row, code, outcome]),
    [
      [2, 'erased_before', 'skipped'],
      [3, 'erased_before', 'skipped'],
    ],
  );

  const created = { id: randomUUID(), fields: { first_name: 'L', email: 'left-1@shop.example' } };
  await assert.rejects(write('create_customer', created), (error: Refusal) => {
    return error.code === 'PT409' && reasonOf(error) === 'erased';
  });
  await write('create_customer', { ...created, anew: true });
  assert.deepEqual(
    (await importRows(rows)).failures.map(({ row }) => row),
    [3],
  );
});

test('editing somebody into an erased person asks as well', async () => {
  const [gone, other] = (await addCustomers(owner, shop, 2, 'edited')) as [string, string];
  await erase(gone);
  const edit = { id: other, version: 1, fields: { email: 'edited-1@shop.example' } };
  await assert.rejects(write('update_customer', edit), (error: Refusal) => {
    return error.code === 'PT409' && reasonOf(error) === 'erased';
  });
  assert.equal(
    (await write('update_customer', { ...edit, anew: true })).customer.email,
    'edited-1@shop.example',
  );
});

test('who orders again is a new customer, without being asked', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'orders')) as [string];
  await erase(id);
  const email = 'orders-1@shop.example';
  const found = await call<{ id: string; created: boolean }>('find_or_create_customer', { email });
  assert.deepEqual([found.created, found.id === id], [true, false]);
  assert.equal((await importRows([{ row: 2, email, first_name: 'O' }])).changed, 1);
});

test('an e-mail that somebody else has by now is not taken for the erased person’s', async () => {
  const [gone, holder] = (await addCustomers(owner, shop, 2, 'typo')) as [string, string];
  await write('update_customer', { id: gone, version: 1, fields: { email: 'typo-right@shop.example' } });
  await write('update_customer', { id: holder, version: 1, fields: { email: 'typo-1@shop.example' } });
  await erase(gone);
  await write<Receipt>('delete_customers', { ids: [holder] });
  const receipt = await importRows([{ row: 2, email: 'typo-1@shop.example' }]);
  assert.equal(receipt.failures[0]!.code, 'deleted_before');
});

test('the hashes tell nothing without the site’s key, and differ from site to site', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'hashed')) as [string];
  await erase(id);
  const other = await addShop(owner);
  const [twin] = (await addCustomers(owner, other, 1, 'hashed')) as [string];
  await as(owner, other.admin, (sql) => {
    return sql`select mod_ecommod01_erase_customer(${other.id}, ${randomUUID()}, ${twin}, 1)`;
  });
  const [plain] = await owner`
    select count(*)::int as found from customers_private.erased_emails
    where hash in (sha256('hashed-1@shop.example'), decode(md5('hashed-1@shop.example'), 'hex'))`;
  assert.equal(plain!.found, 0);
  const [same] = await owner`
    select count(*)::int as found from customers_private.erased_emails a
    join customers_private.erased_emails b on b.hash = a.hash and b.site_id <> a.site_id`;
  assert.equal(same!.found, 0);
});

test('a save from before the erasure, and the same request sent again, bring nothing back', async () => {
  const id = randomUUID();
  const created = {
    operation: randomUUID(),
    id,
    fields: { first_name: 'Retry', email: 'retry@shop.example' },
  };
  await call('create_customer', created);
  await erase(id);
  await assert.rejects(call('create_customer', created), { code: 'PT409' });
  await assert.rejects(write('update_customer', { id, version: 1, fields: { first_name: 'Retry' } }), {
    code: 'PT404',
  });
  await assert.rejects(write('add_note', { customer: id, id: randomUUID(), content: 'Retry' }), {
    code: 'PT404',
  });
});

test('two admins who erase, and an editor who writes a note meanwhile, leave nobody’s note behind', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'raced')) as [string];
  const { version } = await call<ErasePreview>('preview_erase', { id });
  const outcomes = await Promise.allSettled([
    ...[1, 2, 3].map(() =>
      write('add_note', { customer: id, id: randomUUID(), content: 'Written while it went' }),
    ),
    ...[1, 2].map(() => write<Receipt>('erase_customer', { id, version })),
  ]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.match((outcome.reason as Refusal).code, /^PT40[49]$/);
  }
  const [notes] =
    await owner`select count(*)::int as left from mod_ecommod01_customer_notes where customer_id = ${id}`;
  assert.equal(notes!.left, 0);
  assert.ok(!(await everythingKept()).includes('Written while it went'));
});
