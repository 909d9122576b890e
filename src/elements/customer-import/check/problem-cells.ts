import type { Problem } from '../../../import/problem.ts';
import type { ColumnReading, RecordView } from '../../../import/session.ts';

/** Problems that no single cell has. */
const ofTheRow = new Set<Problem['code']>(['left_out', 'cells_surplus', 'quote_misplaced']);

/** The column of the cell that has a problem; undefined where it is the row as a whole, or the cell can't be told. */
export function columnOfProblem(
  problem: Problem,
  { cells }: Pick<RecordView, 'cells'>,
  columns: readonly ColumnReading[],
): number | undefined {
  const { code, field, value } = problem;
  if (ofTheRow.has(code)) return undefined;
  const candidates =
    code === 'name_missing'
      ? columns.filter((column) => isOfField(column, 'first_name') || isOfField(column, 'full_name'))
      : field === undefined
        ? []
        : columns.filter((column) => isNamed(column, field));
  const wanted = value?.trim();
  const exact = candidates.find(({ index }) => cells[index]?.trim() === wanted);
  const holding = wanted ? candidates.find(({ index }) => cells[index]?.includes(wanted)) : undefined;
  return (exact ?? holding ?? candidates[0])?.index;
}

/** By one of our fields, by the whole cells that become it, or by a header of the file. */
function isNamed(column: ColumnReading, field: string): boolean {
  if (column.reason === 'secret') return false;
  if (isOfField(column, field) || column.header === field) return true;
  return column.target.kind === 'metadata' && `metadata ${column.header}` === field;
}

function isOfField({ target }: ColumnReading, field: string): boolean {
  if (target.kind !== 'field') return false;
  if (target.field === field) return true;
  if (target.field === 'full_name') return field === 'first_name' || field === 'last_name';
  return target.field === 'address' && addressParts.has(field);
}

const addressParts = new Set(['address_line_1', 'address_line_2', 'city', 'state', 'postal_code', 'country']);
