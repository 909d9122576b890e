import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Sql } from 'postgres';
import type { ImportRow } from '../../src/model/import.ts';
import type { Receipt, ReceiptFailure } from '../../src/model/receipt.ts';
import { receiptSchema } from '../../src/model/receipt.ts';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addShop, type Shop } from './shop.ts';

let database: TestDatabase;
let owner: Sql;
let shop: Shop;

before(async () => {
  database = await startDatabase();
  owner = database.owner;
});
after(() => database.close());

/** A row as the file speaks of it, or one that no client of ours would send. */
type Row = Partial<Record<keyof ImportRow, unknown>>;

interface Person {
  user: string | 'anon';
  site: string;
}

async function call<T = Receipt>(person: Person, name: string, args: readonly unknown[]): Promise<T> {
  const places = ['$1', ...args.map((_, index) => `$${index + 2}`)].join(', ');
  const [row] = await as(owner, person.user, (sql) =>
    sql.unsafe<{ answer: T }[]>(`select public.mod_ecommod01_${name}(${places}) as answer`, [
      person.site,
      ...args,
    ] as never),
  );
  return row!.answer;
}

const editorOf = (of: Shop): Person => ({ user: of.editor, site: of.id });

async function start(person: Person, options: Record<string, unknown> = {}, asked = 0): Promise<string> {
  const id = randomUUID();
  await call(person, 'start_operation', [id, 'import', asked, options]);
  return id;
}

const step = (person: Person, id: string, number: number, rows: Row[], rejected: ReceiptFailure[] = []) =>
  call(person, 'step_operation', [id, number, rows, rejected]);
const finish = (person: Person, id: string, cancelled = false) =>
  call(person, 'finish_operation', [id, cancelled]);

/** A whole import of one step. */
async function bringIn(
  rows: Row[],
  options: Record<string, unknown> = {},
  person = editorOf(shop),
): Promise<Receipt> {
  const id = await start(person, options, rows.length);
  await step(person, id, 0, rows);
  return finish(person, id);
}

const numbers = ({ created, changed, unchanged, skipped, failed }: Receipt) => ({
  created,
  changed,
  unchanged,
  skipped,
  failed,
});
const none = { created: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0 };

async function customer(email: string): Promise<Record<string, unknown>> {
  const [row] = await owner<{ customer: Record<string, unknown> }[]>`
    select to_jsonb(c) as customer from mod_ecommod01_customers c
    where c.site_id = ${shop.id} and c.email_key = ${email} and c.deleted_at is null`;
  assert.ok(row, `${email} is there`);
  return row.customer;
}

async function addressesOf(email: string): Promise<Record<string, unknown>[]> {
  const { id } = await customer(email);
  const rows = await owner<{ address: Record<string, unknown> }[]>`
    select to_jsonb(a) as address from mod_ecommod01_customer_addresses a
    where a.customer_id = ${id as string} order by a.created_at, a.id`;
  return rows.map((row) => row.address);
}

const refused = (code: string) => (error: unknown) => {
  assert.equal((error as { code?: string }).code, code);
  return true;
};

const address = { address_line_1: '12 Main Street', city: 'Cork', country: 'IE', postal_code: 'T12 W8KP' };

