/** Why a file as a whole can't be read. */
export type ReadErrorCode =
  | 'empty'
  | 'header_only'
  | 'pdf'
  | 'html'
  | 'zip'
  | 'zip_bomb'
  | 'spreadsheet'
  | 'spreadsheet_broken'
  | 'too_many_cells'
  | 'binary'
  | 'quote_open'
  | 'no_email_column'
  | 'no_addresses'
  | 'first_names_for_emails'
  | 'unreadable';

/** Thrown while a file is read; crosses a worker's border as its `code` and `detail`. */
export class ReadError extends Error {
  readonly code: ReadErrorCode;
  /** Where or what: the headers that were found, the column, the record, the sheet. */
  readonly detail: string;

  constructor(code: ReadErrorCode, detail = '') {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'ReadError';
    this.code = code;
    this.detail = detail;
  }
}

/** What a program without our texts can print. */
export function readErrorMessage({ code, detail }: { code: ReadErrorCode; detail: string }): string {
  return messages[code].replace('{detail}', detail);
}

const messages: Record<ReadErrorCode, string> = {
  empty: 'The file is empty.',
  header_only: 'There is a header, but no record below it.',
  pdf: 'This is a PDF, whatever its name says.',
  html: 'This is a web page, whatever its name says.',
  zip: 'This is a zip archive and no spreadsheet; unpack it first.',
  zip_bomb: 'Unpacked, {detail} is larger than any list of customers.',
  spreadsheet: 'This is a spreadsheet of an old or other kind; save it as .xlsx or CSV.',
  spreadsheet_broken: 'The spreadsheet is damaged: {detail}',
  too_many_cells: 'The sheet {detail} has more cells than can be read.',
  binary: 'This is no text.',
  quote_open: 'A quotation mark in record {detail} is never closed.',
  no_email_column: 'No column holds e-mail addresses. The first line reads: {detail}',
  no_addresses: 'The column {detail} has no e-mail address in it.',
  first_names_for_emails:
    'The column {detail} repeats the first names instead of e-mail addresses: a fault of PrestaShop 1.7.6.0 and ' +
    '1.7.6.1. Update the shop and export again.',
  unreadable: 'The file could not be read: {detail}',
};
