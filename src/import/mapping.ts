import { fieldNamed, halfNamed, isHouseNumber } from './aliases.ts';
import {
  isSecret,
  plainHeader,
  type ColumnTarget,
  type FieldTarget,
  type MappingReason,
  type TargetField,
} from './columns.ts';
import { addressPartNamed } from './address-columns.ts';
import { guessByLikeness, guessByValues } from './guess.ts';
import type { FieldHeaders, Platform } from './platforms/platform.ts';
import { recognisePlatform } from './platforms/recognise.ts';

export interface ColumnMapping {
  /** Its position, which is what it is known by: two columns of one name are two columns. */
  index: number;
  header: string;
  target: ColumnTarget;
  reason: MappingReason;
  /** From 0 to 1; a guess below {@link sureEnough} is not made, only suggested. */
  confidence: number;
  suggestion?: TargetField;
}

/** Where each column of a file goes. Data: it can be shown, changed, kept and sent. */
export interface Mapping {
  platform: { id: string; name: string } | null;
  columns: ColumnMapping[];
  /** The same for the same headers in the same order. */
  fingerprint: string;
}

// A header becomes a name in the metadata, where Postgres refuses U+0000. Tab and line ends only part its words.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Headers as they are compared and shown: trimmed, without the empty ones at the end. */
export function cleanHeaders(cells: readonly string[]): string[] {
  const headers = cells.map((cell) => cell.replace(controls, '').trim());
  while (headers.length > 1 && headers.at(-1) === '') headers.pop();
  return headers;
}

export interface MapOptions {
  fileName?: string;
  /** The first records, for what headers don't tell. */
  samples?: readonly (readonly string[])[];
}

/** Maps a header row by its platform, else by names, then by values, by likeness last. */
export function mapColumns(cells: readonly string[], options: MapOptions = {}): Mapping {
  const headers = cleanHeaders(cells);
  const platform = recognisePlatform(headers);
  const columns = headers.map((header, index): ColumnMapping => {
    if (isSecret(header))
      return {
        index,
        header,
        target: { kind: 'ignored', reason: 'secret' },
        reason: 'secret',
        confidence: 1,
      };
    return { index, header, target: { kind: 'metadata' }, reason: 'open', confidence: 0 };
  });
  if (platform) mapByPlatform(platform, columns);
  if (!platform || platform.othersByName) {
    mapByNames(columns);
    guessByValues(columns, options.samples ?? []);
    guessByLikeness(columns, options.samples ?? []);
  } else
    for (const column of columns) {
      // A platform is mapped whole: what is no field there is known to be none.
      if (column.reason !== 'open') continue;
      Object.assign(column, { reason: 'platform', confidence: 1 });
      if (platform.reckoned?.includes(column.header)) column.target = { kind: 'ignored', reason: 'reckoned' };
    }
  for (const column of columns) {
    if (column.header !== '' || column.target.kind !== 'metadata') continue;
    column.target = { kind: 'ignored', reason: 'nameless' };
    column.reason = 'nameless';
  }
  return {
    platform: platform
      ? { id: platform.id, name: platform.nameOf?.(options.fileName ?? '') ?? platform.name }
      : null,
    columns,
    fingerprint: fingerprintOf(headers),
  };
}

function assign(
  column: ColumnMapping | undefined,
  target: Omit<FieldTarget, 'kind'>,
  reason: MappingReason,
  confidence: number,
): void {
  if (!column || column.reason !== 'open') return;
  column.target = { kind: 'field', ...target };
  column.reason = reason;
  column.confidence = confidence;
}

function mapByPlatform(platform: Platform, columns: ColumnMapping[]): void {
  const plain = columns.map(({ header }) => plainHeader(header));
  const assignAll = (fields: FieldHeaders, address: number | undefined): boolean => {
    let found = false;
    for (const [name, headers] of Object.entries(fields)) {
      let isFirst = true;
      for (const header of headers) {
        const column = columns[plain.indexOf(plainHeader(header))];
        if (column?.reason !== 'open') continue;
        const field = name as TargetField;
        assign(
          column,
          {
            field,
            fallback: !isFirst,
            ...(address === undefined ? {} : { address }),
            ...(field === 'accepts_marketing' && platform.consentInverted ? { inverted: true } : {}),
          },
          'platform',
          1,
        );
        isFirst = false;
        found = true;
      }
    }
    return found;
  };
  assignAll(platform.fields, undefined);
  for (const [address, fields] of Object.entries(platform.addresses ?? {}))
    assignAll(fields, Number(address));
  if (!platform.numbered) return;
  for (let number = 2; ; number++) {
    const fields = Object.fromEntries(
      Object.entries(platform.numbered).map(([field, headers]) => [
        field,
        headers.map((header) => header.replace('#', String(number))),
      ]),
    ) as FieldHeaders;
    if (!assignAll(fields, number)) return;
  }
}

