import { withoutApostrophe } from './apostrophe.ts';
import type { ColumnTarget } from './columns.ts';
import { Checker, type Checked } from './check.ts';
import { createDecoder, sniffEncoding, type Encoding } from './decode.ts';
import { findDelimiter, type Delimiter } from './delimiter.ts';
import { isEmail, emailKey } from '../model/email.ts';
import { mapColumns, type Mapping } from './mapping.ts';
import { ReadError } from './read-error.ts';
import { isBlankRow, RowReader } from './records.ts';

export interface ColumnReading {
  header: string;
  target: ColumnTarget;
  /** The first three values that differ, shortened; none of a secret column. */
  samples: string[];
  /** Records with a value, of all. */
  filled: number;
}

/** A file read, mapped and checked, before anything is written. */
export interface FileReading extends Checked {
  fileName: string;
  /** By its headers; null where the columns went by their names. */
  platform: { id: string; name: string } | null;
  encoding: Encoding;
  delimiter: Delimiter;
  columns: ColumnReading[];
  /** Records that are not blank: rows and rejected together. */
  records: number;
}

export interface ReadOptions {
  fileName?: string;
  signal?: AbortSignal;
  /** Bytes read so far, of all. */
  onProgress?: (read: number, size: number) => void;
}

const pieceSize = 1 << 20;
const sampleLength = 80;

/** Reads a CSV file in pieces, so that neither a page nor a worker stands still. Throws a {@link ReadError}. */
export async function readFile(file: Blob, options: ReadOptions = {}): Promise<FileReading> {
  const start = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  refuseOtherKinds(start);
  const encoding = sniffEncoding(start);
  try {
    return await readAs(file, encoding, options);
  } catch (error) {
    // Not UTF-8 after all: what Windows programs write.
    if (error instanceof TypeError && encoding === 'utf-8')
      return await readAs(file, 'windows-1252', options);
    throw error;
  }
}

function refuseOtherKinds(start: Uint8Array): void {
  const signature = String.fromCharCode(...start.slice(0, 8));
  if (start.length === 0) throw new ReadError('empty');
  if (signature.startsWith('%PDF')) throw new ReadError('pdf');
  if (signature.startsWith('PK\u0003\u0004') || signature.startsWith('\u00d0\u00cf\u0011\u00e0'))
    throw new ReadError('spreadsheet');
  if (sniffEncoding(start) === 'utf-8' && start.subarray(0, 512).filter((byte) => byte === 0).length > 8)
    throw new ReadError('binary');
}

async function readAs(file: Blob, encoding: Encoding, options: ReadOptions): Promise<FileReading> {
  const decoder = createDecoder(encoding);
  const table = new TableReader();
  for (let read = 0; read < file.size;) {
    options.signal?.throwIfAborted();
    const end = Math.min(read + pieceSize, file.size);
    const bytes = new Uint8Array(await file.slice(read, end).arrayBuffer());
    read = end;
    table.add(decoder.decode(bytes, read === file.size), read === file.size);
    options.onProgress?.(read, file.size);
    // Where there is no worker, the page gets its turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return table.finish(options.fileName ?? '', encoding);
}

/** Rows become a header and numbered records. */
class TableReader {
  #rows: RowReader | undefined;
  #delimiter: Delimiter = ',';
  #mapping: Mapping | undefined;
  #checker: Checker | undefined;
  #columns: ColumnReading[] = [];
  #number = 1;
  #emailSeen = false;
  #preamble: string[][] = [];

  add(piece: string, last: boolean): void {
    if (!this.#rows) {
      const { delimiter, skip } = findDelimiter(piece.slice(0, 1 << 17));
      this.#delimiter = delimiter;
      this.#rows = new RowReader(delimiter, piece.slice(0, 1 << 17));
      piece = piece.slice(skip);
    }
    for (const cells of this.#rows.read(piece, last)) {
      if (isBlankRow(cells)) continue;
      if (!this.#mapping) this.#header(cells);
      else this.#record(this.#mapping, cells);
    }
  }

  finish(fileName: string, encoding: Encoding): FileReading {
    if (!this.#mapping && !this.#preamble.length) throw new ReadError('empty');
    if (!this.#mapping) throw new ReadError('no_email_column', headerList(this.#preamble[0] ?? []));
    const records = this.#number - 1;
    if (!this.#checker || records === 0) throw new ReadError('header_only');
    if (!this.#emailSeen) {
      const column = this.#mapping.sources.get('email')?.[0] ?? 0;
      throw new ReadError('no_addresses', this.#mapping.headers[column]);
    }
    const { platform } = this.#mapping;
    return {
      fileName,
      platform: platform ? { id: platform.id, name: platform.name } : null,
      encoding,
      delimiter: this.#delimiter,
      columns: this.#columns,
      records,
      ...this.#checker.result,
    };
  }

  /** The first row with an e-mail column; lines above it are a title, not records. */
  #header(cells: string[]): void {
    const mapping = mapColumns(cells);
    if (!mapping.sources.has('email')) {
      this.#preamble.push(cells);
      if (this.#preamble.length > 20)
        throw new ReadError('no_email_column', headerList(this.#preamble[0] ?? []));
      return;
    }
    this.#mapping = mapping;
    this.#checker = new Checker(mapping);
    this.#columns = mapping.headers.map((header, column) => ({
      header,
      target: mapping.targets[column] ?? { kind: 'metadata' },
      samples: [],
      filled: 0,
    }));
  }

  #record(mapping: Mapping, cells: string[]): void {
    this.#number++;
    this.#columns.forEach((column, index) => {
      const cell = (cells[index] ?? '').trim();
      if (cell === '') return;
      column.filled++;
      if (column.samples.length >= 3 || column.target.kind === 'ignored') return;
      const value = withoutApostrophe(cell, false);
      const sample = value.length > sampleLength ? `${value.slice(0, sampleLength)}…` : value;
      if (!column.samples.includes(sample)) column.samples.push(sample);
    });
    if (!this.#emailSeen) {
      const [email] = mapping.sources.get('email') ?? [];
      this.#emailSeen = email !== undefined && isEmail(emailKey(cells[email] ?? ''));
    }
    this.#checker?.add(this.#number, cells);
  }
}

const headerList = (cells: readonly string[]): string =>
  cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .slice(0, 12)
    .join(', ')
    .slice(0, 300);
