import type { Customer } from '../../model/customer.ts';
import type { CustomerSort } from '../../model/filters.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { expect, expectEqual, expectError } from './expect.ts';
import { bringIn, newestFirst, once, person, walk, type ConformanceTest, type MakeSite } from './site.ts';

const people = [
  person(1, { email: 'zoe@example.com', first_name: 'Zoë', last_name: 'Ångström', status: 'inactive' }),
  person(2, { email: 'Anna@Example.com', first_name: 'anna', last_name: 'Zimmer', phone: '+4915123456789' }),
  person(3, { email: 'empty-name@example.com', first_name: '', last_name: '' }),
  person(4, { email: 'emil@example.com', first_name: 'Émil', last_name: 'Brandt', tags: ['loyal', 'press'] }),
  person(5, {
    email: 'obrien@example.com',
    first_name: 'Pat',
    last_name: "O'Brien",
    accepts_marketing: true,
  }),
  ...Array.from({ length: 20 }, (_, index) => person(index + 6, { first_name: 'Same', last_name: 'Name' })),
];

export function listTests(makeSite: MakeSite): ConformanceTest[] {
  const site = once(async () => {
    const made = await makeSite();
    await bringIn(made.adapter, people);
    return made;
  });
  const reading = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `list: ${name}`,
    run: async () => check((await site()).adapter),
  });

  return [
    {
      name: 'list: an empty site has no rows, no cursors, and zero of everything',
      run: async () => {
        const { adapter } = await makeSite();
        const answer = await adapter.listCustomers({ filters: {}, sort: newestFirst, limit: 20 });
        expectEqual(answer, { rows: [], groups: [], next: null, previous: null }, 'the list');
        expectEqual(await adapter.countCustomers({ filters: {} }), { value: 0, exact: true }, 'the count');
        expectEqual(
          await adapter.preparePages({ filters: {}, sort: newestFirst }),
          { value: 0, exact: true },
          'pages',
        );
        for (const page of [1, -1]) {
          const { rows } = await adapter.listCustomers({ filters: {}, sort: newestFirst, limit: 20, page });
          expectEqual(rows, [], `page ${page}`);
        }
        const { total, active, guests, withOrders, newThisMonth, totalRevenue } = await adapter.getStats();
        expectEqual(
          [total, active, guests, withOrders, newThisMonth, totalRevenue],
          [0, 0, 0, 0, 0, 0],
          'statistics',
        );
        expectEqual(await adapter.listTags({ limit: 50 }), { rows: [], next: null }, 'the tags');
        expectEqual(await adapter.listGroups({ limit: 50 }), { rows: [], next: null }, 'the groups');
      },
    },
    reading('rows carry what was brought in, and nothing that was not', async (adapter) => {
      const rows = await walk(adapter);
      expectEqual(rows.length, people.length, 'number of rows');
      const emil = rows.find((row) => row.email === 'emil@example.com');
      expect(emil !== undefined, 'Émil is missing');
      const { first_name, last_name, status, is_guest, accepts_marketing, orders_count, tags, group_ids } =
        emil;
      expectEqual(
        { first_name, last_name, status, is_guest, accepts_marketing, orders_count, tags, group_ids },
        {
          first_name: 'Émil',
          last_name: 'Brandt',
          status: 'active',
          is_guest: false,
          accepts_marketing: false,
          orders_count: 0,
          tags: ['loyal', 'press'],
          group_ids: [],
        },
        'Émil',
      );
      expect(!Number.isNaN(Date.parse(emil.created_at)), 'created_at is an ISO date');
    }),
    reading('every sort orders its rows, and both ways are each other in reverse', async (adapter) => {
      for (const by of adapter.capabilities.sorts) {
        const up = await walk(adapter, { sort: { by, direction: 'asc' } });
        const down = await walk(adapter, { sort: { by, direction: 'desc' } });
        expectEqual(ids(down), ids(up).reverse(), `${by}, descending`);
        const key = keys[by];
        const misplaced = up.findIndex(
          (row, index) => index > 0 && key(up[index - 1] as Customer) > key(row),
        );
        expect(misplaced < 0, `${by}: row ${misplaced + 1} is out of order`);
      }
    }),
    reading(
      'pages of any size give every row once, forward and backward, equal keys included',
      async (adapter) => {
        for (const by of adapter.capabilities.sorts) {
          const sort: CustomerSort = { by, direction: 'asc' };
          const all = ids(await walk(adapter, { sort }));
          expectEqual(new Set(all).size, people.length, `${by}: different rows`);
          for (const limit of [1, 7])
            expectEqual(ids(await walk(adapter, { sort, limit })), all, `${by} by ${limit}`);
          const last = await adapter.listCustomers({ filters: {}, sort, limit: 10, page: -1 });
          const back = [ids(last.rows)];
          for (let cursor = last.previous; cursor !== null;) {
            const answer = await adapter.listCustomers({ filters: {}, sort, limit: 10, cursor });
            back.unshift(ids(answer.rows));
            cursor = answer.previous;
          }
          expectEqual(back.flat(), all, `${by}, backward`);
        }
      },
    ),
    reading(
      'a page by its number is the page one would have walked to; the last one ends the list',
      async (adapter) => {
        if (!adapter.capabilities.pageNumbers) return;
        const sort: CustomerSort = { by: 'name', direction: 'asc' };
        const all = ids(await walk(adapter, { sort }));
        await adapter.preparePages({ filters: {}, sort });
        const page = async (number: number) =>
          adapter.listCustomers({ filters: {}, sort, limit: 10, page: number });
        expectEqual(ids((await page(1)).rows), all.slice(0, 10), 'page 1');
        expectEqual((await page(1)).previous, null, 'before page 1');
        const second = await page(2);
        expectEqual(ids(second.rows), all.slice(10, 20), 'page 2');
        for (const [way, expected] of [
          ['next', all.slice(20)],
          ['previous', all.slice(0, 10)],
        ] as const) {
          const cursor = second[way];
          expect(cursor !== null, `page 2 has no ${way}`);
          const { rows } = await adapter.listCustomers({ filters: {}, sort, limit: 10, cursor });
          expectEqual(ids(rows), expected, `${way} of page 2`);
        }
        for (const number of [3, -1]) {
          const last = await page(number);
          expectEqual(ids(last.rows), all.slice(20), `page ${number}`);
          expectEqual(last.next, null, `after page ${number}`);
        }
        expectEqual((await page(4)).rows, [], 'a page after the last');
      },
    ),
    reading('what makes no page is refused: limits, page numbers, cursors of elsewhere', async (adapter) => {
      const list = { filters: {}, sort: newestFirst, limit: 5 };
      const { next } = await adapter.listCustomers(list);
      expect(next !== null, 'there is a next page');
      const wrong = {
        'limit 0': { ...list, limit: 0 },
        'limit 101': { ...list, limit: 101 },
        'page 0': { ...list, page: 0 },
        'page -2': { ...list, page: -2 },
        'a cursor with a page': { ...list, cursor: next, page: 2 },
        'an invented cursor': { ...list, cursor: 'eyJub3QiOiJvdXJzIn0=' },
        'a cursor of another sort': {
          ...list,
          cursor: next,
          sort: { by: 'name', direction: 'asc' } as const,
        },
        'a cursor of other filters': { ...list, cursor: next, filters: { hasOrders: false } },
      };
      for (const [what, request] of Object.entries(wrong)) {
        await expectError(adapter.listCustomers(request), 'invalid', what);
      }
    }),
    reading(
      'what is written while one pages is neither shown twice nor hides a row that was there',
      async () => {
        const { adapter } = await makeSite();
        await bringIn(adapter, people);
        const before = ids(await walk(adapter, { sort: newestFirst }));
        const first = await adapter.listCustomers({ filters: {}, sort: newestFirst, limit: 10 });
        await bringIn(adapter, [person(900)]);
        const seen = ids(first.rows);
        for (let cursor = first.next; cursor !== null;) {
          const answer = await adapter.listCustomers({ filters: {}, sort: newestFirst, limit: 10, cursor });
          seen.push(...ids(answer.rows));
          cursor = answer.next;
        }
        expectEqual(seen, before, 'rows seen');
      },
    ),
    {
      name: 'list: more than 1,000 customers are listed, counted and summed to the last one',
      run: async () => {
        const { adapter } = await makeSite();
        const many = Array.from({ length: 1_234 }, (_, index) =>
          person(index + 1, { tags: [`tag ${index}`] }),
        );
        await bringIn(adapter, many);
        const rows = await walk(adapter, { sort: { by: 'email', direction: 'asc' } });
        expectEqual(new Set(ids(rows)).size, 1_234, 'different rows');
        expectEqual(
          await adapter.countCustomers({ filters: {} }),
          { value: 1_234, exact: true },
          'the count',
        );
        const filters = { search: 'person' };
        expectEqual(
          await adapter.countCustomers({ filters }),
          { value: 1_234, exact: true },
          'the count of matches',
        );
        expectEqual((await adapter.getStats()).total, 1_234, 'the total');
        expectEqual((await adapter.getStats()).newThisMonth, 1_234, 'new this month');
        const tags: string[] = [];
        for (let cursor: string | null | undefined; cursor !== null;) {
          const answer = await adapter.listTags({ limit: 100, ...(cursor === undefined ? {} : { cursor }) });
          tags.push(...answer.rows);
          cursor = answer.next;
        }
        expectEqual([tags.length, new Set(tags).size], [1_234, 1_234], 'tags, and different ones');
      },
    },
    reading('every answer is plain JSON', async (adapter) => {
      const sort = newestFirst;
      const answers = {
        access: await adapter.getAccess(),
        list: await adapter.listCustomers({ filters: {}, sort, limit: 100 }),
        count: await adapter.countCustomers({ filters: {} }),
        pages: await adapter.preparePages({ filters: {}, sort }),
        statistics: await adapter.getStats(),
        groups: await adapter.listGroups({ limit: 50 }),
        tags: await adapter.listTags({ limit: 50 }),
      };
      expectEqual(structuredClone(answers), JSON.parse(JSON.stringify(answers)), 'after a round trip');
    }),
  ];
}

const ids = (rows: Customer[]): string[] => rows.map((row) => row.id);

/** What must not go down from row to row. */
const keys: Record<CustomerSort['by'], (customer: Customer) => string | number> = {
  name: ({ first_name, last_name }) =>
    `${first_name} ${last_name}`
      .trim()
      .normalize('NFD')
      .replace(/\p{Mark}/gu, '')
      .toLowerCase(),
  email: ({ email }) => email.toLowerCase(),
  orders_count: ({ orders_count }) => orders_count,
  total_spent: ({ total_spent }) => total_spent,
  status: ({ status }) => status,
  created_at: ({ created_at }) => Date.parse(created_at),
  last_order_date: ({ last_order_date }) => (last_order_date ? Date.parse(last_order_date) : -Infinity),
};
