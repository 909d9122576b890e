import { delimitedText } from '../../../export/csv.ts';
import { encodeText, type Encoding } from '../../../import/decode.ts';
import type { OpenFile } from '../../../import/open-file.ts';
import type { ReceiptFailure } from '../../../model/receipt.ts';

export interface LeftOutLabels {
  /** The header of the column with the reasons. */
  column: string;
  reason: (failure: ReceiptFailure) => string;
}

/**
 * The rows that were left out as they stand in the file, in its columns, delimiter and encoding, with the reason behind
 * them: to be put right and imported again. A workbook's come as CSV.
 */
export async function leftOutFile(
  open: Pick<OpenFile, 'ask' | 'overview'>,
  failures: readonly ReceiptFailure[],
  { column, reason }: LeftOutLabels,
): Promise<{ name: string; content: Uint8Array<ArrayBuffer> }> {
  const { fileName, delimiter, encoding, hasHeader } = open.overview;
  const byRow = new Map<number, ReceiptFailure>();
  for (const failure of failures) if (failure.row !== undefined) byRow.set(failure.row, failure);
  const numbers = [...byRow.keys()].sort((a, b) => a - b);
  const { header, records } = await open.ask('originals', numbers);
  // Rows may be ragged; the reason stands in one column all the same.
  const width = Math.max(header.length, ...records.map(({ cells }) => cells.length));
  const filled = (cells: readonly string[]): string[] =>
    Array.from({ length: width }, (_, index) => cells[index] ?? '');
  const written = (reasonOf: (failure: ReceiptFailure) => string, label: string): string =>
    delimitedText(
      [
        ...(hasHeader ? [[...filled(header), label]] : []),
        ...records.map(({ row, cells }) => {
          const failure = byRow.get(row);
          return [...filled(cells), failure ? reasonOf(failure) : ''];
        }),
      ],
      delimiter ?? ',',
    );
  const base = fileName.replace(/\.[^.]*$/, '') || 'customers';
  const ending = /\.(csv|tsv|txt)$/i.exec(fileName)?.[0] ?? '.csv';
  return {
    name: `${base}-left-out${ending}`,
    content:
      encoded(written(reason, column), encoding) ??
      // The reader's language may have letters that the file's encoding has not.
      encoded(
        written(({ message, code }) => message || code, 'Reason'),
        encoding,
      ) ??
      inUtf8(written(reason, column)),
  };
}

const encoded = (text: string, encoding: Encoding | null): Uint8Array<ArrayBuffer> | undefined =>
  encodeText(text, encoding ?? 'utf-8');

function inUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`\ufeff${text}`);
}
