import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sql } from 'postgres';
import { otherSiteId, people, siteId, smallSiteId } from './people.ts';
import { connect } from './postgres.ts';

const seedFolder = fileURLToPath(new URL('../../supabase/local/seed/', import.meta.url));

/** The SQL files of the seed, in their order. */
export async function seedFiles(): Promise<string[]> {
  const names = (await readdir(seedFolder)).filter((name) => name.endsWith('.sql')).sort();
  return names.map((name) => join(seedFolder, name));
}

export interface SeedOptions {
  /** Of the main shop. */
  customers: number;
  /** Instead of the current hour: what dates are relative to, as an ISO date. */
  now?: string;
}

/**
 * The seed as scripts to be run one after the other in one session, on a migrated and empty database, by a role that
 * row-level security doesn't bind. They need no superuser and run in PGlite too.
 */
export async function seedScripts(options: SeedOptions): Promise<{ name: string; text: string }[]> {
  const scripts = await Promise.all(
    (await seedFiles()).map(async (file) => ({
      name: file.slice(seedFolder.length),
      text: await readFile(file, 'utf8'),
    })),
  );
  scripts.splice(1, 0, { name: '11_shops.sql', text: shops(options) });
  return scripts;
}

/** From this many customers on, the database gets 100 small shops too. */
const large = 100_000;

function shops({ customers, now }: SeedOptions): string {
  const rows = [
    [siteId, 'Papier & Feder', customers, 'EUR', 'Europe/Berlin'],
    [otherSiteId, 'The Other Shop', Math.min(50, customers), 'USD', 'UTC'],
  ];
  if (customers >= large) {
    for (let number = 1; number <= 100; number++) {
      rows.push([smallSiteId(number), `Small shop ${number}`, 1_000, 'USD', 'America/New_York']);
    }
  }
  const values = rows.map(
    ([id, name, count, currency, zone], index) =>
      `('${id}'::uuid, ${index + 1}::bigint, '${name}', ${count}, '${currency}', '${zone}')`,
  );
  const staff = Object.values(people).map(
    ({ id, siteId: site, role, displayName, email }) =>
      `('${id}'::uuid, '${site}'::uuid, '${role}', '${displayName}', '${email}')`,
  );
  return `
    ${now ? `set seed.now = '${now}';` : ''}
    create table seed.shops (site_id uuid, number bigint, name text, customers int, currency text, time_zone text);
    insert into seed.shops values ${values.join(', ')};
    create table seed.staff (id uuid, site_id uuid, role text, display_name text, email text);
    insert into seed.staff values ${staff.join(', ')};
    create table seed.agency (id uuid, name text);
    insert into seed.agency values ('0190c1b0-0000-7000-8000-0000000000a0', 'Seed agency');
    analyze seed.shops;`;
}

/**
 * Seeds as the superuser: without triggers, by two connections, and with the secondary indexes rebuilt afterwards, so
 * that a million customers take minutes. The data are the same as without all this.
 */
export async function seed(
  url: string,
  options: SeedOptions,
  onScript: (name: string) => void = () => undefined,
): Promise<void> {
  const lanes = [connect(url, { max: 1 }), connect(url, { max: 1 })] as const;
  const scripts = await seedScripts(options);
  const runAll = async (sql: Sql, select: (name: string) => boolean) => {
    for (const { name, text } of scripts) {
      if (!select(name)) continue;
      await sql
        .unsafe(text)
        .simple()
        .catch((error: unknown) => {
          throw new Error(`The seed's ${name} failed: ${(error as Error).message}`, { cause: error });
        });
      onScript(name);
    }
  };
  try {
    for (const sql of lanes) await sql.unsafe(sessionSettings).simple();
    const [first, second] = lanes;
    const indexes = await dropSecondaryIndexes(first);
    await runAll(first, (name) => name < '50');
    await Promise.all([
      runAll(first, (name) => name.startsWith('50')),
      runAll(second, (name) => name > '51' && name < '60'),
    ]);
    // One connection takes the slowest, the search index; it stands first.
    await Promise.all(
      lanes.map(async (sql) => {
        for (let index = indexes.shift(); index; index = indexes.shift()) await sql.unsafe(index);
      }),
    );
    await first.unsafe('analyze');
    onScript('indexes');
    await runAll(first, (name) => name >= '60');
    await first.unsafe('reset all');
    await first.unsafe('vacuum analyze');
    onScript('vacuum');
  } finally {
    await Promise.all(lanes.map((sql) => sql.end()));
  }
}

const sessionSettings = `
  set session_replication_role = replica;
  set synchronous_commit = off;
  set work_mem = '256MB';
  set maintenance_work_mem = '512MB';
  set statement_timeout = 0;`;

/** Drops the indexes of our tables that carry no constraint; answers how to make them again, the largest first. */
async function dropSecondaryIndexes(sql: Sql): Promise<string[]> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_class index_class on index_class.oid = i.indexrelid
    join pg_am am on am.oid = index_class.relam
    where n.nspname = 'public' and c.relname like 'mod\_ecommod01\_%'
      and not exists (select from pg_constraint where conindid = i.indexrelid)
    order by am.amname = 'gin' desc, pg_get_indexdef(i.indexrelid) like '%gin_trgm_ops%' desc, 1`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return indexes.map(({ definition }) => definition);
}
