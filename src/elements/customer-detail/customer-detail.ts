import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { conflict } from '../../locales/en/conflict.ts';
import { detail } from '../../locales/en/customer-detail.ts';
import { fields } from '../../locales/en/fields.ts';
import { form } from '../../locales/en/customer-form.ts';
import { privacy } from '../../locales/en/privacy.ts';
import { shared } from '../../locales/en/shared.ts';
import { table } from '../../locales/en/customer-table.ts';
import { timeline } from '../../locales/en/timeline.ts';
import type { Customer } from '../../model/customer.ts';
import type { CustomerDetail } from '../../model/detail.ts';
import { displayName } from '../../model/names.ts';
import { avatarStyles } from '../../parts/avatar.ts';
import { badgeStyles } from '../../parts/badges.ts';
import { conflictStyles } from '../../parts/conflict/conflict-choice.ts';
import { Confirmation, confirmationStyles } from '../../parts/confirmation.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { mailtoUrl, openMailProgram } from '../../parts/email.ts';
import { Drafts } from '../../parts/drafts.ts';
import { fieldStyles } from '../../parts/fields/field.ts';
import { formAlertStyles } from '../../parts/fields/form-alert.ts';
import { typeAheadStyles } from '../../parts/fields/type-ahead.ts';
import { icons } from '../../parts/icons.ts';
import { Notice, noticeStyles } from '../../parts/notice.ts';
import { Popover, popoverStyles } from '../../parts/popover.ts';
import { skeletonStyles } from '../../parts/skeleton.ts';
import { stateBlock, stateBlockStyles } from '../../parts/state-block.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import { presentations, Surface, surfaceStyles, type Presentation } from '../../parts/surface.ts';
import type { DetailContext } from './context.ts';
import { detailStyles } from './customer-detail.styles.ts';
import { DetailController } from './detail-controller.ts';
import type { DetailHost } from './detail-host.ts';
import { DetailPieces } from './detail-pieces.ts';
import type { CustomerShowDetail } from './events.ts';
import { fieldEditorStyles } from './field-editor.ts';
import { head } from './head.ts';
import { headMenu } from './head-menu.ts';
import type { MonthlySum } from './monthly-sums.ts';
import { numbers } from './numbers.ts';
import { permissionsOf } from './permissions.ts';
import { SpendingChart } from './spending-chart.ts';
import { spending } from './spending.ts';
import { failedState, failedTitle, loadingState } from './states.ts';
import { tabNames, tabs, type TabName } from './tabs.ts';
import { Writes } from './writes.ts';

