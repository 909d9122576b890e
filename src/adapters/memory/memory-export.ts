import { chunkOfRows, exportFields, type ExportField } from '../../model/export.ts';
import { refuse, type MemoryOperation } from './memory-operations.ts';
import { recordOf, type MemoryCustomer } from './memory-records.ts';
import type { MemorySite } from './memory-steps.ts';

/** A step of an export; read again it is counted once. */
export function exportChunk(
  site: MemorySite,
  operation: MemoryOperation,
  step: number,
  ids: readonly string[],
): string {
  const { records } = site;
  const fields = (operation.options.fields as ExportField[] | undefined) ?? exportFields;
  const all = new Map(
    [...records.customers, ...[...records.hidden.values()].map((hidden) => hidden.customer)].map(
      (customer) => [customer.id, customer],
    ),
  );
  const isNew = !operation.done.has(step) && operation.receipt.status === 'running';
  const rows: string[][] = [];
  for (const id of ids) {
    const customer = all.get(id);
    if (customer) rows.push(fields.map((field) => textOf(site, customer, field)));
    else if (isNew) {
      refuse(operation, {
        id,
        code: 'unknown',
        message: 'There is no such customer any more.',
        outcome: 'skipped',
      });
    }
  }
  if (isNew) {
    operation.receipt.unchanged += rows.length;
    operation.done.add(step);
  }
  return chunkOfRows(rows);
}

function textOf(
  { records, groups, members }: MemorySite,
  customer: MemoryCustomer,
  field: ExportField,
): string {
  const ofAddress = /^(billing|shipping)_(.+)$/.exec(field);
  if (ofAddress) {
    const address = records.addresses.find(
      (one) =>
        one.customer_id === customer.id &&
        (ofAddress[1] === 'billing' ? one.is_default_billing : one.is_default_shipping),
    );
    return String((address as Record<string, unknown> | undefined)?.[ofAddress[2] as string] ?? '');
  }
  if (field === 'tags') return JSON.stringify(customer.tags);
  if (field === 'metadata') return JSON.stringify(recordOf(customer).metadata);
  if (field === 'groups') {
    const names = groups().filter((group) => members.isIn(customer, group.id));
    return JSON.stringify(names.map((group) => group.name).sort());
  }
  return String(customer[field as keyof MemoryCustomer] ?? '');
}
