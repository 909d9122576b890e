import type { CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerRecord } from '../../model/detail.ts';
import type { CustomerAdapter } from '../adapter.ts';
import { isAdapterError } from '../errors.ts';
import { expect, expectEqual, expectError, expectSame } from './expect.ts';
import { receiptOf, walk, type ConformanceTest, type MakeSite } from './site.ts';

export const newWrite = () => ({ operationId: crypto.randomUUID() });

/** A customer made through the adapter. */
export async function create(
  adapter: CustomerAdapter,
  fields: Partial<CustomerFields> = {},
): Promise<CustomerRecord> {
  const request = { ...newWrite(), id: crypto.randomUUID(), fields: { ...ada, ...fields } };
  return (await adapter.createCustomer(request)).customer;
}

const ada = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };

export function editTests(makeSite: MakeSite): ConformanceTest[] {
  const editing = (name: string, check: (adapter: CustomerAdapter) => Promise<void>): ConformanceTest => ({
    name: `editing: ${name}`,
    run: async () => check((await makeSite()).adapter),
  });

  return [
    editing('a new customer is what was said of it, and no more', async (adapter) => {
      const fields: CustomerFields = {
        ...ada,
        phone: '+4915112345678',
        avatar_url: 'https://example.com/ada.png',
        status: 'inactive',
        accepts_marketing: true,
        tags: ['loyal', 'Großkunde'],
        metadata: { shoe: 38, likes: ['engines'] },
      };
      const request = { ...newWrite(), id: crypto.randomUUID(), fields };
      const { customer, receipt } = await adapter.createCustomer(request);
      expectEqual({ ...customer, ...fields }, customer, 'the customer');
      expectEqual(
        [customer.id, customer.version, customer.is_guest],
        [request.id, 1, false],
        'its beginning',
      );
      expectEqual(
        [receipt.kind, receipt.status, receipt.asked, receipt.created],
        ['create', 'finished', 1, 1],
        'the receipt',
      );
      expectEqual(
        receiptOf(await adapter.getOperation({ id: request.operationId })),
        receipt,
        'the receipt, read again',
      );
      const detail = await adapter.getCustomer({ id: customer.id });
      expectEqual(detail.customer, customer, 'the customer, read again');
      expectEqual([detail.origin?.kind, detail.origin?.by], ['create', receipt.by], 'its origin');
      expectEqual(detail.consent?.since, customer.created_at, 'the consent');
    }),
    editing('the same request sent again makes and changes nothing twice', async (adapter) => {
      const request = { ...newWrite(), id: crypto.randomUUID(), fields: ada };
      const first = await adapter.createCustomer(request);
      expectEqual(await adapter.createCustomer(request), first, 'made again');
      const update = { ...newWrite(), id: request.id, version: 1, fields: { last_name: 'King' } };
      const changed = await adapter.updateCustomer(update);
      expectEqual(await adapter.updateCustomer(update), changed, 'changed again');
      await expectError(
        adapter.updateCustomer({ ...update, fields: { last_name: 'Byron' } }),
        'conflict',
        'another request with the same operation',
      );
      expectEqual(
        (await walk(adapter)).map(({ version }) => version),
        [2],
        'customers',
      );
    }),
    editing('an e-mail that exists leads to its customer, whatever its case and blanks', async (adapter) => {
      const existing = await create(adapter);
      const request = {
        ...newWrite(),
        id: crypto.randomUUID(),
        fields: { ...ada, email: ' ADA@example.com ' },
      };
      const error = await expectError(adapter.createCustomer(request), 'conflict', 'the second');
      expectEqual([error.reason, error.current], ['exists', existing], 'where it leads');
      const other = await create(adapter, { email: 'other@example.com' });
      const taken = adapter.updateCustomer({
        ...newWrite(),
        id: other.id,
        version: 1,
        fields: { email: ada.email },
      });
      expectEqual(
        (await expectError(taken, 'conflict', 'an edit')).current,
        existing,
        'where the edit leads',
      );
    }),
    editing(
      'of many who make the same e-mail at once one succeeds, and all are led to it',
      async (adapter) => {
        const outcomes = await Promise.all(
          Array.from({ length: 8 }, () =>
            create(adapter).catch((error: unknown) =>
              isAdapterError(error, 'conflict') ? error : Promise.reject(error),
            ),
          ),
        );
        const made = outcomes.filter((outcome) => !isAdapterError(outcome));
        expectEqual(made.length, 1, 'made');
        for (const outcome of outcomes) {
          const led = isAdapterError(outcome)
            ? (outcome.current as CustomerRecord)
            : (outcome as CustomerRecord);
          expectEqual(led.id, (made[0] as CustomerRecord).id, 'to whom they are led');
        }
      },
    ),
    editing(
      'every wrong field is named, a long one with both lengths, and nothing is written',
      async (adapter) => {
        const wrong: Record<string, unknown> = {
          first_name: 'x'.repeat(101),
          email: 'nobody',
          phone: '0'.repeat(51),
          avatar_url: 'javascript:alert(1)',
          status: 'guest',
          accepts_marketing: 'yes',
          tags: ['x'.repeat(256)],
          metadata: [],
          total_spent: 1,
          email_verified: true,
          version: 9,
        };
        const request = { ...newWrite(), id: crypto.randomUUID(), fields: wrong as Partial<CustomerFields> };
        const error = await expectError(adapter.createCustomer(request), 'invalid', 'making');
        expectSame(Object.keys(error.fields), Object.keys(wrong), 'the fields');
        const long = error.fields.first_name ?? '';
        expect(long.includes('101') && long.includes('100'), `both lengths are said: ${long}`);
        expectEqual(await walk(adapter), [], 'customers');

        const customer = await create(adapter);
        const update = { ...newWrite(), id: customer.id, version: 1, fields: request.fields };
        const refused = await expectError(adapter.updateCustomer(update), 'invalid', 'editing');
        expectSame(Object.keys(refused.fields), Object.keys(wrong), 'the fields of an edit');
        expectEqual((await adapter.getCustomer({ id: customer.id })).customer, customer, 'the customer');
      },
    ),
    editing('a form needs an e-mail and a first or last name', async (adapter) => {
      const empty = adapter.createCustomer({
        ...newWrite(),
        id: crypto.randomUUID(),
        fields: { last_name: ' ' },
      });
      expectSame(
        Object.keys((await expectError(empty, 'invalid', 'nothing')).fields),
        ['email', 'first_name'],
        'fields',
      );
      const customer = await create(adapter, { last_name: '' });
      const nameless = adapter.updateCustomer({
        ...newWrite(),
        id: customer.id,
        version: 1,
        fields: { first_name: '' },
      });
      expectSame(
        Object.keys((await expectError(nameless, 'invalid', 'no name')).fields),
        ['first_name'],
        'fields',
      );
    }),
    editing('an edit writes what it speaks of; one that changes nothing counts as that', async (adapter) => {
      const customer = await create(adapter, { phone: '+4915112345678', tags: ['loyal'] });
      const edit = { id: customer.id, version: 1, fields: { last_name: 'King', phone: null } };
      const { customer: changed, receipt } = await adapter.updateCustomer({ ...newWrite(), ...edit });
      const { updated_at } = changed;
      expectEqual(
        changed,
        { ...customer, last_name: 'King', phone: null, version: 2, updated_at },
        'the customer',
      );
      expectEqual([receipt.kind, receipt.changed], ['update', 1], 'the receipt');
      const same = await adapter.updateCustomer({ ...newWrite(), ...edit, version: 2 });
      expectEqual([same.customer, same.receipt.unchanged], [changed, 1], 'the same once more');
    }),
    editing('who was slower is told what changed, by whom, and overwrites nothing', async (adapter) => {
      const { id } = await create(adapter);
      await adapter.updateCustomer({ ...newWrite(), id, version: 1, fields: { last_name: 'King' } });
      await adapter.changeTags({ ...newWrite(), id, add: ['loyal'] });
      const slower = { ...newWrite(), id, version: 1, fields: { phone: '+4915112345678' } };
      const error = await expectError(adapter.updateCustomer(slower), 'conflict', 'the slower');
      const { customer } = await adapter.getCustomer({ id });
      const { display_name: by } = await adapter.getAccess();
      expectEqual([error.reason, error.current], ['stale', customer], 'what is told');
      expectEqual(
        error.changes.map(({ field, before, after, by: who, kind }) => ({
          field,
          before,
          after,
          by: who,
          kind,
        })),
        [
          { field: 'last_name', before: 'Lovelace', after: 'King', by, kind: 'update' },
          { field: 'tags', before: [], after: ['loyal'], by, kind: 'change_tags' },
        ],
        'the changes',
      );
      const again = { ...slower, version: customer.version };
      expectEqual(
        (await adapter.updateCustomer(again)).customer.phone,
        '+4915112345678',
        'the second attempt',
      );
    }),
    editing('of many edits of one version exactly one succeeds', async (adapter) => {
      const { id } = await create(adapter);
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          adapter
            .updateCustomer({ ...newWrite(), id, version: 1, fields: { last_name: `Name ${index}` } })
            .then(
              (saved) => saved.customer.last_name,
              (error: unknown) => (isAdapterError(error, 'conflict') ? error.reason : Promise.reject(error)),
            ),
        ),
      );
      const { customer } = await adapter.getCustomer({ id });
      expectSame(
        outcomes.map((outcome) => outcome ?? 'no reason'),
        [customer.last_name, ...Array.from({ length: 7 }, () => 'stale')],
        'outcomes',
      );
      expectEqual(customer.version, 2, 'the version');
    }),
    editing('tags that many add and remove at once are all there', async (adapter) => {
      const { id } = await create(adapter, { tags: ['old'] });
      await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          adapter.changeTags({ ...newWrite(), id, add: [`tag ${index}`], remove: ['old'] }),
        ),
      );
      expectSame(
        (await adapter.getCustomer({ id })).customer.tags,
        Array.from({ length: 8 }, (_, index) => `tag ${index}`),
        'tags',
      );
    }),
    editing('nobody is edited who is not there', async (adapter) => {
      const nobody = { ...newWrite(), id: crypto.randomUUID() };
      await expectError(
        adapter.updateCustomer({ ...nobody, version: 1, fields: {} }),
        'not_found',
        'an edit',
      );
      await expectError(adapter.changeTags({ ...nobody, add: ['x'] }), 'not_found', 'tags');
      await expectError(adapter.promoteGuest(nobody), 'not_found', 'a promotion');
    }),
    editing('hostile text comes back as it was written', async (adapter) => {
      const hostile = [
        `<script>alert(1)</script>`,
        `'; drop table x; --`,
        '${{7*7}}',
        '\u202etest\u202c',
        '👩‍👧‍👦 ﷽',
        '\\0 %s',
      ];
      const texts = hostile.join(' ');
      const fields = {
        first_name: texts,
        tags: hostile,
        metadata: Object.fromEntries(hostile.map((text) => [text, text])),
      };
      const { id } = await create(adapter, fields);
      const { customer } = await adapter.getCustomer({ id });
      expectEqual(
        { first_name: customer.first_name, tags: customer.tags, metadata: customer.metadata },
        fields,
        'the texts',
      );
    }),
  ];
}
