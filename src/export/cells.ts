import { guarded } from '../import/apostrophe.ts';
import type { ExportField } from '../model/export.ts';
import { exportHeadings, exportKind, joinList } from '../model/export-headings.ts';
import { currencyDigits } from '../model/money.ts';

/** What is asked of a file: its columns in their order, and the currency of its money. */
export interface ExportLayout {
  fields: readonly ExportField[];
  /** ISO 4217 */
  currency: string;
}

/** Reads the text of a field as the backend answers it; answers it as people read it. */
type Reader = (text: string) => string;

/** How each column's texts are read, in the order of the columns. */
export function readersOf({ fields, currency }: ExportLayout): Reader[] {
  const digits = currencyDigits(currency);
  const readers: Record<ReturnType<typeof exportKind>, Reader> = {
    text: (text) => text,
    number: (text) => text,
    money: (text) => inMajorUnits(text, digits),
    flag: (text) => (text === 'true' ? 'Yes' : text === 'false' ? 'No' : text),
    moment: toTheSecond,
    list: (text) => (text === '[]' ? '' : joinList(JSON.parse(text) as string[])),
    object: (text) => (text === '{}' ? '' : text),
  };
  return fields.map((field) => readers[exportKind(field)]);
}

/** Minor units as a decimal number, by their digits: a sum too large for a number stays right. */
export function inMajorUnits(minor: string, digits: number): string {
  if (digits === 0 || !/^-?\d+$/.test(minor)) return minor;
  const sign = minor.startsWith('-') ? '-' : '';
  const padded = minor.slice(sign.length).padStart(digits + 1, '0');
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

/** `2026-01-02T03:04:05.123456Z` without what nobody reads. */
const toTheSecond = (iso: string): string => iso.replace(/\.\d+(?=Z$)/, '');

/** The first line: a byte order mark, so that spreadsheets read UTF-8, and the headings. */
export const csvHead = ({ fields }: ExportLayout): string =>
  `\ufeff${fields.map((field) => quoted(exportHeadings[field])).join(',')}\r\n`;

/** Rows of a chunk as lines of CSV (RFC 4180); no cell becomes a formula. */
export function csvLines(layout: ExportLayout): (rows: readonly (readonly string[])[]) => string {
  const readers = readersOf(layout);
  // Numbers are no formulas, even with a minus sign.
  const isNumber = layout.fields.map((field) => ['number', 'money'].includes(exportKind(field)));
  return (rows) => {
    let lines = '';
    for (const row of rows) {
      for (let column = 0; column < readers.length; column++) {
        const text = (readers[column] as Reader)(row[column] ?? '');
        if (column > 0) lines += ',';
        lines += text === '' || isNumber[column] ? text : quoted(guarded(text));
      }
      lines += '\r\n';
    }
    return lines;
  };
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
