import type { ImportRow } from '../model/import.ts';
import type { ReceiptFailure } from '../model/receipt.ts';
import type { Problem } from './problem.ts';
import { ReadError } from './read-error.ts';
import { ImportSession, type ImportOverview, type OpenOptions } from './session.ts';

export type { ColumnReading } from './session.ts';
export type { ReadOptions } from './read-text.ts';

/** A file read, mapped and checked, with all of its rows, before anything is written. */
export interface FileReading extends ImportOverview {
  /** What can be brought in. */
  rows: ImportRow[];
  /** What can't, and why: `rejected` in a receipt's words, `problems` with the details. Same order, by row. */
  rejected: ReceiptFailure[];
  problems: Problem[];
  /** What to know about rows that can. */
  warnings: Problem[];
}

/** Reads a file whole. Throws a {@link ReadError} for what is no list of customers. */
export async function readFile(file: Blob, options: OpenOptions = {}): Promise<FileReading> {
  return wholeReading(await ImportSession.open(file, options));
}

export function wholeReading(session: ImportSession): FileReading {
  const overview = session.overview();
  if (overview.blocker) throw new ReadError(overview.blocker.code, overview.blocker.detail);
  const { rows, rejected } = session.batch(0, Infinity);
  // Further addresses are rows of the file, but no records of their own.
  const records = rows.length + rejected.length;
  return { ...overview, records, rows, rejected, ...session.problems() };
}
