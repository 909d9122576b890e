import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { CustomerDetail, CustomerRecord } from '../../model/detail.ts';
import type { ConflictContext } from '../../parts/conflict/conflict-choice.ts';
import type { Confirmation } from '../../parts/confirmation.ts';
import type { Drafts } from '../../parts/drafts.ts';
import type { FieldContext } from '../../parts/fields/field.ts';
import type { Notice } from '../../parts/notice.ts';
import type { Popover } from '../../parts/popover.ts';
import type { FormContext } from '../customer-form/context.ts';
import type { DetailContext } from './context.ts';
import type { Permissions } from './permissions.ts';
import type { Writes } from './writes.ts';

/** What a piece of the detail may use of the element that it stands in. */
export interface DetailHost {
  readonly element: ReactiveControllerHost & HTMLElement;
  readonly popover: Popover;
  readonly notice: Notice;
  readonly confirmation: Confirmation;
  readonly writes: Writes;
  source: () => CustomerAdapter | undefined;
  customerId: () => string | undefined;
  /** The customer on the screen, once it is here. */
  detail: () => CustomerDetail | undefined;
  context: () => DetailContext;
  /** What the fields of a form draw with. */
  fieldContext: () => FieldContext;
  formContext: () => FormContext;
  conflictContext: () => ConflictContext;
  /** What this person has typed in this shop and not saved yet. */
  drafts: () => Drafts | undefined;
  permissions: () => Permissions;
  /** What a failed request means, in plain words. */
  errorText: (error: unknown) => string;
  /** Fires a cancelable event before something is done; false where the host page prevented it. */
  ask: (name: string, detail: object) => boolean;
  /** Fires an event after it was done. */
  tell: (name: string, detail: object) => void;
  /** Says it to those who can't see it. */
  announce: (text: string) => void;
  /** Moves the focus to what is there once all is drawn, or to the second where the first isn't there. */
  focusOn: (selector: string, otherwise?: string) => Promise<void>;
  /** Shows what a save answered, if it is of the customer on the screen. */
  takeOver: (saved: Partial<CustomerDetail> & { customer: CustomerRecord }) => void;
  reload: () => Promise<void>;
  /** Goes to the customer that another one became part of. */
  show: (customerId: string) => void;
}

/** One of the detail's tabs. */
export interface DetailTab {
  /** False where the backend has nothing to show in it. */
  isOffered?: () => boolean;
  /** Stands behind its name. */
  count?: (customer: CustomerRecord) => number;
  render: (detail: CustomerDetail) => TemplateResult;
}
