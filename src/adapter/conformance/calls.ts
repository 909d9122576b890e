import type { Customer } from '../../model/customer.ts';
import type { CustomerAdapter, RequestOptions } from '../adapter.ts';
import type { CustomerPrivacy } from '../customer-privacy.ts';
import type { CustomerWrites } from '../customer-writes.ts';
import type { GroupMethods } from '../group-methods.ts';
import { expect, expectEqual, expectError } from './expect.ts';
import {
  bringIn,
  newestFirst,
  person,
  walk,
  type ConformanceFeatures,
  type ConformancePerson,
  type ConformanceTest,
  type MakeSite,
} from './site.ts';

interface Given {
  /** The id of an import that is running. */
  operation: string;
  /** The only customers there are. */
  customer: Customer;
  /** The id of the only group there is. */
  group: string;
  other: Customer;
}
type Call = (adapter: CustomerAdapter, given: Given, options?: RequestOptions) => Promise<unknown>;
type Method = Exclude<keyof CustomerAdapter, 'capabilities' | 'site' | 'sendEmail'>;
type ReadingMethod = Exclude<Method, WritingMethod | AdminMethod>;
type WritingMethod =
  | 'startOperation'
  | 'stepOperation'
  | 'finishOperation'
  | 'dryRunImport'
  | 'exportChunk'
  | 'dismissDuplicate'
  | 'mergeCustomers'
  | keyof CustomerWrites
  | Extract<keyof GroupMethods, 'saveGroup' | 'deleteGroup' | 'changeGroupMembers'>;
type AdminMethod = keyof CustomerPrivacy;

const reads: Record<ReadingMethod, Call> = {
  getAccess: (adapter, _given, options) => adapter.getAccess(options),
  listCustomers: (adapter, _given, options) =>
    adapter.listCustomers({ filters: {}, sort: newestFirst, limit: 20 }, options),
  countCustomers: (adapter, _given, options) =>
    adapter.countCustomers({ filters: { search: 'person' } }, options),
  preparePages: (adapter, _given, options) =>
    adapter.preparePages({ filters: {}, sort: newestFirst }, options),
  getStats: (adapter, _given, options) => adapter.getStats(options),
  listGroups: (adapter, _given, options) => adapter.listGroups({ limit: 50 }, options),
  listTags: (adapter, _given, options) => adapter.listTags({ limit: 50 }, options),
  getOperation: (adapter, { operation }, options) => adapter.getOperation({ id: operation }, options),
  listOperations: (adapter, _given, options) => adapter.listOperations({ limit: 20 }, options),
  listOperationFailures: (adapter, { operation: id }, options) =>
    adapter.listOperationFailures({ id, limit: 20 }, options),
  getCustomer: (adapter, { customer }, options) => adapter.getCustomer({ id: customer.id }, options),
  listOrders: (adapter, { customer }, options) =>
    adapter.listOrders({ customerId: customer.id, limit: 20 }, options),
  listNotes: (adapter, { customer }, options) =>
    adapter.listNotes({ customerId: customer.id, limit: 20 }, options),
  getGroup: (adapter, { group }, options) => adapter.getGroup({ id: group }, options),
  listGroupPins: (adapter, { group }, options) =>
    adapter.listGroupPins({ groupId: group, kind: 'put_in', limit: 20 }, options),
  previewGroupRule: (adapter, { group }, options) =>
    adapter.previewGroupRule({ groupId: group, rule: { hasOrders: true } }, options),
  listRuleGroupsOf: (adapter, { customer }, options) =>
    adapter.listRuleGroupsOf({ ids: [customer.id] }, options),
  countRuleGroups: (adapter, _given, options) => adapter.countRuleGroups({}, options),
  suggestDuplicates: (adapter, { customer }, options) =>
    adapter.suggestDuplicates({ id: customer.id }, options),
  previewMerge: (adapter, { customer, other }, options) =>
    adapter.previewMerge({ keepId: customer.id, goneId: other.id }, options),
  listTimeline: (adapter, { customer }, options) =>
    adapter.listTimeline({ customerId: customer.id, limit: 20 }, options),
};

