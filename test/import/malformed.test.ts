import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { ReadError } from '../../src/import/read-error.ts';
import { readFile, type FileReading } from '../../src/import/read-file.ts';
import { RowReader } from '../../src/import/records.ts';

const read = (...parts: BlobPart[]): Promise<FileReading> => readFile(new Blob(parts));
const failsWith = (code: string, detail?: string) => (error: unknown) => {
  assert.ok(error instanceof ReadError, String(error));
  assert.equal(error.code, code);
  if (detail !== undefined) assert.equal(error.detail, detail);
  return true;
};

describe('csv-spectrum', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('csv-spectrum/package.json'));
  for (const name of readdirSync(join(folder, 'csvs'))) {
    it(`${name} is read as its authors say`, () => {
      const text = readFileSync(join(folder, 'csvs', name), 'utf8');
      const written = readFileSync(join(folder, 'json', name.replace('.csv', '.json')), 'utf8')
        // The package's own CSV and JSON disagree on this number.
        .replace('1234567890', '2095257564');
      const expected = [JSON.parse(written) as Record<string, string>[]].flat();
      // In pieces of every size: where a piece ends says nothing.
      for (const size of [1, 2, 3, 7, text.length]) {
        const reader = new RowReader(',', text);
        const rows: string[][] = [];
        for (let at = 0; at < text.length; at += size) {
          const piece = reader.read(text.slice(at, at + size), at + size >= text.length);
          rows.push(...piece.map(({ cells }) => cells));
        }
        const [header = [], ...records] = rows.filter((cells) => cells.length > 1 || cells[0] !== '');
        assert.deepEqual(
          records.map((cells) => Object.fromEntries(header.map((column, index) => [column, cells[index]]))),
          expected,
        );
      }
    });
  }
});

