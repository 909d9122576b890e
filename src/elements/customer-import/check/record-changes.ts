import type { RecordView } from '../../../import/session.ts';
import type { CheckSettings } from '../../../import/settings.ts';
import type { CheckBoard } from './check-board.ts';
import { editOf, withEdit, withLeftOut, withoutEdit, withTakenBack } from './settings-changes.ts';

/** Characters that a field can hold without making the page wait. */
const mostEdited = 20_000;

/** Changes of single records: cells put right, records left out, each taken back as it was made. */
export class RecordChanges {
  readonly #board: CheckBoard;
  /** What stood in a cell before it was changed, by row and column. */
  readonly #before = new Map<string, string>();
  #known: CheckSettings | undefined;
  #edits = new Map<string, string>();
  #leftOut = new Set<number>();

  constructor(board: CheckBoard) {
    this.#board = board;
  }

  forget(): void {
    this.#before.clear();
    this.#known = undefined;
  }

  /** A cell as it is wanted, also while that is being checked. */
  cell({ row, cells }: RecordView, column: number): string {
    this.#read();
    return this.#edits.get(key(row, column)) ?? cells[column] ?? '';
  }

  isChanged(row: number, column: number): boolean {
    this.#read();
    return this.#edits.has(key(row, column));
  }

  /** What stood there before; undefined where that was in another sitting. */
  before(row: number, column: number): string | undefined {
    return this.#before.get(key(row, column));
  }

  isLeftOut(row: number): boolean {
    this.#read();
    return this.#leftOut.has(row);
  }

  isEditable(value: string): boolean {
    return value.length <= mostEdited;
  }

  setCell(record: RecordView, column: number, value: string): void {
    const { settings, text } = this.#board;
    const { row } = record;
    const now = this.cell(record, column);
    if (value === now) return;
    const known = editOf(settings, row, column);
    if (!known) this.#before.set(key(row, column), now);
    if (known && this.before(row, column) === value) return this.takeBackCell(row, column);
    this.#board.change(withEdit(settings, { row, column, value }), text('cellChanged', { row: String(row) }));
  }

  takeBackCell(row: number, column: number): void {
    const { settings, text } = this.#board;
    this.#board.change(withoutEdit(settings, row, column), text('cellTakenBack', { row: String(row) }));
  }

  toggleRow({ row }: RecordView): void {
    const { settings, text } = this.#board;
    if (this.isLeftOut(row))
      this.#board.change(withTakenBack(settings, row), text('takenBackSaid', { row: String(row) }));
    else this.#board.change(withLeftOut(settings, [row]), text('leftOutSaid', { row: String(row) }));
  }

  /** A record that repeats others counts in their place: they are left out. */
  useInstead({ row }: RecordView, others: readonly number[]): void {
    const { settings, text } = this.#board;
    this.#board.change(withLeftOut(settings, others), text('usedInstead', { row: String(row) }));
  }

  #read(): void {
    const { settings } = this.#board;
    if (settings === this.#known) return;
    this.#known = settings;
    this.#edits = new Map(settings.edits?.map(({ row, column, value }) => [key(row, column), value]));
    this.#leftOut = new Set(settings.leftOut);
  }
}

const key = (row: number, column: number): string => `${row}:${column}`;
