import { AdapterError } from '../../adapter/errors.ts';
import type { StartOperationRequest, StepOperationRequest } from '../../adapter/adapter.ts';
import { customerWidths, type Customer } from '../../model/customer.ts';
import type { ImportRow } from '../../model/import.ts';
import type { Receipt, ReceiptFailure } from '../../model/receipt.ts';

interface Operation {
  request: StartOperationRequest;
  steps: Set<number>;
  receipt: Receipt;
}

/** The imports of a memory adapter: each step counts once, whatever is sent again. */
export class MemoryImport {
  readonly #customers: Customer[];
  readonly #operations = new Map<string, Operation>();

  constructor(customers: Customer[]) {
    this.#customers = customers;
  }

  start(request: StartOperationRequest, by: string): Receipt {
    const known = this.#operations.get(request.id);
    if (known && known.request.asked !== request.asked) {
      throw new AdapterError('conflict', 'Another operation has this id.', {
        current: structuredClone(known.receipt),
      });
    }
    const operation = known ?? { request, steps: new Set<number>(), receipt: emptyReceipt(request, by) };
    this.#operations.set(request.id, operation);
    return structuredClone(operation.receipt);
  }

  step({ id, step, rows, rejected }: StepOperationRequest): Receipt {
    const operation = this.#find(id);
    if (operation.steps.has(step)) return structuredClone(operation.receipt);
    if (operation.receipt.status !== 'running') {
      throw new AdapterError('conflict', 'This operation has ended.', {
        current: structuredClone(operation.receipt),
      });
    }
    if (rows.length > 1000) {
      throw new AdapterError('invalid', 'A step takes at most 1,000 rows.', {
        fields: { rows: 'at most 1,000' },
      });
    }
    operation.steps.add(step);
    const { receipt } = operation;
    const policy = operation.request.options.policy ?? 'both';
    for (const row of rows) {
      const tooLong = widthFailure(row);
      if (tooLong) {
        receipt.failed++;
        receipt.failures.push(tooLong);
        continue;
      }
      const existing = this.#customers.find(
        (customer) => customer.email.toLowerCase() === emailKey(row.email),
      );
      if (existing ? policy === 'create' : policy === 'update') {
        receipt.skipped++;
        receipt.failures.push({
          row: row.row,
          field: 'email',
          code: existing ? 'exists' : 'unknown',
          message: existing
            ? 'There is a customer with this e-mail.'
            : 'There is no customer with this e-mail.',
          outcome: 'skipped',
        });
      } else if (!existing) {
        this.#customers.push(newCustomer(row));
        receipt.created++;
      } else if (update(existing, row)) receipt.changed++;
      else receipt.unchanged++;
    }
    for (const failure of rejected) {
      receipt[failure.outcome]++;
      receipt.failures.push(failure);
    }
    return structuredClone(receipt);
  }

  finish({ id, cancelled = false }: { id: string; cancelled?: boolean }): Receipt {
    const { receipt } = this.#find(id);
    if (receipt.status === 'running') {
      receipt.status = cancelled ? 'cancelled' : 'finished';
      receipt.finishedAt = new Date().toISOString();
    }
    return structuredClone(receipt);
  }

  get(id: string): Receipt {
    return structuredClone(this.#find(id).receipt);
  }

  #find(id: string): Operation {
    const operation = this.#operations.get(id);
    if (!operation) throw new AdapterError('not_found', 'There is no such operation.');
    return operation;
  }
}

const emailKey = (email: string): string => email.trim().toLowerCase();

function widthFailure(row: ImportRow): ReceiptFailure | undefined {
  const texts: [string, number, string][] = [
    ...(['email', 'first_name', 'last_name', 'phone'] as const).map((field): [string, number, string] => [
      field,
      customerWidths[field],
      row[field] ?? '',
    ]),
    ...(row.tags ?? []).map((tag): [string, number, string] => ['tags', customerWidths.tag, tag]),
  ];
  for (const [field, width, text] of texts) {
    const { length } = [...text];
    if (length > width) {
      const message = `${length} characters; at most ${width} fit.`;
      return { row: row.row, field, code: 'too_long', message, outcome: 'failed' };
    }
  }
  return undefined;
}

function emptyReceipt({ id, kind, asked }: StartOperationRequest, by: string): Receipt {
  const counts = { created: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0 };
  const times = { startedAt: new Date().toISOString(), finishedAt: null };
  return {
    id,
    kind,
    status: 'running',
    asked,
    ...counts,
    failures: [],
    ...times,
    by,
    undo: { possible: false, until: null },
  };
}

function newCustomer(row: ImportRow): Customer {
  const now = new Date().toISOString();
  return {
    id: crypto.randomUUID(),
    first_name: row.first_name ?? '',
    last_name: row.last_name ?? '',
    email: emailKey(row.email),
    phone: row.phone ?? null,
    avatar_url: null,
    status: row.status ?? 'active',
    is_guest: false,
    email_verified: false,
    accepts_marketing: row.accepts_marketing ?? false,
    orders_count: 0,
    total_spent: 0,
    average_order_value: 0,
    last_order_date: null,
    tags: row.tags ?? [],
    group_ids: [],
    country: row.address_line_1 && row.city ? (row.country ?? null) : null,
    notes_count: 0,
    created_at: now,
    updated_at: now,
    last_seen_at: null,
    version: 1,
  };
}

/** Writes what the row speaks of and nothing else; answers whether that changed anything. */
function update(customer: Customer, row: ImportRow): boolean {
  const next: Partial<Customer> = {};
  if (row.first_name) next.first_name = row.first_name;
  if (row.last_name) next.last_name = row.last_name;
  if (row.phone) next.phone = row.phone;
  if (row.tags?.length) next.tags = [...new Set([...customer.tags, ...row.tags])];
  if (row.accepts_marketing !== undefined) next.accepts_marketing = row.accepts_marketing;
  if (row.status && !customer.is_guest) next.status = row.status;
  const changed = Object.entries(next).some(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(customer[name as keyof Customer]),
  );
  if (changed)
    Object.assign(customer, next, { updated_at: new Date().toISOString(), version: customer.version + 1 });
  return changed;
}
