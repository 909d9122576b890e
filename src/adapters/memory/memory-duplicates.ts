import type { DuplicateReason } from '../../model/duplicates.ts';
import { fold } from './match-customer.ts';
import { emailKey, type MemoryCustomer, type MemoryRecords } from './memory-records.ts';

/** Why two customers might be one person, by their alphabet. */
export function duplicateReasonsOf(
  records: MemoryRecords,
  one: MemoryCustomer,
  other: MemoryCustomer,
): DuplicateReason[] {
  const reasons: DuplicateReason[] = [];
  if (mailboxOf(one) === mailboxOf(other)) reasons.push('email');
  const name = nameOf(one);
  if (name && name === nameOf(other)) {
    const postcodes = postcodesOf(records, one);
    if (postcodesOf(records, other).some((code) => postcodes.includes(code))) reasons.push('name_postcode');
  }
  if (isSamePhone(digitsOf(one.phone), digitsOf(other.phone))) reasons.push('phone');
  return reasons;
}

/** Without dots and the + with what follows it: what many providers deliver to the same box. */
function mailboxOf(customer: MemoryCustomer): string {
  const [box = '', domain = ''] = emailKey(customer).split('@');
  return `${(box.split('+')[0] ?? '').replaceAll('.', '')}@${domain}`;
}

const nameOf = ({ first_name, last_name }: MemoryCustomer): string =>
  fold(`${first_name} ${last_name}`).trim();

const postcodesOf = ({ addresses }: MemoryRecords, { id }: MemoryCustomer): string[] =>
  addresses
    .filter((address) => address.customer_id === id && address.postal_code !== '')
    .map((address) => fold(address.postal_code));

const digitsOf = (phone: string | null): string => (phone ?? '').replace(/[^0-9]/g, '').replace(/^0+/, '');

/** With or without the country's code. */
function isSamePhone(one: string, other: string): boolean {
  if (Math.min(one.length, other.length) < 7) return false;
  if (one === other) return true;
  return Math.min(one.length, other.length) >= 9 && (one.endsWith(other) || other.endsWith(one));
}
