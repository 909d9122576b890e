import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import type { TextValues } from '../../../locales/translate.ts';
import type { Customer } from '../../../model/customer.ts';
import type { BulkAction, CustomerChoice } from '../../../model/operations.ts';
import type { Receipt } from '../../../model/receipt.ts';
import { OperationQueue } from '../../../operations/operation-queue.ts';
import { bulkPlan } from '../../../operations/settled-plan.ts';
import { Confirmation } from '../../../parts/confirmation.ts';
import type { FieldTextKey } from '../../../parts/fields/field.ts';
import { Notice } from '../../../parts/notice.ts';
import { FailuresDialog } from '../../../parts/operation-history/failures-dialog.ts';
import { fieldName } from '../../../parts/operation-history/field-names.ts';
import { OperationNotice } from '../../../parts/operation-history/operation-notice.ts';
import type { OperationsText } from '../../../parts/operation-history/operation-words.ts';
import type { Popover } from '../../../parts/popover.ts';
import type { TableContext } from '../context.ts';
import { isSelected, type CustomerSelection } from '../selection.ts';
import { bulkMenu } from './bulk-menu.ts';
import { deletionQuestion } from './deletion-question.ts';
import { GroupPicker } from './group-picker.ts';
import { SelectionEmail } from './selection-email.ts';
import { TagsPicker } from './tags-picker.ts';

/** What the table has, for actions on what is selected in it. */
export interface BulkHost {
  element: ReactiveControllerHost & HTMLElement;
  popover: Popover;
  source: () => CustomerAdapter | undefined;
  selection: () => CustomerSelection;
  /** The selected, where each is known by more than an id. */
  customers: () => Customer[] | undefined;
  mayDo: (action: BulkAction | 'export' | 'send_email') => boolean;
  context: () => TableContext;
  texts: {
    operations: OperationsText;
    fields: (key: FieldTextKey, values?: TextValues) => string;
    shared: (key: 'undo' | 'close' | 'cancel' | 'retry') => string;
  };
  errorText: (error: unknown) => string;
  /** Fires a cancelable event; false where the host prevented it. */
  ask: (name: string, detail: object) => boolean;
  tell: (name: string, detail: object) => void;
  reload: () => void;
  /** Takes out of the selection whom an action has removed from the list. */
  select: (selection: CustomerSelection) => void;
  copyEmails: () => void;
}

/** What is done with all that is selected; fetched once something is. */
export class Bulk {
  readonly #host: BulkHost;
  readonly #notice: Notice;
  readonly #confirmation: Confirmation;
  readonly #failures: FailuresDialog;
  readonly #groups: GroupPicker;
  readonly #tags: TagsPicker;
  readonly #email: SelectionEmail;
  /** Whom each action under way is about. */
  readonly #choices = new Map<string, CustomerChoice>();

  constructor(host: BulkHost) {
    this.#host = host;
    const { element, texts, source, errorText } = host;
    const words = () => ({ text: texts.operations, locale: host.context().locale });
    const returnTo = () => element.shadowRoot?.querySelector<HTMLElement>('.list');
    this.#notice = new Notice(element, () => ({ undo: texts.shared('undo'), close: texts.shared('close') }));
    this.#confirmation = new Confirmation(element, () => texts.shared('cancel'));
    this.#failures = new FailuresDialog(element, {
      source,
      words,
      errorText,
      fieldName: (field) => fieldName(field, texts.fields),
      closeLabel: () => texts.shared('close'),
      retryLabel: () => texts.shared('retry'),
    });
    const told = new OperationNotice(element, {
      source,
      words,
      errorText,
      notice: this.#notice,
      showFailures: (operation, account) => this.#failures.open(operation, account),
      changed: () => host.reload(),
      returnTo,
    });
    this.#groups = new GroupPicker(
      host,
      (action, { id, name }) => void this.begin(action, { group: id }, name),
    );
    this.#tags = new TagsPicker(host, (action, tags) => void this.begin(action, { tags }));
    this.#email = new SelectionEmail(host, () => told.board, returnTo);
    element.addEventListener('customers-bulk-done', ({ detail }) => this.#onDone(detail.receipt));
  }

  /** What one of the buttons of the bar, or an item of its menu, does. */
  run(action: BulkAction | 'send_email' | 'export' | 'copy' | 'menu', anchor: HTMLElement): void {
    switch (action) {
      case 'menu':
        this.#showMenu(anchor);
        return;
      case 'assign_group':
      case 'remove_group':
        this.#groups.open(action, anchor);
        return;
      case 'add_tags':
      case 'remove_tags':
        this.#tags.open(action, anchor);
        return;
      case 'send_email':
        void this.#email.write(anchor);
        return;
      case 'copy':
        this.#host.copyEmails();
        return;
      case 'export':
        this.#host.ask('customers-export', { customers: choiceOf(this.#host.selection()) });
        return;
      case 'delete':
        void this.#delete();
        return;
      default:
        this.begin(action);
    }
  }

  /** Begins an action on whoever is selected, unless the host prevents it. */
  begin(action: BulkAction, options: { group?: string; tags?: string[] } = {}, group?: string): void {
    const { element, source, selection, ask } = this.#host;
    const adapter = source();
    const customers = choiceOf(selection());
    if (!adapter || !ask('customers-bulk', { action, customers, options })) return;
    const id = crypto.randomUUID();
    this.#choices.set(id, customers);
    const request = { id, kind: action, customers, ...(Object.keys(options).length ? { options } : {}) };
    OperationQueue.of(adapter).add({
      id,
      kind: action,
      options,
      group,
      plan: bulkPlan(adapter, request),
      origin: element,
    });
  }

  async #delete(): Promise<void> {
    const { texts, context, selection, customers } = this.#host;
    const { locale } = context();
    const question = deletionQuestion({ text: texts.operations, locale }, selection(), customers());
    if (await this.#confirmation.ask(question)) this.begin('delete');
  }

  #showMenu(anchor: HTMLElement): void {
    const { popover, texts, mayDo, context } = this.#host;
    popover.toggle({
      name: 'bulk-menu',
      anchor,
      role: 'menu',
      align: 'end',
      label: context().text('moreActions'),
      render: () =>
        bulkMenu({
          text: texts.operations,
          tableText: context().text,
          mayDo,
          canCopy: this.#host.customers() !== undefined,
          run: (action) => {
            popover.close();
            this.run(action, anchor);
          },
        }),
    });
  }

  /** Whoever is deleted is selected no more. */
  #onDone(receipt: Receipt): void {
    const deleted = receipt.kind === 'delete' ? this.#choices.get(receipt.id) : undefined;
    this.#choices.delete(receipt.id);
    if (!deleted) return;
    const selection = this.#host.selection();
    if (!('ids' in deleted)) {
      if (!('ids' in selection)) this.#host.select({ ids: [] });
      return;
    }
    if (!('ids' in selection)) return;
    const failed = new Set(receipt.failures.map(({ id }) => id));
    const gone = { ids: deleted.ids.filter((id) => !failed.has(id)) };
    this.#host.select({ ids: selection.ids.filter((id) => !isSelected(gone, id)) });
  }

  renderNotice(): TemplateResult {
    return this.#notice.render();
  }

  renderDialogs(): TemplateResult {
    return html`${this.#confirmation.render()} ${this.#failures.render()}`;
  }
}

export function choiceOf(selection: CustomerSelection): CustomerChoice {
  if ('ids' in selection) return { ids: [...selection.ids] };
  const { matching: filters, except } = selection;
  return { filters, ...(except.length ? { except: [...except] } : {}) };
}
