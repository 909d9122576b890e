import type { Messages, MessagesOf } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';

export type ExportText = (
  key: keyof MessagesOf<Messages['exporting']> & string,
  values?: TextValues,
) => string;

/** What every piece of the export draws with. */
export interface ExportContext {
  text: ExportText;
  locale: string;
}