const writes: Record<WritingMethod, Call> = {
  startOperation: (adapter, _given, options) =>
    adapter.startOperation({ id: crypto.randomUUID(), kind: 'import', asked: 1, options: {} }, options),
  stepOperation: (adapter, { operation: id }, options) =>
    adapter.stepOperation({ id, step: 0, rows: [person(9)], rejected: [] }, options),
  dryRunImport: (adapter, _given, options) =>
    adapter.dryRunImport({ options: {}, rows: [person(9)] }, options),
  exportChunk: (adapter, { operation: id }, options) => adapter.exportChunk({ id, step: 0 }, options),
  createCustomer: (adapter, _given, options) =>
    adapter.createCustomer(
      { ...write(), id: crypto.randomUUID(), fields: { first_name: 'New', email: 'new@example.com' } },
      options,
    ),
  updateCustomer: (adapter, { customer: { id, version } }, options) =>
    adapter.updateCustomer({ ...write(), id, version, fields: { first_name: 'Changed' } }, options),
  promoteGuest: (adapter, { customer: { id } }, options) => adapter.promoteGuest({ ...write(), id }, options),
  changeTags: (adapter, { customer: { id } }, options) =>
    adapter.changeTags({ ...write(), id, add: ['changed'] }, options),
  changeGroups: (adapter, { customer: { id } }, options) =>
    adapter.changeGroups({ ...write(), id, remove: [crypto.randomUUID()] }, options),
  saveGroup: (adapter, { group: id }, options) =>
    adapter.saveGroup({ ...write(), id, version: 1, fields: { name: 'Renamed' } }, options),
  deleteGroup: (adapter, { group: id }, options) =>
    adapter.deleteGroup({ ...write(), id, version: 1 }, options),
  changeGroupMembers: (adapter, { group: groupId, customer: { id } }, options) =>
    adapter.changeGroupMembers({ ...write(), groupId, add: [id] }, options),
  deleteCustomers: (adapter, { customer: { id } }, options) =>
    adapter.deleteCustomers({ ...write(), ids: [id] }, options),
  restoreCustomers: (adapter, { customer: { id } }, options) =>
    adapter.restoreCustomers({ ...write(), ids: [id] }, options),
  saveAddress: (adapter, given, options) => adapter.saveAddress({ ...part(given), fields: street }, options),
  deleteAddress: (adapter, given, options) => adapter.deleteAddress({ ...part(given), version: 1 }, options),
  addNote: (adapter, given, options) => adapter.addNote({ ...part(given), content: 'Note' }, options),
  updateNote: (adapter, given, options) =>
    adapter.updateNote({ ...part(given), version: 1, content: 'Note' }, options),
  pinNote: (adapter, given, options) => adapter.pinNote({ ...part(given), pinned: true }, options),
  deleteNote: (adapter, given, options) => adapter.deleteNote({ ...part(given), version: 1 }, options),
  restoreNote: (adapter, given, options) => adapter.restoreNote(part(given), options),
  dismissDuplicate: (adapter, { customer, other }, options) =>
    adapter.dismissDuplicate({ ...write(), id: customer.id, otherId: other.id }, options),
  mergeCustomers: (adapter, { customer, other }, options) =>
    adapter.mergeCustomers(
      { ...write(), keepId: customer.id, keepVersion: 1, goneId: other.id, goneVersion: 1, fields: {} },
      options,
    ),
  undoOperation: (adapter, { operation: id }, options) => adapter.undoOperation({ ...write(), id }, options),
  reportEmail: (adapter, { customer }, options) =>
    adapter.reportEmail({ ...write(), customerId: customer.id, subject: 'Your order' }, options),
  finishOperation: (adapter, { operation: id }, options) => adapter.finishOperation({ id }, options),
};

const write = () => ({ operationId: crypto.randomUUID() });
/** Of something that isn't there: who may not write isn't told. */
const part = ({ customer }: Given) => ({ ...write(), customerId: customer.id, id: crypto.randomUUID() });
const street = { address_line_1: '1 Street', city: 'Town', country: 'DE' };

/** Of these an admin's are the reads too. */
const adminCalls: Record<AdminMethod, Call> = {
  previewErase: (adapter, { customer: { id } }, options) => adapter.previewErase({ id }, options),
  eraseCustomer: (adapter, { customer: { id, version } }, options) =>
    adapter.eraseCustomer({ ...write(), id, version }, options),
  exportPerson: (adapter, { customer: { id } }, options) => adapter.exportPerson({ id }, options),
  listDeletedCustomers: (adapter, _given, options) => adapter.listDeletedCustomers({ limit: 20 }, options),
  purgeCustomers: (adapter, _given, options) => adapter.purgeCustomers({ ...write(), step: 0 }, options),
};

const everyCall: Record<Method, Call> = { ...writes, ...reads, ...adminCalls };

