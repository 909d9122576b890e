import type {
  DismissDuplicateRequest,
  MergeCustomersRequest,
  PreviewMergeRequest,
  SuggestDuplicatesRequest,
} from '../../adapter/customer-merging.ts';
import { AdapterError } from '../../adapter/errors.ts';
import { customerFieldNames } from '../../model/customer-fields.ts';
import type { CustomerSaved } from '../../model/detail.ts';
import type { Duplicate, DuplicateList, MergePreview } from '../../model/duplicates.ts';
import type { Receipt } from '../../model/receipt.ts';
import { checkCustomerFields } from './check-fields.ts';
import { duplicateReasonsOf } from './memory-duplicates.ts';
import { MemoryBelongings } from './memory-belongings.ts';
import type { MemoryOperations, Undone } from './memory-operations.ts';
import {
  change,
  emailKey,
  findCustomer,
  recordOf,
  refuseStale,
  refuseTaken,
  type MemoryCustomer,
  type MemoryRecords,
} from './memory-records.ts';
import { fieldsUndone, wasEdited } from './memory-undo.ts';

/** Finds customers who are one person, and makes them one. */
export class MemoryMerging {
  readonly #records: MemoryRecords;
  readonly #operations: MemoryOperations;
  readonly #belongings: MemoryBelongings;
  /** Ids of two who are not the same person, in their order. */
  readonly #distinct = new Set<string>();

  constructor(records: MemoryRecords, operations: MemoryOperations, currency: () => string) {
    this.#records = records;
    this.#operations = operations;
    this.#belongings = new MemoryBelongings(records, currency);
  }

  suggestDuplicates({ id, limit = 5 }: SuggestDuplicatesRequest): DuplicateList {
    if (!Number.isInteger(limit) || limit < 1 || limit > 20) {
      throw new AdapterError('invalid', 'limit must be from 1 to 20', {
        fields: { limit: 'must be from 1 to 20' },
      });
    }
    const customer = findCustomer(this.#records, id);
    const rows = this.#records.customers
      .filter((other) => other.id !== id && !this.#distinct.has(pairOf(id, other.id)))
      .map((other): Duplicate => ({
        customer: recordOf(other),
        reasons: duplicateReasonsOf(this.#records, customer, other),
      }))
      .filter(({ reasons }) => reasons.length > 0)
      .sort(
        (a, b) =>
          b.reasons.length - a.reasons.length || (a.customer.created_at < b.customer.created_at ? -1 : 1),
      );
    return { rows: rows.slice(0, limit) };
  }

  dismissDuplicate(request: DismissDuplicateRequest): Receipt {
    return this.#operations.run('dismiss_duplicate', request, () => {
      const pair = pairOf(request.id, request.otherId);
      findCustomer(this.#records, request.id);
      findCustomer(this.#records, request.otherId);
      if (this.#distinct.has(pair)) return 'unchanged';
      this.#distinct.add(pair);
      this.#operations.onUndo(() => (this.#distinct.delete(pair) ? 'changed' : 'unchanged'));
      return 'changed';
    });
  }

  previewMerge({ keepId, goneId }: PreviewMergeRequest): MergePreview {
    const [keep, gone] = this.#pair(keepId, goneId);
    const [one, other] = [recordOf(keep), recordOf(gone)];
    return {
      keep: one,
      gone: other,
      differing: customerFieldNames
        .filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
        .sort(),
      moving: this.#belongings.count(keep, gone),
      blockers: keep.has_account && gone.has_account ? ['two_accounts'] : [],
    };
  }

  mergeCustomers(request: MergeCustomersRequest): CustomerSaved {
    const receipt = this.#operations.run('merge', request, (origin) => {
      const [keep, gone] = this.#pair(request.keepId, request.goneId);
      const chosen = checkCustomerFields(request.fields, keep);
      for (const [one, version] of [
        [keep, request.keepVersion],
        [gone, request.goneVersion],
      ] as const) {
        if (one.version !== version) refuseStale(this.#records, one.id, null, version, recordOf(one));
      }
      if (keep.has_account && gone.has_account) {
        throw new AdapterError('conflict', 'Both customers have an account of their own.', {
          reason: 'two_accounts',
        });
      }
      const takesEmail = chosen.email === emailKey(gone);
      if (!takesEmail) refuseTaken(this.#records, chosen.email, keep.id);
      const goneBefore = { email: gone.email, email_verified: gone.email_verified };
      const next: Partial<MemoryCustomer> = {
        tags: [...new Set([...keep.tags, ...gone.tags])],
        metadata: { ...gone.metadata, ...keep.metadata },
        ...(keep.is_guest && !gone.is_guest ? { status: gone.status } : {}),
        ...chosen,
        ...(takesEmail ? { email_verified: gone.email_verified } : {}),
        ...(gone.has_account ? { has_account: true } : {}),
      };
      const moved = this.#belongings.move(keep, gone);
      // Of two e-mails the one that is not kept leads to the customer that remains, whichever it is.
      if (takesEmail) Object.assign(gone, { email: keep.email, email_verified: keep.email_verified });
      const { customers, hidden } = this.#records;
      customers.splice(customers.indexOf(gone), 1);
      gone.version++;
      hidden.set(gone.id, { customer: gone, deletedAt: new Date().toISOString(), mergedInto: keep.id });
      const changed = change(keep, next);
      if (changed) this.#records.changes.push({ ...changed, origin });

      this.#operations.onUndo((undoing) => {
        if (hidden.get(gone.id)?.mergedInto !== keep.id) return wasEdited(gone.id);
        if (!customers.includes(keep)) {
          return { id: keep.id, code: 'deleted', message: 'This customer was deleted since.' };
        }
        const { fields, edited } = changed
          ? fieldsUndone({ metadata: {}, has_account: false, ...keep }, changed.before, changed.after)
          : { fields: {}, edited: [] };
        const emails = [goneBefore.email, (fields.email ?? keep.email) as string].map((email) =>
          emailKey({ email }),
        );
        const isTaken = customers.some((one) => one !== keep && emails.includes(emailKey(one)));
        if (isTaken || emails[0] === emails[1]) {
          const message = 'Another customer has this e-mail by now.';
          return { id: gone.id, field: 'email', code: 'exists', message };
        }
        const back = change(keep, fields);
        if (back) this.#records.changes.push({ ...back, origin: undoing });
        hidden.delete(gone.id);
        Object.assign(gone, goneBefore, { version: gone.version + 1 });
        customers.push(gone);
        moved.back();
        return ['changed', 'changed', ...edited.map((field): Undone => wasEdited(keep.id, field))];
      });
      return { asked: 2, changed: 2, unchanged: 0, failed: 0, failures: [] };
    });
    return { customer: recordOf(findCustomer(this.#records, request.keepId)), receipt };
  }

  #pair(keepId: string, goneId: string): [MemoryCustomer, MemoryCustomer] {
    if (keepId === goneId) {
      const message = 'is the customer that remains';
      throw new AdapterError('invalid', `gone ${message}`, { fields: { gone: message } });
    }
    return [findCustomer(this.#records, keepId), findCustomer(this.#records, goneId)];
  }
}

const pairOf = (a: string, b: string): string => [a, b].sort().join(' ');
