/** Files of ours in the browser's private storage, which no person and no other site sees. */
export interface PrivateFolder {
  write(name: string, content: Blob): Promise<void>;
  read(name: string): Promise<Blob | undefined>;
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

/** In the origin's own file system, else in IndexedDB; undefined where neither is allowed. */
export async function privateFolder(name: string): Promise<PrivateFolder | undefined> {
  try {
    return await inFileSystem(name);
  } catch {
    // Private windows, older browsers and frames of other sites have none.
  }
  try {
    return await inDatabase(name);
  } catch {
    return undefined;
  }
}

async function inFileSystem(name: string): Promise<PrivateFolder> {
  if (!('createWritable' in FileSystemFileHandle.prototype)) throw new Error('Nothing can be written there.');
  const root = await navigator.storage.getDirectory();
  const ours = await root.getDirectoryHandle('customer-elements', { create: true });
  const folder = await ours.getDirectoryHandle(name, { create: true });
  return {
    async write(file, content) {
      const handle = await folder.getFileHandle(file, { create: true });
      const writing = await handle.createWritable();
      try {
        await writing.write(content);
        await writing.close();
      } catch (error) {
        await writing.abort().catch(() => undefined);
        throw error;
      }
    },
    async read(file) {
      try {
        return await (await folder.getFileHandle(file)).getFile();
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async remove(file) {
      try {
        await folder.removeEntry(file);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
    async names() {
      const names: string[] = [];
      for await (const file of (folder as unknown as { keys(): AsyncIterable<string> }).keys())
        names.push(file);
      return names;
    },
  };
}

const isMissing = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'NotFoundError';

async function inDatabase(name: string): Promise<PrivateFolder> {
  const opening = indexedDB.open(`customer-elements-${name}`);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('files'));
  const database = await settled(opening);
  const files = (mode: IDBTransactionMode): IDBObjectStore =>
    database.transaction('files', mode).objectStore('files');
  return {
    write: async (file, content) => void (await settled(files('readwrite').put(content, file))),
    read: async (file) => (await settled(files('readonly').get(file))) as Blob | undefined,
    remove: async (file) => void (await settled(files('readwrite').delete(file))),
    names: async () => (await settled(files('readonly').getAllKeys())).map(String),
  };
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed.')));
  });
