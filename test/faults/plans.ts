import assert from 'node:assert/strict';
import type { CustomerAdapter, StartImportRequest } from '../../src/adapter/adapter.ts';
import type { OperationPlan, OperationStep } from '../../src/operations/operation-run.ts';
import { remainingSteps } from '../../src/operations/remaining-steps.ts';
import { rowsOfChunk } from '../../src/model/export.ts';
import type { ChunkFile } from '../../src/operations/export-plan.ts';
import type { ImportRow } from '../../src/model/import.ts';
import type { ReceiptFailure } from '../../src/model/receipt.ts';

/** What one step of an import carries. */
export interface Batch {
  rows: ImportRow[];
  rejected: ReceiptFailure[];
}

/** An import of what is known beforehand; whoever has the same batches goes on with it where it stopped. */
export function importPlan(
  adapter: CustomerAdapter,
  request: Omit<StartImportRequest, 'kind' | 'asked'>,
  batches: readonly Batch[],
): OperationPlan {
  const { id } = request;
  const size = ({ rows, rejected }: Batch) => rows.length + rejected.length;
  const asked = batches.reduce((sum, batch) => sum + size(batch), 0);
  return {
    start: (signal) => adapter.startOperation({ ...request, kind: 'import', asked }, { signal }),
    async *steps({ steps }): AsyncGenerator<OperationStep> {
      for (const step of remainingSteps({ steps: { ...steps, total: batches.length } })) {
        const batch = batches[step];
        if (!batch) return;
        yield {
          size: size(batch),
          send: (signal) => adapter.stepOperation({ id, step, ...batch }, { signal }),
        };
      }
    },
    finish: (cancelled, signal) => adapter.finishOperation({ id, cancelled }, { signal }),
  };
}

/** Keeps what an export writes, as a file would. */
export class KeptLines implements ChunkFile {
  readonly rows: string[][] = [];
  #isClosed = false;

  expect(): void {
    assert.equal(this.rows.length, 0);
  }

  async write(chunk: string): Promise<void> {
    assert.ok(!this.#isClosed, 'nothing is written into a closed file');
    this.rows.push(...rowsOfChunk(chunk));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  async discard(): Promise<void> {
    this.rows.length = 0;
  }
}

/** Records in steps of so many. */
export function batchesOf(rows: readonly ImportRow[], perStep: number): Batch[] {
  const batches: Batch[] = [];
  for (let from = 0; from < rows.length; from += perStep)
    batches.push({ rows: rows.slice(from, from + perStep), rejected: [] });
  return batches;
}
