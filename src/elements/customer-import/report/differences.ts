import type { Receipt, ReceiptFailure } from '../../../model/receipt.ts';
import type { DryRunResult, Outcome } from '../decide/dry-run-result.ts';

/** Where an import did other than its dry run had said. */
export interface Differences {
  /** Records that were to be written and were not, with the reason. */
  lost: ReceiptFailure[];
  /** Records that were to be left out and were written all the same. */
  gained: number[];
  /** Numbers that are others than those foretold. */
  numbers: { outcome: Outcome; foretold: number; happened: number }[];
}

/**
 * Undefined where nothing differs. An import that was stopped has done less, which is no difference. `failures` are
 * all of them; those of records that the client had judged itself were never foretold.
 */
export function differencesOf(
  foretold: DryRunResult,
  receipt: Receipt,
  failures: readonly ReceiptFailure[],
): Differences | undefined {
  if (receipt.status !== 'finished') return undefined;
  const refused = new Set<number>();
  const lost: ReceiptFailure[] = [];
  let judged = 0;
  for (const failure of failures) {
    const { row } = failure;
    if (row === undefined) continue;
    const expected = foretold.expected(row);
    if (expected === undefined) judged++;
    else refused.add(row);
    if (expected === 'created' || expected === 'changed' || expected === 'unchanged') lost.push(failure);
  }
  const gained: number[] = [];
  for (const rows of foretold.refused.values())
    for (const { row } of rows) if (!refused.has(row)) gained.push(row);
  const { counts } = foretold;
  const numbers = (['created', 'changed', 'unchanged'] as const)
    .map((outcome) => ({ outcome, foretold: counts[outcome], happened: receipt[outcome] }))
    .filter((one) => one.foretold !== one.happened);
  const left = receipt.skipped + receipt.failed - judged - counts.skipped - counts.failed;
  return lost.length || gained.length || numbers.length || left
    ? { lost, gained: gained.sort((a, b) => a - b), numbers }
    : undefined;
}
