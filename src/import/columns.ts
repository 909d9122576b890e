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

/** One cell that becomes several fields, and what only a further address has. */
export const wholeFields = ['full_name', 'address', 'default_billing', 'default_shipping'] as const;
export type TargetField = ImportField | (typeof wholeFields)[number];

export interface FieldTarget {
  kind: 'field';
  field: TargetField;
  /** Speaks only where the field's first column is empty. */
  fallback: boolean;
  /** Put behind what the field's first column says: a house number behind its street. */
  appended?: boolean;
  /** The address it belongs to, from 2; absent, the first, which is the record's own. */
  address?: number;
  /** Yes means no: a column of those who do not want mail. */
  inverted?: boolean;
}

/**
 * Where a column goes. `ignored` columns are neither kept nor imported; those of password hashes and tokens are not
 * even shown, and what is `reckoned`, like a number of orders, the database knows better.
 */
export type ColumnTarget =
  | FieldTarget
  | { kind: 'metadata' }
  | { kind: 'ignored'; reason: 'secret' | 'nameless' | 'chosen' | 'reckoned' };

/** What a column's target rests on; `open` is kept as metadata until somebody says more. */
export type MappingReason =
  'platform' | 'name' | 'values' | 'likeness' | 'remembered' | 'user' | 'open' | 'secret' | 'nameless';

/** Password hashes and tokens are never imported, shown, logged or kept. */
const secret =
  /\b(pass|\w*passw\w*|passphrase|passcode|passwort|kennwort|contrasena|mot de passe|pwd|\w*hash|\w*token|secret\w*|salt|api key)\b/;

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
