import { Task, TaskStatus } from '@lit/task';
import type { ReactiveControllerHost } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import {
  chosenFields,
  mergeEdits,
  type Merge,
  type MergeShape,
  type TheirChange,
} from '../../model/merge.ts';

type Values = Readonly<Record<string, unknown>>;

/** What was read: the fields of a row that can be edited, and their version. */
export interface Base {
  version: number;
  fields: Values;
}

export interface SaveRequest extends Base {
  operationId: string;
  /** Take the e-mail of somebody who was erased. */
  anew?: boolean;
}

export interface SharedSaveOptions<Saved> {
  source: () => CustomerAdapter | undefined;
  send: (adapter: CustomerAdapter, request: SaveRequest, signal: AbortSignal) => Promise<Saved>;
  /** Of the row that a conflict answers. */
  read: (current: unknown) => Base;
  shape?: MergeShape;
  /** `kept` is what others changed meanwhile, and stays. */
  done: (saved: Saved, kept: readonly TheirChange[]) => void;
  failed?: (error: unknown) => void;
}

export type Side = 'mine' | 'theirs';

/** What both changed, for a person to choose from. */
export interface OpenConflict {
  merge: Merge;
  choices: ReadonlyMap<string, Side>;
}

/**
 * Saves an edit while others save theirs. What only one of us changed is merged and saved again, as often as it
 * takes; what both changed waits for a choice. Sent again after a failure, the same edit is the same operation.
 */
export class SharedSave<Saved> {
  /** Why it failed. */
  error: unknown;
  conflict: OpenConflict | undefined;
  readonly #host: ReactiveControllerHost;
  readonly #options: SharedSaveOptions<Saved>;
  readonly #task: Task<readonly [CustomerAdapter, SaveRequest], Saved>;
  readonly #kept = new Map<string, TheirChange>();
  #theirs: Base | undefined;
  #isAnew = false;
  #operation = { edit: '', id: '' };

  constructor(host: ReactiveControllerHost, options: SharedSaveOptions<Saved>) {
    this.#host = host;
    this.#options = options;
    this.#task = new Task(host, {
      autoRun: false,
      task: ([adapter, request], { signal }) => options.send(adapter, request, signal),
    });
  }

  get isSaving(): boolean {
    return this.#task.status === TaskStatus.PENDING;
  }

  /** `mine` is what I changed of `base`. */
  async save(base: Base, mine: Values, isAnew = false): Promise<void> {
    if (this.isSaving) return;
    this.#isAnew = isAnew;
    this.#kept.clear();
    this.conflict = undefined;
    await this.#send(base, mine);
  }

  choose(field: string, side: Side): void {
    if (!this.conflict) return;
    this.conflict = { ...this.conflict, choices: new Map(this.conflict.choices).set(field, side) };
    this.#host.requestUpdate();
  }

  /** Saves what was chosen, once everything is. */
  async resolve(): Promise<void> {
    const { conflict } = this;
    const theirs = this.#theirs;
    if (this.isSaving || !conflict || !theirs || !isResolved(conflict)) return;
    const isMine = (field: string) => conflict.choices.get(field) === 'mine';
    for (const one of conflict.merge.conflicts) if (!isMine(one.field)) this.#kept.set(one.field, one);
    const mine = chosenFields(conflict.merge, theirs.fields, isMine, this.#options.shape);
    this.conflict = undefined;
    await this.#send(theirs, mine);
  }

  /** Back to editing, or away: nothing was saved. */
  forget(): void {
    this.conflict = undefined;
    this.error = undefined;
    this.#operation = { edit: '', id: '' };
    this.#host.requestUpdate();
  }

  async #send(base: Base, mine: Values): Promise<void> {
    const adapter = this.#options.source();
    if (!adapter) return;
    this.error = undefined;
    const anew = this.#isAnew ? { anew: true } : {};
    const edit = JSON.stringify([base.version, mine, anew]);
    if (this.#operation.edit !== edit) this.#operation = { edit, id: crypto.randomUUID() };
    const operationId = this.#operation.id;
    await this.#task.run([adapter, { version: base.version, fields: mine, operationId, ...anew }]);
    await this.#task.render({
      complete: (saved) => {
        // The same edit of another row, or once more, is another operation.
        this.#operation = { edit: '', id: '' };
        this.#options.done(saved, [...this.#kept.values()]);
      },
      error: (error) => this.#onError(error, base, mine),
    });
    this.#host.requestUpdate();
  }

  async #onError(error: unknown, base: Base, mine: Values): Promise<void> {
    if (!isAdapterError(error, 'conflict') || error.reason !== 'stale') {
      this.error = error;
      this.#options.failed?.(error);
      return;
    }
    const theirs = (this.#theirs = this.#options.read(error.current));
    const merge = mergeEdits(base.fields, mine, theirs.fields, error.changes, this.#options.shape);
    for (const one of merge.kept) this.#kept.set(one.field, one);
    if (merge.conflicts.length) this.conflict = { merge, choices: new Map() };
    else await this.#send(theirs, merge.fields);
  }
}

export function isResolved({ merge, choices }: OpenConflict): boolean {
  return merge.conflicts.every(({ field }) => choices.has(field));
}
