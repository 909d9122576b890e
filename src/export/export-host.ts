import { ExportSession, type ExportTask } from './export-session.ts';

/** What can be asked of a file that is written; each may cross a worker's border. */
export interface ExportRequests {
  open: (task: ExportTask) => undefined;
  write: (chunk: string) => undefined;
  close: () => { rows: number; file: Blob | undefined };
  discard: () => undefined;
}
export type ExportMethod = keyof ExportRequests;

/** Writes one file, one request after the other; once one has failed, all others fail the same way. */
export class ExportHost {
  #session: ExportSession | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  ask(method: ExportMethod, value?: unknown): Promise<unknown> {
    // Taken back even where it could not be written.
    const before = method === 'discard' ? this.#queue.catch(() => undefined) : this.#queue;
    const answer = before.then(() => this.#answer(method, value));
    this.#queue = answer;
    answer.catch(() => undefined);
    return answer;
  }

  async #answer(method: ExportMethod, value: unknown): Promise<unknown> {
    if (method === 'open') {
      this.#session = await ExportSession.open(value as ExportTask);
      return undefined;
    }
    if (method === 'discard') return await this.#session?.discard();
    if (!this.#session) throw new Error('No file is open.');
    return method === 'write' ? await this.#session.write(value as string) : await this.#session.close();
  }
}
