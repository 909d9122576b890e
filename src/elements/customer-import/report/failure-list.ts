import type { TemplateResult } from 'lit';
import type { Problem } from '../../../import/problem.ts';
import type { ReceiptFailure } from '../../../model/receipt.ts';
import type { ImportContext } from '../context.ts';
import { keyOf } from '../import-text.ts';
import { fromFailures, groupProblems } from '../problem-groups.ts';
import { problemList } from '../problem-list.ts';

/** What a receipt refused, by the reason, with what the reading knows of the same rows. */
export function failureList(
  { text, known }: ImportContext,
  failures: readonly ReceiptFailure[],
  problems: readonly Problem[],
): TemplateResult {
  return problemList(groupProblems(fromFailures(failures, problems)), text, known());
}

/** Why a row was left out, in the reader's language where its code has words there. */
export function reasonText({ text, known }: ImportContext, { code, message }: ReceiptFailure): string {
  const key = keyOf('reason', code, known());
  return key ? text(key) : message || code;
}
