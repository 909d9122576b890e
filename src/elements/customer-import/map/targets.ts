import type { ColumnTarget, FieldTarget, TargetField } from '../../../import/columns.ts';

/** What a person picks for a column: `email`, `city@2` of the second address, `metadata`, `ignored`. */
export type TargetChoice = string;

export function choiceOf(target: ColumnTarget): TargetChoice {
  if (target.kind !== 'field') return target.kind;
  return target.address === undefined ? target.field : `${target.field}@${target.address}`;
}

export function targetOf(choice: TargetChoice): ColumnTarget {
  if (choice === 'metadata') return { kind: 'metadata' };
  if (choice === 'ignored') return { kind: 'ignored', reason: 'chosen' };
  const [field, address] = choice.split('@');
  return {
    kind: 'field',
    field: field as TargetField,
    fallback: false,
    ...(address === undefined ? {} : { address: Number(address) }),
  };
}

/** Columns that become the same field, the one that speaks first in front. */
export function columnsOf(targets: readonly ColumnTarget[], choice: TargetChoice): number[] {
  const rank = (index: number): number => {
    const target = targets[index];
    if (target?.kind !== 'field') return 0;
    return target.appended ? 2 : target.fallback ? 1 : 0;
  };
  return targets
    .flatMap((target, index) => (target.kind === 'field' && choiceOf(target) === choice ? [index] : []))
    .sort((a, b) => rank(a) - rank(b));
}

/** How a column shares its field with others: it speaks first, where the first is empty, or behind it. */
export type Manner = 'first' | 'fallback' | 'appended';

export function mannerOf(target: FieldTarget): Manner {
  return target.appended ? 'appended' : target.fallback ? 'fallback' : 'first';
}

/** Sends a column elsewhere. Where another speaks for that field already, it steps in where that one is empty. */
export function send(targets: readonly ColumnTarget[], index: number, choice: TargetChoice): ColumnTarget[] {
  const before = targets[index];
  const changed = [...targets];
  changed[index] = targetOf(choice);
  const isTaken = columnsOf(targets, choice).some((column) => column !== index);
  if (isTaken) setManner(changed, index, 'fallback');
  if (before?.kind === 'field') lead(changed, choiceOf(before));
  return changed;
}

/** Says how a column shares its field; the one that spoke first steps back where it must. */
export function share(targets: readonly ColumnTarget[], index: number, manner: Manner): ColumnTarget[] {
  const changed = [...targets];
  const target = changed[index];
  if (target?.kind !== 'field') return changed;
  const choice = choiceOf(target);
  if (manner === 'first')
    for (const column of columnsOf(targets, choice)) {
      const other = changed[column];
      if (other?.kind === 'field' && mannerOf(other) === 'first') setManner(changed, column, 'fallback');
    }
  setManner(changed, index, manner);
  lead(changed, choice, index);
  return changed;
}

function setManner(targets: ColumnTarget[], index: number, manner: Manner): void {
  const target = targets[index];
  if (target?.kind !== 'field') return;
  const moved: FieldTarget = { ...target, fallback: manner === 'fallback' };
  delete moved.appended;
  targets[index] = manner === 'appended' ? { ...moved, appended: true } : moved;
}

/** Of the columns of a field one speaks first, and it is not the one that has just been told not to. */
function lead(targets: ColumnTarget[], choice: TargetChoice, told?: number): void {
  const columns = columnsOf(targets, choice);
  const hasLead = columns.some((column) => {
    const target = targets[column];
    return target?.kind === 'field' && mannerOf(target) === 'first';
  });
  const next = columns.find((column) => column !== told) ?? columns[0];
  if (!hasLead && next !== undefined) setManner(targets, next, 'first');
}

/** Whether a yes in a column of consent means no. */
export function invert(targets: readonly ColumnTarget[], index: number, inverted: boolean): ColumnTarget[] {
  return targets.map((target, column) => {
    if (column !== index || target.kind !== 'field') return target;
    const meaning: FieldTarget = { ...target };
    delete meaning.inverted;
    return inverted ? { ...meaning, inverted } : meaning;
  });
}
