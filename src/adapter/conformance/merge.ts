import type { AddressFields } from '../../model/address-fields.ts';
import type { CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerDetail, CustomerRecord } from '../../model/detail.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { isAdapterError } from '../errors.ts';
import { create, newWrite } from './edit.ts';
import { expect, expectEqual, expectError, expectSame } from './expect.ts';
import { walk, type ConformanceFeatures, type ConformanceTest, type MakeSite } from './site.ts';

const street: Partial<AddressFields> = {
  address_line_1: '1 Straße',
  city: 'Köln',
  postal_code: '50667',
  country: 'DE',
};

interface Two {
  keep: CustomerRecord;
  gone: CustomerRecord;
}

/** Lena Meyer, twice. */
async function two(
  adapter: CustomerAdapter,
  keep: Partial<CustomerFields> = {},
  gone: Partial<CustomerFields> = {},
): Promise<Two> {
  const name = { first_name: 'Lena', last_name: 'Meyer' };
  return {
    keep: await create(adapter, { ...name, email: 'lena@example.com', ...keep }),
    gone: await create(adapter, { ...name, email: 'meyer@example.com', ...gone }),
  };
}

const mergeOf = ({ keep, gone }: Two, fields: Partial<CustomerFields> = {}) => ({
  ...newWrite(),
  keepId: keep.id,
  keepVersion: keep.version,
  goneId: gone.id,
  goneVersion: gone.version,
  fields,
});

const addNote = (adapter: CustomerAdapter, customerId: string, content: string) =>
  adapter.addNote({ ...newWrite(), customerId, id: crypto.randomUUID(), content });
const addAddress = (adapter: CustomerAdapter, customerId: string, fields: Partial<AddressFields>) =>
  adapter.saveAddress({
    ...newWrite(),
    customerId,
    id: crypto.randomUUID(),
    fields: { ...street, ...fields },
  });

const notesOf = ({ notes }: CustomerDetail) => notes.rows.map(({ content }) => content);
const linesOf = ({ addresses }: CustomerDetail) => addresses.map((one) => one.address_line_1);

