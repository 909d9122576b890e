import type { Problem } from '../../import/problem.ts';
import type { ReceiptFailure } from '../../model/receipt.ts';

/** One row of a group: what the client knows of it, or what the backend said. */
export interface ProblemRow {
  row: number;
  code: string;
  field: string | undefined;
  message: string;
  value: string | undefined;
  of: number | undefined;
  length: number | undefined;
  limit: number | undefined;
}

export interface ProblemGroup {
  code: string;
  rows: ProblemRow[];
}

/** Problems of one kind together, the largest kind first; rows in the order of the file. */
export function groupProblems(rows: readonly ProblemRow[]): ProblemGroup[] {
  const groups = new Map<string, ProblemRow[]>();
  for (const row of rows) {
    const group = groups.get(row.code);
    if (group) group.push(row);
    else groups.set(row.code, [row]);
  }
  return [...groups]
    .map(([code, members]) => ({ code, rows: members.sort((a, b) => a.row - b.row) }))
    .sort((a, b) => b.rows.length - a.rows.length);
}

export function fromProblem(problem: Problem): ProblemRow {
  const { row, code, field, value, of, length, limit } = problem;
  return { row, code, field, message: '', value, of, length, limit };
}

/** A receipt's failures with what the reading knows of the same rows. */
export function fromFailures(
  failures: readonly ReceiptFailure[],
  problems: readonly Problem[],
): ProblemRow[] {
  const known = new Map(problems.map((problem) => [problem.row, problem]));
  return failures.map((failure) => {
    const row = failure.row ?? 0;
    const problem = known.get(row);
    const details = problem?.code === failure.code ? fromProblem(problem) : undefined;
    return {
      row,
      code: failure.code,
      field: failure.field,
      message: failure.message,
      value: details?.value,
      of: details?.of,
      length: details?.length,
      limit: details?.limit,
    };
  });
}
