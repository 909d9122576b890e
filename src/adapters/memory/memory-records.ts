import { AdapterError } from '../../adapter/errors.ts';
import type { Customer } from '../../model/customer.ts';
import type { CustomerAddress, CustomerNote, CustomerRecord, Order, Origin } from '../../model/detail.ts';

/** A customer of the arrays may carry what only its detail shows. */
export type MemoryCustomer = Customer & Partial<CustomerRecord>;
export type OfCustomer<T> = T & { customer_id: string };

export interface MemoryChange {
  customerId: string;
  origin: Origin;
  at: string;
  /** That the change made of the customer. */
  version: number;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
}

/** All that the memory adapter knows of customers, worked on in place. */
export interface MemoryRecords {
  customers: MemoryCustomer[];
  orders: OfCustomer<Order>[];
  addresses: OfCustomer<CustomerAddress>[];
  notes: OfCustomer<CustomerNote>[];
  /** What made a customer, by its id. */
  origins: Map<string, Origin>;
  /** The oldest first. */
  changes: MemoryChange[];
}

export function findCustomer({ customers }: MemoryRecords, id: string): MemoryCustomer {
  const customer = customers.find((one) => one.id === id);
  if (customer) return customer;
  throw new AdapterError('not_found', 'There is no such customer.', { reason: 'unknown' });
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
  return { customerId: customer.id, at, version: customer.version, before, after };
}
