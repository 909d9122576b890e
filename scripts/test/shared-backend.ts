import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBackend, type Backend } from '../backend/start.ts';

/** One backend for all tests, started when the first of them asks. */
export interface SharedBackend {
  /** Where a node test gets its addresses and tokens. */
  url: string;
  get(): Promise<Backend>;
  stop(): Promise<void>;
}

export async function shareBackend(): Promise<SharedBackend> {
  let starting: Promise<Backend> | undefined;
  const get = () => (starting ??= startBackend({ fresh: true }));
  const server = createServer((_, answer) => {
    get().then(
      (backend) => answer.setHeader('content-type', 'application/json').end(JSON.stringify(backend)),
      (error: unknown) => answer.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get,
    async stop() {
      server.close();
      server.closeAllConnections();
      await (await starting?.catch(() => undefined))?.stop();
    },
  };
}
