import type { EraseCustomerRequest, ListDeletedRequest } from '../../adapter/customer-privacy.ts';
import type { Write } from '../../adapter/customer-writes.ts';
import type { Access } from '../../model/access.ts';
import type { CustomerGroup } from '../../model/groups.ts';
import type { DeletedCustomerList, ErasePreview, PersonPart } from '../../model/privacy.ts';
import type { Receipt } from '../../model/receipt.ts';
import { withoutMarks } from './marks.ts';
import { customerMatcher } from './match-customer.ts';
import { addressesOf, consentOf, withoutOwner } from './memory-detail.ts';
import type { MemoryOperations } from './memory-operations.ts';
import {
  emailKey,
  findCustomer,
  recordOf,
  refuseStale,
  type MemoryCustomer,
  type MemoryRecords,
} from './memory-records.ts';

const thirtyDays = 30 * 86_400_000;

/** Erases people, hands their data over, and removes for good who was deleted. */
export class MemoryPrivacy {
  readonly #records: MemoryRecords;
  readonly #operations: MemoryOperations;

  constructor(records: MemoryRecords, operations: MemoryOperations) {
    this.#records = records;
    this.#operations = operations;
  }

  preview({ id }: { id: string }): ErasePreview {
    const { hidden, addresses, notes, changes, orders } = this.#records;
    const customer = this.#person(id);
    const of = (rows: { customer_id: string }[]) => rows.filter((row) => row.customer_id === id).length;
    const marks = this.#marksOf(customer);
    return {
      version: customer.version,
      erasedAt: hidden.get(id)?.erasedAt ?? null,
      removed: {
        addresses: of(addresses),
        notes: of(notes),
        changes: changes.filter((change) => change.customerId === id).length,
        groups: customer.group_ids.length,
        other: 0,
        merged: 0,
        receipts: this.#operations.naming(marks),
      },
      kept: { orders: of(orders) },
      has_account: customer.has_account ?? false,
    };
  }