/** Customers who are one person are found, merged and taken apart again. */
export function mergeTests(makeSite: MakeSite, { host }: ConformanceFeatures): ConformanceTest[] {
  const merging = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `merging: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });

  return [
    merging('who might be the same person is suggested, with every reason', async (adapter) => {
      const lena = await create(adapter, {
        first_name: 'Lena',
        last_name: 'Meyer',
        email: 'lena.meyer@example.com',
        phone: '+49 151 23456789',
      });
      await addAddress(adapter, lena.id, {});
      const alike = async (email: string, fields: Partial<CustomerFields> = {}) =>
        (await create(adapter, { first_name: 'Somebody', last_name: 'Else', email, ...fields })).id;
      const byDots = await alike('l.enameyer+shop@example.com');
      const byPhone = await alike('phone@example.com', { phone: '0151/23456789' });
      const byAll = await alike('Lenameyer@example.com', {
        first_name: 'LENA',
        last_name: 'Méyer',
        phone: '004915123456789',
      });
      await addAddress(adapter, byAll, { address_line_1: '2 Elsewhere' });
      await alike('lena.meyer@example.org');
      await alike('lena.meyers@example.com', { phone: '+4915123456780' });
      await alike('name@example.com', { first_name: 'Lena', last_name: 'Meyer' });

      const { rows } = await adapter.suggestDuplicates({ id: lena.id });
      expectEqual(
        rows.map(({ customer, reasons }) => [customer.id, reasons]),
        [
          [byAll, ['email', 'name_postcode', 'phone']],
          [byDots, ['email']],
          [byPhone, ['phone']],
        ],
        'suggestions',
      );
      expectEqual((await adapter.suggestDuplicates({ id: lena.id, limit: 1 })).rows.length, 1, 'of one');
      const found = await adapter.suggestDuplicates({ id: byPhone });
      expectSame(
        found.rows.map(({ customer }) => customer.id),
        [lena.id, byAll],
        'the other way round',
      );
    }),
    merging('"not the same person" is remembered in both directions, and can be undone', async (adapter) => {
      const pair = await two(adapter, { email: 'a.b@example.com' }, { email: 'ab@example.com' });
      const suggested = async (id: string) => (await adapter.suggestDuplicates({ id })).rows.length;
      const dismissing = { ...newWrite(), id: pair.gone.id, otherId: pair.keep.id };
      const receipt = await adapter.dismissDuplicate(dismissing);
      expectEqual([receipt.changed, receipt.undo.possible], [1, true], 'the receipt');
      expectEqual([await suggested(pair.keep.id), await suggested(pair.gone.id)], [0, 0], 'suggestions');
      await adapter.undoOperation({ ...newWrite(), id: dismissing.operationId });
      expectEqual([await suggested(pair.keep.id), await suggested(pair.gone.id)], [1, 1], 'after the undo');
      await adapter.deleteCustomers({ ...newWrite(), ids: [pair.gone.id] });
      expectEqual(await suggested(pair.keep.id), 0, 'after the other was deleted');
    }),
    merging('a preview shows both, what differs and what would move', async (adapter) => {
      const pair = await two(adapter, { tags: ['a'] }, { tags: ['b'], phone: '+4915123456789' });
      await addNote(adapter, pair.gone.id, 'Called');
      await addAddress(adapter, pair.keep.id, {});
      await addAddress(adapter, pair.gone.id, { address_line_1: '1 STRASSE' });
      await addAddress(adapter, pair.gone.id, { address_line_1: '2 Elsewhere' });
      const request = { keepId: pair.keep.id, goneId: pair.gone.id };
      const preview = await adapter.previewMerge(request);
      expectEqual([preview.keep.id, preview.gone.id], [pair.keep.id, pair.gone.id], 'both');
      expectSame(preview.differing, ['email', 'phone', 'tags'], 'what differs');
      expectEqual(preview.moving, { orders: 0, notes: 1, addresses: 1, groups: 0 }, 'what would move');
      expectEqual(preview.blockers, [], 'what is in the way');
      const oneself = adapter.previewMerge({ ...request, goneId: pair.keep.id });
      await expectError(oneself, 'invalid', 'with oneself');
    }),
    merging('one remains with the chosen fields and all that hung on the other', async (adapter) => {
      const pair = await two(
        adapter,
        { tags: ['a', 'b'], metadata: { shoe: 38, hat: 7 } },
        {
          first_name: 'Magdalena',
          tags: ['b', 'c'],
          metadata: { shoe: 39, cat: 'Tom' },
          accepts_marketing: true,
        },
      );
      const { keep, gone } = pair;
      await addNote(adapter, keep.id, 'first');
      await addNote(adapter, gone.id, 'second');
      await addAddress(adapter, keep.id, {});
      await addAddress(adapter, gone.id, { address_line_1: '1 STRASSE' });
      await addAddress(adapter, gone.id, { address_line_1: '2 Elsewhere', is_default_billing: true });
      const merge = mergeOf(pair, { first_name: 'Magdalena' });
      const saved = await adapter.mergeCustomers(merge);
      const { receipt, customer } = saved;
      expectEqual(
        [receipt.kind, receipt.status, receipt.asked, receipt.changed, receipt.undo.possible],
        ['merge', 'finished', 2, 2, true],
        'the receipt',
      );
      const { id, first_name, email, tags, metadata, accepts_marketing, notes_count } = customer;
      expectEqual(
        { id, first_name, email, tags, metadata, accepts_marketing, notes_count },
        {
          id: keep.id,
          first_name: 'Magdalena',
          email: keep.email,
          tags: ['a', 'b', 'c'],
          metadata: { shoe: 38, hat: 7, cat: 'Tom' },
          accepts_marketing: false,
          notes_count: 2,
        },
        'who remains; consent only where it was chosen',
      );
      const detail = await adapter.getCustomer({ id: keep.id });
      expectSame(notesOf(detail), ['first', 'second'], 'notes');
      expectSame(linesOf(detail), ['1 Straße', '2 Elsewhere'], 'addresses, the same one once');
      expectEqual(
        detail.addresses.map((one) => [one.address_line_1, one.is_default_billing]),
        [
          ['1 Straße', true],
          ['2 Elsewhere', false],
        ],
        'the default is that of who remains',
      );
      expectEqual(
        (await walk(adapter)).map((one) => one.id),
        [keep.id],
        'the list',
      );
      const error = await expectError(adapter.getCustomer({ id: gone.id }), 'not_found', 'who is gone');
      expectEqual([error.reason, error.mergedInto], ['merged', keep.id], 'where it leads');
      expectEqual(await adapter.mergeCustomers(merge), saved, 'sent again');
      const restored = await adapter.restoreCustomers({ ...newWrite(), ids: [gone.id] });
      expectEqual(restored.failures[0]?.code, 'merged', 'it is not restored but undone');
    }),
    merging('of two e-mails the one that is not kept leads to who remains', async (adapter) => {
      const pair = await two(adapter);
      const { customer } = await adapter.mergeCustomers(mergeOf(pair, { email: pair.gone.email }));
      expectEqual(customer.email, pair.gone.email, 'the chosen e-mail');
      for (const [email, reason] of [
        [pair.gone.email, 'exists'],
        [pair.keep.email, 'merged'],
      ]) {
        const making = create(adapter, { email: email as string });
        const error = await expectError(making, 'conflict', 'making a customer of it');
        expectEqual(
          [error.reason, (error.current as CustomerRecord).id],
          [reason, pair.keep.id],
          `where ${email} leads`,
        );
      }
    }),
    merging('an older version of either is refused, saying who changed what', async (adapter) => {
      const pair = await two(adapter);
      for (const { id } of [pair.keep, pair.gone]) {
        await adapter.updateCustomer({ ...newWrite(), id, version: 1, fields: { last_name: 'Changed' } });
        const error = await expectError(adapter.mergeCustomers(mergeOf(pair)), 'conflict', 'the merge');
        expectEqual(
          [error.reason, (error.current as CustomerRecord).id, error.changes[0]?.field],
          ['stale', id, 'last_name'],
          'why not',
        );
        const { customer } = await adapter.getCustomer({ id });
        if (id === pair.keep.id) pair.keep = customer;
      }
      expectEqual((await walk(adapter)).length, 2, 'customers');
    }),
    merging('a wrong field is named, and nothing is merged', async (adapter) => {
      const pair = await two(adapter);
      const wrong = { email: 'nobody', total_spent: 1 } as Partial<CustomerFields>;
      const error = await expectError(adapter.mergeCustomers(mergeOf(pair, wrong)), 'invalid', 'the merge');
      expectSame(Object.keys(error.fields), ['email', 'total_spent'], 'fields');
      const oneself = mergeOf({ keep: pair.keep, gone: pair.keep });
      await expectError(adapter.mergeCustomers(oneself), 'invalid', 'with oneself');
      expectEqual((await walk(adapter)).length, 2, 'customers');
    }),
    merging('undoing gives both back as they were', async (adapter) => {
      const pair = await two(
        adapter,
        { tags: ['a'], metadata: { shoe: 38 } },
        { tags: ['b'], metadata: { hat: 7 }, phone: '+4915123456789' },
      );
      await addNote(adapter, pair.keep.id, 'first');
      await addNote(adapter, pair.gone.id, 'second');
      await addAddress(adapter, pair.keep.id, {});
      await addAddress(adapter, pair.gone.id, { address_line_1: '1 STRASSE', is_default_shipping: false });
      await addAddress(adapter, pair.gone.id, { address_line_1: '2 Elsewhere', is_default_shipping: true });
      const look = async () => {
        const details = await Promise.all(
          [pair.keep, pair.gone].map(({ id }) => adapter.getCustomer({ id })),
        );
        return details.map((detail) => [
          { ...detail.customer, version: 0, updated_at: '' },
          notesOf(detail),
          detail.addresses.map((one) => ({ ...one, version: 0, updated_at: '' })),
        ]);
      };
      const before = await look();
      const merge = mergeOf(pair, { email: pair.gone.email, phone: '+4915123456789' });
      await adapter.mergeCustomers(merge);
      const undone = await adapter.undoOperation({ ...newWrite(), id: merge.operationId });
      expectEqual([undone.asked, undone.changed, undone.failed], [2, 2, 0], 'the receipt');
      expectEqual(await look(), before, 'both');
      expectEqual((await walk(adapter)).length, 2, 'customers');
    }),
    merging('undoing leaves what happened since with who remains, and names it', async (adapter) => {
      const pair = await two(adapter, {}, { phone: '+4915123456789' });
      const { note } = await addNote(adapter, pair.gone.id, 'of the other');
      await addNote(adapter, pair.gone.id, 'deleted since');
      const merge = mergeOf(pair, { phone: '+4915123456789', last_name: 'Meier' });
      const { customer } = await adapter.mergeCustomers(merge);
      const { id } = pair.keep;
      await adapter.updateCustomer({
        ...newWrite(),
        id,
        version: customer.version,
        fields: { phone: '+4915111111111', tags: ['since'] },
      });
      await addNote(adapter, id, 'since');
      const { notes } = await adapter.getCustomer({ id });
      for (const { id: noteId, version, content } of notes.rows) {
        if (content !== 'deleted since') continue;
        await adapter.deleteNote({ ...newWrite(), customerId: id, id: noteId, version });
      }
      const edit = { ...newWrite(), customerId: id, id: note?.id as string, version: 1, content: 'edited' };
      await adapter.updateNote(edit);
      const undone = await adapter.undoOperation({ ...newWrite(), id: merge.operationId });
      const [failure] = undone.failures;
      expectEqual(
        [undone.changed, undone.failed, failure?.id, failure?.field, failure?.code],
        [2, 1, id, 'phone', 'edited'],
        'the receipt',
      );
      const keep = await adapter.getCustomer({ id });
      const { phone, last_name, tags, notes_count } = keep.customer;
      expectEqual(
        { phone, last_name, tags, notes_count },
        { phone: '+4915111111111', last_name: 'Meyer', tags: ['since'], notes_count: 1 },
        'who remains',
      );
      expectEqual(notesOf(keep), ['since'], 'its notes');
      const gone = await adapter.getCustomer({ id: pair.gone.id });
      expectEqual(
        [notesOf(gone), gone.customer.notes_count, gone.customer.phone],
        [['edited'], 1, '+4915123456789'],
        'the other',
      );
    }),
    merging('an undo is refused whose e-mail is taken by now', async (adapter) => {
      const pair = await two(adapter);
      const merge = mergeOf(pair);
      const { customer } = await adapter.mergeCustomers(merge);
      const { id, version } = customer;
      await adapter.updateCustomer({ ...newWrite(), id, version, fields: { email: pair.gone.email } });
      const { changed, failures } = await adapter.undoOperation({ ...newWrite(), id: merge.operationId });
      expectEqual(
        [changed, failures.length, failures[0]?.id, failures[0]?.code],
        [0, 1, pair.gone.id, 'exists'],
        'the receipt',
      );
      expectEqual((await walk(adapter)).length, 1, 'customers');
    }),
    merging('a customer merged twice leads to the last one, and comes back step by step', async (adapter) => {
      const pair = await two(adapter);
      const last = await create(adapter, { email: 'last@example.com' });
      await addNote(adapter, pair.gone.id, 'mine');
      const first = mergeOf(pair);
      const { customer } = await adapter.mergeCustomers(first);
      const second = mergeOf({ keep: last, gone: customer });
      await adapter.mergeCustomers(second);
      const error = await expectError(adapter.getCustomer({ id: pair.gone.id }), 'not_found', 'the first');
      expectEqual(error.mergedInto, last.id, 'where it leads');
      const early = await adapter.undoOperation({ ...newWrite(), id: first.operationId });
      expectEqual([early.changed, early.failed], [0, 1], 'undoing the first merge before the second');
      for (const { operationId } of [second, first]) {
        await adapter.undoOperation({ ...newWrite(), id: operationId });
      }
      expectEqual(notesOf(await adapter.getCustomer({ id: pair.gone.id })), ['mine'], 'its note');
      expectEqual((await walk(adapter)).length, 3, 'customers');
    }),
    merging(
      'of merges at once, either way round, one is done and the others say where to go',
      async (adapter) => {
        const pair = await two(adapter);
        const turned = { keep: pair.gone, gone: pair.keep };
        const outcomes = await Promise.all(
          Array.from({ length: 6 }, (_, index) =>
            adapter.mergeCustomers(mergeOf(index % 2 ? turned : pair)).then(
              ({ customer }) => customer.id,
              (error: unknown) => {
                if (isAdapterError(error, 'not_found')) return `refused: ${error.reason} ${error.mergedInto}`;
                // The one that remains is another version by the merge.
                if (isAdapterError(error, 'conflict')) return `refused: ${error.reason}`;
                throw error;
              },
            ),
          ),
        );
        const remaining = (await walk(adapter)).map(({ id }) => id);
        expectEqual(remaining.length, 1, 'customers');
        expectEqual(
          outcomes.filter((outcome) => !outcome.startsWith('refused')),
          remaining,
          'merged',
        );
        for (const outcome of outcomes.filter((one) => one.startsWith('refused: merged'))) {
          expectEqual(outcome, `refused: merged ${remaining[0]}`, 'where to go');
        }
      },
    ),
    merging('an edit or a note of the other at the same time is never lost', async (adapter) => {
      const pair = await two(adapter);
      const { id } = pair.gone;
      const refused = (error: unknown) =>
        isAdapterError(error, 'not_found') || isAdapterError(error, 'conflict')
          ? false
          : Promise.reject(error);
      const done = () => true;
      const notes = Array.from({ length: 4 }, (_, n) =>
        addNote(adapter, id, `note ${n}`).then(done, refused),
      );
      const edit = adapter
        .updateCustomer({ ...newWrite(), id, version: 1, fields: { last_name: 'Edited' } })
        .then(done, refused);
      const merge = adapter.mergeCustomers(mergeOf(pair)).then(done, refused);
      const [edited, merged, ...written] = await Promise.all([edit, merge, ...notes]);
      expect(edited !== merged, 'the edit comes first and the merge is refused, or the other way round');
      const detail = await adapter.getCustomer({ id: merged ? pair.keep.id : id });
      const count = written.filter(Boolean).length;
      expectEqual([detail.customer.notes_count, detail.notes.rows.length], [count, count], 'notes');
    }),
    ...(host ? ordersTests(makeSite) : []),
  ];
}

const ordersTests = (makeSite: MakeSite): ConformanceTest[] => [
  {
    name: 'merging: orders and groups move and are counted, and go back',
    run: async () => {
      const { adapter, host } = await makeSite();
      expect(host !== undefined, 'makeSite answered no host');
      const pair = await two(adapter);
      const { keep, gone } = pair;
      const order = { status: 'delivered', createdAt: '2026-05-01T10:00:00.000Z' };
      await host.addOrder({ ...order, customerId: keep.id, total: 1000 });
      await host.addOrder({
        ...order,
        customerId: gone.id,
        total: 500,
        createdAt: '2026-06-01T10:00:00.000Z',
      });
      await host.addOrder({ ...order, customerId: gone.id, total: 700, status: 'cancelled' });
      await host.addGroup({ name: 'Both', color: '#ef4444', customerIds: [keep.id, gone.id] });
      await host.addGroup({ name: 'Other', color: '#0ea5e9', customerIds: [gone.id] });
      const numbers = async () => {
        const { totalRevenue, withOrders, total } = await adapter.getStats();
        const { rows } = await adapter.listGroups({ limit: 10 });
        return {
          customers: (await walk(adapter))
            .map((one) => [one.id, one.orders_count, one.total_spent, one.group_ids.length].join(' '))
            .sort(),
          groups: rows.map(({ name, member_count }) => `${name} ${member_count}`).sort(),
          stats: [totalRevenue, withOrders, total],
        };
      };
      const before = await numbers();
      const { moving } = await adapter.previewMerge({ keepId: keep.id, goneId: gone.id });
      expectEqual(moving, { orders: 2, notes: 0, addresses: 0, groups: 1 }, 'what would move');
      const merge = mergeOf(pair);
      await adapter.mergeCustomers(merge);
      expectEqual(
        await numbers(),
        { customers: [`${keep.id} 2 1500 2`], groups: ['Both 1', 'Other 1'], stats: [1500, 1, 1] },
        'after the merge',
      );
      const { orders, customer } = await adapter.getCustomer({ id: keep.id });
      expectEqual(orders.rows.length, 3, 'orders, the cancelled one too');
      expect(customer.last_order_date?.startsWith('2026-06-01') === true, 'the last order');
      await host.addOrder({ ...order, customerId: keep.id, total: 100 });
      await adapter.undoOperation({ ...newWrite(), id: merge.operationId });
      expectEqual(
        await numbers(),
        {
          ...before,
          customers: [`${keep.id} 2 1100 1`, `${gone.id} 1 500 2`].sort(),
          stats: [1600, 2, 2],
        },
        'after the undo: what came since stays',
      );
    },
  },
];
