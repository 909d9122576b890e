import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Sql, TransactionSql } from 'postgres';
import type { CustomerSaved } from '../../src/model/detail.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import { keptAndCounted } from './counts.ts';
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

async function call<Answer>(rpc: string, args: Record<string, unknown>): Promise<Answer> {
  const given = Object.entries({ site: shop.id, operation: randomUUID(), ...args });
  const places = given.map(([name], index) => `p_${name} => $${index + 1}`).join(', ');
  return as(owner, shop.admin, async (sql) => {
    const rows = await sql.unsafe(
      `select mod_ecommod01_${rpc}(${places}) as answer`,
      given.map(([, value]) => value as string),
    );
    return rows[0]!.answer as Answer;
  });
}

const versionOf = async (id: string) =>
  (await owner<[{ version: number }]>`select version from mod_ecommod01_customers where id = ${id}`)[0]
    .version;

/** Merges two as they are now. */
async function merge(keep: string, gone: string, rest: Record<string, unknown> = {}): Promise<CustomerSaved> {
  const versions = { keep_version: await versionOf(keep), gone_version: await versionOf(gone) };
  return call('merge_customers', { keep, gone, ...versions, ...rest });
}

const undo = (id: string) => call<Receipt>('undo_operation', { id });

const ownersOf = async (orders: string[]) =>
  (
    await owner<{ customer_id: string }[]>`
      select customer_id from mod_ecommod01_orders where id = any(${orders}) order by array_position(${orders}, id)`
  ).map((row) => row.customer_id);

async function expectTrueNumbers(): Promise<void> {
  const { kept, counted } = await keptAndCounted(owner, shop.id);
  assert.deepEqual(kept, counted);
}

let number = 0;
const twins = () => addCustomers(owner, shop, 2, `twin${++number}`) as Promise<[string, string]>;

test('every number is true after a merge, after its undo, and whatever the currency', async () => {
  const [keep, gone] = await twins();
  const red = await addGroup(owner, shop, 'Red');
  const blue = await addGroup(owner, shop, 'Blue');
  await addOrder(owner, shop, { customer: keep, total: 1000 });
  await addOrder(owner, shop, { customer: gone, total: 500, currency: 'EUR' });
  await addOrder(owner, shop, { customer: gone, total: 700, createdAt: '2030-01-01T00:00:00Z' });
  await addOrder(owner, shop, { customer: gone, total: 900, status: 'refunded' });
  for (const [customer, group] of [
    [keep, red],
    [gone, red],
    [gone, blue],
  ] as const) {
    await owner`insert into mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
      values (${shop.id}, ${customer}, ${group})`;
  }
  for (const customer of [keep, gone]) {
    await call('add_note', { customer, id: randomUUID(), content: 'Called' });
    await call('save_address', {
      customer,
      id: randomUUID(),
      fields: { address_line_1: customer, city: 'Town', country: customer === keep ? 'DE' : 'FR' },
    });
  }
  await expectTrueNumbers();
  const operation = randomUUID();
  const { customer } = await merge(keep, gone, { operation });
  assert.deepEqual([customer.orders_count, customer.total_spent, customer.notes_count], [3, 1700, 2]);
  await expectTrueNumbers();
  const { changed, failed } = await undo(operation);
  assert.deepEqual([changed, failed], [2, 0]);
  await expectTrueNumbers();
});

test('an order that the host writes for a merged customer belongs to the one that remains', async () => {
  const [keep, gone] = await twins();
  const [last] = (await addCustomers(owner, shop, 1, `last${number}`)) as [string];
  await merge(keep, gone);
  await merge(last, keep);
  const orders = [
    await addOrder(owner, shop, { customer: gone }),
    await addOrder(owner, shop, { customer: gone, status: 'cancelled' }),
    await addOrder(owner, shop, { customer: null }),
  ];
  await owner`update mod_ecommod01_orders set customer_id = ${gone} where id = ${orders[2]!}`;
  assert.deepEqual(await ownersOf(orders), [last, last, last]);
  await expectTrueNumbers();
});

test('an order that arrives while its customer is merged is not lost, whoever commits first', async () => {
  for (const status of ['delivered', 'cancelled']) {
    for (const first of ['order', 'merge']) {
      const [keep, gone] = await twins();
      const order = randomUUID();
      const insert = (sql: Sql | TransactionSql) => sql`
        insert into mod_ecommod01_orders (id, site_id, customer_id, order_number, status, total, currency)
        values (${order}, ${shop.id}, ${gone}, ${order}, ${status}, 1000, 'USD')`;
      const mergeIn = (sql: Sql | TransactionSql) => sql`
        select mod_ecommod01_merge_customers(${shop.id}, ${randomUUID()}, ${keep}, 1, ${gone}, 1)`;
      let second: Promise<unknown> = Promise.resolve();
      if (first === 'order') {
        await owner.begin(async (sql) => {
          await insert(sql);
          second = merge(keep, gone);
          await new Promise((resolve) => setTimeout(resolve, 200));
        });
      } else {
        await as(owner, shop.admin, async (sql) => {
          await mergeIn(sql);
          second = insert(owner).then(() => undefined);
          await new Promise((resolve) => setTimeout(resolve, 200));
        });
      }
      await second;
      // A cancelled order holds nobody up: it may have come after the merge had looked, and is led on by its next write.
      if (status === 'cancelled')
        await owner`update mod_ecommod01_orders set status = status where id = ${order}`;
      assert.deepEqual(await ownersOf([order]), [keep], `${status}, ${first} first`);
      await expectTrueNumbers();
    }
  }
});

