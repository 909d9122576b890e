import { Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter, CustomerPageRequest, RequestOptions } from '../../adapter/adapter.ts';
import { isAdapterError } from '../../adapter/errors.ts';

export interface RowPage<Row> {
  rows: Row[];
  next: string | null;
}

export interface RowPagesOptions<Row> {
  source: () => CustomerAdapter | undefined;
  customerId: () => string | undefined | null;
  load: (
    adapter: CustomerAdapter,
    request: CustomerPageRequest,
    options: RequestOptions,
  ) => Promise<RowPage<Row>>;
}

/** Rows that "Show more" brings. */
const limit = 100;

/** The rows that came with the customer, and those that a person asked for after them. */
export class RowPages<Row> {
  /** Why the next page could not be loaded. */
  error: unknown;
  #first: RowPage<Row> | undefined;
  #rows: Row[] = [];
  #next: string | null = null;
  readonly #options: RowPagesOptions<Row>;
  readonly #task: Task<readonly [CustomerAdapter, CustomerPageRequest], RowPage<Row>>;

  constructor(host: ReactiveControllerHost, options: RowPagesOptions<Row>) {
    this.#options = options;
    this.#task = new Task(host, {
      autoRun: false,
      task: ([adapter, request], { signal }) => options.load(adapter, request, { signal }),
      onComplete: ({ rows, next }) => {
        this.#rows = [...this.#rows, ...rows];
        this.#next = next;
        this.error = undefined;
      },
      onError: (error) => {
        if (!isAdapterError(error, 'aborted')) this.error = error;
      },
    });
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

  /** Begins anew with the first page of a customer. */
  begin(first: RowPage<Row> | undefined): void {
    if (first === this.#first) return;
    this.#task.abort();
    this.#first = first;
    this.#rows = first?.rows ?? [];
    this.#next = first?.next ?? null;
    this.error = undefined;
  }

  /** Puts a new row where the first one stands that it comes before. */
  insert(row: Row, comesBefore: (other: Row) => boolean): void {
    const at = this.#rows.findIndex(comesBefore);
    const place = at < 0 ? this.#rows.length : at;
    this.#rows = [...this.#rows.slice(0, place), row, ...this.#rows.slice(place)];
  }

  async loadMore(): Promise<void> {
    const adapter = this.#options.source();
    const customerId = this.#options.customerId();
    const cursor = this.#next;
    if (!adapter || !customerId || cursor === null || this.loading) return;
    await this.#task.run([adapter, { customerId, limit, cursor }]);
  }

  /** Ends what is under way. */
  abort(): void {
    if (this.loading) this.#task.abort();
  }
}
