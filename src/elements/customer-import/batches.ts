import type { StepOperationRequest } from '../../adapter/adapter.ts';
import type { FileReading } from '../../import/read-file.ts';

/** What one step carries. */
export type Batch = Required<Pick<StepOperationRequest, 'rows' | 'rejected'>>;

/** Rows that a step may carry, and about how many characters: a megabyte fits every server's limits. */
const mostRows = 1000;
const mostCharacters = 1_000_000;

/** A file's records in steps, in the order of the file: those to bring in beside those that were judged already. */
export function* batchesOf({ rows, rejected }: Pick<FileReading, 'rows' | 'rejected'>): Generator<Batch> {
  let batch: Batch = { rows: [], rejected: [] };
  let characters = 0;
  let nextRejected = 0;
  const isFull = (): boolean =>
    batch.rows.length + batch.rejected.length >= mostRows || characters >= mostCharacters;
  const takeRejected = function* (before: number): Generator<Batch> {
    for (
      let failure = rejected[nextRejected];
      failure && (failure.row ?? 0) < before;
      failure = rejected[nextRejected]
    ) {
      nextRejected++;
      batch.rejected.push(failure);
      if (isFull()) yield* flush();
    }
  };
  const flush = function* (): Generator<Batch> {
    yield batch;
    batch = { rows: [], rejected: [] };
    characters = 0;
  };
  for (const row of rows) {
    yield* takeRejected(row.row);
    batch.rows.push(row);
    characters += JSON.stringify(row).length;
    if (isFull()) yield* flush();
  }
  yield* takeRejected(Infinity);
  if (batch.rows.length + batch.rejected.length > 0) yield batch;
}
