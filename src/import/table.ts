import type { Delimiter } from './delimiter.ts';
import type { Encoding } from './decode.ts';
import { findHeader } from './header.ts';
import { isBlankRow, type ReadRow } from './records.ts';
import { ReadError } from './read-error.ts';
import { RowStore } from './row-store.ts';

/** A file as rows of cells below a header, before anything is mapped. */
export interface Table {
  header: string[];
  /** Records that are not blank, in the order of the file. */
  rows: RowStore;
  /** The record number of the first row: 2, or 1 where there is no header. */
  firstNumber: 1 | 2;
  /** Rows above the header. */
  preamble: number;
  /** Rows, by index, with a quotation mark where none may stand. */
  misquoted: ReadonlySet<number>;
  encoding: Encoding | null;
  delimiter: Delimiter | null;
  /** Sheets of a workbook, and the one that is read. */
  sheets: string[];
  sheet: string | null;
}

/** Rows that are kept back until it is known where the header is. */
const sampleRows = 100;

/** Takes rows as they are read and finds the header among the first of them. */
export class TableBuilder {
  readonly rows = new RowStore();
  readonly misquoted = new Set<number>();
  header: string[] | undefined;
  preamble = 0;
  firstNumber: 1 | 2 = 2;
  #waiting: ReadRow[] = [];
  #isBegun = false;

  add(row: ReadRow): void {
    if (isBlankRow(row.cells)) return;
    if (this.#isBegun) return this.#record(row);
    this.#waiting.push(row);
    if (this.#waiting.length >= sampleRows) this.#begin();
  }

  /** The number that the next record would have. */
  get nextNumber(): number {
    return this.rows.length + this.#waiting.length + (this.#isBegun ? this.firstNumber : 1);
  }

  finish(): { header: string[] } {
    if (!this.#isBegun) this.#begin();
    if (!this.header) throw new ReadError('no_email_column');
    if (this.rows.length === 0) throw new ReadError('header_only', headerList(this.header));
    return { header: this.header };
  }

  #begin(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) throw new ReadError('empty');
    const found = findHeader(waiting.map(({ cells }) => cells));
    if (!found) throw new ReadError('no_email_column', headerList(waiting[0]?.cells ?? []));
    this.#isBegun = true;
    this.#waiting = [];
    if (found.index < 0) {
      this.firstNumber = 1;
      const width = Math.max(...waiting.map(({ cells }) => cells.length));
      this.header = Array.from({ length: width }, (_, index) => `Column ${index + 1}`);
    } else {
      this.header = waiting[found.index]?.cells ?? [];
      this.preamble = found.index;
    }
    for (const row of waiting.slice(found.index + 1)) this.#record(row);
  }

  #record({ cells, isMisquoted }: ReadRow): void {
    if (isMisquoted) this.misquoted.add(this.rows.length);
    this.rows.add(cells);
  }
}

export const headerList = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .slice(0, 12)
    .join(', ')
    .slice(0, 300);
