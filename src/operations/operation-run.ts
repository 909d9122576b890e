import { isAdapterError } from '../adapter/errors.ts';
import type { Operation } from '../model/operations.ts';
import type { Receipt } from '../model/receipt.ts';

/** One request of an operation. Sent twice it counts once, so it may always be sent again. */
export interface OperationStep {
  /** How many customers or records it is about. */
  size: number;
  /** Answers how many are done in all, where the backend says so; else sizes are added up. */
  send(signal: AbortSignal): Promise<unknown>;
  /**
   * Takes the answer to where it belongs, in the order of the steps and each once: a file is written from its beginning
   * to its end. What it rejects with is not tried again by itself.
   */
  keep?(answer: unknown): Promise<void>;
}

/** What an operation consists of: an import, a bulk action, an export, an undo. */
export interface OperationPlan {
  /** Starts it, or finds out where it stands. */
  start(signal: AbortSignal): Promise<Operation>;
  /** What is left to do, in order. */
  steps(operation: Operation): AsyncIterable<OperationStep>;
  finish(cancelled: boolean, signal: AbortSignal): Promise<Receipt>;
  /** What needs no sending any more when it starts; absent, what the backend has counted. */
  doneBefore?(operation: Operation): number;
}

export interface OperationProgress {
  /** Customers or records that the backend has answered for, of all. */
  done: number;
  total: number;
  /** How many a second; undefined before there is anything to reckon from. */
  rate: number | undefined;
  /** `waiting`: the backend can't be reached or is busy; the step is sent again by itself. */
  state: 'running' | 'waiting' | 'paused' | 'stopping';
}

/** How long a run waits by itself. */
export interface OperationPatience {
  /** Seconds before a request is sent again; after the last the person decides. */
  pauses?: readonly number[];
  /** Milliseconds after which a request without an answer is given up and sent again. */
  answer?: number;
}

/** Steps on their way at the same time. They name different customers, so neither waits for the other's. */
const inFlight = 2;
const usualPauses = [0.5, 1, 2, 4, 8];
/** Longer than any statement may take. */
const usualAnswer = 120_000;

/** A step and its place among all. */
interface Taken {
  place: number;
  step: OperationStep;
}

/**
 * One operation from its start to its receipt. `run()` may be called again after it failed: what was answered is not
 * sent again, and what was sent without an answer counts once.
 */
export class OperationRun {
  readonly #plan: OperationPlan;
  readonly #onProgress: (progress: OperationProgress) => void;
  readonly #pauses: readonly number[];
  readonly #answer: number;
  readonly #stopped = new AbortController();
  /** In the order of their places. */
  readonly #unanswered: Taken[] = [];
  #steps: AsyncIterator<OperationStep> | undefined;
  #done = 0;
  #total = 0;
  #startedAt = 0;
  #doneAtStart = 0;
  #pause: { ended: Promise<void>; end: () => void } | undefined;
  #waiting = 0;
  #nextPlace = 0;
  /** The place whose answer is kept next, where order counts. */
  #turn = 0;
  #isBroken = false;
  #onTurn: (() => void) | undefined;

  constructor(
    plan: OperationPlan,
    onProgress: (progress: OperationProgress) => void = () => undefined,
    { pauses = usualPauses, answer = usualAnswer }: OperationPatience = {},
  ) {
    this.#plan = plan;
    this.#onProgress = onProgress;
    this.#pauses = pauses;
    this.#answer = answer;
  }

  /** Whether the backend knows of it. */
  get hasBegun(): boolean {
    return this.#steps !== undefined;
  }

  get isPaused(): boolean {
    return this.#pause !== undefined;
  }

  get isStopping(): boolean {
    return this.#stopped.signal.aborted;
  }

