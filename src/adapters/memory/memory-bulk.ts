import type { StartBulkRequest } from '../../adapter/adapter.ts';
import { AdapterError } from '../../adapter/errors.ts';
import { customerWidths } from '../../model/customer.ts';
import type { BulkAction } from '../../model/operations.ts';
import { originOf, refuse, type Effect, type MemoryOperation } from './memory-operations.ts';
import { change, type MemoryCustomer } from './memory-records.ts';
import type { MemorySite } from './memory-steps.ts';

export function checkBulkOptions({ kind, options = {} }: StartBulkRequest, groups: { id: string }[]): void {
  if (kind.endsWith('_group') && !groups.some((group) => group.id === options.group)) {
    throw new AdapterError('invalid', 'There is no such group.', { fields: { group: 'does not exist' } });
  }
  if (!kind.endsWith('_tags')) return;
  const { tags = [] } = options;
  if (!tags.some((tag) => tag.trim())) {
    throw new AdapterError('invalid', 'No tag is named.', { fields: { tags: 'are missing' } });
  }
  const long = tags.find((tag) => [...tag.trim()].length > customerWidths.tag);
  if (long === undefined) return;
  const fields = { tags: `has ${[...long].length} characters; at most ${customerWidths.tag} fit` };
  throw new AdapterError('invalid', 'A tag is too long.', { fields });
}

const cleanTags = (operation: MemoryOperation): string[] => [
  ...new Set((operation.options.tags as string[]).map((tag) => tag.trim()).filter(Boolean)),
];

/** One customer of a bulk action. */
export function actOn(site: MemorySite, operation: MemoryOperation, id: string): void {
  const { customers, hidden } = site.records;
  const { receipt, effects } = operation;
  const kind = receipt.kind as BulkAction;
  const customer = customers.find((one) => one.id === id);
  const fail = (code: string, message: string, outcome: 'failed' | 'skipped' = 'failed') =>
    refuse(operation, { id, code, message, outcome });

  if (kind === 'restore') return restore(site, operation, id, fail);
  if (!customer) {
    if (!hidden.has(id)) return fail('unknown', 'There is no such customer.');
    if (kind !== 'delete') return fail('deleted', 'This customer was deleted.');
    receipt.unchanged++;
    return;
  }
  switch (kind) {
    case 'delete':
      customers.splice(customers.indexOf(customer), 1);
      customer.version++;
      hidden.set(id, { customer, deletedAt: new Date().toISOString() });
      effects.push({ customerId: id, hidden: true });
      receipt.changed++;
      return;
    case 'assign_group':
    case 'remove_group': {
      const group = String(operation.options.group);
      if (!site.groups().some((one) => one.id === group)) {
        return fail('unknown_group', 'There is no such group any more.');
      }
      const place = kind === 'assign_group' ? 'add' : 'remove';
      const placed = placeInGroup(site, customer, group, place, operation);
      receipt[placed ? 'changed' : 'unchanged']++;
      if (placed) effects.push({ customerId: id, placed });
      return;
    }
    case 'set_active':
    case 'set_inactive':
      if (customer.is_guest) {
        return fail('guest', 'A guest is neither active nor inactive; it stays as it is.', 'skipped');
      }
      return write(site, operation, customer, { status: kind === 'set_active' ? 'active' : 'inactive' });
    case 'add_tags':
    case 'remove_tags': {
      const tags = cleanTags(operation);
      const next =
        kind === 'add_tags'
          ? [...new Set([...customer.tags, ...tags])]
          : customer.tags.filter((tag) => !tags.includes(tag));
      return write(site, operation, customer, { tags: next });
    }
  }
}

/** What it was and became, and nothing where it is so already. */
export function placeInGroup(
  { members, records }: MemorySite,
  customer: MemoryCustomer,
  group: string,
  place: 'add' | 'remove',
  operation: MemoryOperation,
): Effect['placed'] {
  const before = members.place(customer, group, place, originOf(operation));
  const hasRule = records.groups().some((one) => one.id === group && one.rule);
  return before && { group, before, became: place === 'remove' && !hasRule ? 'release' : place };
}

function write(
  { records }: MemorySite,
  operation: MemoryOperation,
  customer: MemoryCustomer,
  next: Partial<MemoryCustomer>,
): void {
  const changed = change(customer, next);
  operation.receipt[changed ? 'changed' : 'unchanged']++;
  if (!changed) return;
  records.changes.push({ ...changed, origin: originOf(operation) });
  operation.effects.push({ customerId: customer.id, fields: changed });
}

function restore(
  { records: { customers, hidden } }: MemorySite,
  { receipt, effects }: MemoryOperation,
  id: string,
  fail: (code: string, message: string) => void,
): void {
  if (customers.some((one) => one.id === id)) {
    receipt.unchanged++;
    return;
  }
  const found = hidden.get(id);
  if (!found) return fail('unknown', 'There is no such customer.');
  const email = found.customer.email.trim().toLowerCase();
  if (customers.some((one) => one.email.trim().toLowerCase() === email)) {
    return fail('exists', 'Another customer has this e-mail by now.');
  }
  hidden.delete(id);
  found.customer.version++;
  customers.push(found.customer);
  effects.push({ customerId: id, shown: true });
  receipt.changed++;
}