  erase(request: EraseCustomerRequest): Receipt {
    return this.#operations.run(
      'erase',
      request,
      () => {
        const { id } = request;
        const customer = this.#person(id);
        if (this.#records.hidden.get(id)?.erasedAt) return 'unchanged';
        if (customer.version !== request.version) {
          refuseStale(this.#records, id, null, request.version, recordOf(customer));
        }
        this.#erase(customer);
        return 'changed';
      },
      'What was erased cannot come back.',
    );
  }

  export({ id }: { id: string }, groups: CustomerGroup[]): PersonPart {
    const { orders, notes, changes, origins, hidden } = this.#records;
    const customer = this.#person(id);
    const oldestFirst = <T extends { customer_id: string; created_at: string }>(rows: T[]) =>
      rows
        .filter((row) => row.customer_id === id)
        .sort((a, b) => (a.created_at < b.created_at ? -1 : 1))
        .map((row) => withoutOwner<T>(row));
    return {
      person: {
        customer: recordOf(customer),
        user_id: null,
        deleted_at: hidden.get(id)?.deletedAt ?? null,
        addresses: addressesOf(this.#records, id),
        groups: groups
          .filter((group) => customer.group_ids.includes(group.id))
          .map(({ name }) => ({ name, since: null })),
        origin: origins.get(id) ?? null,
        consent: consentOf(this.#records, customer),
        merged: [],
        other: {},
      },
      orders: oldestFirst(orders),
      notes: oldestFirst(notes),
      history: changes
        .filter((change) => change.customerId === id)
        .map(({ at, origin: { by, kind }, subjectId, before, after }) => ({
          at,
          by,
          kind,
          subject: subjectId === null ? 'customer' : kind.replace(/^.*_/, ''),
          subject_id: subjectId,
          before,
          after,
        })),
      next: null,
    };
  }

  listDeleted({ search, limit, cursor }: ListDeletedRequest, { time_zone }: Access): DeletedCustomerList {
    const matches = customerMatcher(search ? { search } : {}, time_zone);
    const place = ({ customer, deletedAt }: { customer: MemoryCustomer; deletedAt: string }) =>
      `${deletedAt} ${customer.id}`;
    const found = [...this.#records.hidden.values()]
      .filter(({ customer, erasedAt }) => !erasedAt && matches(customer))
      .sort((a, b) => (place(a) < place(b) ? 1 : -1))
      .filter((one) => cursor === undefined || place(one) < cursor);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      rows: shown.map(({ customer, deletedAt, deletedBy }) => ({
        customer: recordOf(customer),
        deleted_at: deletedAt,
        deleted_by: deletedBy ?? null,
        restorable_until: new Date(Date.parse(deletedAt) + thirtyDays).toISOString(),
      })),
      next: last && found.length > limit ? place(last) : null,
      purgeable: this.#purgeable().length,
    };
  }

  /** All in the first step. */
  purge(request: Write & { step: number }): Receipt {
    const { operationId } = request;
    return this.#operations.run(
      'purge',
      { operationId },
      () => {
        const { hidden, orders, addresses, notes, changes } = this.#records;
        const ids = this.#purgeable();
        const gone = new Set(ids);
        for (const id of ids) hidden.delete(id);
        for (const order of orders) if (gone.has(order.customer_id)) order.customer_id = '';
        removeWhere(addresses, (row) => gone.has(row.customer_id));
        removeWhere(notes, (row) => gone.has(row.customer_id));
        removeWhere(changes, (row) => gone.has(row.customerId));
        return { asked: ids.length, changed: ids.length, unchanged: 0, failed: 0, failures: [] };
      },
      'What was removed for good cannot come back.',
    );
  }

  #purgeable(): string[] {
    const since = Date.now() - thirtyDays;
    return [...this.#records.hidden]
      .filter(([, { deletedAt }]) => Date.parse(deletedAt) <= since)
      .map(([id]) => id);
  }

  #person(id: string): MemoryCustomer {
    return this.#records.hidden.get(id)?.customer ?? findCustomer(this.#records, id);
  }

  /** E-mails and phones, now and before, and the full name: by these others' accounts name the person. */
  #marksOf({ id, email, phone, first_name, last_name }: MemoryCustomer): string[] {
    const history = this.#records.changes
      .filter(({ customerId, subjectId }) => customerId === id && subjectId === null)
      .flatMap(({ before, after }) => [before.email, before.phone, after.email, after.phone]);
    const full = first_name && last_name ? `${first_name} ${last_name}` : undefined;
    return [email, phone, full, ...history]
      .filter((mark): mark is string => typeof mark === 'string' && mark.length >= 5)
      .map((mark) => mark.toLowerCase());
  }

  #erase(customer: MemoryCustomer): void {
    const { customers, hidden, addresses, notes, changes, origins, erasedEmails } = this.#records;
    const { id } = customer;
    const marks = this.#marksOf(customer);
    const others = new Set(customers.filter((one) => one.id !== id).map(emailKey));
    for (const { customerId, before } of changes) {
      if (customerId === id && typeof before.email === 'string') erasedEmails.add(before.email.toLowerCase());
    }
    erasedEmails.add(emailKey(customer));
    for (const email of others) erasedEmails.delete(email);

    this.#operations.erase(marks);
    for (const [id, origin] of this.#records.origins) {
      this.#records.origins.set(id, withoutMarks(origin, marks));
    }
    removeWhere(addresses, (row) => row.customer_id === id);
    removeWhere(notes, (row) => row.customer_id === id);
    removeWhere(changes, (row) => row.customerId === id);
    origins.delete(id);
    removeWhere(customers, (one) => one.id === id);
    const now = new Date().toISOString();
    Object.assign(customer, nobody(id), { version: customer.version + 1, updated_at: now });
    // A copy: what an undo may still do to the row changes nobody.
    hidden.set(id, { customer: { ...customer }, deletedAt: hidden.get(id)?.deletedAt ?? now, erasedAt: now });
  }
}

const nobody = (id: string): Partial<MemoryCustomer> => ({
  first_name: '',
  last_name: '',
  email: `${id}@erased.invalid`,
  email_verified: false,
  phone: null,
  avatar_url: null,
  status: 'inactive',
  is_guest: false,
  accepts_marketing: false,
  tags: [],
  group_ids: [],
  metadata: {},
  country: null,
  notes_count: 0,
  last_seen_at: null,
  has_account: false,
});

function removeWhere<T>(rows: T[], isGone: (row: T) => boolean): void {
  const kept = rows.filter((row) => !isGone(row));
  rows.splice(0, rows.length, ...kept);
}
