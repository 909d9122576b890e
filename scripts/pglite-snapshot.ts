import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { seedFiles, seedScripts } from './backend/seed.ts';
import { migratedPglite, schemaFiles } from './pglite-database.ts';

const folder = new URL('../demo/generated/', import.meta.url);
const snapshot = new URL('customers.tar.gz', folder);
const stamp = new URL('customers.json', folder);

export interface Snapshot {
  /** Of what the snapshot was made from: part of the database's name in the browser, so that a new one replaces it. */
  version: string;
  file: string;
}

/**
 * Makes `demo/generated/customers.tar.gz`, a Postgres data directory with the migrations and 2,000 customers that
 * PGlite opens in the page, and `customers.json` with its version; kept as long as nothing it is made from changes.
 */
export async function makeSnapshot({ customers = 2_000 } = {}): Promise<Snapshot> {
  const version = await versionOf(customers);
  const made = { version, file: fileURLToPath(snapshot) };
  const kept = await readFile(stamp, 'utf8').catch(() => '{}');
  if ((JSON.parse(kept) as Partial<Snapshot>).version === version) return made;

  const database = await migratedPglite();
  for (const { text } of await seedScripts({ customers })) await database.exec(text);
  for (const statement of compacting) await database.query(statement);
  const data = await database.dumpDataDir('gzip');
  await database.close();
  await mkdir(folder, { recursive: true });
  await writeFile(snapshot, Buffer.from(await data.arrayBuffer()));
  await writeFile(stamp, JSON.stringify({ version }));
  return made;
}

/** Each on its own, outside a transaction. The last ones leave one log segment, and that one nearly empty. */
const compacting = [
  'vacuum full',
  'vacuum analyze',
  'set wal_recycle = off',
  'checkpoint',
  'select pg_switch_wal()',
  'checkpoint',
];

async function versionOf(customers: number): Promise<string> {
  const scripts = ['pglite-snapshot.ts', 'pglite-database.ts', 'backend/seed.ts', 'backend/people.ts'];
  const files = [
    ...(await schemaFiles()),
    ...(await seedFiles()),
    ...scripts.map((name) => new URL(name, import.meta.url)),
  ];
  const hash = createHash('sha256').update(String(customers));
  for (const file of files) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 12);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version, file } = await makeSnapshot();
  console.log(`${file} ${version}`);
}
