import type { Messages, MessagesOf, Section } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';

export type DetailTextKey = keyof MessagesOf<Messages['detail']> & string;
export type DetailText = (key: DetailTextKey, values?: TextValues) => string;
export type SectionText = <S extends Section>(
  section: S,
  key: keyof MessagesOf<Messages[S]> & string,
  values?: TextValues,
) => string;

/** How this site and this person write things: what every piece of the detail draws with. */
export interface DetailContext {
  text: DetailText;
  /** Of what the detail shares with other elements. */
  textOf: SectionText;
  locale: string;
  direction: 'ltr' | 'rtl';
  /** ISO 4217 */
  currency: string;
  /** IANA name */
  timeZone: string;
}
