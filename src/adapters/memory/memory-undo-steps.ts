import { originOf, refuse, type MemoryOperation } from './memory-operations.ts';
import { change, type MemoryCustomer, type MemoryRecords } from './memory-records.ts';
import type { MemorySite } from './memory-steps.ts';
import { fieldsUndone } from './memory-undo.ts';

/** Takes back what an operation did to one customer, as far as nobody has touched it since. */
export function undoCustomer(
  { records, members }: MemorySite,
  undo: MemoryOperation,
  undone: MemoryOperation,
  id: string,
): void {
  const effects = undone.effects.filter((effect) => effect.customerId === id);
  const customer = records.customers.find((one) => one.id === id) ?? records.hidden.get(id)?.customer;
  const keep = (code: string, message: string, field?: string) =>
    refuse(undo, { id, ...(field && { field }), code, message, outcome: 'failed' });
  if (!customer) {
    undo.receipt.unchanged++;
    return;
  }
  if (effects.some((effect) => effect.created)) {
    const problem = whyKept(records, undone, customer);
    if (problem) return keep(...problem);
    remove(records, id);
    undo.receipt.changed++;
    return;
  }
  let isRestored = false;
  const kept: Parameters<typeof keep>[] = [];
  for (const effect of effects) {
    const isHere = records.customers.includes(customer);
    if (effect.hidden && !isHere) {
      const taken = records.customers.some((one) => one.email.toLowerCase() === customer.email.toLowerCase());
      if (taken) kept.push(['exists', 'Another customer has this e-mail by now.']);
      else {
        records.hidden.delete(id);
        records.customers.push(customer);
        customer.version++;
        isRestored = true;
      }
    }
    if (effect.shown && isHere) {
      records.customers.splice(records.customers.indexOf(customer), 1);
      records.hidden.set(id, { customer, deletedAt: new Date().toISOString() });
      customer.version++;
      isRestored = true;
    }
    if (effect.placed) {
      const { group, before: was, became } = effect.placed;
      const outcome = members.undoPlace(customer, group, was, became, originOf(undo));
      if (outcome === 'changed') isRestored = true;
      else if (typeof outcome === 'object' && !Array.isArray(outcome)) {
        kept.push([outcome.code, outcome.message, 'groups']);
      }
    }
    for (const addressId of effect.addressIds ?? []) {
      const place = records.addresses.findIndex((one) => one.id === addressId && one.version === 1);
      if (place < 0) continue;
      records.addresses.splice(place, 1);
      isRestored = true;
    }
    const { before = {}, after = {} } = effect.fields ?? {};
    const next = fieldsUndone({ metadata: {}, ...customer }, before, after);
    for (const field of next.edited) {
      kept.push(['edited', `Changed since${byWhom(records, undone, id, field)}; it stays.`, field]);
    }
    const changed = change(customer, next.fields);
    if (changed) {
      records.changes.push({ ...changed, origin: originOf(undo) });
      isRestored = true;
    }
  }
  const { receipt } = undo;
  for (const [code, message, field] of kept) {
    receipt.failures.push({ id, ...(field && { field }), code, message, outcome: 'failed' });
  }
  receipt[isRestored ? 'changed' : kept.length ? 'failed' : 'unchanged']++;
}

function byWhom({ changes }: MemoryRecords, undone: MemoryOperation, id: string, field?: string): string {
  const last = changes
    .filter(
      ({ customerId, origin, after }) =>
        customerId === id &&
        origin.operation !== undone.receipt.id &&
        (field === undefined || field in after),
    )
    .at(-1);
  return last ? ` by ${last.origin.by}` : '';
}

function whyKept(
  records: MemoryRecords,
  undone: MemoryOperation,
  customer: MemoryCustomer,
): [code: string, message: string] | undefined {
  const { id } = customer;
  if (records.hidden.has(id)) return ['deleted', 'Deleted since; restore it or leave it.'];
  if (customer.orders_count > 0 || records.orders.some((order) => order.customer_id === id)) {
    return ['has_orders', 'It has orders by now; it stays.'];
  }
  if (customer.notes_count > 0) return ['has_notes', 'It has notes by now; it stays.'];
  const changed =
    customer.version > 1 || records.addresses.some((one) => one.customer_id === id && one.version > 1);
  return changed ? ['edited', `Changed since${byWhom(records, undone, id)}; it stays.`] : undefined;
}

function remove(records: MemoryRecords, id: string): void {
  records.customers.splice(
    records.customers.findIndex((one) => one.id === id),
    1,
  );
  records.origins.delete(id);
  const { addresses } = records;
  for (let place = addresses.length - 1; place >= 0; place--) {
    if (addresses[place]?.customer_id === id) addresses.splice(place, 1);
  }
}
