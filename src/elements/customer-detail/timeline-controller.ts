import { Task, TaskStatus } from '@lit/task';
import type { ReactiveController } from 'lit';
import type { CustomerAdapter, TimelineRequest } from '../../adapter/adapter.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import type { CustomerDetail } from '../../model/detail.ts';
import type { Timeline, TimelineEntry, TimelineKind } from '../../model/timeline.ts';
import type { DetailHost } from './detail-host.ts';
import { RowPages } from './row-pages.ts';

interface Asked {
  /** Another object after each save: then something has happened. */
  detail: CustomerDetail;
  kinds: ReadonlySet<TimelineKind>;
}

/** Loads what happened to the customer, once it is shown, and again when something has happened since. */
export class TimelineController implements ReactiveController {
  /** What it is narrowed to; empty means everything. */
  kinds: ReadonlySet<TimelineKind> = new Set();
  /** Why the newest request failed. */
  error: unknown;
  readonly pages: RowPages<TimelineEntry>;
  readonly #host: DetailHost;
  readonly #task: Task<readonly [CustomerAdapter, TimelineRequest], Timeline>;
  #source: CustomerAdapter | undefined;
  #customerId: string | undefined;
  #asked: Asked | undefined;
  #page: Timeline | undefined;
  #isShown = false;

  constructor(host: DetailHost) {
    this.#host = host;
    host.element.addController(this);
    this.#task = new Task(host.element, {
      autoRun: false,
      task: ([adapter, request], { signal }) => adapter.listTimeline(request, { signal }),
      onComplete: (page) => {
        this.#page = page;
        this.error = undefined;
      },
      onError: (error) => {
        if (!isAdapterError(error, 'aborted')) this.error = error;
      },
    });
    this.pages = new RowPages<TimelineEntry>(host.element, {
      source: host.source,
      customerId: host.customerId,
      first: () => this.#page,
      load: (adapter, request, call) => adapter.listTimeline({ ...request, ...this.#filter() }, call),
    });
  }

  /** Whether there is something to draw; what is drawn may be older than what is asked for. */
  get isLoaded(): boolean {
    return this.#page !== undefined;
  }

  get loading(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  /** Called while it is drawn: what nobody looks at isn't loaded. */
  show(): void {
    this.#isShown = true;
  }

  toggle(kind: TimelineKind): void {
    const kinds = new Set(this.kinds);
    if (!kinds.delete(kind)) kinds.add(kind);
    this.kinds = kinds;
    this.#host.element.requestUpdate();
  }

  showEverything(): void {
    this.kinds = new Set();
    this.#host.element.requestUpdate();
  }

  retry(): void {
    this.#asked = undefined;
    this.#host.element.requestUpdate();
  }

  hostConnected(): void {
    this.#host.element.requestUpdate();
  }

  hostDisconnected(): void {
    if (!this.loading) return;
    this.#task.abort();
    this.#asked = undefined;
  }

  hostUpdate(): void {
    this.#isShown = false;
    const source = this.#host.source();
    const customerId = this.#host.customerId();
    if (source === this.#source && customerId === this.#customerId) return;
    // Of another customer nothing may stay on the screen.
    this.#source = source;
    this.#customerId = customerId;
    if (this.loading) this.#task.abort();
    this.#asked = undefined;
    this.#page = undefined;
    this.error = undefined;
  }

  hostUpdated(): void {
    // After this update, since a request begins with another one.
    if (this.#isShown) queueMicrotask(() => this.#ask());
  }

  #filter(): { kinds?: TimelineKind[] } {
    return this.kinds.size ? { kinds: [...this.kinds] } : {};
  }

  #ask(): void {
    const detail = this.#host.detail();
    if (!this.#source || !this.#customerId || !detail) return;
    const before = this.#asked;
    if (before?.detail === detail && before.kinds === this.kinds) return;
    this.#asked = { detail, kinds: this.kinds };
    // As many as a person has in view, so that a save doesn't take away what "Show more" brought.
    const inView = before?.kinds === this.kinds ? this.pages.rows.length : 0;
    const limit = Math.min(100, Math.max(firstRows, inView));
    void this.#task.run([this.#source, { customerId: this.#customerId, limit, ...this.#filter() }]);
  }
}

const firstRows = 20;
