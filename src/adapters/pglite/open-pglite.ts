import { IdbFs, PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

export interface OpenPgliteOptions {
  /** The database's name in IndexedDB; with a new one the snapshot is loaded anew. */
  name: string;
  /** A gzipped data directory with the migrations in it, as `scripts/pglite-snapshot.ts` makes it. */
  snapshotUrl: string;
}

/**
 * Opens the database that this browser keeps in IndexedDB; the first time it is made from the snapshot. Others of
 * ours with another name are deleted. Only one may be open at a time: hold a lock, as the worker does.
 */
export async function openPglite({ name, snapshotUrl }: OpenPgliteOptions): Promise<PGlite> {
  const complete = `${prefix}${name}-complete`;
  const kept = new Set((await indexedDB.databases()).map((database) => database.name ?? ''));
  const files = new FilesInIndexedDb(`${prefix}${name}`);
  // Answers don't wait until they are kept; a page that is closed at once loses its last moment, and nothing more.
  const options = { fs: files, extensions: { pg_trgm }, relaxedDurability: true };
  if (kept.has(complete)) return PGlite.create(options);

  // Not there, or a visit ended in the middle of keeping it: PGlite takes a snapshot into an empty place only.
  for (const old of kept)
    if (old.startsWith(prefix) || old.startsWith(pgliteFolder + prefix)) await remove(old);
  files.onKept = () => mark(complete);
  return PGlite.create({ ...options, loadDataDir: await snapshotFrom(snapshotUrl) });
}

/** PGlite's files in IndexedDB, which say when all of them are there for the first time. */
class FilesInIndexedDb extends IdbFs {
  onKept: (() => Promise<void>) | undefined;

  override async syncToFs(relaxedDurability?: boolean): Promise<void> {
    await super.syncToFs(relaxedDurability);
    const { onKept } = this;
    this.onKept = undefined;
    await onKept?.();
  }
}

async function snapshotFrom(url: string): Promise<Blob> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  // PGlite goes by the type, and servers differ: some unzip it on the way, some call it octet-stream.
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return new Blob([bytes], { type: isZipped ? 'application/gzip' : 'application/x-tar' });
}

/** Without a slash: PGlite makes one folder of the name. */
const prefix = 'customer-elements-';
/** PGlite keeps a database `idb://x` under this name and x. */
const pgliteFolder = '/pglite/';

/** An empty database whose existence says that the other one was loaded to the end. */
const mark = (name: string): Promise<void> =>
  settled(indexedDB.open(name)).then((database) => (database as IDBDatabase).close());

const remove = (name: string): Promise<unknown> => settled(indexedDB.deleteDatabase(name));

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
