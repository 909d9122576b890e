import Papa from 'papaparse';
import type { Delimiter } from './delimiter.ts';

/** papaparse's inner parser, which its types leave out: it reads a piece and says how far its last whole row went. */
interface PieceParser {
  parse(
    input: string,
    baseIndex: number,
    ignoreLastRow: boolean,
  ): { data: string[][]; meta: { cursor: number } };
}

/** Text in pieces of any size becomes rows of cells; a row that is open at the end of a piece waits for the next. */
export class RowReader {
  readonly #delimiter: Delimiter;
  readonly #newline: '\n' | '\r';
  #text = '';
  /** A piece that closed no row (a long cell) is only looked at again when it has doubled. */
  #worthReading = 0;

  /** `start` is the beginning of the text; it tells how lines end. */
  constructor(delimiter: Delimiter, start: string) {
    this.#delimiter = delimiter;
    const unquoted = start.replace(/"[^"]*("|$)/g, '');
    this.#newline = unquoted.includes('\r') && !unquoted.includes('\n') ? '\r' : '\n';
  }

  /** The rows that are whole now. */
  read(piece: string, last: boolean): string[][] {
    this.#text += piece;
    if (!last && this.#text.length < this.#worthReading) return [];
    const options = { delimiter: this.#delimiter, newline: this.#newline };
    const parser = new Papa.Parser(options as never) as unknown as PieceParser;
    const { data, meta } = parser.parse(this.#text, 0, !last);
    this.#worthReading = meta.cursor === 0 ? this.#text.length * 2 : 0;
    this.#text = last ? '' : this.#text.slice(meta.cursor);
    // Lines of \r\n among lines of \n: the row ends before its \r.
    for (const row of data) {
      const end = row.length - 1;
      if (this.#newline === '\n' && row[end]?.endsWith('\r')) row[end] = row[end].slice(0, -1);
    }
    return data;
  }
}

export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
