import { initialState, Task } from '@lit/task';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { accessOf, forgetAccess, lowerRole } from '../../adapter/access.ts';
import type { Total } from '../../model/customer.ts';
import type { CustomerFiltersInput } from '../../model/filters.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { formatNumber } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import type { CustomerStatsElement } from '../customer-stats/customer-stats.ts';
import type { CustomerTable } from '../customer-table/customer-table.ts';
import { viewStyles } from './customers-view.styles.ts';

/**
 * The whole customer screen in one tag: title and count, statistics, the list with its search and filters, and the
 * import. Every event of the elements inside reaches the host.
 *
 * @tag customers-view
 *
 * @attr {string} heading - The title; absent: "Customers" in the element's language.
 * @attr {boolean} no-stats - Leaves the statistics out.
 * @attr {boolean} no-import - Leaves the import out.
 * @attr {string} actions - What the host has an answer to, of `create edit delete`. See `<customer-table>`.
 * @attr {string} url-state - Keeps search, filters, sort and page in the page's address. See `<customer-table>`.
 * @attr {string} customer-href - Where a customer opens, `/customers/{id}`. See `<customer-table>`.
 * @attr {string} storage-key - Under which the person's columns are remembered. See `<customer-table>`.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @slot actions - Buttons of the host, before those of the view.
 *
 * @csspart header - Title and actions.
 * @csspart heading - The title.
 * @csspart stats - The `<customer-stats>`; its parts are parts of this element too.
 * @csspart list - The `<customer-table>`; its parts are parts of this element too, its `header` as `list-header`.
 *
 * @fires {CustomEvent} import-open - The import is about to open. Cancelable: prevented, it stays closed, and the
 *   host may show its own.
 * @fires {CustomEvent} customers-changed - An import changed customers; list and statistics ask again.
 */
export class CustomersView extends CustomersElement {
  static override styles = [tokens, controls, viewStyles];

  static override properties: PropertyDeclarations = {
    heading: { type: String },
    noStats: { type: Boolean, attribute: 'no-stats' },
    noImport: { type: Boolean, attribute: 'no-import' },
    urlState: { type: String, attribute: 'url-state' },
    actions: { type: String },
    customerHref: { type: String, attribute: 'customer-href' },
    storageKey: { type: String, attribute: 'storage-key' },
    filters: { attribute: false },
    total: { state: true },
    importing: { state: true },
  };

  declare heading: string | undefined;
  declare noStats: boolean;
  declare noImport: boolean;
  declare actions: string;
  declare urlState: string | undefined;
  declare customerHref: string | undefined;
  declare storageKey: string | undefined;
  /** What the list is narrowed to; follows what the person chooses. */
  declare filters: CustomerFiltersInput;
  declare protected total: Total | undefined;
  /** In the background, an import that was begun goes on while its dialog is closed. */
  declare protected importing: 'no' | 'in dialog' | 'in background';

  readonly #table = createRef<CustomerTable>();
  readonly #stats = createRef<CustomerStatsElement>();
  readonly #dialog = createRef<HTMLDialogElement>();
  readonly #access = new Task(this, {
    args: () => [this.source] as const,
    task: async ([adapter]) => (adapter ? { adapter, access: await accessOf(adapter) } : initialState),
  });

  constructor() {
    super();
    this.noStats = false;
    this.noImport = false;
    this.actions = '';
    this.filters = {};
    this.importing = 'no';
    this.addEventListener('import-open', (event) => this.#onImportOpen(event));
  }

  /** Asks for everything again; what is on the screen stays until the answers come. */
  async reload(): Promise<void> {
    if (this.source) forgetAccess(this.source);
    await Promise.all([this.#access.run(), this.#table.value?.reload(), this.#stats.value?.reload()]);
  }

  /** Until the backend has said who is asking, nothing is offered that a viewer may not do. */
  get #canImport(): boolean {
    const known = this.#access.value;
    if (!known || known.adapter !== this.source || this.noImport) return false;
    const role = lowerRole(known.access.role, this.provided?.role);
    return known.adapter.capabilities.import && (role === 'editor' || role === 'admin');
  }

  // The table's empty state asks for the import too. Whether the host prevents it is known once all have heard.
  #onImportOpen(event: Event): void {
    queueMicrotask(() => {
      if (!event.defaultPrevented && this.#canImport) void this.#openImport();
    });
  }

  async #openImport(): Promise<void> {
    this.importing = 'in dialog';
    await this.updateComplete;
    if (this.#dialog.value?.open === false) this.#dialog.value.showModal();
  }

  #onDialogClosed(): void {
    const isRunning = this.#dialog.value?.querySelector('customer-import')?.running === true;
    this.importing = isRunning ? 'in background' : 'no';
  }

  #onCustomersChanged(): void {
    void this.#table.value?.reload();
    void this.#stats.value?.reload();
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
            ${this.#canImport ? this.#renderImportButton() : nothing}
          </div>
        </div>
        ${this.noStats ? nothing : this.#renderStats()} ${this.#renderTable()}
      </div>
      ${this.importing === 'no' ? nothing : this.#renderImport()}
    `;
  }

  #countText(): string {
    if (!this.total) return '';
    const count = formatNumber(this.language.locale, this.total.value);
    return this.total.exact ? count : this.text('view', 'moreThan', { count });
  }

  #renderImportButton(): TemplateResult {
    return html`<button
      class="button"
      type="button"
      @click=${() => this.emit('import-open', undefined, { cancelable: true })}
    >
      ${icons.upload} ${this.text('view', this.importing === 'in background' ? 'showImport' : 'import')}
    </button>`;
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
      actions=${this.#canImport ? `${this.actions} import` : this.actions}
      url-state=${ifDefined(this.urlState)}
      customer-href=${ifDefined(this.customerHref)}
      storage-key=${ifDefined(this.storageKey)}
      .adapter=${this.adapter}
      .locale=${this.locale}
      .filters=${this.filters}
      @count-changed=${(event: CustomEvent<Total>) => this.#onCountChanged(event)}
      @filters-changed=${(event: CustomEvent<{ filters: CustomerFiltersInput }>) => this.#onFiltersChanged(event)}
    ></customer-table>`;
  }

  #renderImport(): TemplateResult {
    return html`<dialog
      ${ref(this.#dialog)}
      class="panel"
      aria-labelledby="import-title"
      @close=${() => this.#onDialogClosed()}
    >
      <div class="dialog-head">
        <h2 id="import-title">${this.text('view', 'importTitle')}</h2>
        <button
          class="button quiet icon"
          type="button"
          aria-label=${this.text('shared', 'close')}
          @click=${() => this.#dialog.value?.close()}
        >
          ${icons.cross}
        </button>
      </div>
      <div class="dialog-body">
        <customer-import
          .adapter=${this.adapter}
          .locale=${this.locale}
          @customers-changed=${() => this.#onCustomersChanged()}
        ></customer-import>
      </div>
    </dialog>`;
  }
}
