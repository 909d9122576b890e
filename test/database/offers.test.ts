import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addShop, type Shop } from './shop.ts';

// What filters offer: groups and tags.

let database: TestDatabase;
let shop: Shop;
let groupIds: string[];
const groupNames = [
  'Zoë’s friends',
  'Étoiles',
  'éclair',
  'a_b',
  '50%',
  'VIP',
  'vip 2',
  '(x)',
  'Ärger',
  '<b>',
  '😀',
];

before(async () => {
  database = await startDatabase();
  shop = await addShop(database.owner);
  groupIds = [];
  for (const name of groupNames) groupIds.push(await addGroup(database.owner, shop, name));
  const [customer] = (await addCustomers(database.owner, shop, 1)) as [string];
  await database.owner`update mod_ecommod01_customers set tags = ${groupNames} where id = ${customer}`;
});
after(() => database.close());

interface Page {
  rows: unknown[];
  next: string | null;
}

function ask(
  rpc: 'list_groups' | 'list_tags',
  given: Record<string, string | number | string[]>,
): Promise<Page> {
  return as(database.owner, shop.viewer, async (sql) => {
    const names = Object.keys(given);
    const text = names.map((name, index) => `, ${name} => $${index + 2}`).join('');
    const [row] = await sql.unsafe(`select mod_ecommod01_${rpc}($1${text}) as page`, [
      shop.id,
      ...Object.values(given),
    ]);
    return row!.page as Page;
  });
}

const nameOf = (row: unknown) => (typeof row === 'string' ? row : (row as { name: string }).name);
const search = async (rpc: 'list_groups' | 'list_tags', term: string) =>
  (await ask(rpc, { p_search: term })).rows.map(nameOf);

for (const rpc of ['list_groups', 'list_tags'] as const) {
  describe(rpc, () => {
    test('offers all, page by page, none twice and none missing', async () => {
      const seen: string[] = [];
      let next: string | null = null;
      do {
        const page: Page = await ask(rpc, { p_limit: 3, ...(next !== null && { p_cursor: next }) });
        assert.ok(page.rows.length <= 3);
        seen.push(...page.rows.map(nameOf));
        next = page.next;
      } while (next !== null);
      assert.equal(seen.length, groupNames.length);
      assert.deepEqual([...seen].sort(), [...groupNames].sort());
      const letters = seen.filter((name) => /^\p{L}/u.test(name));
      assert.deepEqual(letters, ['a_b', 'Ärger', 'éclair', 'Étoiles', 'VIP', 'vip 2', 'Zoë’s friends']);
    });

    test('finds whatever the case and the diacritics', async () => {
      assert.deepEqual(await search(rpc, 'ZOE'), ['Zoë’s friends']);
      assert.deepEqual(await search(rpc, "zoe's"), ['Zoë’s friends']);
      assert.deepEqual(await search(rpc, ' Vip '), ['VIP', 'vip 2']);
      assert.deepEqual(await search(rpc, 'nothing like it'), []);
    });

    for (const term of ['a_b', '50%', '(x)', '<b>', '😀']) {
      test(`takes ${term} as it is written`, async () => assert.deepEqual(await search(rpc, term), [term]));
    }
    for (const term of ['\\', '*', "'", '%', '_', ',']) {
      test(`knows no wildcard ${term}`, async () => {
        const found = await search(rpc, term);
        assert.deepEqual(
          found,
          groupNames.filter((name) => name.replace('’', "'").includes(term)),
        );
      });
    }

    test('refuses a limit, a cursor and a term that are none', async () => {
      for (const given of [
        { p_limit: 0 },
        { p_limit: 101 },
        { p_cursor: 'nonsense' },
        { p_search: 'x'.repeat(1001) },
      ]) {
        await assert.rejects(ask(rpc, given), { code: 'PT422' });
      }
    });
  });
}

test('groups are told by their ids, whatever else there is', async () => {
  const page = await ask('list_groups', { p_ids: [groupIds[5]!, randomUUID()] });
  assert.deepEqual(page.rows.map(nameOf), ['VIP']);
});

test('tags are told by themselves', async () => {
  const page = await ask('list_tags', { p_ids: ['VIP', 'unknown'] });
  assert.deepEqual(page.rows, ['VIP']);
});

test('a group carries what a badge and a card need', async () => {
  await database.owner`update mod_ecommod01_customer_groups
    set description = 'Best', discount_percentage = 12.5, color = '#ff0000' where id = ${groupIds[5]!}`;
  const page = await ask('list_groups', { p_ids: [groupIds[5]!] });
  const [{ created_at, updated_at }] = page.rows as [{ created_at: string; updated_at: string }];
  assert.ok(Date.parse(created_at) <= Date.parse(updated_at));
  assert.deepEqual(page.rows, [
    {
      id: groupIds[5],
      name: 'VIP',
      description: 'Best',
      discount_percentage: 12.5,
      color: '#ff0000',
      member_count: 0,
      rule: null,
      created_at,
      updated_at,
      version: 1,
    },
  ]);
});

test('access says who asks and how the shop writes money and time', async () => {
  const access = (user: string) =>
    as(
      database.owner,
      user,
      async (sql) => (await sql`select mod_ecommod01_get_access(${shop.id}) as access`)[0]!.access as unknown,
    );
  assert.deepEqual(await access(shop.editor), {
    api_version: 1,
    role: 'editor',
    user_id: shop.editor,
    display_name: 'The editor',
    currency: 'USD',
    time_zone: 'UTC',
    has_groups: true,
  });
});
