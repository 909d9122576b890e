import type { Person, PersonPart } from '../../model/privacy.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { isAdapterError } from '../errors.ts';
import { create, newWrite } from './edit.ts';
import { expect, expectEqual, expectError, expectSame } from './expect.ts';
import {
  bringIn,
  person,
  walk,
  type ConformanceFeatures,
  type ConformanceTest,
  type MakeSite,
} from './site.ts';

async function erase(adapter: CustomerAdapter, id: string) {
  const { version } = await adapter.previewErase({ id });
  return adapter.eraseCustomer({ ...newWrite(), id, version });
}

const note = (customerId: string, content: string) => ({
  ...newWrite(),
  customerId,
  id: crypto.randomUUID(),
  content,
});

/** All parts of what is held about somebody. */
async function handOver(adapter: CustomerAdapter, id: string) {
  let person: Person | undefined;
  const rows: Pick<PersonPart, 'orders' | 'notes' | 'history'> = { orders: [], notes: [], history: [] };
  let cursor: string | null = null;
  do {
    const part: PersonPart = await adapter.exportPerson({ id, ...(cursor === null ? {} : { cursor }) });
    person ??= part.person ?? undefined;
    rows.orders.push(...part.orders);
    rows.notes.push(...part.notes);
    rows.history.push(...part.history);
    cursor = part.next;
  } while (cursor !== null);
  expect(person !== undefined, 'the first part has no person');
  return { person, ...rows };
}

