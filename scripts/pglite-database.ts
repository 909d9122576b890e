import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { readdir, readFile } from 'node:fs/promises';

const project = new URL('../', import.meta.url);
const migrations = new URL('supabase/migrations/', project);

/** PGlite's own `postgres` is a superuser; migrations run as a role with the rights that hosted Supabase gives. */
const owner = 'supabase_owner';

/** What a PGlite database is made from, in the order it is applied. */
export async function schemaFiles(): Promise<URL[]> {
  const names = (await readdir(migrations)).filter((name) => name.endsWith('.sql')).sort();
  return [
    new URL('supabase/local/bootstrap.sql', project),
    ...names.map((name) => new URL(name, migrations)),
  ];
}

/** A Postgres inside this process with our migrations, empty. */
export async function migratedPglite(): Promise<PGlite> {
  const database = await PGlite.create({ extensions: { pg_trgm } });
  const [bootstrap, ...files] = await schemaFiles();
  await database.exec(`set bootstrap.owner = '${owner}'`);
  await database.exec(await readFile(bootstrap as URL, 'utf8'));
  await database.exec(`set role ${owner}; set search_path = "$user", public, extensions`);
  for (const file of files) {
    try {
      await database.exec(`begin; ${await readFile(file, 'utf8')}; commit`);
    } catch (cause) {
      throw new Error(`${file.pathname.slice(project.pathname.length)}: ${(cause as Error).message}`, {
        cause,
      });
    }
  }
  await database.exec('reset role; reset search_path');
  return database;
}
