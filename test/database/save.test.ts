import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Sql } from 'postgres';
import type { CustomerSaved } from '../../src/model/detail.ts';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addShop, type Shop } from './shop.ts';

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

function write(rpc: string, args: Record<string, unknown>): Promise<CustomerSaved> {
  const given = Object.entries({ site: shop.id, operation: randomUUID(), ...args });
  const places = given.map(([name], index) => `p_${name} => $${index + 1}`).join(', ');
  return as(owner, shop.editor, async (sql) => {
    const rows = await sql.unsafe(
      `select mod_ecommod01_${rpc}(${places}) as answer`,
      given.map(([, value]) => value as string),
    );
    return rows[0]!.answer as CustomerSaved;
  });
}

const detailOf = (error: Refusal) =>
  JSON.parse(error.detail) as {
    reason: string;
    current: { id: string };
    changes: { field: string; kind: string; by: string }[];
    fields: Record<string, string>;
  };

test('a new e-mail is not verified, which is kept as part of the change', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'verified')) as [string];
  await owner`update mod_ecommod01_customers set email_verified = true where id = ${id}`;
  const same = await write('update_customer', {
    id,
    version: 2,
    fields: { email: ' VERIFIED-1@shop.example' },
  });
  assert.equal(same.customer.email_verified, true);
  const other = await write('update_customer', { id, version: 2, fields: { email: 'new@shop.example' } });
  assert.equal(other.customer.email_verified, false);
  const [change] = await owner`select after from mod_ecommod01_customer_changes where customer_id = ${id}`;
  assert.deepEqual(change!.after, { email: 'new@shop.example', email_verified: false });
});

test('a guest keeps its status until it is turned into a registered customer', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'guest')) as [string];
  await owner`update mod_ecommod01_customers set status = 'guest' where id = ${id}`;
  await assert.rejects(
    write('update_customer', { id, version: 2, fields: { status: 'inactive' } }),
    (error: Refusal) => error.code === 'PT422' && 'status' in detailOf(error).fields,
  );
  const { customer, receipt } = await write('promote_guest', { id });
  assert.deepEqual([customer.status, customer.is_guest, receipt.changed], ['active', false, 1]);
  assert.equal((await write('promote_guest', { id })).receipt.unchanged, 1);
});

test('the e-mail of a deleted customer offers to restore, and can be made anew', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'gone')) as [string];
  await owner`update mod_ecommod01_customers set deleted_at = now() where id = ${id}`;
  const fields = { first_name: 'Gone', email: 'gone-1@shop.example' };
  await assert.rejects(write('create_customer', { id: randomUUID(), fields }), (error: Refusal) => {
    const { reason, current } = detailOf(error);
    assert.deepEqual([error.code, reason, current.id], ['PT409', 'deleted', id]);
    return true;
  });
  const { customer } = await write('create_customer', { id: randomUUID(), fields, anew: true });
  assert.equal(customer.version, 1);
});

test('the e-mail of a merged customer leads to the one that remains', async () => {
  const [merged, remaining] = (await addCustomers(owner, shop, 2, 'twin')) as [string, string];
  await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${remaining} where id = ${merged}`;
  const fields = { first_name: 'Twin', email: 'twin-1@shop.example' };
  for (const anew of [false, true]) {
    await assert.rejects(write('create_customer', { id: randomUUID(), fields, anew }), (error: Refusal) => {
      const { reason, current } = detailOf(error);
      assert.deepEqual([error.code, reason, current.id], ['PT409', 'merged', remaining]);
      return true;
    });
  }
  const taken = await write('update_customer', {
    id: remaining,
    version: 1,
    fields: { email: fields.email },
  });
  assert.equal(taken.customer.email, fields.email);
});

test('what an import changed meanwhile is told to whoever saves an older version', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'imported')) as [string];
  const operation = randomUUID();
  await as(owner, shop.admin, async (sql) => {
    await sql`select mod_ecommod01_start_operation(${shop.id}, ${operation}, 'import', 1, '{}')`;
    await sql`select mod_ecommod01_step_operation(${shop.id}, ${operation}, 0,
      '[{"row": 2, "email": "imported-1@shop.example", "first_name": "By file"}]')`;
  });
  await assert.rejects(
    write('update_customer', { id, version: 1, fields: { first_name: 'By hand' } }),
    (error: Refusal) => {
      const { reason, changes } = detailOf(error);
      assert.equal(reason, 'stale');
      assert.deepEqual(
        changes.map(({ field, kind, by }) => [field, kind, by]),
        [['first_name', 'import', 'The admin']],
      );
      return true;
    },
  );
});

test('nothing that a client must not write gets through, however it is spelled', async () => {
  const [id] = (await addCustomers(owner, shop, 1, 'guarded')) as [string];
  const columns = await owner<{ name: string }[]>`
    select attname as name from pg_attribute
    where attrelid = 'mod_ecommod01_customers'::regclass and attnum > 0 and not attisdropped`;
  const editable = [
    'first_name',
    'last_name',
    'email',
    'phone',
    'avatar_url',
    'status',
    'accepts_marketing',
    'tags',
    'metadata',
  ];
  for (const { name } of columns.filter((column) => !editable.includes(column.name))) {
    await assert.rejects(
      write('update_customer', { id, version: 1, fields: { [name]: 1 } }),
      (error: Refusal) => error.code === 'PT422' && name in detailOf(error).fields,
      name,
    );
  }
  // The message becomes the first line of an HTTP answer.
  await assert.rejects(
    write('update_customer', { id, version: 1, fields: { 'a\r\nX-Evil: 1': 1 } }),
    (error: Error) => error.message === 'a X-Evil: 1 cannot be edited',
  );
});
