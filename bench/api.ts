import { Agent, request } from 'node:http';
import type { Backend } from '../scripts/backend/start.ts';
import { connect } from '../scripts/backend/postgres.ts';

export interface ApiOptions {
  /** Whose token; the viewer's unless given. */
  token?: string;
  /** Requests in flight at once. */
  connections?: number;
}

/**
 * PostgREST as the signed-in viewer, over one kept connection and with node:http: a client that costs little, so that
 * what is measured is the API.
 */
export class Api {
  readonly siteId: string;
  readonly #url: string;
  readonly #token: string;
  readonly #agent: Agent;

  constructor(backend: Backend, { token = backend.tokens.viewer, connections = 1 }: ApiOptions = {}) {
    this.siteId = backend.siteId;
    this.#url = backend.postgrestUrl;
    this.#token = token;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  rpc<T>(name: string, body: object): Promise<T> {
    return this.#send('POST', `/rpc/${name}`, JSON.stringify(body)) as Promise<T>;
  }

  /** The answer as it is, of a function that answers `text/csv`. */
  text(name: string, body: object): Promise<string> {
    return this.#send('POST', `/rpc/${name}`, JSON.stringify(body), undefined, 'text/csv') as Promise<string>;
  }

  get(pathAndQuery: string, prefer: string): Promise<unknown> {
    return this.#send('GET', pathAndQuery, undefined, prefer);
  }

  send(method: 'POST' | 'PATCH', pathAndQuery: string, body: object): Promise<unknown> {
    return this.#send(method, pathAndQuery, JSON.stringify(body), 'return=minimal');
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(method: string, path: string, body?: string, prefer?: string, accept?: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string> = { authorization: `Bearer ${this.#token}` };
      if (body !== undefined) headers['content-type'] = 'application/json';
      if (prefer !== undefined) headers.prefer = prefer;
      if (accept !== undefined) headers.accept = accept;
      const sent = request(`${this.#url}${path}`, { method, headers, agent: this.#agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          if ((answer.statusCode ?? 500) >= 300)
            reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
          else resolve(accept === undefined && text ? JSON.parse(text) : text);
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}

/** The floor that budgets are ratios to: an RPC that returns one constant, there as long as `run` takes. */
export async function withFloor<T>(
  backend: Backend,
  api: Api,
  run: (floor: () => Promise<unknown>) => Promise<T>,
) {
  const sql = connect(backend.superuserUrl, { max: 1 });
  const floor = () => api.rpc('bench_floor', {});
  try {
    await sql
      .unsafe(
        `
      create or replace function public.bench_floor() returns json language sql immutable
        set search_path = '' as $$ select '{"hello": "world"}'::json $$;
      revoke execute on function public.bench_floor from public, anon;
      grant execute on function public.bench_floor to authenticated;
      notify pgrst, 'reload schema';`,
      )
      .simple();
    for (let waited = 0; ; waited += 100) {
      const known = await floor().then(
        () => true,
        (error: unknown) => (waited < 10_000 ? false : Promise.reject(error as Error)),
      );
      if (known) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    return await run(floor);
  } finally {
    await sql`drop function if exists public.bench_floor()`;
    await sql.end();
  }
}