describe('a file that is not as it should be', () => {
  it('is refused with what it is, whatever its name says', async () => {
    await assert.rejects(read('\n %PDF-1.4'), failsWith('pdf'));
    await assert.rejects(read('<html><body>Please sign in</body></html>'), failsWith('html'));
    await assert.rejects(read(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2])), failsWith('spreadsheet'));
    await assert.rejects(read('\u0089PNG\r\n\u001a\n', new Uint8Array(400)), failsWith('binary'));
    await assert.rejects(read('email,first name'), failsWith('header_only', 'email, first name'));
  });

  it('with a quotation mark that is never closed names the record', async () => {
    await assert.rejects(
      read('email,city\na@example.com,Rome\nb@example.com,"Paris\nc@example.com,Oslo\n'),
      failsWith('quote_open', '3'),
    );
  });

  it('with a quotation mark inside a cell is read, with a note on the record', async () => {
    const { rows, warnings } = await read(
      'email,city\na@example.com,5" pipe\nb@example.com,"Big" Apple"\nc@example.com,Oslo\n',
    );
    assert.deepEqual(
      rows.map(({ city }) => city),
      ['5" pipe', 'Big" Apple', 'Oslo'],
    );
    assert.deepEqual(
      warnings.filter(({ code }) => code === 'quote_misplaced').map(({ row }) => row),
      [3],
    );
  });

  it('with NUL bytes names the record and the field; rows of nothing else are none', async () => {
    const { rows, problems } = await read(
      'email,city\na@example.com,R\0me\n\0\0\0\nb@example.com,Oslo\n\0\0',
    );
    assert.deepEqual(
      problems.map(({ row, code, field, repair }) => [row, code, field, repair]),
      [[2, 'control_character', 'city', 'Rme']],
    );
    assert.deepEqual(
      rows.map(({ row }) => row),
      [3],
    );
  });

  it('that was cut inside a letter stays UTF-8, with a note on the record', async () => {
    const start = Buffer.from('email,city\na@example.com,Köln\nb@example.com,M');
    const half = Buffer.from([0xc3]);
    for (const bytes of [
      Buffer.concat([start, half]),
      Buffer.concat([start, half, Buffer.from('\nc@example.com,Łódź\n')]),
    ]) {
      const { encoding, rows, warnings } = await read(bytes);
      assert.deepEqual([encoding, rows[0]?.city, rows[1]?.city], ['utf-8', 'Köln', 'M\ufffd']);
      assert.deepEqual(
        warnings.filter(({ code }) => code === 'characters_lost').map(({ row, field }) => [row, field]),
        [[3, 'city']],
      );
    }
    // One letter of Windows-1252 is enough where nothing speaks for UTF-8.
    const { encoding, rows } = await read(Buffer.from('email,city\na@example.com,Köln\n', 'latin1'));
    assert.deepEqual([encoding, rows[0]?.city], ['windows-1252', 'Köln']);
  });

  it('with rows too short or too long shifts nothing', async () => {
    const { rows, warnings } = await read(
      'email,city,note\na@example.com\nb@example.com,Oslo,x,surplus\nc@example.com,Rome,y,,\n',
    );
    assert.deepEqual(
      rows.map(({ city, metadata }) => [city, metadata?.note]),
      [
        [undefined, undefined],
        ['Oslo', 'x'],
        ['Rome', 'y'],
      ],
    );
    assert.deepEqual(
      warnings.filter(({ code }) => code === 'cells_surplus').map(({ row }) => row),
      [3],
    );
  });

  it('with three kinds of line ends has all its records, and keeps those inside cells', async () => {
    const { rows } = await read(
      'email,city\r\na@example.com,Rome\rb@example.com,"Os\rlo"\nc@example.com,Paris\r\n',
    );
    assert.deepEqual(
      rows.map(({ city }) => city),
      ['Rome', 'Os\rlo', 'Paris'],
    );
  });

  it('with a cell of ten million characters, or 3,000 columns, is read', async () => {
    const long = await read(`email,city\na@example.com,${'x'.repeat(10_000_000)}\nb@example.com,Oslo\n`);
    assert.deepEqual(
      long.problems.map(({ row, code, length }) => [row, code, length]),
      [[2, 'too_long', 10_000_000]],
    );
    const headers = Array.from({ length: 3000 }, (_, index) => `Column ${index}`).join(',');
    const wide = await read(`${headers},email\n${','.repeat(3000)}a@example.com\n`);
    assert.equal(wide.rows[0]?.email, 'a@example.com');
  });

  it('of random bytes neither crashes nor hangs', async () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed % below;
    };
    const letters = 'email,first name;\n\r"\'\t@.a\0ü\ufeff=sep|- Bob(at)<>';
    for (let round = 0; round < 300; round++) {
      const bytes = new Uint8Array(random(600)).map(() => random(256));
      const text = Array.from({ length: random(600) }, () => letters[random(letters.length)]).join('');
      const inputs: BlobPart[][] = [
        [bytes],
        [text],
        ['email,phone,country,tags\n', text],
        ['email\na@example.com\n', bytes],
        ['PK\u0003\u0004', bytes],
      ];
      for (const parts of inputs)
        await readFile(new Blob(parts)).catch((error: unknown) =>
          assert.ok(error instanceof ReadError, String(error)),
        );
    }
  });
});

describe('a header', () => {
  const headerOf = async (text: string) => {
    const { columns, preamble, rows } = await read(text);
    return {
      fields: columns.map(({ target }) => (target.kind === 'field' ? target.field : target.kind)),
      preamble,
      numbers: rows.map(({ row }) => row),
    };
  };

  it('is found below lines of a title, which may name an address themselves', async () => {
    assert.deepEqual(
      await headerOf(
        'Customers,,\nExported by shop@example.com,,\n\nName,E-Mail,Ort\nAnn Lee,a@example.com,Bonn\n',
      ),
      { fields: ['full_name', 'email', 'city'], preamble: 2, numbers: [2] },
    );
  });

  it('that names no e-mail is found above the first one, and its column by its values', async () => {
    assert.deepEqual(await headerOf('Wer,Wohin\nAnn,a@example.com\nBob,b@example.com\n'), {
      fields: ['metadata', 'email'],
      preamble: 0,
      numbers: [2, 3],
    });
  });

  it('that is missing makes the first line record 1', async () => {
    assert.deepEqual(await headerOf('a@example.com,Ann\nb@example.com,Bob\n'), {
      fields: ['email', 'metadata'],
      preamble: 0,
      numbers: [1, 2],
    });
  });
});
