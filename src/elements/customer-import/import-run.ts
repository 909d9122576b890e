import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import type { FileReading } from '../../import/read-file.ts';
import type { ImportPolicy } from '../../model/import.ts';
import type { Receipt } from '../../model/receipt.ts';
import { batchesOf, type Batch } from './batches.ts';

export interface ImportProgress {
  /** Records that the backend has answered for, of all. */
  handled: number;
  total: number;
  /** Records a second; undefined before there is anything to reckon from. */
  rate: number | undefined;
  /** The backend can't be reached right now; the step is sent again by itself. */
  isWaiting: boolean;
}

/** Steps on their way at the same time. They name different customers, so neither waits for the other's. */
const inFlight = 2;
/** Seconds before a step is sent again; after the last the person decides. */
const pauses = [0.5, 1, 2, 4, 8];

/**
 * One import from its first step to its receipt. `run()` may be called again after a failure: what was answered is
 * not sent again, and what was sent without an answer counts once.
 */
export class ImportRun {
  readonly id = crypto.randomUUID();
  readonly #adapter: CustomerAdapter;
  readonly #reading: FileReading;
  readonly #policy: ImportPolicy;
  readonly #batches: Generator<Batch>;
  readonly #unanswered: { step: number; batch: Batch }[] = [];
  readonly #onProgress: (progress: ImportProgress) => void;
  readonly #stopped = new AbortController();
  #nextStep = 0;
  #handled = 0;
  #startedAt = 0;
  #handledAtStart = 0;

  constructor(
    adapter: CustomerAdapter,
    reading: FileReading,
    policy: ImportPolicy,
    onProgress: (progress: ImportProgress) => void,
  ) {
    this.#adapter = adapter;
    this.#reading = reading;
    this.#policy = policy;
    this.#batches = batchesOf(reading);
    this.#onProgress = onProgress;
  }

  get isStopping(): boolean {
    return this.#stopped.signal.aborted;
  }

  /** Sends no further step; those on their way are waited for, and `run()` answers the receipt of what is written. */
  stop(): void {
    this.#stopped.abort();
  }

  async run(): Promise<Receipt> {
    this.#startedAt = performance.now();
    this.#handledAtStart = this.#handled;
    const { id } = this;
    const { fileName, records } = this.#reading;
    await this.#insist(() =>
      this.#adapter.startOperation({
        id,
        kind: 'import',
        asked: records,
        options: { fileName: fileName.slice(-255), policy: this.#policy },
      }),
    );
    const senders = await Promise.allSettled(Array.from({ length: inFlight }, () => this.#sendSteps()));
    for (const sender of senders) if (sender.status === 'rejected') throw sender.reason;
    return await this.#insist(() => this.#adapter.finishOperation({ id, cancelled: this.isStopping }), true);
  }

  async #sendSteps(): Promise<void> {
    while (!this.isStopping) {
      const next = this.#take();
      if (!next) return;
      try {
        await this.#insist(() =>
          this.#adapter.stepOperation({ id: this.id, step: next.step, ...next.batch }),
        );
      } catch (error) {
        this.#unanswered.push(next);
        if (this.isStopping) return;
        throw error;
      }
      this.#handled += next.batch.rows.length + next.batch.rejected.length;
      this.#report(false);
    }
  }

  #take(): { step: number; batch: Batch } | undefined {
    const again = this.#unanswered.shift();
    if (again) return again;
    const { value, done } = this.#batches.next();
    return done ? undefined : { step: this.#nextStep++, batch: value };
  }

  /** Asks again while the backend is out of reach or busy; every request of an operation may be repeated. */
  async #insist<T>(ask: () => Promise<T>, whenStopping = false): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await ask();
      } catch (error) {
        const isPassing = isAdapterError(error, 'unavailable') || isAdapterError(error, 'rate_limited');
        const pause = pauses[attempt];
        if (!isPassing || pause === undefined || (this.isStopping && !whenStopping)) throw error;
        this.#report(true);
        const seconds = isAdapterError(error) ? Math.max(pause, Math.min(error.retryAfter ?? 0, 60)) : pause;
        await this.#sleep(seconds, whenStopping);
      }
    }
  }

  #sleep(seconds: number, whenStopping: boolean): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      if (whenStopping) return;
      const wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
      if (this.isStopping) wake();
      else this.#stopped.signal.addEventListener('abort', wake, { once: true });
    });
  }

  #report(isWaiting: boolean): void {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const handledNow = this.#handled - this.#handledAtStart;
    this.#onProgress({
      handled: this.#handled,
      total: this.#reading.records,
      rate: handledNow > 0 && seconds > 0 ? handledNow / seconds : undefined,
      isWaiting,
    });
  }
}