/** Erasing a person, handing data over, and what becomes of deleted customers. */
export function eraseTests(makeSite: MakeSite, { host }: ConformanceFeatures): ConformanceTest[] {
  const erasing = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `erasing: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });

  return [
    erasing('the preview counts what goes, and afterwards it is gone for good', async (adapter) => {
      const { id } = await create(adapter, { phone: '+4915112345678', tags: ['loyal'] });
      await adapter.addNote(note(id, 'Called'));
      await adapter.addNote(note(id, 'Called again'));
      const preview = await adapter.previewErase({ id });
      expectEqual(
        [preview.removed.notes, preview.removed.addresses, preview.kept.orders, preview.erasedAt],
        [2, 0, 0, null],
        'what goes',
      );
      const request = { ...newWrite(), id, version: preview.version };
      const receipt = await adapter.eraseCustomer(request);
      expectEqual([receipt.kind, receipt.asked, receipt.changed], ['erase', 1, 1], 'the receipt');
      expectEqual([receipt.undo.possible, typeof receipt.undo.reason], [false, 'string'], 'its undo');
      expectEqual(await adapter.eraseCustomer(request), receipt, 'sent again');
      expectEqual(await walk(adapter), [], 'the list');
      expectEqual((await adapter.getStats()).total, 0, 'the statistics');
      const error = await expectError(adapter.getCustomer({ id }), 'not_found', 'the erased customer');
      expectEqual([error.reason, typeof error.deletedAt], ['erased', 'string'], 'why');
      const late = adapter.addNote(note(id, 'Too late'));
      expectEqual((await expectError(late, 'not_found', 'a note')).reason, 'erased', 'why not');

      const left = await adapter.previewErase({ id });
      expectEqual([typeof left.erasedAt, left.removed.notes], ['string', 0], 'what is left');
      expectEqual((await erase(adapter, id)).unchanged, 1, 'erasing twice');
      const restored = await adapter.restoreCustomers({ ...newWrite(), ids: [id] });
      expectEqual([restored.changed, restored.failures[0]?.code], [0, 'erased'], 'restoring');
      expectEqual((await adapter.listDeletedCustomers({ limit: 20 })).rows, [], 'the deleted');
    }),
    erasing('what somebody changed since it was previewed is looked at first', async (adapter) => {
      const { id, version } = await create(adapter);
      await adapter.updateCustomer({ ...newWrite(), id, version, fields: { last_name: 'King' } });
      const stale = adapter.eraseCustomer({ ...newWrite(), id, version });
      expectEqual((await expectError(stale, 'conflict', 'an older version')).reason, 'stale', 'why');
      expectEqual((await adapter.getCustomer({ id })).customer.last_name, 'King', 'the customer');
    }),
    erasing('a deleted customer is erased too', async (adapter) => {
      const { id, email } = await create(adapter);
      await adapter.deleteCustomers({ ...newWrite(), ids: [id] });
      expectEqual((await erase(adapter, id)).changed, 1, 'changed');
      const request = { ...newWrite(), id: crypto.randomUUID(), fields: { first_name: 'Ada', email } };
      const refused = await expectError(adapter.createCustomer(request), 'conflict', 'the same e-mail');
      expectEqual(refused.reason, 'erased', 'why');
    }),
    erasing('an import leaves the person out, until a person decides otherwise', async (adapter) => {
      await bringIn(adapter, [person(1), person(2)]);
      const [row] = await walk(adapter, { filters: { search: 'person1@' } });
      await erase(adapter, row?.id ?? '');
      const receipt = await bringIn(adapter, [person(1), person(2), person(3)]);
      expectEqual([receipt.created, receipt.unchanged, receipt.skipped], [1, 1, 1], 'the receipt');
      expectEqual([receipt.failures[0]?.row, receipt.failures[0]?.code], [2, 'erased_before'], 'why');

      const { email } = person(1);
      const request = { ...newWrite(), id: crypto.randomUUID(), fields: { first_name: 'P', email } };
      const refused = await expectError(adapter.createCustomer(request), 'conflict', 'making it');
      expectEqual(refused.reason, 'erased', 'why');
      await adapter.createCustomer({ ...request, ...newWrite(), anew: true });
      expectEqual((await bringIn(adapter, [person(1)])).skipped, 0, 'skipped');
    }),
    erasing('nobody is edited into an erased person unasked', async (adapter) => {
      const gone = await create(adapter);
      const { id, version } = await create(adapter, { email: 'grace@example.com' });
      await erase(adapter, gone.id);
      const edit = { id, version, fields: { email: gone.email } };
      const refused = await expectError(adapter.updateCustomer({ ...newWrite(), ...edit }), 'conflict', 'it');
      expectEqual(refused.reason, 'erased', 'why');
      const { customer } = await adapter.updateCustomer({ ...newWrite(), ...edit, anew: true });
      expectEqual(customer.email, gone.email, 'the e-mail');
    }),
    erasing('undoing what was done before brings nothing back', async (adapter) => {
      const { id, version, email } = await create(adapter, { phone: '+4915112345678' });
      const renamed = newWrite();
      await adapter.updateCustomer({
        ...renamed,
        id,
        version,
        fields: { phone: null, email: 'b@example.com' },
      });
      const written = note(id, 'Called');
      await adapter.addNote(written);
      const gone = { ...newWrite(), customerId: id, id: written.id };
      await adapter.deleteNote({ ...gone, version: 1 });
      const deleted = newWrite();
      await adapter.deleteCustomers({ ...deleted, ids: [id] });
      await erase(adapter, id);
      for (const { operationId } of [deleted, gone, renamed]) {
        await adapter.undoOperation({ ...newWrite(), id: operationId }).then(
          ({ changed }) => expectEqual(changed, 0, 'what came back'),
          (error: unknown) => expect(isAdapterError(error, 'conflict'), `undoing: ${String(error)}`),
        );
      }
      expectEqual(await walk(adapter), [], 'the list');
      const data = await handOver(adapter, id);
      expectEqual([data.notes, data.person.customer.phone], [[], null], 'what is held');
      expect(!JSON.stringify(data).includes(email), 'the e-mail is back');
    }),
    erasing('of two who do it at once, one does it', async (adapter) => {
      const { id, version } = await create(adapter);
      const receipts = await Promise.all(
        [1, 2, 3].map(() => adapter.eraseCustomer({ ...newWrite(), id, version })),
      );
      expectSame(
        receipts.map(({ changed, unchanged }) => `${changed} ${unchanged}`),
        ['1 0', '0 1', '0 1'],
        'receipts',
      );
    }),
    {
      name: 'handing over: everything held about a person is there, and nothing of anybody else',
      run: async () => {
        const { adapter, host: shop } = await makeSite();
        const { id, version } = await create(adapter, { metadata: { shoe: 38 }, accepts_marketing: true });
        const other = await create(adapter, { email: 'grace@example.com', first_name: 'Grace' });
        const { customer } = await adapter.updateCustomer({
          ...newWrite(),
          id,
          version,
          fields: { last_name: 'King' },
        });
        const street = { address_line_1: '12 Square', city: 'London', country: 'GB' };
        await adapter.saveAddress({
          ...newWrite(),
          customerId: id,
          id: crypto.randomUUID(),
          fields: street,
        });
        await adapter.addNote(note(id, 'First'));
        await adapter.addNote(note(id, 'Second'));
        await adapter.addNote(note(other.id, 'Of somebody else'));
        for (const total of host ? [100, 200] : []) {
          await shop?.addOrder({
            customerId: id,
            total,
            status: 'delivered',
            createdAt: `2026-01-0${total / 100}T00:00:00Z`,
          });
        }
        const data = await handOver(adapter, id);
        expectEqual(data.person.customer.last_name, customer.last_name, 'the name');
        expectEqual(data.person.customer.metadata, { shoe: 38 }, 'metadata');
        expectEqual(
          data.person.addresses.map(({ city }) => city),
          ['London'],
          'addresses',
        );
        expectEqual(typeof data.person.consent?.since, 'string', 'the consent');
        expectEqual(
          data.notes.map(({ content }) => content),
          ['First', 'Second'],
          'notes, the oldest first',
        );
        expectEqual(
          data.orders.map(({ total }) => total),
          host ? [100, 200] : [],
          'orders',
        );
        const renamed = data.history.find(({ after }) => 'last_name' in after);
        expectEqual([renamed?.kind, renamed?.after.last_name], ['update', 'King'], 'the history');
      },
    },
    {
      name: 'deleted customers: they are found, the last one first, until they are restored',
      run: async () => {
        const { adapter } = await makeSite();
        await bringIn(adapter, [person(1), person(2), person(3)]);
        const ids = (await walk(adapter, { sort: { by: 'email', direction: 'asc' } })).map(({ id }) => id);
        for (const id of ids) {
          await adapter.deleteCustomers({ ...newWrite(), ids: [id] });
          // No two at the same millisecond.
          await new Promise((resolve) => setTimeout(resolve, 2));
        }
        const first = await adapter.listDeletedCustomers({ limit: 2 });
        expectEqual(
          first.rows.map(({ customer }) => customer.id),
          ids.slice(1).reverse(),
          'the first page',
        );
        const [row] = first.rows;
        expect(
          row !== undefined && row.deleted_by !== null && row.restorable_until > row.deleted_at,
          'by whom it was deleted, and until when it can be restored',
        );
        const next = await adapter.listDeletedCustomers({ limit: 2, cursor: first.next ?? '' });
        expectEqual(
          next.rows.map(({ customer }) => customer.id),
          ids.slice(0, 1),
          'the second page',
        );
        expectEqual([next.next, next.purgeable], [null, 0], 'the end');
        const found = await adapter.listDeletedCustomers({ limit: 20, search: 'Person 2' });
        expectEqual(
          found.rows.map(({ customer }) => customer.id),
          [ids[1]],
          'who is searched for',
        );
        await adapter.restoreCustomers({ ...newWrite(), ids });
        expectEqual((await adapter.listDeletedCustomers({ limit: 20 })).rows, [], 'after restoring');
      },
    },
    {
      name: 'deleted customers: a purge leaves those of the last 30 days alone',
      run: async () => {
        const { adapter } = await makeSite();
        const { id } = await create(adapter);
        await adapter.deleteCustomers({ ...newWrite(), ids: [id] });
        const request = { ...newWrite(), step: 0 };
        const receipt = await adapter.purgeCustomers(request);
        expectEqual(
          [receipt.kind, receipt.status, receipt.asked, receipt.changed],
          ['purge', 'finished', 0, 0],
          'the receipt',
        );
        expectEqual(await adapter.purgeCustomers(request), receipt, 'sent again');
        expectEqual((await adapter.listDeletedCustomers({ limit: 20 })).rows.length, 1, 'deleted customers');
      },
    },
  ];
}
