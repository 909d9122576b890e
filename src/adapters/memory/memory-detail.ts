import type { CustomerPageRequest } from '../../adapter/adapter.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { Access } from '../../model/access.ts';
import type { CustomerAddress, CustomerDetail, CustomerNote, Order } from '../../model/detail.ts';
import { dayIn } from './match-customer.ts';
import type { MemoryGroups } from './memory-groups.ts';
import {
  findCustomer,
  recordOf,
  type MemoryCustomer,
  type MemoryRecords,
  type OfCustomer,
} from './memory-records.ts';

const isCounted = (order: Order): boolean => order.status !== 'cancelled' && order.status !== 'refunded';

export function detailOf(
  records: MemoryRecords,
  id: string,
  groups: MemoryGroups,
  access: Access,
): CustomerDetail {
  const customer = findCustomer(records, id);
  const paid = records.orders.filter((order) => order.customer_id === id && isCounted(order));
  const monthOf = monthIn(access.time_zone);
  const now = monthOf(new Date().toISOString());
  // The last 36 months, this one included.
  const firstMonth = monthOf(
    new Date(Date.UTC(Number(now.slice(0, 4)) - 3, Number(now.slice(5)), 15)).toISOString(),
  );
  const page = { customerId: id, limit: 20 };
  return {
    customer: recordOf(customer),
    addresses: addressesOf(records, id),
    groups: groups.groupsOf(customer),
    orders: ordersOf(records, page),
    notes: notesOf(records, page),
    spending: sums(
      paid.filter((order) => monthOf(order.created_at) >= firstMonth),
      (order) => ({ month: monthOf(order.created_at), currency: order.currency }),
    ),
    otherCurrencies: sums(
      paid.filter((order) => order.currency !== access.currency),
      (order) => ({ currency: order.currency }),
    ),
    origin: records.origins.get(id) ?? null,
    consent: consentOf(records, customer),
  };
}

export function consentOf(
  records: MemoryRecords,
  { id, accepts_marketing, created_at }: MemoryCustomer,
): CustomerDetail['consent'] {
  const change = records.changes.findLast(
    ({ customerId, after }) => customerId === id && 'accepts_marketing' in after,
  );
  if (change) return { since: change.at, origin: change.origin };
  return accepts_marketing ? { since: created_at, origin: records.origins.get(id) ?? null } : null;
}

export function addressesOf(records: MemoryRecords, customerId: string): CustomerAddress[] {
  return records.addresses
    .filter((address) => address.customer_id === customerId)
    .sort(
      (a, b) =>
        Number(b.is_default_billing) - Number(a.is_default_billing) ||
        Number(b.is_default_shipping) - Number(a.is_default_shipping) ||
        (a.created_at < b.created_at ? 1 : -1),
    )
    .map(withoutOwner);
}

export function ordersOf(records: MemoryRecords, request: CustomerPageRequest) {
  findCustomer(records, request.customerId);
  const newestFirst = records.orders
    .filter((order) => order.customer_id === request.customerId)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
  return pageAfter(newestFirst.map(withoutOwner), request, placeOf);
}

export function notesOf(records: MemoryRecords, request: CustomerPageRequest) {
  findCustomer(records, request.customerId);
  const place = (note: CustomerNote) => `${note.pinned ? 1 : 0} ${placeOf(note)}`;
  const pinnedFirst = records.notes
    .filter((note) => note.customer_id === request.customerId)
    .sort((a, b) => (place(a) < place(b) ? 1 : -1));
  return pageAfter(pinnedFirst.map(withoutOwner), request, place);
}

const placeOf = ({ created_at, id }: { created_at: string; id: string }): string =>
  `${new Date(created_at).toISOString()} ${id}`;

/** A cursor is the place of the last row, in a list that goes down. */
export function pageAfter<T>(all: T[], { limit, cursor }: CustomerPageRequest, place: (row: T) => string) {
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new AdapterError('invalid', 'limit: from 1 to 100', { fields: { limit: 'from 1 to 100' } });
  }
  if (cursor !== undefined && !/\d{4}-\d\d-\d\dT/.test(cursor)) {
    throw new AdapterError('invalid', 'cursor: is none', { fields: { cursor: 'is none' } });
  }
  const left = cursor === undefined ? all : all.filter((row) => place(row) < cursor);
  const rows = left.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: last !== undefined && left.length > limit ? place(last) : null };
}

/** Totals and numbers of orders, one for each key, in the order of the keys. */
function sums<Key extends object>(orders: Order[], keyOf: (order: Order) => Key) {
  const found = new Map<string, Key & { total: number; orders: number }>();
  for (const order of orders) {
    const key = keyOf(order);
    const text = Object.values(key).join(' ');
    const sum = found.get(text) ?? { ...key, total: 0, orders: 0 };
    found.set(text, { ...sum, total: sum.total + order.total, orders: sum.orders + 1 });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
}

function monthIn(timeZone: string): (moment: string) => string {
  const dayOf = dayIn(timeZone);
  return (moment) => dayOf(moment).slice(0, 7);
}

export function withoutOwner<T extends object>(owned: OfCustomer<T>): T {
  const row: T & { customer_id?: string } = { ...owned };
  delete row.customer_id;
  return row;
}
