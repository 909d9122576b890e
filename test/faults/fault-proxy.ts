import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What can happen to one request. */
export const faults = [
  /** The connection breaks before the server has heard of it. */
  'reset',
  /** The server has done it, and the connection breaks before a word of the answer. */
  'answer lost',
  /** The same in the middle of the answer. */
  'answer cut',
  /** A proxy's own page, in HTML. */
  'error 500',
  /** The server has done it, and a proxy says that it hasn't. */
  'error 502 after',
  /** A page of somebody else's in place of the answer, who says that all is well: a hotel's log-in. */
  'wrong page',
  /** 429 with `Retry-After`. */
  'too many',
  /** Nothing comes back, and nothing has arrived. */
  'hang',
  /** Nothing comes back, though the server has done it. */
  'hang after',
  /** The token has just expired. */
  'expired',
] as const;
export type Fault = (typeof faults)[number];

/** What happens to the nth request, counted from 0. */
export type Schedule = (number: number) => Fault | undefined;

export interface FaultProxy {
  url: string;
  /** How many requests have come since the schedule began. */
  readonly count: number;
  /** How many of them have met a fault. */
  readonly failed: number;
  /** Begins to count anew. */
  follow(schedule: Schedule): void;
  /** Is called when a request has just been handed on, before its answer. */
  onForwarded: (number: number) => void;
  /** Is called when the server has answered a request, whether or not the answer goes on. */
  onAnswered: (number: number) => void;
  stop(): void;
}

/** Stands between a client and the API, hands on what it gets, and does to it what the schedule says. */
export async function startFaultProxy(
  target: string,
  { expiredToken, retryAfter = 1 }: { expiredToken: string; retryAfter?: number },
): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  let schedule: Schedule = () => undefined;
  let count = 0;
  let failed = 0;

  const server = createServer((asked, answer) => {
    const number = count++;
    const fault = schedule(number);
    if (fault) failed++;
    void handle(asked, answer, number, fault).catch(() => answer.destroy());
  });

  async function handle(asked: IncomingMessage, answer: ServerResponse, number: number, fault?: Fault) {
    const body = await text(asked);
    if (fault === 'reset') return reset(answer);
    if (fault === 'hang') return;
    if (fault === 'error 500') return page(answer, 500);
    if (fault === 'wrong page') return page(answer, 200);
    if (fault === 'too many') return page(answer, 429, { 'retry-after': String(retryAfter) });
    const headers = { ...asked.headers };
    delete headers.host;
    if (fault === 'expired') headers.authorization = `Bearer ${expiredToken}`;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const upstream = request(`${target}${asked.url ?? '/'}`, { method: asked.method, headers, agent });
      upstream.once('response', resolve).once('error', reject);
      upstream.end(body);
      proxy.onForwarded(number);
    });
    const content = Buffer.from(await text(response), 'utf8');
    proxy.onAnswered(number);
    if (fault === 'answer lost') return reset(answer);
    if (fault === 'hang after') return;
    if (fault === 'error 502 after') return page(answer, 502);
    const theirs = { ...response.headers, 'content-length': String(content.length) };
    delete theirs['transfer-encoding'];
    answer.writeHead(response.statusCode ?? 502, theirs);
    if (fault !== 'answer cut') return void answer.end(content);
    answer.write(content.subarray(0, Math.floor(content.length / 2)), () => reset(answer));
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get count() {
      return count;
    },
    get failed() {
      return failed;
    },
    follow(next) {
      schedule = next;
      count = 0;
      failed = 0;
    },
    onForwarded: () => undefined,
    onAnswered: () => undefined,
    stop() {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
  return proxy;
}

const reset = (answer: ServerResponse): void => void answer.socket?.resetAndDestroy();

function page(answer: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  const html = `<!DOCTYPE html><html><body><h1>${status}</h1><p>cloud proxy</p></body></html>`;
  answer.writeHead(status, { 'content-type': 'text/html', ...headers }).end(html);
}
