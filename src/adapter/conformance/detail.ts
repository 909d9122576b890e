import type { Customer } from '../../model/customer.ts';
import type { Order } from '../../model/detail.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { expect, expectEqual, expectError } from './expect.ts';
import {
  bringIn,
  person,
  walk,
  type ConformanceFeatures,
  type ConformanceHost,
  type ConformanceTest,
  type MakeSite,
} from './site.ts';

interface Given {
  adapter: CustomerAdapter;
  /** Person 1, brought in by an import. */
  customer: Customer;
  host: ConformanceHost;
}

export function detailTests(makeSite: MakeSite, { host }: ConformanceFeatures): ConformanceTest[] {
  const detail = (name: string, check: (given: Given) => Promise<void>): ConformanceTest => ({
    name: `detail: ${name}`,
    run: async () => {
      const site = await makeSite();
      const operation = crypto.randomUUID();
      await bringIn(site.adapter, [whole], { id: operation });
      const [customer] = await walk(site.adapter);
      expect(customer !== undefined, 'the import made nobody');
      await check({ adapter: site.adapter, customer, host: site.host ?? noHost });
    },
  });

  return [
    detail('one call answers all that is shown first', async ({ adapter, customer }) => {
      const found = await adapter.getCustomer({ id: customer.id });
      const { metadata, has_account, ...listed } = found.customer;
      expectEqual(listed, customer, 'the customer, beside its row in the list');
      expectEqual([metadata, has_account], [{ shoe: '42' }, false], 'metadata and account');
      const [address] = found.addresses;
      expectEqual(
        [found.addresses.length, address?.label, address?.city, address?.country, address?.version],
        [1, 'Primary', 'Berlin', 'DE', 1],
        'the address',
      );
      expectEqual([address?.is_default_billing, address?.is_default_shipping], [true, true], 'its defaults');
      expectEqual(
        [found.groups, found.orders, found.notes, found.spending, found.otherCurrencies],
        [[], { rows: [], next: null }, { rows: [], next: null }, [], []],
        'what is not there',
      );
    }),
    detail(
      'it tells what made the customer, and where the consent comes from',
      async ({ adapter, customer }) => {
        const { display_name: by } = await adapter.getAccess();
        const made = await adapter.getCustomer({ id: customer.id });
        expectEqual([made.origin?.kind, made.origin?.by], ['import', by], 'the origin');
        expectEqual(
          made.consent,
          { since: customer.created_at, origin: made.origin },
          'the consent given at first',
        );

        const id = crypto.randomUUID();
        await bringIn(adapter, [person(1, { accepts_marketing: false })], { id });
        const changed = await adapter.getCustomer({ id: customer.id });
        expectEqual(changed.consent?.origin?.operation, id, 'what withdrew it');
        expect((changed.consent?.since ?? '') >= (made.consent?.since ?? ''), 'it was withdrawn later');
        expectEqual(changed.origin, made.origin, 'the origin afterwards');

        await bringIn(adapter, [person(2)]);
        const [second] = await walk(adapter, { filters: { search: 'person2' } });
        const never = await adapter.getCustomer({ id: second?.id ?? '' });
        expectEqual(never.consent, null, 'consent that was never given');
      },
    ),
    detail('a customer that is not there is not found', async ({ adapter }) => {
      const id = crypto.randomUUID();
      const page = { customerId: id, limit: 20 };
      for (const call of [
        () => adapter.getCustomer({ id }),
        () => adapter.listOrders(page),
        () => adapter.listNotes(page),
      ]) {
        expectEqual((await expectError(call(), 'not_found', 'a call')).reason, 'unknown', 'the reason');
      }
    }),
    detail('a page of what is no cursor, or of no size, is refused', async ({ adapter, customer }) => {
      for (const list of [adapter.listOrders, adapter.listNotes]) {
        for (const wrong of [{ limit: 0 }, { limit: 101 }, { limit: 20, cursor: 'bm90aGluZw' }]) {
          await expectError(list({ customerId: customer.id, ...wrong }), 'invalid', JSON.stringify(wrong));
        }
      }
    }),
    ...(host ? hostTests(detail) : []),
  ];
}

