import type { Messages } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';

export type ImportTextKey = keyof Messages['importing'] & string;

/** A text of this element in its language. */
export type ImportText = (key: ImportTextKey, values?: TextValues) => string;

/** The keys that begin alike, for texts chosen by a value: `kind_duplicate`, `field_email`. */
export function keyOf<Prefix extends 'kind' | 'reason' | 'field'>(
  prefix: Prefix,
  value: string,
  known: Messages['importing'],
): Extract<ImportTextKey, `${Prefix}_${string}`> | undefined {
  const key = `${prefix}_${value}`;
  return key in known ? (key as Extract<ImportTextKey, `${Prefix}_${string}`>) : undefined;
}
