import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import postgres, { type Sql } from 'postgres';
import type { PostgresBinaries } from './binaries.ts';
import { end, failure, isAlive, pidOf, run, runAny, runs } from './processes.ts';
import { reachableBinaries, serverAccount, type Account } from './server-account.ts';

/** The cluster's superuser; hosted Supabase keeps this one for itself. */
export const superuser = 'supabase_admin';

/** Of all roles that log in. The server listens on 127.0.0.1 only. */
export const password = 'postgres';

export interface Postgres {
  port: number;
  pid: number;
  version: number;
  /** A connection string for one of the roles and databases of this server. */
  urlFor(role: string, database?: string): string;
  stop(): Promise<void>;
  /** Without a word to anybody, as the system does when memory runs out. */
  kill(): Promise<void>;
}

export interface PostgresOptions {
  binaries: PostgresBinaries;
  /** Made by initdb if it is empty or missing. */
  dataDirectory: string;
  port: number;
  /** False gives up safety at a power cut for speed; for data that a test throws away. */
  durable?: boolean;
}

/** Starts a Postgres server as a child of this process, making its data directory first where there is none. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDirectory, port } = options;
  const account = await serverAccount();
  const binaries = await reachableBinaries(options.binaries, account);
  await mkdir(dataDirectory, { recursive: true });
  if (account) await chown(dataDirectory, account.uid, account.gid);
  await chmod(dataDirectory, 0o700);
  if (!existsSync(join(dataDirectory, 'PG_VERSION'))) await initialise(binaries, dataDirectory, account);
  await stopLeftOver(dataDirectory);

  const settings = Object.entries(serverSettings(options)).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(binaries.postgres, ['-D', dataDirectory, '-p', String(port), ...settings], {
    ...account,
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (log = (log + text).slice(-10_000)));
  const ended = failure(child, () => `Postgres did not start:\n${log}`);

  const urlFor = (role: string, database = 'postgres') =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
  await Promise.race([ended, untilItAnswers(urlFor(superuser), child)]);
  return {
    port,
    pid: pidOf(child),
    version: binaries.version,
    urlFor,
    stop: () => end(child, 'SIGINT', 30_000),
    kill: () => killTree(child),
  };
}

/** A server without its head goes on with what it is doing and holds its memory, so that none can be started anew. */
async function killTree(child: ChildProcess): Promise<void> {
  const { stdout } = await runAny('ps', ['-A', '-o', 'pid=,ppid=']);
  const pids = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (pid !== undefined && parent === child.pid ? [pid] : []));
  await end(child, 'SIGKILL');
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
  // Not for ever: where nobody reaps orphans, they keep their numbers.
  for (let waited = 0; waited < 2_000 && pids.some(isAlive); waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

async function initialise(
  binaries: PostgresBinaries,
  dataDirectory: string,
  account: Account | undefined,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-elements-'));
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  if (account) {
    await chown(folder, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  // The plain C locale knows no letters beyond ASCII: lower() and trigrams would ignore them.
  const locale =
    binaries.version >= 17 ? ['--locale-provider=builtin', '--locale=C.UTF-8'] : ['--locale=C.UTF-8'];
  try {
    await run(
      binaries.initdb,
      [
        `--pgdata=${dataDirectory}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        ...locale,
        '--no-sync',
      ],
      { ...account, cwd: '/', env: serverEnvironment() },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The system's own locale may be missing or unsupported; messages are read by no one but developers. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' };
}

function serverSettings({ durable = true }: PostgresOptions): Record<string, string | number> {
  const megabytes = Math.floor(totalmem() / 2 ** 20);
  const buffers = Math.max(32, Math.min(1024, Math.floor(megabytes / 8)));
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 60,
    shared_buffers: `${buffers}MB`,
    effective_cache_size: `${Math.floor(megabytes / 2)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: `${Math.max(64, Math.min(512, Math.floor(megabytes / 16)))}MB`,
    random_page_cost: 1.1,
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    wal_level: 'minimal',
    max_wal_senders: 0,
    timezone: 'UTC',
    log_min_messages: 'fatal',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}

/** Removes a data directory, also one that a killed run's server still works on. */
export async function removeCluster(dataDirectory: string): Promise<void> {
  await stopLeftOver(dataDirectory);
  await rm(dataDirectory, { recursive: true, force: true });
}

/** Ends the server that a killed run has left on this data directory; Postgres clears a stale lock file itself. */
async function stopLeftOver(dataDirectory: string): Promise<void> {
  const file = join(dataDirectory, 'postmaster.pid');
  if (!existsSync(file)) return;
  const [firstLine] = (await readFile(file, 'utf8')).split('\n');
  const pid = Number(firstLine);
  if (!(pid > 1) || !isAlive(pid)) return;
  if (!(await isPostgres(pid))) {
    // After a restart of the machine or container, some other process may have got the number.
    await rm(file);
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let waited = 0; existsSync(file); waited += 100) {
    if (waited > 30_000)
      throw new Error(`Postgres (process ${pid}) still runs on ${dataDirectory}; end it first.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const { stdout } = await runAny('ps', ['-o', 'comm=', '-p', String(pid)]).catch(() => ({
    stdout: 'postgres',
  }));
  return stdout.includes('postgres');
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  while (runs(child)) {
    const sql = connect(url, { max: 1, connect_timeout: 2 });
    try {
      await sql`select 1`;
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

/** A client that keeps quiet about notices. */
export function connect(url: string, options: postgres.Options<Record<string, never>> = {}): Sql {
  return postgres(url, { onnotice: () => undefined, ...options });
}