/**
 * One customer: who, contact, the four numbers and spending over time, addresses, groups, tags, orders, notes, and a
 * timeline of what happened.
 *
 * A panel from the right that leaves the page usable, a modal dialog, or inline; on a phone, panel and dialog fill
 * the screen. It is open while `customer-id` is set. `j` and `k` go to the next and the previous customer while the
 * focus is inside, Escape closes.
 *
 * @tag customer-detail
 *
 * @attr {string} customer-id - Whom to show; absent, panel and dialog are closed.
 * @attr {'panel'|'dialog'|'inline'} presentation - Default `panel`.
 * @attr {string} previous-id - The customer before this one in the host's list.
 * @attr {string} next-id - The customer after it.
 * @attr {boolean} more-before - The list goes on before it, where `previous-id` is not known yet.
 * @attr {boolean} more-after - The list goes on after it, where `next-id` is not known yet.
 * @attr {string} order-href - Where an order's page is, `/orders/{id}`: order numbers become real links.
 * @attr {string} shortcuts - `off` leaves the keys `j` and `k` to the host.
 * @attr {string} locale - BCP 47; absent, the nearest `lang`.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @csspart surface - The panel, the dialog, or the section.
 * @csspart header - Name, status, badges and actions.
 * @csspart name - The customer's name.
 * @csspart avatar - Picture or initials.
 * @csspart numbers - Orders, total spent, average order, last order.
 * @csspart tab - The button of a tab.
 * @csspart merge - The dialog in which two customers are merged.
 * @csspart order - One order.
 * @csspart note - One note.
 * @csspart timeline-entry - One thing that happened.
 *
 * @cssprop [--customers-detail-width=600px] - Of the panel.
 *
 * @fires {CustomEvent<{customerId: string, by: 'previous'|'next'|'merge'}>} customer-show - Another customer is about
 *   to be shown. Cancelable: prevented, this one stays.
 * @fires {CustomEvent<{customerId: string, by: 'previous'|'next'|'merge'}>} customer-shown - `customer-id` is another
 *   now.
 * @fires {CustomEvent<{by: 'previous'|'next'}>} customer-beyond - A neighbour is wanted that only the host can find,
 *   on another page of its list; it sets `customer-id`.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-email - Cancelable: prevented, no mail program
 *   opens.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-edit - "Edit" was chosen. Cancelable:
 *   prevented, the form stays closed.
 * @fires {CustomEvent<{customerId: string, fields: object, isNew: boolean}>} customer-save - An edit is about to be
 *   saved. Cancelable: prevented, nothing is saved and what is typed stays.
 * @fires {CustomEvent<{customerId: string, customer: object, receipt: object, kept: object[]}>} customer-updated - It
 *   is saved; `kept` is what others changed meanwhile.
 * @fires {CustomEvent<{order: object, orderId: string, customerId: string}>} order-open - An order was chosen; where it
 *   opens is the host's. Cancelable: prevented, no link is followed.
 * @fires {CustomEvent<{customerId: string, content: string}>} note-add - A note is about to be added. Cancelable:
 *   prevented, it stays in its field.
 * @fires {CustomEvent<{customerId: string, note: object, receipt: object}>} note-added - It is saved.
 * @fires {CustomEvent<{customerId: string, note: object, content: string}>} note-edit - A changed note is about to be
 *   saved. Cancelable: prevented, it stays in its field.
 * @fires {CustomEvent<{customerId: string, note: object, receipt: object}>} note-edited - It is saved.
 * @fires {CustomEvent<{customerId: string, note: object}>} note-pin - A note is about to be pinned. Cancelable:
 *   prevented, it is not.
 * @fires {CustomEvent<{customerId: string, note: object, receipt: object}>} note-pinned - It stands first now.
 * @fires {CustomEvent<{customerId: string, note: object}>} note-unpin - The reverse. Cancelable.
 * @fires {CustomEvent<{customerId: string, note: object, receipt: object}>} note-unpinned - It stands by its time again.
 * @fires {CustomEvent<{customerId: string, note: object}>} note-delete - A note is about to be deleted. Cancelable:
 *   prevented, it stays.
 * @fires {CustomEvent<{customerId: string, note: object, receipt: object}>} note-deleted - It is gone; Undo is offered.
 * @fires {CustomEvent<{customerId: string, note: object}>} note-restore - Undo was chosen. Cancelable: prevented, the
 *   note stays deleted.
 * @fires {CustomEvent<{customerId: string, note: object, receipt: object}>} note-restored - It is back.
 * @fires {CustomEvent<{customerId: string, addressId: string, fields: object, isNew: boolean}>} address-save - An
 *   address is about to be saved, or to become a default. Cancelable: prevented, it stays in its form.
 * @fires {CustomEvent<{customerId: string, address: object, addresses: object[], receipt: object}>} address-saved - It
 *   is saved; `addresses` is the whole book.
 * @fires {CustomEvent<{customerId: string, address: object}>} address-delete - Cancelable: prevented, it stays.
 * @fires {CustomEvent<{customerId: string, address: object, addresses: object[], receipt: object}>} address-deleted -
 *   It is gone; Undo is offered where the backend can.
 * @fires {CustomEvent<{customerId: string, operationId: string}>} address-restore - Undo was chosen. Cancelable:
 *   prevented, the address stays deleted.
 * @fires {CustomEvent<{customerId: string, receipt: object}>} address-restored - It is back.
 * @fires {CustomEvent<{customerId: string, add: string[], remove: string[]}>} tags-change - Tags are about to be added
 *   or removed. Cancelable: prevented, they stay as they are.
 * @fires {CustomEvent<{customerId: string, customer: object, receipt: object}>} tags-changed - They are saved.
 * @fires {CustomEvent<{customerId: string, add: string[], remove: string[]}>} groups-change - The customer is about to
 *   join or leave groups, by id. Cancelable: prevented, nothing changes.
 * @fires {CustomEvent<{customerId: string, customer: object, receipt: object}>} groups-changed - It is saved.
 * @fires {CustomEvent<{customerId: string}>} customer-promote - A guest is about to become a registered customer.
 *   Cancelable: prevented, nothing changes.
 * @fires {CustomEvent<{customerId: string, customer: object, receipt: object}>} customer-promoted - It is registered.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-delete - Delete was chosen. Cancelable:
 *   prevented, the person isn't asked and nothing is deleted.
 * @fires {CustomEvent<{customerId: string, receipt: object}>} customer-deleted - It is hidden; restoring takes it back.
 * @fires {CustomEvent<{customerId: string}>} customer-restore - A deleted customer is about to be restored, by Undo
 *   too. Cancelable: prevented, it stays deleted.
 * @fires {CustomEvent<{customerId: string, receipt: object}>} customer-restored - It is back.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-erase - Erase was chosen. Cancelable: prevented,
 *   nothing is asked or erased.
 * @fires {CustomEvent<{customerId: string, receipt: object}>} customer-erased - The person's data are gone for good. A
 *   login, and what orders say of their buyer, are the host's to remove.
 * @fires {CustomEvent<{customerId: string, format: 'csv'|'json'}>} data-hand-over - A file of all that is held about
 *   the customer is about to be made. Cancelable: prevented, none is.
 * @fires {CustomEvent<{customerId: string, format: string, fileName: string}>} data-handed-over - It is saved.
 * @fires {CustomEvent<{keepId: string, goneId: string, fields: object}>} customer-merge - Two customers are about to be
 *   merged: the one that stays, and what it gets of the other. Cancelable: prevented, both stay.
 * @fires {CustomEvent<{keepId: string, goneId: string, customer: object, receipt: object}>} customer-merged - One
 *   remains, and is shown; Undo is offered.
 * @fires {CustomEvent<{operationId: string}>} merge-undo - Undo was chosen. Cancelable: prevented, they stay merged.
 * @fires {CustomEvent<{operationId: string, receipt: object}>} merge-undone - Both are back, but for what the receipt
 *   names.
 * @fires {CustomEvent<{customerId: string, otherId: string}>} duplicate-dismiss - "Not the same person" was chosen.
 *   Cancelable: prevented, the suggestion stays.
 * @fires {CustomEvent<{customerId: string, otherId: string, receipt: object}>} duplicate-dismissed - It is remembered.
 * @fires {CustomEvent<{customerId: string}>} detail-close - About to close. Cancelable: prevented, it stays open.
 * @fires {CustomEvent<{customerId: string}>} detail-closed - It has closed, and `customer-id` is gone.
 * @fires {CustomEvent<{customer: object}>} customer-loaded - The customer has come, with all that is shown first.
 * @fires {CustomEvent<{error: object}>} customer-error - The customer could not be loaded; the element shows why.
 */
