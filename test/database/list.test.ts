import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as z from 'zod/mini';
import '../../src/model/schema.ts';
import { customerSchema, groupBadgeSchema } from '../../src/model/customer.ts';
import {
  customerSorts,
  type CustomerFilters,
  type CustomerSortKey,
  type SortDirection,
} from '../../src/model/filters.ts';
import { referenceIds } from './list-reference.ts';
import { ListSite, type ListAnswer } from './list-site.ts';

const directions: SortDirection[] = ['asc', 'desc'];
const ids = (answer: ListAnswer) => answer.rows.map((row) => row.id);
const errorOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => assert.fail('it should have been refused'),
    (error: { code: string; detail: string }) => ({
      code: error.code,
      fields: Object.keys((JSON.parse(error.detail) as { fields: object }).fields),
    }),
  );

describe('the list of a large site', () => {
  let site: ListSite;
  before(async () => {
    site = await ListSite.open('Europe/Berlin');
    await site.fill(12_000);
  });
  after(() => site.close());

  it('shows rows as the model describes them, with each group once beside them', async () => {
    const answer = await site.list({ filters: { group: [site.groups[0], site.groups[1]] }, limit: 100 });
    for (const row of answer.rows) assert.deepEqual(z.parse(z.strictObject(customerSchema.shape), row), row);
    for (const group of answer.groups)
      assert.deepEqual(z.parse(z.strictObject(groupBadgeSchema.shape), group), group);
    const named = new Set(answer.rows.flatMap((row) => row.group_ids));
    assert.deepEqual(new Set(answer.groups.map((group) => group.id)), named);
    assert.equal(answer.groups.length, named.size);
    assert.match(answer.rows[0]!.created_at, /^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/);
  });

  for (const sort of customerSorts) {
    for (const direction of directions) {
      it(`walks all of it by ${sort} ${direction}, forth and back, no row twice and none missed`, async () => {
        const expected = await referenceIds(site, {}, sort, direction);
        assert.ok(expected.length > 11_000);
        const forth = await site.walk({ sort, direction, limit: 100 }, 'next');
        assert.deepEqual(forth.flat(), expected);
        const back = await site.walk({ sort, direction, limit: 100, page: -1 }, 'previous');
        assert.deepEqual(back.reverse(), forth);
      });
    }
  }

  const searches = [
    'mara',
    'quill',
    'larsen',
    'zo',
    'a',
    'larsen mara',
    'name13 ann',
    'łuk',
    '@example.com',
    'nobody',
  ];
  const narrowings = (): CustomerFilters[] => [
    {},
    { status: ['inactive'] },
    { status: ['active', 'guest'], acceptsMarketing: true },
    { group: [site.groups[0]] },
    { group: [site.groups[1], site.groups[2]] },
    { tags: ['rare'] },
    { tags: ['vip', 'unknown'], hasOrders: true },
    { minSpent: 2000, maxSpent: 4500 },
    { minOrders: 3, maxOrders: 4, country: ['DE', 'JP'] },
    { dateFrom: '2024-03-10', dateTo: '2024-06-01' },
    { lastOrderFrom: '2024-04-01', lastOrderTo: '2024-04-30' },
    { hasOrders: false, acceptsMarketing: false },
  ];

  it('finds and orders what the plainest SQL does, for each filter with each search', async () => {
    let combination = 0;
    for (const search of [undefined, ...searches]) {
      for (const narrowing of narrowings()) {
        const filters = search === undefined ? narrowing : { ...narrowing, search };
        const sort = customerSorts[combination % customerSorts.length]!;
        const direction = directions[(combination >> 1) % 2]!;
        combination++;
        const expected = await referenceIds(site, filters, sort, direction);
        const label = JSON.stringify({ filters, sort, direction });

        assert.deepEqual(
          await site.count(filters),
          expected.length <= 10_000 || Object.keys(filters).length === 0
            ? { value: expected.length, exact: true }
            : { value: 10_000, exact: false },
          label,
        );
        if (expected.length <= 3_000) {
          const forth = await site.walk({ filters, sort, direction, limit: 100 }, 'next');
          assert.deepEqual(forth.flat(), expected, label);
          const back = await site.walk({ filters, sort, direction, limit: 100, page: -1 }, 'previous');
          assert.deepEqual(back.reverse(), forth, label);
        } else {
          assert.deepEqual(
            ids(await site.list({ filters, sort, direction, limit: 50 })),
            expected.slice(0, 50),
            label,
          );
        }
        const pages = Math.ceil(expected.length / 30);
        for (const page of [2, Math.ceil(pages / 2), pages].filter((page) => page > 1)) {
          const answer = await site.list({ filters, sort, direction, limit: 30, page });
          assert.deepEqual(ids(answer), expected.slice((page - 1) * 30, page * 30), `${label} page ${page}`);
        }
      }
    }
  });

  interface Plan {
    walk: string | null;
    collect: string | null;
  }
  const plan = async (filters: CustomerFilters, sort: CustomerSortKey) => {
    const [row] = await site.sql`
      select p.walk, p.collect from customers_private.read_order(${sort}, 'asc') o,
        customers_private.plan_list(${site.id},
          customers_private.read_filters(${site.id}, ${JSON.stringify(filters)}::text::json), o.forwards, '{}', 26) p`;
    return row as Plan;
  };

  it('reads in every way it has: walking, and collecting by search, group or another filter', async () => {
    const all = await plan({}, 'name');
    assert.match(all.walk!, /order by c.name_key asc, c.id asc limit \d{9,}$/);
    assert.equal(all.collect, null);
    const collected = async (filters: CustomerFilters) => {
      const { walk, collect } = await plan(filters, 'name');
      assert.equal(walk, null);
      return collect!;
    };
    assert.match(await collected({ search: 'quill' }), /c.search like '%quill%' offset 0$/);
    assert.match(await collected({ search: 'larsen', group: [site.groups[1]] }), /customer_group_members/);
    assert.match(await collected({ search: 'larsen', tags: ['rare'] }), /c.tags && '\{rare\}'.* offset 0$/);
  });

  it('gives a walk up that meets nobody, and collects', async () => {
    const { walk, collect } = await plan({ search: 'mara' }, 'name');
    assert.match(collect!, /c.search like '%mara%' offset 0$/);
    const cap = Number(/limit (\d+)$/.exec(walk!)![1]);
    const all = await referenceIds(site, {}, 'name', 'asc');
    const maras = await referenceIds(site, { search: 'mara' }, 'name', 'asc');
    assert.ok(all.indexOf(maras[0]!) > cap);
    const answer = await site.list({
      filters: { search: 'mara' },
      sort: 'name',
      direction: 'asc',
      limit: 25,
    });
    assert.deepEqual(ids(answer), maras.slice(0, 25));
  });

  it('bounds a large collection by a page out of a part of it, and finds the same', async () => {
    for (const sort of customerSorts) {
      for (const direction of directions) {
        const expected = await referenceIds(site, { search: 'example' }, sort, direction);
        for (const backwards of [false, true]) {
          const [row] = await site.sql`
            select f as ids from customers_private.read_order(${sort}, ${direction}) o,
              customers_private.read_filters(${site.id}, '{"search": "example"}') filter,
              customers_private.find_by_plan(${site.id}, row(null, null,
                customers_private.collect(${site.id}, array[filter.search]), '{}'::text[], array[filter.search],
                1000000, 1000000)::customers_private.list_plan, o, ${backwards}, 0, 25) f`;
          assert.deepEqual(row!.ids, (backwards ? [...expected].reverse() : expected).slice(0, 26), sort);
        }
      }
    }
  });

  for (const filters of [{}, { search: 'larsen' }, { status: ['guest' as const], hasOrders: true }]) {
    it(`jumps to any page of a prepared list as OFFSET would: ${JSON.stringify(filters)}`, async () => {
      for (const sort of customerSorts) {
        for (const direction of directions) {
          const expected = await referenceIds(site, filters, sort, direction);
          assert.deepEqual(await site.prepare(filters, sort), { value: expected.length, exact: true });
          assert.deepEqual(await site.count(filters), { value: expected.length, exact: true });
          const pages = Math.ceil(expected.length / 25);
          for (const page of [1, 2, 21, 41, Math.ceil(pages / 2), pages - 1, pages]) {
            const answer = await site.list({ filters, sort, direction, limit: 25, page });
            assert.deepEqual(ids(answer), expected.slice((page - 1) * 25, page * 25), `${sort} page ${page}`);
            assert.equal(answer.previous === null, page === 1);
            assert.equal(answer.next === null, page === pages);
          }
          const last = await site.list({ filters, sort, direction, limit: 25, page: -1 });
          assert.deepEqual(ids(last), expected.slice((pages - 1) * 25));
          assert.equal(last.next, null);
        }
      }
    });
  }

  it('goes on by key after a jump, both ways', async () => {
    const expected = await referenceIds(site, { search: 'mara' }, 'total_spent', 'desc');
    const request = {
      filters: { search: 'mara' },
      sort: 'total_spent',
      direction: 'desc',
      limit: 20,
    } as const;
    const jumped = await site.list({ ...request, page: 50 });
    const after = await site.list({ ...request, cursor: jumped.next! });
    const before = await site.list({ ...request, cursor: jumped.previous! });
    assert.deepEqual([...ids(before), ...ids(jumped), ...ids(after)], expected.slice(960, 1020));
    assert.deepEqual(ids(await site.list({ ...request, cursor: before.next! })), ids(jumped));
  });

  it('shows the true page after a change, prepared before it', async () => {
    await site.prepare({}, 'created_at');
    const id = await site.add({ email: 'newest@example.com' });
    const expected = await referenceIds(site, {});
    assert.equal(expected[0], id);
    const page = await site.list({ page: 3, limit: 20 });
    assert.deepEqual(ids(page), expected.slice(40, 60));
    assert.equal((await site.count({})).value, expected.length);
    await site.sql`delete from public.mod_ecommod01_customers where site_id = ${site.id} and id = ${id}`;
  });

  it('answers a page beyond the end with no rows', async () => {
    const answer = await site.list({ page: 100_000 });
    assert.deepEqual(answer, { rows: [], groups: [], next: null, previous: null });
  });

  it('keeps at most 20 prepared lists', async () => {
    for (let number = 0; number < 22; number++) await site.prepare({ search: `name${number}` }, 'name');
    const [row] = await site.sql`
      select count(*)::int from customers_private.prepared_lists where site_id = ${site.id}`;
    assert.equal(row!.count, 20);
  });

  it('counts exactly at any size what the counters know', async () => {
    for (const filters of [
      {},
      { status: ['active'] },
      { status: ['inactive', 'guest'] },
      { hasOrders: true },
      { hasOrders: false },
      { group: [site.groups[0]] },
      { group: [site.groups[2]] },
      { search: '  ', status: [] },
    ] as CustomerFilters[]) {
      const { length } = await referenceIds(site, filters);
      assert.deepEqual(await site.count(filters), { value: length, exact: true }, JSON.stringify(filters));
    }
  });
});

