import type { CustomerFilters } from '../../model/filters.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { expect, expectEqual, expectError, expectSame } from './expect.ts';
import {
  bringIn,
  newestFirst,
  once,
  person,
  walk,
  type ConformanceFeatures,
  type ConformanceTest,
  type MakeSite,
} from './site.ts';

const home = { address_line_1: '1 Street', city: 'Town' };
const people = [
  person(1, { tags: ['loyal'], accepts_marketing: true, ...home, country: 'DE' }),
  person(2, { tags: ['press'], status: 'inactive', ...home, country: 'FR' }),
  person(3, { tags: ['loyal', 'press'], accepts_marketing: true, status: 'inactive' }),
  person(4, { tags: ['Loyal'], accepts_marketing: false, ...home, country: 'DE' }),
  person(5, { tags: ['a,b', 'with "quotes"', '{x}'] }),
];
const everyone = [1, 2, 3, 4, 5];

/** Filters, and the numbers of the people they must leave. */
const cases: [string, CustomerFilters, number[]][] = [
  ['none', {}, everyone],
  ['one status', { status: ['inactive'] }, [2, 3]],
  ['several statuses mean any of them', { status: ['active', 'inactive'] }, everyone],
  ['a status nobody has', { status: ['guest'] }, []],
  ['one tag, as it is written', { tags: ['loyal'] }, [1, 3]],
  ['several tags mean any of them', { tags: ['loyal', 'press'] }, [1, 2, 3]],
  ['tags with signs in them', { tags: ['a,b'] }, [5]],
  ['tags with quotes in them', { tags: ['with "quotes"'] }, [5]],
  ['tags with braces in them', { tags: ['{x}'] }, [5]],
  ['an unknown tag', { tags: ['nobody has this'] }, []],
  ['accepts marketing', { acceptsMarketing: true }, [1, 3]],
  ['accepts no marketing', { acceptsMarketing: false }, [2, 4, 5]],
  ['one country', { country: ['DE'] }, [1, 4]],
  ['several countries mean any of them', { country: ['DE', 'FR'] }, [1, 2, 4]],
  ['without orders', { hasOrders: false }, everyone],
  ['with orders', { hasOrders: true }, []],
  ['number of orders', { minOrders: 0, maxOrders: 0 }, everyone],
  ['spent at least', { minSpent: 1 }, []],
  ['ordered last since', { lastOrderFrom: '2000-01-01' }, []],
  ['ordered last until: who never ordered did not', { lastOrderTo: '2999-12-31' }, []],
  ['registered long ago', { dateTo: '2000-01-01' }, []],
  ['an empty list of values narrows nothing', { tags: [], status: [] }, everyone],
  [
    'filters among each other mean and',
    { tags: ['loyal', 'press'], status: ['inactive'], country: ['FR'] },
    [2],
  ],
];

export function filterTests(makeSite: MakeSite, features: ConformanceFeatures): ConformanceTest[] {
  const site = once(async () => {
    const made = await makeSite();
    await bringIn(made.adapter, people);
    return made;
  });
  return [
    ...cases.map(([what, filters, numbers]) => ({
      name: `filters: ${what}`,
      run: async () => {
        const { adapter } = await site();
        const expected = numbers.map((number) => `person${number}@example.com`);
        expectSame(await emails(adapter, filters), expected, 'who is listed');
        const count = { value: numbers.length, exact: true };
        expectEqual(await adapter.countCustomers({ filters }), count, 'the count');
        expectEqual(
          await adapter.preparePages({ filters, sort: newestFirst }),
          count,
          'the size of the list',
        );
      },
    })),
    {
      name: 'filters: registered until a day includes that day, in the time zone of the site',
      run: async () => {
        const { adapter } = await site();
        const { time_zone } = await adapter.getAccess();
        const format = new Intl.DateTimeFormat('en-CA', { timeZone: time_zone });
        const days = (await walk(adapter)).map((row) => format.format(new Date(row.created_at))).sort();
        const [first, last] = [days[0] as string, days.at(-1) as string];
        expectEqual(
          (await emails(adapter, { dateFrom: first, dateTo: last })).length,
          5,
          `${first} to ${last}`,
        );
        const yesterday = new Date(Date.parse(first) - 86_400_000).toISOString().slice(0, 10);
        const tomorrow = new Date(Date.parse(last) + 86_400_000).toISOString().slice(0, 10);
        expectEqual(await emails(adapter, { dateTo: yesterday }), [], `until ${yesterday}`);
        expectEqual(await emails(adapter, { dateFrom: tomorrow }), [], `from ${tomorrow}`);
      },
    },
    {
      name: 'filters: an unknown one, or one of a wrong type, is refused by its name',
      run: async () => {
        const { adapter } = await site();
        const wrong: Record<string, unknown> = {
          serch: 'x',
          status: 'asleep',
          minSpent: 'much',
          minOrders: 1.5,
          hasOrders: 'yes',
          dateFrom: '1 May 2026',
          tags: [1],
        };
        for (const [name, value] of Object.entries(wrong)) {
          const filters = { [name]: value } as CustomerFilters;
          for (const call of [
            adapter.listCustomers({ filters, sort: newestFirst, limit: 10 }),
            adapter.countCustomers({ filters }),
          ]) {
            const { fields } = await expectError(call, 'invalid', name);
            expect(name in fields, `${name}: the error has no message for it`);
          }
        }
      },
    },
    {
      name: 'filters: tags are listed in order, searched without case, and named by value for chips',
      run: async () => {
        const { adapter } = await site();
        expectSame(
          (await adapter.listTags({ limit: 50 })).rows,
          ['Loyal', 'a,b', 'loyal', 'press', 'with "quotes"', '{x}'],
          'all tags',
        );
        expectSame(
          (await adapter.listTags({ search: 'LOY', limit: 50 })).rows,
          ['Loyal', 'loyal'],
          'searched',
        );
        const ids = ['press', 'nobody has this'];
        expectEqual((await adapter.listTags({ search: 'x', ids, limit: 50 })).rows, ['press'], 'by value');
      },
    },
    ...(features.host ? hostTests(makeSite) : []),
  ];
}

