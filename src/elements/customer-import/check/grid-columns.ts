import type { ColumnReading, RecordView } from '../../../import/session.ts';
import type { Problem } from '../../../import/problem.ts';
import type { CheckView } from './check-board.ts';
import { isProblem } from './check-board.ts';
import { columnOfProblem } from './problem-cells.ts';

/** Columns that are drawn at most, besides those that have a problem. */
const mostColumns = 40;

/** Cells before the file's own: the record's number, and what leaves it out. */
export const fixedColumns = 2;

const widths: Record<string, number> = {
  email: 230,
  full_name: 180,
  address: 260,
  address_line_1: 200,
  phone: 160,
  company: 160,
  tags: 170,
  country: 130,
  postal_code: 110,
  accepts_marketing: 130,
  status: 110,
};
const usualWidth = 140;
/** Of the column whose problem is looked at: there is a sentence in it. */
const leadWidth = 260;

export interface GridColumn {
  /** Its position in the file. */
  index: number;
  header: string;
  width: number;
}

/** The columns of a view: first the one that is looked at, then all that become a field, then others with a problem. */
export class GridColumns {
  #view: CheckView = 'all';
  #lead: number | undefined;
  readonly #others = new Set<number>();
  #columns: readonly ColumnReading[] = [];
  #shown: GridColumn[] | undefined;
  /** Columns with a field that are not drawn. */
  hidden = 0;

  show(view: CheckView, columns: readonly ColumnReading[]): void {
    this.#view = view;
    this.#columns = columns;
    this.#lead = undefined;
    this.#others.clear();
    this.#shown = undefined;
  }

  /** Takes notice of where the problems of these records are. */
  learn(records: readonly RecordView[], columns: readonly ColumnReading[]): void {
    this.#columns = columns;
    this.#shown = undefined;
    const isLed = this.#lead !== undefined;
    for (const record of records) {
      for (const problem of record.problems) {
        const column = columnOfProblem(problem, record, columns);
        if (column === undefined) continue;
        if (!isLed && this.#isLookedAt(problem)) this.#lead ??= column;
        if (columns[column]?.target.kind !== 'field') this.#others.add(column);
      }
    }
  }

  #isLookedAt({ code }: Problem): boolean {
    return isProblem(this.#view) && code === this.#view;
  }

  get shown(): readonly GridColumn[] {
    this.#shown ??= this.#choose();
    return this.#shown;
  }

  #choose(): GridColumn[] {
    const lead = this.#lead;
    const fields = this.#columns.filter(({ target }) => target.kind === 'field');
    this.hidden = Math.max(0, fields.length - mostColumns);
    const chosen = fields.slice(0, mostColumns);
    for (const index of [...this.#others, ...(lead === undefined ? [] : [lead])]) {
      const column = this.#columns[index];
      if (column && !chosen.includes(column)) chosen.push(column);
    }
    const sorted = chosen.toSorted((a, b) => Number(b.index === lead) - Number(a.index === lead));
    return sorted.map(({ index, header, target }) => ({
      index,
      header,
      width: Math.max(
        index === lead ? leadWidth : 0,
        (target.kind === 'field' ? widths[target.field] : undefined) ?? usualWidth,
      ),
    }));
  }
}
