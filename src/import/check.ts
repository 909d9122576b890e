import type { ImportRow } from '../model/import.ts';
import type { ReceiptFailure } from '../model/receipt.ts';
import { mapRecord } from './map.ts';
import type { Mapping } from './mapping.ts';
import { failureOf, type Problem } from './problem.ts';

export interface Checked {
  /** What can be brought in. */
  rows: ImportRow[];
  /** What can't, and why: `failures` in a receipt's words, `problems` with the details. Same order, by row. */
  rejected: ReceiptFailure[];
  problems: Problem[];
  /** What to know about rows that can. */
  warnings: Problem[];
}

/** Judges the records of a file one after the other; a repeated e-mail is one of an earlier valid record. */
export class Checker {
  readonly result: Checked = { rows: [], rejected: [], problems: [], warnings: [] };
  readonly #mapping: Mapping;
  readonly #rowOfEmail = new Map<string, number>();

  constructor(mapping: Mapping) {
    this.#mapping = mapping;
  }

  add(number: number, cells: readonly string[]): void {
    const { row, problem, warnings } = mapRecord(this.#mapping, number, cells);
    if (!row) {
      if (problem) this.#reject(problem);
      return;
    }
    const of = this.#rowOfEmail.get(row.email);
    if (of !== undefined) {
      this.#reject({ row: number, code: 'duplicate', field: 'email', value: row.email, of });
      return;
    }
    this.#rowOfEmail.set(row.email, number);
    this.result.rows.push(row);
    this.result.warnings.push(...warnings);
  }

  #reject(problem: Problem): void {
    this.result.problems.push(problem);
    this.result.rejected.push(failureOf(problem));
  }
}