/** What needs groups and orders, which come from elsewhere than this port. */
function hostTests(makeSite: MakeSite): ConformanceTest[] {
  return [
    {
      name: 'filters: a group, and several groups mean any of them; badges come once, beside the rows',
      run: async () => {
        const { adapter, host } = await makeSite();
        expect(host !== undefined, 'makeSite answered no host');
        await bringIn(adapter, people);
        const ids = new Map((await walk(adapter)).map((row) => [row.email, row.id]));
        const members = (...numbers: number[]) =>
          numbers.map((number) => ids.get(`person${number}@example.com`) as string);
        const vip = await host.addGroup({ name: 'VIP', color: '#8b5cf6', customerIds: members(1, 2) });
        const trade = await host.addGroup({ name: 'Trade', color: '#10b981', customerIds: members(2, 3) });
        const empty = await host.addGroup({ name: 'Nobody', color: '#000000', customerIds: [] });
        const listed = async (group: string[], rest: CustomerFilters = {}) =>
          (await emails(adapter, { group, ...rest })).map((email) => Number(email.replace(/\D/g, ''))).sort();
        expectEqual(await listed([vip]), [1, 2], 'one group');
        expectEqual(await listed([vip, trade]), [1, 2, 3], 'any of two');
        expectEqual(await listed([empty]), [], 'a group without members');
        expectEqual(await listed([crypto.randomUUID()]), [], 'an unknown group');
        expectEqual(await listed([vip, trade], { tags: ['loyal'] }), [1, 3], 'and a tag');
        const { rows, groups } = await adapter.listCustomers({ filters: {}, sort: newestFirst, limit: 20 });
        expectSame(
          groups.map((group) => group.id),
          [vip, trade],
          'badges',
        );
        const second = rows.find((row) => row.email === 'person2@example.com');
        expectSame(second?.group_ids ?? [], [vip, trade], 'groups of one row');
        const all = await adapter.listGroups({ limit: 50 });
        expectEqual(
          all.rows.map((group) => [group.name, group.member_count]),
          [
            ['Nobody', 0],
            ['Trade', 2],
            ['VIP', 2],
          ],
          'groups by name with their members',
        );
        const named = await adapter.listGroups({ search: 'vi', limit: 50 });
        expectEqual(
          named.rows.map((group) => group.name),
          ['VIP'],
          'groups by search',
        );
        expectEqual((await adapter.getAccess()).has_groups, true, 'has_groups');
      },
    },
    {
      name: 'filters: orders count unless cancelled or refunded; bounds are included; money is in minor units',
      run: async () => {
        const { adapter, host } = await makeSite();
        expect(host !== undefined, 'makeSite answered no host');
        await bringIn(adapter, people);
        const ids = new Map((await walk(adapter)).map((row) => [row.email, row.id]));
        const order = (number: number, total: number, status: string, createdAt: string) =>
          host.addOrder({
            customerId: ids.get(`person${number}@example.com`) as string,
            total,
            status,
            createdAt,
          });
        await order(1, 1999, 'delivered', '2026-05-31T12:00:00Z');
        await order(1, 1, 'shipped', '2026-03-01T12:00:00Z');
        await order(2, 5000, 'cancelled', '2026-05-30T12:00:00Z');
        await order(3, 700, 'pending', '2026-04-01T12:00:00Z');
        const listed = async (filters: CustomerFilters) =>
          (await emails(adapter, filters)).map((email) => Number(email.replace(/\D/g, ''))).sort();
        expectEqual(await listed({ hasOrders: true }), [1, 3], 'has orders');
        expectEqual(await listed({ hasOrders: false }), [2, 4, 5], 'has none');
        expectEqual(await listed({ minSpent: 2000 }), [1], 'spent from');
        expectEqual(await listed({ minSpent: 700, maxSpent: 700 }), [3], 'spent from and to');
        expectEqual(await listed({ minOrders: 2 }), [1], 'orders from');
        expectEqual(await listed({ maxOrders: 1 }), [2, 3, 4, 5], 'orders to');
        const { time_zone } = await adapter.getAccess();
        const day = new Intl.DateTimeFormat('en-CA', { timeZone: time_zone }).format(
          new Date('2026-05-31T12:00:00Z'),
        );
        const next = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
        expectEqual(await listed({ lastOrderFrom: day, lastOrderTo: day }), [1], `last order on ${day}`);
        expectEqual(await listed({ lastOrderFrom: next }), [], `last order from ${next}`);
        const [top] = await walk(adapter, { sort: { by: 'total_spent', direction: 'desc' } });
        expectEqual(
          [top?.orders_count, top?.total_spent, top?.average_order_value],
          [2, 2000, 1000],
          'the top row',
        );
        const { withOrders, totalRevenue } = await adapter.getStats();
        expectEqual([withOrders, totalRevenue], [2, 2700], 'statistics');
      },
    },
  ];
}

async function emails(adapter: CustomerAdapter, filters: CustomerFilters): Promise<string[]> {
  return (await walk(adapter, { filters })).map((row) => row.email);
}
