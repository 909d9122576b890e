import type { CustomerGroup, GroupFields } from '../../model/groups.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { isAdapterError } from '../errors.ts';
import { newWrite } from './edit.ts';
import { expect, expectEqual, expectError, expectSame } from './expect.ts';
import { bringIn, newestFirst, person, walk, type ConformanceTest, type MakeSite } from './site.ts';

/** A group made through the adapter. */
export async function makeGroup(
  adapter: CustomerAdapter,
  name: string,
  fields: Partial<GroupFields> = {},
): Promise<CustomerGroup> {
  const id = crypto.randomUUID();
  return (await adapter.saveGroup({ ...newWrite(), id, fields: { name, ...fields } })).group;
}

/** Who is in some groups, by the list's own filter. */
export async function membersOf(adapter: CustomerAdapter, ...group: string[]): Promise<string[]> {
  const rows = await walk(adapter, { filters: { group } });
  const { value, exact } = await adapter.countCustomers({ filters: { group } });
  expectEqual([value, exact], [rows.length, true], 'their count');
  return rows.map(({ email }) => email.split('@')[0] ?? '');
}

/** Five customers, and their ids by `person1`, `person2`, … */
export async function fivePeople(adapter: CustomerAdapter): Promise<Map<string, string>> {
  await bringIn(adapter, [
    person(1, { country: 'DE', city: 'Berlin', address_line_1: '1 Street' }),
    person(2, { tags: ['loyal'] }),
    person(3, { tags: ['loyal'], accepts_marketing: true }),
    person(4, { status: 'inactive' }),
    person(5, { status: 'inactive', tags: ['loyal'] }),
  ]);
  return new Map((await walk(adapter)).map(({ email, id }) => [email.split('@')[0] ?? '', id]));
}

