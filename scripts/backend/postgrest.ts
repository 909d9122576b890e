import { spawn, type ChildProcess } from 'node:child_process';
import { Agent, request } from 'node:http';
import { postgrest } from './binaries.ts';
import { end, failure, pidOf, runs } from './processes.ts';
import { jwtSecret } from './tokens.ts';

export interface PostgRest {
  url: string;
  port: number;
  pid: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts PostgREST with the settings of a hosted project and waits until it has read the schema. */
export async function startPostgRest(options: { databaseUrl: string; port: number }): Promise<PostgRest> {
  const child = spawn(postgrest(), [], {
    env: {
      PATH: process.env.PATH,
      PGRST_DB_URI: options.databaseUrl,
      PGRST_DB_SCHEMAS: 'public',
      PGRST_DB_EXTRA_SEARCH_PATH: 'public,extensions',
      PGRST_DB_ANON_ROLE: 'anon',
      PGRST_DB_MAX_ROWS: '1000',
      PGRST_DB_POOL: '10',
      PGRST_JWT_SECRET: jwtSecret,
      PGRST_LOG_LEVEL: 'crit',
      PGRST_SERVER_HOST: '127.0.0.1',
      PGRST_SERVER_PORT: String(options.port),
      LC_ALL: 'C.UTF-8',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-10_000)));
  const ended = failure(child, () => `PostgREST did not start:\n${log}`);

  const url = `http://127.0.0.1:${options.port}`;
  await Promise.race([ended, untilReady(url, child)]);
  return {
    url,
    port: options.port,
    pid: pidOf(child),
    stop: () => end(child, 'SIGTERM', 5_000),
    kill: () => end(child, 'SIGKILL'),
  };
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  const agent = new Agent();
  while (runs(child) && (await status(url, agent)) >= 400)
    await new Promise((resolve) => setTimeout(resolve, 30));
  agent.destroy();
}

/** 503 until the schema is loaded; 599 stands for a refused connection. */
function status(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve) => {
    const ask = request(url, { method: 'HEAD', agent }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 599);
    });
    ask.once('error', () => resolve(599));
    ask.end();
  });
}
