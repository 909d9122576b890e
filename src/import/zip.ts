import { ReadError } from './read-error.ts';

/** Unpacked bytes of all parts that are read, together: five times the largest workbook that a sheet's limits allow in practice. */
export const mostUnpackedBytes = 400 * 1024 * 1024;
const mostEntries = 5000;

export interface ZipEntry {
  name: string;
  isCompressed: boolean;
  packedSize: number;
  unpackedSize: number;
  /** Where its local header begins. */
  offset: number;
}

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;

/** The directory at a zip's end. Throws a {@link ReadError} for what is none. */
export function readDirectory(zip: Uint8Array): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let end = zip.length - 22;
  const lowest = Math.max(0, zip.length - 22 - 0xffff);
  while (end >= lowest && view.getUint32(end, true) !== endSignature) end--;
  if (end < lowest) throw new ReadError('spreadsheet_broken', 'it ends before its directory');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > mostEntries) throw new ReadError('zip_bomb', `${count} parts`);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > zip.length || view.getUint32(at, true) !== directorySignature)
      throw new ReadError('spreadsheet_broken', 'its directory is cut');
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(zip.subarray(at + 46, at + 46 + nameLength));
    entries.push({
      name: name.replaceAll('\\', '/').replace(/^\//, ''),
      isCompressed: view.getUint16(at + 10, true) !== 0,
      packedSize: view.getUint32(at + 20, true),
      unpackedSize: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

/** Unpacks some parts. The sizes of the directory are held against the limit first, then the bytes that come. */
export async function unpack(
  zip: Uint8Array,
  entries: readonly ZipEntry[],
): Promise<Map<string, Uint8Array>> {
  const declared = entries.reduce((sum, { unpackedSize }) => sum + unpackedSize, 0);
  if (declared > mostUnpackedBytes) throw new ReadError('zip_bomb', largest(entries));
  const parts = new Map<string, Uint8Array>();
  let left = mostUnpackedBytes;
  for (const entry of entries) {
    const part = await unpackOne(zip, entry, left);
    left -= part.length;
    parts.set(entry.name, part);
  }
  return parts;
}

const largest = (entries: readonly ZipEntry[]): string =>
  [...entries].sort((a, b) => b.unpackedSize - a.unpackedSize)[0]?.name ?? '';

async function unpackOne(zip: Uint8Array, entry: ZipEntry, limit: number): Promise<Uint8Array> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const { name, offset, packedSize, isCompressed } = entry;
  if (offset + 30 > zip.length) throw new ReadError('spreadsheet_broken', `${name} is missing`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const packed = zip.subarray(start, start + packedSize);
  if (!isCompressed) return packed;
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Blob([packed as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      // A directory may lie about sizes.
      if (length > limit) throw new ReadError('zip_bomb', name);
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error instanceof ReadError
      ? error
      : new ReadError('spreadsheet_broken', `${name} can’t be unpacked`);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * A zip of parts that are not packed, for a reader that takes zips only: unpacking is done, within limits and without
 * the blob workers that a strict Content-Security-Policy refuses. Checksums are left out; the reader asks for none.
 */
export function storedZip(parts: ReadonlyMap<string, Uint8Array>): ArrayBuffer {
  const named = [...parts].map(([name, data]) => ({ name: new TextEncoder().encode(name), data }));
  const size = named.reduce((sum, { name, data }) => sum + 76 + 2 * name.length + data.length, 22);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const offsets: number[] = [];
  const sizes = (position: number, length: number, nameLength: number): void => {
    view.setUint32(position, length, true);
    view.setUint32(position + 4, length, true);
    view.setUint16(position + 8, nameLength, true);
  };
  for (const { name, data } of named) {
    offsets.push(at);
    view.setUint32(at, 0x04034b50, true);
    view.setUint16(at + 4, 20, true);
    sizes(at + 18, data.length, name.length);
    bytes.set(name, at + 30);
    bytes.set(data, at + 30 + name.length);
    at += 30 + name.length + data.length;
  }
  const directory = at;
  named.forEach(({ name, data }, index) => {
    view.setUint32(at, directorySignature, true);
    view.setUint16(at + 4, 20, true);
    view.setUint16(at + 6, 20, true);
    sizes(at + 20, data.length, name.length);
    view.setUint32(at + 42, offsets[index] ?? 0, true);
    bytes.set(name, at + 46);
    at += 46 + name.length;
  });
  view.setUint32(at, endSignature, true);
  view.setUint16(at + 8, named.length, true);
  view.setUint16(at + 10, named.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return bytes.buffer;
}
