import { csvOf } from '../../export/csv.ts';
import type { Problem } from '../../import/problem.ts';
import type { Messages } from '../../locales/messages.ts';
import type { ReceiptFailure } from '../../model/receipt.ts';
import { keyOf, type ImportText } from './import-text.ts';
import { fromFailures } from './problem-groups.ts';

/** The rows that were left out, as a table to put right and import again: row, column, reason, value. */
export function leftOutCsv(
  failures: readonly ReceiptFailure[],
  problems: readonly Problem[],
  text: ImportText,
  known: Messages['importing'],
): string {
  const header = [text('csvRow'), text('csvField'), text('csvReason'), text('csvValue')];
  const rows = fromFailures(failures, problems).map(({ row, code, field, message, value }) => {
    const fieldKey = keyOf('field', field ?? '', known);
    const reasonKey = keyOf('reason', code, known);
    return [
      String(row),
      fieldKey ? text(fieldKey) : (field ?? ''),
      reasonKey ? text(reasonKey) : message || code,
      value ?? '',
    ];
  });
  return csvOf([header, ...rows]);
}
