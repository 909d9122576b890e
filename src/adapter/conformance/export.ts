import { rowsOfChunk, type ExportField } from '../../model/export.ts';
import type { CustomerAdapter } from '../adapter.ts';
import type { CustomerChoice } from '../../model/operations.ts';
import { newWrite } from './edit.ts';
import { expect, expectEqual, expectError } from './expect.ts';
import {
  bringIn,
  person,
  walk,
  type ConformanceFeatures,
  type ConformanceTest,
  type MakeSite,
} from './site.ts';

/** Customers read in bulk. */
export function exportTests(
  makeSite: MakeSite,
  { host, people = [] }: ConformanceFeatures,
): ConformanceTest[] {
  const start = (adapter: CustomerAdapter, customers: CustomerChoice, fields: ExportField[]) =>
    adapter.startOperation({ id: crypto.randomUUID(), kind: 'export', customers, options: { fields } });
  const read = async (adapter: CustomerAdapter, id: string, total: number) => {
    const rows: string[][] = [];
    for (let step = 0; step < total; step++)
      rows.push(...rowsOfChunk(await adapter.exportChunk({ id, step })));
    return rows;
  };

  const tests: ConformanceTest[] = [
    {
      name: 'export: the rows are those that were meant when it started, with what is in them',
      run: async () => {
        const { adapter } = await makeSite();
        await bringIn(adapter, [
          person(1, {
            last_name: 'Line\nend, "quoted"',
            tags: ['a,b', 'c'],
            metadata: { k: '=1+1' },
            accepts_marketing: true,
            ...{ address_line_1: '1 Street', city: 'Berlin', postal_code: '10115', country: 'DE' },
          }),
          person(2),
          person(3),
        ]);
        const rows = await walk(adapter);
        const last = rows.find((row) => row.email.startsWith('person3@'))?.id ?? '';
        const { id, asked, steps } = await start(adapter, { filters: { search: 'person' }, except: [last] }, [
          'email',
          'last_name',
          'phone',
          'tags',
          'groups',
          'metadata',
          'accepts_marketing',
          'total_spent',
          'billing_city',
          'shipping_country',
        ]);
        expectEqual([asked, steps.total], [2, 1], 'what was settled');
        // One matches no more, one only now.
        const second = rows.find((row) => row.email.startsWith('person2@'))?.id ?? '';
        await adapter.deleteCustomers({ ...newWrite(), ids: [second] });
        await bringIn(adapter, [person(4)]);
        const found = await read(adapter, id, 1);
        found.sort(([a = ''], [b = '']) => a.localeCompare(b));
        const tags: unknown = JSON.parse(found[0]?.[3] ?? '');
        const metadata: unknown = JSON.parse(found[0]?.[5] ?? '');
        expectEqual([tags, metadata], [['a,b', 'c'], { k: '=1+1' }], 'lists');
        expectEqual(
          found.map((row) => row.filter((_, place) => place !== 3 && place !== 5)),
          [
            ['person1@example.com', 'Line\nend, "quoted"', '', '[]', 'true', '0', 'Berlin', 'DE'],
            ['person2@example.com', '', '', '[]', 'false', '0', '', ''],
          ],
          'rows',
        );
        await read(adapter, id, 1);
        const receipt = await adapter.finishOperation({ id });
        expectEqual(
          [receipt.kind, receipt.status, receipt.asked, receipt.unchanged, receipt.changed],
          ['export', 'finished', 2, 2, 0],
          'the receipt',
        );
        expectEqual(receipt.undo.possible, false, 'undo');
      },
    },
    {
      name: 'export: everything, and nothing',
      run: async () => {
        const { adapter } = await makeSite();
        const none = await start(adapter, { filters: {} }, ['email']);
        expectEqual([none.asked, none.steps.total], [0, 0], 'nothing');
        expectEqual((await adapter.finishOperation({ id: none.id })).status, 'finished', 'how it ends');
        await bringIn(
          adapter,
          Array.from({ length: 250 }, (_, index) => person(index + 1)),
        );
        const all = await start(adapter, { filters: {} }, ['email', 'created_at']);
        const rows = await read(adapter, all.id, all.steps.total ?? 0);
        expectEqual(new Set(rows.map(([email]) => email)).size, 250, 'e-mails');
        expect(
          rows.every(([, created]) => !Number.isNaN(Date.parse(created ?? ''))),
          'a date is none',
        );
        await expectError(adapter.exportChunk({ id: all.id, step: 1 }), 'invalid', 'a step there is none of');
        const cancelled = await adapter.finishOperation({ id: all.id, cancelled: true });
        expectEqual(cancelled.status, 'cancelled', 'stopped');
      },
    },
  ];
  if (host) {
    tests.push({
      name: 'export: orders and groups are in it',
      run: async () => {
        const { adapter, host: shop } = await makeSite();
        expect(shop !== undefined, 'makeSite answered no host');
        await bringIn(adapter, [person(1)]);
        const [one] = await walk(adapter);
        const customerIds = [one?.id ?? ''];
        for (const name of ['Red', 'Blue']) await shop.addGroup({ name, color: '#ef4444', customerIds });
        const createdAt = '2026-01-02T03:04:05.000Z';
        await shop.addOrder({
          customerId: customerIds[0] ?? '',
          total: 1234,
          status: 'delivered',
          createdAt,
        });
        const { id } = await start(adapter, { ids: customerIds }, [
          'groups',
          'orders_count',
          'total_spent',
          'last_order_date',
        ]);
        const [row = []] = await read(adapter, id, 1);
        expectEqual(JSON.parse(row[0] ?? ''), ['Blue', 'Red'], 'groups');
        expectEqual(
          [row[1], row[2], Date.parse(row[3] ?? '')],
          ['1', '1234', Date.parse(createdAt)],
          'orders',
        );
      },
    });
  }
  if (people.includes('viewer')) {
    tests.push({
      name: 'export: a viewer starts none, and nobody reads another’s',
      run: async () => {
        const { adapter, others } = await makeSite();
        await bringIn(adapter, [person(1)]);
        const { viewer, editor } = others ?? {};
        expect(viewer !== undefined && editor !== undefined, 'makeSite answered no viewer or editor');
        await expectError(start(viewer, { filters: {} }, ['email']), 'forbidden', 'a viewer');
        const { id } = await start(adapter, { filters: {} }, ['email']);
        await expectError(editor.exportChunk({ id, step: 0 }), 'not_found', 'another’s');
      },
    });
  }
  return tests;
}