describe('an import', () => {
  before(async () => {
    shop = await addShop(owner);
  });

  it('makes a customer of a row: active, without consent where the file is silent, with its address', async () => {
    const receipt = await bringIn([
      {
        row: 2,
        email: ' Ada@Example.COM\u00a0',
        first_name: 'Ada',
        last_name: 'Lovelace',
        tags: ['b', 'a', 'b', ' '],
      },
      {
        row: 3,
        email: 'home@example.com',
        company: 'Homes',
        ...address,
        accepts_marketing: true,
        status: 'inactive',
      },
    ]);
    assert.deepEqual(numbers(receipt), { ...none, created: 2 });
    const ada = await customer('ada@example.com');
    assert.deepEqual(
      [ada.email, ada.status, ada.accepts_marketing, ada.tags, ada.country, ada.created_by_operation],
      ['ada@example.com', 'active', false, ['b', 'a'], null, receipt.id],
    );
    const home = await customer('home@example.com');
    assert.deepEqual([home.status, home.accepts_marketing, home.country], ['inactive', true, 'IE']);
    const [only, ...further] = await addressesOf('home@example.com');
    assert.equal(further.length, 0);
    assert.deepEqual(
      [only!.label, only!.is_default_billing, only!.is_default_shipping, only!.company, only!.state],
      ['Primary', true, true, 'Homes', ''],
    );
  });

  it('answers a receipt of the known shape that adds up and names who ran it', async () => {
    const receipt = await bringIn([
      { row: 2, email: 'receipt@example.com' },
      { row: 3, email: 'no' },
    ]);
    assert.deepEqual(receiptSchema.parse(receipt), receipt);
    assert.equal(receipt.by, 'The editor');
    assert.equal(receipt.status, 'finished');
    assert.deepEqual(receipt.failures, [
      {
        row: 3,
        field: 'email',
        code: 'email_invalid',
        message: 'The e-mail is not valid.',
        outcome: 'failed',
      },
    ]);
    const read = receiptSchema.parse(await call(editorOf(shop), 'get_operation', [receipt.id]));
    assert.deepEqual(read, receipt);
  });

  it('keeps what no address can be made of as metadata', async () => {
    await bringIn([
      { row: 2, email: 'part@example.com', company: 'ACME', country: 'US', metadata: { Note: 'x' } },
    ]);
    assert.deepEqual((await customer('part@example.com')).metadata, {
      Note: 'x',
      company: 'ACME',
      country: 'US',
    });
    assert.deepEqual(await addressesOf('part@example.com'), []);
  });

  it('judges every row by itself, whatever a client sends', async () => {
    const long = 'x'.repeat(101);
    const rows: [Row, string, string | RegExp][] = [
      [{}, 'email_empty', 'email'],
      [{ email: '\u00a0 ' }, 'email_empty', 'email'],
      [{ email: null }, 'email_empty', 'email'],
      [{ email: 'two@@example.com' }, 'email_invalid', 'email'],
      [{ email: 'trailing.dot@example.' }, 'email_invalid', 'email'],
      [{ email: `a@b.co'; drop table x; --` }, 'email_invalid', 'email'],
      [{ email: `${'x'.repeat(250)}@example.com` }, 'too_long', 'email'],
      [{ email: 'w1@example.com', first_name: long }, 'too_long', 'first_name'],
      [{ email: 'w2@example.com', postal_code: 'x'.repeat(21) }, 'too_long', 'postal_code'],
      [{ email: 'w3@example.com', city: long }, 'too_long', 'city'],
      [{ email: 'w4@example.com', phone: '1'.repeat(51) }, 'too_long', 'phone'],
      [{ email: 'c1@example.com', country: 'United States' }, 'country_invalid', 'country'],
      [{ email: 'c2@example.com', country: 'XX' }, 'country_invalid', 'country'],
      [{ email: 's@example.com', status: 'guest' }, 'status_invalid', 'status'],
      [{ email: 'm@example.com', accepts_marketing: 'yes' }, 'consent_invalid', 'accepts_marketing'],
      [{ email: 't@example.com', tags: 'VIP' }, 'tags_invalid', 'tags'],
      [{ email: 't2@example.com', tags: [1, null] }, 'tags_invalid', 'tags'],
      [{ email: 'd@example.com', metadata: ['x'] }, 'metadata_invalid', 'metadata'],
      [{ email: 'd2@example.com', metadata: { a: { b: 1 } } }, 'metadata_invalid', 'metadata'],
      [{ email: 'u@example.com', last_name: 'a\u001fb' }, 'control_character', 'last_name'],
    ];
    const receipt = await bringIn([
      ...rows.map(([row], index) => ({ ...row, row: index + 2 })),
      {
        row: 99,
        email: 'fine@example.com',
        total_spent: 999,
        site_id: randomUUID(),
        email_verified: true,
      } as Row,
    ]);
    assert.deepEqual(numbers(receipt), { ...none, created: 1, failed: rows.length });
    assert.deepEqual(
      receipt.failures.map(({ code, field }) => [code, field]),
      rows.map(([, code, field]) => [code, field]),
    );
    assert.equal(
      receipt.failures.find(({ field }) => field === 'first_name')?.message,
      'first_name has 101 characters; at most 100 fit.',
    );
    const fine = await customer('fine@example.com');
    assert.deepEqual([fine.total_spent, fine.email_verified, fine.version], [0, false, 1]);
  });

  it('keeps hostile text as it stands', async () => {
    const texts = [
      `Robert'); drop table x;--`,
      '<img src=x onerror=alert(1)>',
      '=1+1',
      '\\',
      '%_*',
      '🌸',
      '‮txt',
      '{"a":1}',
    ];
    const receipt = await bringIn(
      texts.map((first_name, index) => ({
        row: index + 2,
        email: `hostile${index}@example.com`,
        first_name,
        tags: [first_name],
      })),
    );
    assert.equal(receipt.created, texts.length);
    for (const [index, text] of texts.entries()) {
      const { first_name, tags } = await customer(`hostile${index}@example.com`);
      assert.deepEqual([first_name, tags], [text, [text]]);
    }
  });

  it('refuses a step that is no list of numbered rows, and writes nothing of it', async () => {
    const editor = editorOf(shop);
    const id = await start(editor);
    const good = { row: 2, email: 'unwritten@example.com' };
    for (const rows of [
      {},
      [1],
      [good, { email: 'a@b.co' }],
      [good, { row: 1.5 }],
      [good, { row: 'x' }],
      [good, { row: 1e12 }],
    ])
      await assert.rejects(step(editor, id, 0, rows as Row[]), refused('PT422'));
    const many = Array.from({ length: 1001 }, (_, index) => ({
      row: index,
      email: `many${index}@example.com`,
    }));
    await assert.rejects(step(editor, id, 0, many), refused('PT422'));
    await assert.rejects(step(editor, id, -1, [good]), refused('PT422'));
    await assert.rejects(step(editor, id, 0, [good], [{ row: 1, code: 'X Y' } as never]), refused('PT422'));
    await assert.rejects(customer('unwritten@example.com'));
    assert.deepEqual(numbers(await finish(editor, id)), none);
  });
});

