import { withApostrophe } from '../../import/apostrophe.ts';
import { importFields } from '../../import/columns.ts';

/** Rows as CSV (RFC 4180, with a byte order mark so that spreadsheets read UTF-8); no cell becomes a formula. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (value: string): string => {
    const safe = withApostrophe(value);
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** An empty file with our column names and one example. */
export function templateCsv(): string {
  const example: Record<(typeof importFields)[number], string> = {
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
    phone: '+44 20 7946 0123',
    company: 'Analytical Engines Ltd',
    address_line_1: '12 St James’s Square',
    address_line_2: '',
    city: 'London',
    state: '',
    postal_code: 'SW1Y 4JH',
    country: 'GB',
    tags: 'VIP, newsletter',
    accepts_marketing: 'yes',
    status: 'active',
  };
  return csvOf([importFields, importFields.map((field) => example[field])]);
}

/** Hands a text to the browser as a file to save. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file when the click returns in every engine but Safari, which needs a moment.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
