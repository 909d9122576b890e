import { openFile } from './open-file.ts';
import type { FileReading, ReadOptions } from './read-file.ts';

/** Reads a file whole, in a worker if there can be one. Throws a {@link ReadError}; an aborted signal's reason. */
export async function readInWorker(file: Blob, options: ReadOptions = {}): Promise<FileReading> {
  const open = await openFile(file, options);
  try {
    return await open.ask('whole');
  } finally {
    open.close();
  }
}
