import type { Write } from '../../adapter/customer-writes.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { Origin } from '../../model/detail.ts';
import type { Access } from '../../model/access.ts';
import type { Receipt, ReceiptFailure } from '../../model/receipt.ts';
import { hasMark, withoutMarks } from './marks.ts';

export type Outcome = 'created' | 'changed' | 'unchanged';
/** What became of one thing, or the numbers of several. */
export type Account = Outcome | Pick<Receipt, 'asked' | 'changed' | 'unchanged' | 'failed' | 'failures'>;

/** Takes one change of an operation back. */
export type Undo = (origin: Origin) => 'changed' | 'unchanged' | Omit<ReceiptFailure, 'outcome'>;

interface Done {
  request: string;
  receipt: Receipt;
  userId: string;
  /** In the order in which they are taken back: the latest change first. */
  undos: Undo[];
}

/** Each write is an operation that is done once, however often it is sent, and may be taken back. */
export class MemoryOperations {
  readonly #access: () => Access;
  readonly #done = new Map<string, Done>();
  #undos: Undo[] = [];

  constructor(access: () => Access) {
    this.#access = access;
  }

  /** Called by what an operation does: how to take it back. */
  onUndo(undo: Undo): void {
    this.#undos.unshift(undo);
  }

  receipt(id: string): Receipt | undefined {
    return this.#done.get(id)?.receipt;
  }

  /** How many accounts name somebody by one of these. */
  naming(marks: readonly string[]): number {
    return [...this.#done.values()].filter(({ receipt }) => hasMark(receipt.failures, marks)).length;
  }

  /** Accounts without these, and requests that spoke of them as ones that can't be sent again. */
  erase(marks: readonly string[]): void {
    for (const done of this.#done.values()) {
      if (hasMark(done.request, marks)) done.request = '';
      done.receipt.failures = withoutMarks(done.receipt.failures, marks);
    }
  }

  /** `final` says why there is no way back. */
  run(kind: string, request: Write, work: (origin: Origin) => Account, final?: string): Receipt {
    const { operationId } = request;
    const text = JSON.stringify([kind, request]);
    const known = this.#done.get(operationId);
    if (known && known.request !== text) {
      throw new AdapterError('conflict', 'Another operation has this id.', { reason: 'operation' });
    }
    if (known) return known.receipt;
    const { display_name: by, user_id: userId } = this.#access();
    this.#undos = [];
    const account = work({ operation: operationId, kind, by, fileName: null });
    const undos = kind === 'undo' || final !== undefined ? [] : this.#undos;
    const receipt = receiptOf(operationId, kind, by, account);
    receipt.undo = undos.length
      ? { possible: true, until: new Date(Date.parse(receipt.startedAt) + 30 * day).toISOString() }
      : refusal(final ?? 'This cannot be undone.');
    this.#done.set(operationId, { request: text, receipt, userId, undos });
    return receipt;
  }

  undo(request: Write & { id: string }): Receipt {
    return this.run('undo', request, (origin) => {
      const done = this.#done.get(request.id);
      if (!done) throw new AdapterError('not_found', 'There is no such operation.', { reason: 'unknown' });
      const { role, user_id } = this.#access();
      if (role !== 'admin' && (done.userId !== user_id || adminKinds.includes(done.receipt.kind))) {
        throw new AdapterError('forbidden', 'This takes an admin.');
      }
      const { undo } = done.receipt;
      if (!undo.possible) {
        const reason = undo.reason === undone.reason ? 'undone' : 'final';
        throw new AdapterError('conflict', undo.reason ?? '', { reason });
      }
      const account = { asked: done.undos.length, changed: 0, unchanged: 0, failed: 0 };
      const failures: ReceiptFailure[] = [];
      for (const takeBack of done.undos) {
        const outcome = takeBack(origin);
        if (typeof outcome === 'string') account[outcome]++;
        else failures.push({ ...outcome, outcome: 'failed' });
      }
      // Where nothing went back, it may be tried again.
      if (account.changed > 0 || failures.length === 0) done.receipt.undo = undone;
      return { ...account, failed: failures.length, failures };
    });
  }
}

const day = 86_400_000;
const adminKinds = ['delete', 'restore', 'merge'];
const refusal = (reason: string): Receipt['undo'] => ({ possible: false, until: null, reason });
const undone = refusal('This was undone already.');

function receiptOf(id: string, kind: string, by: string, account: Account): Receipt {
  const now = new Date().toISOString();
  const counts = { created: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0 };
  return {
    id,
    kind,
    status: 'finished',
    asked: 1,
    failures: [],
    ...counts,
    ...(typeof account === 'string' ? { [account]: 1 } : account),
    startedAt: now,
    finishedAt: now,
    by,
    undo: { possible: false, until: null },
  };
}
