import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sql } from 'postgres';
import { otherSiteId, people, siteId, smallSiteId } from './people.ts';

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
  scripts.splice(1, 0, { name: 'shops', text: shops(options) });
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
 * Seeds by one connection of the superuser: without triggers and with the secondary indexes rebuilt afterwards, so that
 * a million customers take minutes. The data are the same as without these.
 */
export async function seed(
  sql: Sql,
  options: SeedOptions,
  onScript: (name: string) => void = () => undefined,
): Promise<void> {
  await sql.unsafe(`
    set session_replication_role = replica;
    set synchronous_commit = off;
    set work_mem = '256MB';
    set maintenance_work_mem = '512MB';
    set statement_timeout = 0;`);
  const indexes = await dropSecondaryIndexes(sql);
  for (const { name, text } of await seedScripts(options)) {
    onScript(name);
    if (name.startsWith('50')) {
      for (const definition of indexes) await sql.unsafe(definition);
      await sql.unsafe('analyze');
    }
    await sql.unsafe(text).simple();
  }
  onScript('vacuum');
  await sql.unsafe('reset all').simple();
  await sql.unsafe('vacuum analyze');
}

/** Drops the indexes of our tables that carry no constraint, and answers how to make them again. */
async function dropSecondaryIndexes(sql: Sql): Promise<string[]> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relname like 'mod\_ecommod01\_%'
      and not exists (select from pg_constraint where conindid = i.indexrelid)
      and not exists (select from pg_depend d where d.refobjid = i.indexrelid)
    order by 1`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  return indexes.map(({ definition }) => definition);
}
