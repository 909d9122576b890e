import type { ProblemCode } from '../../../import/problem.ts';
import type { CheckSettings } from '../../../import/settings.ts';

export type Edit = NonNullable<CheckSettings['edits']>[number];
/** The list of meanings that a kind of problem asks for. */
export type WordList = keyof NonNullable<CheckSettings['values']>;

/** Kinds of problems that are words without a meaning. */
export const wordLists: Partial<Record<ProblemCode, WordList>> = {
  country_unknown: 'country',
  consent_unknown: 'accepts_marketing',
  status_unknown: 'status',
};

/** Kinds whose repair can be made for all at once. */
export const repairableKinds = ['email_invalid', 'zero_lost', 'control_character'] as const;
export type RepairableKind = (typeof repairableKinds)[number];

export const isRepairable = (code: string): code is RepairableKind =>
  (repairableKinds as readonly string[]).includes(code);

export const editOf = (settings: CheckSettings, row: number, column: number): Edit | undefined =>
  settings.edits?.find((edit) => edit.row === row && edit.column === column);

export function withEdit({ edits = [] }: CheckSettings, edit: Edit): Pick<CheckSettings, 'edits'> {
  return { edits: [...withoutCell(edits, edit.row, edit.column), edit] };
}

export function withoutEdit(
  { edits = [] }: CheckSettings,
  row: number,
  column: number,
): Pick<CheckSettings, 'edits'> {
  return { edits: withoutCell(edits, row, column) };
}

const withoutCell = (edits: readonly Edit[], row: number, column: number): Edit[] =>
  edits.filter((edit) => edit.row !== row || edit.column !== column);

export function withLeftOut(
  { leftOut = [] }: CheckSettings,
  rows: readonly number[],
): Pick<CheckSettings, 'leftOut'> {
  return { leftOut: [...new Set([...leftOut, ...rows])] };
}

export function withTakenBack({ leftOut = [] }: CheckSettings, row: number): Pick<CheckSettings, 'leftOut'> {
  return { leftOut: leftOut.filter((number) => number !== row) };
}

export function withRepair(
  { repairs = [] }: CheckSettings,
  code: ProblemCode,
  isMade: boolean,
): Pick<CheckSettings, 'repairs'> {
  const others = repairs.filter((other) => other !== code);
  return { repairs: isMade ? [...others, code] : others };
}

/** Gives a word a meaning; undefined takes the meaning away. */
export function withMeaning(
  { values = {} }: CheckSettings,
  list: WordList,
  word: string,
  meaning: string | boolean | null | undefined,
): Pick<CheckSettings, 'values'> {
  const others = Object.entries(values[list] ?? {}).filter(([other]) => other !== word);
  const known = Object.fromEntries(meaning === undefined ? others : [...others, [word, meaning]]);
  return { values: { ...values, [list]: known } };
}

export function withoutMeanings(
  { values = {} }: CheckSettings,
  list: WordList,
): Pick<CheckSettings, 'values'> {
  return { values: { ...values, [list]: {} } };
}
