import { initialState, Task } from '@lit/task';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { accessOf, forgetAccess, lowerRole } from '../../adapter/access.ts';
import { detail } from '../../locales/en/customer-detail.ts';
import { fields } from '../../locales/en/fields.ts';
import { operations } from '../../locales/en/operations.ts';
import { privacy } from '../../locales/en/privacy.ts';
import { shared } from '../../locales/en/shared.ts';
import { view } from '../../locales/en/customers-view.ts';
import type { Role } from '../../model/access.ts';
import type { Customer, Total } from '../../model/customer.ts';
import type { CustomerFiltersInput } from '../../model/filters.ts';
import type { CustomerChoice } from '../../model/operations.ts';
import { Confirmation, confirmationStyles } from '../../parts/confirmation.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { formatNumber } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { Notice, noticeStyles } from '../../parts/notice.ts';
import { badgeStyles } from '../../parts/badges.ts';
import { fieldName } from '../../parts/operation-history/field-names.ts';
import { FailuresDialog } from '../../parts/operation-history/failures-dialog.ts';
import { OperationHistory } from '../../parts/operation-history/operation-history.ts';
import { operationHistoryStyles } from '../../parts/operation-history/operation-history.styles.ts';
import { OperationNotice } from '../../parts/operation-history/operation-notice.ts';
import type { OperationsTextKey } from '../../parts/operation-history/operation-words.ts';
import { skeletonStyles } from '../../parts/skeleton.ts';
import type { TextValues } from '../../locales/translate.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import type { CustomerStatsElement } from '../customer-stats/customer-stats.ts';
import type { CustomerDetailElement } from '../customer-detail/customer-detail.ts';
import type { CustomerShowDetail } from '../customer-detail/events.ts';
import { privacyStyles } from '../customer-detail/erase/privacy.styles.ts';
import { Removal } from '../customer-detail/removal.ts';
import { Writes } from '../customer-detail/writes.ts';
import type { CustomerTable } from '../customer-table/customer-table.ts';
import { viewStyles } from './customers-view.styles.ts';
import { ExportDialog } from './export-dialog.ts';
import { headerButton, type HeaderButton } from './header-button.ts';
import { ImportDialog } from './import-dialog.ts';
import { OpenCustomer } from './open-customer.ts';
import { RecentlyDeleted } from './recently-deleted/recently-deleted.ts';
import { recentlyDeletedStyles } from './recently-deleted/recently-deleted.styles.ts';

/** What the list and the statistics show of a customer. */
const changesOfTheList = [
  'customer-created',
  'customer-updated',
  'tags-changed',
  'groups-changed',
  'address-saved',
  'address-deleted',
  'address-restored',
  'customer-promoted',
  'customer-deleted',
  'customer-erased',
  'customer-restored',
] as const;

/** What the list and the detail show of groups. */
const changesOfGroups = ['group-saved', 'group-deleted', 'group-restored', 'members-changed'] as const;

