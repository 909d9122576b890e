import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Sql } from 'postgres';
import type { DeletedCustomerList, PersonPart } from '../../src/model/privacy.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addOrder, addShop, type Shop } from './shop.ts';

let database: TestDatabase;
let owner: Sql;

before(async () => {
  database = await startDatabase();
  owner = database.owner;
});
after(() => database.close());

const expired = `now() - interval '30 days 1 minute'`;

async function call<T>(shop: Shop, rpc: string, args: Record<string, unknown>): Promise<T> {
  const given = Object.entries({ site: shop.id, ...args });
  const places = given.map(([name], index) => `p_${name} => $${index + 1}`).join(', ');
  return as(owner, shop.admin, async (sql) => {
    const rows = await sql.unsafe(
      `select mod_ecommod01_${rpc}(${places}) as answer`,
      given.map(([, value]) => value as string),
    );
    return rows[0]!.answer as T;
  });
}

/** A whole purge, and how many steps it took. */
async function purge(shop: Shop, operation: string = randomUUID()): Promise<Receipt & { steps: number }> {
  for (let step = 0; ; step++) {
    const receipt = await call<Receipt>(shop, 'purge_customers', { operation, step });
    if (receipt.status === 'finished') return { ...receipt, steps: step + 1 };
    assert.ok(step < 50, 'a purge that never ends');
  }
}

const hide = (ids: string[], when = expired) =>
  owner.unsafe(`update mod_ecommod01_customers set deleted_at = ${when} where id = any ($1)`, [ids]);

async function left(shop: Shop): Promise<string[]> {
  const rows = await owner<{ email: string }[]>`
    select email from mod_ecommod01_customers where site_id = ${shop.id} order by created_at, email`;
  return rows.map(({ email }) => email.split('@')[0]!);
}

