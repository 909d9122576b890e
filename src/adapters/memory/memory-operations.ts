import type { ListOperationFailuresRequest, ListOperationsRequest } from '../../adapter/adapter.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { UndoOperationRequest, Write } from '../../adapter/customer-writes.ts';
import type { Access } from '../../model/access.ts';
import type { Origin } from '../../model/detail.ts';
import {
  bulkActions,
  type Operation,
  type OperationList,
  type OperationSummary,
} from '../../model/operations.ts';
import { hasMark, withoutMarks } from './marks.ts';
import type { Place } from './memory-groups.ts';
import type { FailureList, Receipt, ReceiptFailure } from '../../model/receipt.ts';

export type Outcome = 'created' | 'changed' | 'unchanged';
/** What became of one thing, or the numbers of several. */
export type Account = Outcome | Pick<Receipt, 'asked' | 'changed' | 'unchanged' | 'failed' | 'failures'>;

/** What became of one thing that was taken back. */
export type Undone = 'changed' | 'unchanged' | Omit<ReceiptFailure, 'outcome'>;
/** Takes a change of an operation back. */
export type Undo = (origin: Origin) => Undone | Undone[];

/** What an operation in steps did to a customer: what its undo goes by. */
export interface Effect {
  customerId: string;
  created?: boolean;
  fields?: { before: Record<string, unknown>; after: Record<string, unknown> };
  addressIds?: string[];
  placed?: { group: string; before: Place; became: Place };
  hidden?: boolean;
  shown?: boolean;
}

export interface MemoryOperation {
  request: string;
  userId: string;
  /** Of one step, in the order in which they are taken back: the latest change first. */
  undos: Undo[];
  /** Its `failures` are all there are; `receipt()` answers the first 1,000. */
  receipt: Receipt;
  options: Record<string, unknown>;
  /** Null where the client alone knows how many steps there are. */
  targets: string[][] | null;
  done: Set<number>;
  effects: Effect[];
  /** Customers that an import found as its records say. */
  unchanged: Set<string>;
  undoneBy?: MemoryOperation;
  /** Why there is no way back. */
  final?: string;
}

const mostFailures = 1000;
const undoDays = 30;

/** All operations: each write to one customer, done once however often it is sent, and those in steps. */
export class MemoryOperations {
  readonly #access: () => Access;
  readonly #known = new Map<string, MemoryOperation>();
  #undos: Undo[] = [];

  constructor(access: () => Access) {
    this.#access = access;
  }

  /** Called by what an operation of one step does: how to take it back. */
  onUndo(undo: Undo): void {
    this.#undos.unshift(undo);
  }

  find(id: string): MemoryOperation {
    const operation = this.#known.get(id);
    if (!operation) {
      throw new AdapterError('not_found', 'There is no such operation.', { reason: 'unknown' });
    }
    return operation;
  }

  /** How many accounts or file names name somebody by one of these. */
  naming(marks: readonly string[]): number {
    return [...this.#known.values()].filter(({ receipt, options }) =>
      hasMark([options, receipt.failures], marks),
    ).length;
  }

  /** Accounts without these, and requests that spoke of them as ones that can't be sent again. */
  erase(marks: readonly string[]): void {
    for (const operation of this.#known.values()) {
      if (hasMark(operation.request, marks)) operation.request = '';
      operation.options = withoutMarks(operation.options, marks);
      operation.receipt.failures = withoutMarks(operation.receipt.failures, marks);
    }
  }

  /** `final` says why there is no way back. */
  run(kind: string, request: Write, work: (origin: Origin) => Account, final?: string): Receipt {
    const { operationId } = request;
    const { operation, isNew } = this.open(operationId, kind, JSON.stringify([kind, request]), 1, {}, []);
    if (!isNew) return this.receipt(operation);
    try {
      this.#undos = [];
      const account = work(originOf(operation));
      if (kind !== 'undo' && final === undefined) operation.undos = this.#undos;
      if (final !== undefined) operation.final = final;
      Object.assign(operation.receipt, typeof account === 'string' ? { [account]: 1 } : account);
    } catch (error) {
      this.#known.delete(operationId);
      throw error;
    }
    Object.assign(operation.receipt, { status: 'finished', finishedAt: new Date().toISOString() });
    return this.receipt(operation);
  }

  /** The operation of this id, a new one where there is none. */
  open(
    id: string,
    kind: string,
    request: string,
    asked: number,
    options: Record<string, unknown>,
    targets: string[][] | null,
  ): { operation: MemoryOperation; isNew: boolean } {
    const known = this.#known.get(id);
    if (known && known.request !== request) {
      throw new AdapterError('conflict', 'Another operation has this id.', { reason: 'operation' });
    }
    if (known) return { operation: known, isNew: false };
    const { display_name: by, user_id: userId } = this.#access();
    const receipt: Receipt = {
      id,
      kind,
      status: 'running',
      asked,
      ...{ created: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0, failures: [] },
      startedAt: new Date().toISOString(),
      finishedAt: null,
      by,
      undo: { possible: false, until: null },
    };
    const operation = {
      request,
      userId,
      undos: [],
      receipt,
      options,
      targets,
      done: new Set<number>(),
      effects: [],
      unchanged: new Set<string>(),
    };
    this.#known.set(id, operation);
    return { operation, isNew: true };
  }

  receipt(operation: MemoryOperation): Receipt {
    const { receipt } = operation;
    return structuredClone({
      ...receipt,
      failures: receipt.failures.slice(0, mostFailures),
      undo: undoOf(operation),
    });
  }

