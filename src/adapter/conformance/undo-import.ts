import { runSteps } from './bulk.ts';
import { newWrite } from './edit.ts';
import { expect, expectEqual, expectError } from './expect.ts';
import {
  bringIn,
  person,
  walk,
  type ConformanceFeatures,
  type ConformanceTest,
  type MakeSite,
} from './site.ts';

const home = { address_line_1: '1 Street', city: 'Berlin', postal_code: '10115', country: 'DE' };

/** Taking an import back. */
export function undoImportTests(
  makeSite: MakeSite,
  { host, people = [] }: ConformanceFeatures,
): ConformanceTest[] {
  const tests: ConformanceTest[] = [
    {
      name: 'undoing an import: what it made is gone, what it changed is as before, and its e-mails are free',
      run: async () => {
        const { adapter } = await makeSite();
        await bringIn(adapter, [person(1, { tags: ['old'], phone: '+491511111111', metadata: { a: '1' } })]);
        const [before] = await walk(adapter);
        const receipt = await bringIn(adapter, [
          person(1, { first_name: 'New', tags: ['more'], metadata: { b: '2' }, ...home }),
          person(2),
        ]);
        expectEqual([receipt.created, receipt.changed, receipt.undo.possible], [1, 1, true], 'the import');
        const undo = await adapter.undoOperation({ ...newWrite(), id: receipt.id });
        const done = await runSteps(adapter, undo.id);
        expectEqual([done.kind, done.asked, done.changed, done.failed], ['undo', 2, 2, 0], 'the undo');
        const rows = await walk(adapter);
        const { customer, addresses } = await adapter.getCustomer({ id: before?.id ?? '' });
        expectEqual(
          [rows.length, customer.first_name, customer.tags, customer.metadata, addresses.length],
          [1, 'Person 1', ['old'], { a: '1' }, 0],
          'what is there',
        );
        expectEqual((await bringIn(adapter, [person(2)])).created, 1, 'imported again');
        await expectError(
          adapter.undoOperation({ ...newWrite(), id: receipt.id }),
          'conflict',
          'undoing it a second time',
        );
        expectEqual((await adapter.getOperation({ id: done.id })).undo.possible, false, 'undo of an undo');
      },
    },
    {
      name: 'undoing an import: what somebody has edited since stays, and is named with who did it',
      run: async () => {
        const { adapter } = await makeSite();
        await bringIn(adapter, [person(1, { last_name: 'Before', phone: '+491511111111' })]);
        const receipt = await bringIn(adapter, [
          person(1, { last_name: 'Imported', phone: '+492222222222' }),
          person(2),
          person(3),
        ]);
        const by = (await adapter.getAccess()).display_name;
        const rows = await walk(adapter);
        const idOf = (number: number) =>
          rows.find((row) => row.email.startsWith(`person${number}@`))?.id ?? '';
        for (const number of [1, 2]) {
          const id = idOf(number);
          const { version } = (await adapter.getCustomer({ id })).customer;
          await adapter.updateCustomer({ ...newWrite(), id, version, fields: { last_name: 'Edited' } });
        }
        const done = await runSteps(
          adapter,
          (await adapter.undoOperation({ ...newWrite(), id: receipt.id })).id,
        );
        expectEqual([done.asked, done.changed, done.failed], [3, 2, 1], 'numbers');
        const edited = done.failures.map(({ id, field, code, message }) => [
          id,
          field,
          code,
          message.includes(by),
        ]);
        expectEqual(
          edited.sort(([, a], [, b]) => String(a).localeCompare(String(b))),
          [
            [idOf(1), 'last_name', 'edited', true],
            [idOf(2), undefined, 'edited', true],
          ],
          'what was kept',
        );
        const { customer } = await adapter.getCustomer({ id: idOf(1) });
        expectEqual([customer.last_name, customer.phone], ['Edited', '+491511111111'], 'field by field');
        await expectError(adapter.getCustomer({ id: idOf(3) }), 'not_found', 'what it made');
      },
    },
    {
      name: 'undoing an import: the rows that it made or changed are a filter of the list',
      run: async () => {
        const { adapter } = await makeSite();
        await bringIn(adapter, [person(1), person(2)]);
        const receipt = await bringIn(adapter, [person(1, { first_name: 'New' }), person(2), person(3)]);
        const filters = { operation: receipt.id };
        expectEqual(
          (await walk(adapter, { filters, sort: { by: 'email', direction: 'asc' } })).map((row) => row.email),
          ['person1@example.com', 'person3@example.com'],
          'rows',
        );
        expectEqual(await adapter.countCustomers({ filters }), { value: 2, exact: true }, 'how many');
      },
    },
  ];
  if (host) {
    tests.push({
      name: 'undoing an import: who has ordered since stays',
      run: async () => {
        const { adapter, host: shop } = await makeSite();
        expect(shop !== undefined, 'makeSite answered no host');
        const receipt = await bringIn(adapter, [person(1), person(2)]);
        const [one] = await walk(adapter);
        await shop.addOrder({
          customerId: one?.id ?? '',
          total: 100,
          status: 'delivered',
          createdAt: new Date().toISOString(),
        });
        const done = await runSteps(
          adapter,
          (await adapter.undoOperation({ ...newWrite(), id: receipt.id })).id,
        );
        expectEqual(
          [done.changed, done.failed, done.failures[0]?.id, done.failures[0]?.code],
          [1, 1, one?.id, 'has_orders'],
          'the undo',
        );
        expectEqual((await walk(adapter)).length, 1, 'customers');
      },
    });
  }
  if (people.includes('editor')) {
    tests.push({
      name: 'undoing an import: an editor undoes his or her own, an admin anybody’s',
      run: async () => {
        const { adapter, others } = await makeSite();
        const editor = others?.editor;
        expect(editor !== undefined, 'makeSite answered no editor');
        const admins = await bringIn(adapter, [person(1)]);
        await expectError(editor.undoOperation({ ...newWrite(), id: admins.id }), 'forbidden', 'an admin’s');
        const own = await bringIn(editor, [person(2)]);
        await runSteps(editor, (await editor.undoOperation({ ...newWrite(), id: own.id })).id);
        const editors = await bringIn(editor, [person(3)]);
        await runSteps(adapter, (await adapter.undoOperation({ ...newWrite(), id: editors.id })).id);
        expectEqual((await walk(adapter)).length, 1, 'customers');
      },
    });
  }
  return tests;
}
