import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sql } from 'postgres';
import { rowsOfChunk } from '../../src/model/export.ts';
import type { Operation } from '../../src/model/operations.ts';
import type { FailureList, Receipt } from '../../src/model/receipt.ts';
import { keptAndCounted } from './counts.ts';
import { as, startDatabase, type TestDatabase } from './database.ts';
import { addCustomers, addGroup, addShop, type Shop } from './shop.ts';

let database: TestDatabase;
let owner: Sql;
let shop: Shop;
before(async () => {
  database = await startDatabase();
  owner = database.owner;
});
after(() => database.close());
beforeEach(async () => {
  shop = await addShop(owner);
});

async function call<T>(user: string, name: string, args: Record<string, unknown>): Promise<T> {
  const types: Record<string, string> = {
    options: 'json',
    customers: 'json',
    ids: 'uuid[]',
    kinds: 'text[]',
  };
  const names = Object.keys(args);
  const places = names.map((key, index) => `p_${key} => $${index + 2}${types[key] ? `::${types[key]}` : ''}`);
  const [row] = await as(owner, user, (sql) =>
    sql.unsafe<{ answer: T }[]>(
      `select public.mod_ecommod01_${name}(p_site => $1${places.length ? `, ${places.join(', ')}` : ''}) as answer`,
      [shop.id, ...names.map((key) => args[key] as never)],
    ),
  );
  return row!.answer;
}

const start = (kind: string, customers: object, options: object = {}, user = shop.editor) =>
  call<Operation>(user, 'start_operation', { id: randomUUID(), kind, options, customers });
const step = (id: string, number: number, user = shop.editor) =>
  call<Receipt>(user, 'step_operation', { id, step: number });
const finish = (id: string, user = shop.editor) => call<Receipt>(user, 'finish_operation', { id });

async function act(
  kind: string,
  customers: object,
  options: object = {},
  user = shop.editor,
): Promise<Receipt> {
  const { id, steps } = await start(kind, customers, options, user);
  for (let number = 0; number < (steps.total ?? 0); number++) await step(id, number, user);
  return finish(id, user);
}

async function undo(id: string, user = shop.editor): Promise<Receipt> {
  const operation = randomUUID();
  await call(user, 'undo_operation', { operation, id });
  const { steps } = await call<Operation>(user, 'get_operation', { id: operation });
  for (let number = 0; number < (steps.total ?? 0); number++) await step(operation, number, user);
  return finish(operation, user);
}

const sum = ({ created, changed, unchanged, skipped, failed }: Receipt) =>
  created + changed + unchanged + skipped + failed;

