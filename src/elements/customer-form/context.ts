import type { Messages, MessagesOf } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';
import type { FieldContext, FieldText } from '../../parts/fields/field.ts';

/** How this site and this person write things: what every piece of the form draws with. */
export interface FormContext {
  text: (key: keyof MessagesOf<Messages['form']> & string, values?: TextValues) => string;
  /** The name of a field, and what is said about it. */
  field: FieldText;
  fields: FieldContext;
  locale: string;
  /** IANA name */
  timeZone: string;
}
