import type { FieldChange } from './detail.ts';

type Values = Readonly<Record<string, unknown>>;

/** A field that somebody else changed, and by whom and when as far as the history knows. */
export interface TheirChange {
  /** Its name; of a value inside a map the name of that after a dot, `metadata.level`. */
  field: string;
  theirs: unknown;
  by: string | undefined;
  at: string | undefined;
}

/** A field that both changed to different values. */
export interface Conflict extends TheirChange {
  base: unknown;
  mine: unknown;
}

export interface MergeShape {
  /** Fields that are lists without an order of consequence: what either added or took away counts. */
  sets?: readonly string[];
  /** Fields that hold values by name: each of them is merged by itself. */
  maps?: readonly string[];
}

export interface Merge {
  /** What is left to save over theirs, without the fields in conflict. */
  fields: Record<string, unknown>;
  conflicts: Conflict[];
  /** What only they changed, or both to the same: it stays as they have it. */
  kept: TheirChange[];
}

/**
 * Three-way merge of an edit. `base` is what was read, `mine` what I changed of it, `theirs` what it is now, and
 * `changes` who changed what since, the oldest first.
 */
export function mergeEdits(
  base: Values,
  mine: Values,
  theirs: Values,
  changes: readonly FieldChange[] = [],
  { sets = [], maps = [] }: MergeShape = {},
): Merge {
  const merge: Merge = { fields: {}, conflicts: [], kept: [] };
  const now = flat(theirs, maps);
  const before = flat(base, maps);
  const asked = flatEdit(base, mine, maps);
  for (const field of new Set([...Object.keys(before), ...Object.keys(now), ...Object.keys(asked)])) {
    const isMine = field in asked && !isSame(asked[field], before[field]);
    const isTheirs = !isSame(now[field], before[field]);
    if (isTheirs) {
      const change = { field, theirs: now[field], ...authorOf(field, changes) };
      const isConflict = isMine && !sets.includes(field) && !isSame(asked[field], now[field]);
      if (isConflict) merge.conflicts.push({ ...change, base: before[field], mine: asked[field] });
      else merge.kept.push(change);
      if (isMine && sets.includes(field)) {
        const both = mergeSets(before[field], asked[field], now[field]);
        if (!isSame(both, now[field])) merge.fields[field] = both;
      }
    } else if (isMine) {
      merge.fields[field] = asked[field];
    }
  }
  merge.fields = folded(merge.fields, theirs, maps);
  return merge;
}

/** What is to be saved once it is known whose value each field in conflict takes: only mine need saving. */
export function chosenFields(
  merge: Merge,
  theirs: Values,
  isMine: (field: string) => boolean,
  { maps = [] }: MergeShape = {},
): Record<string, unknown> {
  const chosen = merge.conflicts.filter(({ field }) => isMine(field)).map(({ field, mine }) => [field, mine]);
  const flatFields = { ...merge.fields, ...(Object.fromEntries(chosen) as Record<string, unknown>) };
  return folded(flatFields, { ...theirs, ...merge.fields }, maps);
}

function authorOf(field: string, changes: readonly FieldChange[]): Pick<TheirChange, 'by' | 'at'> {
  const own = field.split('.')[0];
  const last = changes.findLast((change) => change.field === field || change.field === own);
  return { by: last?.by, at: last?.at };
}

/** Values of a map as fields of their own. */
function flat(values: Values, maps: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([field, value]) =>
      maps.includes(field)
        ? Object.entries(value ?? {}).map(([name, one]) => [`${field}.${name}`, one])
        : [[field, value]],
    ),
  );
}

/** As `flat`; a name that an edit left out of a map is `undefined`. */
function flatEdit(base: Values, mine: Values, maps: readonly string[]): Record<string, unknown> {
  const gone = maps
    .filter((map) => map in mine)
    .flatMap((map) => Object.keys(base[map] ?? {}).map((name) => [`${map}.${name}`, undefined]));
  return { ...(Object.fromEntries(gone) as Record<string, unknown>), ...flat(mine, maps) };
}

/** Fields of a map put back into the whole map as it is now. */
function folded(fields: Values, now: Values, maps: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    const map = maps.find((one) => field.startsWith(`${one}.`));
    if (map === undefined) {
      result[field] = value;
      continue;
    }
    const whole = { ...((result[map] ?? now[map]) as Record<string, unknown> | undefined) };
    const name = field.slice(map.length + 1);
    if (value === undefined) Reflect.deleteProperty(whole, name);
    else Object.defineProperty(whole, name, { value, enumerable: true, configurable: true, writable: true });
    result[map] = whole;
  }
  return result;
}

function mergeSets(base: unknown, mine: unknown, theirs: unknown): unknown[] {
  const [before, my, their] = [base, mine, theirs].map((list) =>
    Array.isArray(list) ? (list as unknown[]) : [],
  );
  const kept = (their ?? []).filter((one) => my?.includes(one) || !before?.includes(one));
  const added = (my ?? []).filter((one) => !before?.includes(one) && !kept.includes(one));
  return [...kept, ...added];
}

/** The same in content: the order of names in an object is not of consequence. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every(
      (name) => Object.hasOwn(other, name) && isSame(Reflect.get(one, name), Reflect.get(other, name)),
    )
  );
}