/**
 * The whole customer screen in one tag: title and count, statistics, the list with its search and filters, one
 * customer beside it, the form for a new one or an edit, the groups, the import and the export. Every event of the
 * elements inside reaches the host.
 *
 * @tag customers-view
 *
 * @attr {string} heading - The title; absent: "Customers" in the element's language.
 * @attr {boolean} no-stats - Leaves the statistics out.
 * @attr {boolean} no-import - Leaves the import out.
 * @attr {boolean} no-export - Leaves the export out.
 * @attr {boolean} no-groups - Leaves the groups out.
 * @attr {string} actions - What the host has an answer to, of `create edit delete`. See `<customer-table>`. This
 *   element answers all three itself where the backend can.
 * @attr {string} url-state - Keeps search, filters, sort, page and the open customer (`customer`) in the page's
 *   address. See `<customer-table>`.
 * @attr {string} customer-href - Where a customer opens, `/customers/{id}`. See `<customer-table>`.
 * @attr {string} order-href - Where an order's page is, `/orders/{id}`. See `<customer-detail>`.
 * @attr {string} storage-key - Under which the person's columns are remembered. See `<customer-table>`. The export's are
 *   under the same with `:export` behind.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @slot actions - Buttons of the host, before those of the view.
 *
 * @csspart header - Title and actions.
 * @csspart heading - The title.
 * @csspart stats - The `<customer-stats>`; its parts are parts of this element too.
 * @csspart list - The `<customer-table>`; its parts are parts of this element too, its `header` as `list-header`.
 * @csspart form - The `<customer-form>`; its `surface` is a part of this element too, as `form-surface`.
 * @csspart groups - The `<customer-groups>`; its `surface` is a part of this element too, as `groups-surface`.
 * @csspart export - The `<customer-export>`; its `surface` is a part of this element too, as `export-surface`.
 * @csspart detail - The `<customer-detail>`; its `surface` is a part of this element too, as `detail-surface`.
 *
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-open - A customer was chosen in the list.
 *   Cancelable: prevented, neither is its link followed nor does it open beside the list.
 * @fires {CustomEvent} customer-create - "Add customer" was chosen. Cancelable: prevented, the form stays closed.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-edit - "Edit" was chosen in the list.
 *   Cancelable: prevented, the form stays closed.
 * @fires {CustomEvent<{customerId: string, customer: object, receipt: object}>} customer-created - A customer is made,
 *   and opens; list and statistics ask again.
 * @fires {CustomEvent<{customerId: string, customer: object, receipt: object, kept: object[]}>} customer-updated - An
 *   edit is saved; list and statistics ask again.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-delete - Delete was chosen in the list or the
 *   detail. Cancelable: prevented, the person isn't asked and nothing is deleted.
 * @fires {CustomEvent<{customerId: string, receipt: object}>} customer-deleted - It is hidden; Undo is offered.
 * @fires {CustomEvent<{customerId: string}>} customer-restore - Undo was chosen. Cancelable: prevented, the customer
 *   stays deleted.
 * @fires {CustomEvent<{customerId: string, receipt: object}>} customer-restored - It is back.
 * @fires {CustomEvent} groups-open - The groups are about to open. Cancelable: prevented, they stay closed, and the
 *   host may show its own.
 * @fires {CustomEvent<{groupId: string, group: object, receipt: object}>} group-saved - A group is made or edited; list
 *   and detail ask again.
 * @fires {CustomEvent<{groupId: string}>} group-deleted - A group is gone; list and detail ask again.
 * @fires {CustomEvent<{groupId: string, group: object}>} members-changed - Customers were put into a group or taken
 *   out; list and detail ask again.
 * @fires {CustomEvent<{groupId: string, group: object}>} group-show - The list is about to be narrowed to a group.
 *   Cancelable: prevented, it stays as it is.
 * @fires {CustomEvent} import-open - The import is about to open. Cancelable: prevented, it stays closed, and the
 *   host may show its own.
 * @fires {CustomEvent<{customers: object}>} customers-export - The export is about to open, for what the list shows or
 *   for the selected ones. Cancelable: prevented, it stays closed, and the host may make a file of its own.
 * @fires {CustomEvent<{customers: object, fields: string[], format: string}>} export-start - A file is about to be made.
 *   Cancelable: prevented, it isn't.
 * @fires {CustomEvent<{receipt: object, fileName: string}>} export-finished - The file is there; `fileName` is undefined
 *   where it was stopped.
 * @fires {CustomEvent<{count: number}>} customers-purge - Deleted customers are about to be removed for good.
 *   Cancelable: prevented, they stay.
 * @fires {CustomEvent<{receipt: object}>} customers-purged - They are gone.
 * @fires {CustomEvent<{action: string, customers: object, options: object}>} customers-bulk - An action on many was
 *   chosen. See `<customer-table>`. Cancelable: prevented, nothing happens.
 * @fires {CustomEvent<{receipt: object}>} customers-bulk-done - It has ended; a notice says what it did, with Undo.
 * @fires {CustomEvent<{operation: object}>} operation-undo - Undo was chosen, in a notice or in the list of recent
 *   operations. Cancelable: prevented, nothing is taken back.
 * @fires {CustomEvent<{receipt: object, operationId: string}>} operation-undone - `operationId` is taken back.
 * @fires {CustomEvent<{operationId: string}>} import-show - The list is about to be narrowed to the customers of an
 *   import. Cancelable: prevented, list and dialog stay as they are.
 * @fires {CustomEvent} customers-changed - An import, an action on many or an undo changed customers; list and
 *   statistics ask again.
 */
