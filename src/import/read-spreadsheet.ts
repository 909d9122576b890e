import { readSheet, type SheetData } from 'read-excel-file/universal';
import { mostCells } from './limits.ts';
import { ReadError } from './read-error.ts';
import type { ReadOptions } from './read-text.ts';
import { TableBuilder, type Table } from './table.ts';
import { readDirectory, storedZip, unpack } from './zip.ts';

/** Reads one sheet of an .xlsx file: the one asked for, else the first that has a column of e-mails. */
export async function readSpreadsheet(file: Blob, options: ReadOptions): Promise<Table> {
  const zip = new Uint8Array(await file.arrayBuffer());
  const entries = readDirectory(zip);
  if (!entries.some(({ name }) => name === '[Content_Types].xml' || name.startsWith('xl/'))) {
    const isOpenDocument = entries.some(({ name }) => name === 'content.xml');
    throw new ReadError(isOpenDocument ? 'spreadsheet' : 'zip');
  }
  if (!entries.some(({ name }) => name.startsWith('xl/'))) throw new ReadError('spreadsheet');
  const wanted = entries.filter(
    ({ name }) => /\.(xml|rels)$/.test(name) && !/\/(media|drawings)\//.test(name),
  );
  const parts = await unpack(zip, wanted);
  options.signal?.throwIfAborted();
  options.onProgress?.(file.size / 2, file.size);
  for (const [name, part] of parts) if (/\/worksheets\/[^/]+\.xml$/.test(name)) refuseVastSheet(name, part);
  const sheets = sheetNames(parts);
  const unpacked = storedZip(parts);
  parts.clear();

  let failure: unknown;
  for (const sheet of options.sheet === undefined ? sheets : [options.sheet]) {
    try {
      const table = tableOf(await rowsOf(unpacked, sheet));
      options.onProgress?.(file.size, file.size);
      return { ...table, sheets, sheet };
    } catch (error) {
      // The first sheet may be a cover; what is wrong with it is told where no other is better.
      failure ??= error;
      if (!(error instanceof ReadError) || error.code === 'header_only') throw error;
    }
  }
  throw failure ?? new ReadError('empty');
}

async function rowsOf(zip: ArrayBuffer, sheet: string): Promise<SheetData<string>> {
  try {
    // Numbers as they are written in the file: a phone number of fifteen digits is no number to reckon with.
    return await readSheet(zip, sheet, { trim: false, parseNumber: withoutExponent });
  } catch (error) {
    throw new ReadError(
      'spreadsheet_broken',
      `${sheet}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function tableOf(data: SheetData<string>): Omit<Table, 'sheets' | 'sheet'> {
  const builder = new TableBuilder();
  for (const row of data) builder.add({ cells: row.map(cellText), isMisquoted: false });
  const { header } = builder.finish();
  const { rows, firstNumber, preamble, misquoted } = builder;
  return { header, rows, firstNumber, preamble, misquoted, encoding: null, delimiter: null };
}

/** What a cell shows, as far as the file says it. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) {
    if (Number.isNaN(cell.getTime())) return '';
    const iso = cell.toISOString();
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
  }
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return String(cell);
}

/** `4.915123456789E+12` is how a workbook keeps a long number; all its digits are there. */
function withoutExponent(text: string): string {
  if (!/^-?\d+(\.\d+)?E[+-]?\d+$/i.test(text)) return text;
  const [mantissa = '', exponent = '0'] = text.toUpperCase().split('E');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent);
  // Nobody's data: a thousand digits, or a fraction that is next to nothing.
  if (shift > 30 || shift < -30) return text;
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Refuses a sheet whose last cell is so far out that filling the gaps would take all memory. */
function refuseVastSheet(name: string, part: Uint8Array): void {
  const text = new TextDecoder().decode(part);
  let widest = 0;
  let lowest = 0;
  let cells = 0;
  for (const [, letters = '', digits = ''] of text.matchAll(
    /<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})(\d{1,8})"/g,
  )) {
    let column = 0;
    for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
    widest = Math.max(widest, column);
    lowest = Math.max(lowest, Number(digits));
    cells++;
  }
  if (cells > mostCells || widest * lowest > mostCells) throw new ReadError('too_many_cells', name);
}

function sheetNames(parts: ReadonlyMap<string, Uint8Array>): string[] {
  const workbook = new TextDecoder().decode(parts.get('xl/workbook.xml') ?? new Uint8Array());
  const names = [...workbook.matchAll(/<(?:\w+:)?sheet\s([^>]*)>/g)].flatMap(([, attributes = '']) => {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1];
    const isHidden = /\bstate="(hidden|veryHidden)"/.test(attributes);
    return name === undefined || isHidden ? [] : [unescapeXml(name)];
  });
  if (names.length === 0) throw new ReadError('spreadsheet_broken', 'it has no sheet');
  return names;
}

const unescapeXml = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex ?? decimal) {
        const code = hex ? parseInt(hex, 16) : Number(decimal);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      }
      return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[name ?? ''] ?? whole;
    },
  );
