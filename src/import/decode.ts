/** How a file's bytes were read. Names are those of the Encoding Standard. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A string decoder for bytes that come in pieces. */
export interface Decoder {
  readonly encoding: Encoding;
  /** Throws TypeError where the bytes aren't of this encoding (UTF-8 only). */
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

export function createDecoder(encoding: Encoding): Decoder {
  // A byte order mark is dropped by TextDecoder itself.
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
  return {
    encoding,
    decode(bytes, last) {
      const text = decoder.decode(bytes, { stream: !last });
      return encoding === 'windows-1252' ? text.replace(/[\u0080-\u009f]/g, windowsLetter) : text;
    },
  };
}

// Node 20 decodes windows-1252 as Latin-1, so 0x80 to 0x9f stay control characters there:
// https://github.com/nodejs/node/issues/56542. In browsers there is nothing left to replace but the five bytes that
// windows-1252 leaves undefined, which stay as they are in both.
const windowsLetters = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function windowsLetter(control: string): string {
  return windowsLetters[control.charCodeAt(0) - 0x80] ?? control;
}
