import { ExportError } from './export-error.ts';

/** Takes what is written, in order. */
export type ByteSink = (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;

interface Entry {
  name: Uint8Array;
  offset: number;
  checksum: number;
  packedSize: number;
  size: number;
}

const encoder = new TextEncoder();
/** Sizes above need another kind of directory, and more memory than a program that opens workbooks has. */
const mostBytes = 0xffffffff;

/** A zip, written from its beginning to its end without ever going back: its parts may be of any length. */
export class ZipStream {
  readonly #sink: ByteSink;
  readonly #entries: Entry[] = [];
  #length = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Begins a part; the one before has to be ended. */
  async begin(name: string): Promise<ZipPart> {
    const entry: Entry = {
      name: encoder.encode(name),
      offset: this.#length,
      checksum: 0,
      packedSize: 0,
      size: 0,
    };
    const header = new Uint8Array(30 + entry.name.length);
    const view = new DataView(header.buffer);
    view.setUint32(0, 0x04034b50, true);
    writeKind(view, 4);
    view.setUint16(26, entry.name.length, true);
    header.set(entry.name, 30);
    await this.#write(header);

    const packer = new CompressionStream('deflate-raw');
    const writer = packer.writable.getWriter();
    const written = (async () => {
      for (const reader = packer.readable.getReader(); ;) {
        const { done, value } = await reader.read();
        if (done) return;
        entry.packedSize += value.length;
        await this.#write(value);
      }
    })();
    // Told to whoever writes next.
    written.catch((error: unknown) => void writer.abort(error).catch(() => undefined));
    return {
      write: async (text) => {
        const bytes = encoder.encode(text);
        entry.checksum = crc32(bytes, entry.checksum);
        entry.size += bytes.length;
        if (entry.size > mostBytes) throw new ExportError('sheet_too_large');
        await Promise.race([writer.write(bytes), written.then(() => writer.closed)]);
      },
      end: async () => {
        await Promise.all([writer.close(), written]);
        const descriptor = new Uint8Array(16);
        new DataView(descriptor.buffer).setUint32(0, 0x08074b50, true);
        writeSizes(new DataView(descriptor.buffer), 4, entry);
        await this.#write(descriptor);
        this.#entries.push(entry);
      },
    };
  }

  /** A small part. */
  async add(name: string, text: string): Promise<void> {
    const part = await this.begin(name);
    await part.write(text);
    await part.end();
  }

  /** Writes the directory. */
  async end(): Promise<void> {
    const start = this.#length;
    for (const entry of this.#entries) {
      const line = new Uint8Array(46 + entry.name.length);
      const view = new DataView(line.buffer);
      view.setUint32(0, 0x02014b50, true);
      view.setUint16(4, 20, true);
      writeKind(view, 6);
      writeSizes(view, 16, entry);
      view.setUint16(28, entry.name.length, true);
      view.setUint32(42, entry.offset, true);
      line.set(entry.name, 46);
      await this.#write(line);
    }
    const end = new Uint8Array(22);
    const view = new DataView(end.buffer);
    view.setUint32(0, 0x06054b50, true);
    view.setUint16(8, this.#entries.length, true);
    view.setUint16(10, this.#entries.length, true);
    view.setUint32(12, this.#length - start, true);
    view.setUint32(16, start, true);
    await this.#write(end);
  }

  async #write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#length += bytes.length;
    if (this.#length > mostBytes) throw new ExportError('sheet_too_large');
    await this.#sink(bytes);
  }
}

export interface ZipPart {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** Version 2.0, sizes behind the data, names in UTF-8, deflated, of 1 January 1980: a file says nothing of its hour. */
function writeKind(view: DataView, at: number): void {
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, 0x0808, true);
  view.setUint16(at + 4, 8, true);
  view.setUint16(at + 8, 0x21, true);
}

function writeSizes(view: DataView, at: number, { checksum, packedSize, size }: Entry): void {
  view.setUint32(at, checksum, true);
  view.setUint32(at + 4, packedSize, true);
  view.setUint32(at + 8, size, true);
}

// Four bytes at a time. https://create.stephan-brumme.com/crc32/#slicing-by-4
const tables = Array.from({ length: 4 }, () => new Uint32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  (tables[0] as Uint32Array)[byte] = value;
}
for (let byte = 0; byte < 256; byte++) {
  for (let table = 1; table < 4; table++) {
    const before = (tables[table - 1] as Uint32Array)[byte] as number;
    (tables[table] as Uint32Array)[byte] =
      (before >>> 8) ^ ((tables[0] as Uint32Array)[before & 0xff] as number);
  }
}

/** The checksum of bytes behind those that gave `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const [one, two, three, four] = tables as [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  let value = ~before;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    value ^=
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    value =
      (four[value & 0xff] as number) ^
      (three[(value >>> 8) & 0xff] as number) ^
      (two[(value >>> 16) & 0xff] as number) ^
      (one[value >>> 24] as number);
  }
  for (; at < bytes.length; at++)
    value = (value >>> 8) ^ (one[(value ^ (bytes[at] as number)) & 0xff] as number);
  return ~value >>> 0;
}
