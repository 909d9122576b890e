import { isAdapterError } from '../../adapter/errors.ts';
import { openPglite } from './open-pglite.ts';
import { pgliteTransport } from './pglite-adapter.ts';
import {
  channelName,
  type DatabaseMessage,
  type OpenMessage,
  type PageMessage,
  type PlainError,
} from './protocol.ts';

// One worker per page, but one database for all of them: the worker that has the lock opens it and answers every
// page, the others wait until it is gone. PGlite's own multi-tab worker isn't used, since it loses the SQLSTATE of
// an error and writes it to the console (electric-sql/pglite, packages/pglite/src/worker/index.ts).

addEventListener(
  'message',
  ({ data }: MessageEvent<OpenMessage>) => {
    void navigator.locks.request(channelName(data.name), () => serve(data));
  },
  { once: true },
);

async function serve({ name, snapshotUrl }: OpenMessage): Promise<void> {
  const channel = new BroadcastChannel(channelName(name));
  const post = (message: DatabaseMessage) => channel.postMessage(message);
  const ready = { to: 'pages', is: 'ready', worker: crypto.randomUUID() } as const;
  try {
    const database = await openPglite({ name, snapshotUrl });
    const running = new Map<string, AbortController>();
    channel.onmessage = async ({ data }: MessageEvent<PageMessage>) => {
      if (data.to !== 'database') return;
      if (data.is === 'hello') return post(ready);
      if (data.is === 'cancel') return running.get(data.id)?.abort();
      const { id } = data;
      const abort = new AbortController();
      running.set(id, abort);
      try {
        const answer = await pgliteTransport(database, data.userId)(data.name, data.args, abort);
        post({ to: 'pages', is: 'answer', id, answer });
      } catch (error) {
        post({ to: 'pages', is: 'error', id, error: plain(error) });
      } finally {
        running.delete(id);
      }
    };
    post(ready);
    // The lock is held, and with it the database, for as long as this worker lives.
    await new Promise(() => undefined);
  } catch (error) {
    const broken: DatabaseMessage = { to: 'pages', is: 'broken', message: textOf(error) };
    channel.onmessage = () => post(broken);
    post(broken);
    await new Promise(() => undefined);
  }
}

/** Emscripten throws objects that are no errors. */
const textOf = (error: unknown): string => (error instanceof Error ? String(error) : JSON.stringify(error));

function plain(error: unknown): PlainError {
  if (!isAdapterError(error)) {
    return { code: 'unavailable', message: textOf(error) };
  }
  // The message of an error is not enumerable.
  return { ...(JSON.parse(JSON.stringify(error)) as PlainError), message: error.message };
}
