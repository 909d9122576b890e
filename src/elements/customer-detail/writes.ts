import { Task } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';

/** One thing that a person wants changed. Tried again it is the same object, and so has the same `operationId`. */
export interface Intention<Saved> {
  /** What it is about: what is under way, and what went wrong, is looked up by it. */
  about: string;
  send: (adapter: CustomerAdapter, signal: AbortSignal) => Promise<Saved>;
  done: (saved: Saved) => void;
  /** Where the failure is shown in another way than beside what it is about. */
  failed?: (error: unknown) => void;
}

/**
 * What is being saved: one after the other in the order in which a person did it, so that no answer is older than the
 * one before, and none is broken off by the next.
 */
export class Writes {
  readonly #host: ReactiveControllerHost;
  readonly #source: () => CustomerAdapter | undefined;
  readonly #pending = new Map<string, number>();
  readonly #failures = new Map<string, { error: unknown; retry: () => Promise<void> }>();
  readonly #task: Task<readonly [CustomerAdapter, Intention<unknown>], unknown>;
  #last: Promise<void> = Promise.resolve();

  constructor(host: ReactiveControllerHost, source: () => CustomerAdapter | undefined) {
    this.#host = host;
    this.#source = source;
    this.#task = new Task(host, {
      autoRun: false,
      task: ([adapter, intention], { signal }) => intention.send(adapter, signal),
    });
  }

  /** Whether anything is under way. */
  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  isPending(about: string): boolean {
    return this.#pending.has(about);
  }

  /** Why the last write about it failed. */
  errorOf(about: string): unknown {
    return this.#failures.get(about)?.error;
  }

  /** Sends what failed once more, under the same `operationId`. */
  retry(about: string): Promise<void> {
    return this.#failures.get(about)?.retry() ?? Promise.resolve();
  }

  forget(about: string): void {
    if (this.#failures.delete(about)) this.#host.requestUpdate();
  }

  /** Resolves when it is saved, or has failed; the failure stays until it is tried again or forgotten. */
  run<Saved>(intention: Intention<Saved>): Promise<void> {
    const adapter = this.#source();
    if (!adapter) return Promise.resolve();
    const { about } = intention;
    this.#pending.set(about, (this.#pending.get(about) ?? 0) + 1);
    this.#failures.delete(about);
    this.#host.requestUpdate();
    this.#last = this.#last.then(() => this.#send(adapter, intention));
    return this.#last;
  }

  async #send<Saved>(adapter: CustomerAdapter, intention: Intention<Saved>): Promise<void> {
    const { about } = intention;
    await this.#task.run([adapter, intention as Intention<unknown>]);
    const left = (this.#pending.get(about) ?? 1) - 1;
    if (left > 0) this.#pending.set(about, left);
    else this.#pending.delete(about);
    this.#task.render({
      complete: (saved) => intention.done(saved as Saved),
      error: (error) => {
        this.#failures.set(about, { error, retry: () => this.run(intention) });
        intention.failed?.(error);
      },
    });
    this.#host.requestUpdate();
  }
}
