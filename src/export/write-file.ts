import { ExportError, type ExportErrorCode } from './export-error.ts';
import type { ExportMethod } from './export-host.ts';
import type { ExportTask } from './export-session.ts';

export interface ExportRequest {
  id: number;
  method: ExportMethod;
  value: unknown;
}
export type ExportAnswer =
  | { id: number; value: unknown; failure?: never }
  | { id: number; failure: { code: ExportErrorCode; detail: string } };

/** A file that is written as it comes. All of it rejects with an {@link ExportError}. */
export interface ExportFile {
  /** Takes the next chunk. Answers when one more may come, which is before this one is on the disk. */
  write(chunk: string): Promise<void>;
  /** Everything is on the disk: how many rows, and the file where the person still has to be given it. */
  close(): Promise<{ rows: number; file: Blob | undefined }>;
  /** Takes back what is written. */
  discard(): Promise<void>;
}

type Ask = (method: ExportMethod, value?: unknown) => Promise<unknown>;

/** Chunks that may wait to be written while others are fetched. */
const mostWaiting = 2;

/**
 * Begins a file in a worker, or in the page where a worker can't be made: a script from another origin, a policy that
 * forbids it.
 */
export async function writeFile(task: ExportTask): Promise<ExportFile> {
  const worker = startWorker();
  if (worker) {
    try {
      await worker.ask('open', task);
      return fileOf(worker.ask, worker.end);
    } catch (error) {
      worker.end();
      if (!(error instanceof WorkerFailure)) throw error;
    }
  }
  const { ExportHost } = await import('./export-host.ts');
  const host = new ExportHost();
  const ask: Ask = (method, value) =>
    host.ask(method, value).catch((error: unknown) => {
      throw error instanceof ExportError ? error : new ExportError('storage_failed', String(error));
    });
  await ask('open', task);
  return fileOf(ask, () => undefined);
}

function fileOf(ask: Ask, end: () => void): ExportFile {
  const waiting: Promise<unknown>[] = [];
  let closed: Awaited<ReturnType<ExportFile['close']>> | undefined;
  return {
    async write(chunk) {
      const written = ask('write', chunk);
      written.catch(() => undefined);
      waiting.push(written);
      if (waiting.length > mostWaiting) await waiting.shift();
    },
    async close() {
      closed ??= (await ask('close')) as NonNullable<typeof closed>;
      end();
      return closed;
    },
    async discard() {
      await ask('discard').catch(() => undefined);
      end();
    },
  };
}

/** The script did not load, or broke down. */
class WorkerFailure extends ExportError {
  constructor(reason: string) {
    super('storage_failed', reason);
  }
}

function startWorker(): { ask: Ask; end: () => void } | undefined {
  let worker: Worker;
  try {
    worker = new Worker(new URL('./export-worker.ts', import.meta.url), {
      type: 'module',
      name: 'customer-export',
    });
  } catch {
    return undefined;
  }
  const asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let lastId = 0;
  let failure: WorkerFailure | undefined;
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    failure = new WorkerFailure(event.message);
    for (const { reject } of asked.values()) reject(failure);
    asked.clear();
  });
  worker.addEventListener('message', ({ data }: MessageEvent<ExportAnswer>) => {
    const asker = asked.get(data.id);
    asked.delete(data.id);
    if (data.failure) asker?.reject(new ExportError(data.failure.code, data.failure.detail));
    else asker?.resolve(data.value);
  });
  return {
    ask: (method, value) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure);
        const id = ++lastId;
        asked.set(id, { resolve, reject });
        worker.postMessage({ id, method, value } satisfies ExportRequest);
      }),
    end: () => worker.terminate(),
  };
}
