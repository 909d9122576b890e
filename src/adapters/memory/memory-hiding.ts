import type { ChangeGroupsRequest, HideCustomersRequest } from '../../adapter/customer-writes.ts';
import type { GroupsSaved, Origin } from '../../model/detail.ts';
import type { Receipt, ReceiptFailure } from '../../model/receipt.ts';
import type { MemoryGroups } from './memory-groups.ts';
import type { MemoryOperations } from './memory-operations.ts';
import {
  emailKey,
  findCustomer,
  recordOf,
  type MemoryCustomer,
  type MemoryRecords,
} from './memory-records.ts';
import { wasEdited } from './memory-undo.ts';

/** Deletes customers and restores them, and puts them into groups. */
export class MemoryHiding {
  readonly #records: MemoryRecords;
  readonly #operations: MemoryOperations;
  readonly #groups: MemoryGroups;

  constructor(records: MemoryRecords, operations: MemoryOperations, groups: MemoryGroups) {
    this.#groups = groups;
    this.#records = records;
    this.#operations = operations;
  }

  deleteCustomers(request: HideCustomersRequest): Receipt {
    const { customers, hidden } = this.#records;
    return this.#each('delete', request, (id, origin) => {
      if (hidden.has(id)) return 'unchanged';
      const customer = customers.find((one) => one.id === id);
      if (!customer) return { code: 'unknown', message: 'There is no such customer.' };
      this.#hide(customer, origin);
      this.#operations.onUndo((undoing) => this.#restore(id, undoing));
      return 'changed';
    });
  }

  restoreCustomers(request: HideCustomersRequest): Receipt {
    return this.#each('restore', request, (id, origin) => {
      const outcome = this.#restore(id, origin);
      if (outcome !== 'changed') return outcome;
      const { version } = findCustomer(this.#records, id);
      this.#operations.onUndo((undoing) => {
        const customer = this.#records.customers.find((one) => one.id === id);
        if (!customer) return 'unchanged';
        if (customer.version !== version) return wasEdited(id);
        this.#hide(customer, undoing);
        return 'changed';
      });
      return 'changed';
    });
  }

  #hide(customer: MemoryCustomer, origin: Origin): void {
    const { customers, hidden } = this.#records;
    customers.splice(customers.indexOf(customer), 1);
    customer.version++;
    const deletedAt = new Date().toISOString();
    hidden.set(customer.id, { customer, deletedAt, deletedBy: origin.by });
    this.#keepHiding(customer, null, deletedAt, origin);
  }

  #restore(id: string, origin: Origin): 'changed' | 'unchanged' | Omit<ReceiptFailure, 'outcome'> {
    const { customers, hidden } = this.#records;
    if (customers.some((one) => one.id === id)) return 'unchanged';
    const found = hidden.get(id);
    if (!found) return { id, code: 'unknown', message: 'There is no such customer.' };
    const { customer, deletedAt, erasedAt, mergedInto } = found;
    if (erasedAt) return { id, code: 'erased', message: 'The data of this customer were erased.' };
    if (mergedInto !== undefined) {
      return { id, code: 'merged', message: 'This customer was merged into another one.' };
    }
    if (customers.some((one) => emailKey(one) === emailKey(customer))) {
      return { id, code: 'exists', message: 'Another customer has this e-mail by now.' };
    }
    hidden.delete(id);
    customer.version++;
    customers.push(customer);
    this.#keepHiding(customer, deletedAt, null, origin);
    return 'changed';
  }

  changeGroups(request: ChangeGroupsRequest): GroupsSaved {
    const { id, add = [], remove = [] } = request;
    const customer = findCustomer(this.#records, id);
    const joining = [...new Set(add)].filter((one) => !remove.includes(one));
    const ids = [...joining, ...new Set(remove)];
    const receipt = this.#each('change_groups', { ...request, ids }, (group, origin) => {
      if (!this.#records.groups().some((one) => one.id === group)) {
        return { code: 'unknown_group', message: 'There is no such group any more.', field: 'groups' };
      }
      const place = joining.includes(group) ? 'add' : 'remove';
      return this.#groups.place(customer, group, place, origin) ? 'changed' : 'unchanged';
    });
    return { customer: recordOf(customer), groups: this.#groups.groupsOf(customer), receipt };
  }

  #keepHiding(
    { id: customerId, version }: MemoryCustomer,
    before: string | null,
    after: string | null,
    origin: Origin,
  ): void {
    this.#records.changes.push({
      customerId,
      origin,
      at: new Date().toISOString(),
      subject: 'customer',
      subjectId: null,
      version,
      before: { deleted_at: before },
      after: { deleted_at: after },
    });
  }

  #each(
    kind: string,
    request: HideCustomersRequest,
    work: (id: string, origin: Origin) => 'changed' | 'unchanged' | Omit<ReceiptFailure, 'id' | 'outcome'>,
  ): Receipt {
    return this.#operations.run(kind, request, (origin) => {
      const ids = [...new Set(request.ids)];
      const failures: ReceiptFailure[] = [];
      const counts = { changed: 0, unchanged: 0 };
      for (const id of ids) {
        const outcome = work(id, origin);
        if (typeof outcome === 'string') counts[outcome]++;
        else failures.push({ ...outcome, id, outcome: 'failed' });
      }
      return { asked: ids.length, ...counts, failed: failures.length, failures };
    });
  }
}
