import { withApostrophe } from '../import/apostrophe.ts';

/** Rows as CSV (RFC 4180, with a byte order mark so that spreadsheets read UTF-8); no cell becomes a formula. */
export const csvOf = (rows: readonly (readonly string[])[]): string => `\ufeff${delimitedText(rows, ',')}`;

/** Rows as text with any delimiter, quoted as RFC 4180 has it; no cell becomes a formula. */
export function delimitedText(rows: readonly (readonly string[])[], delimiter: string): string {
  const cell = (value: string): string => {
    const safe = withApostrophe(value);
    return /["\r\n]/.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `${rows.map((row) => row.map(cell).join(delimiter)).join('\r\n')}\r\n`;
}