export class CustomerDetailElement extends CustomersElement {
  static override styles = [
    tokens,
    controls,
    avatarStyles,
    badgeStyles,
    skeletonStyles,
    stateBlockStyles,
    popoverStyles,
    noticeStyles,
    confirmationStyles,
    fieldStyles,
    formAlertStyles,
    typeAheadStyles,
    conflictStyles,
    fieldEditorStyles,
    surfaceStyles,
    ...detailStyles,
  ];

  protected static override readonly texts = {
    conflict,
    detail,
    fields,
    form,
    privacy,
    shared,
    table,
    timeline,
  };

  static override properties: PropertyDeclarations = {
    customerId: { type: String, attribute: 'customer-id' },
    presentation: { type: String },
    previousId: { type: String, attribute: 'previous-id' },
    nextId: { type: String, attribute: 'next-id' },
    moreBefore: { type: Boolean, attribute: 'more-before' },
    moreAfter: { type: Boolean, attribute: 'more-after' },
    orderHref: { type: String, attribute: 'order-href' },
    shortcuts: { type: String },
    customer: { attribute: false },
    tab: { state: true },
    currency: { state: true },
    asTable: { state: true },
    point: { state: true },
    announcement: { state: true },
  };

  declare customerId: string | undefined | null;
  declare presentation: Presentation;
  declare previousId: string | undefined | null;
  declare nextId: string | undefined | null;
  declare moreBefore: boolean;
  declare moreAfter: boolean;
  declare orderHref: string | undefined | null;
  declare shortcuts: string | undefined | null;
  /** What a list knows of the customer already: drawn at once, until the whole is here. */
  declare customer: Customer | undefined;
  declare protected tab: TabName;
  /** What the chart is of. */
  declare protected currency: string | undefined;
  declare protected asTable: boolean;
  declare protected point: MonthlySum | undefined;
  declare protected announcement: string;

