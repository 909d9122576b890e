import { Task, TaskStatus } from '@lit/task';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CustomerAdapter, CustomerPageRequest, RequestOptions } from '../../adapter/adapter.ts';
import { isAdapterError } from '../../adapter/errors.ts';

export interface RowPage<Row> {
  rows: Row[];
  next: string | null;
}

export interface RowPagesOptions<Row> {
  source: () => CustomerAdapter | undefined;
  customerId: () => string | undefined;
  /** The page that came with the customer. */
  first: () => RowPage<Row> | undefined;
  load: (
    adapter: CustomerAdapter,
    request: CustomerPageRequest,
    options: RequestOptions,
  ) => Promise<RowPage<Row>>;
}

/** Rows that "Show more" brings. */
const limit = 100;

/** The rows that came with the customer, and those that a person asked for after them. */
export class RowPages<Row extends { id: string }> implements ReactiveController {
  /** Why the next page could not be loaded. */
  error: unknown;
  #first: RowPage<Row> | undefined;
  #rows: readonly Row[] = [];
  #next: string | null = null;
  readonly #options: RowPagesOptions<Row>;
  readonly #task: Task<readonly [CustomerAdapter, CustomerPageRequest], RowPage<Row>>;

  constructor(host: ReactiveControllerHost, options: RowPagesOptions<Row>) {
    this.#options = options;
    this.#task = new Task(host, {
      autoRun: false,
      task: ([adapter, request], { signal }) => options.load(adapter, request, { signal }),
      onComplete: ({ rows, next }) => {
        // A row that a person moved meanwhile, by pinning it, may come a second time.
        const come = new Set(rows.map(({ id }) => id));
        this.#rows = [...this.#rows.filter(({ id }) => !come.has(id)), ...rows];
        this.#next = next;
        this.error = undefined;
      },
      onError: (error) => {
        if (!isAdapterError(error, 'aborted')) this.error = error;
      },
    });
    host.addController(this);
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  get hasMore(): boolean {
    return this.#next !== null;
  }

  get loading(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  /** Begins anew with the first page of a customer, whenever that is another. */
  hostUpdate(): void {
    const first = this.#options.first();
    if (first === this.#first) return;
    this.#task.abort();
    this.#first = first;
    this.#rows = first?.rows ?? [];
    this.#next = first?.next ?? null;
    this.error = undefined;
  }

  /** Ends what is under way. */
  hostDisconnected(): void {
    if (this.loading) this.#task.abort();
  }

  /** Puts a row where the first one stands that it comes before; the same row as it was goes. */
  put(row: Row, comesBefore: (other: Row) => boolean): void {
    const others = this.#rows.filter(({ id }) => id !== row.id);
    const at = others.findIndex(comesBefore);
    const place = at < 0 ? others.length : at;
    this.#rows = [...others.slice(0, place), row, ...others.slice(place)];
  }

  remove(id: string): void {
    this.#rows = this.#rows.filter((row) => row.id !== id);
  }

  async loadMore(): Promise<void> {
    const adapter = this.#options.source();
    const customerId = this.#options.customerId();
    const cursor = this.#next;
    if (!adapter || !customerId || cursor === null || this.loading) return;
    await this.#task.run([adapter, { customerId, limit, cursor }]);
  }
}
