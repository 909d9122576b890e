import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import type { OpenFile } from '../../../import/open-file.ts';
import type { DryRun, ImportOptions, ImportRow } from '../../../model/import.ts';
import type { Operation } from '../../../model/operations.ts';
import type { OperationPlan, OperationStep } from '../../../operations/operation-run.ts';
import { importBatches, type Again } from '../run/import-batches.ts';
import type { DryRunResult } from './dry-run-result.ts';

export interface DryRunPlanOptions {
  /** Records that the steps carry in all. */
  asked: number;
  options: ImportOptions;
  again: Again;
}

/** Asks what an import would do, in the steps that it would take; nothing is written and nothing is kept. */
export function dryRunPlan(
  adapter: CustomerAdapter,
  open: Pick<OpenFile, 'ask'>,
  { asked, options, again }: DryRunPlanOptions,
  result: DryRunResult,
): OperationPlan {
  // Two are on their way, and a duplicate is told by what came before it in the file.
  const early = new Map<number, [DryRun, ImportRow[]]>();
  let next = 0;
  const take = (step: number, answer: DryRun, rows: ImportRow[]): void => {
    early.set(step, [answer, rows]);
    for (let one = early.get(next); one; one = early.get(next)) {
      result.add(...one);
      early.delete(next++);
    }
  };
  const standing = (): Operation => ({
    ...{ id: '', kind: 'import', status: 'running', asked, failures: [], options: {} },
    ...{ created: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0 },
    ...{ startedAt: '', finishedAt: null, by: '', undo: { possible: false, until: null } },
    steps: { total: null, done: [] },
  });
  return {
    start: () => Promise.resolve(standing()),
    async *steps(): AsyncGenerator<OperationStep> {
      for await (const { step, rows, rejected } of importBatches(open, again)) {
        yield {
          size: rows.length + rejected.length,
          async send(signal) {
            const answer = rows.length
              ? await adapter.dryRunImport({ options, rows }, { signal })
              : { rows: [] };
            take(step, answer, rows);
          },
        };
      }
    },
    finish: (cancelled) =>
      Promise.resolve({ ...standing(), ...result.counts, status: cancelled ? 'cancelled' : 'finished' }),
  };
}
