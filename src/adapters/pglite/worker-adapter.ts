import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { AdapterError } from '../../adapter/errors.ts';
import { createRpcAdapter, type RpcTransport } from '../rpc.ts';
import { channelName, type DatabaseMessage, type OpenMessage, type PageMessage } from './protocol.ts';
import type { OpenPgliteOptions } from './open-pglite.ts';
import type { PgliteAdapterOptions } from './pglite-adapter.ts';

export interface PgliteWorkerAdapterOptions extends OpenPgliteOptions, PgliteAdapterOptions {
  /** The module worker of `./worker.ts`, where a bundler needs to be told; by default it is started from there. */
  worker?: Worker;
}

/**
 * An adapter over a Postgres in a worker of this page, kept in IndexedDB and shared by all pages of the origin.
 *
 * ```ts
 * const adapter = createPgliteWorkerAdapter({ name: 'demo-1', snapshotUrl: '/customers.tar.gz', siteId, userId });
 * ```
 */
export function createPgliteWorkerAdapter({
  name,
  snapshotUrl,
  siteId,
  userId,
  worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
}: PgliteWorkerAdapterOptions): CustomerAdapter {
  const open: OpenMessage = { name, snapshotUrl: new URL(snapshotUrl, location.href).href };
  worker.postMessage(open);
  return createRpcAdapter(channelTransport(name, userId, worker), { siteId });
}

interface PendingCall {
  call: PageMessage & { is: 'call' };
  resolve: (answer: unknown) => void;
  reject: (error: AdapterError) => void;
}

function channelTransport(name: string, userId: string | null, worker: Worker): RpcTransport {
  const channel = new BroadcastChannel(channelName(name));
  const post = (message: PageMessage) => channel.postMessage(message);
  const pending = new Map<string, PendingCall>();
  let serving: string | undefined;
  let broken: AdapterError | undefined;
  const fail = (hint: string) => {
    broken = new AdapterError('unavailable', 'The database in this browser could not be opened.', { hint });
    for (const { reject } of pending.values()) reject(broken);
  };

  channel.onmessage = ({ data }: MessageEvent<DatabaseMessage>) => {
    if (data.to !== 'pages') return;
    if (data.is === 'answer') pending.get(data.id)?.resolve(data.answer);
    else if (data.is === 'error') {
      pending.get(data.id)?.reject(new AdapterError(data.error.code, data.error.message, data.error));
    } else if (data.is === 'broken') fail(data.message);
    else if (data.worker !== serving) {
      // The first, or the one that follows when the page that held the database is closed: what was under way is
      // sent again, which is harmless since operations and their steps carry ids.
      serving = data.worker;
      for (const { call } of pending.values()) post(call);
    }
  };
  worker.onerror = (event) => fail(`The worker did not start: ${event.message}`);
  post({ to: 'database', is: 'hello' });

  return (rpc, args, { signal }) => {
    const id = crypto.randomUUID();
    const cancel = () => post({ to: 'database', is: 'cancel', id });
    const answered = new Promise<unknown>((resolve, reject) => {
      if (broken) return reject(broken);
      const call = { to: 'database', is: 'call', id, userId, name: rpc, args } as const;
      pending.set(id, { call, resolve, reject });
      signal?.addEventListener('abort', cancel);
      if (serving) post(call);
    });
    return answered.finally(() => {
      pending.delete(id);
      signal?.removeEventListener('abort', cancel);
    });
  };
}
