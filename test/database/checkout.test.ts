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

interface Found {
  id: string;
  created: boolean;
  promoted: boolean;
  status: string;
}

/** As the host's server calls it, with the service key. */
function checkout(email: string, fields: object = {}, user: string | null = null): Promise<Found> {
  return owner.begin(async (sql) => {
    await sql`set local role service_role`;
    const rows = await sql`
      select mod_ecommod01_find_or_create_customer(${shop.id}, ${email}, ${JSON.stringify(fields)}::text::json, ${user}) as answer`;
    return rows[0]!.answer as Found;
  }) as Promise<Found>;
}

async function addUser(): Promise<string> {
  const id = randomUUID();
  await owner`insert into auth.users (id) values (${id})`;
  return id;
}

test('a guest’s next order lands on the same row, whatever the case of the e-mail', async () => {
  const first = await checkout('Guest@Shop.example', { first_name: 'Gus', accepts_marketing: true });
  assert.deepEqual([first.created, first.status], [true, 'guest']);
  const second = await checkout(' guest@shop.EXAMPLE ');
  assert.deepEqual(second, { id: first.id, created: false, promoted: false, status: 'guest' });
  await addOrder(owner, shop, { customer: second.id });
  const [row] = await owner`
    select is_guest, first_name, orders_count from mod_ecommod01_customers where site_id = ${shop.id} and id = ${first.id}`;
  assert.deepEqual({ ...row }, { is_guest: true, first_name: 'Gus', orders_count: 1 });
});

test('an account with the same e-mail promotes the guest, once', async () => {
  const guest = await checkout('later@shop.example');
  const user = await addUser();
  const promoted = await checkout('later@shop.example', {}, user);
  assert.deepEqual(promoted, { id: guest.id, created: false, promoted: true, status: 'active' });
  assert.equal((await checkout('later@shop.example', {}, user)).promoted, false);
  const other = await checkout('later@shop.example', {}, await addUser());
  assert.deepEqual([other.id, other.promoted], [guest.id, false]);
  const [row] = await owner`select user_id, is_guest from mod_ecommod01_customers where id = ${guest.id}`;
  assert.deepEqual({ ...row }, { user_id: user, is_guest: false });
  const [change] = await owner`
    select before, after from mod_ecommod01_customer_changes where customer_id = ${guest.id}`;
  assert.deepEqual(
    { ...change },
    {
      before: { has_account: false, status: 'guest' },
      after: { has_account: true, status: 'active' },
    },
  );
});

test('of many orders at once one makes the customer, and all land on it', async () => {
  const found = await Promise.all(Array.from({ length: 8 }, () => checkout('rush@shop.example')));
  assert.equal(new Set(found.map(({ id }) => id)).size, 1);
  assert.equal(found.filter(({ created }) => created).length, 1);
  const [row] = await owner`
    select count(*)::int as made from mod_ecommod01_customer_operations o
    join mod_ecommod01_customers c on c.created_by_operation = o.id where c.id = ${found[0]!.id}`;
  assert.equal(row!.made, 1);
  const user = await addUser();
  const promoted = await Promise.all(
    Array.from({ length: 8 }, () => checkout('rush@shop.example', {}, user)),
  );
  assert.equal(promoted.filter((one) => one.promoted).length, 1);
});

test('the e-mail of a merged customer leads to the one that remains; that of a deleted one is free', async () => {
  const [merged, remaining, deleted] = (await addCustomers(owner, shop, 3, 'was')) as [
    string,
    string,
    string,
  ];
  await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${remaining} where id = ${merged}`;
  await owner`update mod_ecommod01_customers set deleted_at = now() where id = ${deleted}`;
  assert.equal((await checkout('was-1@shop.example')).id, remaining);
  const anew = await checkout('was-3@shop.example');
  assert.equal(anew.created, true);
  assert.notEqual(anew.id, deleted);
});

test('what is wrong is named, and nothing is made of it', async () => {
  for (const [email, fields, field] of [
    ['nobody', {}, 'email'],
    [`${'x'.repeat(250)}@shop.example`, {}, 'email'],
    ['a@shop.example', { first_name: 'x'.repeat(101) }, 'first_name'],
    ['a@shop.example', { total_spent: 5 }, 'total_spent'],
  ] as const) {
    await assert.rejects(checkout(email, fields), (error: { code: string; detail: string }) => {
      assert.equal(error.code, 'PT422');
      assert.ok(field in (JSON.parse(error.detail) as { fields: object }).fields, field);
      return true;
    });
  }
});

test('an editor may call it too, a viewer not, and nobody goes round by the host’s door', async () => {
  const ask = (user: string) =>
    as(
      owner,
      user,
      (sql) => sql`select mod_ecommod01_find_or_create_customer(${shop.id}, 'by@shop.example')`,
    );
  await ask(shop.editor);
  const user = await addUser();
  await assert.rejects(
    as(
      owner,
      shop.admin,
      (sql) =>
        sql`select mod_ecommod01_find_or_create_customer(${shop.id}, 'by@shop.example', '{}', ${user})`,
    ),
    { code: 'PT403' },
    'whose login a customer is, only the host says',
  );
  await assert.rejects(ask(shop.viewer), { code: 'PT403' });
  await assert.rejects(
    as(
      owner,
      shop.admin,
      (sql) =>
        sql`select customers_private.find_or_create_customer_for_host(${shop.id}, 'x@shop.example', '{}', null)`,
    ),
    { code: '42501' },
  );
});