/** Fields of which a second column is the same person's too, and speaks where the first is empty. */
const severalAreFine: ReadonlySet<TargetField> = new Set(['phone']);

/** The first column of a name is the field; a second of the same meaning stays open, since nobody said which wins. */
function mapByNames(columns: ColumnMapping[]): void {
  const taken = new Set<TargetField>();
  for (const { target } of columns) if (target.kind === 'field' && !target.address) taken.add(target.field);
  const open = columns.filter(({ reason, header }) => reason === 'open' && header !== '');
  for (const column of open) {
    const field = fieldNamed(column.header);
    if (!field || (taken.has(field) && !severalAreFine.has(field))) continue;
    assign(column, { field, fallback: taken.has(field) }, 'name', 0.95);
    taken.add(field);
  }
  for (const column of open) {
    const field = column.reason === 'open' ? halfNamed(column.header, taken) : undefined;
    if (!field) continue;
    assign(column, { field, fallback: false }, 'name', 0.85);
    taken.add(field);
  }
  mapAddressesByName(open, taken);
  if (!taken.has('address_line_1')) return;
  const number = open.find(({ reason, header }) => reason === 'open' && isHouseNumber(header));
  assign(number, { field: 'address_line_1', fallback: false, appended: true }, 'name', 0.9);
}

/** "Billing City", "Shipping Zip", "Address 2 - Street": of an address that its header names. */
function mapAddressesByName(open: readonly ColumnMapping[], taken: Set<TargetField>): void {
  const parts = open.flatMap((column) => {
    const part = column.reason === 'open' ? addressPartNamed(column.header) : undefined;
    return part ? [{ column, ...part }] : [];
  });
  const groups = [...new Set(parts.map(({ group }) => group))].sort();
  // The record's own, unless plain columns hold that already. Shipping sorts behind billing: never the default.
  let next = taken.has('address_line_1') ? 2 : 1;
  for (const group of groups) {
    const members = parts.filter((part) => part.group === group);
    if (!members.some(({ field }) => field === 'address_line_1')) continue;
    const seen = new Set<TargetField>();
    for (const { column, field } of members) {
      if (seen.has(field)) continue;
      seen.add(field);
      const isPersons = field === 'first_name' || field === 'last_name' || field === 'full_name';
      const isOwn = next === 1 && !isPersons && (!taken.has(field) || field === 'phone');
      if (isOwn) {
        assign(column, { field, fallback: taken.has(field) }, 'name', 0.9);
        taken.add(field);
      } else assign(column, { field, fallback: false, address: next }, 'name', 0.9);
    }
    next++;
  }
}

/**
 * The mapping as a person wants it; a target that he or she chose for these headers before says so. What looks like a
 * secret stays ignored, whatever is asked for.
 */
export function withTargets(
  mapping: Mapping,
  targets: readonly (ColumnTarget | undefined)[],
  remembered: readonly (ColumnTarget | undefined)[] = [],
): Mapping {
  const columns = mapping.columns.map((column, index): ColumnMapping => {
    const target = targets[index];
    if (!target || column.reason === 'secret') return column;
    const chosen = JSON.stringify(target);
    if (chosen === JSON.stringify(column.target)) return column;
    const reason = chosen === JSON.stringify(remembered[index]) ? 'remembered' : 'user';
    return { index, header: column.header, target, reason, confidence: 1 };
  });
  return { ...mapping, columns };
}

/** FNV-1a from two beginnings, 64 bits together: enough to know a header row again. */
function fingerprintOf(headers: readonly string[]): string {
  const text = headers.map(plainHeader).join('\n');
  const hash = (seed: number): string => {
    let value = seed;
    for (let index = 0; index < text.length; index++)
      value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    return (value >>> 0).toString(16).padStart(8, '0');
  };
  return hash(0x811c9dc5) + hash(0x1234567);
}
