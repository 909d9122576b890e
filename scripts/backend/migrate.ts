import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sql } from 'postgres';
import { supabaseCli } from './binaries.ts';
import { run, runAny } from './processes.ts';

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
export const migrationsFolder = join(projectFolder, 'supabase', 'migrations');
const bootstrapFile = join(projectFolder, 'supabase', 'local', 'bootstrap.sql');

/** Who gets what on new tables and functions of `public`: see supabase/local/bootstrap.sql. */
export type DefaultPrivileges = 'legacy' | 'explicit';

/** Gives a bare database what hosted Supabase brings itself. `sql` is one connection of the superuser. */
export async function bootstrap(
  sql: Sql,
  options: { password: string; defaultPrivileges?: DefaultPrivileges },
): Promise<void> {
  const text = await readFile(bootstrapFile, 'utf8');
  await sql.unsafe(`set bootstrap.default_privileges = '${options.defaultPrivileges ?? 'legacy'}'`);
  await sql.unsafe(text).simple();
  await sql.unsafe(`alter role postgres password '${options.password}'`);
  await sql.unsafe(`alter role authenticator password '${options.password}'`);
}

/** Applies supabase/migrations as anyone would: by the Supabase CLI, as the role `postgres`. */
export async function migrate(databaseUrl: string): Promise<void> {
  await run(
    process.execPath,
    [supabaseCli(), '--workdir', projectFolder, 'db', 'push', `--remote=${databaseUrl}`, '--yes'],
    {
      env: cliEnvironment(),
    },
  );
}

/** What `supabase db advisors` finds at WARN and above; `passed` as its exit code says. */
export async function advise(databaseUrl: string): Promise<{ passed: boolean; output: string }> {
  const { code, stdout, stderr } = await runAny(
    process.execPath,
    [
      supabaseCli(),
      '--workdir',
      projectFolder,
      'db',
      'advisors',
      `--remote=${databaseUrl}`,
      '--level',
      'warn',
      '--fail-on',
      'warn',
    ],
    { env: cliEnvironment() },
  );
  return { passed: code === 0, output: stdout + stderr };
}

/** Without PGSSLMODE the CLI prints a warning about the missing encryption into its output. */
function cliEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PGSSLMODE: 'disable' };
}

/** Changes whenever a migration, the bootstrap or one of the `further` files does. */
export async function schemaHash(further: readonly string[] = []): Promise<string> {
  const migrations = (await readdir(migrationsFolder).catch(() => [] as string[]))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => join(migrationsFolder, name));
  const hash = createHash('sha256');
  for (const file of [bootstrapFile, ...migrations, ...further])
    hash.update(file.slice(projectFolder.length)).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}
