import type { Receipt } from '../../model/receipt.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { expect, expectEqual, expectError } from './expect.ts';
import { bringIn, person, receiptOf, walk, type ConformanceTest, type MakeSite } from './site.ts';

export function importTests(makeSite: MakeSite): ConformanceTest[] {
  const importing = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `import: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });

  return [
    importing('the receipt accounts for every record, and stays readable', async (adapter) => {
      await bringIn(adapter, [person(1), person(2, { first_name: 'Old' })]);
      const id = crypto.randomUUID();
      const rejected = [
        { row: 5, field: 'email', code: 'duplicate', message: 'as in row 3', outcome: 'skipped' },
        { row: 6, field: 'email', code: 'invalid', message: 'no e-mail', outcome: 'failed' },
      ] as const;
      const receipt = await bringIn(adapter, [person(1), person(2, { first_name: 'New' }), person(3)], {
        id,
        rejected: [...rejected],
      });
      expectCounts(receipt, { created: 1, changed: 1, unchanged: 1, skipped: 1, failed: 1 });
      expectEqual(
        [receipt.id, receipt.kind, receipt.status, receipt.asked],
        [id, 'import', 'finished', 5],
        'receipt',
      );
      expectEqual(receipt.by, (await adapter.getAccess()).display_name, 'by whom');
      expect(
        receipt.finishedAt !== null && receipt.finishedAt >= receipt.startedAt,
        'it ended after it began',
      );
      expectEqual(
        receipt.failures.map(({ row, field, outcome }) => ({ row, field, outcome })),
        rejected.map(({ row, field, outcome }) => ({ row, field, outcome })),
        'failures',
      );
      expectEqual(receiptOf(await adapter.getOperation({ id })), receipt, 'the receipt, read again');
      expectEqual(await adapter.finishOperation({ id }), receipt, 'the receipt, finished again');
    }),
    importing('the same file again adds and changes nobody', async (adapter) => {
      const rows = [
        person(1, { tags: ['loyal'], accepts_marketing: true, phone: '+4915112345678' }),
        person(2),
      ];
      await bringIn(adapter, rows);
      const before = await walk(adapter);
      expectCounts(await bringIn(adapter, rows), { unchanged: 2 });
      expectEqual(await walk(adapter), before, 'the customers');
    }),
    importing('an address that says that it is no default is none, even the first', async (adapter) => {
      const address = { address_line_1: '1 Street', city: 'Berlin', country: 'DE' };
      await bringIn(adapter, [
        person(1, { addresses: [{ ...address, is_default_billing: true, is_default_shipping: false }] }),
      ]);
      const id = (await walk(adapter))[0]?.id ?? '';
      const flags = async () =>
        (await adapter.getCustomer({ id })).addresses.map((one) => [
          one.address_line_1,
          one.is_default_billing,
          one.is_default_shipping,
        ]);
      expectEqual(await flags(), [['1 Street', true, false]], 'defaults');
      // And one that joins it is none either.
      await bringIn(adapter, [person(1, { addresses: [{ ...address, address_line_1: '2 Street' }] })]);
      expectEqual(
        (await flags()).sort(),
        [
          ['1 Street', true, false],
          ['2 Street', false, false],
        ],
        'defaults of two',
      );
    }),
    importing('an e-mail is the same whatever its case and surrounding blanks', async (adapter) => {
      await bringIn(adapter, [person(1, { email: 'Ada@Example.com' })]);
      const receipt = await bringIn(adapter, [person(1, { email: '  aDA@example.COM ' })]);
      expectEqual(receipt.created, 0, 'created');
      expectEqual((await walk(adapter)).length, 1, 'customers');
    }),
    importing('the policy decides between who is there and who is new', async (adapter) => {
      await bringIn(adapter, [person(1)]);
      const rows = [person(1, { first_name: 'Changed' }), person(2)];
      expectCounts(await bringIn(adapter, rows, { policy: 'create' }), { created: 1, skipped: 1 });
      expectEqual(await namesOf(adapter), ['Person 1', 'Person 2'], 'after "create"');
      const more = [person(2, { first_name: 'Changed' }), person(3)];
      expectCounts(await bringIn(adapter, more, { policy: 'update' }), { changed: 1, skipped: 1 });
      expectEqual(await namesOf(adapter), ['Changed', 'Person 1'], 'after "update"');
    }),
    importing('an update leaves alone what the file does not speak of', async (adapter) => {
      const full = person(1, {
        last_name: 'Full',
        phone: '+4915112345678',
        tags: ['loyal'],
        accepts_marketing: true,
        status: 'inactive',
      });
      await bringIn(adapter, [full]);
      expectCounts(await bringIn(adapter, [{ row: 2, email: full.email, first_name: 'New' }]), {
        changed: 1,
      });
      const [row] = await walk(adapter);
      const { first_name, last_name, phone, tags, accepts_marketing, status } = row ?? {};
      expectEqual(
        { first_name, last_name, phone, tags, accepts_marketing, status },
        {
          first_name: 'New',
          last_name: 'Full',
          phone: '+4915112345678',
          tags: ['loyal'],
          accepts_marketing: true,
          status: 'inactive',
        },
        'the customer',
      );
    }),
    importing(
      'a value too long fails its own row by field, is never cut, and holds up no other',
      async (adapter) => {
        const receipt = await bringIn(adapter, [person(1, { first_name: 'x'.repeat(101) }), person(2)]);
        expectCounts(receipt, { created: 1, failed: 1 });
        expectEqual([receipt.failures[0]?.row, receipt.failures[0]?.field], [2, 'first_name'], 'the failure');
        expectEqual(await namesOf(adapter), ['Person 2'], 'the customers');
      },
    ),
    importing('the same start sent twice starts once; another with its id is refused', async (adapter) => {
      const start = { id: crypto.randomUUID(), kind: 'import', asked: 2, options: {} } as const;
      const [first, second] = await Promise.all([
        adapter.startOperation(start),
        adapter.startOperation(start),
      ]);
      expectEqual(first, second, 'both receipts');
      await expectError(
        adapter.startOperation({ ...start, asked: 3 }),
        ['conflict', 'invalid'],
        'another size under the same id',
      );
    }),
    importing('the same step counts once, sent again or twice at once', async (adapter) => {
      const id = crypto.randomUUID();
      const step = { id, step: 0, rows: [person(1), person(2)], rejected: [] };
      await adapter.startOperation({ id, kind: 'import', asked: 2, options: {} });
      const outcomes = await Promise.allSettled([adapter.stepOperation(step), adapter.stepOperation(step)]);
      expect(
        outcomes.some(({ status }) => status === 'fulfilled'),
        'one of two at once is answered',
      );
      await adapter.stepOperation(step);
      expectCounts(await adapter.finishOperation({ id }), { created: 2 });
      expectEqual((await walk(adapter)).length, 2, 'customers');
    }),
    importing('steps may arrive in any order', async (adapter) => {
      const id = crypto.randomUUID();
      await adapter.startOperation({ id, kind: 'import', asked: 3, options: {} });
      for (const step of [2, 0, 1]) {
        await adapter.stepOperation({ id, step, rows: [person(step + 1)], rejected: [] });
      }
      expectCounts(await adapter.finishOperation({ id }), { created: 3 });
    }),
    importing('two imports of the same people at once make each of them once', async (adapter) => {
      const rows = Array.from({ length: 50 }, (_, index) => person(index + 1));
      const receipts = await Promise.all([bringIn(adapter, rows), bringIn(adapter, [...rows].reverse())]);
      for (const receipt of receipts) {
        expectEqual(
          receipt.created + receipt.changed + receipt.unchanged + receipt.skipped,
          50,
          'accounted for',
        );
      }
      expectEqual((receipts[0]?.created ?? 0) + (receipts[1]?.created ?? 0), 50, 'created by both');
      expectEqual((await walk(adapter)).length, 50, 'customers');
      expectEqual((await adapter.getStats()).total, 50, 'the total');
    }),
    importing('a cancelled one keeps what is written, and takes no more', async (adapter) => {
      const id = crypto.randomUUID();
      await adapter.startOperation({ id, kind: 'import', asked: 2, options: {} });
      await adapter.stepOperation({ id, step: 0, rows: [person(1)], rejected: [] });
      expectEqual((await adapter.getOperation({ id })).status, 'running', 'before');
      expectEqual((await adapter.finishOperation({ id, cancelled: true })).status, 'cancelled', 'after');
      await expectError(
        adapter.stepOperation({ id, step: 1, rows: [person(2)], rejected: [] }),
        'conflict',
        'another step',
      );
      expectEqual(await namesOf(adapter), ['Person 1'], 'customers');
    }),
    importing(
      'an operation that does not exist is not found; a step of 1,001 rows is refused',
      async (adapter) => {
        const id = crypto.randomUUID();
        await expectError(adapter.getOperation({ id }), 'not_found', 'reading');
        await expectError(
          adapter.stepOperation({ id, step: 0, rows: [], rejected: [] }),
          'not_found',
          'a step',
        );
        await expectError(adapter.finishOperation({ id }), 'not_found', 'finishing');
        await adapter.startOperation({ id, kind: 'import', asked: 1_001, options: {} });
        const rows = Array.from({ length: 1_001 }, (_, index) => person(index + 1));
        await expectError(
          adapter.stepOperation({ id, step: 0, rows, rejected: [] }),
          'invalid',
          '1,001 rows',
        );
        expectEqual(await walk(adapter), [], 'customers');
      },
    ),
  ];
}

type Counts = Pick<Receipt, 'created' | 'changed' | 'unchanged' | 'skipped' | 'failed'>;

/** What isn't named must be 0, and all together what was asked. */
function expectCounts(receipt: Receipt, expected: Partial<Counts>): void {
  const { created, changed, unchanged, skipped, failed } = receipt;
  const counts = { created, changed, unchanged, skipped, failed };
  expectEqual(counts, { created: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0, ...expected }, 'counts');
  expectEqual(created + changed + unchanged + skipped + failed, receipt.asked, 'the sum of all counts');
}

async function namesOf(adapter: CustomerAdapter): Promise<string[]> {
  return (await walk(adapter, { sort: { by: 'name', direction: 'asc' } })).map((row) => row.first_name);
}
