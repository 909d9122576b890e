/** Steps that are taken to a row: each lands nearer, and none should go on for ever. */
const mostSteps = 60;

export interface RowRevealOptions {
  /** The scroller. */
  body: () => HTMLElement | null;
  /** Where the cell is in the window's list, and the cell itself once it is drawn. */
  target: () => { place: number; cell: Element | null };
  /** The rows that are drawn, by their place in the window's list. */
  drawn: () => { first: number; last: number };
  length: () => number;
}

/**
 * Brings a cell into sight that may be far off. Rows differ in height and most were never measured: a step by their
 * mean, and another from where it has led.
 */
export class RowReveal {
  readonly #options: RowRevealOptions;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RowRevealOptions) {
    this.#options = options;
  }

  begin(): void {
    clearTimeout(this.#timer);
    this.#step(0);
  }

  end(): void {
    clearTimeout(this.#timer);
  }

  #step(steps: number): void {
    // Never inside a frame, in which rows may still be measured: they are where the scroller was.
    this.#timer = setTimeout(() => {
      if (!this.#isThere() && steps < mostSteps) this.#step(steps + 1);
    }, steps && 30);
  }

  #isThere(): boolean {
    const body = this.#options.body();
    if (!body) return true;
    const { place, cell } = this.#options.target();
    if (cell) {
      cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      return true;
    }
    // Below the edge of the screen no row is drawn at all.
    body.scrollIntoView({ block: 'nearest' });
    const { first, last } = this.#options.drawn();
    const mean = body.scrollHeight / Math.max(1, this.#options.length());
    body.scrollTop += mean * (place - (place < first ? first : last));
    return false;
  }
}
