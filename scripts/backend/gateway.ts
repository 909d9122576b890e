import { Agent, createServer, request } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Gateway {
  url: string;
  stop(): Promise<void>;
}

const prefix = '/rest/v1';

/** Headers that belong to one connection, and those which we answer ourselves. */
const notForwarded = new Set(['host', 'connection', 'keep-alive', 'origin', 'apikey', 'upgrade', 'expect']);

/**
 * What stands before PostgREST at Supabase, as thin as it can be: it looks at the `apikey` header, answers CORS, and
 * hands everything under /rest/v1 on, unread.
 */
export async function startGateway(options: {
  port: number;
  /** Whether another port will do where this one is taken. */
  anyPort: boolean;
  postgrestPort: number;
  keys: readonly string[];
}): Promise<Gateway> {
  const agent = new Agent({ keepAlive: true, maxSockets: 100, scheduling: 'lifo' });
  const keys = new Set(options.keys);
  const server = createServer((asked, answer) => {
    if (asked.method === 'OPTIONS') return preflight(asked, answer);
    const url = asked.url ?? '/';
    if (url !== prefix && !url.startsWith(`${prefix}/`) && !url.startsWith(`${prefix}?`)) {
      return refuse(answer, 404, { message: 'no Route matched with those values' });
    }
    const key = asked.headers['apikey'] ?? new URL(url, 'http://gateway').searchParams.get('apikey');
    if (!key) {
      return refuse(answer, 401, {
        message: 'No API key found in request',
        hint: 'No `apikey` request header or url param was found.',
      });
    }
    if (typeof key !== 'string' || !keys.has(key)) {
      return refuse(answer, 401, {
        message: 'Invalid API key',
        hint: 'Double check your Supabase `anon` or `service_role` API key.',
      });
    }
    forward(asked, answer, { agent, port: options.postgrestPort, path: upstreamPath(url), key });
  });
  server.keepAliveTimeout = 60_000;
  await listen(server, options.port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    if (!options.anyPort) throw new Error(`Port ${options.port} is taken; choose another with --port.`);
    return listen(server, 0);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        agent.destroy();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function upstreamPath(url: string): string {
  const path = url.slice(prefix.length);
  if (!path.includes('apikey=')) return path.startsWith('/') ? path : `/${path}`;
  const parsed = new URL(path || '/', 'http://gateway');
  parsed.searchParams.delete('apikey');
  return parsed.pathname + parsed.search;
}

function forward(
  asked: IncomingMessage,
  answer: ServerResponse,
  to: { agent: Agent; port: number; path: string; key: string },
): void {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(asked.headers)) {
    if (!notForwarded.has(name) && value !== undefined) headers[name] = value;
  }
  headers.authorization ??= `Bearer ${to.key}`;
  const upstream = request(
    { host: '127.0.0.1', port: to.port, method: asked.method, path: to.path, headers, agent: to.agent },
    (response) => {
      const theirs = { ...response.headers };
      delete theirs.connection;
      delete theirs['keep-alive'];
      answer.writeHead(response.statusCode ?? 502, response.statusMessage, { ...theirs, ...cors });
      // Ended in the middle, it must not look like a long wait.
      response.once('error', () => answer.destroy());
      response.pipe(answer);
    },
  );
  upstream.setNoDelay(true);
  upstream.once('error', () => {
    if (answer.headersSent) answer.destroy();
    else refuse(answer, 503, { message: 'The database API does not answer.' });
  });
  // The caller has hung up: PostgREST need not go on either.
  answer.once('close', () => {
    if (!answer.writableFinished) upstream.destroy();
  });
  asked.pipe(upstream);
}

const cors = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit, Preference-Applied',
};

function preflight(asked: IncomingMessage, answer: ServerResponse): void {
  answer.writeHead(200, {
    ...cors,
    'access-control-allow-methods': 'GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS',
    'access-control-allow-headers':
      asked.headers['access-control-request-headers'] ??
      'apikey, authorization, content-type, prefer, x-client-info',
    'access-control-max-age': '3600',
    'content-length': '0',
  });
  answer.end();
}

function refuse(answer: ServerResponse, status: number, body: { message: string; hint?: string }): void {
  const text = JSON.stringify(body);
  answer.writeHead(status, {
    ...cors,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  answer.end(text);
}
