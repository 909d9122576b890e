import { createDecoder, sniffEncoding, Utf8Evidence, type Encoding } from './decode.ts';
import { findDelimiter, type Delimiter } from './delimiter.ts';
import { ReadError } from './read-error.ts';
import { RowReader } from './records.ts';
import { TableBuilder, type Table } from './table.ts';

export interface ReadOptions {
  fileName?: string;
  signal?: AbortSignal;
  /** Bytes read so far, of all. */
  onProgress?: (read: number, size: number) => void;
  /** What the person says where we found something else. */
  encoding?: Encoding | undefined;
  delimiter?: Delimiter | undefined;
  sheet?: string | undefined;
}

const pieceSize = 1 << 20;
/** How much of the text is looked at to find delimiter and line ends. */
const sampleLength = 1 << 17;

/** Reads text in pieces, so that neither a page nor a worker stands still. Throws a {@link ReadError}. */
export async function readText(file: Blob, start: Uint8Array, options: ReadOptions): Promise<Table> {
  if (options.encoding) return await readAs(file, options.encoding, false, options);
  const encoding = sniffEncoding(start);
  try {
    return await readAs(file, encoding, true, options);
  } catch (error) {
    if (!(error instanceof TypeError) || encoding !== 'utf-8') throw error;
  }
  // Not all of it is UTF-8: what Windows programs write, or UTF-8 that was cut.
  const evidence = new Utf8Evidence();
  for await (const { bytes } of piecesOf(file, options)) evidence.add(bytes);
  return evidence.isDamagedUtf8
    ? await readAs(file, 'utf-8', false, options)
    : await readAs(file, 'windows-1252', false, options);
}

async function* piecesOf(
  file: Blob,
  { signal, onProgress }: ReadOptions,
): AsyncGenerator<{ bytes: Uint8Array; isLast: boolean }> {
  for (let read = 0; read < file.size;) {
    signal?.throwIfAborted();
    const end = Math.min(read + pieceSize, file.size);
    const bytes = new Uint8Array(await file.slice(read, end).arrayBuffer());
    read = end;
    yield { bytes, isLast: read === file.size };
    onProgress?.(read, file.size);
    // Where there is no worker, the page gets its turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
}

async function readAs(
  file: Blob,
  encoding: Encoding,
  isStrict: boolean,
  options: ReadOptions,
): Promise<Table> {
  const decoder = createDecoder(encoding, isStrict);
  const table = new TableBuilder();
  let reader: RowReader | undefined;
  let delimiter = options.delimiter;
  for await (const { bytes, isLast } of piecesOf(file, options)) {
    let piece = decoder.decode(bytes, isLast);
    if (!reader) {
      const sample = piece.slice(0, sampleLength);
      const guess = findDelimiter(sample);
      delimiter ??= guess.delimiter;
      reader = new RowReader(delimiter, sample);
      piece = piece.slice(guess.skip);
    }
    for (const row of reader.read(piece, isLast)) table.add(row);
    if (reader.isRowEndless) throw new ReadError('quote_open', String(table.nextNumber));
  }
  const { header } = table.finish();
  const { rows, firstNumber, preamble, misquoted } = table;
  return {
    header,
    rows,
    firstNumber,
    preamble,
    misquoted,
    encoding,
    delimiter: delimiter ?? ',',
    sheets: [],
    sheet: null,
  };
}
