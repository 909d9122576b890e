import type { MessagesOf, Messages } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';

export type TableTextKey = keyof MessagesOf<Messages['table']> & string;
export type TableText = (key: TableTextKey, values?: TextValues) => string;

/** How this site and this person write things: what every piece of the table draws with. */
export interface TableContext {
  text: TableText;
  locale: string;
  /** ISO 4217 */
  currency: string;
  /** IANA name */
  timeZone: string;
}
