import type { Messages, MessagesOf } from '../../../locales/messages.ts';
import type { TextValues } from '../../../locales/translate.ts';

/** A text about a person's rights over his or her data. */
export type PrivacyText = (
  key: keyof MessagesOf<Messages['privacy']> & string,
  values?: TextValues,
) => string;

/** What the dialogs about a person's data may use of the element that they stand in. */
export interface PrivacyHost {
  text: PrivacyText;
  cancelLabel: () => string;
  retryLabel: () => string;
  errorText: (error: unknown) => string;
}
