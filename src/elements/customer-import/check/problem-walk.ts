import type { CheckBoard } from './check-board.ts';
import { isProblem } from './check-board.ts';
import { columnOfProblem } from './problem-cells.ts';
import type { RecordGrid } from './record-grid.ts';

/** From one problem to the next, also where they lie far apart. */
export class ProblemWalk {
  readonly #board: CheckBoard;
  readonly #grid: RecordGrid;
  /** Places in the list of all records that have a problem, as of one check. */
  #places: number[] = [];
  #placesOf: unknown;
  /** Where the walk has come to a record that isn't here yet. */
  #awaited: number | undefined;

  constructor(board: CheckBoard, grid: RecordGrid) {
    this.#board = board;
    this.#grid = grid;
    board.context.host.addController({ hostUpdate: () => this.#arrive() });
  }

  get isPossible(): boolean {
    const { view, overview } = this.#board;
    return view === 'all' ? overview.kinds.length > 0 : isProblem(view);
  }

  async go(step: 1 | -1): Promise<void> {
    const { index } = this.#grid.active;
    const next = await this.#next(index, step);
    if (next === undefined) return this.#board.say(this.#board.text('noFurther'));
    this.#awaited = next;
    this.#grid.activate(next, undefined, true);
    this.#arrive();
  }

  async #next(from: number, step: 1 | -1): Promise<number | undefined> {
    const { view, pages } = this.#board;
    if (view === 'all') {
      const places = await this.#allPlaces();
      return step > 0 ? places.find((place) => place > from) : places.findLast((place) => place < from);
    }
    for (let index = from + step; index >= 0 && index < (pages.total ?? 0); index += step) {
      const record = pages.at(index);
      // Of those that stand together the one that counts has none.
      if (!record || record.problems.some(({ code }) => code === view)) return index;
    }
    return undefined;
  }

  async #allPlaces(): Promise<number[]> {
    const { overview, context } = this.#board;
    if (this.#placesOf === overview) return this.#places;
    try {
      const found = await context.flow.open?.ask('problems');
      const rows = [...(found?.problems ?? []), ...(found?.warnings ?? [])].map(({ row }) => row);
      const firstNumber = overview.hasHeader ? 2 : 1;
      this.#places = [...new Set(rows)].sort((a, b) => a - b).map((row) => row - firstNumber);
      this.#placesOf = overview;
    } catch {
      // A newer check is under way: what is known is near enough.
    }
    return this.#places;
  }

  /** Goes to the very cell, once it is known. */
  #arrive(): void {
    if (this.#awaited === undefined) return;
    const { pages, view, overview } = this.#board;
    if (this.#awaited !== this.#grid.active.index) {
      this.#awaited = undefined;
      return;
    }
    const record = pages.at(this.#awaited);
    if (!record) return;
    this.#awaited = undefined;
    const problem = record.problems.find(({ code }) => code === view) ?? record.problems[0];
    if (!problem) return;
    const column = columnOfProblem(problem, record, overview.columns);
    this.#grid.activate(this.#grid.active.index, this.#grid.positionOf(column), true);
  }
}
