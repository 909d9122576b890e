import { isEmail, emailKey, trim } from '../model/email.ts';
import { knownNames } from './aliases.ts';
import { plainHeader, type TargetField } from './columns.ts';
import { readCountry } from './country.ts';
import type { ColumnMapping } from './mapping.ts';

/** What a guess must reach to be made; below it a column stays open, with a suggestion. */
export const sureEnough = 0.75;

type Rows = readonly (readonly string[])[];

/** Columns that are looked at: a file with thousands has its e-mails in front. */
const mostColumns = 300;

/** Columns that are in no field yet. */
function openOf(columns: readonly ColumnMapping[]): ColumnMapping[] {
  return columns.slice(0, mostColumns).filter(({ reason }) => reason === 'open');
}

function isTaken(columns: readonly ColumnMapping[], field: TargetField): boolean {
  return columns.some(({ target }) => target.kind === 'field' && target.field === field && !target.address);
}

/** The share of a column's cells that are what `is` asks for, of those that are filled. */
function share(rows: Rows, column: number, is: (cell: string) => boolean): number {
  let filled = 0;
  let fits = 0;
  for (const cells of rows) {
    const cell = trim(cells[column] ?? '');
    if (cell === '') continue;
    filled++;
    if (is(cell)) fits++;
  }
  return filled === 0 ? 0 : fits / filled;
}

const isAddress = (cell: string): boolean => isEmail(emailKey(cell));
// Only with a plus sign: plain digits are as often an id.
const isInternationalPhone = (cell: string): boolean =>
  /^'?\+\d[\d\s().-]{6,18}$/.test(cell) && cell.replace(/\D/g, '').length >= 8;
// Only names: two letters are as often a language or a state.
const isCountryName = (cell: string): boolean => cell.length > 3 && readCountry(cell) !== undefined;

const kinds: { field: TargetField; is: (cell: string) => boolean; unless: RegExp }[] = [
  { field: 'email', is: isAddress, unless: /\b(referrer|referred|owner|staff|sender|reply)\b/ },
  { field: 'phone', is: isInternationalPhone, unless: /\b(fax|telefax|id|sms)\b/ },
  { field: 'country', is: isCountryName, unless: /\b(language|nationality|birth|origin|ip)\b/ },
];

/** What no name told, but the values do: e-mails, international phone numbers, names of countries. */
export function guessByValues(columns: readonly ColumnMapping[], rows: Rows): void {
  for (const { field, is, unless } of kinds) {
    if (isTaken(columns, field)) continue;
    let best: ColumnMapping | undefined;
    let bestShare = 0;
    for (const column of openOf(columns)) {
      if (unless.test(plainHeader(column.header))) continue;
      const found = share(rows, column.index, is);
      if (found > bestShare) [best, bestShare] = [column, found];
    }
    // One e-mail makes the record: the column that holds most is it, if most of its cells are one.
    const confidence = field === 'email' && bestShare > 0.5 ? Math.max(bestShare, sureEnough) : bestShare;
    if (best) settle(best, field, 'values', confidence * 0.95 >= sureEnough ? confidence * 0.95 : confidence);
  }
}

/** Fields whose values can tell that a likeness misleads: "County" is close to "Country". */
const proof: Partial<Record<TargetField, (cell: string) => boolean>> = {
  email: isAddress,
  phone: (cell) => /^[+\d(][\d\s()./+-]{5,}$/.test(cell),
  country: (cell) => readCountry(cell) !== undefined,
  accepts_marketing: (cell) => cell.length < 20,
};
/** Not by likeness: everything that is written near them means something else. */
const neverAlike: ReadonlySet<TargetField> = new Set([
  'status',
  'state',
  'accepts_marketing',
  'tags',
  'address',
]);

/** Misspelled names: "Frist Name". Only whole words of the same number, never where a digit differs. */
export function guessByLikeness(columns: readonly ColumnMapping[], rows: Rows): void {
  for (const column of openOf(columns)) {
    const plain = plainHeader(column.header);
    if (plain.length < 5 || plain.length > 40) continue;
    let field: TargetField | undefined;
    let likeness = 0;
    for (const [name, candidate] of knownNames) {
      if (Math.abs(name.length - plain.length) > 2 || neverAlike.has(candidate)) continue;
      if (name.split(' ').length !== plain.split(' ').length) continue;
      if (name.replace(/\D/g, '') !== plain.replace(/\D/g, '')) continue;
      const found = 1 - distance(plain, name) / Math.max(plain.length, name.length);
      if (found > likeness) [field, likeness] = [candidate, found];
    }
    if (!field || likeness < 0.7 || isTaken(columns, field)) continue;
    const proves = proof[field];
    const isProven = !proves || share(rows, column.index, proves) > 0.6;
    settle(column, field, 'likeness', isProven ? likeness * 0.9 : 0.3);
  }
}

function settle(
  column: ColumnMapping,
  field: TargetField,
  reason: 'values' | 'likeness',
  confidence: number,
): void {
  if (confidence < sureEnough) {
    if (confidence >= 0.5) column.suggestion = field;
    return;
  }
  column.target = { kind: 'field', field, fallback: false };
  column.reason = reason;
  column.confidence = Math.round(confidence * 100) / 100;
}

/** Letters to insert, drop, replace or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, index) => [index]);
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let column = 1; column <= b.length; column++) rows[0]?.push(column);
  for (let row = 1; row <= a.length; row++) {
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + cost);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) best = Math.min(best, at(row - 2, column - 2) + 1);
      rows[row]?.push(best);
    }
  }
  return at(a.length, b.length);
}
