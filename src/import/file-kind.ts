import { sniffEncoding } from './decode.ts';
import { ReadError } from './read-error.ts';

/** What a file is by its first bytes, whatever its name says. Throws a {@link ReadError} for what is no list. */
export function kindOf(start: Uint8Array): 'text' | 'zip' {
  if (start.length === 0) throw new ReadError('empty');
  const signature = String.fromCharCode(...start.subarray(0, 512));
  if (/^\s*%PDF-?/.test(signature)) throw new ReadError('pdf');
  if (['PK\u0003\u0004', 'PK\u0005\u0006', 'PK\u0007\u0008'].includes(signature.slice(0, 4))) return 'zip';
  if (signature.startsWith('\u00d0\u00cf\u0011\u00e0')) throw new ReadError('spreadsheet');
  if (/^\s*(\u00ef\u00bb\u00bf)?\s*(<!doctype html|<html|<head|<table|<\?xml)/i.test(signature))
    throw new ReadError('html');
  if (sniffEncoding(start) === 'utf-8' && isBinary(start)) throw new ReadError('binary');
  return 'text';
}

/** Pictures, archives and programs are full of bytes that no text has; a text may have a few, and torn off ones NULs. */
function isBinary(bytes: Uint8Array): boolean {
  const nuls = bytes.filter((byte) => byte === 0).length;
  const controls = bytes.filter((byte) => (byte > 0 && byte < 9) || (byte > 13 && byte < 32) || byte === 127);
  return nuls > bytes.length * 0.3 || controls.length > bytes.length * 0.05;
}
