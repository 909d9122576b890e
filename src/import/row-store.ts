/** Rows and characters of a block, whichever is reached first. */
const blockRows = 512;
const blockCharacters = 1 << 20;

interface Block {
  /** All cells of its rows, one after the other. */
  text: string;
  /** Where each cell ends in the text. */
  cellEnds: Uint32Array;
  /** The first cell of each row, and one more for the end of the last. */
  rowStarts: Uint32Array;
  firstRow: number;
}

/**
 * The rows of a file, close to the size of its text: a million rows as arrays of strings would take many times that.
 * Rows are only ever added.
 */
export class RowStore {
  readonly #blocks: Block[] = [];
  #pending: (readonly string[])[] = [];
  #pendingCharacters = 0;
  #length = 0;
  #lastBlock = 0;

  get length(): number {
    return this.#length;
  }

  add(cells: readonly string[]): void {
    this.#pending.push(cells);
    for (const cell of cells) this.#pendingCharacters += cell.length;
    this.#length++;
    if (this.#pending.length >= blockRows || this.#pendingCharacters >= blockCharacters) this.#close();
  }

  /** A copy of a row's cells; none for a row that isn't there. */
  row(index: number): string[] {
    const stored = this.#length - this.#pending.length;
    if (index >= stored) return [...(this.#pending[index - stored] ?? [])];
    const block = this.#blockOf(index);
    if (!block) return [];
    const { text, cellEnds, rowStarts } = block;
    const first = rowStarts[index - block.firstRow] ?? 0;
    const end = rowStarts[index - block.firstRow + 1] ?? first;
    const cells: string[] = [];
    for (let cell = first; cell < end; cell++)
      cells.push(text.slice(cell === 0 ? 0 : cellEnds[cell - 1], cellEnds[cell]));
    return cells;
  }

  #close(): void {
    const parts: string[] = [];
    const rowStarts = new Uint32Array(this.#pending.length + 1);
    this.#pending.forEach((cells, row) => {
      for (const cell of cells) parts.push(cell);
      rowStarts[row + 1] = parts.length;
    });
    const cellEnds = new Uint32Array(parts.length);
    let end = 0;
    parts.forEach((part, cell) => (cellEnds[cell] = end += part.length));
    this.#blocks.push({
      text: parts.join(''),
      cellEnds,
      rowStarts,
      firstRow: this.#length - this.#pending.length,
    });
    this.#pending = [];
    this.#pendingCharacters = 0;
  }

  #blockOf(index: number): Block | undefined {
    const holds = (at: number): boolean => {
      const block = this.#blocks[at];
      return !!block && index >= block.firstRow && index < block.firstRow + block.rowStarts.length - 1;
    };
    // Rows are mostly asked for one after the other.
    for (const at of [this.#lastBlock, this.#lastBlock + 1]) {
      if (!holds(at)) continue;
      this.#lastBlock = at;
      return this.#blocks[at];
    }
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#blocks[middle]?.firstRow ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    this.#lastBlock = low;
    return this.#blocks[low];
  }
}
