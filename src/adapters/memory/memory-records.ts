import { AdapterError } from '../../adapter/errors.ts';
import type { Customer } from '../../model/customer.ts';
import type {
  CustomerAddress,
  CustomerNote,
  CustomerRecord,
  FieldChange,
  Order,
  Origin,
} from '../../model/detail.ts';
import type { CustomerGroup } from '../../model/groups.ts';

/** A customer of the arrays may carry what only its detail shows. */
export type MemoryCustomer = Customer & Partial<CustomerRecord>;
/** A group of the arrays may leave out what it doesn't need. */
export type MemoryGroup = Omit<CustomerGroup, 'rule' | 'created_at' | 'updated_at' | 'version'> &
  Partial<CustomerGroup>;
export type OfCustomer<T> = T & { customer_id: string };

export interface MemoryChange {
  /** Or a group's: what is changed of the group itself. */
  customerId: string;
  origin: Origin;
  at: string;
  subject: 'customer' | 'address' | 'note' | 'group' | 'email';
  /** The id of its address, note or group; null for the customer itself. */
  subjectId: string | null;
  /** That the change made of it; null of what has none. */
  version: number | null;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

export interface MemoryHidden {
  customer: MemoryCustomer;
  deletedAt: string;
  deletedBy?: string;
  erasedAt?: string;
  mergedInto?: string;
}

/** All that the memory adapter knows of customers, worked on in place. */
export interface MemoryRecords {
  customers: MemoryCustomer[];
  /** Deleted and merged ones by their id. */
  hidden: Map<string, MemoryHidden>;
  /** The e-mails of who was erased. A database keeps keyed hashes; what is in memory is gone by itself. */
  erasedEmails: Set<string>;
  groups: () => MemoryGroup[];
  /** Ids of customers whom a group's rule doesn't get, by the group's id. */
  keptOut: Map<string, Set<string>>;
  orders: OfCustomer<Order>[];
  addresses: OfCustomer<CustomerAddress>[];
  notes: OfCustomer<CustomerNote>[];
  /** What made a customer, by its id. */
  origins: Map<string, Origin>;
  /** The oldest first. */
  changes: MemoryChange[];
}

/** Who changed what of a customer, or of its address or note, since a version. */
export function changesSince(
  { changes }: MemoryRecords,
  customerId: string,
  subjectId: string | null,
  version: number,
): FieldChange[] {
  return changes
    .filter(
      (one) => one.customerId === customerId && one.subjectId === subjectId && (one.version ?? 0) > version,
    )
    .flatMap(({ after, before, at, origin: { by, kind } }) =>
      Object.entries(after).map(([field, value]) => ({
        field,
        before: before[field],
        after: value,
        at,
        by,
        kind,
      })),
    );
}

export function refuseStale(
  records: MemoryRecords,
  customerId: string,
  subjectId: string | null,
  version: number,
  current: object,
): never {
  throw new AdapterError('conflict', 'This was changed since you read it.', {
    reason: 'stale',
    current: structuredClone(current),
    changes: changesSince(records, customerId, subjectId, version),
  });
}

export function findCustomer({ customers, hidden }: MemoryRecords, id: string): MemoryCustomer {
  const customer = customers.find((one) => one.id === id);
  if (customer) return customer;
  const found = hidden.get(id);
  if (!found) throw new AdapterError('not_found', 'There is no such customer.', { reason: 'unknown' });
  const { deletedAt, erasedAt, mergedInto } = found;
  if (erasedAt !== undefined) {
    throw new AdapterError('not_found', 'The data of this customer were erased.', {
      reason: 'erased',
      deletedAt: erasedAt,
    });
  }
  if (mergedInto === undefined) {
    throw new AdapterError('not_found', 'This customer was deleted.', { reason: 'deleted', deletedAt });
  }
  const remaining = remainingCustomer({ customers, hidden }, id);
  throw new AdapterError('not_found', 'This customer was merged into another one.', {
    reason: 'merged',
    deletedAt,
    ...(remaining ? { mergedInto: remaining.id } : {}),
  });
}

/** Whom a merged customer leads to in the end; nobody where that one is hidden too. */
export function remainingCustomer(
  { customers, hidden }: Pick<MemoryRecords, 'customers' | 'hidden'>,
  id: string,
): MemoryCustomer | undefined {
  let last = id;
  for (let next: string | undefined = id; next !== undefined; next = hidden.get(next)?.mergedInto)
    last = next;
  return customers.find((one) => one.id === last);
}

export const emailKey = ({ email }: { email: string }): string => email.trim().toLowerCase();

/** An e-mail that leads to somebody else already, directly or by a merge. */
export function refuseTaken(
  { customers, hidden }: MemoryRecords,
  email: string | undefined,
  butFor: string | undefined,
): void {
  let reason = 'exists';
  let holder = customers.find((one) => one.id !== butFor && emailKey(one) === email);
  if (!holder) {
    reason = 'merged';
    const merged = [...hidden.values()].findLast(
      ({ customer, mergedInto }) => mergedInto !== undefined && emailKey(customer) === email,
    );
    holder = merged && remainingCustomer({ customers, hidden }, merged.customer.id);
  }
  if (!holder || holder.id === butFor) return;
  const message =
    reason === 'exists'
      ? 'There is a customer with this e-mail.'
      : 'The customer with this e-mail was merged into another one.';
  throw new AdapterError('conflict', message, { reason, current: recordOf(structuredClone(holder)) });
}

/** The ids of the customers that an operation made or changed. */
export function touchedBy({ origins, changes }: MemoryRecords, operation: string): Set<string> {
  const made = [...origins].filter(([, origin]) => origin.operation === operation).map(([id]) => id);
  const changed = changes.filter(({ origin }) => origin.operation === operation);
  return new Set([...made, ...changed.map(({ customerId }) => customerId)]);
}

/** As a list shows it. */
export function rowOf(customer: MemoryCustomer): Customer {
  const row = { ...customer };
  delete row.metadata;
  delete row.has_account;
  return row;
}

export const recordOf = (customer: MemoryCustomer): CustomerRecord => ({
  metadata: {},
  has_account: false,
  ...customer,
});

/** Writes what differs and answers it as a change, or nothing where all is as it was. */
export function change(
  customer: MemoryCustomer,
  next: Partial<MemoryCustomer>,
): Omit<MemoryChange, 'origin'> | undefined {
  const at = new Date().toISOString();
  const old: Record<string, unknown> = { metadata: {}, ...customer };
  const differing = Object.entries(next).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]),
  );
  if (differing.length === 0) return undefined;
  const after = Object.fromEntries(differing);
  const before = Object.fromEntries(differing.map(([name]) => [name, old[name]]));
  Object.assign(customer, after, { updated_at: at, version: customer.version + 1 });
  customer.is_guest = customer.status === 'guest';
  const { id: customerId, version } = customer;
  return { customerId, at, subject: 'customer', subjectId: null, version, before, after };
}
