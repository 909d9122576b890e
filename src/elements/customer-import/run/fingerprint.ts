import type { ImportOverview } from '../../../import/session.ts';
import type { CheckSettings } from '../../../import/settings.ts';
import type { Reading } from '../flow.ts';
import type { Again } from './import-batches.ts';

/** Files up to this many bytes are hashed whole, larger ones by their size and so many pieces of a megabyte. */
const mostWhole = 32 << 20;
const pieces = 16;
const piece = 1 << 20;

/** Knows the same file again: a hash of its bytes. */
export async function fileFingerprint(file: Blob): Promise<string> {
  const parts: BlobPart[] = [`${file.size}\n`];
  if (file.size <= mostWhole) parts.push(file);
  else {
    for (let index = 0; index < pieces; index++) {
      const start = Math.floor(((file.size - piece) * index) / (pieces - 1));
      parts.push(file.slice(start, start + piece));
    }
  }
  return await sha256(await new Blob(parts).arrayBuffer());
}

/**
 * Knows the same steps again: how the file is read, what is made of it and what was decided for single records.
 * Columns are named one by one, so that no rule of a later version and nothing remembered can change them.
 */
export function settingsOf({ settings, columns }: ImportOverview): CheckSettings {
  return { ...settings, targets: columns.map(({ target }) => target) };
}

export async function settingsFingerprint(
  reading: Reading,
  settings: CheckSettings,
  again: Again,
): Promise<string> {
  const said = plain([reading, settings, [...again].sort(([a], [b]) => a - b)]);
  const hash = await sha256(new TextEncoder().encode(JSON.stringify(said)).buffer);
  return hash.slice(0, 32);
}

/** What an operation remembers of both. */
export const joinFingerprints = (file: string, settings: string): string => `${file}.${settings}`;

export function partFingerprints(joined: unknown): { file: string; settings: string } {
  const [file = '', settings = ''] = typeof joined === 'string' ? joined.split('.') : [];
  return { file, settings };
}

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Without what says nothing, and with keys in order: what is meant, not how it came to be said. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => plain(one) ?? null);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, one]) => [key, plain(one)] as const)
    .filter(([, one]) => one !== undefined && !isEmpty(one))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
