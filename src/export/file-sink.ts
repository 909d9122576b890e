import { ExportError } from './export-error.ts';
import { mostInMemory } from './limits.ts';

/** Where an export's bytes go, as they come. */
export interface FileSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Answers the file where a person still has to take it from us. */
  close(): Promise<Blob | undefined>;
  /** As if it had never begun. */
  discard(): Promise<void>;
}

/** A file that the person chose, or our own storage with memory behind it. */
export type FileTarget = FileSystemFileHandle | undefined;

/** Our files in the browser's private storage, and the milliseconds after which one is surely not read any more. */
const folderName = 'customer-elements-exports';
const keptFor = 24 * 60 * 60 * 1000;

export async function openSink(target: FileTarget): Promise<FileSink> {
  if (target) return await chosenFile(target);
  try {
    return await privateFile();
  } catch {
    // A private window, a file:// page, a policy.
    return memoryFile();
  }
}

/** Written beside and put in its place at the end, so that half a file is never taken for a whole one. */
async function chosenFile(handle: FileSystemFileHandle): Promise<FileSink> {
  const stream = await handle.createWritable().catch((error: unknown) => Promise.reject(failure(error)));
  return {
    write: async (bytes) => {
      await stream.write(bytes).catch((error: unknown) => Promise.reject(failure(error)));
    },
    close: async () => {
      await stream.close().catch((error: unknown) => Promise.reject(failure(error)));
      return undefined;
    },
    async discard() {
      await stream.abort().catch(() => undefined);
      // The picker has made it, empty; where there was one before, what was in it is there still.
      const { size } = await handle.getFile().catch(() => ({ size: 0 }));
      if (size === 0) await (handle as Removable).remove?.().catch(() => undefined);
    },
  };
}

type Removable = FileSystemFileHandle & { remove?: () => Promise<void> };

async function privateFile(): Promise<FileSink> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  await removeOld(folder).catch(() => undefined);
  const name = crypto.randomUUID();
  const handle = await folder.getFileHandle(name, { create: true });
  const writer = await writerOf(handle);
  const discard = async (): Promise<void> => {
    await writer.close().catch(() => undefined);
    await folder.removeEntry(name).catch(() => undefined);
  };
  return {
    write: async (bytes) => {
      await writer.write(bytes).catch((error: unknown) => Promise.reject(failure(error)));
    },
    async close() {
      await writer.close().catch((error: unknown) => Promise.reject(failure(error)));
      return await handle.getFile();
    },
    discard,
  };
}

interface Writer {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<unknown>;
  close(): Promise<unknown>;
}

/** The quick way of workers, which all browsers have, else the way of pages. */
async function writerOf(
  handle: FileSystemFileHandle & { createSyncAccessHandle?: SyncAccess },
): Promise<Writer> {
  if (!handle.createSyncAccessHandle) return await handle.createWritable();
  const file = await handle.createSyncAccessHandle();
  let end = 0;
  let isOpen = true;
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length;) {
        const written = file.write(bytes.subarray(at), { at: end });
        if (written <= 0) throw new DOMException('Nothing was written.', 'QuotaExceededError');
        end += written;
        at += written;
      }
    },
    async close() {
      if (!isOpen) return;
      isOpen = false;
      file.flush();
      file.close();
    },
  };
}

type SyncAccess = () => Promise<{
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  flush(): void;
  close(): void;
}>;

async function removeOld(folder: FileSystemDirectoryHandle): Promise<void> {
  for await (const handle of (folder as Iterable).values()) {
    if (handle.kind !== 'file') continue;
    const { lastModified } = await (handle as FileSystemFileHandle).getFile();
    if (Date.now() - lastModified > keptFor) await folder.removeEntry(handle.name);
  }
}

type Iterable = FileSystemDirectoryHandle & { values(): AsyncIterable<FileSystemHandle> };

export function memoryFile(): FileSink {
  let parts: Blob[] = [];
  let size = 0;
  return {
    async write(bytes) {
      size += bytes.length;
      if (size > mostInMemory) throw new ExportError('memory_full');
      parts.push(new Blob([bytes]));
    },
    async close() {
      return new Blob(parts);
    },
    async discard() {
      parts = [];
    },
  };
}

function failure(error: unknown): ExportError {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return new ExportError(
    isFull ? 'storage_full' : 'storage_failed',
    error instanceof Error ? error.message : '',
  );
}