  /** Sends no further step until `resume()`; those on their way are answered. */
  pause(): void {
    if (this.#pause || this.isStopping) return;
    let end = (): void => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    this.#pause = { ended, end };
    this.#report();
  }

  resume(): void {
    this.#pause?.end();
    this.#pause = undefined;
    this.#reckonFromNow();
    this.#report();
  }

  /** Sends no further step; those on their way are waited for, and `run()` answers the receipt of what is written. */
  stop(): void {
    this.#stopped.abort();
    this.resume();
  }

  /** Rejects with what a person has to decide about; a failure that passes is tried again for a while. */
  async run(): Promise<Receipt> {
    if (!this.#steps) {
      const operation = await this.#insist((signal) => this.#plan.start(signal));
      this.#steps = this.#plan.steps(operation)[Symbol.asyncIterator]();
      this.#done = (this.#plan.doneBefore ?? answeredOf)(operation);
      this.#total = operation.asked;
    }
    this.#isBroken = false;
    this.#reckonFromNow();
    this.#report();
    const senders = await Promise.allSettled(Array.from({ length: inFlight }, () => this.#sendSteps()));
    for (const sender of senders) if (sender.status === 'rejected') throw sender.reason;
    return await this.#insist((signal) => this.#plan.finish(this.isStopping, signal), true);
  }

  async #sendSteps(): Promise<void> {
    for (;;) {
      await this.#pause?.ended;
      // What one could not do is a person's to decide; the other waits for that too.
      if (this.isStopping || this.#isBroken) return;
      const taken = await this.#take();
      if (!taken) return;
      const { place, step } = taken;
      try {
        const answer = await this.#insist((signal) => step.send(signal));
        if (step.keep) {
          if (!(await this.#turnOf(place))) return this.#putBack(taken);
          await step.keep(answer);
          this.#turn = place + 1;
        }
        this.#done = typeof answer === 'number' ? Math.max(this.#done, answer) : this.#done + step.size;
      } catch (error) {
        this.#putBack(taken);
        this.#isBroken = true;
        if (this.isStopping) return;
        throw error;
      } finally {
        this.#onTurn?.();
      }
      this.#report();
    }
  }

  async #take(): Promise<Taken | undefined> {
    const again = this.#unanswered.shift();
    if (again) return again;
    try {
      const next = await this.#steps?.next();
      return !next || next.done ? undefined : { place: this.#nextPlace++, step: next.value };
    } catch (error) {
      // An iterator that has thrown is at its end, and the operation is not: `run()` asks for its steps anew.
      this.#steps = undefined;
      this.#unanswered.length = this.#nextPlace = this.#turn = 0;
      this.#isBroken = true;
      throw error;
    }
  }

  #putBack(taken: Taken): void {
    this.#unanswered.push(taken);
    this.#unanswered.sort((one, other) => one.place - other.place);
  }

  /** False where the one before is not kept in this run any more. */
  async #turnOf(place: number): Promise<boolean> {
    while (this.#turn !== place) {
      if (this.#isBroken) return false;
      // With two on their way one can wait at most.
      await new Promise<void>((resolve) => (this.#onTurn = resolve));
    }
    return true;
  }

  /** Asks again while the backend is out of reach or busy. */
  async #insist<T>(ask: (signal: AbortSignal) => Promise<T>, whenStopping = false): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      const signal = AbortSignal.timeout(this.#answer);
      try {
        return await ask(signal);
      } catch (error) {
        const passes =
          signal.aborted || isAdapterError(error, 'unavailable') || isAdapterError(error, 'rate_limited');
        const pause = this.#pauses[attempt];
        if (!passes || pause === undefined || (this.isStopping && !whenStopping)) throw error;
        const asked = isAdapterError(error) ? Math.min(error.retryAfter ?? 0, 60) : 0;
        this.#waiting++;
        this.#report();
        await this.#sleep(Math.max(pause, asked), whenStopping);
        this.#waiting--;
        this.#report();
      }
    }
  }

  #sleep(seconds: number, whenStopping: boolean): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#stopped;
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, seconds * 1000);
      if (whenStopping) return;
      if (signal.aborted) wake();
      else signal.addEventListener('abort', wake);
    });
  }

  #reckonFromNow(): void {
    this.#startedAt = performance.now();
    this.#doneAtStart = this.#done;
  }

  #report(): void {
    const seconds = (performance.now() - this.#startedAt) / 1000;
    const doneNow = this.#done - this.#doneAtStart;
    const waitsOr = this.#waiting ? 'waiting' : 'running';
    this.#onProgress({
      done: this.#done,
      total: this.#total,
      rate: doneNow > 0 && seconds > 0 ? doneNow / seconds : undefined,
      state: this.isStopping ? 'stopping' : this.#pause ? 'paused' : waitsOr,
    });
  }
}

/** How many customers or records the backend has answered for. */
export const answeredOf = ({ created, changed, unchanged, skipped, failed }: Receipt): number =>
  created + changed + unchanged + skipped + failed;
