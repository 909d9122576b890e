import { css, html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { checkCustomer, type CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerDetail, CustomerRecord, CustomerSaved } from '../../model/detail.ts';
import { isSame, type TheirChange } from '../../model/merge.ts';
import type { FieldProblem } from '../../model/problems.ts';
import { conflictChoice, keptText, type ConflictContext } from '../../parts/conflict/conflict-choice.ts';
import { baseOf, customerShape } from '../../parts/conflict/customer-base.ts';
import { SharedSave } from '../../parts/conflict/shared-save.ts';
import { storedPhone } from '../../parts/fields/phone-field.ts';
import { problemText } from '../../parts/fields/problem-text.ts';
import { icons } from '../../parts/icons.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import { editorKinds, type EditableName, type Written } from './editable-fields.ts';
import type { DetailHost } from './detail-host.ts';

interface Editing {
  customer: CustomerRecord;
  name: EditableName;
  written: Written;
  error?: string | undefined;
}

/**
 * Fields that are edited where they are read: a pencil on hover and focus, Enter saves, Escape takes it back. What is
 * typed stays when one clicks elsewhere, goes to another customer and back, and when saving fails.
 */
export class FieldEditor implements ReactiveController {
  readonly #host: DetailHost;
  /** One for each customer. */
  readonly #editing = new Map<string, Editing>();
  readonly #save: SharedSave<CustomerSaved>;
  /** What was saved a moment ago. */
  #savedName: EditableName | undefined;
  #savedTimer: ReturnType<typeof setTimeout> | undefined;
  #sending: Editing | undefined;

  constructor(host: DetailHost) {
    this.#host = host;
    this.#save = new SharedSave<CustomerSaved>(host.element, {
      source: host.source,
      shape: customerShape,
      send: (adapter, request, signal) =>
        adapter.updateCustomer({ ...request, id: this.#sending?.customer.id ?? '' }, { signal }),
      read: (current) => baseOf(current as CustomerRecord),
      done: (saved, kept) => this.#saved(saved, kept),
      failed: (error) => this.#failed(error),
    });
    host.element.addController(this);
  }

  hostDisconnected(): void {
    clearTimeout(this.#savedTimer);
    this.#savedName = undefined;
  }

  isEditing(name: EditableName): boolean {
    return this.#current?.name === name;
  }

  /** What stands there, with a pencil beside it; or the field while it is edited. */
  render(detail: CustomerDetail, name: EditableName, shown: unknown): unknown {
    const { customer } = detail;
    const kind = editorKinds(name);
    if (!this.#host.permissions().edit || !kind.isOffered(customer)) return shown;
    const current = this.#current;
    if (current?.name === name) return this.#renderEditor(current);
    const { text } = this.#host.context();
    const label = text('editField', { field: this.#label(name) });
    return html`<span class="editable">
      ${shown}
      <button
        class="button quiet icon pencil"
        type="button"
        data-edit=${name}
        aria-label=${label}
        title=${label}
        @click=${() => this.#begin(customer, name)}
      >
        ${icons.pencil}
      </button>
      <span class="saved-mark">
        ${this.#savedName === name ? html`${icons.check} ${text('saved')}` : nothing}
      </span>
    </span>`;
  }

  get #current(): Editing | undefined {
    return this.#editing.get(this.#host.customerId() ?? '');
  }

  #label(name: EditableName): string {
    return editorKinds(name).label(this.#host.fieldContext().text);
  }

  #begin(customer: CustomerRecord, name: EditableName): void {
    const other = this.#current;
    // One that was opened and not written in has nothing to lose; the other is finished first.
    if (other && !isSame(other.written, editorKinds(other.name).read(other.customer))) {
      void this.#focus(other.name);
      return;
    }
    this.#save.forget();
    this.#editing.set(customer.id, { customer, name, written: editorKinds(name).read(customer) });
    void this.#focus(name);
  }

  #end(editing: Editing): void {
    this.#editing.delete(editing.customer.id);
    this.#save.forget();
    void this.#host.focusOn(`[data-edit="${CSS.escape(editing.name)}"]`, '#title');
  }

  #focus(name: EditableName): Promise<void> {
    return this.#host.focusOn(`#${editorKinds(name).focusId}`, '#title');
  }

  #renderEditor(editing: Editing): TemplateResult {
    const { text } = this.#host.context();
    const { conflict, isSaving } = this.#save;
    if (conflict && this.#sending === editing) {
      return html`<div class="in-place">
        ${conflictChoice({
          context: this.#conflictContext,
          conflict,
          label: (field) => this.#labelOf(field),
          show: (field, value) => editorKinds(field as EditableName).show(value, text),
          isSaving,
          choose: (field, side) => this.#save.choose(field, side),
          save: () => void this.#resolve(),
          back: () => {
            this.#save.forget();
            void this.#focus(editing.name);
          },
        })}
      </div>`;
    }
    const kind = editorKinds(editing.name);
    return html`<div class="in-place" @keydown=${(event: KeyboardEvent) => this.#onKeydown(event, editing)}>
      <div class="in-place-row">
        <div class="in-place-fields">
          ${kind.render({
            context: this.#host.fieldContext(),
            text,
            written: editing.written,
            error: editing.error,
            change: (written) => {
              editing.written = written;
              this.#host.element.requestUpdate();
            },
          })}
        </div>
        <button
          class="button icon primary"
          type="button"
          data-action="save-field"
          aria-label=${text('saveField')}
          title=${text('saveField')}
          aria-disabled=${isSaving ? 'true' : 'false'}
          @click=${() => void this.#submit(editing)}
        >
          ${icons.check}
        </button>
        <button
          class="button icon quiet"
          type="button"
          data-action="cancel-field"
          aria-label=${text('cancelField')}
          title=${text('cancelField')}
          @click=${() => this.#end(editing)}
        >
          ${icons.cross}
        </button>
      </div>
      ${
        editing.error
          ? html`<p class="form-error" id="in-place-error" role="alert">
              ${icons.warning}<span>${editing.error}</span>
            </p>`
          : nothing
      }
    </div>`;
  }

  #onKeydown(event: KeyboardEvent, editing: Editing): void {
    if (event.isComposing || event.defaultPrevented) return;
    const isButton = event.target instanceof HTMLButtonElement;
    if (event.key === 'Enter' && !isButton) {
      event.preventDefault();
      void this.#submit(editing);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.#end(editing);
    }
  }

  async #submit(editing: Editing): Promise<void> {
    if (this.#save.isSaving) return;
    const { customer, name } = editing;
    const asked = editorKinds(name).fields(editing.written, customer);
    const { fields, problem } = await this.#checked(asked, customer);
    if (problem) {
      this.#refuse(editing, problemText(this.#host.fieldContext().text, problem));
      return;
    }
    if (Object.entries(fields).every(([field, value]) => isSame(value, Reflect.get(customer, field)))) {
      this.#end(editing);
      return;
    }
    const detail = { customerId: customer.id, fields, isNew: false };
    if (!this.#host.ask('customer-save', detail)) return;
    editing.error = undefined;
    this.#sending = editing;
    await this.#save.save(baseOf(customer), fields);
    if (this.#save.conflict) await this.#host.focusOn('#conflict-title');
  }

  async #checked(
    asked: Partial<CustomerFields>,
    customer: CustomerRecord,
  ): Promise<{ fields: Partial<CustomerFields>; problem: FieldProblem | undefined }> {
    const { fields, problems } = checkCustomer(asked, customer);
    if (fields.phone && fields.phone !== customer.phone && !problems.phone) {
      const stored = await storedPhone(fields.phone, customer.country ?? undefined);
      if (stored === undefined) return { fields, problem: { code: 'phone' } };
      fields.phone = stored;
    }
    return { fields, problem: Object.values(problems)[0] };
  }

  async #resolve(): Promise<void> {
    await this.#save.resolve();
    if (this.#save.conflict) await this.#host.focusOn('#conflict-title');
  }

  #saved({ customer, receipt }: CustomerSaved, kept: readonly TheirChange[]): void {
    const editing = this.#sending;
    if (!editing) return;
    this.#host.takeOver({ customer });
    this.#host.tell('customer-updated', { customerId: customer.id, customer, receipt, kept });
    this.#editing.delete(customer.id);
    if (customer.id !== this.#host.customerId()) return;
    if (editing.name === 'accepts_marketing') void this.#host.reload();
    this.#end(editing);
    this.#savedName = editing.name;
    this.#host.announce(this.#host.context().text('saved'));
    clearTimeout(this.#savedTimer);
    this.#savedTimer = setTimeout(() => {
      this.#savedName = undefined;
      this.#host.element.requestUpdate();
    }, 2000);
    if (kept.length) {
      const message = keptText(this.#conflictContext, kept, (field) => this.#labelOf(field));
      this.#host.notice.show({ message });
    }
  }

  #failed(error: unknown): void {
    const editing = this.#sending;
    if (!editing) return;
    const { text } = this.#host.context();
    const [refused] = isAdapterError(error, 'invalid') ? Object.values(error.fields) : [];
    const isConflict = isAdapterError(error, 'conflict');
    const reason = refused
      ? this.#host.fieldContext().text('problemRefused', { message: refused })
      : isConflict && error.reason === 'erased'
        ? text('emailErased')
        : isConflict && error.current !== undefined
          ? text('emailTaken')
          : this.#host.errorText(error);
    this.#refuse(editing, text('fieldFailed', { reason }));
  }

  #refuse(editing: Editing, error: string): void {
    editing.error = error;
    void this.#focus(editing.name);
    this.#host.element.requestUpdate();
  }

  #labelOf(field: string): string {
    return this.#label(field as EditableName);
  }

  get #conflictContext(): ConflictContext {
    const { locale, timeZone, textOf } = this.#host.context();
    return { text: (key, values) => textOf('conflict', key, values), locale, timeZone };
  }
}

