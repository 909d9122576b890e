import type { CustomerAdapter } from '../adapter/adapter.ts';
import type { Receipt } from '../model/receipt.ts';
import { OperationRun, type OperationPlan, type OperationProgress } from './operation-run.ts';
import { queues } from './queues.ts';

/** What is to be done, and what is told of it. */
export interface OperationTask {
  /** The operation's own id. */
  id: string;
  kind: string;
  options: Record<string, unknown>;
  /** The name of the group that the options name by its id. */
  group?: string | undefined;
  plan: OperationPlan;
  /** What began it: where its events come from. */
  origin: unknown;
}

/** `waiting` for those before it, `running`, `stuck` where a person has to decide, `ended` with its receipt. */
export type QueuedState = 'waiting' | 'running' | 'stuck' | 'ended';

/** One operation of this page, from its beginning to the end that somebody has seen. */
export interface QueuedOperation {
  readonly task: OperationTask;
  readonly state: QueuedState;
  readonly progress: OperationProgress;
  readonly isStopping: boolean;
  /** Whether the backend knows of it: what never began needs no end. */
  readonly hasBegun: boolean;
  /** Why it is stuck. */
  readonly failure: unknown;
  readonly receipt: Receipt | undefined;
}

interface Entry extends QueuedOperation {
  readonly run: OperationRun;
  state: QueuedState;
  progress: OperationProgress;
  hasBegun: boolean;
  failure: unknown;
  receipt: Receipt | undefined;
}

/**
 * The operations that this page runs over one adapter. They outlive the element that began them, and write one after
 * the other. Whom each is about is settled at once, while it waits: it means whom the person saw.
 */
export class OperationQueue {
  readonly #entries: Entry[] = [];
  readonly #listeners = new Set<(operation: QueuedOperation) => void>();

  static of(adapter: CustomerAdapter): OperationQueue {
    const queue = queues.get(adapter) ?? new OperationQueue();
    queues.set(adapter, queue);
    return queue;
  }

  /** Those under way, and those whose end nobody has seen yet. */
  get operations(): readonly QueuedOperation[] {
    return this.#entries;
  }

  /** The one that writes, or keeps the others waiting. */
  get current(): QueuedOperation | undefined {
    return this.#entries.find(({ state }) => state === 'running' || state === 'stuck');
  }

  /** How many come after it. */
  get waiting(): number {
    return this.#entries.filter(({ state }) => state === 'waiting').length;
  }

  get isBusy(): boolean {
    return this.#entries.some(({ state }) => state !== 'ended');
  }

  find(id: string): QueuedOperation | undefined {
    return this.#entries.find(({ task }) => task.id === id);
  }

  /** Calls back whenever one of them moves; answers how to stop that. */
  subscribe(listener: (operation: QueuedOperation) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(task: OperationTask): QueuedOperation {
    const known = this.#entries.find((entry) => entry.task.id === task.id);
    if (known) return known;
    const run = new OperationRun(task.plan, (progress) => {
      entry.progress = progress;
      entry.hasBegun ||= run.hasBegun;
      this.#tell(entry);
    });
    const entry: Entry = {
      task,
      run,
      state: 'waiting',
      progress: { done: 0, total: 0, rate: undefined, state: 'running' },
      hasBegun: false,
      failure: undefined,
      receipt: undefined,
      get isStopping() {
        return run.isStopping;
      },
    };
    const waits = this.isBusy;
    this.#entries.push(entry);
    if (waits) run.pause();
    else entry.state = 'running';
    void this.#drive(entry);
    return entry;
  }

  /** Once a person has done something about why it is stuck. */
  goOn(operation: QueuedOperation): void {
    const entry = this.#entryOf(operation);
    if (entry?.state !== 'stuck') return;
    entry.state = 'running';
    entry.failure = undefined;
    void this.#drive(entry);
  }

  /** Ends it; what is written stays. */
  stop(operation: QueuedOperation): void {
    const entry = this.#entryOf(operation);
    if (!entry) return;
    const { state } = entry;
    if (state === 'stuck' && !entry.hasBegun) {
      this.forget(entry);
      return;
    }
    if (state === 'waiting') entry.state = 'running';
    entry.run.stop();
    if (state === 'stuck') this.goOn(entry);
    else this.#tell(entry);
  }

  /** Its end was seen; or it is given up, and stays unfinished in the history. */
  forget(operation: QueuedOperation): void {
    const place = this.#entries.findIndex(({ task }) => task.id === operation.task.id);
    if (place >= 0) this.#entries.splice(place, 1);
    this.#next();
    this.#tell(operation);
  }

  async #drive(entry: Entry): Promise<void> {
    this.#tell(entry);
    try {
      entry.receipt = await entry.run.run();
      entry.state = 'ended';
    } catch (error) {
      entry.failure = error;
      entry.state = 'stuck';
    }
    this.#next();
    this.#tell(entry);
  }

  #next(): void {
    const next = this.#entries.find(({ state }) => state === 'waiting');
    if (!next || this.current) return;
    next.state = 'running';
    next.run.resume();
  }

  #entryOf({ task }: QueuedOperation): Entry | undefined {
    return this.#entries.find((entry) => entry.task.id === task.id);
  }

  #tell(operation: QueuedOperation): void {
    for (const listener of this.#listeners) listener(operation);
  }
}
