import type { CustomerRecord } from '../../model/detail.ts';
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

/** Deleting and restoring, and the groups of one customer. */
export function hidingTests(makeSite: MakeSite, { host }: ConformanceFeatures): ConformanceTest[] {
  const hiding = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `deleting: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });

  return [
    hiding('a deleted customer is gone from the list, and comes back whole', async (adapter) => {
      const customer = await create(adapter, { tags: ['loyal'] });
      const { id } = customer;
      const deleted = await adapter.deleteCustomers({ ...newWrite(), ids: [id] });
      expectEqual([deleted.kind, deleted.asked, deleted.changed], ['delete', 1, 1], 'the receipt');
      expectEqual(await walk(adapter), [], 'the list');
      const error = await expectError(adapter.getCustomer({ id }), 'not_found', 'the deleted customer');
      expectEqual([error.reason, typeof error.deletedAt], ['deleted', 'string'], 'why');
      const edit = adapter.updateCustomer({ ...newWrite(), id, version: 1, fields: { last_name: 'King' } });
      expectEqual((await expectError(edit, 'not_found', 'an edit')).reason, 'deleted', 'why not');

      const restored = await adapter.restoreCustomers({ ...newWrite(), ids: [id] });
      expectEqual([restored.kind, restored.changed], ['restore', 1], 'the receipt');
      const { customer: back } = await adapter.getCustomer({ id });
      const { version, updated_at } = back;
      expectEqual(back, { ...customer, version, updated_at }, 'the customer');
      expect(version > customer.version, 'a save from before is refused');
    }),
    hiding('its e-mail offers to restore it, and is free for who wants it anew', async (adapter) => {
      const { id, email } = await create(adapter);
      await adapter.deleteCustomers({ ...newWrite(), ids: [id] });
      const request = { ...newWrite(), id: crypto.randomUUID(), fields: { first_name: 'Ada', email } };
      const error = await expectError(adapter.createCustomer(request), 'conflict', 'the same e-mail');
      expectEqual([error.reason, (error.current as CustomerRecord).id], ['deleted', id], 'what is offered');
      const anew = await adapter.createCustomer({ ...request, ...newWrite(), anew: true });
      expectEqual(anew.customer.id, request.id, 'the new customer');

      const receipt = await adapter.restoreCustomers({ ...newWrite(), ids: [id, request.id] });
      expectEqual(
        [
          receipt.changed,
          receipt.unchanged,
          receipt.failed,
          receipt.failures[0]?.code,
          receipt.failures[0]?.id,
        ],
        [0, 1, 1, 'exists', id],
        'restoring both',
      );
    }),
    hiding('the receipt accounts for every id', async (adapter) => {
      await bringIn(adapter, [person(1), person(2)]);
      const ids = (await walk(adapter)).map((customer) => customer.id);
      await adapter.deleteCustomers({ ...newWrite(), ids: ids.slice(0, 1) });
      const nobody = crypto.randomUUID();
      const request = { ...newWrite(), ids: [...ids, ...ids, nobody] };
      const receipt = await adapter.deleteCustomers(request);
      expectEqual(
        [receipt.asked, receipt.changed, receipt.unchanged, receipt.failed, receipt.failures[0]?.id],
        [3, 1, 1, 1, nobody],
        'the numbers',
      );
      expectEqual(await adapter.deleteCustomers(request), receipt, 'sent again');
    }),
    hiding('a note written meanwhile is written or refused, never lost', async (adapter) => {
      const { id } = await create(adapter);
      const notes = Array.from({ length: 6 }, () =>
        adapter.addNote({ ...newWrite(), customerId: id, id: crypto.randomUUID(), content: 'Called' }).then(
          () => true,
          (error: unknown) => (isAdapterError(error, 'not_found') ? false : Promise.reject(error)),
        ),
      );
      await Promise.all([...notes, adapter.deleteCustomers({ ...newWrite(), ids: [id] })]);
      const written = (await Promise.all(notes)).filter(Boolean).length;
      await adapter.restoreCustomers({ ...newWrite(), ids: [id] });
      const detail = await adapter.getCustomer({ id });
      expectEqual([detail.customer.notes_count, detail.notes.rows.length], [written, written], 'notes');
    }),
    ...(host ? membershipTests(makeSite) : []),
  ];
}

const membershipTests = (makeSite: MakeSite): ConformanceTest[] => [
  {
    name: 'groups: one customer joins and leaves in place, and the receipt counts groups',
    run: async () => {
      const { adapter, host } = await makeSite();
      expect(host !== undefined, 'makeSite answered no host');
      const { id } = await create(adapter);
      const red = await host.addGroup({ name: 'Red', color: '#ef4444', customerIds: [id] });
      const blue = await host.addGroup({ name: 'Blue', color: '#0ea5e9', customerIds: [] });
      const gone = crypto.randomUUID();
      const saved = await adapter.changeGroups({ ...newWrite(), id, add: [blue, gone], remove: [red] });
      expectEqual(
        saved.groups.map((group) => group.id),
        [blue],
        'groups',
      );
      expectEqual(saved.customer.group_ids, [blue], 'ids of groups');
      const { asked, changed, failed, failures } = saved.receipt;
      expectEqual([asked, changed, failed, failures[0]?.id], [3, 2, 1, gone], 'the receipt');
      const again = await adapter.changeGroups({ ...newWrite(), id, add: [blue], remove: [red] });
      expectEqual(again.receipt.unchanged, 2, 'the same again');
    },
  },
  {
    name: 'groups: what eight writers do at once is all done, and counted',
    run: async () => {
      const { adapter, host } = await makeSite();
      expect(host !== undefined, 'makeSite answered no host');
      await bringIn(
        adapter,
        [1, 2, 3, 4].map((number) => person(number)),
      );
      const ids = (await walk(adapter)).map((customer) => customer.id);
      const a = await host.addGroup({ name: 'A', color: '#6366f1', customerIds: [] });
      const b = await host.addGroup({ name: 'B', color: '#6366f1', customerIds: [] });
      await Promise.all(
        ids.flatMap((id) => [
          adapter.changeGroups({ ...newWrite(), id, add: [a, b] }),
          adapter.changeGroups({ ...newWrite(), id, add: [b, a] }),
        ]),
      );
      const { rows } = await adapter.listGroups({ limit: 50 });
      expectSame(
        rows.map(({ name, member_count }) => `${name} ${member_count}`),
        ['A 4', 'B 4'],
        'members',
      );
    },
  },
];
