import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { csvHead, csvLines } from '../../src/export/cells.ts';
import { mapColumns } from '../../src/import/mapping.ts';
import { readFile } from '../../src/import/read-file.ts';
import { defaultExportFields, exportFields, type ExportField } from '../../src/model/export.ts';
import { exportHeadings } from '../../src/model/export-headings.ts';

async function read(fields: ExportField[], rows: string[][]) {
  const layout = { fields, currency: 'EUR' };
  const text = csvHead(layout) + csvLines(layout)(rows);
  return readFile(new Blob([text]), { fileName: 'customers-export-2026-11-22.csv' });
}

const headings = (fields: readonly ExportField[]): string[] => fields.map((field) => exportHeadings[field]);
const platformOf = (headers: string[]) => mapColumns(headers).platform?.id;

const address = {
  billing_first_name: 'Ada',
  billing_last_name: 'Byron',
  billing_address_line_1: '1 Street',
  billing_city: 'Berlin',
  billing_postal_code: '10115',
  billing_country: 'DE',
} satisfies Partial<Record<ExportField, string>>;

describe('our own export', () => {
  it('is known by its headings, whichever were chosen and in whatever order', () => {
    assert.equal(platformOf(headings(defaultExportFields)), 'customer_elements');
    assert.equal(platformOf(headings(exportFields)), 'customer_elements');
    assert.equal(platformOf(headings(exportFields.toReversed())), 'customer_elements');
    assert.equal(platformOf(headings(['metadata', 'email'])), 'customer_elements');
  });

  it('is not taken for one where it could be anybody’s, or has a column of its own', () => {
    assert.equal(platformOf(['First Name', 'Last Name', 'Email', 'Phone', 'Tags']), undefined);
    assert.equal(platformOf([...headings(defaultExportFields), 'Loyalty']), undefined);
    assert.equal(platformOf(['email', 'orders', 'total spent']), undefined);
  });

  it('maps every column: fields, both addresses, metadata, and nothing of what is reckoned', () => {
    const { columns } = mapColumns(headings(exportFields));
    const targetOf = (field: ExportField) =>
      columns.find(({ header }) => header === exportHeadings[field])?.target;
    assert.deepEqual(targetOf('tags'), { kind: 'field', field: 'tags', fallback: false });
    assert.deepEqual(targetOf('shipping_city'), {
      kind: 'field',
      field: 'city',
      fallback: false,
      address: 3,
    });
    assert.deepEqual(targetOf('metadata'), { kind: 'metadata' });
    for (const field of ['orders_count', 'total_spent', 'average_order_value', 'groups', 'country'] as const)
      assert.deepEqual(targetOf(field), { kind: 'ignored', reason: 'reckoned' }, field);
  });

  it('keeps what other files write for nothing, and phones of any kind', async () => {
    const { rows, warnings } = await read(
      ['email', 'first_name', 'last_name', 'phone', 'orders_count'],
      [['a@example.com', 'NULL', '-', '030 123', '2']],
    );
    assert.deepEqual(rows, [
      { row: 2, email: 'a@example.com', first_name: 'NULL', last_name: '-', phone: '030 123' },
    ]);
    assert.deepEqual(warnings, []);
  });

  it('says of a guest that a guest is made by the checkout', async () => {
    const { rows, warnings } = await read(
      ['email', 'first_name', 'status', 'orders_count'],
      [['a@example.com', 'Ada', 'guest', '1']],
    );
    assert.equal(rows[0]?.status, undefined);
    assert.deepEqual(
      warnings.map(({ code, value }) => [code, value]),
      [['status_unknown', 'guest']],
    );
  });

  it('has metadata by their names, a text each', async () => {
    const { rows } = await read(
      ['email', 'metadata'],
      [
        ['a@example.com', '{"vat": "01067", "=x": "+1", "number": 5, "list": ["a", 1]}'],
        ['b@example.com', '{}'],
      ],
    );
    assert.deepEqual(rows[0]?.metadata, { vat: '01067', '=x': '+1', number: '5', list: '["a",1]' });
    assert.equal(rows[1]?.metadata, undefined);
  });

  it('knows which address is the default for what', async () => {
    const billing = Object.keys(address) as ExportField[];
    const shipping = billing.map((field) => field.replace('billing', 'shipping') as ExportField);
    const values = Object.values(address);
    const flagsOf = async (fields: ExportField[], cells: string[]) =>
      (await read(['email', ...fields], [['a@example.com', ...cells]])).rows[0]?.addresses?.map((one) => [
        one.address_line_1,
        one.is_default_billing,
        one.is_default_shipping,
      ]);
    const none = values.map(() => '');
    const other = values.map((value) => (value === '1 Street' ? '2 Street' : value));
    assert.deepEqual(await flagsOf([...billing, ...shipping], [...values, ...values]), [
      ['1 Street', true, true],
    ]);
    assert.deepEqual(await flagsOf([...billing, ...shipping], [...values, ...none]), [
      ['1 Street', true, false],
    ]);
    assert.deepEqual(await flagsOf([...billing, ...shipping], [...none, ...values]), [
      ['1 Street', false, true],
    ]);
    assert.deepEqual(await flagsOf([...billing, ...shipping], [...values, ...other]), [
      ['1 Street', true, false],
      ['2 Street', false, true],
    ]);
    // Where the file speaks of one kind alone, the first is both, as everywhere.
    assert.deepEqual(await flagsOf(billing, values), [['1 Street', undefined, undefined]]);
  });
});
