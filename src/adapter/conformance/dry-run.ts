import { DryRunTally, type ImportOptions, type ImportRow } from '../../model/import.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { create, newWrite } from './edit.ts';
import { expectEqual, expectError } from './expect.ts';
import { bringIn, person, walk, type ConformanceTest, type MakeSite } from './site.ts';

/** What an import would do is what it does, by every policy. */
export function dryRunTests(makeSite: MakeSite): ConformanceTest[] {
  const trying = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `dry run: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });

  /** Runs both and compares; answers the rows of the dry run. */
  async function both(adapter: CustomerAdapter, rows: ImportRow[], options: ImportOptions = {}) {
    const before = await walk(adapter);
    const tally = new DryRunTally();
    const judged = tally.add(await adapter.dryRunImport({ options, rows }));
    expectEqual(await walk(adapter), before, 'what the dry run left');
    const id = crypto.randomUUID();
    await adapter.startOperation({ id, kind: 'import', asked: rows.length, options });
    await adapter.stepOperation({ id, step: 0, rows });
    const { created, changed, unchanged, skipped, failed, failures } = await adapter.finishOperation({ id });
    expectEqual({ created, changed, unchanged, skipped, failed }, tally.counts, 'the import and its dry run');
    expectEqual(
      failures.map(({ row, code }) => [row, code]).sort(),
      judged.flatMap(({ row, code }) => (code ? [[row, code]] : [])).sort(),
      'what was left out',
    );
    return judged;
  }

  return [
    trying('new, changed, unchanged, and what fails, with every field from what to what', async (adapter) => {
      await bringIn(adapter, [person(1, { tags: ['a'] }), person(2)]);
      const judged = await both(adapter, [
        person(1, { first_name: 'Changed', tags: ['b'], metadata: { note: 'x' } }),
        person(2),
        person(3),
        person(3, { row: 9 }),
        person(5, { first_name: 'x'.repeat(101) }),
      ]);
      expectEqual(
        judged.map(({ outcome, code }) => code ?? outcome),
        ['changed', 'unchanged', 'created', 'too_long', 'duplicate'],
        'outcomes',
      );
      expectEqual(
        [...(judged[0]?.changes ?? [])].sort((a, b) => (a.field < b.field ? -1 : 1)),
        [
          { field: 'first_name', before: 'Person 1', after: 'Changed' },
          { field: 'metadata', before: {}, after: { note: 'x' } },
          { field: 'tags', before: ['a'], after: ['a', 'b'] },
        ],
        'changes',
      );
    }),
    trying('a rule for each field: overwrite, fill, keep; tags replaced', async (adapter) => {
      await bringIn(adapter, [person(1, { last_name: 'Kept', tags: ['a'], metadata: { k: '1' } })]);
      await both(
        adapter,
        [
          person(1, {
            first_name: 'Written',
            last_name: 'Other',
            phone: '+491511111111',
            tags: ['b'],
            metadata: { k: '2', l: '3' },
          }),
        ],
        { fields: { last_name: 'keep', phone: 'fill', metadata: 'fill' }, tags: 'replace' },
      );
      const [row] = await walk(adapter);
      const { customer } = await adapter.getCustomer({ id: row?.id ?? '' });
      expectEqual(
        [customer.first_name, customer.last_name, customer.phone, customer.tags, customer.metadata],
        ['Written', 'Kept', '+491511111111', ['b'], { k: '1', l: '3' }],
        'the customer',
      );
    }),
    trying('by phone and by an external id, which may mean two customers at once', async (adapter) => {
      await bringIn(adapter, [
        person(1, { phone: '+491511111111', metadata: { erp: '7' } }),
        person(2, { phone: '+491512222222', metadata: { erp: '8' } }),
      ]);
      const byPhone = await both(
        adapter,
        [
          person(11, { phone: '+49 151 1111111', first_name: 'By phone' }),
          person(2, { row: 3, phone: '+491511111111' }),
        ],
        { match: 'phone', fields: { email: 'keep', phone: 'keep' } },
      );
      expectEqual(
        byPhone.map(({ outcome, code }) => code ?? outcome).sort(),
        ['changed', 'conflicting'],
        'by phone',
      );
      const byId = await both(
        adapter,
        [person(12, { metadata: { erp: '8' } }), person(13, { metadata: { erp: '9' } })],
        { match: 'external_id', externalIdKey: 'erp' },
      );
      expectEqual(
        byId.map(({ outcome }) => outcome),
        ['changed', 'created'],
        'by external id',
      );
      expectEqual(
        (await walk(adapter, { sort: { by: 'email', direction: 'asc' } })).map((row) => row.email),
        ['person12@example.com', 'person13@example.com', 'person1@example.com'],
        'who is there',
      );
    }),
    trying('who was deleted before is skipped, unless a person decided', async (adapter) => {
      const { id, email } = await create(adapter);
      const other = await create(adapter, { email: 'other@example.com' });
      await adapter.deleteCustomers({ ...newWrite(), ids: [id, other.id] });
      const [skipped] = await both(adapter, [{ row: 2, email }]);
      expectEqual(skipped?.code, 'deleted_before', 'why');
      const judged = await both(adapter, [
        { row: 2, email, again: 'restore', first_name: 'Back' },
        { row: 3, email: other.email, again: 'anew', first_name: 'New' },
      ]);
      expectEqual(
        judged.map(({ outcome }) => outcome),
        ['changed', 'created'],
        'as decided',
      );
      expectEqual((await adapter.getCustomer({ id })).customer.first_name, 'Back', 'who is back');
    }),
    trying('several addresses of a record, each once', async (adapter) => {
      const home = { address_line_1: '1 Street', city: 'Berlin', postal_code: '10115', country: 'DE' };
      const work = { address_line_1: '2 Road', city: 'Paris', country: 'FR', is_default_billing: true };
      const row = person(1, { ...home, addresses: [work, home] });
      await both(adapter, [row]);
      const again = await both(adapter, [row]);
      expectEqual(
        again.map(({ outcome }) => outcome),
        ['unchanged'],
        'again',
      );
      const [customer] = await walk(adapter);
      const { addresses } = await adapter.getCustomer({ id: customer?.id ?? '' });
      expectEqual(
        addresses.map(({ city, is_default_billing, is_default_shipping }) => [
          city,
          is_default_billing,
          is_default_shipping,
        ]),
        [
          ['Paris', true, false],
          ['Berlin', false, true],
        ],
        'addresses',
      );
    }),
    trying('options that make no sense are refused by name', async (adapter) => {
      for (const [field, options] of Object.entries({
        externalIdKey: { match: 'external_id' },
        group: { group: crypto.randomUUID() },
      } as const)) {
        const error = await expectError(adapter.dryRunImport({ options, rows: [] }), 'invalid', field);
        expectEqual(Object.keys(error.fields), [field], 'the field');
      }
    }),
  ];
}
