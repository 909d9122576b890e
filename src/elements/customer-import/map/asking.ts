import { DateEvidence } from '../../../import/dates.ts';
import type { ColumnReading } from '../../../import/session.ts';

/** A guess below this is made, but shown to be looked at. */
const quiteSure = 0.9;

/** What a column asks of a person, if anything: what it is, whether a guess is right, how its dates are to be read. */
export type Question = 'suggestion' | 'guess' | 'dates';

export function questionOf(column: ColumnReading): Question | undefined {
  const { reason, suggestion, confidence } = column;
  if (reason === 'open' && suggestion) return 'suggestion';
  if ((reason === 'values' || reason === 'likeness') && confidence < quiteSure) return 'guess';
  return column.dateOrder === undefined && holdsDates(column) ? 'dates' : undefined;
}

/** Only what is kept as it stands is dated: of our fields none is a date. */
export function holdsDates({ target, samples }: ColumnReading): boolean {
  if (target.kind !== 'metadata' || samples.length === 0) return false;
  const evidence = new DateEvidence();
  for (const sample of samples) evidence.add(sample);
  return evidence.isDate;
}

export const sections = ['needed', 'asking', 'fields', 'others', 'out'] as const;
export type SectionName = (typeof sections)[number];

const needed = new Set(['email', 'first_name', 'last_name', 'full_name']);

/** Where a column is looked for: what is needed in front, then what asks, what is left out last. */
export function sectionOf(column: ColumnReading, isAsking: boolean): SectionName {
  const { target } = column;
  if (target.kind === 'field' && target.address === undefined && needed.has(target.field)) return 'needed';
  if (isAsking) return 'asking';
  if (target.kind === 'field') return 'fields';
  return target.kind === 'metadata' ? 'others' : 'out';
}