describe('importing customers who are here already', () => {
  before(async () => {
    shop = await addShop(owner);
  });

  it('changes nothing the second time', async () => {
    const rows = [
      {
        row: 2,
        email: 'same@example.com',
        first_name: 'Zoë',
        tags: ['a'],
        metadata: { Note: 'x' },
        ...address,
      },
      { row: 3, email: 'same2@example.com', company: 'Only' },
    ];
    await bringIn(rows);
    const before = await customer('same@example.com');
    assert.deepEqual(numbers(await bringIn(rows)), { ...none, unchanged: 2 });
    assert.deepEqual(await customer('same@example.com'), before);
  });

  it('changes only what the file speaks of, adds tags and metadata, and keeps before and after', async () => {
    await bringIn([
      {
        row: 2,
        email: 'kept@example.com',
        first_name: 'Old',
        last_name: 'Name',
        phone: '+353215550123',
        tags: ['vip', 'b'],
        accepts_marketing: true,
        status: 'inactive',
        metadata: { a: '1', b: '2' },
      },
    ]);
    const receipt = await bringIn([
      {
        row: 2,
        email: 'KEPT@example.com',
        first_name: 'New',
        last_name: ' ',
        tags: ['b', 'c'],
        metadata: { b: '3' },
      },
    ]);
    assert.deepEqual(numbers(receipt), { ...none, changed: 1 });
    const after = await customer('kept@example.com');
    assert.deepEqual(
      [
        after.first_name,
        after.last_name,
        after.phone,
        after.tags,
        after.metadata,
        after.status,
        after.accepts_marketing,
        after.version,
      ],
      ['New', 'Name', '+353215550123', ['vip', 'b', 'c'], { a: '1', b: '3' }, 'inactive', true, 2],
    );
    const changes = await owner`
      select before, after from mod_ecommod01_customer_changes where operation_id = ${receipt.id}`;
    assert.deepEqual(
      [...changes],
      [
        {
          before: { first_name: 'Old', tags: ['vip', 'b'], metadata: { a: '1', b: '2' } },
          after: { first_name: 'New', tags: ['vip', 'b', 'c'], metadata: { a: '1', b: '3' } },
        },
      ],
    );
  });

  it('raises and lowers consent only where the file says so', async () => {
    await bringIn([{ row: 2, email: 'consent@example.com' }]);
    await bringIn([{ row: 2, email: 'consent@example.com', accepts_marketing: true }]);
    assert.equal((await customer('consent@example.com')).accepts_marketing, true);
    await bringIn([{ row: 2, email: 'consent@example.com', accepts_marketing: false }]);
    assert.equal((await customer('consent@example.com')).accepts_marketing, false);
  });

  it('updates a guest without making an account of it', async () => {
    await owner`
      insert into mod_ecommod01_customers (site_id, email, status) values (${shop.id}, 'Guest@example.com', 'guest')`;
    const receipt = await bringIn([
      { row: 2, email: 'guest@example.com', first_name: 'Gast', status: 'active' },
    ]);
    assert.deepEqual(numbers(receipt), { ...none, changed: 1 });
    const guest = await customer('guest@example.com');
    assert.deepEqual(
      [guest.first_name, guest.status, guest.is_guest, guest.email],
      ['Gast', 'guest', true, 'Guest@example.com'],
    );
  });

  it('adds a second address once, without making it the default', async () => {
    await bringIn([{ row: 2, email: 'addresses@example.com', ...address }]);
    const folded = {
      ...address,
      address_line_1: '12 MAIN STREET',
      postal_code: 't12 w8kp',
      city: 'Cork City',
    };
    assert.deepEqual(numbers(await bringIn([{ row: 2, email: 'addresses@example.com', ...folded }])), {
      ...none,
      unchanged: 1,
    });
    const other = { ...address, address_line_1: '7 Lake Road' };
    assert.deepEqual(numbers(await bringIn([{ row: 2, email: 'addresses@example.com', ...other }])), {
      ...none,
      changed: 1,
    });
    const addresses = await addressesOf('addresses@example.com');
    assert.deepEqual(
      addresses.map((row) => [row.address_line_1, row.is_default_billing, row.is_default_shipping]),
      [
        ['12 Main Street', true, true],
        ['7 Lake Road', false, false],
      ],
    );
  });

  it('leaves out what the policy excludes, by name', async () => {
    await bringIn([{ row: 2, email: 'here@example.com', first_name: 'Here' }]);
    const rows = [
      { row: 2, email: 'here@example.com', first_name: 'Changed' },
      { row: 3, email: 'new-for-create@example.com' },
    ];
    const created = await bringIn(rows, { policy: 'create' });
    assert.deepEqual(numbers(created), { ...none, created: 1, skipped: 1 });
    assert.deepEqual(
      created.failures.map(({ row, code, outcome }) => [row, code, outcome]),
      [[2, 'exists', 'skipped']],
    );
    assert.equal((await customer('here@example.com')).first_name, 'Here');
    const updated = await bringIn([rows[0]!, { row: 3, email: 'nobody@example.com' }], { policy: 'update' });
    assert.deepEqual(numbers(updated), { ...none, changed: 1, skipped: 1 });
    assert.deepEqual(
      updated.failures.map(({ row, code }) => [row, code]),
      [[3, 'unknown']],
    );
    await assert.rejects(customer('nobody@example.com'));
  });

  it('leaves out who was deleted or merged before, and says so', async () => {
    await bringIn([
      { row: 2, email: 'deleted@example.com' },
      { row: 3, email: 'merged@example.com' },
      { row: 4, email: 'remains@example.com' },
    ]);
    await owner`
      update mod_ecommod01_customers c
      set deleted_at = now(),
        merged_into = case when email_key = 'merged@example.com' then
          (select id from mod_ecommod01_customers where site_id = ${shop.id} and email_key = 'remains@example.com') end
      where site_id = ${shop.id} and email_key in ('deleted@example.com', 'merged@example.com')`;
    const receipt = await bringIn([
      { row: 2, email: 'deleted@example.com' },
      { row: 3, email: 'merged@example.com' },
    ]);
    assert.deepEqual(numbers(receipt), { ...none, skipped: 2 });
    assert.deepEqual(
      receipt.failures.map(({ code }) => code),
      ['deleted_before', 'merged_before'],
    );
  });

  it('takes the first valid record of an e-mail, within a step and across steps', async () => {
    const editor = editorOf(shop);
    await bringIn([{ row: 2, email: 'was-here@example.com', first_name: 'Was' }]);
    const id = await start(editor, {}, 7);
    const first = await step(editor, id, 0, [
      { row: 2, email: 'first@example.com', first_name: 'x'.repeat(101) },
      { row: 3, email: 'first@example.com', first_name: 'Second' },
      { row: 4, email: 'FIRST@example.com', first_name: 'Third' },
      { row: 5, email: 'was-here@example.com', first_name: 'Was' },
    ]);
    assert.deepEqual(
      first.failures.map(({ row, code }) => [row, code]),
      [
        [2, 'too_long'],
        [4, 'duplicate'],
      ],
    );
    const second = await step(editor, id, 1, [
      { row: 6, email: 'first@example.com', first_name: 'Later' },
      { row: 7, email: 'was-here@example.com', first_name: 'Later' },
    ]);
    assert.deepEqual(
      second.failures.map(({ row, code }) => [row, code]),
      [
        [6, 'duplicate'],
        [7, 'duplicate'],
      ],
    );
    assert.deepEqual(numbers(await finish(editor, id)), {
      created: 1,
      changed: 0,
      unchanged: 1,
      skipped: 3,
      failed: 1,
    });
    assert.equal((await customer('first@example.com')).first_name, 'Second');
    assert.equal((await customer('was-here@example.com')).first_name, 'Was');
  });
});