describe('the list of a small site', () => {
  let site: ListSite;
  before(async () => {
    site = await ListSite.open();
  });
  after(() => site.close());

  it('is empty before the first customer', async () => {
    const empty = { rows: [], groups: [], next: null, previous: null };
    assert.deepEqual(await site.list(), empty);
    assert.deepEqual(await site.list({ page: -1 }), empty);
    assert.deepEqual(await site.count(), { value: 0, exact: true });
    assert.deepEqual(await site.prepare(), { value: 0, exact: true });
  });

  it('holds customers without a last order, behind those with one', async () => {
    const never = await site.add({ email: 'never@example.com' });
    const once = await site.add({ email: 'once@example.com' });
    await site.sql`update public.mod_ecommod01_customers set last_order_date = '2026-05-31T23:59:59Z', orders_count = 1
      where site_id = ${site.id} and id = ${once}`;
    assert.deepEqual(ids(await site.list({ sort: 'last_order_date' })), [once, never]);
    assert.deepEqual(ids(await site.list({ sort: 'last_order_date', direction: 'asc' })), [never, once]);
    assert.equal((await site.list({ sort: 'last_order_date' })).rows[1]!.last_order_date, null);
    assert.deepEqual(ids(await site.list({ filters: { lastOrderTo: '2026-05-31' } })), [once]);
    assert.deepEqual(ids(await site.list({ filters: { lastOrderTo: '2026-05-30' } })), []);
  });

  it('turns from page to page among equal keys', async () => {
    for (let number = 0; number < 30; number++)
      await site.add({
        first_name: 'Same',
        email: `same${number}@example.com`,
        created_at: '2026-01-01T00:00:00Z',
      });
    for (const direction of directions) {
      const pages = await site.walk({ filters: { search: 'same' }, direction, limit: 7 }, 'next');
      assert.deepEqual(pages.flat(), await referenceIds(site, { search: 'same' }, 'created_at', direction));
      assert.equal(pages.length, 5);
    }
  });

  it('leaves out who is hidden', async () => {
    const id = await site.add({ first_name: 'Vanished', email: 'vanished@example.com' });
    await site.sql`update public.mod_ecommod01_customers set deleted_at = now() where site_id = ${site.id} and id = ${id}`;
    assert.deepEqual(ids(await site.list({ filters: { search: 'vanished' } })), []);
    assert.equal((await site.count({ search: 'vanished' })).value, 0);
  });

  for (const [filters, field] of [
    [{ colour: 'red' }, 'colour'],
    [{ search: 1 }, 'search'],
    [{ search: 'x'.repeat(1001) }, 'search'],
    [{ search: 'a\u0000b' }, 'filters'],
    [{ status: 'active' }, 'status'],
    [{ status: ['asleep'] }, 'status'],
    [{ status: [null] }, 'status'],
    [{ group: ['1'] }, 'group'],
    [{ group: ["x'); drop table sites; --"] }, 'group'],
    [{ tags: 'vip' }, 'tags'],
    [{ country: ['Germany'] }, 'country'],
    [{ hasOrders: 'yes' }, 'hasOrders'],
    [{ acceptsMarketing: null }, 'acceptsMarketing'],
    [{ minOrders: -1 }, 'minOrders'],
    [{ maxOrders: 1.5 }, 'maxOrders'],
    [{ minSpent: '100' }, 'minSpent'],
    [{ maxSpent: 1e30 }, 'maxSpent'],
    [{ dateFrom: '2026-02-30' }, 'dateFrom'],
    [{ dateTo: '31.5.2026' }, 'dateTo'],
    [{ lastOrderFrom: 20260101 }, 'lastOrderFrom'],
    [{ lastOrderTo: 'infinity' }, 'lastOrderTo'],
  ] as [Record<string, unknown>, string][]) {
    it(`refuses ${JSON.stringify(filters).slice(0, 60)} and names the filter`, async () => {
      const refused = { code: 'PT422', fields: [field] };
      assert.deepEqual(await errorOf(site.list({ filters })), refused);
      assert.deepEqual(await errorOf(site.count(filters)), refused);
      assert.deepEqual(await errorOf(site.prepare(filters)), refused);
    });
  }

  it('says so in one short line, since it becomes the first line of an HTTP answer', async () => {
    for (const filters of [{ status: ['a\r\nX-Evil: 1'] }, { ['a\nb'.repeat(10_000)]: 1 }])
      await assert.rejects(site.list({ filters }), ({ message }: Error) => {
        // eslint-disable-next-line no-control-regex -- control characters are what is looked for
        assert.doesNotMatch(message, /[\u0000-\u001f]/);
        return message.length <= 500;
      });
  });

  it('refuses sorts, directions, limits and pages that there are not', async () => {
    const refused = (field: string) => ({ code: 'PT422', fields: [field] });
    assert.deepEqual(await errorOf(site.list({ sort: 'phone' as never })), refused('sort'));
    assert.deepEqual(await errorOf(site.list({ direction: 'up' as never })), refused('direction'));
    for (const limit of [0, 101, -1]) assert.deepEqual(await errorOf(site.list({ limit })), refused('limit'));
    for (const page of [0, -2]) assert.deepEqual(await errorOf(site.list({ page })), refused('page'));
  });

  it('refuses a cursor of another list, and one that was tampered with', async () => {
    const refused = { code: 'PT422', fields: ['cursor'] };
    const cursor = (await site.list({ limit: 1 })).next!;
    assert.equal((await site.list({ limit: 1, cursor })).rows.length, 1);
    assert.deepEqual(await errorOf(site.list({ cursor, filters: { search: 'a' } })), refused);
    assert.deepEqual(await errorOf(site.list({ cursor, sort: 'name' })), refused);
    assert.deepEqual(await errorOf(site.list({ cursor, direction: 'asc' })), refused);
    assert.deepEqual(await errorOf(site.list({ cursor, page: 2 })), { code: 'PT422', fields: ['page'] });
    const content = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { key: string[] };
    const forge = (change: object) =>
      Buffer.from(JSON.stringify({ ...content, ...change })).toString('base64url');
    for (const forged of [
      '',
      'x',
      '%',
      `${cursor}!`,
      forge({ key: ['yesterday-ish', content.key[1]] }),
      forge({ key: [content.key[0]] }),
      forge({ key: [...content.key, 'more'] }),
      forge({ key: 'no list' }),
      forge({ back: null }),
      Buffer.from('null').toString('base64url'),
    ])
      assert.deepEqual(await errorOf(site.list({ cursor: forged })), refused, forged);
  });
});
