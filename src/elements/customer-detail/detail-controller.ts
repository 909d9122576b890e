import { Task, TaskStatus } from '@lit/task';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { accessOf, forgetAccess } from '../../adapter/access.ts';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { AdapterError, isAdapterError } from '../../adapter/errors.ts';
import type { Access } from '../../model/access.ts';
import type { CustomerDetail, CustomerRecord } from '../../model/detail.ts';

export interface DetailControllerOptions {
  source: () => CustomerAdapter | undefined;
  customerId: () => string | undefined;
  onLoaded: (detail: CustomerDetail) => void;
  onError: (error: unknown) => void;
}

/** Loads one customer whole, and how its site writes money and time. The newest request wins, older ones end. */
export class DetailController implements ReactiveController {
  access: Access | undefined;
  /** Why the newest request failed. */
  error: unknown;
  readonly #host: ReactiveControllerHost;
  readonly #options: DetailControllerOptions;
  readonly #task: Task<readonly [CustomerAdapter, string], CustomerDetail>;
  #source: CustomerAdapter | undefined;
  #id: string | undefined;
  #loaded: CustomerDetail | undefined;
  #interrupted = false;

  constructor(host: ReactiveControllerHost, options: DetailControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
    this.#task = new Task(host, {
      autoRun: false,
      task: async ([adapter, id], { signal }) => {
        if (!adapter.capabilities.detail) throw new AdapterError('unsupported', 'No detail.');
        const asked = adapter.getCustomer({ id }, { signal });
        const known = accessOf(adapter).then((access) => {
          if (adapter === this.#source) this.access = access;
          host.requestUpdate();
        });
        const [detail] = await Promise.all([asked, known]);
        return detail;
      },
      onComplete: (detail) => {
        this.#loaded = detail;
        this.error = undefined;
        options.onLoaded(detail);
      },
      onError: (error) => {
        if (isAdapterError(error, 'aborted')) return;
        this.error = error;
        // What is gone must not stay on the screen.
        if (isAdapterError(error, 'not_found')) this.#loaded = undefined;
        options.onError(error);
      },
    });
  }

  /** What is known of the customer that is asked for. */
  get shown(): CustomerDetail | undefined {
    return this.#loaded;
  }

  get loading(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  hostConnected(): void {
    if (this.#interrupted) void this.reload();
    this.#interrupted = false;
  }

  hostDisconnected(): void {
    if (!this.loading) return;
    this.#interrupted = true;
    this.#task.abort();
  }

  hostUpdate(): void {
    const source = this.#options.source();
    const id = this.#options.customerId();
    if (source === this.#source && id === this.#id) return;
    if (source !== this.#source) this.access = undefined;
    this.#source = source;
    this.#id = id;
    this.#loaded = undefined;
    this.error = undefined;
    this.#task.abort();
    if (source && id) void this.#task.run([source, id]);
  }

  /** Takes over what a save answered. */
  update(saved: Partial<CustomerDetail> & { customer: CustomerRecord }): void {
    if (this.#loaded?.customer.id !== saved.customer.id) return;
    this.#loaded = { ...this.#loaded, ...saved };
    this.#host.requestUpdate();
  }

  /** Asks again; what is shown stays until the answer comes. Resolves when it has, or has failed to. */
  async reload(): Promise<void> {
    if (this.#source) forgetAccess(this.#source);
    await this.#host.updateComplete;
    if (!this.#source || !this.#id) return;
    await this.#task.run([this.#source, this.#id]);
  }
}
