import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { Sql } from 'postgres';
import { startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addShop, type Shop } from './shop.ts';

let database: TestDatabase;
let owner: Sql;
let shop: Shop;
let customer: string;

before(async () => {
  database = await startDatabase();
  owner = database.owner;
});
after(() => database.close());
beforeEach(async () => {
  shop = await addShop(owner);
  [customer] = (await addCustomers(owner, shop, 1)) as [string];
});

type Row = Record<string, string | number | boolean | null>;

function insert(table: string, row: Row) {
  return owner`insert into ${owner(`mod_ecommod01_${table}`)} ${owner(row)} returning *`;
}

let emails = 0;
const rows: Record<string, () => Row> = {
  customers: () => ({ site_id: shop.id, email: `rule-${++emails}@shop.example` }),
  customer_addresses: () => ({
    site_id: shop.id,
    customer_id: customer,
    label: 'Home',
    first_name: 'A',
    last_name: 'B',
    address_line_1: '1 Street',
    city: 'Town',
    country: 'DE',
  }),
  customer_groups: () => ({ site_id: shop.id, name: `Group ${++emails}` }),
  customer_notes: () => ({
    site_id: shop.id,
    customer_id: customer,
    content: 'Called',
    user_id: shop.editor,
    user_name: 'The editor',
  }),
};

describe('a value longer than its column', () => {
  const widths: [table: string, column: string, width: number][] = [
    ['customers', 'first_name', 100],
    ['customers', 'last_name', 100],
    ['customers', 'email', 255],
    ['customers', 'phone', 50],
    ['customer_addresses', 'label', 50],
    ['customer_addresses', 'first_name', 100],
    ['customer_addresses', 'last_name', 100],
    ['customer_addresses', 'company', 255],
    ['customer_addresses', 'address_line_1', 255],
    ['customer_addresses', 'address_line_2', 255],
    ['customer_addresses', 'city', 100],
    ['customer_addresses', 'state', 100],
    ['customer_addresses', 'postal_code', 20],
    ['customer_addresses', 'phone', 50],
    ['customer_groups', 'name', 100],
    ['customer_notes', 'user_name', 255],
  ];
  for (const [table, column, width] of widths) {
    test(`is refused by ${table}.${column}, and one of ${width} characters kept whole`, async () => {
      // The last ones are blanks, which a varchar would drop silently.
      const fits = column === 'email' ? `a@${'é'.repeat(width - 2)}` : 'é'.repeat(width);
      const [kept] = await insert(table, { ...rows[table]!(), [column]: fits });
      assert.equal(kept![column], fits);
      await assert.rejects(insert(table, { ...rows[table]!(), [column]: `${fits} ` }), {
        code: '23514',
        constraint_name: `mod_ecommod01_${table}_${column}_width`,
      });
    });
  }
});

test('a tag longer than 255 characters is refused, beside shorter ones too', async () => {
  const insertTags = (...tags: string[]) => owner`
    insert into mod_ecommod01_customers (site_id, email, tags)
    values (${shop.id}, ${`rule-${++emails}@shop.example`}, ${tags}) returning tags`;
  const longest = 'é'.repeat(255);
  const [kept] = await insertTags('vip', longest, longest.replace('é', 'e'));
  assert.equal((kept!.tags as string[])[1], longest);
  await assert.rejects(insertTags('vip', `${longest}s`), {
    constraint_name: 'mod_ecommod01_customers_tags_width',
  });
});

describe('what no row may hold', () => {
  const refused: [what: string, table: string, row: Row][] = [
    ['a status that is none', 'customers', { status: 'banned' }],
    ['an avatar that is no web address', 'customers', { avatar_url: 'javascript:alert(1)' }],
    ['an avatar that hides its scheme', 'customers', { avatar_url: ' https://shop.example/a.png' }],
    ['an e-mail without @', 'customers', { email: 'nobody' }],
    ['a field separator', 'customers', { first_name: 'a\u001fb' }],
    ['a row separator', 'customer_addresses', { city: 'a\u001eb' }],
    ['a country that is no code', 'customer_addresses', { country: 'United States' }],
    ['a country in small letters', 'customer_addresses', { country: 'us' }],
    ['a discount above 100', 'customer_groups', { discount_percentage: 100.01 }],
    ['a discount below 0', 'customer_groups', { discount_percentage: -1 }],
    ['a colour by name', 'customer_groups', { color: 'red' }],
    ['a group without a name', 'customer_groups', { name: ' ' }],
  ];
  for (const [what, table, row] of refused) {
    test(what, () => assert.rejects(insert(table, { ...rows[table]!(), ...row }), { code: '23514' }));
  }

  test('a time zone that is none', () =>
    assert.rejects(insert('customer_settings', { site_id: shop.id, time_zone: 'Mars/Olympus' }), {
      code: '22023',
    }));
});