describe('an operation', () => {
  before(async () => {
    shop = await addShop(owner);
  });

  it('counts a step once, however often it is sent, also at once and after the end', async () => {
    const editor = editorOf(shop);
    const id = await start(editor, {}, 2);
    const rows = [{ row: 2, email: 'once@example.com' }];
    const rejected: ReceiptFailure[] = [
      { row: 3, code: 'email_empty', message: 'There is no e-mail.', outcome: 'failed' },
    ];
    await Promise.all(Array.from({ length: 6 }, () => step(editor, id, 0, rows, rejected)));
    const receipt = await finish(editor, id);
    assert.deepEqual(numbers(receipt), { ...none, created: 1, failed: 1 });
    assert.deepEqual(await step(editor, id, 0, rows, rejected), receipt);
    assert.deepEqual(await finish(editor, id), receipt);
  });

  it('starts once, and refuses other content under the same id', async () => {
    const editor = editorOf(shop);
    const id = randomUUID();
    const begin = (asked: number, options: object = {}) =>
      call(editor, 'start_operation', [id, 'import', asked, options]);
    const receipts = await Promise.all([begin(3), begin(3), begin(3)]);
    assert.deepEqual(receipts[1], receipts[0]);
    await assert.rejects(begin(4), refused('PT409'));
    await assert.rejects(begin(3, { policy: 'create' }), refused('PT409'));
    await step(editor, id, 0, [{ row: 2, email: 'a@example.com' }]);
    await assert.rejects(step(editor, id, 0, [{ row: 2, email: 'b@example.com' }]), refused('PT409'));
  });

  it('takes no new step after its end', async () => {
    const editor = editorOf(shop);
    const id = await start(editor);
    await finish(editor, id);
    await assert.rejects(step(editor, id, 0, [{ row: 2, email: 'late@example.com' }]), refused('PT409'));
    await assert.rejects(customer('late@example.com'));
  });

  it('is cancelled where rows never arrived, and keeps what is written', async () => {
    const editor = editorOf(shop);
    const id = await start(editor, {}, 3);
    await step(editor, id, 0, [{ row: 2, email: 'arrived@example.com' }]);
    const receipt = await finish(editor, id);
    assert.equal(receipt.status, 'cancelled');
    assert.deepEqual([receipt.asked, receipt.created], [3, 1]);
    await customer('arrived@example.com');
  });

  it('refuses options, kinds and numbers that it does not know', async () => {
    const editor = editorOf(shop);
    const begin = (...args: unknown[]) => call(editor, 'start_operation', [randomUUID(), ...args]);
    await assert.rejects(begin('import', 1, { policy: 'all' }), refused('PT422'));
    await assert.rejects(begin('import', 1, { polcy: 'both' }), refused('PT422'));
    await assert.rejects(begin('import', 1, { fileName: { name: 'people.csv' } }), refused('PT422'));
    await assert.rejects(begin('import', 1, []), refused('PT422'));
    await assert.rejects(begin('import', -1, {}), refused('PT422'));
    await assert.rejects(begin('export', 1, {}), refused('PT422'));
  });

  it('is for editors and admins; others change and learn nothing', async () => {
    const other = await addShop(owner);
    const id = await start(editorOf(shop), {}, 1);
    const attempts: [string, Person][] = [
      ['viewer', { user: shop.viewer, site: shop.id }],
      ['outsider', { user: other.admin, site: shop.id }],
      ['anon', { user: 'anon', site: shop.id }],
    ];
    for (const [who, person] of attempts) {
      const code = who === 'anon' ? '42501' : 'PT403';
      await assert.rejects(start(person), refused(code), who);
      await assert.rejects(
        step(person, id, 0, [{ row: 2, email: `${who}@example.com` }]),
        refused(code),
        who,
      );
      await assert.rejects(finish(person, id), refused(code), who);
      if (who !== 'viewer') await assert.rejects(call(person, 'get_operation', [id]), refused(code), who);
    }
    const rest: [string, Person, string][] = [
      ['a colleague', { user: shop.admin, site: shop.id }, 'PT404'],
      ['the same id on another site', { user: other.editor, site: other.id }, 'PT404'],
    ];
    for (const [who, person, code] of rest) {
      await assert.rejects(step(person, id, 0, [{ row: 2, email: 'x@example.com' }]), refused(code), who);
      // An admin may end what a colleague has left running.
      if (who !== 'a colleague') await assert.rejects(finish(person, id), refused(code), who);
    }
    await assert.rejects(
      call({ user: shop.admin, site: shop.id }, 'start_operation', [id, 'import', 1, {}]),
      refused('PT409'),
    );
    const [count] =
      await owner`select count(*)::int as n from mod_ecommod01_customers where email like '%er@example.com'`;
    assert.equal(count!.n, 0);
  });
});