test('orders are written and customers merged and taken apart at once, without a deadlock or a wrong number', async () => {
  const [keep, gone] = await twins();
  for (let n = 0; n < 4; n++) await addOrder(owner, shop, { customer: gone });
  const operation = randomUUID();
  await Promise.all([
    merge(keep, gone, { operation }),
    ...Array.from({ length: 6 }, (_, n) => addOrder(owner, shop, { customer: n % 2 ? keep : gone })),
    owner`update mod_ecommod01_orders set status = 'shipped' where customer_id = ${gone}`,
    owner`update mod_ecommod01_orders set status = 'refunded' where customer_id = ${gone}`,
  ]);
  await expectTrueNumbers();
  await Promise.all([
    undo(operation),
    ...Array.from({ length: 4 }, () => addOrder(owner, shop, { customer: gone })),
  ]);
  await expectTrueNumbers();
});

test('two logins are a named blocker; one moves to whoever remains, and back', async () => {
  const [keep, gone] = await twins();
  const logins = [randomUUID(), randomUUID()];
  for (const id of logins) await owner`insert into auth.users (id) values (${id})`;
  await owner`update mod_ecommod01_customers set user_id = ${logins[0]!}, status = 'active' where id = ${gone}`;
  await owner`update mod_ecommod01_customers set user_id = ${logins[1]!} where id = ${keep}`;
  const preview = await as(owner, shop.admin, async (sql) => {
    const [row] = await sql<[{ answer: { blockers: string[] } }]>`
      select mod_ecommod01_preview_merge(${shop.id}, ${keep}, ${gone}) as answer`;
    return row.answer;
  });
  assert.deepEqual(preview.blockers, ['two_accounts']);
  await assert.rejects(merge(keep, gone), (error: { code: string; detail: string }) => {
    assert.deepEqual([error.code, JSON.parse(error.detail)], ['PT409', { reason: 'two_accounts' }]);
    return true;
  });
  await owner`update mod_ecommod01_customers set user_id = null, status = 'guest' where id = ${keep}`;
  const operation = randomUUID();
  const { customer } = await merge(keep, gone, { operation });
  assert.deepEqual([customer.has_account, customer.status], [true, 'active'], 'nobody stays a guest');
  await undo(operation);
  const [row] = await owner`select user_id, status from mod_ecommod01_customers where id = ${keep}`;
  assert.deepEqual({ ...row }, { user_id: null, status: 'guest' });
});

test('a verified e-mail is verified wherever it goes, and its customer is found by the other, too', async () => {
  const [keep, gone] = await twins();
  await owner`update mod_ecommod01_customers set email_verified = true where id in (${keep}, ${gone})`;
  const [other] = await owner<
    [{ email: string }]
  >`select email from mod_ecommod01_customers where id = ${gone}`;
  const operation = randomUUID();
  const { customer } = await merge(keep, gone, { operation, fields: { email: other.email } });
  assert.deepEqual([customer.email, customer.email_verified], [other.email, true]);
  for (const n of [1, 2]) {
    const found = await as(owner, shop.admin, async (sql) => {
      const [row] = await sql<[{ answer: { id: string; created: boolean } }]>`
        select mod_ecommod01_find_or_create_customer(${shop.id}, ${`twin${number}-${n}@shop.example`}) as answer`;
      return row.answer;
    });
    assert.deepEqual([found.id, found.created], [keep, false]);
  }
  await undo(operation);
  const rows = await owner`select email, email_verified from mod_ecommod01_customers
    where id in (${keep}, ${gone}) order by email`;
  assert.deepEqual(
    rows.map((row) => [row.email, row.email_verified]),
    [1, 2].map((n) => [`twin${number}-${n}@shop.example`, true]),
  );
});

test('the history of a note goes with it: it is restored where it is now', async () => {
  const [keep, gone] = await twins();
  const id = randomUUID();
  await call('add_note', { customer: gone, id, content: 'Called' });
  await call('update_note', { customer: gone, id, version: 1, content: 'Called twice' });
  await merge(keep, gone);
  const [{ changes }] = await owner<[{ changes: number }]>`
    select count(*)::int as changes from mod_ecommod01_customer_changes where customer_id = ${keep} and subject = 'note'`;
  assert.equal(changes, 2);
});

test('a merge of more than 30 days ago is final', async () => {
  const [keep, gone] = await twins();
  const operation = randomUUID();
  await merge(keep, gone, { operation });
  await owner`update mod_ecommod01_customer_operations set finished_at = now() - interval '31 days' where id = ${operation}`;
  await assert.rejects(undo(operation), (error: { code: string; detail: string }) => {
    assert.deepEqual([error.code, JSON.parse(error.detail)], ['PT409', { reason: 'expired' }]);
    return true;
  });
});
