import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Messages, MessagesOf } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';
import type { Access } from '../../model/access.ts';
import type { Confirmation } from '../../parts/confirmation.ts';
import type { ConflictContext } from '../../parts/conflict/conflict-choice.ts';
import type { FieldContext } from '../../parts/fields/field.ts';
import type { Notice } from '../../parts/notice.ts';
import type { Popover } from '../../parts/popover.ts';
import type { Writes } from '../customer-detail/writes.ts';
import type { TableContext } from '../customer-table/context.ts';

export type GroupsTextKey = keyof MessagesOf<Messages['groups']> & string;
export type GroupsText = (key: GroupsTextKey, values?: TextValues) => string;

/** How this site and this person write things, and what the person may do: what every piece draws with. */
export interface GroupsContext {
  text: GroupsText;
  locale: string;
  /** IANA name */
  timeZone: string;
  access: Access | undefined;
  /** Groups and who is in them may be changed. */
  mayEdit: boolean;
  /** Groups can be filled by a rule. */
  hasRules: boolean;
  fields: FieldContext;
  conflict: ConflictContext;
  /** For the filters that are the rule. */
  table: TableContext;
  shared: { retry: string; cancel: string; problems: (count: number) => string };
}

/** What the pieces of the element work with. */
export interface GroupsHost {
  element: ReactiveControllerHost & HTMLElement;
  source: () => CustomerAdapter | undefined;
  context: () => GroupsContext;
  writes: Writes;
  confirmation: Confirmation;
  notice: Notice;
  popover: Popover;
  errorText: (error: unknown) => string;
  /** Fires an event that can be prevented; false where it was. */
  ask: (name: string, detail: unknown) => boolean;
  tell: (name: string, detail: unknown) => void;
  /** Where the focus goes once what is there now is drawn. */
  goTo: (selector: string) => void;
}