const hostTests = (
  detail: (name: string, check: (given: Given) => Promise<void>) => ConformanceTest,
): ConformanceTest[] => [
  detail('all orders come by pages, newest first, none twice', async ({ adapter, customer, host }) => {
    const moment = Date.parse('2026-03-01T12:00:00Z');
    for (let index = 0; index < 45; index++) {
      // Three at a time in the same moment.
      const createdAt = new Date(moment + Math.floor(index / 3) * 60_000).toISOString();
      await host.addOrder({ customerId: customer.id, total: 100 + index, status: 'delivered', createdAt });
    }
    const { orders: first } = await adapter.getCustomer({ id: customer.id });
    expectEqual(first.rows.length, 20, 'the orders that are shown first');
    const rows = [...first.rows];
    for (let cursor = first.next; cursor !== null;) {
      const page = await adapter.listOrders({ customerId: customer.id, limit: 7, cursor });
      rows.push(...page.rows);
      cursor = page.next;
      expect(rows.length <= 45, 'more orders than there are');
    }
    expectEqual(new Set(rows.map(({ id }) => id)).size, 45, 'orders');
    const times = rows.map((order: Order) => Date.parse(order.created_at));
    expectEqual(
      times,
      [...times].sort((a, b) => b - a),
      'their order',
    );
    expectEqual(
      (await adapter.listOrders({ customerId: customer.id, limit: 20 })).rows,
      first.rows,
      'the first page, asked for alone',
    );
  }),
  detail('money is summed by month and currency; what was cancelled is none', async (given) => {
    const { adapter, customer, host } = given;
    const now = new Date();
    const middleOf = (monthsAgo: number) =>
      new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - monthsAgo, 15, 12)).toISOString();
    const order = { customerId: customer.id, status: 'delivered' };
    const [recent, older] = [middleOf(1), middleOf(3)];
    await host.addOrder({ ...order, total: 1000, createdAt: recent });
    await host.addOrder({ ...order, total: 500, createdAt: recent });
    await host.addOrder({ ...order, total: 300, createdAt: recent, currency: 'JPY' });
    await host.addOrder({ ...order, total: 9999, createdAt: recent, status: 'cancelled' });
    await host.addOrder({ ...order, total: 200, createdAt: older });
    await host.addOrder({ ...order, total: 700, createdAt: middleOf(60), currency: 'JPY' });
    const found = await adapter.getCustomer({ id: customer.id });
    expectEqual(
      found.spending,
      [
        { month: older.slice(0, 7), currency: 'USD', total: 200, orders: 1 },
        { month: recent.slice(0, 7), currency: 'JPY', total: 300, orders: 1 },
        { month: recent.slice(0, 7), currency: 'USD', total: 1500, orders: 2 },
      ],
      'spending by month',
    );
    expectEqual(found.otherCurrencies, [{ currency: 'JPY', total: 1000, orders: 2 }], 'other currencies');
    expectEqual(found.customer.total_spent, 1700, "what was spent in the site's currency");
  }),
  detail('groups come with their name and colour', async ({ adapter, customer, host }) => {
    const group = { name: 'Regulars', color: '#10b981' };
    const id = await host.addGroup({ ...group, customerIds: [customer.id] });
    expectEqual(
      (await adapter.getCustomer({ id: customer.id })).groups,
      [{ id, ...group, has_rule: false, put_in: true }],
      'groups',
    );
  }),
];

const whole = person(1, {
  last_name: 'Whole',
  phone: '+4915112345678',
  address_line_1: 'Lindenstraße 1',
  city: 'Berlin',
  postal_code: '10969',
  country: 'DE',
  tags: ['loyal'],
  accepts_marketing: true,
  metadata: { shoe: '42' },
});

const noHost: ConformanceHost = {
  addGroup: () => Promise.reject(new Error('this site has no host')),
  addOrder: () => Promise.reject(new Error('this site has no host')),
};
