import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, runAny } from './processes.ts';
import { dataRoot } from './server-account.ts';

/** A data directory that this process alone uses, and what is known of its content. */
export interface Data {
  directory: string;
  /** Whether it holds what `content` names, complete. */
  ready: boolean;
  markReady(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Data that stay from run to run, see `dataRoot`: one folder per number of customers. A run that finds the
 * folder in use takes the next one, so several can run side by side. Data of another `content` are thrown away.
 */
export async function keptData(options: {
  root?: string;
  customers: number;
  content: string;
}): Promise<Data> {
  const root = options.root ?? (await dataRoot());
  await mkdir(root, { recursive: true });
  for (let number = 1; ; number++) {
    const folder = join(root, number === 1 ? `${options.customers}` : `${options.customers}-${number}`);
    await mkdir(folder, { recursive: true });
    const lock = join(folder, 'lock');
    if (!(await takeLock(lock))) continue;
    const directory = join(folder, 'data');
    const label = join(folder, 'content');
    const ready = existsSync(label) && (await readFile(label, 'utf8')) === options.content;
    if (!ready) {
      await rm(label, { force: true });
    }
    return {
      directory,
      ready,
      markReady: () => writeFile(label, options.content),
      release: () => rm(lock, { force: true }),
    };
  }
}

/** Data of one run, gone when it ends. */
export async function temporaryData(): Promise<Data> {
  const folder = await mkdtemp(join(tmpdir(), 'customer-elements-'));
  // Postgres may run as another account, see postgres.ts, and must get through.
  await chmod(folder, 0o755);
  return {
    directory: join(folder, 'data'),
    ready: false,
    markReady: () => Promise.resolve(),
    release: () => rm(folder, { recursive: true, force: true }),
  };
}

/** True when the lock is ours now; a lock whose process is gone is no lock. */
async function takeLock(file: string): Promise<boolean> {
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => '0'));
    if (holder > 1 && isAlive(holder) && (await isNode(holder))) return false;
    await rm(file, { force: true });
  }
}

/** After a restart of the machine or container, some other process may have got the number. */
async function isNode(pid: number): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const { stdout } = await runAny('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({
    stdout: 'node',
  }));
  return stdout.includes('node');
}
