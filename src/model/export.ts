import type { CustomerAddress } from './detail.ts';

const addressFields = [
  'first_name',
  'last_name',
  'company',
  'address_line_1',
  'address_line_2',
  'city',
  'state',
  'postal_code',
  'country',
  'phone',
] as const satisfies (keyof CustomerAddress)[];
type AddressField = (typeof addressFields)[number];

/** Everything that an export can hold; `billing_…` and `shipping_…` are of the default addresses. */
export const exportFields = [
  'id',
  'first_name',
  'last_name',
  'email',
  'phone',
  'status',
  'is_guest',
  'email_verified',
  'accepts_marketing',
  'orders_count',
  'total_spent',
  'average_order_value',
  'last_order_date',
  'country',
  'tags',
  'groups',
  'notes_count',
  'metadata',
  'avatar_url',
  'created_at',
  'updated_at',
  'last_seen_at',
  ...prefixed('billing'),
  ...prefixed('shipping'),
] as const;
export type ExportField = (typeof exportFields)[number];

function prefixed<Kind extends string>(kind: Kind): `${Kind}_${AddressField}`[] {
  return addressFields.map((field) => `${kind}_${field}` as const);
}

/** What an export holds unless somebody chooses otherwise. */
export const defaultExportFields: readonly ExportField[] = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'status',
  'orders_count',
  'total_spent',
];

export interface ExportOptions {
  /** In the order of the columns. */
  fields: readonly ExportField[];
  /** For the history: the database doesn't write the file. */
  fileName?: string;
  format?: 'csv' | 'xlsx';
}

const endOfRow = '\u001e';
const endOfField = '\u001f';

/**
 * The rows of a chunk, each the texts of the asked fields: money in minor units, dates ISO, `true` and `false`, tags
 * and the names of groups as JSON lists, metadata as a JSON object, nothing as an empty text.
 */
export function rowsOfChunk(chunk: string): string[][] {
  const rows = chunk.split(endOfRow);
  // Each row is ended, not joined: the last one is what follows the last end.
  rows.pop();
  return rows.map((row) => row.split(endOfField));
}

/** The other way, for an adapter that has no such text from elsewhere. */
export const chunkOfRows = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.join(endOfField) + endOfRow).join('');
