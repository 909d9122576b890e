/** Why no file comes of an export, beside what a backend says. */
export type ExportErrorCode =
  /** There is no room left where the file is written. */
  | 'storage_full'
  /** The file was moved, removed or locked while it was written. */
  | 'storage_failed'
  /** The browser has no storage for this page, and the file is too large to be kept in memory. */
  | 'memory_full'
  /** A workbook's sheet ends at 1,048,576 rows. */
  | 'too_many_rows'
  /** A cell of a workbook ends at 32,767 characters. */
  | 'cell_too_long'
  /** A sheet of 4 GB is no sheet that a program opens. */
  | 'sheet_too_large';

export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly code: ExportErrorCode;
  /** Of a cell the heading of its column; of a storage what the browser said. */
  readonly detail: string;

  constructor(code: ExportErrorCode, detail = '') {
    super(detail ? `${code}: ${detail}` : code);
    this.code = code;
    this.detail = detail;
  }
}
