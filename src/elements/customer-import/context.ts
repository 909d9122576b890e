import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Messages } from '../../locales/messages.ts';
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
  locale(): string;
  /** What a failed request means, in plain words. */
  errorText(error: unknown): string;
  /** Fires a cancelable event; false where the host prevented it. */
  ask(name: string, detail?: unknown): boolean;
  tell(name: string, detail?: unknown): void;
}