/** Groups themselves, and who is put into them by hand. */
export function groupTests(makeSite: MakeSite): ConformanceTest[] {
  const about = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `groups: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });

  return [
    about(
      'a new group is what was said of it, and is there once however often it is sent',
      async (adapter) => {
        const fields = {
          name: ' VIP ',
          description: 'The best',
          color: '#8B5CF6',
          discount_percentage: 12.25,
          rule: null,
        };
        const request = { ...newWrite(), id: crypto.randomUUID(), fields };
        const saved = await adapter.saveGroup(request);
        const { group, receipt } = saved;
        expectEqual(
          [group.id, group.name, group.description, group.color, group.discount_percentage, group.rule],
          [request.id, 'VIP', 'The best', '#8b5cf6', 12.25, null],
          'the group',
        );
        expectEqual(
          [group.member_count, group.put_in, group.kept_out, group.version],
          [0, 0, 0, 1],
          'its beginning',
        );
        expectEqual([receipt.kind, receipt.created, receipt.asked], ['create_group', 1, 1], 'the receipt');
        expectEqual(await adapter.saveGroup(request), saved, 'sent again');
        expectEqual(await adapter.getGroup({ id: group.id }), group, 'read again');
        const { rows } = await adapter.listGroups({ limit: 50 });
        expectEqual(
          rows.map(({ name, version }) => [name, version]),
          [['VIP', 1]],
          'in the list',
        );
        const plain = await makeGroup(adapter, 'Plain');
        expectEqual(
          [plain.description, plain.color, plain.discount_percentage],
          [null, '#6366f1', null],
          'what was not said',
        );
      },
    ),
    about('wrong fields are named, all at once', async (adapter) => {
      const fields = {
        name: 'x'.repeat(101),
        color: 'red',
        discount_percentage: 100.5,
        member_count: 4,
      } as Partial<GroupFields>;
      const save = (some: Partial<GroupFields>) =>
        adapter.saveGroup({ ...newWrite(), id: crypto.randomUUID(), fields: some });
      const error = await expectError(save(fields), 'invalid', 'saving');
      expectSame(
        Object.keys(error.fields),
        ['color', 'discount_percentage', 'member_count', 'name'],
        'the fields',
      );
      for (const wrong of [{}, { name: ' ' }]) {
        expectSame(
          Object.keys((await expectError(save(wrong), 'invalid', 'no name')).fields),
          ['name'],
          'the field',
        );
      }
      const decimals = await expectError(
        save({ name: 'A', discount_percentage: 1.234 }),
        'invalid',
        'three decimals',
      );
      expectSame(Object.keys(decimals.fields), ['discount_percentage'], 'the field');
    }),
    about('a name is there once, and leads to its group', async (adapter) => {
      const vip = await makeGroup(adapter, 'VIP');
      const other = await makeGroup(adapter, 'Other');
      for (const late of [
        () => makeGroup(adapter, 'VIP '),
        () => adapter.saveGroup({ ...newWrite(), id: other.id, version: 1, fields: { name: 'VIP' } }),
      ]) {
        const error = await expectError(late(), 'conflict', 'the second');
        expectEqual(
          [error.reason, (error.current as CustomerGroup).id],
          ['exists', vip.id],
          'where it leads',
        );
      }
      const outcomes = await Promise.all(
        Array.from({ length: 6 }, () =>
          makeGroup(adapter, 'Raced').then(
            () => 'made',
            (error: unknown) => (isAdapterError(error, 'conflict') ? 'refused' : Promise.reject(error)),
          ),
        ),
      );
      expectSame(outcomes, ['made', ...Array.from({ length: 5 }, () => 'refused')], 'many at once');
    }),
    about('who was slower is told field by field who changed what', async (adapter) => {
      const { id } = await makeGroup(adapter, 'VIP', { description: 'Old', discount_percentage: 5 });
      const edit = (version: number, fields: Partial<GroupFields>) =>
        adapter.saveGroup({ ...newWrite(), id, version, fields });
      await edit(1, { description: 'New', discount_percentage: 5 });
      await edit(2, { discount_percentage: null });
      const { display_name: by } = await adapter.getAccess();
      for (const late of [
        () => edit(1, { color: '#000000' }),
        () => adapter.deleteGroup({ ...newWrite(), id, version: 1 }),
      ]) {
        const error = await expectError(late(), 'conflict', 'the slower');
        expectEqual(
          [error.reason, (error.current as CustomerGroup).version],
          ['stale', 3],
          'the group as it is',
        );
        expectEqual(
          error.changes.map((change) => [change.field, change.before, change.after, change.by]),
          [
            ['description', 'Old', 'New', by],
            ['discount_percentage', 5, null, by],
          ],
          'the changes',
        );
      }
      const same = await edit(3, { description: 'New' });
      expectEqual([same.receipt.unchanged, same.group.version], [1, 3], 'nothing new');
    }),
    about('deleting one leaves its members customers, and undo brings both back', async (adapter) => {
      const ids = await fivePeople(adapter);
      const { id } = await makeGroup(adapter, 'VIP', { discount_percentage: 10 });
      await adapter.changeGroupMembers({ ...newWrite(), groupId: id, add: [...ids.values()].slice(0, 3) });
      const remove = { ...newWrite(), id, version: 1 };
      const deleted = await adapter.deleteGroup(remove);
      expectEqual([deleted.members, deleted.receipt.changed], [3, 1], 'what went');
      expectEqual(await adapter.deleteGroup(remove), deleted, 'sent again');
      expectEqual((await walk(adapter)).length, 5, 'customers');
      await expectError(adapter.getGroup({ id }), 'not_found', 'the group');
      expect(deleted.receipt.undo.possible, 'an undo is offered');
      await adapter.undoOperation({ ...newWrite(), id: remove.operationId });
      const { name, discount_percentage, member_count } = await adapter.getGroup({ id });
      expectEqual([name, discount_percentage, member_count], ['VIP', 10, 3], 'the group again');
      expectEqual((await membersOf(adapter, id)).length, 3, 'its members');
    }),

    about(
      'members come by ids and by pasted e-mails, and the receipt is true to the row',
      async (adapter) => {
        const ids = await fivePeople(adapter);
        const idOf = (name: string) => ids.get(name) as string;
        const { id: groupId } = await makeGroup(adapter, 'VIP');
        const nobody = crypto.randomUUID();
        const request = {
          ...newWrite(),
          groupId,
          add: [idOf('person1'), nobody, idOf('person1')],
          emails: [
            ' PERSON2@example.com',
            'nobody@example.com',
            'person1@example.com',
            '',
            'person3@example.com',
          ],
        };
        const added = await adapter.changeGroupMembers(request);
        const { asked, changed, unchanged, failed, failures } = added.receipt;
        expectEqual([asked, changed, unchanged, failed], [7, 3, 1, 3], 'the receipt');
        expectSame(
          failures.map(({ id, row, code }) => `${id ?? row} ${code}`),
          [`${nobody} unknown`, '2 unknown', '4 unknown'],
          'what failed',
        );
        expectEqual([added.group.member_count, added.group.put_in], [3, 3], 'the group');
        expectEqual(await adapter.changeGroupMembers(request), added, 'sent again');
        expectSame(await membersOf(adapter, groupId), ['person1', 'person2', 'person3'], 'members');
        const found = await walk(adapter, { filters: { group: [groupId], search: 'person3' } });
        expectEqual(found.length, 1, 'a search within');

        const removed = await adapter.changeGroupMembers({
          ...newWrite(),
          groupId,
          remove: [idOf('person1'), idOf('person4')],
        });
        expectEqual([removed.receipt.changed, removed.receipt.unchanged], [1, 1], 'taken out');
        expectEqual(
          removed.undo,
          { add: [idOf('person1')], remove: [], release: [] },
          'what takes that back',
        );
        await adapter.changeGroupMembers({ ...newWrite(), groupId, ...removed.undo });
        expectSame(await membersOf(adapter, groupId), ['person1', 'person2', 'person3'], 'taken back');
        await adapter.changeGroupMembers({ ...newWrite(), groupId, ...added.undo });
        expectSame(await membersOf(adapter, groupId), [], 'all of it taken back');
        await expectError(
          adapter.changeGroupMembers({ ...newWrite(), groupId: crypto.randomUUID(), add: [idOf('person1')] }),
          'not_found',
          'a group that never was',
        );
      },
    ),
    about('a thousand members change in a call, and no more', async (adapter) => {
      const rows = Array.from({ length: 1000 }, (_, index) => person(index + 1));
      await bringIn(adapter, rows);
      const { id: groupId } = await makeGroup(adapter, 'All');
      const emails = rows.map(({ email }) => email);
      const added = await adapter.changeGroupMembers({ ...newWrite(), groupId, emails });
      expectEqual([added.receipt.changed, added.group.member_count], [1000, 1000], 'added');
      const undone = await adapter.changeGroupMembers({ ...newWrite(), groupId, ...added.undo });
      expectEqual([undone.receipt.changed, undone.group.member_count], [1000, 0], 'taken back');
      await expectError(
        adapter.changeGroupMembers({ ...newWrite(), groupId, emails: [...emails, 'one@example.com'] }),
        'invalid',
        'one more',
      );
    }),
    about('a change of members is undone as any operation, but for who was moved since', async (adapter) => {
      const ids = await fivePeople(adapter);
      const [one, two] = [...ids.values()] as [string, string];
      const { id: groupId } = await makeGroup(adapter, 'VIP');
      const { receipt } = await adapter.changeGroupMembers({ ...newWrite(), groupId, add: [one, two] });
      expect(receipt.undo.possible, 'an undo is offered');
      await adapter.changeGroupMembers({ ...newWrite(), groupId, remove: [one] });
      const undone = await adapter.undoOperation({ ...newWrite(), id: receipt.id });
      expectEqual([undone.changed, undone.unchanged], [1, 1], 'the undo');
      expectEqual(await membersOf(adapter, groupId), [], 'members');
    }),
    about('what eight writers add and take out at once is all done, and counted', async (adapter) => {
      await bringIn(
        adapter,
        Array.from({ length: 40 }, (_, index) => person(index + 1)),
      );
      const ids = (await walk(adapter)).map(({ id }) => id);
      const { id: groupId } = await makeGroup(adapter, 'Busy');
      await adapter.changeGroupMembers({ ...newWrite(), groupId, add: ids.slice(0, 10) });
      await Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          adapter.changeGroupMembers({
            ...newWrite(),
            groupId,
            // They overlap, and come in other orders.
            add: ids.slice(10 + writer, 30 + writer).sort(() => (writer % 2 ? -1 : 1)),
            remove: ids.slice(0, writer),
          }),
        ),
      );
      const { member_count } = await adapter.getGroup({ id: groupId });
      expectEqual(member_count, 40 - 7 - 3, 'the count');
      expectEqual((await membersOf(adapter, groupId)).length, member_count, 'members');
    }),
    about('who was put in is listed by pages', async (adapter) => {
      await fivePeople(adapter);
      const ids = (await walk(adapter)).map(({ id }) => id);
      const { id: groupId } = await makeGroup(adapter, 'VIP');
      await adapter.changeGroupMembers({ ...newWrite(), groupId, add: ids });
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await adapter.listGroupPins({
          groupId,
          kind: 'put_in',
          limit: 2,
          ...(cursor === null ? {} : { cursor }),
        });
        found.push(...page.rows.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== null && found.length < 20);
      expectEqual(found, [...ids].sort().reverse(), 'members');
      const none = await adapter.listGroupPins({ groupId, kind: 'kept_out', limit: 2 });
      expectEqual(none, { rows: [], next: null }, 'kept out');
    }),
    about('many of them come by pages, found by their names', async (adapter) => {
      const names = Array.from({ length: 12 }, (_, index) => `Group ${String.fromCharCode(65 + index)}`);
      for (const name of names) await makeGroup(adapter, name);
      const found: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await adapter.listGroups({ limit: 5, ...(cursor === null ? {} : { cursor }) });
        found.push(...page.rows.map(({ name }) => name));
        cursor = page.next;
      } while (cursor !== null && found.length < 50);
      expectEqual(found, names, 'groups');
      const { rows } = await adapter.listGroups({ search: 'group k', limit: 5 });
      expectEqual(
        rows.map(({ name }) => name),
        ['Group K'],
        'by search',
      );
      await adapter.listCustomers({ filters: {}, sort: newestFirst, limit: 1 });
    }),
  ];
}