export const fieldEditorStyles = css`
  .editable {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 4px;
    min-width: 0;
  }
  .name-line {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .name-line .in-place {
    flex: 1;
  }
  .name-line .editable {
    flex: 0 1 auto;
    flex-wrap: nowrap;
  }
  .pencil.button {
    flex: none;
    width: 24px;
    min-height: 24px;
    margin-block: -3px;
    color: var(--_muted);
    opacity: 0;
  }
  .pencil svg {
    width: 14px;
    height: 14px;
  }
  .editable:hover .pencil,
  .name-line:hover .pencil,
  .fact:hover .pencil,
  .pencil:focus-visible {
    opacity: 1;
  }
  @media (hover: none) {
    .pencil.button {
      width: 44px;
      min-height: 44px;
      margin-block: -12px;
      opacity: 1;
    }
  }
  .saved-mark {
    color: var(--_muted);
    font-size: 12px;
    font-weight: 400;
  }
  .saved-mark svg {
    width: 14px;
    height: 14px;
    color: var(--_positive);
    vertical-align: -2px;
  }
  .in-place {
    min-width: 0;
    font-weight: 400;
  }
  .in-place-row {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .in-place-fields {
    display: flex;
    flex: 1;
    gap: 4px;
    min-width: 0;
  }
  /* Two names need the room of what stands beside them. */
  @container (inline-size < 560px) {
    .head:has(.name-line .in-place) .head-actions {
      display: none;
    }
  }
  .in-place .form-error {
    margin: 4px 0 0;
  }
`;
