import type { GroupRule } from '../../model/groups.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { newWrite } from './edit.ts';
import { expect, expectEqual, expectError, expectSame } from './expect.ts';
import { fivePeople, makeGroup, membersOf } from './groups.ts';
import {
  newestFirst,
  walk,
  type ConformanceFeatures,
  type ConformanceHost,
  type ConformanceTest,
  type MakeSite,
} from './site.ts';

interface Given {
  adapter: CustomerAdapter;
  /** The id of `person1`, … */
  idOf: (name: string) => string;
  /** Whoever has the tag `loyal`: the persons 2, 3 and 5. */
  groupId: string;
}

/** Groups that a rule fills: whoever it means when it is read, and whom people put in or keep out by hand. */
export function ruleGroupTests(makeSite: MakeSite, { host }: ConformanceFeatures): ConformanceTest[] {
  const about = (name: string, check: (given: Given) => Promise<void>): ConformanceTest => ({
    name: `rules: ${name}`,
    run: async () => {
      const { adapter } = await makeSite();
      const ids = await fivePeople(adapter);
      const { id: groupId } = await makeGroup(adapter, 'Loyal', { rule: { tags: ['loyal'] } });
      await check({ adapter, groupId, idOf: (name) => ids.get(name) as string });
    },
  });
  const ruleOf = async ({ adapter, groupId }: Given, of: string) => {
    const { of: found } = await adapter.listRuleGroupsOf({ ids: [of] });
    return (found[of] ?? []).includes(groupId);
  };

  return [
    about('a group is filled by what its rule means whenever it is read', async (given) => {
      const { adapter, groupId, idOf } = given;
      const group = await adapter.getGroup({ id: groupId });
      expectEqual(
        [group.rule, group.member_count, group.put_in, group.kept_out],
        [{ tags: ['loyal'] }, null, 0, 0],
        'the group',
      );
      expectSame(await membersOf(adapter, groupId), ['person2', 'person3', 'person5'], 'members');
      await adapter.changeTags({ ...newWrite(), id: idOf('person1'), add: ['loyal'] });
      await adapter.changeTags({ ...newWrite(), id: idOf('person5'), remove: ['loyal'] });
      expectSame(await membersOf(adapter, groupId), ['person1', 'person2', 'person3'], 'members then');
      const narrowed = await walk(adapter, { filters: { group: [groupId], acceptsMarketing: true } });
      expectEqual(
        narrowed.map(({ email }) => email),
        ['person3@example.com'],
        'with another filter',
      );
      const total = await adapter.preparePages({ filters: { group: [groupId] }, sort: newestFirst });
      expectEqual(total, { value: 3, exact: true }, 'prepared');
      await adapter.changeTags({ ...newWrite(), id: idOf('person2'), remove: ['loyal'] });
      expectSame(await membersOf(adapter, groupId), ['person1', 'person3'], 'members after being prepared');
    }),
    about('who is put in stays in, and who is kept out stays out, until released', async (given) => {
      const { adapter, groupId, idOf } = given;
      const by = (change: object) => adapter.changeGroupMembers({ ...newWrite(), groupId, ...change });
      const moved = await by({
        add: [idOf('person1'), idOf('person2')],
        remove: [idOf('person3'), idOf('person4')],
      });
      expectEqual([moved.receipt.changed, moved.receipt.unchanged], [4, 0], 'the receipt');
      expectEqual(
        [moved.group.put_in, moved.group.kept_out, moved.group.member_count],
        [2, 2, null],
        'the group',
      );
      expectSame(await membersOf(adapter, groupId), ['person1', 'person2', 'person5'], 'members');
      await adapter.changeTags({ ...newWrite(), id: idOf('person2'), remove: ['loyal'] });
      await adapter.changeTags({ ...newWrite(), id: idOf('person4'), add: ['loyal'] });
      expectSame(
        await membersOf(adapter, groupId),
        ['person1', 'person2', 'person5'],
        'whatever the rule says',
      );
      for (const [kind, names] of [
        ['put_in', ['person1', 'person2']],
        ['kept_out', ['person3', 'person4']],
      ] as const) {
        const { rows } = await adapter.listGroupPins({ groupId, kind, limit: 20 });
        expectSame(
          rows.map(({ id }) => id),
          names.map(idOf),
          kind,
        );
      }
      await by({ release: [idOf('person2'), idOf('person4')] });
      expectSame(await membersOf(adapter, groupId), ['person1', 'person4', 'person5'], 'released');
      expectEqual(moved.undo.release.length, 4, 'what takes it back');
      await by(moved.undo);
      expectSame(await membersOf(adapter, groupId), ['person3', 'person4', 'person5'], 'taken back');
    }),
    about('undo gives back what was said before, not what came of it', async (given) => {
      const { adapter, groupId, idOf } = given;
      const id = idOf('person2');
      const steps = [
        { place: { remove: [id] }, before: true },
        { place: { add: [id] }, before: false },
      ];
      for (const { place } of steps) await adapter.changeGroupMembers({ ...newWrite(), groupId, ...place });
      const last = await adapter.changeGroupMembers({ ...newWrite(), groupId, remove: [id] });
      expect(!(await ruleOf(given, id)), 'kept out');
      await adapter.undoOperation({ ...newWrite(), id: last.receipt.id });
      expectEqual((await adapter.getGroup({ id: groupId })).put_in, 1, 'put in again');
      const inPlace = await adapter.changeGroups({ ...newWrite(), id, remove: [groupId] });
      expectEqual((await adapter.getGroup({ id: groupId })).kept_out, 1, 'kept out in place');
      await adapter.undoOperation({ ...newWrite(), id: inPlace.receipt.id });
      const { put_in, kept_out } = await adapter.getGroup({ id: groupId });
      expectEqual([put_in, kept_out], [1, 0], 'put in once more');
    }),
    about('a customer shows the groups that a rule puts it in, and says so', async (given) => {
      const { adapter, groupId, idOf } = given;
      const plain = await makeGroup(adapter, 'Plain');
      const id = idOf('person2');
      await adapter.changeGroups({ ...newWrite(), id, add: [plain.id] });
      const shown = async () =>
        (await adapter.getCustomer({ id })).groups.map((group) => [group.name, group.has_rule, group.put_in]);
      expectEqual(
        await shown(),
        [
          ['Loyal', true, false],
          ['Plain', false, true],
        ],
        'groups',
      );
      const out = await adapter.changeGroups({ ...newWrite(), id, remove: [groupId] });
      expectEqual(
        out.groups.map(({ name }) => name),
        ['Plain'],
        'taken out by hand',
      );
      expectSame(await membersOf(adapter, groupId), ['person3', 'person5'], 'members');
      const again = await adapter.changeGroups({ ...newWrite(), id, add: [groupId] });
      expectEqual(again.receipt.changed, 1, 'the receipt');
      expectEqual((await shown())[0], ['Loyal', true, true], 'put in by hand');
    }),
    about(
      'rows get their groups by rule in a second request, and counts say of when they are',
      async (given) => {
        const { adapter, groupId, idOf } = given;
        const inactive = await makeGroup(adapter, 'Inactive', { rule: { status: ['inactive'] } });
        await adapter.changeGroupMembers({
          ...newWrite(),
          groupId,
          add: [idOf('person1'), idOf('person2')],
          remove: [idOf('person3'), idOf('person4')],
        });
        const names = ['person1', 'person2', 'person3', 'person4', 'person5'];
        const { of, groups, total } = await adapter.listRuleGroupsOf({ ids: names.map(idOf) });
        expectEqual(
          names.map((name) => [...(of[idOf(name)] ?? [])].sort()),
          [[groupId], [groupId], [], [inactive.id], [groupId, inactive.id].sort()],
          'groups of each',
        );
        expectEqual([groups.map(({ name }) => name), total], [['Inactive', 'Loyal'], 2], 'the groups');
        const counted = await adapter.countRuleGroups({});
        expectEqual(
          counted.rows,
          [
            { id: inactive.id, count: 2 },
            { id: groupId, count: 3 },
          ],
          'counts',
        );
        expect(!Number.isNaN(Date.parse(counted.asOf)), 'as of when');
        const one = await adapter.countRuleGroups({ ids: [groupId] });
        expectEqual(one.rows, [{ id: groupId, count: 3 }], 'one alone');
        const { rows } = await adapter.listGroups({ limit: 50 });
        expectEqual(
          rows.map(({ member_count }) => member_count),
          [null, null],
          'no count that could be stale',
        );
      },
    ),
    about('several groups mean any of them, with and without rules', async ({ adapter, groupId, idOf }) => {
      const inactive = await makeGroup(adapter, 'Inactive', { rule: { status: ['inactive'] } });
      const plain = await makeGroup(adapter, 'Plain');
      await adapter.changeGroupMembers({
        ...newWrite(),
        groupId: plain.id,
        add: [idOf('person1'), idOf('person2')],
      });
      expectSame(
        await membersOf(adapter, groupId, inactive.id),
        ['person2', 'person3', 'person4', 'person5'],
        'two rules',
      );
      expectSame(
        await membersOf(adapter, groupId, plain.id),
        ['person1', 'person2', 'person3', 'person5'],
        'a rule and a plain one',
      );
      await adapter.changeGroupMembers({ ...newWrite(), groupId: inactive.id, remove: [idOf('person4')] });
      expectSame(
        await membersOf(adapter, inactive.id, plain.id),
        ['person1', 'person2', 'person5'],
        'somebody kept out',
      );
    }),
    about('who enters and who leaves is told before a rule is saved', async ({ adapter, groupId, idOf }) => {
      await adapter.changeGroupMembers({
        ...newWrite(),
        groupId,
        add: [idOf('person1')],
        remove: [idOf('person4')],
      });
      const rule: GroupRule = { status: ['inactive', 'active'], acceptsMarketing: false };
      const preview = await adapter.previewGroupRule({ groupId, rule, limit: 1 });
      const emails = (rows: { email: string }[]) => rows.map(({ email }) => email);
      expectEqual([preview.enters.count, preview.leaves.count, preview.stays], [0, 1, 3], 'numbers');
      expectEqual(emails(preview.leaves.rows), ['person3@example.com'], 'who leaves');
      const fresh = await adapter.previewGroupRule({ rule: { status: ['inactive'] }, limit: 1 });
      expectEqual(
        [fresh.enters.count, fresh.enters.rows.length, fresh.leaves.count],
        [2, 1, 0],
        'a new group',
      );
      const without = await adapter.previewGroupRule({ groupId, rule: null });
      expectEqual([without.leaves.count, without.stays], [3, 1], 'without a rule');
      expectSame(
        await membersOf(adapter, groupId),
        ['person1', 'person2', 'person3', 'person5'],
        'nobody moved',
      );
      await adapter.saveGroup({ ...newWrite(), id: groupId, version: 1, fields: { rule } });
      expectSame(await membersOf(adapter, groupId), ['person1', 'person2', 'person5'], 'saved');
      await adapter.saveGroup({ ...newWrite(), id: groupId, version: 2, fields: { rule: null } });
      expectSame(await membersOf(adapter, groupId), ['person1'], 'the rule taken away');
      expectEqual((await adapter.getGroup({ id: groupId })).member_count, 1, 'counted again');
    }),
    about('a wrong rule is refused by the name of its filter', async ({ adapter, groupId }) => {
      const wrong: [unknown, string][] = [
        [{ search: 'ada' }, 'rule.search'],
        [{ group: [groupId] }, 'rule.group'],
        [{ minOrders: -1 }, 'rule.minOrders'],
        [{ lastOrderFrom: '-30' }, 'rule.lastOrderFrom'],
        [{ nothing: true }, 'rule.nothing'],
        [{}, 'rule'],
      ];
      for (const [rule, field] of wrong) {
        const some = rule as GroupRule;
        for (const call of [
          adapter.previewGroupRule({ rule: some }),
          adapter.saveGroup({ ...newWrite(), id: groupId, version: 1, fields: { rule: some } }),
        ]) {
          expectSame(Object.keys((await expectError(call, 'invalid', field)).fields), [field], 'the field');
        }
      }
    }),
    about('fifty groups of a site may have a rule, and no more', async ({ adapter, groupId }) => {
      for (let number = 2; number <= 50; number++) {
        await makeGroup(adapter, `Rule ${number}`, { rule: { minOrders: number } });
      }
      const one = makeGroup(adapter, 'One more', { rule: { minOrders: 51 } });
      expectSame(Object.keys((await expectError(one, 'invalid', 'one more')).fields), ['rule'], 'the field');
      const edited = { ...newWrite(), id: groupId, version: 1, fields: { rule: { tags: ['other'] } } };
      expectEqual((await adapter.saveGroup(edited)).receipt.changed, 1, 'one that has a rule already');
      expectEqual((await adapter.countRuleGroups({})).rows.length, 50, 'all are counted');
    }),
    about('what eight writers put in and keep out at once is as the last of each said', async (given) => {
      const { adapter, groupId, idOf } = given;
      const names = ['person1', 'person2', 'person3', 'person4', 'person5'];
      await Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          adapter.changeGroupMembers({
            ...newWrite(),
            groupId,
            [(['add', 'remove', 'release'] as const)[writer % 3] as string]: names.map(idOf),
          }),
        ),
      );
      const { put_in, kept_out } = await adapter.getGroup({ id: groupId });
      expect(
        [0, 5].includes(put_in) && [0, 5].includes(kept_out) && put_in + kept_out <= 5,
        'one word at a time',
      );
      const members = put_in === 5 ? names : kept_out === 5 ? [] : ['person2', 'person3', 'person5'];
      expectSame(await membersOf(adapter, groupId), members, 'members');
    }),
    ...(host ? relativeTests(makeSite) : []),
  ];
}