export class CustomersView extends CustomersElement {
  static override styles = [
    tokens,
    controls,
    noticeStyles,
    confirmationStyles,
    viewStyles,
    privacyStyles,
    recentlyDeletedStyles,
    badgeStyles,
    skeletonStyles,
    operationHistoryStyles,
  ];

  protected static override readonly texts = { detail, fields, operations, privacy, shared, view };

  static override properties: PropertyDeclarations = {
    heading: { type: String },
    noStats: { type: Boolean, attribute: 'no-stats' },
    noImport: { type: Boolean, attribute: 'no-import' },
    noExport: { type: Boolean, attribute: 'no-export' },
    noGroups: { type: Boolean, attribute: 'no-groups' },
    urlState: { type: String, attribute: 'url-state' },
    actions: { type: String },
    customerHref: { type: String, attribute: 'customer-href' },
    orderHref: { type: String, attribute: 'order-href' },
    storageKey: { type: String, attribute: 'storage-key' },
    filters: { attribute: false },
    total: { state: true },
    formFor: { state: true },
    isFormOpen: { state: true },
    areGroupsOpen: { state: true },
  };

  declare heading: string | undefined;
  declare noStats: boolean;
  declare noImport: boolean;
  declare noExport: boolean;
  declare noGroups: boolean;
  declare actions: string;
  declare urlState: string | undefined;
  declare customerHref: string | undefined;
  declare orderHref: string | undefined;
  declare storageKey: string | undefined;
  /** What the list is narrowed to; follows what the person chooses. */
  declare filters: CustomerFiltersInput;
  declare protected total: Total | undefined;
  /** Whom the form edits; absent, it makes a new customer. */
  declare protected formFor: string | undefined;
  declare protected isFormOpen: boolean;
  declare protected areGroupsOpen: boolean;

