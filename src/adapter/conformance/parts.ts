import type { CustomerAddress, CustomerNote } from '../../model/detail.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { isAdapterError } from '../errors.ts';
import { create, newWrite } from './edit.ts';
import { expect, expectEqual, expectError, expectSame } from './expect.ts';
import type { ConformanceTest, MakeSite } from './site.ts';

interface Given {
  adapter: CustomerAdapter;
  customerId: string;
  /** An operation on something new of that customer. */
  part: () => { operationId: string; customerId: string; id: string };
}

/** Addresses and notes: what hangs on one customer. */
export function partTests(makeSite: MakeSite): ConformanceTest[] {
  const about = (name: string, check: (given: Given) => Promise<void>): ConformanceTest => ({
    name,
    run: async () => {
      const { adapter } = await makeSite();
      const { id: customerId } = await create(adapter);
      await check({
        adapter,
        customerId,
        part: () => ({ ...newWrite(), customerId, id: crypto.randomUUID() }),
      });
    },
  });
  const addAddress = async ({ adapter, part }: Given, fields: Partial<CustomerAddress> = {}) => {
    const request = part();
    const saved = await adapter.saveAddress({ ...request, fields: { ...street, ...fields } });
    return saved.addresses.find((address) => address.id === request.id) as CustomerAddress;
  };
  const addNote = async ({ adapter, part }: Given, content: string) =>
    (await adapter.addNote({ ...part(), content })).note as CustomerNote;
  const defaultsOf = (addresses: CustomerAddress[]) => ({
    billing: addresses.filter((address) => address.is_default_billing).map(({ id }) => id),
    shipping: addresses.filter((address) => address.is_default_shipping).map(({ id }) => id),
  });

  return [
    about(
      'addresses: the first is the default for both, later ones only where that is said',
      async (given) => {
        const { adapter, customerId } = given;
        const first = await addAddress(given);
        expectEqual(
          [first.label, first.city, first.country, first.version],
          ['Home', 'Berlin', 'DE', 1],
          'the first',
        );
        const second = await addAddress(given, { country: 'at', company: ' ', label: 'Work' });
        expectEqual([second.country, second.company, second.label], ['AT', null, 'Work'], 'the second');
        const { addresses, customer } = await adapter.getCustomer({ id: customerId });
        expectEqual(defaultsOf(addresses), { billing: [first.id], shipping: [first.id] }, 'the defaults');
        expectEqual([addresses[0]?.id, customer.country], [first.id, 'DE'], 'what comes first');
        const moved = await adapter.saveAddress({
          ...newWrite(),
          customerId,
          id: second.id,
          version: 1,
          fields: { is_default_shipping: true },
        });
        expectEqual(
          defaultsOf(moved.addresses),
          { billing: [first.id], shipping: [second.id] },
          'the defaults now',
        );
        expectEqual([moved.customer.country, moved.receipt.changed], ['AT', 1], 'the country now');
      },
    ),
    about(
      'addresses: of many who set a default at once one wins, nobody fails and nothing is lost',
      async (given) => {
        const { adapter, customerId } = given;
        const many = [];
        for (let index = 0; index < 6; index++) many.push(await addAddress(given, { label: `No. ${index}` }));
        await Promise.all(
          many.slice(1).map(({ id, version }) =>
            adapter.saveAddress({
              ...newWrite(),
              customerId,
              id,
              version,
              fields: { is_default_billing: true, is_default_shipping: true, city: `City ${id}` },
            }),
          ),
        );
        await Promise.all([
          addAddress(given, { is_default_billing: true }),
          addAddress(given, { is_default_billing: true }),
        ]);
        const { addresses } = await adapter.getCustomer({ id: customerId });
        const { billing, shipping } = defaultsOf(addresses);
        expectEqual([addresses.length, billing.length, shipping.length], [8, 1, 1], 'addresses and defaults');
        for (const { id } of many.slice(1)) {
          expectEqual(
            addresses.find((one) => one.id === id)?.city,
            `City ${id}`,
            'what was written beside it',
          );
        }
      },
    ),
    about('addresses: wrong fields are named, missing ones too', async ({ adapter, part }) => {
      const fields = { city: ' ', country: 'United States', postal_code: 'x'.repeat(21), version: 3 };
      const error = await expectError(adapter.saveAddress({ ...part(), fields }), 'invalid', 'saving');
      expectSame(
        Object.keys(error.fields),
        ['address_line_1', 'city', 'country', 'postal_code', 'version'],
        'the fields',
      );
      const long = error.fields.postal_code ?? '';
      expect(long.includes('21') && long.includes('20'), `both lengths are said: ${long}`);
    }),
    about('addresses: who was slower is told what changed; a deleted one is not found', async (given) => {
      const { adapter, customerId } = given;
      const { id } = await addAddress(given);
      const at = { customerId, id, version: 1 };
      await adapter.saveAddress({ ...newWrite(), ...at, fields: { city: 'Potsdam' } });
      const { display_name: by } = await adapter.getAccess();
      for (const late of [
        () => adapter.saveAddress({ ...newWrite(), ...at, fields: { city: 'Hamburg' } }),
        () => adapter.deleteAddress({ ...newWrite(), ...at }),
      ]) {
        const error = await expectError(late(), 'conflict', 'the slower');
        expectEqual(
          [error.reason, (error.current as CustomerAddress).city],
          ['stale', 'Potsdam'],
          'what is there',
        );
        expectEqual(
          error.changes.map((change) => [change.field, change.before, change.after, change.by]),
          [['city', 'Berlin', 'Potsdam', by]],
          'the changes',
        );
      }
      const deleted = await adapter.deleteAddress({ ...newWrite(), ...at, version: 2 });
      expectEqual([deleted.addresses, deleted.customer.country], [[], null], 'what is left');
      const again = adapter.saveAddress({ ...newWrite(), ...at, version: 2, fields: { city: 'Bonn' } });
      await expectError(again, 'not_found', 'a deleted address');
    }),

    about('notes: they are signed, counted, newest first and pinned ones before', async (given) => {
      const { adapter, customerId } = given;
      const { display_name, user_id } = await adapter.getAccess();
      const first = await addNote(given, 'First\n<b>line</b>');
      await addNote(given, 'Second');
      expectEqual(
        [first.content, first.user_name, first.user_id, first.pinned, first.version],
        ['First\n<b>line</b>', display_name, user_id, false, 1],
        'the note',
      );
      const pinned = await adapter.pinNote({ ...newWrite(), customerId, id: first.id, pinned: true });
      expectEqual([pinned.note?.pinned, pinned.customer.notes_count], [true, 2], 'pinned');
      const { rows } = await adapter.listNotes({ customerId, limit: 20 });
      expectEqual(
        rows.map((note) => note.content),
        [first.content, 'Second'],
        'the order',
      );
      await expectError(adapter.addNote({ ...given.part(), content: ' \n' }), 'invalid', 'an empty note');
    }),
    about('notes: pages go on without a gap', async (given) => {
      const { adapter, customerId } = given;
      const ids = [];
      for (let index = 0; index < 7; index++) ids.push((await addNote(given, `Note ${index}`)).id);
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { rows: CustomerNote[]; next: string | null } = await adapter.listNotes({
          customerId,
          limit: 3,
          ...(cursor === null ? {} : { cursor }),
        });
        found.push(...page.rows.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== null && found.length < 20);
      expectSame(found, ids, 'notes');
    }),
    about('notes: who edits or deletes an older version is told what it says now', async (given) => {
      const { adapter, customerId } = given;
      const { id } = await addNote(given, 'Call back');
      const at = { customerId, id, version: 1 };
      await adapter.updateNote({ ...newWrite(), ...at, content: 'Called back' });
      for (const late of [
        () => adapter.updateNote({ ...newWrite(), ...at, content: 'Never mind' }),
        () => adapter.deleteNote({ ...newWrite(), ...at }),
      ]) {
        const error = await expectError(late(), 'conflict', 'the slower');
        expectEqual(
          [error.reason, (error.current as CustomerNote).content],
          ['stale', 'Called back'],
          'what it says',
        );
        expectEqual(error.changes[0]?.before, 'Call back', 'what it said');
      }
    }),
    about('notes: a deletion can be undone, once, and the note is as it was', async (given) => {
      const { adapter, customerId } = given;
      const note = await addNote(given, 'Keep me');
      const deleted = await adapter.deleteNote({ ...newWrite(), customerId, id: note.id, version: 1 });
      expectEqual([deleted.note, deleted.customer.notes_count], [null, 0], 'deleted');
      const restored = await adapter.restoreNote({ ...newWrite(), customerId, id: note.id });
      expectEqual(restored.note, { ...note, version: 2 }, 'the note');
      expectEqual([restored.customer.notes_count, restored.receipt.changed], [1, 1], 'restored');
      const again = await adapter.restoreNote({ ...newWrite(), customerId, id: note.id });
      expectEqual([again.note, again.receipt.unchanged], [restored.note, 1], 'restored again');
      const nothing = adapter.restoreNote({ ...newWrite(), customerId, id: crypto.randomUUID() });
      await expectError(nothing, 'not_found', 'a note that never was');
    }),
    about('notes: what many write at once is all there and counted', async (given) => {
      const { adapter, customerId } = given;
      const contents = Array.from({ length: 8 }, (_, index) => `Note ${index}`);
      await Promise.all(contents.map((content) => addNote(given, content)));
      const { customer, notes } = await adapter.getCustomer({ id: customerId });
      expectEqual(customer.notes_count, 8, 'the count');
      expectSame(
        notes.rows.map((note) => note.content),
        contents,
        'the notes',
      );
      const [note] = notes.rows as [CustomerNote];
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          adapter
            .updateNote({ ...newWrite(), customerId, id: note.id, version: 1, content: `Edit ${index}` })
            .then(
              () => 'saved',
              (error: unknown) => (isAdapterError(error) ? error.code : Promise.reject(error)),
            ),
        ),
      );
      expectSame(outcomes, ['saved', ...Array.from({ length: 5 }, () => 'conflict')], 'edits of one version');
    }),
  ];
}

const street = { address_line_1: 'Lindenstraße 1', city: 'Berlin', country: 'DE' };