export function callTests(makeSite: MakeSite, { people = [] }: ConformanceFeatures): ConformanceTest[] {
  const running = async () => {
    const site = await makeSite();
    await bringIn(site.adapter, [person(1), person(2)]);
    const id = crypto.randomUUID();
    await site.adapter.startOperation({ id, kind: 'import', asked: 1, options: {} });
    const group = crypto.randomUUID();
    await site.adapter.saveGroup({ ...write(), id: group, fields: { name: 'Regulars' } });
    const rows = await walk(site.adapter);
    const given: Given = { operation: id, customer: rows[0] as Customer, other: rows[1] as Customer, group };
    const read = async () => ({
      rows: await walk(site.adapter),
      group: await site.adapter.getGroup({ id: group }),
      receipt: await site.adapter.getOperation({ id }),
    });
    const before = await read();
    const expectUntouched = async () => {
      expectEqual(await read(), before, 'the site afterwards');
    };
    return { ...site, given, expectUntouched };
  };
  const refused = (who: ConformancePerson, code: 'forbidden' | 'unauthenticated'): ConformanceTest => ({
    name: `people: ${who} is refused every call as ${code}, and changes nothing`,
    run: async () => {
      const { others, given, expectUntouched } = await running();
      const adapter = others?.[who];
      expect(adapter !== undefined, `makeSite answered no ${who}`);
      for (const [method, call] of Object.entries(everyCall)) {
        await expectError(call(adapter, given), code, method);
      }
      await expectUntouched();
    },
  });

  const peopleTests: Record<ConformancePerson, ConformanceTest> = {
    outsider: refused('outsider', 'forbidden'),
    anonymous: refused('anonymous', 'unauthenticated'),
    expired: refused('expired', 'unauthenticated'),
    viewer: {
      name: 'people: a viewer reads everything and writes nothing',
      run: async () => {
        const { others, given, expectUntouched } = await running();
        const viewer = others?.viewer;
        expect(viewer !== undefined, 'makeSite answered no viewer');
        expectEqual((await viewer.getAccess()).role, 'viewer', 'the role');
        for (const call of Object.values(reads)) await call(viewer, given);
        expectEqual((await walk(viewer)).length, 2, 'rows');
        for (const [method, call] of Object.entries({ ...writes, ...adminCalls }))
          await expectError(call(viewer, given), 'forbidden', method);
        await expectUntouched();
      },
    },
    editor: {
      name: 'people: an editor reads and imports, and deletes, restores, merges, erases and hands over nobody',
      run: async () => {
        const { others, given } = await running();
        const editor = others?.editor;
        expect(editor !== undefined, 'makeSite answered no editor');
        expectEqual((await editor.getAccess()).role, 'editor', 'the role');
        expectEqual((await bringIn(editor, [person(3)])).created, 1, 'created');
        const { deleteCustomers, restoreCustomers, mergeCustomers } = writes;
        const refusals = { deleteCustomers, restoreCustomers, mergeCustomers, ...adminCalls };
        for (const [method, call] of Object.entries(refusals)) {
          await expectError(call(editor, given), 'forbidden', method);
        }
        expectEqual((await walk(editor)).length, 3, 'customers');
      },
    },
  };

  return [
    ...people.map((who) => peopleTests[who]),
    {
      name: 'aborting: a call whose signal has fired already is never made',
      run: async () => {
        const { adapter, given, expectUntouched } = await running();
        const options = { signal: AbortSignal.abort() };
        for (const [method, call] of Object.entries(everyCall)) {
          await expectError(call(adapter, given, options), 'aborted', method);
        }
        await expectUntouched();
      },
    },
    {
      name: 'aborting: a call under way rejects, and the next one is answered',
      run: async () => {
        const { adapter, given } = await running();
        for (const [method, call] of Object.entries(reads)) {
          const abort = new AbortController();
          const pending = call(adapter, given, { signal: abort.signal });
          abort.abort();
          await expectError(pending, 'aborted', method);
        }
        expectEqual((await walk(adapter)).length, 2, 'rows');
      },
    },
    {
      name: 'aborting: of many calls at once only the aborted ones reject, whatever the order of the answers',
      run: async () => {
        const { adapter } = await running();
        const calls = Array.from({ length: 10 }, (_, index) => {
          const abort = new AbortController();
          const search = index % 2 ? 'person' : 'nobody';
          const list = adapter.listCustomers(
            { filters: { search }, sort: newestFirst, limit: 20 },
            { signal: abort.signal },
          );
          if (index % 3 === 0) abort.abort();
          return list.then(
            ({ rows }) => rows.length,
            (error: { code?: string }) => error.code,
          );
        });
        const expected = calls.map((_, index) => (index % 3 === 0 ? 'aborted' : 2 * (index % 2)));
        expectEqual(await Promise.all(calls), expected, 'outcomes');
      },
    },
  ];
}
