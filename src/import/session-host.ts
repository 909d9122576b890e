import { wholeReading, type FileReading } from './read-file.ts';
import {
  ImportSession,
  type ImportOverview,
  type OpenOptions,
  type RecordBatch,
  type RecordPage,
  type RecordQuery,
} from './session.ts';
import type { CheckSettings, Replacement } from './settings.ts';

/** What can be asked of an open file; each may cross a worker's border. */
export interface SessionRequests {
  /** Again for another encoding, delimiter or sheet: the file is read anew. */
  open: (file: Blob, options: Omit<OpenOptions, 'signal' | 'onProgress'>) => ImportOverview;
  recheck: (settings: CheckSettings) => ImportOverview;
  page: (query: RecordQuery) => RecordPage;
  batch: (from: number, limit: number) => RecordBatch;
  problems: () => ReturnType<ImportSession['problems']>;
  originals: (numbers: readonly number[]) => ReturnType<ImportSession['originals']>;
  matches: (replacement: Replacement) => number;
  whole: () => FileReading;
}
export type SessionMethod = keyof SessionRequests;

/** Answers for one file, one request after the other; a newer check ends one that is still going on. */
export class SessionHost {
  #session: ImportSession | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #going = new AbortController();
  readonly #onProgress: (read: number, size: number) => void;

  constructor(onProgress: (read: number, size: number) => void) {
    this.#onProgress = onProgress;
  }

  ask<Method extends SessionMethod>(
    method: Method,
    ...values: Parameters<SessionRequests[Method]>
  ): Promise<ReturnType<SessionRequests[Method]>> {
    if (method === 'open' || method === 'recheck') {
      this.#going.abort();
      this.#going = new AbortController();
    }
    const { signal } = this.#going;
    const answer = this.#queue.then(() => this.#answer(method, values, signal));
    this.#queue = answer.catch(() => undefined);
    return answer as Promise<ReturnType<SessionRequests[Method]>>;
  }

  async #answer(method: SessionMethod, values: unknown[], signal: AbortSignal): Promise<unknown> {
    signal.throwIfAborted();
    if (method === 'open') {
      const [file, options] = values as Parameters<SessionRequests['open']>;
      this.#session = await ImportSession.open(file, { ...options, signal, onProgress: this.#onProgress });
      return this.#session.overview();
    }
    const session = this.#session;
    if (!session) throw new Error('No file is open.');
    if (method === 'whole') return wholeReading(session);
    if (method === 'recheck') return await session.recheck(values[0] as CheckSettings, signal);
    return (session[method] as (...all: unknown[]) => unknown).apply(session, values);
  }
}
