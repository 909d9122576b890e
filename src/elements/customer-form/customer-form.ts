import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { lowerRole } from '../../adapter/access.ts';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { isAdapterError, type AdapterError } from '../../adapter/errors.ts';
import { conflict } from '../../locales/en/conflict.ts';
import { fields } from '../../locales/en/fields.ts';
import { form } from '../../locales/en/customer-form.ts';
import { shared } from '../../locales/en/shared.ts';
import type { Customer } from '../../model/customer.ts';
import type { CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerRecord, CustomerSaved } from '../../model/detail.ts';
import type { TheirChange } from '../../model/merge.ts';
import { displayName } from '../../model/names.ts';
import type { Problems } from '../../model/problems.ts';
import { badgeStyles } from '../../parts/badges.ts';
import {
  conflictChoice,
  conflictStyles,
  keptText,
  type ConflictContext,
} from '../../parts/conflict/conflict-choice.ts';
import { baseOf, customerShape } from '../../parts/conflict/customer-base.ts';
import { SharedSave } from '../../parts/conflict/shared-save.ts';
import { Confirmation, confirmationStyles } from '../../parts/confirmation.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { Drafts } from '../../parts/drafts.ts';
import { fieldStyles } from '../../parts/fields/field.ts';
import { formAlertStyles } from '../../parts/fields/form-alert.ts';
import { storedPhone } from '../../parts/fields/phone-field.ts';
import { problemTexts } from '../../parts/fields/problem-text.ts';
import { summary } from '../../parts/fields/summary.ts';
import { tagsFieldStyles } from '../../parts/fields/tags-field.ts';
import { typeAheadStyles } from '../../parts/fields/type-ahead.ts';
import { isolated } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine, skeletonStyles } from '../../parts/skeleton.ts';
import { stateBlock, stateBlockStyles } from '../../parts/state-block.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import { presentations, Surface, surfaceStyles, type Presentation } from '../../parts/surface.ts';
import type { FormContext } from './context.ts';
import { formStyles } from './customer-form.styles.ts';
import { FormFields } from './form-fields.ts';
import { FormLoader, type Loaded } from './form-loader.ts';
import { FormState } from './form-state.ts';
import { fieldLabel, shownValue } from './field-texts.ts';
import { NewCustomer } from './new-customer.ts';
import { Restoring } from './restoring.ts';
import { isTaken, taken } from './taken.ts';

/**
 * Creates and edits a customer: names, e-mail, phone, status, consent, tags, details of the shop's own, and a first
 * address for a new one.
 *
 * Mistakes are shown at their fields and by name in a summary. What is typed survives a closed form, a failed
 * request, an expired token and a reload. When others save meanwhile, what only one changed is merged, and what both
 * changed is shown side by side.
 *
 * @tag customer-form
 *
 * @attr {string} customer-id - Whom to edit; absent, a new customer is made.
 * @attr {boolean} open - Panel and dialog are there while it is set; inline, the form always is.
 * @attr {'panel'|'dialog'|'inline'} presentation - Default `inline`.
 * @attr {string} locale - BCP 47; absent, the nearest `lang`.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @csspart surface - The panel, the dialog, or the section.
 * @csspart header - Its title.
 * @csspart footer - Its buttons.
 *
 * @fires {CustomEvent<{customerId: string, fields: object, isNew: boolean}>} customer-save - About to be saved.
 *   Cancelable: prevented, nothing is saved and everything stays as typed.
 * @fires {CustomEvent<{customerId: string, customer: object, receipt: object}>} customer-created - A customer is made.
 * @fires {CustomEvent<{customerId: string, customer: object, receipt: object, kept: object[]}>} customer-updated - An
 *   edit is saved; `kept` is what others changed meanwhile.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-open - The customer whose e-mail was typed is
 *   wanted. Cancelable: prevented, the form stays.
 * @fires {CustomEvent<{customerId: string, receipt: object}>} customer-restored - A deleted customer is back.
 * @fires {CustomEvent<{customerId: string}>} form-close - About to close. Cancelable: prevented, it stays open.
 * @fires {CustomEvent<{customerId: string}>} form-closed - It has closed.
 */