describe('many customers at once', () => {
  it('leaves guests alone and says so', async () => {
    const [guest, member] = (await addCustomers(owner, shop, 2)) as [string, string];
    await owner`update mod_ecommod01_customers set status = 'guest' where id = ${guest}`;
    const receipt = await act('set_inactive', { ids: [guest, member] });
    assert.deepEqual([receipt.changed, receipt.skipped, sum(receipt)], [1, 1, receipt.asked]);
    assert.deepEqual([receipt.failures[0]?.id, receipt.failures[0]?.code], [guest, 'guest']);
  });

  it('says of each customer why it could not, and goes on with the others', async () => {
    const [here, hidden, merged] = (await addCustomers(owner, shop, 3)) as [string, string, string];
    await owner`update mod_ecommod01_customers set deleted_at = now() where id = ${hidden}`;
    await owner`update mod_ecommod01_customers set deleted_at = now(), merged_into = ${here} where id = ${merged}`;
    const gone = randomUUID();
    const receipt = await act('add_tags', { ids: [here, hidden, merged, gone] }, { tags: ['x'] });
    assert.deepEqual([receipt.asked, receipt.changed, receipt.failed], [4, 1, 3]);
    const codes = Object.fromEntries(receipt.failures.map(({ id, code }) => [id, code]));
    assert.deepEqual(codes, { [hidden]: 'deleted', [merged]: 'merged', [gone]: 'unknown' });
  });

  it('fails for everybody whose group was deleted meanwhile', async () => {
    await addCustomers(owner, shop, 3);
    const group = await addGroup(owner, shop, 'Short-lived');
    const { id } = await start('assign_group', { filters: {} }, { group });
    await owner`delete from mod_ecommod01_customer_groups where id = ${group}`;
    await step(id, 0);
    const receipt = await finish(id);
    assert.deepEqual([receipt.failed, receipt.failures[0]?.code], [3, 'unknown_group']);
  });

  it('keeps every number true and loses nothing, with eight writers whose sets cross', async () => {
    const ids = await addCustomers(owner, shop, 400);
    const groups = await Promise.all(['A', 'B'].map((name) => addGroup(owner, shop, name)));
    const receipts = await Promise.all(
      Array.from({ length: 8 }, (_, writer) => {
        const mine = ids.filter((_id, index) => index % 8 !== writer);
        const shuffled = writer % 2 ? mine.reverse() : mine;
        return writer < 4
          ? act('assign_group', { ids: shuffled }, { group: groups[writer % 2] })
          : act('add_tags', { ids: shuffled }, { tags: [`tag ${writer}`] });
      }),
    );
    for (const receipt of receipts) {
      assert.deepEqual([receipt.status, receipt.failed, sum(receipt)], ['finished', 0, receipt.asked]);
    }
    const [tags] = await owner<[{ n: number }]>`
      select sum(cardinality(tags))::int as n from mod_ecommod01_customers where site_id = ${shop.id}`;
    assert.equal(tags.n, 4 * 350);
    const { kept, counted } = await keptAndCounted(owner, shop.id);
    assert.deepEqual(kept, counted);
  });

  it('does a step once when it is sent by two at the same time', async () => {
    await addCustomers(owner, shop, 50);
    const { id } = await start('add_tags', { filters: {} }, { tags: ['x'] });
    const answers = await Promise.all([step(id, 0), step(id, 0), step(id, 0)]);
    assert.deepEqual(
      answers.map((receipt) => receipt.changed),
      [50, 50, 50],
    );
    const [changes] = await owner<[{ n: number }]>`
      select count(*)::int as n from mod_ecommod01_customer_changes where operation_id = ${id}`;
    assert.equal(changes.n, 50);
  });

  it('settles thousands in parts, each customer once, and forgets them when it ends', async () => {
    await addCustomers(owner, shop, 2_345);
    const { id, asked, steps } = await start('set_inactive', { filters: { status: ['active'] } });
    assert.deepEqual([asked, steps.total], [2_345, 3]);
    await Promise.all([step(id, 1), step(id, 0)]);
    const { steps: now } = await call<Operation>(shop.editor, 'get_operation', { id });
    assert.deepEqual(now.done, [[0, 1]]);
    await step(id, 2);
    const receipt = await finish(id);
    assert.deepEqual([receipt.changed, receipt.status], [2_345, 'finished']);
    const [left] = await owner<[{ n: number }]>`
      select count(*)::int as n from mod_ecommod01_customer_operation_targets where operation_id = ${id}`;
    assert.equal(left.n, 0);
    assert.deepEqual((await undo(id)).changed, 2_345);
    const { kept, counted } = await keptAndCounted(owner, shop.id);
    assert.deepEqual(kept, counted);
  });

  it('holds a thousand failures in the receipt and gives all of them by pages', async () => {
    const ids = Array.from({ length: 1_200 }, () => randomUUID());
    const receipt = await act('set_active', { ids });
    assert.deepEqual([receipt.failed, receipt.failures.length], [1_200, 1_000]);
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: FailureList = await call(shop.viewer, 'list_operation_failures', {
        id: receipt.id,
        limit: 500,
        ...(cursor && { cursor }),
      });
      found.push(...page.rows.map((failure) => failure.id ?? ''));
      cursor = page.next;
    } while (cursor);
    assert.deepEqual(found.sort(), ids.sort());
  });

  it('lets nobody but who began it go on, and an admin end it', async () => {
    await addCustomers(owner, shop, 1);
    const { id } = await start('add_tags', { filters: {} }, { tags: ['x'] });
    await assert.rejects(step(id, 0, shop.admin), { code: 'PT404' });
    await assert.rejects(finish(id, shop.viewer), { code: 'PT403' });
    assert.equal((await finish(id, shop.admin)).status, 'cancelled');
    await assert.rejects(step(id, 0), { code: 'PT409' });
  });
});

