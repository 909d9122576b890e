import type { ChangeGroupsRequest, HideCustomersRequest } from '../../adapter/customer-writes.ts';
import type { CustomerGroup } from '../../model/customer.ts';
import type { GroupsSaved, Origin } from '../../model/detail.ts';
import type { Receipt, ReceiptFailure } from '../../model/receipt.ts';
import type { MemoryOperations } from './memory-operations.ts';
import { emailKey, findCustomer, recordOf, type MemoryRecords } from './memory-records.ts';

/** Deletes customers and restores them, and puts them into groups. */
export class MemoryHiding {
  readonly #records: MemoryRecords;
  readonly #operations: MemoryOperations;

  constructor(records: MemoryRecords, operations: MemoryOperations) {
    this.#records = records;
    this.#operations = operations;
  }

  deleteCustomers(request: HideCustomersRequest): Receipt {
    const { customers, hidden } = this.#records;
    return this.#each('delete', request, (id, { by }) => {
      if (hidden.has(id)) return 'unchanged';
      const place = customers.findIndex((one) => one.id === id);
      const customer = customers[place];
      if (!customer) return { code: 'unknown', message: 'There is no such customer.' };
      customers.splice(place, 1);
      customer.version++;
      hidden.set(id, { customer, deletedAt: new Date().toISOString(), deletedBy: by });
      return 'changed';
    });
  }

  restoreCustomers(request: HideCustomersRequest): Receipt {
    const { customers, hidden } = this.#records;
    return this.#each('restore', request, (id) => {
      if (customers.some((one) => one.id === id)) return 'unchanged';
      const found = hidden.get(id);
      if (!found) return { code: 'unknown', message: 'There is no such customer.' };
      const { customer } = found;
      if (found.erasedAt) return { code: 'erased', message: 'The data of this customer were erased.' };
      if (customers.some((one) => emailKey(one) === emailKey(customer))) {
        return { code: 'exists', message: 'Another customer has this e-mail by now.' };
      }
      hidden.delete(id);
      customer.version++;
      customers.push(customer);
      return 'changed';
    });
  }

  changeGroups(request: ChangeGroupsRequest, groups: CustomerGroup[]): GroupsSaved {
    const { id, add = [], remove = [] } = request;
    const customer = findCustomer(this.#records, id);
    const joining = [...new Set(add)].filter((one) => !remove.includes(one));
    const ids = [...joining, ...new Set(remove)];
    const receipt = this.#each('change_groups', { ...request, ids }, (group) => {
      if (!groups.some((one) => one.id === group)) {
        return { code: 'unknown_group', message: 'There is no such group any more.', field: 'groups' };
      }
      if (joining.includes(group) === customer.group_ids.includes(group)) return 'unchanged';
      if (joining.includes(group)) customer.group_ids.push(group);
      else customer.group_ids.splice(customer.group_ids.indexOf(group), 1);
      return 'changed';
    });
    const badges = groups
      .filter((group) => customer.group_ids.includes(group.id))
      .map(({ id: groupId, name, color }) => ({ id: groupId, name, color }));
    return { customer: recordOf(customer), groups: badges, receipt };
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
