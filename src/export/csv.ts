import { withApostrophe } from '../import/apostrophe.ts';

/** Rows as CSV (RFC 4180, with a byte order mark so that spreadsheets read UTF-8); no cell becomes a formula. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (value: string): string => {
    const safe = withApostrophe(value);
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
