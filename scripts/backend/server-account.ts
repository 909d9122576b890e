import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import { projectFolder } from './migrate.ts';
import { runAny } from './processes.ts';

/** Of the operating system. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root. As root we therefore use the account `postgres` where there is one, else `nobody`,
 * which every system has: nothing is added to the system.
 */
export async function serverAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const uid = await runAny('id', ['-u', name]);
    const gid = await runAny('id', ['-g', name]);
    if (uid.code === 0 && gid.code === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('Postgres does not run as root, and there is neither an account "postgres" nor "nobody".');
}

/** The same binaries, copied where the account can run them if the project lies in a folder that only root may enter. */
export async function reachableBinaries(
  binaries: PostgresBinaries,
  account: Account | undefined,
): Promise<PostgresBinaries> {
  if (!account || (await mayEnter(account, dirname(binaries.postgres)))) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const copy = join(await openFolder(), `postgres-${binaries.version}`);
  if (!existsSync(copy)) {
    // Made aside and renamed, so that a second run never sees half of it.
    const aside = `${copy}-${process.pid}`;
    await cp(native, aside, { recursive: true, verbatimSymlinks: true });
    await rename(aside, copy).catch(() => rm(aside, { recursive: true, force: true }));
  }
  const inCopy = (file: string) => join(copy, file.slice(native.length));
  return { ...binaries, initdb: inCopy(binaries.initdb), postgres: inCopy(binaries.postgres) };
}

/** Where kept data lie: under .local, or beside the copied binaries where the server may not enter the project. */
export async function dataRoot(): Promise<string> {
  const account = await serverAccount();
  if (!account || (await mayEnter(account, projectFolder))) return join(projectFolder, '.local', 'postgres');
  return join(await openFolder(), 'data');
}

async function mayEnter(account: Account, folder: string): Promise<boolean> {
  return (await runAny('test', ['-x', folder], { ...account, cwd: '/' })).code === 0;
}

/** A folder of this project's outside of it, which others may enter but only we write. */
async function openFolder(): Promise<string> {
  const project = createHash('sha256').update(projectFolder).digest('hex').slice(0, 12);
  const folder = `/var/tmp/customer-elements-${project}`;
  await mkdir(folder, { recursive: true });
  if ((await lstat(folder)).uid !== 0) throw new Error(`${folder} belongs to someone else; remove it.`);
  await chmod(folder, 0o755);
  return folder;
}
