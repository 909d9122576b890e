import {
  adoptStyles,
  html,
  nothing,
  type PropertyDeclarations,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { lowerRole } from '../../adapter/access.ts';
import { shared } from '../../locales/en/shared.ts';
import { table } from '../../locales/en/customer-table.ts';
import type { Customer, GroupBadge, Total } from '../../model/customer.ts';
import {
  customerSortSchema,
  pageSizes,
  type CustomerFilters,
  type CustomerFiltersInput,
  type CustomerSort,
  type CustomerSortKey,
} from '../../model/filters.ts';
import type { BulkAction } from '../../model/operations.ts';
import { queues } from '../../operations/queues.ts';
import { avatarStyles } from '../../parts/avatar.ts';
import { badgeStyles } from '../../parts/badges.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { icons } from '../../parts/icons.ts';
import { Popover, popoverStyles } from '../../parts/popover.ts';
import { skeletonStyles } from '../../parts/skeleton.ts';
import { stateBlock, stateBlockStyles } from '../../parts/state-block.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import { acceptFilters } from './accept-filters.ts';
import type { Bulk, BulkHost } from './bulk/bulk.ts';
import { cardView } from './card-view.ts';
import type { CellContext } from './cells.ts';
import { ColumnsController } from './columns-controller.ts';
import { ColumnsMenu } from './columns-menu.ts';
import { defaultColumns, firstDirection, type ColumnName } from './columns.ts';
import type { TableContext } from './context.ts';
import { tableStyles } from './customer-table.styles.ts';
import { EmailActions } from './email-actions.ts';
import { FilterBar, type FilterBarContext } from './filter-bar.ts';
import { changed, removal, setKinds, type FilterChange } from './filter-kinds.ts';
import { GroupNames } from './group-names.ts';
import { ListController } from './list-controller.ts';
import { pageCount, pagination } from './pagination.ts';
import { densities, type Density } from './preferences.ts';
import { RowActions } from './row-actions.ts';
import { RuleBadges } from './rule-badges.ts';
import { SearchField } from './search-field.ts';
import { selectionBar, type BarAction } from './selection-bar.ts';
import { SelectionController } from './selection-controller.ts';
import { isEmpty, selectionSize, type CustomerSelection } from './selection.ts';
import { SortMenu } from './sort-menu.ts';
import { emptyState, errorState, noMatchState } from './states.ts';
import { tableView, type ListView } from './table-view.ts';
import { UrlController } from './url-controller.ts';
import type { UrlState } from './url-state.ts';

/** Below this the table is a list of cards. */
const cardWidth = 640;

/**
 * The customers of a shop: search, filters, sort, pages and selection. A table where there is room, a list of cards
 * on a phone.
 *
 * Properties set by code fire no events; each event below follows something that a person did, but for
 * `customers-loaded`, `count-changed` and `customers-error`, which tell what the backend answered.
 *
 * @tag customer-table
 *
 * @attr {number} page-size - Rows a page: 10, 20, 30, 50 or 100. Default 20.
 * @attr {number} page - The page shown, from 1.
 * @attr {'comfortable'|'compact'} density - Rows of 48 or 36 pixels; compact ones have the e-mail in a column of its own.
 * @attr {string} customer-href - Where a customer's page is, `/customers/{id}`: names become real links.
 * @attr {string} current-id - The customer that is open beside the list: its row says so.
 * @attr {string} actions - What the host has an answer to, of `create import edit delete`; only that is offered, and
 *   only to whom the backend lets do it.
 * @attr {string} url-state - Keeps search, filters, sort and page in the page's address; a value is put before each
 *   name, for pages with several lists.
 * @attr {string} storage-key - Remembers a person's columns, their order and widths, and row height in this
 *   browser under this key.
 * @attr {string} shortcuts - `off` leaves the keyboard to the host; else `/` goes to the search while focus is inside.
 * @attr {string} locale - BCP 47; absent, the nearest `lang`.
 * @attr {'light'|'dark'} theme - Forces a theme; absent, it follows the page's `color-scheme`.
 *
 * @slot toolbar - Controls of the host, at the end of the toolbar.
 * @slot notice - Replaces where the list says what an action on many is doing and has done. `<customers-view>` puts its
 *   own there, which tells of the list's actions too.
 * @slot empty - Replaces what a shop without customers shows.
 * @slot no-match - Replaces what is shown where search and filters match nobody.
 * @slot error - Replaces what is shown where the list could not be loaded.
 * @slot loading - Replaces the skeleton of the first load.
 *
 * @csspart toolbar - Search, filters and columns.
 * @csspart search - The search field.
 * @csspart filter - One filter in force.
 * @csspart table - The table, or the list of cards.
 * @csspart header - The table's head.
 * @csspart row - One customer.
 * @csspart name - A customer's name: link or button.
 * @csspart avatar - Picture or initials.
 * @csspart selection-bar - The bar that floats over the list while something is selected.
 * @csspart pagination - Count, page size and pages.
 * @csspart popover - The panel of menus and filter editors.
 *
 * @cssprop [--customers-font-size=14px] - Of names; the rest follows.
 * @cssprop [--customers-row-height=48px] - Of comfortable rows.
 * @cssprop [--customers-accent] - What can be done next.
 * @cssprop [--customers-on-accent] - Text on the accent.
 * @cssprop [--customers-surface] - The ground.
 * @cssprop [--customers-surface-raised] - What floats.
 * @cssprop [--customers-text] - What is read first.
 * @cssprop [--customers-text-muted] - What is read second; 4.5 to 1 on the ground.
 * @cssprop [--customers-border] - Hairlines.
 * @cssprop [--customers-radius=6px] - Of controls; panels have 2 pixels more.
 * @cssprop [--customers-sticky-top=0px] - How far below the viewport's top the head stays: the height of a fixed header.
 *
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-open - A customer was chosen. Cancelable:
 *   prevented, no link is followed.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-edit - Edit was chosen; there is no default.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-delete - Delete was chosen; there is no default.
 * @fires {CustomEvent<{customer: object, customerId: string}>} customer-email - Cancelable: prevented, no mail program
 *   opens.
 * @fires {CustomEvent<{choice: object, customers: object[], withoutConsent: object[]}>} customers-email - Mail to the
 *   selected: `choice` has their ids, or filters and exceptions. Up to 100 are there themselves, who has not agreed to
 *   marketing told apart; of more, `customers` is undefined. Cancelable: prevented, nothing is asked or sent and no mail
 *   program opens.
 * @fires {CustomEvent<{receipt: object}>} customers-emailed - The backend has sent it, where it can.
 * @fires {CustomEvent<{action: string, customers: object, options: object}>} customers-bulk - One of `assign_group`,
 *   `remove_group`, `set_active`, `set_inactive`, `add_tags`, `remove_tags` and `delete` was chosen; `customers` has
 *   ids, or filters and exceptions. Cancelable: prevented, nothing happens.
 * @fires {CustomEvent<{receipt: object}>} customers-bulk-done - It has ended; a notice says what it did, with Undo.
 * @fires {CustomEvent<{customers: object}>} customers-export - Export was chosen; there is no default.
 * @fires {CustomEvent<{operation: object}>} operation-undo - Undo was chosen. Cancelable: prevented, nothing is taken back.
 * @fires {CustomEvent<{receipt: object, operationId: string}>} operation-undone - `operationId` is taken back.
 * @fires {CustomEvent<{receipt: object}>} customers-changed - An action on many, or its undo, has changed customers; the
 *   list asks again.
 * @fires {CustomEvent} customer-create - "Add customer" was chosen.
 * @fires {CustomEvent} import-open - "Import" was chosen.
 * @fires {CustomEvent<{filters: object}>} filters-changed - Search or filters changed.
 * @fires {CustomEvent<{sort: object}>} sort-changed - Another order was chosen.
 * @fires {CustomEvent<{page: number, pageSize: number}>} page-changed - Another page, or another size of page.
 * @fires {CustomEvent<{selection: object, count: number}>} selection-changed - By id, or all that match
 *   some filters; `count` is absent where only a later count can tell.
 * @fires {CustomEvent<{customers: object[]}>} customers-loaded - A page has come.
 * @fires {CustomEvent<{value: number, exact: boolean}>} count-changed - How many match: exactly, or more than `value`.
 * @fires {CustomEvent<{error: object}>} customers-error - A page could not be loaded; the table shows it, with Retry.
 */
export class CustomerTable extends CustomersElement {
  static override styles = [
    tokens,
    controls,
    avatarStyles,
    badgeStyles,
    skeletonStyles,
    stateBlockStyles,
    popoverStyles,
    tableStyles,
  ];

  protected static override readonly texts = { shared, table };

  static override properties: PropertyDeclarations = {
    filters: { attribute: false, noAccessor: true },
    sort: { attribute: false, noAccessor: true },
    page: { type: Number, noAccessor: true },
    pageSize: { type: Number, attribute: 'page-size', noAccessor: true },
    selection: { attribute: false, noAccessor: true },
    columns: { attribute: false },
    density: { type: String, reflect: true },
    customerHref: { type: String, attribute: 'customer-href' },
    currentId: { type: String, attribute: 'current-id' },
    actions: { type: String },
    urlState: { type: String, attribute: 'url-state' },
    storageKey: { type: String, attribute: 'storage-key' },
    shortcuts: { type: String },
    layout: { state: true },
    isScrolling: { state: true },
    isScrolled: { state: true },
    announcement: { state: true },
    notice: { state: true },
  };

  /**
   * The columns shown, in their order, the name being always there and first; a person's own choice comes first where
   * there is a `storageKey`.
   */
  declare columns: readonly ColumnName[];
  declare density: Density;
  declare customerHref: string | undefined;
  declare currentId: string | undefined;
  declare actions: string;
  declare urlState: string | undefined;
  declare storageKey: string | undefined;
  declare shortcuts: string | undefined;
  declare protected layout: 'table' | 'cards';
  /** There is less room than the columns need. */
  declare protected isScrolling: boolean;
  /** Columns have gone under the name. */
  declare protected isScrolled: boolean;
  declare protected announcement: string;
  /** What an action on the selection has just done. */
  declare protected notice: string;

  #filters: CustomerFilters = {};
  #sort: CustomerSort = { by: 'created_at', direction: 'desc' };
  #pageSize = 20;
  /** What is asked for: a page by number, or one that a cursor leads to. */
  #place: { page: number; cursor?: string } = { page: 1 };
  #hadFocus = false;
  #width = Number.POSITIVE_INFINITY;
  readonly #popover = new Popover(this, () => this.text('shared', 'close'));
  readonly #url = new UrlController(this, {
    prefix: () => this.urlState,
    state: () => ({ filters: this.#filters, sort: this.#sort, pageSize: this.#pageSize, page: this.page }),
    restore: (state) => this.#restore(state),
  });
  readonly #groupNames = new GroupNames(
    this,
    () => this.source,
    () => this.#filters.group ?? [],
  );
  readonly #list = new ListController(this, {
    source: () => this.source,
    query: () => ({ filters: this.#filters, sort: this.#sort, pageSize: this.#pageSize, ...this.#place }),
    onLoaded: ({ customers, query: { page, cursor } }) => {
      this.#place = cursor === undefined ? { page } : { page, cursor };
      this.#selected.showPage(customers);
      this.emit('customers-loaded', { customers });
    },
    onCounted: (total) => {
      this.announcement = this.#countText(total);
      this.emit('count-changed', total);
    },
    onError: (error) => this.emit('customers-error', { error }),
  });
  readonly #ruleBadges = new RuleBadges(
    this,
    () => this.source,
    () => this.#list.shown,
  );
  readonly #columns = new ColumnsController(this, () => this.#list.access);
  readonly #columnsMenu = new ColumnsMenu(this, this.#popover, () => ({
    context: this.#context(),
    columns: this.#columns,
    announce: (text) => (this.announcement = text),
  }));
  readonly #sortMenu = new SortMenu(this.#popover, () => ({
    context: this.#context(),
    capabilities: this.source?.capabilities,
    sort: this.#sort,
    choose: (sort) => this.#changeSort(sort),
  }));
  readonly #selected = new SelectionController(this, () => {
    this.notice = '';
    const count = selectionSize(this.selection, this.#list.total?.value);
    this.emit('selection-changed', { selection: this.selection, count });
  });
  readonly #search = new SearchField(this, (term) => this.#changeFilters({ search: term }, 'search'));
  readonly #filterBar = new FilterBar(this, this.#popover, () => this.#filterContext());
  readonly #email = new EmailActions({
    text: (key, values) => this.text('table', key, values),
    ask: (name, detail) => this.emit(name, detail, { cancelable: true }),
    tell: (notice) => {
      this.notice = notice;
      this.announcement = notice;
    },
  });
  readonly #rows = new RowActions({
    popover: this.#popover,
    email: this.#email,
    context: () => this.#context(),
    href: (customer) => this.#href(customer),
    may: (action) => this.#may(action),
    groupsOf: (customer) => this.#groupsOf(customer),
    ask: (name, detail) => this.emit(name, detail, { cancelable: true }),
  });
  #bulk: Bulk | undefined;
  #loadingBulk: Promise<Bulk> | undefined;
  // A frame later: drawing inside the callback may change the size again, which browsers report as an error.
  readonly #resizeObserver = new ResizeObserver(() => requestAnimationFrame(() => this.#measure()));

  constructor() {
    super();
    this.columns = defaultColumns;
    this.density = 'comfortable';
    this.actions = '';
    this.layout = 'table';
    this.isScrolling = false;
    this.isScrolled = false;
    this.announcement = '';
    this.notice = '';
    this.addEventListener('keydown', (event) => this.#onKeydown(event));
  }

  /** Search and filters in force. What is not valid is left out with a warning. */
  get filters(): CustomerFilters {
    return this.#filters;
  }

  set filters(input: CustomerFiltersInput | undefined) {
    this.#setFilters(acceptFilters(input));
  }

  get sort(): CustomerSort {
    return this.#sort;
  }

  set sort(sort: CustomerSort | undefined) {
    const next = sort ?? { by: 'created_at', direction: 'desc' };
    const isKnown = customerSortSchema.safeParse(next.by).success && /^(asc|desc)$/.test(next.direction);
    if (isKnown) this.#setSort(next);
    else console.warn('customer-elements: this sort is not known; the list stays as it is.', next);
  }

  /** Rows a page. */
  get pageSize(): number {
    return this.#pageSize;
  }

  set pageSize(size: number) {
    if (pageSizes.some((offered) => offered === size)) this.#setPageSize(size);
    else console.warn(`customer-elements: a page has ${pageSizes.join(', ')} rows, not ${size}.`);
  }

  /** From 1; from the end (-1 is the last) until the number of pages is known. */
  get page(): number {
    const { page } = this.#place;
    const pages = pageCount(this.#list.total, this.#pageSize);
    return page < 0 && pages !== undefined ? Math.max(1, pages + page + 1) : page;
  }

  set page(page: number) {
    if (page === this.page) return;
    if (Number.isInteger(page) && (page > 0 || page === -1)) this.#goTo({ page });
    else console.warn(`customer-elements: there is no page ${page}.`);
  }

  get selection(): CustomerSelection {
    return this.#selected.value;
  }

  set selection(selection: CustomerSelection | undefined) {
    this.#selected.value = selection ?? { ids: [] };
  }

  /** How many match search and filters; `undefined` until that is known. */
  get count(): Total | undefined {
    return this.#list.total;
  }

  /** Whether a page is on its way. */
  get loading(): boolean {
    return this.#list.loading;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#measure();
    this.#resizeObserver.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizeObserver.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    if (changed.has('storageKey')) this.#columns.restore();
    if (!densities.includes(this.density)) this.density = 'comfortable';
    this.#url.begin();
    const hasOperations = this.source && queues.get(this.source)?.operations.length;
    if (!isEmpty(this.selection) || hasOperations) void this.#loadBulk().catch(() => undefined);
    this.isScrolling = this.layout === 'table' && this.#columns.layOut(this.#width).scrolls;
  }

  protected override updated(): void {
    // Rows are drawn again in place, so only where there are fewer of them can one take the focus along.
    if (this.#hadFocus && !this.shadowRoot?.activeElement) this.#focusList();
    this.#hadFocus = false;
  }

  /** Asks for page and count again; what is shown stays until they come. Selection, page and search are kept. */
  async reload(): Promise<void> {
    this.#ruleBadges.forget();
    await this.#list.reload();
  }

  /** Whether there are rows before and after the page on the screen. */
  get pagesAround(): { previous: boolean; next: boolean } {
    const { shown, current } = this.#list;
    return { previous: current && shown?.previous != null, next: current && shown?.next != null };
  }

  /** Turns the page for a person who used a control of the host; `false` where there is none that way. */
  turnPage(to: 'previous' | 'next'): boolean {
    const isThere = this.pagesAround[to];
    if (isThere) this.#turnPage(to);
    return isThere;
  }

  focusSearch(): void {
    this.#search.focus();
  }

  /**
   * Chooses filters for a person who used a control of the host: unlike `filters`, which is for code, it is a step in
   * the page's address and fires `filters-changed`.
   */
  chooseFilters(filters: CustomerFiltersInput): void {
    if (!this.#setFilters(acceptFilters(filters))) return;
    this.#url.record('filters');
    this.emit('filters-changed', { filters: this.#filters });
  }

  #setFilters(filters: CustomerFilters): boolean {
    if (JSON.stringify(filters) === JSON.stringify(this.#filters)) return false;
    this.#filters = filters;
    this.#search.show(filters.search ?? '');
    this.#selected.onFiltersChanged();
    this.#goTo({ page: 1 });
    return true;
  }

  #setSort(sort: CustomerSort): void {
    if (sort.by === this.#sort.by && sort.direction === this.#sort.direction) return;
    this.#sort = { by: sort.by, direction: sort.direction };
    this.#goTo({ page: 1 });
  }

  #setPageSize(size: number): void {
    if (size === this.#pageSize) return;
    this.#pageSize = size;
    this.#goTo({ page: 1 });
  }

  #goTo(place: { page: number; cursor?: string }): void {
    this.#place = place;
    this.requestUpdate();
  }

  /** From the address: not by code, so the host hears of it. */
  #restore({ filters, sort, page, pageSize }: Required<UrlState>): void {
    const haveChanged = this.#setFilters(filters);
    this.#setSort(sort);
    this.#setPageSize(pageSize);
    if (page !== this.page) this.#goTo({ page });
    if (haveChanged) this.emit('filters-changed', { filters: this.#filters });
  }

  #changeFilters(change: FilterChange, step = 'filters'): void {
    if (!this.#setFilters(changed(this.#filters, change))) return;
    this.#url.record(step);
    this.emit('filters-changed', { filters: this.#filters });
  }

  #changeSort(sort: CustomerSort): void {
    this.#setSort(sort);
    this.#url.record('sort');
    this.emit('sort-changed', { sort });
  }

  readonly #sortBy = (by: CustomerSortKey): void => {
    const reversed = this.#sort.direction === 'asc' ? 'desc' : 'asc';
    this.#changeSort({ by, direction: this.#sort.by === by ? reversed : firstDirection(by) });
  };

  readonly #clearAll = (): void => {
    this.#changeFilters(
      Object.assign({ search: undefined, operation: undefined }, ...setKinds(this.#filters).map(removal)),
    );
    this.#search.focus();
  };

  readonly #turnPage = (to: 'first' | 'previous' | 'next' | 'last' | number): void => {
    // A second press before the answer would count from a page that isn't here yet.
    const shown = this.#list.shown;
    if (!shown || (typeof to === 'string' && !this.#list.current)) return;
    const { page } = this;
    if (typeof to === 'number') this.#goTo({ page: to });
    else if (to === 'first') this.#goTo({ page: 1 });
    else if (to === 'last') this.#goTo({ page: -1 });
    else if (to === 'next' && shown.next) this.#goTo({ page: page + 1, cursor: shown.next });
    else if (to === 'previous' && page === 2) this.#goTo({ page: 1 });
    else if (to === 'previous' && shown.previous) this.#goTo({ page: page - 1, cursor: shown.previous });
    else return;
    if (typeof to === 'number' || to === 'last') void this.#list.preparePages();
    this.#pageChanged();
  };

  readonly #resize = (pageSize: number): void => {
    this.#setPageSize(pageSize);
    this.#pageChanged();
  };

  #pageChanged(): void {
    this.#url.record('page');
    this.emit('page-changed', { page: this.page, pageSize: this.#pageSize });
  }

  #measure(): void {
    const { width } = this.getBoundingClientRect();
    // Hidden: it stays what it was.
    if (width === 0) return;
    if (width !== this.#width) this.requestUpdate();
    this.#width = width;
    this.layout = width < cardWidth ? 'cards' : 'table';
  }

  #focusList(): void {
    this.shadowRoot?.querySelector<HTMLElement>('.list')?.focus({ preventScroll: true });
  }

  #onKeydown(event: KeyboardEvent): void {
    const isTyping =
      event.composedPath()[0] instanceof HTMLInputElement && !isCheckbox(event.composedPath()[0]);
    if (event.key !== '/' || this.shortcuts === 'off' || isTyping || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.focusSearch();
  }

  readonly #onScroll = (event: Event): void => {
    this.isScrolled = (event.currentTarget as HTMLElement).scrollLeft !== 0;
  };

  #may(action: 'create' | 'import' | 'edit' | 'delete'): boolean {
    const role = lowerRole(this.#list.access?.role, this.provided?.role);
    const isAllowed = role === 'admin' || (role === 'editor' && action !== 'delete');
    return isAllowed && this.#list.access !== undefined && this.actions.split(/\s+/).includes(action);
  }

  #mayDo(action: BulkAction | 'export' | 'send_email'): boolean {
    const can = this.source?.capabilities;
    const role = lowerRole(this.#list.access?.role, this.provided?.role);
    if (!can || (role !== 'editor' && role !== 'admin')) return false;
    if (action === 'send_email') return true;
    if (action === 'export') return can.export;
    if ((action === 'delete' || action === 'restore') && role !== 'admin') return false;
    if (action.endsWith('_group') && !(can.groups && this.#list.access?.has_groups)) return false;
    return can.bulk.includes(action);
  }

  #offers(action: BarAction): boolean {
    if (action === 'send_email') return true;
    if (action !== 'menu') return this.#mayDo(action);
    const rest = ['remove_group', 'remove_tags', 'set_active', 'set_inactive', 'delete', 'export'] as const;
    return this.#selected.customers !== undefined || rest.some((one) => this.#mayDo(one));
  }

  /** Comes with the first selection, and where operations are under way: the list alone doesn't need it. */
  #loadBulk(): Promise<Bulk> {
    this.#loadingBulk ??= import('./bulk/load-bulk.ts').then(
      ({ Bulk, bulkStyles, bulkTexts }) => {
        this.language.add(bulkTexts);
        const { elementStyles } = this.constructor as typeof CustomerTable;
        adoptStyles(this.renderRoot as ShadowRoot, [...elementStyles, ...bulkStyles]);
        this.#bulk = new Bulk(this.#bulkHost());
        this.requestUpdate();
        return this.#bulk;
      },
      (error: unknown) => {
        this.#loadingBulk = undefined;
        throw error;
      },
    );
    return this.#loadingBulk;
  }

  async #runBulk(action: BarAction, anchor: HTMLElement): Promise<void> {
    try {
      (await this.#loadBulk()).run(action, anchor);
    } catch {
      this.notice = this.text('table', 'actionsFailed');
      this.announcement = this.notice;
    }
  }

  #bulkHost(): BulkHost {
    return {
      element: this,
      popover: this.#popover,
      source: () => this.source,
      selection: () => this.selection,
      customers: () => this.#selected.customers,
      mayDo: (action) => this.#mayDo(action),
      context: () => this.#context(),
      texts: {
        operations: (key, values) => this.text('operations', key, values),
        fields: (key, values) => this.text('fields', key, values),
        shared: (key) => this.text('shared', key),
      },
      errorText: (error) => this.errorText(error),
      ask: (name, detail) => this.emit(name, detail, { cancelable: true }),
      tell: (name, detail) => this.emit(name, detail),
      reload: () => void this.reload(),
      select: (selection) => this.#selected.choose(selection),
      copyEmails: () => void this.#email.copy(this.#selected.customers ?? []),
    };
  }

  readonly #href = (customer: Customer): string | undefined =>
    this.customerHref?.replaceAll('{id}', encodeURIComponent(customer.id));

  #countText(total: Total): string {
    return this.#context().text(total.exact ? 'countExact' : 'countCapped', { count: total.value });
  }

  #context(): TableContext {
    return {
      text: (key, values) => this.text('table', key, values),
      locale: this.language.locale,
      currency: this.#list.access?.currency ?? 'USD',
      timeZone: this.#list.access?.time_zone ?? 'UTC',
    };
  }

  #groupsOf(customer: Customer): readonly GroupBadge[] {
    return this.#ruleBadges.groupsOf(customer, this.#list.shown?.groups ?? new Map());
  }

  #filterContext(): FilterBarContext {
    return {
      ...this.#context(),
      filters: this.#filters,
      adapter: this.source,
      access: this.#list.access,
      retryLabel: this.text('shared', 'retry'),
      groupName: (id) => this.#groupNames.nameOf(id),
      change: (change) => this.#changeFilters(change),
    };
  }

  #listView(): ListView {
    const columns = this.#columns.shown;
    const context: CellContext = {
      ...this.#context(),
      groupsOf: (customer) => this.#groupsOf(customer),
      href: this.#href,
      emailUnderName: !columns.includes('email'),
      expanded: this.#popover.current,
      handlers: {
        open: this.#rows.open,
        select: (customer, event) => this.#selected.toggle(customer.id, event.shiftKey),
        showActions: this.#rows.showMenu,
        showRest: this.#rows.showRest,
      },
    };
    return {
      customers: this.#list.shown?.customers,
      columns: this.#columns,
      layout: this.#columns.layOut(this.#width),
      capabilities: this.source?.capabilities,
      sort: this.#sort,
      selection: this.selection,
      currentId: this.currentId,
      busy: this.#list.loading,
      pageSize: this.#pageSize,
      context,
      sortBy: this.#sortBy,
      selectPage: (selected) => this.#selected.togglePage(selected),
      rowClick: this.#rows.rowClick,
    };
  }

  /** Which of the states below the toolbar it is. */
  get #state(): 'unconnected' | 'loading' | 'error' | 'empty' | 'no-match' | 'list' {
    if (!this.source) return 'unconnected';
    const { shown, error, current } = this.#list;
    // A reload that failed leaves the rows: they are still what was asked for.
    if (error !== undefined && !current) return 'error';
    if (!shown) return 'loading';
    if (shown.customers.length) return 'list';
    return Object.keys(shown.query.filters).length ? 'no-match' : 'empty';
  }

  protected override render(): TemplateResult {
    this.#hadFocus = this.shadowRoot?.activeElement != null;
    const state = this.#state;
    const direction = this.language.direction;
    return html`
      <div class="root ${this.density} as-${this.layout}" dir=${direction}>
        ${this.#renderToolbar()} ${this.#renderNotice()}
        <div
          class=${classMap({
            list: true,
            scrolling: this.isScrolling,
            scrolled: this.isScrolling && this.isScrolled,
            busy: this.#list.loading && this.#list.shown !== undefined,
          })}
          tabindex=${this.isScrolling ? '0' : '-1'}
          role="region"
          aria-label=${this.#context().text('tableRegion')}
          @scroll=${this.#onScroll}
        >
          <div class="progress"></div>
          ${state === 'list' ? this.#renderList() : nothing}
          <slot name="loading" ?hidden=${state !== 'loading'}>
            ${state === 'loading' ? this.#renderList() : nothing}
          </slot>
          <slot name="error" ?hidden=${state !== 'error'}
            >${state === 'error' ? this.#renderError() : nothing}</slot
          >
          <slot name="no-match" ?hidden=${state !== 'no-match'}>
            ${
              state === 'no-match'
                ? noMatchState({
                    context: this.#filterContext(),
                    filters: this.#list.shown?.query.filters ?? {},
                    clear: this.#clearAll,
                  })
                : nothing
            }
          </slot>
          <slot name="empty" ?hidden=${state !== 'empty'}
            >${state === 'empty' ? this.#renderEmpty() : nothing}</slot
          >
          ${state === 'unconnected' ? this.#renderUnconnected() : nothing}
        </div>
        <div class="dock">
          <slot name="notice">${this.#bulk?.renderNotice()}</slot>
          ${this.#renderSelectionBar()}
        </div>
        ${this.#renderFoot(state)}
        <div class="visually-hidden" role="status">${this.announcement}</div>
        ${this.#popover.render()} ${this.#bulk?.renderDialogs()}
      </div>
    `;
  }

  #renderToolbar(): TemplateResult {
    const { text } = this.#context();
    return html`
      <div class="toolbar" part="toolbar">
        ${this.#search.render(text, this.shortcuts !== 'off')} ${this.#filterBar.render()}
        <span class="toolbar-end">
          <slot name="toolbar"></slot>
          ${(this.layout === 'cards' ? this.#sortMenu : this.#columnsMenu).render()}
        </span>
      </div>
    `;
  }

  /** A failed refresh of rows that still stand. */
  #renderNotice(): TemplateResult | typeof nothing {
    const { error, current } = this.#list;
    if (error === undefined || !current) return nothing;
    return html`
      <div class="list-notice" role="alert">
        ${icons.warning}
        <span>${this.#context().text('reloadFailed', { reason: this.errorText(error) })}</span>
        <button class="button" type="button" data-action="retry" @click=${() => void this.reload()}>
          ${this.text('shared', 'retry')}
        </button>
      </div>
    `;
  }

  #renderList(): TemplateResult {
    return this.layout === 'cards' ? cardView(this.#listView()) : tableView(this.#listView());
  }

  #renderError(): TemplateResult {
    return errorState({
      context: this.#context(),
      error: this.#list.error,
      message: this.errorText(this.#list.error),
      retryLabel: this.text('shared', 'retry'),
      retry: () => void this.reload(),
    });
  }

  #renderEmpty(): TemplateResult {
    return emptyState({
      context: this.#context(),
      canCreate: this.#may('create'),
      canImport: this.#may('import'),
      create: () => this.emit('customer-create', undefined, { cancelable: true }),
      import: () => this.emit('import-open', undefined, { cancelable: true }),
    });
  }

  /** Late, since an adapter usually comes a moment after the element. */
  #renderUnconnected(): TemplateResult {
    const title = this.#context().text('noAdapterTitle');
    return html`<div class="late">
      ${stateBlock({ icon: icons.people, title, text: this.text('shared', 'noAdapter') })}
    </div>`;
  }

  #renderSelectionBar(): TemplateResult | typeof nothing {
    if (isEmpty(this.selection)) return nothing;
    return selectionBar({
      context: this.#context(),
      selection: this.selection,
      page: (this.#list.shown?.customers ?? []).map((customer) => customer.id),
      total: this.#list.total,
      narrowed: Object.keys(this.#filters).length > 0,
      notice: this.notice,
      offers: (action) => this.#offers(action),
      expanded: this.#popover.current,
      selectMatching: () => {
        this.#selected.selectMatching(this.#filters);
        this.shadowRoot?.querySelector<HTMLElement>('[data-action=clear]')?.focus();
      },
      run: (action, anchor) => void this.#runBulk(action, anchor),
      clear: () => {
        this.#selected.clear();
        this.#focusList();
      },
    });
  }

  /** Takes its room while the first page loads, so that nothing moves when it is here. */
  #renderFoot(state: string): TemplateResult | typeof nothing {
    if (state === 'loading') return html`<div class="pagination"></div>`;
    return state === 'list' ? this.#renderPagination() : nothing;
  }

  #renderPagination(): TemplateResult {
    const { shown, total } = this.#list;
    return pagination({
      context: this.#context(),
      page: this.page,
      pageSize: this.#pageSize,
      rows: shown?.customers.length ?? 0,
      total,
      hasPrevious: shown?.previous != null,
      hasNext: shown?.next != null,
      pageNumbers: this.source?.capabilities.pageNumbers ?? false,
      go: this.#turnPage,
      resize: this.#resize,
      prepare: () => void this.#list.preparePages(),
    });
  }
}

const isCheckbox = (target: unknown): boolean =>
  target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type);