describe('an undo in steps', () => {
  it('removes nobody who was given a note, an order or an address since', async () => {
    const rows = [2, 3, 4, 5].map((row) => ({ row, email: `made-${row}@shop.example` }));
    const id = randomUUID();
    await call(shop.editor, 'start_operation', { id, kind: 'import', asked: 4 });
    await as(owner, shop.editor, (sql) =>
      sql.unsafe(`select mod_ecommod01_step_operation($1, $2, 0, $3::text::json)`, [
        shop.id,
        id,
        JSON.stringify(rows),
      ]),
    );
    await finish(id);
    const made = await owner<{ id: string }[]>`
      select id from mod_ecommod01_customers where site_id = ${shop.id} order by email`;
    const [noted, ordered, addressed] = made.map((row) => row.id) as [string, string, string];
    await owner`insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name)
      values (${shop.id}, ${noted}, 'Called', ${shop.editor}, 'The editor')`;
    await owner`insert into mod_ecommod01_orders (site_id, customer_id, order_number, status, total, currency)
      values (${shop.id}, ${ordered}, ${randomUUID()}, 'cancelled', 1, 'USD')`;
    await as(owner, shop.editor, (sql) =>
      sql.unsafe(
        `select mod_ecommod01_save_address($1, p_operation => $2, p_customer => $3, p_id => $4,
          p_fields => '{"address_line_1": "1 Street", "city": "Town", "country": "DE"}')`,
        [shop.id, randomUUID(), addressed, randomUUID()],
      ),
    );
    const receipt = await undo(id);
    assert.deepEqual([receipt.changed, receipt.failed, sum(receipt)], [1, 3, 4]);
    const codes = Object.fromEntries(receipt.failures.map((failure) => [failure.id, failure.code]));
    assert.deepEqual(codes, { [noted]: 'has_notes', [ordered]: 'has_orders', [addressed]: 'edited' });
    const { kept, counted } = await keptAndCounted(owner, shop.id);
    assert.deepEqual(kept, counted);
  });

  it('of a deletion gives back whom nobody replaced', async () => {
    const ids = await addCustomers(owner, shop, 3);
    const deleted = await act('delete', { ids }, {}, shop.admin);
    assert.equal(deleted.changed, 3);
    await addCustomers(owner, shop, 1);
    const receipt = await undo(deleted.id, shop.admin);
    assert.deepEqual([receipt.changed, receipt.failed, receipt.failures[0]?.code], [2, 1, 'exists']);
    const { kept, counted } = await keptAndCounted(owner, shop.id);
    assert.deepEqual(kept, counted);
  });

  it('that two begin at once is begun by one of them', async () => {
    await addCustomers(owner, shop, 5);
    const { id } = await act('add_tags', { filters: {} }, { tags: ['x'] });
    const outcomes = await Promise.allSettled([undo(id), undo(id)]);
    assert.deepEqual(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.changed : 'refused')).sort(),
      [5, 'refused'],
    );
  });
});

describe('an export', () => {
  it('names in its receipt who was removed for good meanwhile', async () => {
    const ids = await addCustomers(owner, shop, 3);
    const { id } = await start('export', { filters: {} }, { fields: ['id'] });
    await owner`delete from mod_ecommod01_customers where id = ${ids[0] ?? ''}`;
    const rows = rowsOfChunk(await call<string>(shop.editor, 'export_chunk', { id, step: 0 }));
    assert.deepEqual(rows.flat().sort(), ids.slice(1).sort());
    const receipt = await finish(id);
    assert.deepEqual([receipt.asked, receipt.unchanged, receipt.skipped], [3, 2, 1]);
    assert.equal(receipt.failures[0]?.id, ids[0]);
  });

  it('knows no field but those there are', async () => {
    await assert.rejects(start('export', { filters: {} }, { fields: ['c.search; drop'] }), { code: 'PT422' });
    await assert.rejects(start('export', { filters: {} }, {}), { code: 'PT422' });
  });
});