  #hadFocus = false;
  readonly #surface = new Surface(this, () => this.#presentation);
  readonly #detail = new DetailController(this, {
    source: () => this.source,
    customerId: () => this.customerId ?? undefined,
    onLoaded: (detail) => {
      this.announcement = displayName(detail.customer);
      this.emit('customer-loaded', { customer: detail });
    },
    onError: (error) => this.emit('customer-error', { error }),
  });
  readonly #popover = new Popover(this, () => this.text('shared', 'close'));
  readonly #notice = new Notice(this, () => ({
    undo: this.text('shared', 'undo'),
    close: this.text('shared', 'close'),
  }));
  readonly #confirmation = new Confirmation(this, () => this.text('shared', 'cancel'));
  readonly #host: DetailHost = {
    element: this,
    popover: this.#popover,
    notice: this.#notice,
    confirmation: this.#confirmation,
    writes: new Writes(this, () => this.source),
    source: () => this.source,
    customerId: () => this.customerId ?? undefined,
    detail: () => this.#detail.shown,
    context: () => this.#context(),
    fieldContext: () => ({
      text: (key, values) => this.text('fields', key, values),
      locale: this.language.locale,
    }),
    formContext: () => ({
      text: (key, values) => this.text('form', key, values),
      field: (key, values) => this.text('fields', key, values),
      fields: this.#host.fieldContext(),
      locale: this.language.locale,
      timeZone: this.#context().timeZone,
    }),
    conflictContext: () => ({
      text: (key, values) => this.text('conflict', key, values),
      locale: this.language.locale,
      timeZone: this.#context().timeZone,
    }),
    drafts: () => {
      const { access } = this.#detail;
      return this.source && access && new Drafts(this.source, access.user_id);
    },
    permissions: () => permissionsOf(this.source, this.#detail.access, this.provided?.role),
    errorText: (error) => this.errorText(error),
    ask: (name, detail) => this.emit(name, detail, { cancelable: true }),
    tell: (name, detail) => this.emit(name, detail),
    announce: (text) => (this.announcement = text),
    focusOn: (selector, otherwise) => this.#focusOn(selector, otherwise),
    takeOver: (saved) => this.#detail.update(saved),
    reload: () => this.reload(),
    show: (customerId) => this.#show(customerId, 'merge'),
  };
  readonly #pieces = new DetailPieces(
    this.#host,
    { orderHref: (order) => this.orderHref?.replaceAll('{id}', encodeURIComponent(order.id)) },
    {
      text: (key, values) => this.text('privacy', key, values),
      cancelLabel: () => this.text('shared', 'cancel'),
      retryLabel: () => this.text('shared', 'retry'),
      errorText: (error) => this.errorText(error),
    },
  );
  readonly #chart = new SpendingChart(this);

  constructor() {
    super();
    this.presentation = 'panel';
    this.moreBefore = false;
    this.moreAfter = false;
    this.tab = 'info';
    this.asTable = false;
    this.announcement = '';
    this.addEventListener('keydown', (event) => this.#onKeydown(event));
  }

  /** Whether the customer is on its way. */
  get loading(): boolean {
    return this.#detail.loading;
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('presentation') && !presentations.includes(this.presentation)) {
      console.warn(`customer-elements: a detail is ${presentations.join(', ')}, not ${this.presentation}.`);
    }
    if (changed.has('customerId')) {
      this.announcement = '';
      this.point = undefined;
      this.currency = undefined;
    }
  }

  protected override updated(): void {
    // What had the focus may be gone with the customer that it was of.
    const isLost = this.#hadFocus && this.customerId && !this.shadowRoot?.activeElement;
    this.#hadFocus = false;
    if (!isLost) return;
    this.#surface.focus();
    // Inline there is no surface that takes it.
    if (!this.shadowRoot?.activeElement) this.shadowRoot?.querySelector<HTMLElement>('#title')?.focus();
  }

  /** Asks again; what is shown stays until the answer comes. */
  async reload(): Promise<void> {
    await this.#detail.reload();
  }

  /** Moves the focus into panel or dialog; it goes back when that closes. */
  override focus(): void {
    this.#surface.focus();
  }

  /** Closes for a person, as the close button does: announced by `detail-close`. */
  async close(): Promise<void> {
    const { customerId } = this;
    if (!customerId || !this.emit('detail-close', { customerId }, { cancelable: true })) return;
    this.customerId = undefined;
    await this.updateComplete;
    this.emit('detail-closed', { customerId });
  }

  get #presentation(): Presentation {
    return presentations.includes(this.presentation) ? this.presentation : 'panel';
  }

  /** All of the customer, else what a list knew. */
  get #customer(): Customer | undefined {
    const { shown, error } = this.#detail;
    if (shown) return shown.customer;
    return this.customer?.id === this.customerId && error === undefined ? this.customer : undefined;
  }

  #show(customerId: string | undefined | null, by: CustomerShowDetail['by']): void {
    if (!customerId || !this.emit('customer-show', { customerId, by }, { cancelable: true })) return;
    this.customerId = customerId;
    this.emit('customer-shown', { customerId, by });
  }

  #walk(by: 'previous' | 'next'): void {
    const id = by === 'previous' ? this.previousId : this.nextId;
    const goesOn = by === 'previous' ? this.moreBefore : this.moreAfter;
    if (id) this.#show(id, by);
    else if (goesOn) this.emit('customer-beyond', { by });
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    // A menu takes letters, and closes by Escape itself.
    if (this.#popover.current !== undefined) return;
    const target = event.composedPath()[0];
    if (event.key === 'Escape' && this.#presentation !== 'inline') {
      event.preventDefault();
      void this.close();
    } else if (this.shortcuts !== 'off' && !isField(target) && (event.key === 'j' || event.key === 'k')) {
      event.preventDefault();
      this.#walk(event.key === 'j' ? 'next' : 'previous');
    }
  }

  #email(customer: Customer): void {
    const url = mailtoUrl([customer.email]);
    if (this.#host.ask('customer-email', { customer, customerId: customer.id }) && url) openMailProgram(url);
  }

  async #focusOn(selector: string, otherwise = selector): Promise<void> {
    await this.updateComplete;
    const find = (where: string) => this.shadowRoot?.querySelector<HTMLElement>(where);
    (find(selector) ?? find(otherwise))?.focus();
  }

  #context(): DetailContext {
    return {
      text: (key, values) => this.text('detail', key, values),
      textOf: (section, key, values) => this.text(section, key, values),
      locale: this.language.locale,
      direction: this.language.direction,
      currency: this.#detail.access?.currency ?? 'USD',
      timeZone: this.#detail.access?.time_zone ?? 'UTC',
    };
  }

  protected override render(): unknown {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    const isInline = this.#presentation === 'inline';
    if (!this.customerId) return nothing;
    const content = html`
      <div class="content" dir=${this.language.direction}>
        ${this.#renderHead(!isInline)}
        <div class="body">${this.source ? this.#renderBody() : this.#renderUnconnected()}</div>
        <div class="visually-hidden" role="status">${this.announcement}</div>
        ${this.#notice.render()} ${this.#popover.render()} ${this.#confirmation.render()}
        ${this.#pieces.renderDialogs()}
      </div>
    `;
    return this.#surface.render(content, this.language.direction, () => void this.close());
  }

  #renderHead(canClose: boolean): TemplateResult {
    const { error } = this.#detail;
    const context = this.#context();
    const customer = this.#customer;
    return head({
      context,
      customer,
      title: error === undefined ? '' : failedTitle(context, error),
      statusLabel: ({ status }) =>
        this.text(
          'table',
          ({ active: 'statusActive', inactive: 'statusInactive', guest: 'statusGuest' } as const)[status],
        ),
      closeLabel: this.text('shared', 'close'),
      canClose,
      way: {
        previous: Boolean(this.previousId) || this.moreBefore,
        next: Boolean(this.nextId) || this.moreAfter,
      },
      hasShortcuts: this.shortcuts !== 'off',
      close: () => void this.close(),
      walk: (by) => this.#walk(by),
      email: (one) => this.#email(one),
      editable: (name, shown) => {
        const detail = this.#detail.shown;
        return detail ? this.#pieces.fields.render(detail, name, shown) : shown;
      },
      isEditingName: this.#pieces.fields.isEditing('name'),
      menu: headMenu(this.#host, this.#pieces),
    });
  }

  #renderBody(): unknown {
    const { shown, error, access } = this.#detail;
    const context = this.#context();
    const id = this.customerId ?? '';
    if (shown && access) return [this.#renderOutdated(), this.#renderDetail(shown, context)];
    if (error !== undefined) {
      return failedState({
        context,
        error,
        message: this.errorText(error),
        retryLabel: this.text('shared', 'retry'),
        retry: () => void this.reload(),
        goTo: (customerId) => this.#show(customerId, 'merge'),
        restore: this.#host.permissions().delete ? () => void this.#pieces.removal.restore(id) : undefined,
      });
    }
    return [numbers(context, access && this.#customer), loadingState(context)];
  }

  /** A failed refresh of what still stands. */
  #renderOutdated(): TemplateResult | typeof nothing {
    const { error } = this.#detail;
    if (error === undefined) return nothing;
    return html`
      <div class="outdated" role="alert">
        ${icons.warning}
        <span>${this.text('detail', 'reloadFailed', { reason: this.errorText(error) })}</span>
        <button class="button" type="button" data-action="retry" @click=${() => void this.reload()}>
          ${this.text('shared', 'retry')}
        </button>
      </div>
    `;
  }

  #renderDetail(detail: CustomerDetail, context: DetailContext): TemplateResult {
    const { customer } = detail;
    return html`
      ${this.#pieces.merging.renderBanner(detail)} ${numbers(context, customer, detail.otherCurrencies)}
      ${spending({
        context,
        detail,
        chart: this.#chart,
        currency: this.currency,
        asTable: this.asTable,
        point: this.point,
        chooseCurrency: (currency) => (this.currency = currency),
        showTable: (asTable) => (this.asTable = asTable),
        onPoint: (month) => (this.point = month),
      })}
      ${tabs({
        context,
        names: tabNames.filter((name) => this.#pieces.tabs[name].isOffered?.() ?? true),
        current: this.tab,
        counts: Object.fromEntries(tabNames.map((name) => [name, this.#pieces.tabs[name].count?.(customer)])),
        choose: (name) => (this.tab = name),
        content: (name) => this.#pieces.tabs[name].render(detail),
      })}
    `;
  }

  /** Late, since an adapter usually comes a moment after the element. */
  #renderUnconnected(): TemplateResult {
    return html`<div class="late">
      ${stateBlock({
        icon: icons.person,
        title: this.text('table', 'noAdapterTitle'),
        text: this.text('shared', 'noAdapter'),
      })}
    </div>`;
  }
}

const isField = (target: EventTarget | undefined): boolean =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;