export class CustomerFormElement extends CustomersElement {
  static override styles = [
    tokens,
    controls,
    badgeStyles,
    skeletonStyles,
    stateBlockStyles,
    surfaceStyles,
    confirmationStyles,
    fieldStyles,
    formAlertStyles,
    typeAheadStyles,
    tagsFieldStyles,
    conflictStyles,
    formStyles,
  ];

  protected static override readonly texts = { conflict, fields, form, shared };

  static override properties: PropertyDeclarations = {
    customerId: { type: String, attribute: 'customer-id' },
    open: { type: Boolean, reflect: true },
    presentation: { type: String },
    customer: { attribute: false },
    errors: { state: true },
    failure: { state: true },
    takenBy: { state: true },
    isRestored: { state: true },
    kept: { state: true },
  };

  declare customerId: string | undefined | null;
  declare open: boolean;
  declare presentation: Presentation;
  /** What is known of the customer already, as a detail or a save answers it: it isn't asked for again. */
  declare customer: CustomerRecord | undefined;
  /** By the ids of their fields. */
  declare protected errors: Readonly<Record<string, string>>;
  declare protected failure: unknown;
  /** Whom the typed e-mail leads to. */
  declare protected takenBy: AdapterError | undefined;
  declare protected isRestored: boolean;
  /** What others changed while this was saved: said before the form goes. */
  declare protected kept: readonly TheirChange[] | undefined;