const relativeTests = (makeSite: MakeSite): ConformanceTest[] => [
  {
    name: "rules: days counted back from today end and begin in the site's time zone",
    run: async () => {
      const { adapter, host } = await makeSite();
      expect(host !== undefined, 'makeSite answered no host');
      const ids = await fivePeople(adapter);
      await orderOn(host, ids.get('person1') as string, 0);
      await orderOn(host, ids.get('person2') as string, 29);
      await orderOn(host, ids.get('person3') as string, 32);
      const recent = await makeGroup(adapter, 'Recent', { rule: { lastOrderFrom: '-30d' } });
      const lapsed = await makeGroup(adapter, 'Lapsed', { rule: { lastOrderTo: '-31d' } });
      const joined = await makeGroup(adapter, 'New', { rule: { dateFrom: '-0d', hasOrders: false } });
      expectSame(await membersOf(adapter, recent.id), ['person1', 'person2'], 'in the last 30 days');
      expectSame(await membersOf(adapter, lapsed.id), ['person3'], 'not in the last 30 days');
      expectSame(await membersOf(adapter, joined.id), ['person4', 'person5'], 'since today');
      expectEqual(
        (await adapter.getGroup({ id: recent.id })).rule,
        { lastOrderFrom: '-30d' },
        'the rule as kept',
      );
      const { rows } = await adapter.listCustomers({
        filters: { group: [recent.id] },
        sort: newestFirst,
        limit: 20,
      });
      expectEqual(rows.length, 2, 'rows');
    },
  },
];

const orderOn = (host: ConformanceHost, customerId: string, daysAgo: number): Promise<void> =>
  host.addOrder({
    customerId,
    total: 1000,
    status: 'delivered',
    createdAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
  });
