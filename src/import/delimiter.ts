import Papa from 'papaparse';
import { fieldNamed } from './aliases.ts';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Excel's first line that names the delimiter: `sep=;`. It is no record. */
const separatorLine = /^\ufeff?"?sep=([,;\t|])"?[,;\t|]*(?:\r\n|\r|\n|$)/i;

export interface DelimiterGuess {
  delimiter: Delimiter;
  /** Characters to leave out at the start of the text: the `sep=` line. */
  skip: number;
}

/** The delimiter that a file's `sep=` line names, else the one that parts its first lines most evenly. */
export function findDelimiter(start: string): DelimiterGuess {
  const named = separatorLine.exec(start);
  if (named) return { delimiter: named[1] as Delimiter, skip: named[0].length };
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const delimiter of delimiters) {
    const score = evenness(start, delimiter);
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return { delimiter: best, skip: 0 };
}

/**
 * How many columns the delimiter makes, times the share of rows that have exactly that many; twice that where a row
 * under it names what a customer has, since the text of cells may be full of commas.
 */
function evenness(text: string, delimiter: Delimiter): number {
  const { data } = Papa.parse<string[]>(text, { delimiter, preview: 40, skipEmptyLines: 'greedy' });
  const rows = data.length > 2 ? data.slice(0, -1) : data; // the sample may end inside the last one
  const widths = new Map<number, number>();
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const [columns, times] = [...widths].reduce((most, now) => (now[1] > most[1] ? now : most), [1, 0]);
  if (columns < 2) return 0;
  const hasHeader = rows.some((row) => row.length > 1 && row.filter((cell) => fieldNamed(cell)).length > 1);
  return columns * (times / rows.length) ** 2 * (hasHeader ? 2 : 1);
}