describe('one customer per e-mail and site', () => {
  test('whatever its case and the blanks around it', async () => {
    await insert('customers', { site_id: shop.id, email: 'Zoë@Shop.example' });
    await assert.rejects(insert('customers', { site_id: shop.id, email: '  ZOË@SHOP.EXAMPLE\t' }), {
      code: '23505',
    });
  });

  test('diacritics make another', async () => {
    await insert('customers', { site_id: shop.id, email: 'zoë@shop.example' });
    await insert('customers', { site_id: shop.id, email: 'zoe@shop.example' });
  });

  test('another site has its own', async () => {
    const other = await addShop(owner);
    await insert('customers', { site_id: shop.id, email: 'same@shop.example' });
    await insert('customers', { site_id: other.id, email: 'same@shop.example' });
  });

  test('a hidden one leaves its e-mail free', async () => {
    await owner`update mod_ecommod01_customers set deleted_at = now() where id = ${customer}`;
    const again = await addCustomers(owner, shop, 1);
    assert.equal(again.length, 1);
    await assert.rejects(owner`update mod_ecommod01_customers set deleted_at = null where id = ${customer}`, {
      code: '23505',
    });
  });

  test('also with eight at once', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        insert('customers', {
          site_id: shop.id,
          email: index % 2 ? 'race@shop.example' : 'RACE@shop.example ',
        }),
      ),
    );
    assert.equal(tries.filter((result) => result.status === 'fulfilled').length, 1);
  });
});

describe('default addresses', () => {
  for (const column of ['is_default_billing', 'is_default_shipping']) {
    test(`${column}: one at most, with eight editors at once`, async () => {
      const tries = await Promise.allSettled(
        Array.from({ length: 8 }, () =>
          insert('customer_addresses', { ...rows.customer_addresses!(), [column]: true }),
        ),
      );
      assert.equal(tries.filter((result) => result.status === 'fulfilled').length, 1);
      for (const result of tries) {
        if (result.status === 'rejected') assert.equal((result.reason as { code: string }).code, '23505');
      }
    });
  }
});

test('a group’s name is unique in its site alone', async () => {
  const other = await addShop(owner);
  await addGroup(owner, shop, 'Regulars');
  await addGroup(owner, other, 'Regulars');
  await assert.rejects(addGroup(owner, shop, 'Regulars'), { code: '23505' });
});

test('a pair of customer and group is there once', async () => {
  const group = await addGroup(owner, shop, 'Regulars');
  const member = { site_id: shop.id, customer_id: customer, group_id: group };
  await insert('customer_group_members', member);
  await assert.rejects(insert('customer_group_members', member), { code: '23505' });
});