test('a purge removes in steps who was deleted more than 30 days ago, with all that hangs on them, and no order', async () => {
  const shop = await addShop(owner);
  const old = await addCustomers(owner, shop, 1200, 'old');
  const [recent, here] = (await addCustomers(owner, shop, 2, 'other')) as [string, string];
  const group = await addGroup(owner, shop, 'Regulars');
  await owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
    select ${shop.id}, unnest(${[...old, here]}::uuid[]), ${group}`;
  const order = await addOrder(owner, shop, { customer: old[0]!, total: 5000, currency: 'EUR' });
  await addOrder(owner, shop, { customer: here, total: 700 });
  await hide(old);
  await hide([recent], `now() - interval '29 days'`);

  const before = await call<DeletedCustomerList>(shop, 'list_deleted_customers', { limit: 1 });
  assert.equal(before.purgeable, 1200);
  const receipt = await purge(shop);
  assert.deepEqual([receipt.asked, receipt.changed, receipt.failed, receipt.steps], [1200, 1200, 0, 4]);
  assert.deepEqual(await left(shop), ['other-1', 'other-2']);
  const [kept] = await owner`select customer_id, total::int from mod_ecommod01_orders where id = ${order}`;
  assert.deepEqual(kept, { customer_id: null, total: 5000 });
  const [members] = await owner`select member_count from mod_ecommod01_customer_groups where id = ${group}`;
  assert.equal(members!.member_count, 1);
  assert.deepEqual(await call(shop, 'recount', {}), { corrected: 0 });
  assert.equal((await call<DeletedCustomerList>(shop, 'list_deleted_customers', {})).rows.length, 1);
});

test('the same step sent again removes nothing more, and tells the same', async () => {
  const shop = await addShop(owner);
  await hide(await addCustomers(owner, shop, 3, 'old'));
  const operation = randomUUID();
  const first = await call<Receipt>(shop, 'purge_customers', { operation, step: 0 });
  await hide(await addCustomers(owner, shop, 2, 'more'));
  assert.deepEqual(await call(shop, 'purge_customers', { operation, step: 0 }), first);
  assert.equal((await left(shop)).length, 2);
  assert.equal((await purge(shop, operation)).changed, 5);
});

test('two purges at once remove everybody once', async () => {
  const shop = await addShop(owner);
  await hide(await addCustomers(owner, shop, 900, 'old'));
  const receipts = await Promise.all([purge(shop), purge(shop), purge(shop)]);
  assert.equal(
    receipts.reduce((sum, { changed }) => sum + changed, 0),
    900,
  );
  assert.deepEqual(await left(shop), []);
  assert.deepEqual(await call(shop, 'recount', {}), { corrected: 0 });
});

test('who was merged into somebody stays as long as that one is there', async () => {
  const shop = await addShop(owner);
  const [winner, merged, gone, mergedIntoGone] = (await addCustomers(owner, shop, 4, 'p')) as [
    string,
    string,
    string,
    string,
  ];
  await hide([merged, gone, mergedIntoGone]);
  await owner`update mod_ecommod01_customers set merged_into = ${winner} where id = ${merged}`;
  await owner`update mod_ecommod01_customers set merged_into = ${gone} where id = ${mergedIntoGone}`;
  assert.equal((await purge(shop)).changed, 2);
  assert.deepEqual(await left(shop), ['p-1', 'p-2']);
});

test('who was erased goes with the purge too', async () => {
  const shop = await addShop(owner);
  const [id] = (await addCustomers(owner, shop, 1, 'erased')) as [string];
  await call(shop, 'erase_customer', { operation: randomUUID(), id, version: 1 });
  assert.equal((await purge(shop)).changed, 0);
  await hide([id]);
  assert.equal((await purge(shop)).changed, 1);
  assert.deepEqual(await left(shop), []);
});

test('what was in notes and addresses deleted more than 30 days ago goes; that they were there stays', async () => {
  const shop = await addShop(owner);
  const [id] = (await addCustomers(owner, shop, 1, 'noted')) as [string];
  const [old, recent, back] = [randomUUID(), randomUUID(), randomUUID()];
  for (const note of [old, recent, back]) {
    const part = { customer: id, id: note };
    await call(shop, 'add_note', { ...part, operation: randomUUID(), content: `About ${note}` });
    await call(shop, 'delete_note', { ...part, operation: randomUUID(), version: 1 });
  }
  await call(shop, 'restore_note', { operation: randomUUID(), customer: id, id: back });
  await owner`update mod_ecommod01_customer_changes
    set changed_at = now() - interval '31 days' where subject_id in (${old}, ${back})`;
  await purge(shop);
  const rows = await owner<{ subject_id: string; contents: string }[]>`
    select subject_id, count(*) || ' ' || count(*) filter (where before || after ? 'content') as contents
    from mod_ecommod01_customer_changes where customer_id = ${id} group by 1`;
  const contents = Object.fromEntries(rows.map((row) => [row.subject_id, row.contents]));
  assert.deepEqual(contents, { [old]: '2 0', [recent]: '2 2', [back]: '3 2' });
});

test('thousands of orders, notes and changes are handed over by pages, each once', async () => {
  const shop = await addShop(owner);
  const [id] = (await addCustomers(owner, shop, 1, 'busy')) as [string];
  await owner`insert into mod_ecommod01_orders (site_id, customer_id, order_number, status, total, currency, created_at)
    select ${shop.id}, ${id}, 'handed over ' || n, 'delivered', n, 'USD', timestamptz '2026-01-01' + n / 3 * interval '1 minute'
    from generate_series(1, 2500) n`;
  await owner`insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name)
    select ${shop.id}, ${id}, 'Note ' || n, ${shop.editor}, 'The editor' from generate_series(1, 1000) n`;
  const totals: number[] = [];
  let notes = 0;
  let calls = 0;
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor; isFirst = false) {
    const part: PersonPart = await call(shop, 'export_person', { id, cursor });
    assert.equal(part.person !== null, isFirst);
    totals.push(...part.orders.map(({ total }) => total));
    notes += part.notes.length;
    cursor = part.next;
    calls++;
  }
  assert.deepEqual(
    [...totals].sort((a, b) => a - b),
    Array.from({ length: 2500 }, (_, at) => at + 1),
  );
  assert.deepEqual([notes, calls], [1000, 6]);
});
