import Papa from 'papaparse';
import { trim } from '../model/email.ts';
import type { Delimiter } from './delimiter.ts';

/** papaparse's inner parser, which its types leave out: it reads a piece and says how far its last whole row went. */
interface PieceParser {
  parse(
    input: string,
    baseIndex: number,
    ignoreLastRow: boolean,
  ): { data: string[][]; errors: { code: string; row: number }[]; meta: { cursor: number } };
}

/** Text of one row that is held at most, in characters: four times any cell that was ever seen. */
export const mostRowCharacters = 1 << 26;

export interface ReadRow {
  cells: string[];
  /** A quote inside stands where none may: cells may have run together. */
  isMisquoted: boolean;
}

/** Text in pieces of any size becomes rows of cells; a row that is open at the end of a piece waits for the next. */
export class RowReader {
  readonly #delimiter: Delimiter;
  readonly #newline: '\n' | '\r';
  #text = '';
  /** A piece that closed no row (a long cell) is only looked at again when it has doubled. */
  #worthReading = 0;
  /** Lines end in \r here and in \n there. */
  readonly #isMixed: boolean;
  #isQuoted = false;
  #isRowEndless = false;

  /** `start` is the beginning of the text; it tells how lines end. */
  constructor(delimiter: Delimiter, start: string) {
    this.#delimiter = delimiter;
    const unquoted = start.replace(/"[^"]*("|$)/g, '');
    this.#newline = unquoted.includes('\r') && !unquoted.includes('\n') ? '\r' : '\n';
    this.#isMixed = this.#newline === '\n' && /\r(?!\n|\r|$)/.test(unquoted);
  }

  /** Whether the row after the last one has a quote that is opened and never closed: what follows is lost in it. */
  get isRowEndless(): boolean {
    return this.#isRowEndless;
  }

  /** The rows that are whole now. */
  read(piece: string, last: boolean): ReadRow[] {
    this.#text += this.#isMixed ? this.#withOneLineEnd(piece) : piece;
    if (!last && this.#text.length < this.#worthReading) return [];
    const options = { delimiter: this.#delimiter, newline: this.#newline };
    const parser = new Papa.Parser(options as never) as unknown as PieceParser;
    const { data, errors, meta } = parser.parse(this.#text, 0, !last);
    const isOpen = errors.some(({ code }) => code === 'MissingQuotes');
    if (isOpen) data.pop();
    this.#worthReading = meta.cursor === 0 ? this.#text.length * 2 : 0;
    this.#text = last ? '' : this.#text.slice(meta.cursor);
    this.#isRowEndless = isOpen || this.#text.length > mostRowCharacters;
    const misquoted = new Set(errors.map(({ row }) => row));
    return data.map((cells, index) => {
      // Lines of \r\n among lines of \n: the row ends before its \r.
      const end = cells.length - 1;
      if (this.#newline === '\n' && cells[end]?.endsWith('\r')) cells[end] = cells[end].slice(0, -1);
      return { cells, isMisquoted: misquoted.has(index) };
    });
  }

  /** Outside of quotes every \r that ends a line alone becomes \n. */
  #withOneLineEnd(piece: string): string {
    return piece.replace(/["\r]\n?/g, (found) => {
      if (found.startsWith('"')) {
        this.#isQuoted = !this.#isQuoted;
        return found;
      }
      return this.#isQuoted || found === '\r\n' ? found : '\n';
    });
  }
}

/** Whether a row has nothing but blanks; what is left of a file that was torn off is often NULs. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.every((cell) => cell === '' || trim(cell.replaceAll('\0', '')) === '');
}
