import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import type { Sql } from 'postgres';
import { bulkActions } from '../../src/model/operations.ts';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addShop, type Shop } from './shop.ts';

// Who may do what with an operation, his or her own or another's. That every RPC refuses strangers, whatever it is
// called with, is found by the catalog in tenancy.test.ts; here stands what depends on whose operation it is.

let database: TestDatabase;
let owner: Sql;
let shop: Shop;
let outsider: string;
let otherEditor: string;
let group: string;
let ids: string[];
before(async () => {
  database = await startDatabase();
  owner = database.owner;
  shop = await addShop(owner);
  outsider = (await addShop(owner)).admin;
  otherEditor = randomUUID();
  await owner`
    insert into mod_ecommod01_site_members (site_id, user_id, role, display_name)
    values (${shop.id}, ${otherEditor}, 'editor', 'The other editor')`;
  ids = await addCustomers(owner, shop, 3);
  group = await addGroup(owner, shop, 'Regulars');
});
after(() => database.close());

/** What a call of the shop's is answered: `ok`, or the code of its refusal. */
async function answer(user: string, name: string, args: string): Promise<string> {
  const text = `select mod_ecommod01_${name}('${shop.id}'${args && `, ${args}`})`;
  try {
    await as(owner, user, (sql) => sql.unsafe(text));
    return 'ok';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const optionsOf = (kind: string): object => {
  if (kind === 'export') return { fields: ['email'] };
  if (kind.endsWith('_tags')) return { tags: ['x'] };
  return kind.endsWith('_group') ? { group } : {};
};

async function start(user: string, kind: string, id: string = randomUUID()): Promise<string> {
  const whom = kind === 'import' ? 'p_asked => 1' : `p_customers => '${JSON.stringify({ ids })}'`;
  const args = `p_id => '${id}', p_kind => '${kind}', p_options => '${JSON.stringify(optionsOf(kind))}', ${whom}`;
  return answer(user, 'start_operation', args);
}

async function started(user: string, kind: string): Promise<string> {
  const id = randomUUID();
  assert.equal(await start(user, kind, id), 'ok', kind);
  return id;
}

/** One that has changed something and has ended. */
async function done(user: string, kind: string): Promise<string> {
  const id = await started(user, kind);
  assert.equal(await answer(user, 'step_operation', `'${id}', 0`), 'ok');
  assert.equal(await answer(user, 'finish_operation', `'${id}'`), 'ok');
  return id;
}

const rows = `'[{"row": 2, "email": "new@shop.example"}]'`;
const strangers = (): [string, string][] => [
  [shop.viewer, 'PT403'],
  [outsider, 'PT403'],
  [randomUUID(), 'PT403'],
  ['anon', '42501'],
];

async function written(): Promise<unknown> {
  const [row] = await owner`
    select (select count(*) from mod_ecommod01_customer_operations) as operations,
      (select count(*) from mod_ecommod01_customer_operation_steps) as steps,
      (select md5(string_agg(c::text, '' order by c.id)) from mod_ecommod01_customers c) as customers`;
  return row;
}

describe('an operation', () => {
  test('of any kind is begun by no viewer and no stranger, and nothing is written', async () => {
    const before = await written();
    for (const [user, code] of strangers()) {
      for (const kind of ['import', 'export', ...bulkActions])
        assert.equal(await start(user, kind), code, kind);
      assert.equal(await answer(user, 'dry_run_import', `'{}', ${rows}`), code);
    }
    assert.deepEqual(await written(), before);
  });

  test('that deletes or restores is begun by no editor', async () => {
    for (const kind of ['delete', 'restore']) assert.equal(await start(shop.editor, kind), 'PT403', kind);
  });

  test('is gone on with, ended, read out and undone by no viewer and no stranger', async () => {
    const [tagging, importing, exporting] = await Promise.all(
      ['add_tags', 'import', 'export'].map((kind) => started(shop.editor, kind)),
    );
    const ended = await done(shop.editor, 'set_inactive');
    const before = await written();
    for (const [user, code] of strangers()) {
      assert.equal(await answer(user, 'step_operation', `'${tagging}', 0`), code);
      assert.equal(await answer(user, 'step_operation', `'${importing}', 0, ${rows}`), code);
      assert.equal(await answer(user, 'export_chunk', `'${exporting}', 0`), code);
      assert.equal(await answer(user, 'finish_operation', `'${tagging}', true`), code);
      assert.equal(await answer(user, 'undo_operation', `'${randomUUID()}', '${ended}'`), code);
    }
    assert.deepEqual(await written(), before);
  });

  test('is shown to every member, and to no stranger', async () => {
    const id = await started(shop.editor, 'add_tags');
    const reading: [string, string][] = [
      ['get_operation', `'${id}'`],
      ['list_operations', ''],
      ['list_operation_failures', `'${id}'`],
    ];
    for (const [name, args] of reading) {
      for (const user of [shop.viewer, otherEditor, shop.admin])
        assert.equal(await answer(user, name, args), 'ok');
      for (const [user, code] of strangers().slice(1)) assert.equal(await answer(user, name, args), code);
    }
  });

  test('of another is neither gone on with nor ended nor read out by an editor', async () => {
    const [tagging, importing, exporting] = await Promise.all(
      ['add_tags', 'import', 'export'].map((kind) => started(shop.editor, kind)),
    );
    const before = await written();
    for (const [name, args] of [
      ['step_operation', `'${tagging}', 0`],
      ['step_operation', `'${importing}', 0, ${rows}`],
      ['export_chunk', `'${exporting}', 0`],
      ['finish_operation', `'${tagging}', true`],
    ] as const) {
      assert.equal(await answer(otherEditor, name, args), 'PT404', name);
    }
    // Its id is taken, whoever asks.
    assert.equal(await start(otherEditor, 'add_tags', tagging), 'PT409');
    assert.deepEqual(await written(), before);
  });

  test('of another is not stepped by an admin either, who may end it', async () => {
    const id = await started(shop.editor, 'remove_tags');
    assert.equal(await answer(shop.admin, 'step_operation', `'${id}', 0`), 'PT404');
    assert.equal(await answer(shop.admin, 'finish_operation', `'${id}', true`), 'ok');
  });

  test('is undone by who did it and by an admin, not by another editor', async () => {
    const own = await done(shop.editor, 'set_active');
    assert.equal(await answer(otherEditor, 'undo_operation', `'${randomUUID()}', '${own}'`), 'PT403');
    assert.equal(await answer(shop.editor, 'undo_operation', `'${randomUUID()}', '${own}'`), 'ok');
    const anothers = await done(otherEditor, 'add_tags');
    const undo = randomUUID();
    assert.equal(await answer(shop.admin, 'undo_operation', `'${undo}', '${anothers}'`), 'ok');
    // The undo is the admin's own: whose work it takes back makes no difference.
    assert.equal(await answer(otherEditor, 'step_operation', `'${undo}', 0`), 'PT404');
    assert.equal(await answer(shop.admin, 'step_operation', `'${undo}', 0`), 'ok');
  });

  test('is nothing to a person who is a member no more', async () => {
    const leaving = randomUUID();
    await owner`
      insert into mod_ecommod01_site_members (site_id, user_id, role, display_name)
      values (${shop.id}, ${leaving}, 'editor', 'Leaving')`;
    const id = await started(leaving, 'add_tags');
    await owner`
      update mod_ecommod01_site_members set role = 'viewer' where site_id = ${shop.id} and user_id = ${leaving}`;
    assert.equal(await answer(leaving, 'step_operation', `'${id}', 0`), 'PT403');
    await owner`delete from mod_ecommod01_site_members where site_id = ${shop.id} and user_id = ${leaving}`;
    assert.equal(await answer(leaving, 'get_operation', `'${id}'`), 'PT403');
  });
});
