/** How a file's bytes are read. Names are those of the Encoding Standard; the first four are found, the others chosen. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'iso-8859-15',
  'macintosh',
  'shift_jis',
  'euc-kr',
  'gb18030',
  'big5',
] as const;
export type Encoding = (typeof encodings)[number];

/** A string decoder for bytes that come in pieces. */
export interface Decoder {
  readonly encoding: Encoding;
  /** Throws TypeError where the bytes aren't of this encoding (strict UTF-8 only). */
  decode(bytes: Uint8Array, last: boolean): string;
}

/** The encoding that the first bytes speak for; `utf-8` is a guess that {@link createDecoder} checks while reading. */
export function sniffEncoding(start: Uint8Array): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  const even = nulShare(start, 0);
  const odd = nulShare(start, 1);
  // Latin letters in UTF-16 have a NUL in every second byte; other scripts still have it in blanks and line ends.
  if (odd > 0.2 && even < 0.02) return 'utf-16le';
  if (even > 0.2 && odd < 0.02) return 'utf-16be';
  return 'utf-8';
}

function nulShare(bytes: Uint8Array, parity: 0 | 1): number {
  let nuls = 0;
  let seen = 0;
  for (let index = parity; index < bytes.length && index < 4096; index += 2) {
    seen++;
    if (bytes[index] === 0) nuls++;
  }
  return seen ? nuls / seen : 0;
}

/** `strict`: refuse what isn't UTF-8; otherwise broken letters become U+FFFD. */
export function createDecoder(encoding: Encoding, strict = true): Decoder {
  // A byte order mark is dropped by TextDecoder itself.
  const decoder = new TextDecoder(encoding, { fatal: strict && encoding === 'utf-8' });
  return {
    encoding,
    decode(bytes, last) {
      const text = decoder.decode(bytes, { stream: !last });
      return encoding === 'windows-1252' ? text.replace(/[\u0080-\u009f]/g, windowsLetter) : text;
    },
  };
}

/**
 * Weighs bytes that are not all UTF-8: letters of several bytes hardly ever make sense by accident, so a file with more
 * whole ones than broken ones is UTF-8 that was cut or damaged, and not Windows-1252.
 */
export class Utf8Evidence {
  #whole = 0;
  #broken = 0;
  /** Bytes that the letter which has begun still needs. */
  #open = 0;
  #begun = 0;

  add(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#open > 0) {
        if ((byte & 0xc0) === 0x80) {
          if (--this.#open === 0) this.#whole++;
          this.#begun++;
          continue;
        }
        this.#broken++;
        this.#open = 0;
      }
      if (byte < 0x80) continue;
      if (byte >= 0xc2 && byte < 0xe0) this.#open = 1;
      else if (byte >= 0xe0 && byte < 0xf0) this.#open = 2;
      else if (byte >= 0xf0 && byte < 0xf5) this.#open = 3;
      else this.#broken++;
      this.#begun = 0;
    }
  }

  /** To be asked after the last byte. */
  get isDamagedUtf8(): boolean {
    // The file ends inside a letter and nothing else is wrong with it.
    if (this.#open > 0 && this.#broken === 0 && (this.#whole > 0 || this.#begun > 0)) return true;
    return this.#whole > this.#broken;
  }
}

// Node 20 decodes windows-1252 as Latin-1, so 0x80 to 0x9f stay control characters there:
// https://github.com/nodejs/node/issues/56542. In browsers there is nothing left to replace but the five bytes that
// windows-1252 leaves undefined, which stay as they are in both.
const windowsLetters = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windowsLetter(control: string): string {
  return windowsLetters[control.charCodeAt(0) - 0x80] ?? control;
}

/** A text in the encoding its file came in; undefined where that can't be written, so that UTF-8 must do. */
export function encodeText(text: string, encoding: Encoding): Uint8Array<ArrayBuffer> | undefined {
  if (encoding === 'utf-8') return new TextEncoder().encode(`\ufeff${text}`);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const bytes = new Uint8Array(2 * text.length + 2);
    const view = new DataView(bytes.buffer);
    const isLittle = encoding === 'utf-16le';
    view.setUint16(0, 0xfeff, isLittle);
    for (let index = 0; index < text.length; index++)
      view.setUint16(2 * index + 2, text.charCodeAt(index), isLittle);
    return bytes;
  }
  if (encoding !== 'windows-1252') return undefined;
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const special = windowsLetters.indexOf(text.charAt(index));
    if (special >= 0) bytes[index] = 0x80 + special;
    else if (code < 0x80 || (code >= 0xa0 && code < 0x100)) bytes[index] = code;
    else return undefined;
  }
  return bytes;
}
