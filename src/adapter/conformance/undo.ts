import type { AddressFields } from '../../model/address-fields.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { isAdapterError } from '../errors.ts';
import { create, newWrite } from './edit.ts';
import { expect, expectEqual, expectError, expectSame } from './expect.ts';
import { walk, type ConformanceFeatures, type ConformanceTest, type MakeSite } from './site.ts';

const street: Partial<AddressFields> = { address_line_1: '1 Street', city: 'Town', country: 'DE' };

/** Operations are taken back: what somebody changed since stays, and is named. */
export function undoTests(makeSite: MakeSite, { people = [], host }: ConformanceFeatures): ConformanceTest[] {
  const undoing = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `undo: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });
  const undo = (adapter: CustomerAdapter, id: string) => adapter.undoOperation({ ...newWrite(), id });

  return [
    undoing('an edit goes back, once, and both receipts say so', async (adapter) => {
      const customer = await create(adapter, { tags: ['loyal'], metadata: { shoe: 38 } });
      const edit = {
        ...newWrite(),
        id: customer.id,
        version: 1,
        fields: { last_name: 'King', email: 'king@example.com', tags: ['new'], metadata: { hat: 7 } },
      };
      const { receipt } = await adapter.updateCustomer(edit);
      expect(receipt.undo.possible && receipt.undo.until !== null, 'the receipt offers an undo until when');
      const request = { ...newWrite(), id: edit.operationId };
      const undone = await adapter.undoOperation(request);
      expectEqual(
        [undone.kind, undone.status, undone.asked, undone.changed, undone.failed],
        ['undo', 'finished', 1, 1, 0],
        'the receipt of the undo',
      );
      expect(!undone.undo.possible, 'an undo is final');
      expectEqual(await adapter.undoOperation(request), undone, 'sent again');
      const { version, updated_at } = (await adapter.getCustomer({ id: customer.id })).customer;
      expectEqual(
        (await adapter.getCustomer({ id: customer.id })).customer,
        { ...customer, version, updated_at },
        'the customer',
      );
      expect(version > 2, 'a save from before is refused');
      expect(!(await adapter.getOperation({ id: edit.operationId })).undo.possible, 'it was undone');
      const twice = await expectError(undo(adapter, edit.operationId), 'conflict', 'a second undo');
      expectEqual(twice.reason, 'undone', 'why not');
    }),
    undoing('of many who undo the same at once one does', async (adapter) => {
      const { id } = await create(adapter);
      const edit = { ...newWrite(), id, version: 1, fields: { last_name: 'King' } };
      await adapter.updateCustomer(edit);
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, () =>
          undo(adapter, edit.operationId).then(
            () => 'undone',
            (error: unknown) => (isAdapterError(error, 'conflict') ? 'refused' : Promise.reject(error)),
          ),
        ),
      );
      expectEqual(outcomes.filter((outcome) => outcome === 'undone').length, 1, 'undone');
      expectEqual((await adapter.getCustomer({ id })).customer.version, 3, 'the version');
    }),
    undoing('what somebody changed since stays, and is named', async (adapter) => {
      const { id } = await create(adapter);
      const first = { ...newWrite(), id, version: 1, fields: { last_name: 'King', phone: '+4915112345678' } };
      await adapter.updateCustomer(first);
      await adapter.updateCustomer({ ...newWrite(), id, version: 2, fields: { last_name: 'Byron' } });
      const receipt = await undo(adapter, first.operationId);
      const [failure] = receipt.failures;
      expectEqual(
        [receipt.changed, receipt.failed, failure?.id, failure?.field, failure?.code],
        [0, 1, id, 'last_name', 'edited'],
        'the receipt',
      );
      const { customer } = await adapter.getCustomer({ id });
      expectEqual([customer.last_name, customer.phone], ['Byron', '+4915112345678'], 'the customer');
    }),
    undoing('tags that others put beside it stay', async (adapter) => {
      const { id } = await create(adapter, { tags: ['loyal', 'old'] });
      const change = { ...newWrite(), id, add: ['new'], remove: ['old'] };
      await adapter.changeTags(change);
      await adapter.changeTags({ ...newWrite(), id, add: ['theirs'] });
      expectEqual((await undo(adapter, change.operationId)).changed, 1, 'changed');
      expectSame(
        (await adapter.getCustomer({ id })).customer.tags,
        ['loyal', 'theirs', 'old'],
        'tags afterwards',
      );
    }),
    undoing('an e-mail that another has by now does not go back', async (adapter) => {
      const { id, email } = await create(adapter);
      const edit = { ...newWrite(), id, version: 1, fields: { email: 'new@example.com' } };
      await adapter.updateCustomer(edit);
      await create(adapter, { email });
      const { changed, failures } = await undo(adapter, edit.operationId);
      expectEqual([changed, failures[0]?.code, failures[0]?.field], [0, 'exists', 'email'], 'the receipt');
    }),
    undoing('deleted customers come back, and restored ones go', async (adapter) => {
      const { id } = await create(adapter);
      const deleting = { ...newWrite(), ids: [id] };
      await adapter.deleteCustomers(deleting);
      expectEqual((await undo(adapter, deleting.operationId)).changed, 1, 'undeleted');
      expectEqual((await walk(adapter)).length, 1, 'customers');
      await adapter.deleteCustomers({ ...newWrite(), ids: [id] });
      const restoring = { ...newWrite(), ids: [id] };
      await adapter.restoreCustomers(restoring);
      expectEqual((await undo(adapter, restoring.operationId)).changed, 1, 'hidden again');
      expectEqual((await walk(adapter)).length, 0, 'customers');
    }),
    undoing('a default address is given back to the one that had it', async (adapter) => {
      const { id: customerId } = await create(adapter);
      const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
      await adapter.saveAddress({ ...newWrite(), customerId, id: first, fields: street });
      const taking = {
        ...newWrite(),
        customerId,
        id: second,
        fields: { ...street, is_default_billing: true },
      };
      await adapter.saveAddress(taking);
      const { changed, failed } = await undo(adapter, taking.operationId);
      expectEqual([changed, failed], [2, 0], 'the receipt');
      const { addresses } = await adapter.getCustomer({ id: customerId });
      expectEqual(
        addresses.map((one) => [one.id, one.is_default_billing, one.is_default_shipping]),
        [[first, true, true]],
        'addresses',
      );
    }),
    undoing('a deleted address comes back, with its country', async (adapter) => {
      const { id: customerId } = await create(adapter);
      const id = crypto.randomUUID();
      const { addresses } = await adapter.saveAddress({ ...newWrite(), customerId, id, fields: street });
      const deleting = { ...newWrite(), customerId, id, version: 1 };
      await adapter.deleteAddress(deleting);
      await undo(adapter, deleting.operationId);
      const detail = await adapter.getCustomer({ id: customerId });
      const { version, updated_at } = detail.addresses[0] ?? {};
      expectEqual(detail.addresses, [{ ...addresses[0], version, updated_at }], 'addresses');
      expectEqual(detail.customer.country, 'DE', 'the country');
    }),
    undoing(
      'notes: written, edited, pinned and deleted ones go back; an edited one stays',
      async (adapter) => {
        const { id: customerId } = await create(adapter);
        const part = { customerId, id: crypto.randomUUID() };
        const adding = { ...newWrite(), ...part, content: 'Called' };
        const { note } = await adapter.addNote(adding);
        const editing = { ...newWrite(), ...part, version: 1, content: 'Called twice' };
        await adapter.updateNote(editing);
        expectEqual((await undo(adapter, adding.operationId)).failures[0]?.code, 'edited', 'writing it');
        expectEqual((await undo(adapter, editing.operationId)).changed, 1, 'editing it');
        const pinning = { ...newWrite(), ...part, pinned: true };
        await adapter.pinNote(pinning);
        expectEqual((await undo(adapter, pinning.operationId)).changed, 1, 'pinning it');
        const deleting = { ...newWrite(), ...part, version: 5 };
        await adapter.deleteNote(deleting);
        expectEqual((await undo(adapter, deleting.operationId)).changed, 1, 'deleting it');
        const { notes, customer } = await adapter.getCustomer({ id: customerId });
        const { version, updated_at } = notes.rows[0] ?? {};
        expectEqual(notes.rows, [{ ...note, version, updated_at }], 'notes');
        expectEqual(customer.notes_count, 1, 'their number');
      },
    ),
    undoing('what was never done cannot be undone, nor what changed nothing', async (adapter) => {
      await expectError(undo(adapter, crypto.randomUUID()), 'not_found', 'an unknown operation');
      const { id } = await create(adapter);
      const idle = { ...newWrite(), id, version: 1, fields: { first_name: 'Ada' } };
      const { receipt } = await adapter.updateCustomer(idle);
      expect(!receipt.undo.possible && !!receipt.undo.reason, 'the receipt says why not');
      await expectError(undo(adapter, idle.operationId), 'conflict', 'an operation that changed nothing');
    }),
    ...(host ? [groupsTest(makeSite)] : []),
    ...(people.includes('editor') ? [editorTest(makeSite)] : []),
  ];
}

const groupsTest = (makeSite: MakeSite): ConformanceTest => ({
  name: 'undo: a customer leaves the groups that it joined, and joins those that it left',
  run: async () => {
    const { adapter, host } = await makeSite();
    expect(host !== undefined, 'makeSite answered no host');
    const { id } = await create(adapter);
    const red = await host.addGroup({ name: 'Red', color: '#ef4444', customerIds: [id] });
    const blue = await host.addGroup({ name: 'Blue', color: '#0ea5e9', customerIds: [] });
    const change = { ...newWrite(), id, add: [blue], remove: [red] };
    await adapter.changeGroups(change);
    const { changed } = await adapter.undoOperation({ ...newWrite(), id: change.operationId });
    expectEqual(changed, 2, 'changed');
    expectEqual((await adapter.getCustomer({ id })).customer.group_ids, [red], 'groups');
    const { rows } = await adapter.listGroups({ limit: 10 });
    expectSame(
      rows.map(({ name, member_count }) => `${name} ${member_count}`),
      ['Red 1', 'Blue 0'],
      'members',
    );
  },
});

const editorTest = (makeSite: MakeSite): ConformanceTest => ({
  name: 'undo: an editor undoes what he or she did, an admin anybody’s',
  run: async () => {
    const { adapter, others } = await makeSite();
    const editor = others?.editor;
    expect(editor !== undefined, 'makeSite answered no editor');
    const { id } = await create(adapter);
    const change = { ...newWrite(), id, add: ['admin'] };
    await adapter.changeTags(change);
    const foreign = editor.undoOperation({ ...newWrite(), id: change.operationId });
    await expectError(foreign, 'forbidden', 'what the admin did');
    for (const [undoer, tag] of [
      [editor, 'own'],
      [adapter, 'theirs'],
    ] as const) {
      const own = { ...newWrite(), id, add: [tag] };
      await editor.changeTags(own);
      const { changed } = await undoer.undoOperation({ ...newWrite(), id: own.operationId });
      expectEqual(changed, 1, tag);
    }
    expectEqual((await adapter.getCustomer({ id })).customer.tags, ['admin'], 'tags');
  },
});