  #source: CustomerAdapter | undefined;
  #loaded: Loaded | undefined;
  #state: FormState | undefined;
  #drafts: Drafts | undefined;
  #goesTo: string | undefined;
  /** What knows phone numbers is still on its way. */
  #isChecking = false;
  /** Checked at every change, once it was sent. */
  #wasSent = false;
  /** The typed e-mail is wanted although it was of somebody deleted or erased. */
  #isAnew = false;
  readonly #fields = new FormFields(this);
  readonly #surface = new Surface(this, () => this.#presentation);
  readonly #confirmation = new Confirmation(this, () => this.text('form', 'keepEditing'));
  readonly #loader = new FormLoader(this, {
    source: () => this.source,
    customerId: () => this.customerId ?? undefined,
    isShown: () => this.#isShown,
    known: () => this.customer,
    loaded: (loaded) => this.#begin(loaded),
  });
  readonly #update = new SharedSave<CustomerSaved>(this, {
    source: () => this.source,
    shape: customerShape,
    send: (adapter, request, signal) =>
      adapter.updateCustomer({ ...request, id: this.customerId ?? '' }, { signal }),
    read: (current) => baseOf(current as CustomerRecord),
    done: (saved, kept) => void this.#updated(saved, kept),
    failed: (error) => this.#failed(error),
  });
  readonly #create = new NewCustomer(this, {
    created: ({ customer, receipt }) => {
      this.#forgetDraft();
      this.emit('customer-created', { customerId: customer.id, customer, receipt });
    },
    done: ({ customer }) => void this.#leave(customer),
    failed: (error) => this.#failed(error),
  });
  readonly #restoring = new Restoring(this, {
    restored: (customer, receipt) => {
      this.#forgetDraft();
      this.emit('customer-restored', { customerId: customer.id, receipt });
      this.#open(customer);
    },
  });

  constructor() {
    super();
    this.open = false;
    this.presentation = 'inline';
    this.errors = {};
    this.isRestored = false;
    this.addEventListener('keydown', (event) => this.#onKeydown(event));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('beforeunload', this.#onUnload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('beforeunload', this.#onUnload);
  }

  /** Whether something is typed that is not saved. */
  get dirty(): boolean {
    return this.#isShown && this.#state?.isDirty === true && this.kept === undefined;
  }

  /** Whether the customer is on its way. */
  get loading(): boolean {
    return this.#loader.isLoading;
  }

  get saving(): boolean {
    return this.#isChecking || this.#update.isSaving || this.#create.isSaving;
  }

  /** Moves the focus into panel or dialog; it goes back when that closes. */
  override focus(): void {
    this.#surface.focus();
  }

  /** Closes for a person, as the close button does: asks first where something would be lost. */
  async close(): Promise<void> {
    if (this.saving || this.#confirmation.isOpen) return;
    if (this.dirty && !(await this.#mayDiscard())) return;
    this.#forgetDraft();
    await this.#leave();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('presentation') && !presentations.includes(this.presentation)) {
      console.warn(`customer-elements: a form is ${presentations.join(', ')}, not ${this.presentation}.`);
    }
    const isAnother = this.#source !== this.source;
    this.#source = this.source;
    if (isAnother || changed.has('open') || changed.has('customerId')) this.#reset();
  }

  protected override updated(): void {
    const id = this.#goesTo;
    this.#goesTo = undefined;
    if (id) this.renderRoot.querySelector<HTMLElement>(id)?.focus();
  }

  get #presentation(): Presentation {
    return presentations.includes(this.presentation) ? this.presentation : 'inline';
  }

  get #isShown(): boolean {
    return this.#presentation === 'inline' || this.open;
  }

  get #draftName(): string {
    return `customer/${this.customerId ?? 'new'}`;
  }

  #reset(): void {
    this.#loaded = undefined;
    this.#state = undefined;
    this.#wasSent = false;
    this.#isAnew = false;
    this.errors = {};
    this.failure = undefined;
    this.takenBy = undefined;
    this.isRestored = false;
    this.kept = undefined;
    this.#update.forget();
    this.#create.begin();
  }

  #begin(loaded: Loaded): void {
    this.#loaded = loaded;
    this.#drafts = new Drafts(loaded.adapter, loaded.access.user_id);
    const restored = FormState.restore(this.#drafts.read(this.#draftName));
    this.#state = restored ?? (loaded.customer ? FormState.of(loaded.customer) : new FormState());
    this.isRestored = restored !== undefined;
    if (this.#presentation !== 'inline') this.#goesTo = '#field-first_name';
    this.requestUpdate();
  }

  #discardRestored(): void {
    this.#forgetDraft();
    const { customer } = this.#loaded ?? {};
    this.#state = customer ? FormState.of(customer) : new FormState();
    this.isRestored = false;
    this.errors = {};
    this.#goesTo = '#field-first_name';
  }

  #changed(id: string): void {
    const state = this.#state;
    if (!state) return;
    if (this.#create.made) this.#forgetDraft();
    else if (state.isDirty) this.#drafts?.write(this.#draftName, state.draft());
    else this.#forgetDraft();
    if (id === 'field-email') {
      this.takenBy = undefined;
      this.#isAnew = false;
    }
    if (this.#wasSent) this.errors = this.#texts(state.check().problems);
    this.requestUpdate();
  }

  #forgetDraft(): void {
    this.#drafts?.remove(this.#draftName);
  }

  #texts(problems: Problems): Record<string, string> {
    return problemTexts((key, values) => this.text('fields', key, values), problems);
  }

  /** A number that is just being typed is none yet as it is kept. */
  async #settlePhone(state: FormState): Promise<Problems> {
    const { phone } = state.values;
    if (!phone.trim() || !('phone' in state.edit())) return {};
    const stored = await storedPhone(phone.trim(), this.#country);
    if (stored === undefined) return { 'field-phone': { code: 'phone' } };
    state.set('phone', stored);
    return {};
  }

  get #country(): string | undefined {
    const { locale } = this.language;
    return this.#state?.address?.country || this.#loaded?.customer?.country || new Intl.Locale(locale).region;
  }

  async #submit(): Promise<void> {
    const state = this.#state;
    const adapter = this.source;
    if (!state || !adapter || this.saving) return;
    this.#isChecking = true;
    const phone = await this.#settlePhone(state);
    this.#isChecking = false;
    this.requestUpdate();
    const { fields, address, problems } = state.check();
    this.#wasSent = true;
    this.failure = undefined;
    this.errors = this.#texts({ ...problems, ...phone });
    if (Object.keys(this.errors).length) {
      this.#goesTo = '.summary';
      return;
    }
    const { base } = state;
    const customerId = this.customerId ?? '';
    if (base && !state.isDirty) {
      await this.close();
      return;
    }
    if (!this.emit('customer-save', { customerId, fields, isNew: !base }, { cancelable: true })) return;
    this.takenBy = undefined;
    if (base) await this.#update.save(base, fields, this.#isAnew);
    else await this.#create.save(adapter, { fields, address, anew: this.#isAnew });
    if (this.#update.conflict) this.#goesTo = '#conflict-title';
    this.requestUpdate();
  }

  async #updated({ customer, receipt }: CustomerSaved, kept: readonly TheirChange[]): Promise<void> {
    this.#forgetDraft();
    this.customer = customer;
    this.emit('customer-updated', { customerId: customer.id, customer, receipt, kept });
    if (!kept.length) {
      await this.#leave(customer);
      return;
    }
    this.#state = FormState.of(customer);
    this.kept = kept;
    this.#goesTo = '.done';
  }

  #failed(error: unknown): void {
    if (isAdapterError(error, 'conflict') && isTaken(error)) {
      this.takenBy = error;
      this.#goesTo = '.taken';
    } else if (isAdapterError(error, 'invalid') && Object.keys(error.fields).length) {
      const prefix = this.#create.made ? 'address-' : 'field-';
      this.errors = Object.fromEntries(
        Object.entries(error.fields).map(([name, message]) => [
          prefix + name,
          this.text('fields', 'problemRefused', { message }),
        ]),
      );
      this.#goesTo = '.summary';
    } else {
      this.failure = error;
      this.#goesTo = '.save-failed';
    }
    this.requestUpdate();
  }

  async #mayDiscard(): Promise<boolean> {
    return this.#confirmation.ask({
      title: this.text('form', 'discardTitle'),
      text: this.text('form', 'discardText'),
      action: this.text('form', 'discard'),
      isDanger: true,
    });
  }

  /** All is saved, or nothing is worth keeping. */
  async #leave(saved?: CustomerRecord): Promise<void> {
    const customerId = this.customerId ?? undefined;
    if (
      !saved &&
      this.#presentation !== 'inline' &&
      !this.emit('form-close', { customerId }, { cancelable: true })
    ) {
      return;
    }
    if (this.#presentation === 'inline') {
      const loaded = this.#loaded;
      this.#reset();
      if (loaded) this.#begin({ ...loaded, customer: loaded.customer && (saved ?? loaded.customer) });
      return;
    }
    this.open = false;
    this.#reset();
    await this.updateComplete;
    this.emit('form-closed', { customerId });
  }

  #open(customer: Customer): void {
    const detail = { customer, customerId: customer.id };
    if (this.emit('customer-open', detail, { cancelable: true })) void this.#leave();
  }

  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.dirty) event.preventDefault();
  };

  #onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || this.#presentation === 'inline') return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      void this.close();
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void this.#submit();
    }
  }

  get #context(): FormContext {
    const { locale } = this.language;
    const field: FormContext['field'] = (key, values) => this.text('fields', key, values);
    return {
      text: (key, values) => this.text('form', key, values),
      field,
      fields: { text: field, locale },
      locale,
      timeZone: this.#loaded?.access.time_zone ?? 'UTC',
    };
  }

  protected override render(): unknown {
    if (!this.#isShown) return nothing;
    const { direction } = this.language;
    const content = html`
      <div class="content" dir=${direction}>
        ${this.#renderHead()} ${this.#renderContent()} ${this.#confirmation.render()}
      </div>
    `;
    return this.#surface.render(content, direction, () => void this.close());
  }

  #renderHead(): TemplateResult {
    const customer = this.#loaded?.customer ?? this.customer;
    const title = customer
      ? this.text('form', 'editTitle', { customer: isolated(displayName(customer)) })
      : this.text('form', this.customerId ? 'editing' : 'createTitle');
    return html`
      <header class="head" part="header">
        <h2 id="title">${title}</h2>
        ${
          this.#presentation === 'inline'
            ? nothing
            : html`<button
                class="button quiet icon close"
                type="button"
                aria-label=${this.text('shared', 'close')}
                @click=${() => void this.close()}
              >
                ${icons.cross}
              </button>`
        }
      </header>
    `;
  }

  #renderContent(): TemplateResult {
    const state = this.#state;
    const loaded = this.#loaded;
    if (this.#loader.error !== undefined) return this.#renderBody(this.#renderLoadFailed(this.#loader.error));
    if (!state || !loaded) {
      return this.#renderBody(
        html`<div class="loading-fields" aria-busy="true">
          <span class="visually-hidden" role="status">${this.text('shared', 'loading')}</span>
          ${['a', 'b', 'c', 'd'].map(() => skeletonLine('long'))}
        </div>`,
      );
    }
    const role = lowerRole(loaded.access.role, this.provided?.role);
    if (role === 'viewer') {
      return this.#renderBody(
        stateBlock({
          icon: icons.person,
          title: this.text('form', 'mayOnlyRead'),
          text: this.text('form', 'mayOnlyReadText'),
        }),
      );
    }
    if (this.kept) return this.#renderKept(this.kept);
    const { conflict } = this.#update;
    if (conflict) return this.#renderBody(this.#renderConflict(conflict));
    return this.#renderForm(loaded.adapter, state, role === 'admin');
  }

  #renderBody(content: unknown): TemplateResult {
    return html`<div class="body">${content}</div>`;
  }

  #renderLoadFailed(error: unknown): TemplateResult {
    return stateBlock({
      icon: icons.warning,
      alert: true,
      title: this.text('form', 'loadFailed'),
      text: this.errorText(error),
      actions: html`<button
        class="button"
        type="button"
        data-action="retry"
        @click=${() => this.#loader.retry()}
      >
        ${this.text('shared', 'retry')}
      </button>`,
    });
  }

  #renderForm(adapter: CustomerAdapter, state: FormState, isAdmin: boolean): TemplateResult {
    const context = this.#context;
    const { made } = this.#create;
    const isNew = state.base === undefined;
    const submit = (event: Event) => {
      event.preventDefault();
      void this.#submit();
    };
    const label = this.text(
      'form',
      this.saving ? 'saving' : made ? 'saveAddress' : isNew ? 'create' : 'save',
    );
    return html`
      <form novalidate @submit=${submit}>
        <div class="body">
          ${this.isRestored ? this.#renderRestored() : nothing} ${this.#renderFailure()}
          ${
            Object.keys(this.errors).length
              ? summary({
                  title: context.text('problems', { count: Object.keys(this.errors).length }),
                  errors: this.errors,
                  label: (id) => fieldLabel(context, id.replace(/^(field|address)-/, ''), state),
                  goTo: (id) => this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(id)}`)?.focus(),
                })
              : nothing
          }
          ${this.takenBy ? this.#renderTaken(this.takenBy, isNew, isAdmin && adapter.capabilities.delete) : nothing}
          ${this.#fields.render({
            context,
            adapter,
            state,
            errors: this.errors,
            country: this.#country,
            isVerified: this.#loaded?.customer?.email_verified === true,
            canAddress: isNew && adapter.capabilities.addresses,
            isMade: made !== undefined,
            changed: (id) => this.#changed(id),
          })}
        </div>
        <div class="foot" part="footer">
          ${
            made
              ? html`<button
                  class="button"
                  type="button"
                  data-action="without"
                  @click=${() => void this.#leave()}
                >
                  ${this.text('form', 'withoutAddress')}
                </button>`
              : this.#presentation === 'inline' && !this.dirty
                ? nothing
                : html`<button
                    class="button"
                    type="button"
                    data-action="cancel"
                    @click=${() => void this.close()}
                  >
                    ${this.text('shared', 'cancel')}
                  </button>`
          }
          <button class="button primary" type="submit" aria-disabled=${this.saving ? 'true' : 'false'}>
            ${label}
          </button>
        </div>
      </form>
    `;
  }

  #renderRestored(): TemplateResult {
    return html`<div class="restored">
      <span role="status">${this.text('form', 'restored')}</span>
      <button
        class="button quiet"
        type="button"
        data-action="discard"
        @click=${() => this.#discardRestored()}
      >
        ${this.text('form', 'discardRestored')}
      </button>
    </div>`;
  }

  #renderFailure(): TemplateResult | typeof nothing {
    if (this.failure === undefined) return nothing;
    const reason = this.errorText(this.failure);
    const text = this.#create.made
      ? this.text('form', 'addressFailed', { reason })
      : isAdapterError(this.failure, 'not_found')
        ? this.text('form', 'goneFailed')
        : reason;
    return html`<div class="form-alert failed save-failed" role="alert" tabindex="-1">
      ${icons.warning}
      <div>
        <p class="form-alert-title">${text}</p>
        ${this.#create.made ? nothing : html`<p>${this.text('form', 'saveFailed')}</p>`}
      </div>
    </div>`;
  }

  #renderTaken(error: AdapterError, isNew: boolean, canRestore: boolean): TemplateResult {
    const { isBusy, error: failure } = this.#restoring;
    return taken({
      context: this.#context,
      error,
      isNew,
      canRestore,
      isBusy: isBusy || this.saving,
      failure:
        failure === undefined
          ? undefined
          : this.text('form', 'restoreFailed', { reason: this.errorText(failure) }),
      open: (customer) => this.#open(customer),
      restore: (customer) => this.source && void this.#restoring.restore(this.source, customer),
      takeAnew: () => {
        this.#isAnew = true;
        void this.#submit();
      },
    });
  }

  get #conflictContext(): ConflictContext {
    const { locale, timeZone } = this.#context;
    return { text: (key, values) => this.text('conflict', key, values), locale, timeZone };
  }

  #renderConflict(conflict: NonNullable<SharedSave<CustomerSaved>['conflict']>): TemplateResult {
    const context = this.#context;
    return conflictChoice({
      context: this.#conflictContext,
      conflict,
      label: (field) => fieldLabel(context, field),
      show: (field, value) => shownValue(context, field as keyof CustomerFields, value),
      isSaving: this.saving,
      choose: (field, side) => this.#update.choose(field, side),
      save: () => void this.#resolve(),
      back: () => {
        this.#update.forget();
        this.#goesTo = '#field-first_name';
      },
    });
  }

  async #resolve(): Promise<void> {
    await this.#update.resolve();
    if (this.#update.conflict) this.#goesTo = '#conflict-title';
    this.requestUpdate();
  }

  /** Stays until it is read: what others changed would go unnoticed otherwise. */
  #renderKept(kept: readonly TheirChange[]): TemplateResult {
    const context = this.#context;
    return html`
      ${this.#renderBody(
        html`<div class="form-alert" role="status">
          ${icons.check}
          <div>
            <p class="form-alert-title">${context.text('saved')}</p>
            <p>${keptText(this.#conflictContext, kept, (field) => fieldLabel(context, field))}</p>
          </div>
        </div>`,
      )}
      <div class="foot" part="footer">
        <button class="button primary done" type="button" @click=${() => void this.#leave(this.customer)}>
          ${context.text('done')}
        </button>
      </div>
    `;
  }
}
