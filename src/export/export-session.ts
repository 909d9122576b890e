import { rowsOfChunk, type ExportOptions } from '../model/export.ts';
import { csvHead, csvLines, type ExportLayout } from './cells.ts';
import { openSink, type FileSink, type FileTarget } from './file-sink.ts';
import { Workbook } from './workbook.ts';

export interface ExportTask extends ExportLayout {
  format: NonNullable<ExportOptions['format']>;
  target: FileTarget;
}

/** Turns the chunks of one export into its file, one after the other. */
export class ExportSession {
  readonly #sink: FileSink;
  readonly #add: (rows: string[][]) => Promise<void>;
  readonly #end: () => Promise<void>;
  #rows = 0;
  #file: Promise<Blob | undefined> | undefined;

  static async open(task: ExportTask): Promise<ExportSession> {
    const sink = await openSink(task.target);
    try {
      return task.format === 'csv' ? await asCsv(task, sink) : await asWorkbook(task, sink);
    } catch (error) {
      await sink.discard();
      throw error;
    }
  }

  constructor(sink: FileSink, add: (rows: string[][]) => Promise<void>, end: () => Promise<void>) {
    this.#sink = sink;
    this.#add = add;
    this.#end = end;
  }

  async write(chunk: string): Promise<void> {
    const rows = rowsOfChunk(chunk);
    await this.#add(rows);
    this.#rows += rows.length;
  }

  /** The number of rows, and the file where it is not yet where the person wants it. Asked twice, it answers the same. */
  async close(): Promise<{ rows: number; file: Blob | undefined }> {
    this.#file ??= this.#end().then(() => this.#sink.close());
    return { rows: this.#rows, file: await this.#file };
  }

  discard(): Promise<void> {
    return this.#sink.discard();
  }
}

const encoder = new TextEncoder();

async function asCsv(layout: ExportLayout, sink: FileSink): Promise<ExportSession> {
  const lines = csvLines(layout);
  await sink.write(encoder.encode(csvHead(layout)));
  return new ExportSession(
    sink,
    (rows) => sink.write(encoder.encode(lines(rows))),
    async () => undefined,
  );
}

async function asWorkbook(layout: ExportLayout, sink: FileSink): Promise<ExportSession> {
  const workbook = new Workbook(layout, (bytes) => sink.write(bytes));
  await workbook.begin();
  return new ExportSession(
    sink,
    (rows) => workbook.add(rows),
    () => workbook.end(),
  );
}
