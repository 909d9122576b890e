import type { Customer } from '../../model/customer.ts';
import type { CustomerFilters, CustomerSort } from '../../model/filters.ts';

/** Letters that Unicode does not take apart into a base letter and a mark. */
const undecomposed: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
};

/** Without case and diacritics: what search and the sort by name compare. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[ßøłđæœıþ]/g, (letter) => undecomposed[letter] ?? letter)
    .normalize('NFC');
}

/** A test for one set of filters; `timeZone` says where the days of the filters begin and end. */
export function customerMatcher(
  filters: CustomerFilters,
  timeZone: string,
  isIn: (customer: Customer, groupId: string) => boolean = ({ group_ids }, id) => group_ids.includes(id),
): (customer: Customer) => boolean {
  const dayOf = dayIn(timeZone);
  const found = searchMatcher(filters.search ?? '');
  const anyOf = (wanted: readonly string[] | undefined, has: readonly string[]) =>
    !wanted?.length || has.some((value) => wanted.includes(value));
  const within = <T extends number | string>(value: T | null, from: T | undefined, to: T | undefined) =>
    (from === undefined || (value !== null && value >= from)) &&
    (to === undefined || (value !== null && value <= to));

  return (customer) =>
    found(customer) &&
    anyOf(filters.status, [customer.status]) &&
    (!filters.group?.length || filters.group.some((id) => isIn(customer, id))) &&
    anyOf(filters.tags, customer.tags) &&
    anyOf(filters.country, customer.country ? [customer.country] : []) &&
    (filters.hasOrders === undefined || customer.orders_count > 0 === filters.hasOrders) &&
    (filters.acceptsMarketing === undefined || customer.accepts_marketing === filters.acceptsMarketing) &&
    within(customer.orders_count, filters.minOrders, filters.maxOrders) &&
    within(customer.total_spent, filters.minSpent, filters.maxSpent) &&
    within(dayOf(customer.created_at), filters.dateFrom, filters.dateTo) &&
    within(
      customer.last_order_date && dayOf(customer.last_order_date),
      filters.lastOrderFrom,
      filters.lastOrderTo,
    );
}

/** Every word must be found; one or two letters only at the start of a word; a phone number in any spelling. */
function searchMatcher(search: string): (customer: Customer) => boolean {
  const words = fold(search).split(/\s+/).filter(Boolean);
  if (!words.length) return () => true;
  const digits = /^[\d\s+()./-]+$/.test(search) ? search.replace(/\D/g, '') : '';
  return (customer) => {
    const text = ` ${fold([customer.first_name, customer.last_name, customer.email, customer.phone ?? ''].join(' '))}`;
    return (
      words.every((word) => text.includes(/^[\p{L}\p{N}]{1,2}$/u.test(word) ? ` ${word}` : word)) ||
      (digits.length > 2 && (customer.phone ?? '').replace(/\D/g, '').includes(digits))
    );
  };
}

/** The calendar day, `YYYY-MM-DD`, of an instant in a time zone. */
export function dayIn(timeZone: string): (instant: string | Date) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (instant) => format.format(new Date(instant));
}

/** Compares two customers; equal keys are told apart by id, so that the order is the same every time. */
export function customerOrder(sort: CustomerSort): (a: Customer, b: Customer) => number {
  const key = sortKeys[sort.by];
  const sign = sort.direction === 'asc' ? 1 : -1;
  return (a, b) => sign * (compare(key(a), key(b)) || compare(a.id, b.id));
}

const sortKeys: Record<CustomerSort['by'], (customer: Customer) => string | number> = {
  name: (customer) => fold(`${customer.first_name} ${customer.last_name}`).trim(),
  email: (customer) => customer.email.toLowerCase(),
  orders_count: (customer) => customer.orders_count,
  total_spent: (customer) => customer.total_spent,
  status: (customer) => customer.status,
  created_at: (customer) => Date.parse(customer.created_at),
  last_order_date: (customer) =>
    customer.last_order_date ? Date.parse(customer.last_order_date) : -Infinity,
};

const compare = (a: string | number, b: string | number): number => (a < b ? -1 : a > b ? 1 : 0);
