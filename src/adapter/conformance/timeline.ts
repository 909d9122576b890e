import { emailSubjectWidth, type TimelineEntry, type TimelineKind } from '../../model/timeline.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { create, newWrite } from './edit.ts';
import { expect, expectEqual, expectError } from './expect.ts';
import {
  bringIn,
  person,
  walk,
  type ConformanceFeatures,
  type ConformanceTest,
  type MakeSite,
} from './site.ts';

/** What happened to one customer, and in which order. */
export function timelineTests(makeSite: MakeSite, { host: hasHost }: ConformanceFeatures): ConformanceTest[] {
  const about = (
    name: string,
    check: (adapter: CustomerAdapter, customerId: string) => Promise<void>,
  ): ConformanceTest => ({
    name: `timeline: ${name}`,
    run: async () => {
      const { adapter } = await makeSite();
      await check(adapter, (await create(adapter)).id);
    },
  });

  const tests: ConformanceTest[] = [
    about('it begins with who made the customer', async (adapter, customerId) => {
      const { display_name: by } = await adapter.getAccess();
      const { rows, next } = await adapter.listTimeline({ customerId, limit: 20 });
      expectEqual([rows.length, next], [1, null], 'entries');
      expectEqual(
        [rows[0]?.kind, rows[0]?.origin?.kind, rows[0]?.origin?.by],
        ['created', 'create', by],
        'the first',
      );
    }),
    {
      name: 'timeline: it tells which import made a customer and which one changed it',
      run: async () => {
        const { adapter } = await makeSite();
        const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
        await bringIn(adapter, [person(1)], { id: first });
        await bringIn(adapter, [person(1, { last_name: 'Known' })], { id: second });
        const [customer] = await walk(adapter);
        const { rows } = await adapter.listTimeline({ customerId: customer?.id ?? '', limit: 20 });
        expectEqual(
          rows.map(({ kind, origin }) => [kind, origin?.kind, origin?.operation]),
          [
            ['customer', 'import', second],
            ['created', 'import', first],
          ],
          'entries',
        );
      },
    },
    about('it says of each field what it was and what it became, newest first', async (adapter, id) => {
      await adapter.updateCustomer({
        ...newWrite(),
        id,
        version: 1,
        fields: { status: 'inactive', phone: '123' },
      });
      await adapter.changeTags({ ...newWrite(), id, add: ['loyal'] });
      const entries = await changesOf(adapter, id);
      expectEqual(
        entries.map(({ before, after }) => [before, after]),
        [
          [{ tags: [] }, { tags: ['loyal'] }],
          [
            { status: 'active', phone: null },
            { status: 'inactive', phone: '123' },
          ],
        ],
        'changes',
      );
    }),
    about('it tells what became of notes, each thing once', async (adapter, customerId) => {
      const id = crypto.randomUUID();
      const note = { customerId, id };
      await adapter.addNote({ ...newWrite(), ...note, content: 'Call back' });
      await adapter.updateNote({ ...newWrite(), ...note, version: 1, content: 'Called back' });
      await adapter.pinNote({ ...newWrite(), ...note, pinned: true });
      const read = () => adapter.listTimeline({ customerId, limit: 20, kinds: ['notes'] });
      expectEqual(
        (await read()).rows.map(
          (entry) => entry.kind === 'note' && [entry.before, entry.after, entry.about ?? null],
        ),
        [
          [{ pinned: false }, { pinned: true }, 'Called back'],
          [{ content: 'Call back' }, { content: 'Called back' }, null],
          [{}, { content: 'Call back' }, null],
        ],
        'while it is there',
      );
      await adapter.deleteNote({ ...newWrite(), ...note, version: 3 });
      const deleted = (await read()).rows;
      const [newest, , , oldest] = deleted;
      expect(newest?.kind === 'note' && oldest?.kind === 'note', 'all are about the note');
      expectEqual(
        [deleted.length, newest.before.content, newest.after],
        [4, 'Called back', {}],
        'once deleted',
      );
      expectEqual(oldest.after, { content: 'Call back' }, 'what it said at first');
      await adapter.restoreNote({ ...newWrite(), ...note });
      const operations = (await read()).rows.map(({ origin }) => origin?.kind);
      expectEqual(
        operations,
        ['restore_note', 'delete_note', 'pin_note', 'update_note', 'add_note'],
        'once restored',
      );
    }),
    about('it tells of addresses, called what they are called', async (adapter, customerId) => {
      const address = { customerId, id: crypto.randomUUID() };
      const fields = { label: 'Office', address_line_1: '1 Street', city: 'Berlin', country: 'DE' };
      await adapter.saveAddress({ ...newWrite(), ...address, fields });
      await adapter.saveAddress({ ...newWrite(), ...address, version: 1, fields: { city: 'Bonn' } });
      await adapter.deleteAddress({ ...newWrite(), ...address, version: 2 });
      const { rows } = await adapter.listTimeline({ customerId, limit: 3, kinds: ['changes'] });
      const [gone, moved, added] = rows.map((entry) => {
        expect(entry.kind === 'address', 'all are about the address');
        return entry;
      });
      expectEqual([added?.before, added?.after.label, added?.after.city], [{}, 'Office', 'Berlin'], 'added');
      expectEqual([moved?.before, moved?.after], [{ city: 'Berlin' }, { city: 'Bonn' }], 'edited');
      expectEqual([gone?.before.label, gone?.after], ['Office', {}], 'deleted');
    }),
    about('deleting and restoring a customer stands in it', async (adapter, id) => {
      await adapter.deleteCustomers({ ...newWrite(), ids: [id] });
      await expectError(
        adapter.listTimeline({ customerId: id, limit: 20 }),
        'not_found',
        'a deleted customer',
      );
      await adapter.restoreCustomers({ ...newWrite(), ids: [id] });
      const [restored, deleted] = await changesOf(adapter, id);
      expectEqual([deleted?.before.deleted_at, restored?.after.deleted_at], [null, null], 'before and after');
      expectEqual(deleted?.after.deleted_at, restored?.before.deleted_at, 'when it was deleted');
      expectEqual([deleted?.origin?.kind, restored?.origin?.kind], ['delete', 'restore'], 'what was done');
    }),
    about('a mail that the host reports stands in it, once', async (adapter, customerId) => {
      const sentAt = '2026-03-01T12:00:00.000Z';
      const mail = { ...newWrite(), customerId, subject: 'Your order <b>#1</b>', sentAt };
      const receipt = await adapter.reportEmail(mail);
      expectEqual([receipt.kind, receipt.created], ['email', 1], 'the receipt');
      expectEqual((await adapter.reportEmail(mail)).created, 1, 'the receipt of the same again');
      await expectError(
        adapter.reportEmail({ ...mail, subject: 'Another' }),
        'conflict',
        'another with this id',
      );
      const { rows } = await adapter.listTimeline({ customerId, limit: 20, kinds: ['emails'] });
      const [email] = rows;
      expect(email?.kind === 'email', 'it is an e-mail');
      expectEqual([rows.length, email.after], [1, { subject: mail.subject }], 'e-mails');
      expectEqual(Date.parse(email.at), Date.parse(sentAt), 'when it was sent');

      const late = new Date(Date.now() + 86_400_000).toISOString();
      await adapter.reportEmail({ ...mail, ...newWrite(), sentAt: late });
      const [newest] = (await adapter.listTimeline({ customerId, limit: 1 })).rows;
      expect(newest?.kind === 'email' && newest.at < late, 'no mail was sent in the future');
    }),
    about(
      'a mail without a subject, with too long a one or to nobody is refused',
      async (adapter, customerId) => {
        const mail = { customerId, subject: 'Hello' };
        for (const subject of [' ', 'x'.repeat(emailSubjectWidth + 1)]) {
          const error = await expectError(
            adapter.reportEmail({ ...newWrite(), ...mail, subject }),
            'invalid',
            subject,
          );
          expectEqual(Object.keys(error.fields), ['subject'], 'the fields');
        }
        const nobody = adapter.reportEmail({ ...newWrite(), ...mail, customerId: crypto.randomUUID() });
        await expectError(nobody, 'not_found', 'a customer that never was');
        await adapter.reportEmail({ ...newWrite(), ...mail, subject: '🙂'.repeat(emailSubjectWidth) });
        expectEqual((await adapter.listTimeline({ customerId, limit: 20 })).rows.length, 2, 'entries');
      },
    ),
    about('several kinds are all that is of one of them, none are all', async (adapter, customerId) => {
      await adapter.addNote({ ...newWrite(), customerId, id: crypto.randomUUID(), content: 'Note' });
      await adapter.reportEmail({ ...newWrite(), customerId, subject: 'Mail' });
      await adapter.changeTags({ ...newWrite(), id: customerId, add: ['loyal'] });
      const of = async (kinds?: TimelineKind[]) =>
        (await adapter.listTimeline({ customerId, limit: 20, ...(kinds && { kinds }) })).rows.map(
          ({ kind }) => kind,
        );
      const all = ['customer', 'email', 'note', 'created'];
      expectEqual(await of(), all, 'without a filter');
      expectEqual(await of([]), all, 'with an empty one');
      expectEqual(await of(['notes', 'changes']), ['customer', 'note', 'created'], 'two kinds');
      expectEqual(await of(['orders', 'groups']), [], 'kinds of which there is nothing');
      const unknown = adapter.listTimeline({ customerId, limit: 20, kinds: ['gossip' as TimelineKind] });
      expectEqual(
        Object.keys((await expectError(unknown, 'invalid', 'an unknown kind')).fields),
        ['kinds'],
        'fields',
      );
    }),
    about('pages have a limit, and a cursor is one of its own', async (adapter, customerId) => {
      for (const page of [{ limit: 0 }, { limit: 101 }, { limit: 20, cursor: 'nonsense' }]) {
        await expectError(adapter.listTimeline({ customerId, ...page }), 'invalid', JSON.stringify(page));
      }
      await expectError(
        adapter.listTimeline({ customerId: crypto.randomUUID(), limit: 20 }),
        'not_found',
        'a customer that never was',
      );
    }),
  ];
  if (!hasHost) return tests;

  return [
    ...tests,
    {
      name: 'timeline: joining and leaving a group stand in it by its name',
      run: async () => {
        const { adapter, host } = await makeSite();
        const { id } = await create(adapter);
        const group = await host?.addGroup({ name: 'Regulars', color: '#10b981', customerIds: [] });
        expect(group !== undefined, 'makeSite answered no host');
        await adapter.changeGroups({ ...newWrite(), id, add: [group] });
        await adapter.changeGroups({ ...newWrite(), id, remove: [group] });
        const { rows } = await adapter.listTimeline({ customerId: id, limit: 20, kinds: ['groups'] });
        expectEqual(
          rows.map((entry) => entry.kind === 'group' && [entry.before, entry.after]),
          [
            [{ name: 'Regulars' }, {}],
            [{}, { name: 'Regulars' }],
          ],
          'entries',
        );
      },
    },
    {
      name: 'timeline: orders stand among the rest, and pages have neither gaps nor repetitions',
      run: async () => {
        const { adapter, host } = await makeSite();
        const { id: customerId } = await create(adapter);
        const moment = Date.parse('2026-03-01T12:00:00Z');
        for (let index = 0; index < 20; index++) {
          // Two at a time in the same moment, and a mail in every second one.
          const createdAt = new Date(moment + Math.floor(index / 2) * 60_000).toISOString();
          await host?.addOrder({ customerId, total: 100 + index, status: 'delivered', createdAt });
          if (index % 4 === 0) {
            await adapter.reportEmail({
              ...newWrite(),
              customerId,
              subject: `Mail ${index}`,
              sentAt: createdAt,
            });
          }
        }
        await adapter.addNote({ ...newWrite(), customerId, id: crypto.randomUUID(), content: 'Note' });
        const { rows: whole, next } = await adapter.listTimeline({ customerId, limit: 100 });
        expectEqual([whole.length, next], [27, null], 'entries');
        const times = whole.map(({ at }) => Date.parse(at));
        expectEqual(
          times,
          [...times].sort((a, b) => b - a),
          'their order',
        );
        const orders = whole.filter((entry) => entry.kind === 'order').map(({ order }) => order);
        expectEqual(
          orders.map(({ total }) => total).sort(),
          Array.from({ length: 20 }, (_, index) => 100 + index),
          'orders',
        );
        expectEqual([orders[0]?.currency, orders[0]?.status], ['USD', 'delivered'], 'an order');

        const rows: TimelineEntry[] = [];
        let cursor: string | null = null;
        do {
          const page = await adapter.listTimeline({
            customerId,
            limit: 4,
            ...(cursor === null ? {} : { cursor }),
          });
          rows.push(...page.rows);
          cursor = page.next;
        } while (cursor !== null && rows.length < 50);
        expectEqual(rows, whole, 'page by page');
      },
    },
  ];
}

/** What became of the customer itself, newest first. */
async function changesOf(adapter: CustomerAdapter, customerId: string) {
  const { rows } = await adapter.listTimeline({ customerId, limit: 20, kinds: ['changes'] });
  return rows.filter((entry) => entry.kind === 'customer');
}
