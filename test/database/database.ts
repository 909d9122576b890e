import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql, TransactionSql } from 'postgres';
import { embeddedPostgres, type PostgresBinaries } from '../../scripts/backend/binaries.ts';
import { temporaryData } from '../../scripts/backend/data.ts';
import { bootstrap, migrationsFolder, type DefaultPrivileges } from '../../scripts/backend/migrate.ts';
import { connect, password, startPostgres, superuser } from '../../scripts/backend/postgres.ts';
import { freePort } from '../../scripts/backend/processes.ts';

export interface TestDatabase {
  /** Who owns everything: the role `postgres`, which runs migrations and is no superuser. */
  owner: Sql;
  /** A connection string of the role `postgres`. */
  url: string;
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  binaries?: PostgresBinaries;
  defaultPrivileges?: DefaultPrivileges;
  /** SQL that the owner runs before the migrations: what a host has already. */
  before?: string;
  migrated?: boolean;
}

/**
 * An empty database with our migrations, on a server of its own that is gone with `close()`. With DATABASE_URL, a
 * superuser's connection string, it is a database on that server instead.
 */
export async function startDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await startServer(options.binaries);
  const name = `customers_${randomBytes(6).toString('hex')}`;
  const maintenance = connect(server.superuserUrl('postgres'), { max: 1 });
  await maintenance.unsafe(`create database ${name}`);
  const first = connect(server.superuserUrl(name), { max: 1 });
  await bootstrap(first, { password, defaultPrivileges: options.defaultPrivileges ?? 'legacy' });
  await first.end();

  const url = new URL(server.superuserUrl(name));
  url.username = 'postgres';
  url.password = password;
  const owner = connect(url.href, { max: 10 });
  const close = async () => {
    await owner.end({ timeout: 5 });
    await maintenance.unsafe(`drop database ${name} with (force)`);
    await maintenance.end();
    await server.stop();
  };
  try {
    if (options.before !== undefined) await owner.unsafe(options.before).simple();
    if (options.migrated !== false) await migrate(owner);
  } catch (error) {
    await close();
    throw error;
  }
  return { owner, url: url.href, close };
}

/** Applies every migration in order, each in a transaction, as the Supabase CLI does. */
export async function migrate(owner: Sql): Promise<void> {
  for (const name of (await readdir(migrationsFolder)).filter((file) => file.endsWith('.sql')).sort()) {
    const text = await readFile(join(migrationsFolder, name), 'utf8');
    await owner.begin((sql) => sql.unsafe(text).simple());
  }
}

/** Runs as an API request would: in a transaction, as `authenticated` with a token of this user, or as `anon`. */
export function as<T>(
  owner: Sql,
  user: string | 'anon',
  run: (sql: TransactionSql) => Promise<T>,
): Promise<T> {
  const role = user === 'anon' ? 'anon' : 'authenticated';
  const claims = user === 'anon' ? { role } : { role, sub: user };
  return owner.begin(async (sql) => {
    await sql.unsafe(`set local role ${role}`);
    await sql`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`;
    return await run(sql);
  }) as Promise<T>;
}

async function startServer(binaries?: PostgresBinaries) {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && binaries === undefined) {
    return {
      superuserUrl: (name: string) => Object.assign(new URL(given), { pathname: `/${name}` }).href,
      stop: () => Promise.resolve(),
    };
  }
  const data = await temporaryData();
  const server = await startPostgres({
    binaries: binaries ?? (await embeddedPostgres()),
    dataDirectory: data.directory,
    port: await freePort(),
    durable: false,
  });
  return {
    superuserUrl: (name: string) => server.urlFor(superuser, name),
    async stop() {
      await server.stop();
      await data.release();
    },
  };
}
