import { fieldNamed } from './aliases.ts';
import { isSecret, plainHeader, type ColumnTarget, type ImportField } from './columns.ts';
import { recognisePlatform, type Platform } from './platforms.ts';

/** Where each column of a file goes, by its position: two columns of one name are two columns. */
export interface Mapping {
  platform: Platform | undefined;
  headers: string[];
  targets: ColumnTarget[];
  /** The columns of each field, the one that wins first. */
  sources: Map<ImportField, number[]>;
}

// A header becomes a name in the metadata, where Postgres refuses U+0000. Tab and line ends only part its words.
// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Maps a header row by its platform, else by our own column names and what can only mean the same. */
export function mapColumns(cells: readonly string[]): Mapping {
  const headers = cells.map((cell) => cell.replace(controls, '').trim());
  while (headers.length > 1 && headers.at(-1) === '') headers.pop();
  const platform = recognisePlatform(headers);
  const sources = platform ? sourcesOf(platform, headers) : sourcesByName(headers);
  const targets = headers.map((header): ColumnTarget => {
    if (header === '') return { kind: 'ignored', reason: 'nameless' };
    return isSecret(header) ? { kind: 'ignored', reason: 'secret' } : { kind: 'metadata' };
  });
  for (const [field, columns] of sources) {
    columns.forEach((column, rank) => (targets[column] = { kind: 'field', field, fallback: rank > 0 }));
  }
  return { platform, headers, targets, sources };
}

function sourcesOf(platform: Platform, headers: readonly string[]): Map<ImportField, number[]> {
  const plain = headers.map(plainHeader);
  const sources = new Map<ImportField, number[]>();
  for (const [field, names] of Object.entries(platform.fields)) {
    const columns = names.map((name) => plain.indexOf(plainHeader(name))).filter((column) => column >= 0);
    if (columns.length) sources.set(field as ImportField, columns);
  }
  return sources;
}

/** The first column of a name is the field; a second of the same meaning stays metadata, since nobody said which wins. */
function sourcesByName(headers: readonly string[]): Map<ImportField, number[]> {
  const sources = new Map<ImportField, number[]>();
  headers.forEach((header, column) => {
    const field = isSecret(header) ? undefined : fieldNamed(header);
    if (field && !sources.has(field)) sources.set(field, [column]);
  });
  return sources;
}
