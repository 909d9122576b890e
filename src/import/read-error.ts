/** Why a file as a whole can't be read. */
export type ReadErrorCode =
  | 'empty'
  | 'header_only'
  | 'pdf'
  | 'spreadsheet'
  | 'binary'
  | 'no_email_column'
  | 'no_addresses'
  | 'unreadable';

/** Thrown by {@link readFile}; crosses a worker's border as its `code` and `detail`. */
export class ReadError extends Error {
  readonly code: ReadErrorCode;
  /** What the message is about: the headers that were found, or the column. */
  readonly detail: string;

  constructor(code: ReadErrorCode, detail = '') {
    super(detail ? `${code}: ${detail}` : code);
    this.name = 'ReadError';
    this.code = code;
    this.detail = detail;
  }
}
