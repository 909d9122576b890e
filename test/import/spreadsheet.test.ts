import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import writeSheets from 'write-excel-file/universal';
import { ReadError } from '../../src/import/read-error.ts';
import { readFile } from '../../src/import/read-file.ts';
import { mostUnpackedBytes } from '../../src/import/zip.ts';

/** A zip of parts; `declared` is what its directory says of their size. */
function zipOf(parts: { name: string; data: Buffer; declared?: number }[]): Blob {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, declared = data.length } of parts) {
    const packed = deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(declared, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(declared, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    files.push(local, Buffer.from(name), packed);
    directory.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Blob([Buffer.concat([...files, listed, end])]);
}

const xml = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`);

/** A workbook as programs write it, with the rows of each sheet as XML. */
function workbook(sheets: Record<string, string>): Blob {
  const names = Object.keys(sheets);
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const target = (index: number): string =>
    `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`;
  return zipOf([
    { name: '[Content_Types].xml', data: xml('<Types/>') },
    {
      name: 'xl/workbook.xml',
      data: xml(
        `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${names
          .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
          .join('')}</sheets></workbook>`,
      ),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: xml(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
          .map((_, index) => target(index))
          .join('')}</Relationships>`,
      ),
    },
    {
      name: 'xl/styles.xml',
      data: xml(
        `<styleSheet xmlns="${main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
      ),
    },
    ...Object.values(sheets).map((rows, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      data: xml(`<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`),
    })),
  ]);
}

const textCell = (at: string, text: string): string =>
  `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const row = (number: number, ...cells: string[]): string => `<row r="${number}">${cells.join('')}</row>`;

describe('a workbook', () => {
  const customers =
    row(
      1,
      textCell('A1', 'Email'),
      textCell('B1', 'Phone'),
      textCell('C1', 'Country'),
      textCell('D1', 'Since'),
    ) +
    row(
      2,
      textCell('A2', 'ann@example.com'),
      '<c r="B2"><v>4.915123456789E+12</v></c>',
      textCell('C2', 'Germany'),
      '<c r="D2" s="1"><v>45322</v></c>',
    ) +
    row(3, textCell('A3', 'bob@example.com'), '<c r="B3"><v>2025550143</v></c>', textCell('C3', 'USA'));

  it('is read by the first sheet with e-mails: long numbers whole, dates as days', async () => {
    const file = workbook({ Cover: row(1, textCell('A1', 'Our customers')), 'Kunden &amp; Co': customers });
    const { sheets, sheet, rows, encoding, delimiter } = await readFile(file, { fileName: 'list.csv' });
    assert.deepEqual(
      [sheets, sheet, encoding, delimiter],
      [['Cover', 'Kunden & Co'], 'Kunden & Co', null, null],
    );
    assert.deepEqual(
      rows.map(({ row, email, phone, country }) => [row, email, phone, country]),
      [
        [2, 'ann@example.com', '+4915123456789', 'DE'],
        [3, 'bob@example.com', '+12025550143', 'US'],
      ],
    );
    assert.deepEqual(rows[0]?.metadata, { Since: '2024-01-31' });
  });

  it('is read by the sheet that a person chooses', async () => {
    const other = row(1, textCell('A1', 'Email')) + row(2, textCell('A2', 'other@example.com'));
    const { rows } = await readFile(workbook({ One: customers, Two: other }), { sheet: 'Two' });
    assert.deepEqual(
      rows.map(({ email }) => email),
      ['other@example.com'],
    );
  });

  it('of our own export is read', async () => {
    const blob = await writeSheets([
      [{ value: 'email' }, { value: 'phone' }],
      [{ value: 'a@example.com' }, { value: '+493023125012' }],
    ] as never).toBlob();
    const { rows } = await readFile(blob);
    assert.deepEqual([rows[0]?.email, rows[0]?.phone], ['a@example.com', '+493023125012']);
  });

  const failsWith = async (file: Blob, code: string): Promise<void> => {
    await assert.rejects(readFile(file), (error: unknown) => {
      assert.ok(error instanceof ReadError, String(error));
      assert.equal(error.code, code);
      return true;
    });
  };

  it('that would fill all memory is refused, also where it lies about its size', async () => {
    const bomb = Buffer.alloc(mostUnpackedBytes + 1, 32);
    const name = 'xl/worksheets/sheet1.xml';
    const types = { name: '[Content_Types].xml', data: xml('<Types/>') };
    await failsWith(zipOf([types, { name, data: bomb }]), 'zip_bomb');
    await failsWith(zipOf([types, { name, data: bomb, declared: 10 }]), 'zip_bomb');
    const vast = workbook({ S: row(1, textCell('A1', 'email')) + row(1048576, textCell('XFD1048576', 'x')) });
    await failsWith(vast, 'too_many_cells');
  });

  it('that is none, or damaged, says so', async () => {
    await failsWith(zipOf([{ name: 'notes.txt', data: Buffer.from('x') }]), 'zip');
    await failsWith(zipOf([{ name: 'content.xml', data: Buffer.from('<x/>') }]), 'spreadsheet');
    const whole = workbook({ S: customers });
    await failsWith(whole.slice(0, whole.size - 30), 'spreadsheet_broken');
  });
});
