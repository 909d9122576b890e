import { Task, TaskStatus } from '@lit/task';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CustomerAdapter, CustomerList, ListCustomersRequest } from '../../adapter/adapter.ts';
import { accessOf, forgetAccess } from '../../adapter/access.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import type { Access } from '../../model/access.ts';
import type { Customer, GroupBadge, Total } from '../../model/customer.ts';
import type { CustomerFilters, CustomerSort } from '../../model/filters.ts';

export interface ListQuery {
  filters: CustomerFilters;
  sort: CustomerSort;
  pageSize: number;
  /** From 1; -1 is the last, -2 the one before it. */
  page: number;
  /** Leads to `page` by key instead of by number. */
  cursor?: string | undefined;
}

/** One page as it is on the screen, with the query it answers. */
export interface ShownPage {
  query: ListQuery;
  customers: Customer[];
  groups: ReadonlyMap<string, GroupBadge>;
  next: string | null;
  previous: string | null;
}

export interface ListControllerOptions {
  source: () => CustomerAdapter | undefined;
  query: () => ListQuery;
  onLoaded: (shown: ShownPage) => void;
  onCounted: (total: Total) => void;
  onError: (error: unknown) => void;
}

/**
 * Loads who may see what, one page of customers, and how many there are. The newest request wins whatever order
 * answers come in, older ones are aborted; what was shown stays until its successor is here.
 */
export class ListController implements ReactiveController {
  shown: ShownPage | undefined;
  access: Access | undefined;
  /** Why the newest request failed; kept while a retry is under way. */
  error: unknown;
  readonly #host: ReactiveControllerHost;
  readonly #options: ListControllerOptions;
  readonly #listTask: Task<readonly [CustomerAdapter, ListQuery], ShownPage>;
  readonly #countTask: Task<readonly [CustomerAdapter, string], Total>;
  #source: CustomerAdapter | undefined;
  #total: { filters: string; value: Total } | undefined;
  /** What was asked last; the same is not asked twice. */
  #asked = { list: '', filters: '' };
  #interrupted = false;
  #prepared = '';

  constructor(host: ReactiveControllerHost, options: ListControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    this.#listTask = new Task(host, {
      autoRun: false,
      task: ([adapter, query], { signal }) => this.#load(adapter, query, signal),
      onComplete: (shown) => {
        this.shown = shown;
        this.error = undefined;
        options.onLoaded(shown);
      },
      onError: (error) => this.#failed(error),
    });
    this.#countTask = new Task(host, {
      autoRun: false,
      task: ([adapter, filters], { signal }) =>
        adapter.countCustomers({ filters: JSON.parse(filters) as CustomerFilters }, { signal }),
      onComplete: (value) => this.#counted(this.#asked.filters, value),
    });
  }

  hostConnected(): void {
    if (this.#interrupted) void this.reload();
    this.#interrupted = false;
  }

  hostDisconnected(): void {
    for (const task of [this.#listTask, this.#countTask]) {
      if (task.status !== TaskStatus.PENDING) continue;
      this.#interrupted = true;
      task.abort();
    }
  }

  hostUpdate(): void {
    const source = this.#options.source();
    if (source !== this.#source) this.#forget(source);
    if (!source || this.#interrupted) return;
    const query = this.#options.query();
    const list = JSON.stringify(query);
    const filters = JSON.stringify(query.filters);
    if (filters !== this.#asked.filters) {
      this.#asked.filters = filters;
      void this.#countTask.run([source, filters]);
    }
    if (list !== this.#asked.list) {
      this.#asked.list = list;
      void this.#listTask.run([source, query]);
    }
  }

  get loading(): boolean {
    return this.#listTask.status === TaskStatus.PENDING;
  }

  /** How many match the filters in force, as soon as that is known. */
  get total(): Total | undefined {
    const filters = JSON.stringify(this.#options.query().filters);
    return this.#total?.filters === filters ? this.#total.value : undefined;
  }

  /** Whether the page on the screen answers what is asked for now. */
  get current(): boolean {
    return (
      this.shown !== undefined && JSON.stringify(this.shown.query) === JSON.stringify(this.#options.query())
    );
  }

  /** Asks for everything again; resolves when the rows are here, or have failed. */
  async reload(): Promise<void> {
    if (this.#source) forgetAccess(this.#source);
    this.#asked = { list: '', filters: '' };
    this.#prepared = '';
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    await this.#listTask.taskComplete.catch(() => undefined);
  }

  /** Makes a jump to a far page quick, and the size of a capped list known. Nobody waits for it. */
  async preparePages(): Promise<void> {
    const { filters, sort } = this.#options.query();
    const list = JSON.stringify([filters, sort.by]);
    const adapter = this.#options.source();
    if (!adapter?.capabilities.pageNumbers || this.#prepared === list) return;
    this.#prepared = list;
    try {
      const total = await adapter.preparePages({ filters, sort });
      if (this.#prepared === list) this.#counted(JSON.stringify(filters), total);
    } catch {
      // Only a shortcut: the jump itself goes on without it and reports what fails.
    }
  }

  async #load(adapter: CustomerAdapter, query: ListQuery, signal: AbortSignal): Promise<ShownPage> {
    const asked = adapter.listCustomers(requestOf(query), { signal });
    // Money and dates cannot be written before it is known how this site writes them.
    const [list, access] = await Promise.all([asked, accessOf(adapter)]);
    if (!signal.aborted) this.access = access;
    if (list.rows.length || query.page === 1 || signal.aborted) return shownPage(query, list);
    // The list has become shorter than the page that was asked for.
    const place = { page: adapter.capabilities.pageNumbers ? -1 : 1, cursor: undefined };
    const lastQuery = { ...query, ...place };
    const last = await adapter.listCustomers(requestOf(lastQuery), { signal });
    if (!signal.aborted) this.#asked.list = JSON.stringify(lastQuery);
    return shownPage(lastQuery, last);
  }

  #forget(source: CustomerAdapter | undefined): void {
    this.#source = source;
    this.shown = undefined;
    this.access = undefined;
    this.error = undefined;
    this.#total = undefined;
    this.#asked = { list: '', filters: '' };
    this.#prepared = '';
    for (const task of [this.#listTask, this.#countTask]) task.abort();
  }

  #counted(filters: string, value: Total): void {
    this.#total = { filters, value };
    this.#host.requestUpdate();
    this.#options.onCounted(value);
  }

  #failed(error: unknown): void {
    if (isAdapterError(error, 'aborted')) return;
    this.error = error;
    this.#options.onError(error);
  }
}

function requestOf({ filters, sort, pageSize, page, cursor }: ListQuery): ListCustomersRequest {
  const request: ListCustomersRequest = { filters, sort, limit: pageSize };
  if (cursor) return { ...request, cursor };
  return page === 1 ? request : { ...request, page };
}

function shownPage(query: ListQuery, list: CustomerList): ShownPage {
  return {
    query,
    customers: list.rows,
    groups: new Map(list.groups.map((group) => [group.id, group])),
    next: list.next,
    previous: list.previous,
  };
}