  answer(operation: MemoryOperation): Operation {
    const { targets, done } = operation;
    const total = targets ? targets.length : null;
    const { options } = operation;
    return { ...this.receipt(operation), options, steps: { total, done: runsOf(done) } };
  }

  list({ kinds, limit, cursor }: ListOperationsRequest): OperationList {
    const found = [...this.#known.values()]
      .reverse()
      .filter(({ receipt }) => !kinds || kinds.includes(receipt.kind));
    const start = cursor ? found.findIndex(({ receipt }) => receipt.id === cursor) + 1 : 0;
    const rows = found.slice(start, start + limit);
    const last = rows.at(-1);
    return {
      rows: rows.map((operation) => this.#summary(operation)),
      next: last && start + limit < found.length ? last.receipt.id : null,
    };
  }

  failures({ id, limit, cursor }: ListOperationFailuresRequest): FailureList {
    const { failures } = this.find(id).receipt;
    const start = Number(cursor ?? 0);
    const end = start + limit;
    return { rows: failures.slice(start, end), next: end < failures.length ? String(end) : null };
  }

  /** One of many steps begins to be undone here, and goes on by steps of its own. */
  undo(request: UndoOperationRequest): Receipt {
    const text = JSON.stringify(['undo', request]);
    const sent = this.#known.get(request.operationId);
    if (sent?.request === text) return this.receipt(sent);
    const done = this.find(request.id);
    const { role, user_id } = this.#access();
    if (role !== 'admin' && (done.userId !== user_id || adminKinds.includes(done.receipt.kind))) {
      throw new AdapterError('forbidden', 'This takes an admin.');
    }
    const { possible, reason = '' } = undoOf(done);
    if (!possible) {
      throw new AdapterError('conflict', reason, {
        reason: wordOf[reason as keyof typeof wordOf] ?? 'final',
      });
    }
    const options = { undoes: request.id, kind: done.receipt.kind };
    if (!done.undos.length) {
      const ids = [...new Set(done.effects.map(({ customerId }) => customerId))].sort();
      const { operation } = this.open(
        request.operationId,
        'undo',
        text,
        ids.length,
        options,
        partsOf(ids, 1000),
      );
      done.undoneBy = operation;
      return this.receipt(operation);
    }
    const receipt = this.run('undo', request, (origin) => {
      const outcomes = done.undos.flatMap((takeBack) => takeBack(origin));
      const account = { asked: outcomes.length, changed: 0, unchanged: 0, failed: 0 };
      const failures: ReceiptFailure[] = [];
      for (const outcome of outcomes) {
        if (typeof outcome === 'string') account[outcome]++;
        else failures.push({ ...outcome, outcome: 'failed' });
      }
      return { ...account, failed: failures.length, failures };
    });
    const operation = this.find(request.operationId);
    operation.options = options;
    // Where nothing went back, it may be tried again.
    if (receipt.changed > 0 || receipt.failed === 0) done.undoneBy = operation;
    return receipt;
  }

  #summary(operation: MemoryOperation): OperationSummary {
    const { receipt, options, userId, undoneBy } = operation;
    return {
      ...receipt,
      failures: [],
      undo: undoOf(operation),
      options,
      mine: userId === this.#access().user_id,
      undoneBy: undoneBy?.receipt.id ?? null,
    };
  }
}

export function originOf({ receipt: { id, kind, by }, options }: MemoryOperation): Origin {
  return {
    operation: id,
    kind,
    by,
    fileName: typeof options.fileName === 'string' ? options.fileName : null,
  };
}

/** Numbers of a receipt go up by what it skipped or failed. */
export function refuse(operation: MemoryOperation, failure: ReceiptFailure): void {
  operation.receipt[failure.outcome]++;
  operation.receipt.failures.push(failure);
}

const adminKinds = ['delete', 'restore', 'merge'];
const noWayBack = 'This cannot be undone.';
const running = 'This is still running.';
const nothing = 'Nothing was changed.';
const undone = 'This was undone already.';
const expired = 'This was done more than 30 days ago.';
/** What `conflict` says in one word. */
const wordOf = {
  [noWayBack]: 'final',
  [running]: 'running',
  [nothing]: 'nothing',
  [undone]: 'undone',
  [expired]: 'expired',
};

export function undoOf({
  receipt,
  undoneBy,
  undos,
  effects,
  targets,
  final,
}: MemoryOperation): Receipt['undo'] {
  const until =
    receipt.finishedAt && new Date(Date.parse(receipt.finishedAt) + undoDays * 864e5).toISOString();
  const not = (reason: keyof typeof wordOf) => ({ possible: false, until: null, reason });
  const isInSteps = receipt.kind === 'import' || (bulkActions as readonly string[]).includes(receipt.kind);
  if (!undos.length && !(isInSteps && (targets?.length ?? 1))) {
    return final === undefined ? not(noWayBack) : { possible: false, until: null, reason: final };
  }
  if (!until) return not(running);
  if (undoneBy) return not(undone);
  if (!undos.length && !effects.length) return not(nothing);
  return Date.parse(until) < Date.now() ? not(expired) : { possible: true, until };
}

function runsOf(done: ReadonlySet<number>): [number, number][] {
  const runs: [number, number][] = [];
  for (const step of [...done].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === step - 1) last[1] = step;
    else runs.push([step, step]);
  }
  return runs;
}

export const partsOf = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, part) =>
    all.slice(part * size, (part + 1) * size),
  );