  readonly #table = createRef<CustomerTable>();
  readonly #stats = createRef<CustomerStatsElement>();
  readonly #detail = createRef<CustomerDetailElement>();
  readonly #open = new OpenCustomer(this, { prefix: () => this.urlState });
  readonly #notice = new Notice(this, () => ({
    undo: this.text('shared', 'undo'),
    close: this.text('shared', 'close'),
  }));
  readonly #confirmation = new Confirmation(this, () => this.text('shared', 'cancel'));
  readonly #writes = new Writes(this, () => this.source);
  readonly #removal = new Removal(
    {
      writes: this.#writes,
      confirmation: this.#confirmation,
      notice: this.#notice,
      context: () => ({ text: (key, values) => this.text('detail', key, values) }),
      errorText: (error) => this.errorText(error),
      ask: (name, detail) => this.emit(name, detail, { cancelable: true }),
      tell: (name, detail) => this.emit(name, detail),
    },
    {
      isShown: () => true,
      refresh: (id) => void (id === this.#open.id && this.#detail.value?.reload()),
      returnTo: () => this.#table.value?.shadowRoot?.querySelector<HTMLElement>('.list'),
    },
  );
  readonly #import = new ImportDialog(this, {
    title: () => this.text('view', 'importTitle'),
    closeLabel: () => this.text('shared', 'close'),
    adapter: () => this.adapter,
    locale: () => this.locale,
    show: (operation) => this.#table.value?.chooseFilters({ operation }),
  });
  readonly #export = new ExportDialog(this, {
    text: (key, values) => this.text('view', key, values),
    notice: this.#notice,
    adapter: () => this.adapter,
    locale: () => this.locale,
    storageKey: () => this.storageKey,
    filters: () => this.filters,
    total: () => this.total,
  });
  /** Opens once the form has closed. */
  #createdId: string | undefined;
  readonly #deleted = new RecentlyDeleted(this, {
    text: (key, values) => this.text('privacy', key, values),
    locale: () => this.language.locale,
    timeZone: () => this.#access.value?.access.time_zone ?? 'UTC',
    cancelLabel: () => this.text('shared', 'cancel'),
    closeLabel: () => this.text('shared', 'close'),
    retryLabel: () => this.text('shared', 'retry'),
    errorText: (error) => this.errorText(error),
    ask: (name, detail) => this.emit(name, detail, { cancelable: true }),
    tell: (name, detail) => this.emit(name, detail),
  });
  readonly #failures = new FailuresDialog(this, {
    source: () => this.source,
    words: () => this.#operationWords(),
    fieldName: (field) => fieldName(field, (key) => this.text('fields', key)),
    ...this.#operationLabels(),
  });
  /** Of the list's actions too: whoever looks at the screen reads one notice at a time. */
  readonly #operations = new OperationNotice(this, {
    source: () => this.source,
    notice: this.#notice,
    words: () => this.#operationWords(),
    errorText: (error) => this.errorText(error),
    showFailures: (operation, account) => this.#failures.open(operation, account),
    changed: () => undefined,
    returnTo: () => this.#table.value?.shadowRoot?.querySelector<HTMLElement>('.list'),
  });
  readonly #history = new OperationHistory(this, {
    words: () => this.#operationWords(),
    timeZone: () => this.#access.value?.access.time_zone ?? 'UTC',
    role: () => this.#role,
    undo: (operation) => this.#operations.undo(operation),
    showFailures: (operation, account) => this.#failures.open(operation, account),
    // Where a file is picked, those that stopped stand first.
    resumeImport: () => void (this.#canImport && this.#import.open()),
    ...this.#operationLabels(),
  });
  readonly #access = new Task(this, {
    args: () => [this.source] as const,
    task: async ([adapter]) => (adapter ? { adapter, access: await accessOf(adapter) } : initialState),
  });

  constructor() {
    super();
    this.noStats = false;
    this.noImport = false;
    this.noExport = false;
    this.noGroups = false;
    this.actions = '';
    this.filters = {};
    this.isFormOpen = false;
    this.areGroupsOpen = false;
    this.addEventListener('customer-create', (event) => this.#onFormAsked(event, undefined));
    this.addEventListener('customer-edit', (event) => this.#onFormAsked(event, event.detail.customerId));
    this.addEventListener('customer-created', ({ detail }) => (this.#createdId = detail.customerId));
    this.addEventListener('customer-updated', (event) => this.#onSaved(event));
    this.addEventListener('customer-open', (event) => this.#onCustomerOpen(event));
    this.addEventListener('group-show', (event) => this.#onGroupShow(event));
    for (const name of changesOfGroups) this.addEventListener(name, () => this.#onGroupsChanged());
    this.addEventListener('import-open', (event) => this.#onImportOpen(event));
    this.addEventListener('customers-export', (event) => this.#onExportAsked(event));
    this.addEventListener('customers-changed', () => this.#onCustomersChanged());
    for (const name of changesOfTheList) this.addEventListener(name, () => this.#refreshList());
  }

  /** Asks for everything again; what is on the screen stays until the answers come. */
  async reload(): Promise<void> {
    if (this.source) forgetAccess(this.source);
    const { value: detail } = this.#detail;
    await Promise.all([
      this.#access.run(),
      this.#table.value?.reload(),
      this.#stats.value?.reload(),
      detail?.reload(),
    ]);
  }

  /** Until the backend has said who is asking, nothing is offered that a viewer may not do. */
  get #role(): Role | undefined {
    const known = this.#access.value;
    if (!known || known.adapter !== this.source) return undefined;
    return lowerRole(known.access.role, this.provided?.role);
  }

  #can(what: 'edit' | 'import' | 'export'): boolean {
    const isEditor = this.#role === 'editor' || this.#role === 'admin';
    return isEditor && this.source?.capabilities[what] === true;
  }

  get #canImport(): boolean {
    return !this.noImport && this.#can('import');
  }

  get #canExport(): boolean {
    return !this.noExport && this.#can('export');
  }

  get #canSeeDeleted(): boolean {
    return this.#role === 'admin' && this.source?.capabilities.purge === true;
  }

  get #hasHistory(): boolean {
    return this.#role !== undefined && this.source?.capabilities.history === true;
  }

  get #hasGroups(): boolean {
    return !this.noGroups && this.#role !== undefined && this.source?.capabilities.groups === true;
  }

  get #canDelete(): boolean {
    const can = this.source?.capabilities;
    return this.#role === 'admin' && can?.delete === true && can.detail;
  }

  /** What the list offers: what the host has an answer to, and what this element has. */
  get #actions(): string {
    const own = [
      ...(this.#can('edit') ? ['create', 'edit'] : []),
      ...(this.#canImport ? ['import'] : []),
      ...(this.#canDelete ? ['delete'] : []),
    ];
    return [this.actions, ...own].filter(Boolean).join(' ');
  }

  /** What the screen offers beside its title, to this person and over this backend. */
  get #buttons(): HeaderButton[] {
    const { source } = this;
    const buttons: (HeaderButton | false)[] = [
      this.#hasHistory && {
        action: 'history',
        icon: icons.clock,
        label: this.text('operations', 'recentTitle'),
        kind: 'icon',
        press: () => source && this.#history.open(source),
      },
      this.#canSeeDeleted && {
        action: 'deleted',
        icon: icons.bin,
        label: this.text('privacy', 'deletedOpen'),
        kind: 'icon',
        press: () => source && this.#deleted.open(source),
      },
      this.#canExport && {
        action: 'export',
        icon: icons.download,
        label: this.text('view', this.#export.isRunning ? 'showExport' : 'export'),
        kind: 'icon',
        press: () => this.#askForExport(),
      },
      this.#hasGroups && {
        action: 'groups',
        icon: icons.people,
        label: this.text('view', 'groups'),
        kind: 'labelled',
        press: () => this.#openGroups(),
      },
      this.#canImport && {
        action: 'import',
        icon: icons.upload,
        label: this.text('view', this.#import.isInBackground ? 'showImport' : 'import'),
        kind: 'labelled',
        press: () => this.emit('import-open', undefined, { cancelable: true }),
      },
      this.#can('edit') && {
        action: 'create',
        icon: icons.plus,
        label: this.text('view', 'create'),
        kind: 'primary',
        press: () => this.emit('customer-create', undefined, { cancelable: true }),
      },
    ];
    return buttons.filter((button) => button !== false);
  }

  // The detail has a form of its own. Whether the host prevents it is known once all have heard.
  #onFormAsked(event: Event, customerId: string | undefined): void {
    const isDetails = event.composedPath()[0] === this.#detail.value;
    queueMicrotask(() => {
      if (event.defaultPrevented || isDetails || !this.#can('edit')) return;
      this.#createdId = undefined;
      this.formFor = customerId;
      this.isFormOpen = true;
    });
  }

  #onFormClosed(): void {
    this.isFormOpen = false;
    const id = this.#createdId;
    this.#createdId = undefined;
    if (id && this.source?.capabilities.detail) void this.#openDetail(id);
  }

  // The detail has shown its own already.
  #onSaved(event: Event): void {
    const isDetails = event.composedPath().includes(this.#detail.value as EventTarget);
    if (this.#open.id && !isDetails) void this.#detail.value?.reload();
  }

  // The table's empty state asks for the import too. Whether the host prevents it is known once all have heard.
  #onImportOpen(event: Event): void {
    queueMicrotask(() => {
      if (!event.defaultPrevented && this.#canImport) void this.#import.open();
    });
  }

  /** What the list shows now. */
  #askForExport(): void {
    if (this.#export.isRunning) this.#export.open();
    else this.emit('customers-export', { customers: { filters: this.filters } }, { cancelable: true });
  }

  // The table's selection asks for it too. Whether the host prevents it is known once all have heard.
  #onExportAsked(event: CustomEvent<{ customers: CustomerChoice }>): void {
    queueMicrotask(() => {
      if (event.defaultPrevented || !this.#canExport) return;
      this.#export.open(event.detail.customers);
    });
  }

  // A link is the browser's to follow. Whether the host prevents it is known once all have heard.
  #onCustomerOpen(event: CustomEvent<{ customerId: string }>): void {
    queueMicrotask(() => {
      if (event.defaultPrevented || this.customerHref || !this.source?.capabilities.detail) return;
      void this.#openDetail(event.detail.customerId);
    });
  }

  async #openDetail(customerId: string): Promise<void> {
    this.#open.open(customerId);
    await this.updateComplete;
    await this.#detail.value?.updateComplete;
    this.#detail.value?.focus();
  }

  #onCustomerShown({ detail }: CustomEvent<CustomerShowDetail>): void {
    if (detail.by === 'merge') this.#open.open(detail.customerId);
    else this.#open.walk(detail.customerId);
  }

  /** Over the end of the page: the neighbour is on the next one. */
  #onBeyond(way: 'previous' | 'next'): void {
    if (this.#table.value?.turnPage(way)) this.#open.awaitPage(way);
  }

  // Chosen in the list. Whether the host prevents it is known once all have heard.
  #onDelete(event: CustomEvent<{ customerId: string }>): void {
    const { customerId: id } = event.detail;
    queueMicrotask(() => {
      if (event.defaultPrevented || !this.#canDelete) return;
      void this.#writes.run({
        about: `delete ${id}`,
        // What the question names, as it is now.
        send: (adapter, signal) => adapter.getCustomer({ id }, { signal }),
        done: (detail) => void this.#removal.ask(detail),
        failed: (error) => this.#notice.show({ message: this.errorText(error), isError: true }),
      });
    });
  }

  #openGroups(): void {
    if (this.emit('groups-open', undefined, { cancelable: true })) this.areGroupsOpen = true;
  }

  #onGroupsChanged(): void {
    this.#refreshList();
    void this.#detail.value?.reload();
  }

  // Whether the host prevents it is known once all have heard.
  #onGroupShow(event: CustomEvent<{ groupId: string }>): void {
    queueMicrotask(() => {
      if (!event.defaultPrevented) this.#table.value?.chooseFilters({ group: [event.detail.groupId] });
    });
  }

  #refreshList(): void {
    void this.#table.value?.reload();
    void this.#stats.value?.reload();
  }

  #onCustomersChanged(): void {
    this.#refreshList();
    void this.#detail.value?.reload();
  }

  #onCountChanged(event: CustomEvent<Total>): void {
    this.total = event.detail;
  }

  #onFiltersChanged({ detail }: CustomEvent<{ filters: CustomerFiltersInput }>): void {
    this.filters = detail.filters;
  }

  // The list announces the same choice again, once it has made it its own.
  #onStatsChosen(event: CustomEvent<{ filters: CustomerFiltersInput }>): void {
    event.stopPropagation();
    this.#table.value?.chooseFilters(event.detail.filters);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="view">
        <div class="head" part="header">
          <div class="title">
            <h2 part="heading">${this.heading ?? this.text('view', 'heading')}</h2>
            <span class="count">${this.#countText()}</span>
          </div>
          <div class="actions">
            <slot name="actions"></slot>
            ${this.#buttons.map(headerButton)}
          </div>
        </div>
        ${this.noStats ? nothing : this.#renderStats()} ${this.#renderTable()}
      </div>
      ${this.#import.render()} ${this.#renderDetail()} ${this.#renderForm()}
      ${this.#hasGroups ? this.#renderGroups() : nothing} ${this.#canExport ? this.#export.render() : nothing}
      ${this.#confirmation.render()} ${this.#deleted.render()} ${this.#history.render()}
      ${this.#failures.render()}
    `;
  }

  #operationWords() {
    return {
      text: (key: OperationsTextKey, values?: TextValues) => this.text('operations', key, values),
      locale: this.language.locale,
    };
  }

  #operationLabels() {
    return {
      closeLabel: () => this.text('shared', 'close'),
      retryLabel: () => this.text('shared', 'retry'),
      errorText: (error: unknown) => this.errorText(error),
    };
  }

  #countText(): string {
    if (!this.total) return '';
    const count = formatNumber(this.language.locale, this.total.value);
    return this.total.exact ? count : this.text('view', 'moreThan', { count });
  }

  /** Always there, since what it was opened from gets the focus back when it closes. */
  #renderGroups(): TemplateResult {
    return html`<customer-groups
      part="groups"
      exportparts="surface: groups-surface"
      presentation="dialog"
      .open=${live(this.areGroupsOpen)}
      .adapter=${this.adapter}
      .locale=${this.locale}
      @groups-closed=${() => (this.areGroupsOpen = false)}
    ></customer-groups>`;
  }

  /** Always there, since what it was opened from gets the focus back when it closes. */
  #renderForm(): TemplateResult {
    return html`<customer-form
      part="form"
      exportparts="surface: form-surface"
      presentation="dialog"
      .open=${live(this.isFormOpen)}
      .customerId=${this.formFor}
      .adapter=${this.adapter}
      .locale=${this.locale}
      @form-closed=${() => this.#onFormClosed()}
    ></customer-form>`;
  }

  #renderStats(): TemplateResult {
    return html`<customer-stats
      ${ref(this.#stats)}
      part="stats"
      exportparts="cards, card"
      .adapter=${this.adapter}
      .locale=${this.locale}
      .filters=${this.filters}
      @filters-changed=${(event: CustomEvent<{ filters: CustomerFiltersInput }>) => this.#onStatsChosen(event)}
    ></customer-stats>`;
  }

  #renderTable(): TemplateResult {
    return html`<customer-table
      ${ref(this.#table)}
      part="list"
      exportparts="toolbar, search, filter, table, header: list-header, row, name, avatar, selection-bar, pagination, popover"
      actions=${this.#actions}
      url-state=${ifDefined(this.urlState)}
      customer-href=${ifDefined(this.customerHref)}
      storage-key=${ifDefined(this.storageKey)}
      .adapter=${this.adapter}
      .locale=${this.locale}
      .filters=${this.filters}
      current-id=${ifDefined(this.#open.id)}
      @customers-loaded=${(event: CustomEvent<{ customers: Customer[] }>) => this.#open.showPage(event.detail.customers)}
      @customers-error=${() => this.#open.awaitPage(undefined)}
      @customer-delete=${(event: CustomEvent<{ customerId: string }>) => this.#onDelete(event)}
      @count-changed=${(event: CustomEvent<Total>) => this.#onCountChanged(event)}
      @filters-changed=${(event: CustomEvent<{ filters: CustomerFiltersInput }>) => this.#onFiltersChanged(event)}
      ><div class="notice-slot" slot="notice">${this.#notice.render()}</div></customer-table
    >`;
  }

  /** Always there, since what it was opened from gets the focus back when it closes. */
  #renderDetail(): TemplateResult {
    const { previous, next } = this.#open.neighbours;
    const around = this.#table.value?.pagesAround;
    return html`<customer-detail
      ${ref(this.#detail)}
      part="detail"
      exportparts="surface: detail-surface"
      .customerId=${this.#open.id}
      .customer=${this.#open.row}
      .previousId=${previous}
      .nextId=${next}
      .moreBefore=${around?.previous === true}
      .moreAfter=${around?.next === true}
      order-href=${ifDefined(this.orderHref)}
      .adapter=${this.adapter}
      .locale=${this.locale}
      @customer-shown=${(event: CustomEvent<CustomerShowDetail>) => this.#onCustomerShown(event)}
      @customer-beyond=${(event: CustomEvent<{ by: 'previous' | 'next' }>) => this.#onBeyond(event.detail.by)}
      @detail-closed=${() => this.#open.close()}
    ></customer-detail>`;
  }
}
