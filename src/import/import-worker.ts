import { ReadError } from './read-error.ts';
import { SessionHost, type SessionMethod } from './session-host.ts';
import type { WorkerAnswer, WorkerRequest } from './open-file.ts';

const answer = (message: WorkerAnswer): void => self.postMessage(message);
const host = new SessionHost((read, size) => answer({ kind: 'progress', read, size }));

self.addEventListener('message', (event: MessageEvent<WorkerRequest>) => {
  const { id, method, values } = event.data;
  const ask = host.ask as (method: SessionMethod, ...values: unknown[]) => Promise<unknown>;
  ask.call(host, method, ...values).then(
    (value) => answer({ kind: 'answer', id, value }),
    (error: unknown) => {
      const isAborted = error instanceof DOMException && error.name === 'AbortError';
      const known = error instanceof ReadError ? error : new ReadError('unreadable', String(error));
      answer({ kind: 'error', id, code: known.code, detail: known.detail, isAborted });
    },
  );
});
