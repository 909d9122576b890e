import type { Problem } from '../../../import/problem.ts';
import type { ColumnReading, RecordView } from '../../../import/session.ts';
import type { CheckBoard } from './check-board.ts';
import { columnOfProblem } from './problem-cells.ts';

/** A record's problems by the column that has them; those of the row as a whole stand at -1. */
export function problemsByColumn(
  record: RecordView,
  columns: readonly ColumnReading[],
): Map<number, Problem[]> {
  const found = new Map<number, Problem[]>();
  for (const problem of record.problems) {
    const column = columnOfProblem(problem, record, columns) ?? -1;
    const known = found.get(column);
    if (known) known.push(problem);
    else found.set(column, [problem]);
  }
  return found;
}

/** What is wrong, in the few words that fit below a cell. */
export function problemText({ text }: CheckBoard, { code, of, length, limit }: Problem): string {
  return text(`cell_${code}`, {
    ...(of === undefined ? {} : { row: String(of) }),
    ...(length === undefined ? {} : { length }),
    ...(limit === undefined ? {} : { limit }),
  });
}

/** Whether a problem keeps its record out. */
export const isError = ({ code }: Problem): boolean =>
  code === 'email_empty' || code === 'email_invalid' || code === 'too_long' || code === 'control_character';