describe('writers at the same time', () => {
  before(async () => {
    shop = await addShop(owner);
  });

  it('neither double nor block each other when eight import overlapping files', async () => {
    const files = Array.from({ length: 8 }, (_, file) =>
      Array.from({ length: 300 }, (_, index) => ({
        row: index + 2,
        email: `person${(index * 7 + file * 40) % 500}@overlap.example`,
        first_name: `From ${file}`,
        ...(index % 3 ? address : {}),
        tags: [`file ${file}`],
      })),
    );
    const receipts = await Promise.all(
      files.map(async (rows) => {
        const editor = editorOf(shop);
        const id = await start(editor, {}, rows.length);
        // Two steps in flight, in no common order.
        await Promise.all([
          step(editor, id, 1, rows.slice(150).reverse()),
          step(editor, id, 0, rows.slice(0, 150)),
        ]);
        return finish(editor, id);
      }),
    );
    const expected = new Set(files.flat().map(({ email }) => email)).size;
    for (const receipt of receipts) {
      assert.equal(receipt.failed + receipt.skipped, 0, JSON.stringify(receipt.failures[0]));
      assert.equal(receipt.created + receipt.changed + receipt.unchanged, 300);
    }
    assert.equal(
      receipts.reduce((sum, { created }) => sum + created, 0),
      expected,
    );
    const [{ people, tagged, addressed, total }] = (await owner`
      select count(*)::int as people, sum(cardinality(tags))::int as tagged,
        (select count(*)::int from mod_ecommod01_customer_addresses a where a.site_id = ${shop.id}) as addressed,
        (select sum(total)::int from customers_private.site_counters where site_id = ${shop.id}) as total
      from mod_ecommod01_customers where site_id = ${shop.id}`) as [Record<string, number>];
    assert.deepEqual([people, total], [expected, expected]);
    // Each file's tag reached each of its people: no update was lost.
    assert.equal(tagged, 8 * 300);
    assert.ok(addressed! <= expected, 'one address a person');
  });

  it('take a customer that another writer makes meanwhile for an existing one', async () => {
    const editor = editorOf(shop);
    const id = await start(editor, {}, 1);
    let finished: Promise<Receipt> | undefined;
    await owner.begin(async (sql) => {
      await sql`insert into mod_ecommod01_customers (site_id, email) values (${shop.id}, 'Race@example.com')`;
      finished = step(editor, id, 0, [{ row: 2, email: 'race@example.com', first_name: 'Race' }]);
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await finished;
    assert.deepEqual(numbers(await finish(editor, id)), { ...none, changed: 1 });
    assert.equal((await customer('race@example.com')).first_name, 'Race');
  });

  it('do the step again when a writer that locks in another order makes a deadlock of it', async () => {
    const editor = editorOf(shop);
    await bringIn([
      { row: 2, email: 'a@lock.example' },
      { row: 3, email: 'b@lock.example' },
    ]);
    const id = await start(editor, {}, 2);
    const touch = (sql: Sql, email: string) => sql`
      update mod_ecommod01_customers set last_name = 'Host' where site_id = ${shop.id} and email_key = ${email}`;
    let finished: Promise<Receipt> | undefined;
    await owner.begin(async (sql) => {
      await touch(sql as unknown as Sql, 'b@lock.example');
      finished = step(editor, id, 0, [
        { row: 2, email: 'a@lock.example', first_name: 'A' },
        { row: 3, email: 'b@lock.example', first_name: 'B' },
      ]);
      // The import holds a and waits for b; its wait is the longer one, so it is the one that gives way.
      await new Promise((resolve) => setTimeout(resolve, 300));
      await touch(sql as unknown as Sql, 'a@lock.example');
    });
    await finished;
    assert.deepEqual(numbers(await finish(editor, id)), { ...none, changed: 2 });
    for (const name of ['a', 'b']) {
      const { first_name, last_name } = await customer(`${name}@lock.example`);
      assert.deepEqual([first_name, last_name], [name.toUpperCase(), 'Host']);
    }
  });
});