describe('a customer', () => {
  for (const [column, value] of [
    ['site_id', randomUUID()],
    ['id', randomUUID()],
    ['created_at', '2001-01-01T00:00:00Z'],
  ] as const) {
    test(`never changes its ${column}`, () =>
      assert.rejects(
        owner`update mod_ecommod01_customers set ${owner({ [column]: value })} where id = ${customer}`,
        {
          code: '23514',
          message: 'A customer’s site_id, id and created_at never change.',
        },
      ));
  }

  test('moves its version with an edit, also by plain SQL, and not with a count', async () => {
    const read = async () =>
      (await owner`select version, updated_at from mod_ecommod01_customers where id = ${customer}`)[0]!;
    const first = await read();
    await insert('customer_notes', rows.customer_notes!());
    assert.deepEqual(await read(), first);
    await owner`update mod_ecommod01_customers set phone = '+4930123456' where id = ${customer}`;
    const second = await read();
    assert.equal(second.version, first.version + 1);
    assert.ok(second.updated_at > first.updated_at);
  });

  test('is a guest exactly when its status says so', async () => {
    const read = async () =>
      (await owner`select is_guest from mod_ecommod01_customers where id = ${customer}`)[0]!
        .is_guest as boolean;
    await owner`update mod_ecommod01_customers set status = 'guest' where id = ${customer}`;
    assert.equal(await read(), true);
    await owner`update mod_ecommod01_customers set status = 'active', is_guest = true where id = ${customer}`;
    assert.equal(await read(), false);
  });

  test('loses its login, not itself, with the user', async () => {
    const user = randomUUID();
    await owner`insert into auth.users (id) values (${user})`;
    await owner`update mod_ecommod01_customers set user_id = ${user} where id = ${customer}`;
    await owner`delete from auth.users where id = ${user}`;
    const [row] = await owner`select user_id from mod_ecommod01_customers where id = ${customer}`;
    assert.equal(row!.user_id, null);
  });

  test('takes addresses, memberships and notes with it; a group only its memberships', async () => {
    const group = await addGroup(owner, shop, 'Regulars');
    const fillAll = async (id: string) => {
      await insert('customer_addresses', { ...rows.customer_addresses!(), customer_id: id });
      await insert('customer_notes', { ...rows.customer_notes!(), customer_id: id });
      await insert('customer_group_members', { site_id: shop.id, customer_id: id, group_id: group });
    };
    const [second] = (await addCustomers(owner, shop, 1, 'second')) as [string];
    await fillAll(customer);
    await fillAll(second);
    const count = async (table: string) =>
      (
        await owner`select count(*)::int as n from ${owner(`mod_ecommod01_${table}`)} where site_id = ${shop.id}`
      )[0]!.n as number;
    const counts = () =>
      Promise.all(['customers', 'customer_addresses', 'customer_notes', 'customer_group_members'].map(count));
    assert.deepEqual(await counts(), [2, 2, 2, 2]);
    await owner`delete from mod_ecommod01_customers where id = ${customer}`;
    assert.deepEqual(await counts(), [1, 1, 1, 1]);
    await owner`delete from mod_ecommod01_customer_groups where id = ${group}`;
    assert.deepEqual(await counts(), [1, 1, 1, 0]);
  });
});

describe('folding', () => {
  const folded: [string, string][] = [
    ['Zoë', 'zoe'],
    ['ÖÉŽ Żółć', 'oez zolc'],
    ['Straße STRAẞE', 'strasse strasse'],
    ['Ærø Œuvre Þór', 'aero oeuvre thor'],
    ['Đặng Łukasz Ħal', 'dang lukasz hal'],
    ['İstanbul ısı', 'istanbul isi'],
    ['ΟΔΥΣΣΕΎΣ Οδυσσεύς', 'οδυσσευσ οδυσσευσ'],
    ['ＦＵＬＬ ﬁt', 'full fit'],
    ['김철수 がく', '김철수 がく'],
    ["O’Brien O'Brien", "o'brien o'brien"],
    ['a,b (x) 50% a_b \\ * <b> 😀', 'a,b (x) 50% a_b \\ * <b> 😀'],
    ['tab\tline\nend', 'tab line end'],
  ];
  for (const [given, expected] of folded) {
    test(`${JSON.stringify(given)} is ${JSON.stringify(expected)}`, async () => {
      const [row] = await owner`
        select customers_private.fold(${given}) as plain, customers_private.fold(${given}::text collate "C") as other`;
      assert.deepEqual({ ...row }, { plain: expected, other: expected });
    });
  }

  test('makes the search text: a blank before each word, the phone as typed and its digits', async () => {
    const [row] = await insert('customers', {
      site_id: shop.id,
      first_name: 'Zoë',
      last_name: 'O’Brien',
      email: 'Zoe@Shop.example',
      phone: '+49 (151) 23-45',
    });
    assert.equal(row!.search, " zoe o'brien zoe@shop.example +49 (151) 23-45 491512345");
    assert.equal(row!.name_key, "zoe o'brien");
    assert.equal(row!.email_key, 'zoe@shop.example');
  });

  test('a name of letters that unfold to many keeps within what an index holds', async () => {
    const [row] = await insert('customers', {
      ...rows.customers!(),
      first_name: '\ufdfa'.repeat(100),
      last_name: '\ufdfa'.repeat(100),
    });
    assert.equal((row!.name_key as string).length, 300);
  });
});

test('ids are version 7 and in the order of their making', async () => {
  const made = await owner<
    { id: string }[]
  >`select customers_private.uuid_v7()::text as id, pg_sleep(0.001) from generate_series(1, 50)`;
  const ids = made.map((row) => row.id);
  for (const id of ids)
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(ids, [...ids].sort());
  assert.ok(Math.abs(Number.parseInt(ids[0]!.replace('-', '').slice(0, 12), 16) - Date.now()) < 60_000);
});
