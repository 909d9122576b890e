import type { OpenFile } from '../../../import/open-file.ts';
import type { RecordBatch } from '../../../import/session.ts';
import type { ImportRow } from '../../../model/import.ts';
import type { ReceiptFailure } from '../../../model/receipt.ts';

/** What a person decided for records whose customer was deleted, merged or erased, by their numbers. */
export type Again = ReadonlyMap<number, NonNullable<ImportRow['again']>>;

/** What one step carries: records to bring in beside those that were judged already. */
export interface ImportBatch {
  step: number;
  rows: ImportRow[];
  rejected: ReceiptFailure[];
}

const mostRecords = 1000;
/** A megabyte fits every server's limits. */
const mostBytes = 1_000_000;

/**
 * A file's records in steps, in the order of the file. They are the same for the same file, settings and decisions,
 * whoever asks and whenever: that is what lets an import go on where it stopped.
 */
export async function* importBatches(
  open: Pick<OpenFile, 'ask'>,
  again: Again = new Map(),
): AsyncGenerator<ImportBatch> {
  let step = 0;
  for (let from: number | null = 0; from !== null;) {
    const batch: RecordBatch = await open.ask('batch', from, mostRecords);
    const rows = again.size ? batch.rows.map((row) => decided(row, again)) : batch.rows;
    for (const part of partsOf(rows, batch.rejected)) yield { step: step++, ...part };
    from = batch.next;
  }
}

function decided(row: ImportRow, again: Again): ImportRow {
  const choice = again.get(row.row);
  return choice ? { ...row, again: choice } : row;
}

type Part = Omit<ImportBatch, 'step'>;

function partsOf(rows: ImportRow[], rejected: ReceiptFailure[]): Part[] {
  if (rows.length + rejected.length === 0) return [];
  if (bytesOf({ rows, rejected }) <= mostBytes) return [{ rows, rejected }];
  const parts: Part[] = [];
  let part: Part = { rows: [], rejected: [] };
  let bytes = 0;
  const add = (size: number, put: (into: Part) => void): void => {
    if (bytes > 0 && bytes + size > mostBytes) {
      parts.push(part);
      part = { rows: [], rejected: [] };
      bytes = 0;
    }
    put(part);
    bytes += size;
  };
  let next = 0;
  for (const row of rows) {
    for (let failure = rejected[next]; failure && (failure.row ?? 0) < row.row; failure = rejected[next]) {
      const one = failure;
      add(bytesOf(one), (into) => into.rejected.push(one));
      next++;
    }
    add(bytesOf(row), (into) => into.rows.push(row));
  }
  for (const failure of rejected.slice(next)) add(bytesOf(failure), (into) => into.rejected.push(failure));
  parts.push(part);
  return parts;
}

const encoder = new TextEncoder();
const bytesOf = (value: unknown): number => encoder.encode(JSON.stringify(value)).length;
