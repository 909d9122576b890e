/** What a column of a file can become; everything else is metadata. */
export const importFields = [
  'email',
  'first_name',
  'last_name',
  'phone',
  'company',
  'address_line_1',
  'address_line_2',
  'city',
  'state',
  'postal_code',
  'country',
  'tags',
  'accepts_marketing',
  'status',
] as const;
export type ImportField = (typeof importFields)[number];

/**
 * Where a column goes. `fallback` columns speak only where the field's first column is empty. `ignored` columns are
 * neither shown nor kept: password hashes and tokens, and columns without a name.
 */
export type ColumnTarget =
  | { kind: 'field'; field: ImportField; fallback: boolean }
  | { kind: 'metadata' }
  | { kind: 'ignored'; reason: 'secret' | 'nameless' };

/** Password hashes and tokens are never imported, shown, logged or kept. */
const secret = /\b(pass|\w*passw\w*|passphrase|passcode|pwd|\w*hash|\w*token|secret\w*|salt|api key)\b/;

export function isSecret(header: string): boolean {
  // `resetTokenExpires` is three words.
  return secret.test(plainHeader(header.replace(/(\p{Lower})(?=\p{Upper})/gu, '$1 ')));
}

/** A header for comparing: no case, diacritics or punctuation, one blank between words. */
export function plainHeader(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}
