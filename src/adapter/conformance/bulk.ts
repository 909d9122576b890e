import type { Receipt } from '../../model/receipt.ts';
import type { CustomerAdapter, StartBulkRequest } from '../adapter.ts';
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

/** Does all steps of an operation that has started, two at a time, and ends it. */
export async function runSteps(adapter: CustomerAdapter, id: string): Promise<Receipt> {
  const { steps } = await adapter.getOperation({ id });
  const total = steps.total ?? 0;
  for (let step = 0; step < total; step += 2) {
    await Promise.all(
      [step, step + 1].filter((one) => one < total).map((one) => adapter.stepOperation({ id, step: one })),
    );
  }
  return adapter.finishOperation({ id });
}

export async function act(adapter: CustomerAdapter, action: Omit<StartBulkRequest, 'id'>): Promise<Receipt> {
  const id = crypto.randomUUID();
  await adapter.startOperation({ id, ...action });
  return runSteps(adapter, id);
}

const numbersOf = ({ asked, changed, unchanged, skipped, failed }: Receipt) => ({
  asked,
  changed,
  unchanged,
  skipped,
  failed,
});

/** Many customers changed at once. */
export function bulkTests(makeSite: MakeSite, { host, people = [] }: ConformanceFeatures): ConformanceTest[] {
  const bulk = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `bulk: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });

  const tests = [
    bulk('tags join and leave, and the receipt counts every customer once', async (adapter) => {
      await bringIn(adapter, [person(1, { tags: ['vip'] }), person(2), person(3)]);
      const ids = (await walk(adapter)).map((row) => row.id);
      const nobody = crypto.randomUUID();
      const added = await act(adapter, {
        kind: 'add_tags',
        customers: { ids: [...ids, ids[0] as string, nobody] },
        options: { tags: ['vip', ' new '] },
      });
      expectEqual(numbersOf(added), { asked: 4, changed: 3, unchanged: 0, skipped: 0, failed: 1 }, 'numbers');
      expectEqual([added.failures[0]?.id, added.failures[0]?.code], [nobody, 'unknown'], 'who failed');
      const rows = await walk(adapter, { filters: { tags: ['new'] } });
      expectEqual(
        rows.map((row) => [...row.tags].sort()),
        [1, 2, 3].map(() => ['new', 'vip']),
        'tags',
      );
      const removed = await act(adapter, {
        kind: 'remove_tags',
        customers: { filters: { search: 'person2' } },
        options: { tags: ['vip'] },
      });
      expectEqual(numbersOf(removed), { asked: 1, changed: 1, unchanged: 0, skipped: 0, failed: 0 }, 'one');
      expectEqual((await walk(adapter, { filters: { tags: ['vip'] } })).length, 2, 'who still has it');
    }),
    bulk('all that match are settled when it starts, but for those left out', async (adapter) => {
      await bringIn(
        adapter,
        [1, 2, 3, 4].map((number) => person(number, { tags: number < 4 ? ['old'] : [] })),
      );
      const rows = await walk(adapter);
      const idOf = (number: number) => rows.find((row) => row.email.startsWith(`person${number}@`))?.id ?? '';
      const id = crypto.randomUUID();
      const started = await adapter.startOperation({
        id,
        kind: 'set_inactive',
        customers: { filters: { tags: ['old'] }, except: [idOf(1)] },
      });
      expectEqual([started.asked, started.steps], [2, { total: 1, done: [] }], 'what was settled');
      // One matches no more, another one only now.
      const { version } = (await adapter.getCustomer({ id: idOf(2) })).customer;
      await adapter.updateCustomer({ ...newWrite(), id: idOf(2), version, fields: { tags: [] } });
      await adapter.changeTags({ ...newWrite(), id: idOf(4), add: ['old'] });
      const receipt = await runSteps(adapter, id);
      expectEqual(
        numbersOf(receipt),
        { asked: 2, changed: 2, unchanged: 0, skipped: 0, failed: 0 },
        'numbers',
      );
      expectSame(
        (await walk(adapter, { filters: { status: ['inactive'] } })).map((row) => row.id),
        [idOf(2), idOf(3)],
        'who is inactive',
      );
    }),
    bulk('a step sent twice, or a start, counts once; an ended one takes no more', async (adapter) => {
      await bringIn(adapter, [person(1), person(2)]);
      const id = crypto.randomUUID();
      const request: StartBulkRequest = {
        id,
        kind: 'add_tags',
        customers: { filters: {} },
        options: { tags: ['x'] },
      };
      await adapter.startOperation(request);
      await Promise.all([adapter.stepOperation({ id, step: 0 }), adapter.stepOperation({ id, step: 0 })]);
      const again = await adapter.startOperation(request);
      expectEqual([again.changed, again.steps.done], [2, [[0, 0]]], 'where it stands');
      await expectError(adapter.stepOperation({ id, step: 1 }), 'invalid', 'a step there is none of');
      await expectError(
        adapter.startOperation({ ...request, options: { tags: ['y'] } }),
        'conflict',
        'another request with its id',
      );
      const receipt = await adapter.finishOperation({ id });
      expectEqual([receipt.status, receipt.changed], ['finished', 2], 'the receipt');
    }),
    bulk('cancelling keeps what is written, says so, and can be undone', async (adapter) => {
      const rows = Array.from({ length: 1_001 }, (_, index) => person(index + 1));
      await bringIn(adapter, rows);
      const id = crypto.randomUUID();
      const { steps } = await adapter.startOperation({
        id,
        kind: 'set_inactive',
        customers: { filters: {} },
      });
      expectEqual(steps.total, 2, 'steps');
      await adapter.stepOperation({ id, step: 0 });
      const receipt = await adapter.finishOperation({ id, cancelled: true });
      expectEqual(
        [receipt.status, receipt.asked, receipt.changed],
        ['cancelled', 1_001, 1_000],
        'the receipt',
      );
      expectEqual(receipt.undo.possible, true, 'undo');
      const undo = await adapter.undoOperation({ ...newWrite(), id });
      expectEqual([undo.status, undo.asked], ['running', 1_000], 'the undo');
      const undone = await runSteps(adapter, undo.id);
      expectEqual([undone.status, undone.changed], ['finished', 1_000], 'undone');
      expectEqual(
        await adapter.countCustomers({ filters: { status: ['inactive'] } }),
        { value: 0, exact: true },
        'inactive ones',
      );
      expectEqual((await adapter.getOperation({ id })).undo.possible, false, 'undo of what is undone');
    }),
    bulk('deleting hides, restoring brings back, and each says whom it could not', async (adapter) => {
      const kept = await create(adapter, { email: 'same@example.com' });
      const ids = [kept.id];
      const deleted = await act(adapter, { kind: 'delete', customers: { ids } });
      expectEqual([deleted.kind, deleted.changed, deleted.undo.possible], ['delete', 1, true], 'deleted');
      const anew = { first_name: 'Grace', email: 'same@example.com' };
      await adapter.createCustomer({ ...newWrite(), id: crypto.randomUUID(), fields: anew, anew: true });
      const refused = await act(adapter, { kind: 'restore', customers: { ids } });
      expectEqual([refused.failed, refused.failures[0]?.code], [1, 'exists'], 'an e-mail that is taken');
      await expectError(
        act(adapter, { kind: 'restore', customers: { filters: {} } }),
        'invalid',
        'restoring by filters',
      );
    }),
    bulk('tags of nobody, and a group that is not there, are refused at once', async (adapter) => {
      const requests: Pick<StartBulkRequest, 'kind' | 'options'>[] = [
        { kind: 'add_tags', options: { tags: [' '] } },
        { kind: 'add_tags' },
        { kind: 'assign_group', options: { group: crypto.randomUUID() } },
        { kind: 'assign_group' },
      ];
      for (const request of requests) {
        await expectError(
          adapter.startOperation({ id: crypto.randomUUID(), customers: { ids: [] }, ...request }),
          'invalid',
          JSON.stringify(request),
        );
      }
    }),
    bulk('two actions over the same customers at once both happen whole', async (adapter) => {
      await bringIn(
        adapter,
        Array.from({ length: 60 }, (_, index) => person(index + 1)),
      );
      const receipts = await Promise.all(
        ['a', 'b', 'c', 'd'].map((tag) =>
          act(adapter, { kind: 'add_tags', customers: { filters: {} }, options: { tags: [tag] } }),
        ),
      );
      expectEqual(
        receipts.map((receipt) => receipt.changed),
        [60, 60, 60, 60],
        'changed',
      );
      expect(
        (await walk(adapter)).every((row) => row.tags.length === 4),
        'somebody has lost a tag',
      );
    }),
    bulk('the history lists it newest first, by kind, and pages all that failed', async (adapter) => {
      await bringIn(adapter, [person(1)]);
      const ids = Array.from({ length: 5 }, () => crypto.randomUUID());
      const receipt = await act(adapter, { kind: 'set_active', customers: { ids } });
      const first = await adapter.listOperationFailures({ id: receipt.id, limit: 3 });
      expect(first.next !== null, 'no second page of failures');
      const second = await adapter.listOperationFailures({ id: receipt.id, limit: 3, cursor: first.next });
      expectSame(
        [...first.rows, ...second.rows].map((failure) => failure.id ?? ''),
        ids,
        'failures',
      );
      expectEqual(second.next, null, 'a third page');
      const { rows, next } = await adapter.listOperations({ kinds: ['import', 'set_active'], limit: 1 });
      expectEqual([rows[0]?.id, rows[0]?.failed], [receipt.id, 5], 'the newest');
      const { rows: older } = await adapter.listOperations({
        kinds: ['import', 'set_active'],
        limit: 5,
        ...(next !== null && { cursor: next }),
      });
      expectEqual(
        older.map((operation) => operation.kind),
        ['import'],
        'older ones',
      );
    }),
    bulk('the history tells what was taken back, and by which undo', async (adapter) => {
      await bringIn(adapter, [person(1), person(2)]);
      const customers = { filters: {} };
      const [kept, undone] = [
        await act(adapter, { kind: 'add_tags', customers, options: { tags: ['kept'] } }),
        await act(adapter, { kind: 'add_tags', customers, options: { tags: ['undone'] } }),
      ];
      const { id } = await adapter.undoOperation({ ...newWrite(), id: undone.id });
      await runSteps(adapter, id);
      const { rows } = await adapter.listOperations({ kinds: ['add_tags'], limit: 10 });
      expectEqual(
        rows.map((row) => [row.id, row.undoneBy, row.undo.possible, row.mine]),
        [
          [undone.id, id, false, true],
          [kept.id, null, true, true],
        ],
        'the history',
      );
    }),
  ];
  if (host) tests.push(groupTest(makeSite), guestTest(makeSite));
  if (people.includes('editor')) tests.push(editorTest(makeSite), ownTest(makeSite));
  return tests;
}

const groupTest = (makeSite: MakeSite): ConformanceTest => ({
  name: 'bulk: customers join a group and leave it, and its count is true',
  run: async () => {
    const { adapter, host } = await makeSite();
    expect(host !== undefined, 'makeSite answered no host');
    await bringIn(adapter, [person(1), person(2), person(3)]);
    const [one] = await walk(adapter);
    const group = await host.addGroup({ name: 'Red', color: '#ef4444', customerIds: [one?.id ?? ''] });
    const options = { group };
    const joined = await act(adapter, { kind: 'assign_group', customers: { filters: {} }, options });
    expectEqual(numbersOf(joined), { asked: 3, changed: 2, unchanged: 1, skipped: 0, failed: 0 }, 'joined');
    const countOf = async () => (await adapter.listGroups({ limit: 10 })).rows[0]?.member_count;
    expectEqual(await countOf(), 3, 'members');
    const left = await act(adapter, {
      kind: 'remove_group',
      customers: { filters: { group: [group] } },
      options,
    });
    expectEqual([left.changed, await countOf()], [3, 0], 'left');
    await runSteps(adapter, (await adapter.undoOperation({ ...newWrite(), id: left.id })).id);
    expectEqual(await countOf(), 3, 'members after undo');
    await runSteps(adapter, (await adapter.undoOperation({ ...newWrite(), id: joined.id })).id);
    expectEqual(await countOf(), 1, 'members after undoing both');
  },
});

const guestTest = (makeSite: MakeSite): ConformanceTest => ({
  name: 'bulk: an action on nobody ends at once',
  run: async () => {
    const { adapter } = await makeSite();
    const receipt = await act(adapter, { kind: 'set_active', customers: { filters: { search: 'nobody' } } });
    expectEqual(
      [receipt.status, receipt.asked, receipt.undo.possible],
      ['finished', 0, false],
      'the receipt',
    );
  },
});

const editorTest = (makeSite: MakeSite): ConformanceTest => ({
  name: 'bulk: an editor changes many, and deletes and restores none',
  run: async () => {
    const { adapter, others } = await makeSite();
    await bringIn(adapter, [person(1)]);
    const editor = others?.editor;
    expect(editor !== undefined, 'makeSite answered no editor');
    const customers = { ids: (await walk(adapter)).map((row) => row.id) };
    expectEqual((await act(editor, { kind: 'set_inactive', customers })).changed, 1, 'changed');
    for (const kind of ['delete', 'restore'] as const) {
      await expectError(act(editor, { kind, customers }), 'forbidden', kind);
    }
    expectEqual((await walk(adapter)).length, 1, 'customers');
  },
});

const ownTest = (makeSite: MakeSite): ConformanceTest => ({
  name: 'bulk: everybody reads the history, and is told whose each operation is',
  run: async () => {
    const { adapter, others } = await makeSite();
    const editor = others?.editor;
    expect(editor !== undefined, 'makeSite answered no editor');
    await bringIn(adapter, [person(1)]);
    await act(editor, { kind: 'add_tags', customers: { filters: {} }, options: { tags: ['x'] } });
    const mine = async (who: CustomerAdapter) =>
      (await who.listOperations({ kinds: ['add_tags'], limit: 1 })).rows[0]?.mine;
    expectEqual([await mine(adapter), await mine(editor)], [false, true], 'whose it is');
  },
});
