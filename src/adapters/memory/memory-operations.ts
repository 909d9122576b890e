import type { Write } from '../../adapter/customer-writes.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { Origin } from '../../model/detail.ts';
import type { Receipt } from '../../model/receipt.ts';
import { hasMark, withoutMarks } from './marks.ts';

export type Outcome = 'created' | 'changed' | 'unchanged';
/** What became of one thing, or the numbers of several. */
export type Account = Outcome | Pick<Receipt, 'asked' | 'changed' | 'unchanged' | 'failed' | 'failures'>;

/** Each write is an operation that is done once, however often it is sent. */
export class MemoryOperations {
  readonly #by: () => string;
  readonly #done = new Map<string, { request: string; receipt: Receipt }>();

  constructor(by: () => string) {
    this.#by = by;
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
    const by = this.#by();
    const receipt = receiptOf(
      operationId,
      kind,
      by,
      work({ operation: operationId, kind, by, fileName: null }),
    );
    if (final !== undefined) receipt.undo.reason = final;
    this.#done.set(operationId, { request: text, receipt });
    return receipt;
  }
}

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
