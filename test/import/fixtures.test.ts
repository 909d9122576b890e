import assert from 'node:assert/strict';
import { readdir, readFile as readBytes } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { readFile } from '../../src/import/read-file.ts';

interface Expected {
  file: string;
  platform: string;
  encoding: string;
  delimiter: string;
  preamble_lines: number;
  header: string[];
  total_data_rows: number;
  importable: number;
  duplicates: number;
  invalid: number;
  duplicate_records: { record: number; of_record: number; email: string }[];
  invalid_records: { record: number; reason: string; value: string }[];
  expected_records: { record: number; normalised: Record<string, unknown> }[];
}

const folder = new URL('../fixtures/import/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.expected.json'));

describe('files that were counted by hand', () => {
  it('are there', () => assert.equal(names.length, 5));

  for (const name of names) {
    describe(name.replace('.expected.json', ''), async () => {
      const expected = JSON.parse(await readBytes(new URL(name, folder), 'utf8')) as Expected;
      const bytes = await readBytes(new URL(expected.file, folder));
      const reading = await readFile(new Blob([bytes]), { fileName: expected.file });

      it('are known by their headers, with encoding, delimiter and numbers of records', () => {
        assert.deepEqual(
          {
            platform: reading.platform?.name,
            encoding: reading.encoding,
            delimiter: reading.delimiter,
            preamble_lines: reading.preamble,
            header: reading.columns.map(({ header }) => header),
            total_data_rows: reading.records,
            importable: reading.rows.length,
            duplicates: reading.counts.duplicate,
            invalid: reading.counts.invalid,
          },
          {
            platform: expected.platform,
            encoding: expected.encoding,
            delimiter: expected.delimiter,
            preamble_lines: expected.preamble_lines,
            header: expected.header,
            total_data_rows: expected.total_data_rows,
            importable: expected.importable,
            duplicates: expected.duplicates,
            invalid: expected.invalid,
          },
        );
      });

      it('have the duplicates and invalid records, by number and reason', () => {
        const { problems } = reading;
        assert.deepEqual(
          problems
            .filter(({ code }) => code === 'duplicate')
            .map(({ row, of, value }) => ({ record: row, of_record: of, email: value })),
          expected.duplicate_records,
        );
        assert.deepEqual(
          problems
            .filter(({ code }) => code !== 'duplicate')
            .map(({ row, code, value }) => ({ record: row, reason: code, value })),
          expected.invalid_records.map(({ record, reason, value }) => ({ record, reason, value })),
        );
      });

      for (const { record, normalised } of expected.expected_records) {
        it(`read record ${record} as expected`, () => {
          const row = reading.rows.find((candidate) => candidate.row === record) as
            Record<string, unknown> | undefined;
          const absent = (field: string): unknown => (field === 'tags' ? [] : null);
          assert.deepEqual(
            Object.fromEntries(
              Object.keys(normalised).map((field) => [field, row?.[field] ?? absent(field)]),
            ),
            normalised,
          );
        });
      }
    });
  }
});
