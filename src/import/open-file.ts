import { ReadError, type ReadErrorCode } from './read-error.ts';
import type { SessionHost, SessionMethod, SessionRequests } from './session-host.ts';
import type { ImportOverview, OpenOptions } from './session.ts';

export interface WorkerRequest {
  id: number;
  method: SessionMethod;
  values: unknown[];
}
export type WorkerAnswer =
  | { kind: 'progress'; read: number; size: number }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'error'; id: number; code: ReadErrorCode; detail: string; isAborted: boolean };

/** A file that is open in a worker: ask it for pages, have it check anew, close it when done. */
export interface OpenFile {
  /** As the last check left it. */
  readonly overview: ImportOverview;
  /**
   * Sends a request; `recheck` and `open` renew {@link overview}. A newer `recheck` ends an older one, which then
   * rejects with an AbortError.
   */
  ask<Method extends SessionMethod>(
    method: Method,
    ...values: Parameters<SessionRequests[Method]>
  ): Promise<ReturnType<SessionRequests[Method]>>;
  close(): void;
}

/**
 * Opens a file in a worker, or in the page where a worker can't be made: a script from another origin, a policy that
 * forbids it. Throws a {@link ReadError}; an aborted signal's reason.
 */
export async function openFile(file: Blob, options: OpenOptions = {}): Promise<OpenFile> {
  const { signal, onProgress = () => undefined, ...rest } = options;
  signal?.throwIfAborted();
  const worker = startWorker(onProgress);
  try {
    if (worker) return await opened(worker, file, rest, signal);
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error;
  }
  return await opened(await startHere(onProgress), file, rest, signal);
}

interface Host {
  ask(method: SessionMethod, values: unknown[]): Promise<unknown>;
  close(): void;
}

/** The script did not load or broke down, which says nothing about the file. */
class WorkerFailure extends Error {}

async function opened(
  host: Host,
  file: Blob,
  options: Parameters<SessionRequests['open']>[1],
  signal: AbortSignal | undefined,
): Promise<OpenFile> {
  const asked = host.ask('open', [file, options]) as Promise<ImportOverview>;
  const aborted = new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  let overview: ImportOverview;
  try {
    overview = await Promise.race([asked, aborted]);
  } catch (error) {
    asked.catch(() => undefined);
    host.close();
    throw error;
  }
  return {
    get overview() {
      return overview;
    },
    async ask(method, ...values) {
      const answer = await host.ask(method, values);
      if (method === 'open' || method === 'recheck') overview = answer as ImportOverview;
      return answer as never;
    },
    close: () => host.close(),
  };
}

/** Reads in this thread, giving the page its turn between the pieces. */
async function startHere(onProgress: (read: number, size: number) => void): Promise<Host> {
  // Its parsers are a third of the package; pages with a worker never load them here.
  const { SessionHost } = await import('./session-host.ts');
  const host: SessionHost = new SessionHost(onProgress);
  return {
    async ask(method, values) {
      try {
        return await (host.ask as (method: SessionMethod, ...values: unknown[]) => Promise<unknown>).call(
          host,
          method,
          ...values,
        );
      } catch (error) {
        const isAborted = error instanceof DOMException && error.name === 'AbortError';
        throw error instanceof ReadError || isAborted ? error : new ReadError('unreadable', String(error));
      }
    },
    // Ends what is going on: there is nothing to terminate.
    close: () => void host.ask('recheck', {}).catch(() => undefined),
  };
}

function startWorker(onProgress: (read: number, size: number) => void): Host | undefined {
  let worker: Worker;
  try {
    worker = new Worker(new URL('./import-worker.ts', import.meta.url), {
      type: 'module',
      name: 'customer-import',
    });
  } catch {
    return undefined;
  }
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let lastId = 0;
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    for (const { reject } of waiting.values()) reject(new WorkerFailure(event.message));
    waiting.clear();
  });
  worker.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
    if (data.kind === 'progress') return onProgress(data.read, data.size);
    const asker = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.kind === 'answer') asker?.resolve(data.value);
    else if (data.isAborted) asker?.reject(new DOMException('A newer check took over.', 'AbortError'));
    else asker?.reject(new ReadError(data.code, data.detail));
  });
  return {
    ask: (method, values) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, method, values } satisfies WorkerRequest);
      }),
    close() {
      worker.terminate();
      for (const { reject } of waiting.values())
        reject(new DOMException('The file was closed.', 'AbortError'));
      waiting.clear();
    },
  };
}
