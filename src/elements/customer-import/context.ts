import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Messages, MessagesOf, Section } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';
import type { Access } from '../../model/access.ts';
import type { ImportFlow } from './flow.ts';
import type { ImportText } from './import-text.ts';

/** What every step of the import draws and asks with. */
export interface ImportContext {
  readonly host: ReactiveControllerHost & HTMLElement;
  readonly flow: ImportFlow;
  /** The adapter in force. */
  source(): CustomerAdapter | undefined;
  access(): Access | undefined;
  readonly text: ImportText;
  /** The keys there are, for texts chosen by a value. */
  known(): Messages['importing'];
  /** Texts of another section that the element draws with, in the language in force when they are asked for. */
  textsOf<S extends Section>(section: S): SectionText<S>;
  messages(): Messages;
  locale(): string;
  /** What a failed request means, in plain words. */
  errorText(error: unknown): string;
  /** Fires a cancelable event; false where the host prevented it. */
  ask(name: string, detail?: unknown): boolean;
  tell(name: string, detail?: unknown): void;
}

export type SectionText<S extends Section> = (
  key: keyof MessagesOf<Messages[S]> & string,
  values?: TextValues,
) => string;

/** One step: made once with the element, drawn while it is the flow's step. Its heading is an `h3[tabindex="-1"]`. */
export interface ImportStepView {
  render(): TemplateResult;
  /** It has become the step that is shown. */
  enter?(): void;
}
