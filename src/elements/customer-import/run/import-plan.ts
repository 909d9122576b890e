import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import { isAdapterError } from '../../../adapter/errors.ts';
import type { OpenFile } from '../../../import/open-file.ts';
import type { ImportOptions } from '../../../model/import.ts';
import type { OperationPlan, OperationStep } from '../../../operations/operation-run.ts';
import { importBatches, type Again } from './import-batches.ts';

export interface ImportPlanOptions {
  /** The operation's, made once for the intention. */
  id: string;
  /** Records that the steps carry in all. */
  asked: number;
  /** What the import is to do, once it is known: a group may have to be made first. */
  options: (signal: AbortSignal) => Promise<ImportOptions>;
  again: Again;
}

/** Brings an open file in. Sent again it goes on: steps that the backend has done are not sent. */
export function importPlan(
  adapter: CustomerAdapter,
  open: Pick<OpenFile, 'ask'>,
  { id, asked, options, again }: ImportPlanOptions,
): OperationPlan {
  /** Somebody ended it meanwhile: another tab, or an admin. */
  let hasEnded = false;
  return {
    start: async (signal) =>
      adapter.startOperation({ id, kind: 'import', asked, options: await options(signal) }, { signal }),
    async *steps({ status, steps: { done } }): AsyncGenerator<OperationStep> {
      if (status !== 'running') return;
      const isDone = inRuns(done);
      for await (const { step, rows, rejected } of importBatches(open, again)) {
        if (hasEnded) return;
        if (isDone(step)) continue;
        yield {
          size: rows.length + rejected.length,
          async send(signal) {
            if (hasEnded) return;
            try {
              await adapter.stepOperation({ id, step, rows, rejected }, { signal });
            } catch (error) {
              if (!isAdapterError(error, 'conflict')) throw error;
              const now = await adapter.getOperation({ id }, { signal });
              if (now.status === 'running') throw error;
              hasEnded = true;
            }
          },
        };
      }
    },
    finish: (cancelled, signal) => adapter.finishOperation({ id, cancelled }, { signal }),
  };
}

/** Asked for numbers that only grow. */
function inRuns(runs: readonly (readonly [number, number])[]): (number: number) => boolean {
  let at = 0;
  return (number) => {
    while (at < runs.length && (runs[at]?.[1] ?? 0) < number) at++;
    const run = runs[at];
    return run !== undefined && run[0] <= number;
  };
}
