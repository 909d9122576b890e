import { ReadError, type ReadErrorCode } from './read-error.ts';
import type { FileReading, ReadOptions } from './read-file.ts';

export type WorkerAnswer =
  | { kind: 'progress'; read: number; size: number }
  | { kind: 'reading'; reading: FileReading }
  | { kind: 'error'; code: ReadErrorCode; detail: string };

/**
 * Reads a file in a worker, or in the page where a worker can't be made: a script from another origin, a policy that
 * forbids it. Throws a {@link ReadError}; an aborted signal's reason.
 */
export async function readInWorker(file: Blob, options: ReadOptions = {}): Promise<FileReading> {
  const worker = startWorker();
  if (!worker) return await readHere(file, options);
  try {
    return await askWorker(worker, file, options);
  } catch (error) {
    if (error instanceof WorkerFailure) return await readHere(file, options);
    throw error;
  } finally {
    worker.terminate();
  }
}

/** The script did not load or broke down, which says nothing about the file. */
class WorkerFailure extends Error {}

async function readHere(file: Blob, options: ReadOptions): Promise<FileReading> {
  try {
    // Its parsers are a third of the package; pages with a worker never load them here.
    const { readFile } = await import('./read-file.ts');
    return await readFile(file, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw error instanceof ReadError ? error : new ReadError('unreadable', String(error));
  }
}

function startWorker(): Worker | undefined {
  try {
    return new Worker(new URL('./import-worker.ts', import.meta.url), {
      type: 'module',
      name: 'customer-import',
    });
  } catch {
    return undefined;
  }
}

function askWorker(worker: Worker, file: Blob, { fileName = '', signal, onProgress }: ReadOptions) {
  return new Promise<FileReading>((resolve, reject) => {
    const onAbort = (): void => reject(signal?.reason as Error);
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      reject(new WorkerFailure(event.message));
    });
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
      if (data.kind === 'progress') onProgress?.(data.read, data.size);
      else if (data.kind === 'reading') resolve(data.reading);
      else if (data.kind === 'error') reject(new ReadError(data.code, data.detail));
    });
    worker.postMessage({ file, fileName });
  });
}
