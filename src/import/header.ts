import { fieldNamed } from './aliases.ts';
import { plainHeader } from './columns.ts';
import { isEmail, emailKey } from '../model/email.ts';
import { cleanHeaders } from './mapping.ts';
import { recognisePlatform } from './platforms/recognise.ts';
import { isBlankRow } from './records.ts';

/** Rows that are looked at for a header: more lines of title than this no program writes. */
export const headerWithin = 30;

export interface FoundHeader {
  /** The index of the header among the rows; -1: there is none, and the first row is a record. */
  index: number;
}

/**
 * The header among the first rows of a file: one that is a platform's, else the first with a name for e-mails, else
 * the one above the first e-mail. Undefined where nothing speaks of e-mails.
 */
export function findHeader(rows: readonly (readonly string[])[]): FoundHeader | undefined {
  const first = rows.slice(0, headerWithin);
  const at = (index: number): FoundHeader | undefined => (index >= 0 ? { index } : undefined);
  const width = usualWidth(rows);
  const platform = first.findIndex((row) => recognisePlatform(cleanHeaders(row)) !== undefined);
  const named = first.findIndex((row) => namesEmail(row) && (width < 2 || filled(row) > 1));
  if (platform >= 0 || named >= 0) return at(platform >= 0 ? platform : named);
  // A title may name whom to write to; a record is as wide as the others.
  const record = rows.findIndex((row) => row.some(holdsEmail) && row.length * 2 > width);
  if (record < 0) return undefined;
  for (let index = record - 1; index >= 0; index--) {
    const row = rows[index] ?? [];
    if (!isBlankRow(row) && row.length * 2 > width && (width < 2 || filled(row) > 1)) return at(index);
  }
  return { index: -1 };
}

const holdsEmail = (cell: string): boolean => cell.includes('@') && isEmail(emailKey(cell));
const filled = (row: readonly string[]): number => row.filter((cell) => cell.trim() !== '').length;

function namesEmail(row: readonly string[]): boolean {
  return (
    row.some((cell) => fieldNamed(cell) === 'email' || plainHeader(cell) === 'user email') &&
    !row.some(holdsEmail)
  );
}

function usualWidth(rows: readonly (readonly string[])[]): number {
  const widths = new Map<number, number>();
  for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
  return [...widths].reduce((most, now) => (now[1] > most[1] ? now : most), [1, 0])[0];
}
