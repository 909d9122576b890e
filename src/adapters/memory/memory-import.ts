import { AdapterError } from '../../adapter/errors.ts';
import type { StartOperationRequest, StepOperationRequest } from '../../adapter/adapter.ts';
import { change, type MemoryChange, type MemoryCustomer, type MemoryRecords } from './memory-records.ts';
import { customerWidths } from '../../model/customer.ts';
import type { ImportRow } from '../../model/import.ts';
import type { Origin } from '../../model/detail.ts';
import type { Receipt, ReceiptFailure } from '../../model/receipt.ts';
import { hasMark, withoutMarks } from './marks.ts';

interface Operation {
  request: StartOperationRequest;
  steps: Set<number>;
  receipt: Receipt;
}

/** The imports of a memory adapter: each step counts once, whatever is sent again. */
export class MemoryImport {
  readonly #records: MemoryRecords;
  readonly #operations = new Map<string, Operation>();

  constructor(records: MemoryRecords) {
    this.#records = records;
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
      const existing = this.#records.customers.find(
        (customer) => customer.email.toLowerCase() === emailKey(row.email),
      );
      if (!existing && this.#records.erasedEmails.has(emailKey(row.email))) {
        receipt.skipped++;
        receipt.failures.push({
          row: row.row,
          field: 'email',
          code: 'erased_before',
          message: 'The data of the person with this e-mail were erased.',
          outcome: 'skipped',
        });
      } else if (existing ? policy === 'create' : policy === 'update') {
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
        const customer = newCustomer(row);
        this.#records.customers.push(customer);
        this.#records.origins.set(customer.id, originOf(operation));
        const address = newAddress(row, customer);
        if (address) this.#records.addresses.push(address);
        receipt.created++;
      } else {
        const change = update(existing, row);
        if (change) this.#records.changes.push({ ...change, origin: originOf(operation) });
        receipt[change ? 'changed' : 'unchanged']++;
      }
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

  /** How many receipts or file names name somebody by one of these. */
  naming(marks: readonly string[]): number {
    return [...this.#operations.values()].filter(({ request, receipt }) =>
      hasMark([request.options, receipt.failures], marks),
    ).length;
  }

  erase(marks: readonly string[]): void {
    for (const operation of this.#operations.values()) {
      operation.request = {
        ...operation.request,
        options: withoutMarks(operation.request.options, marks),
      };
      operation.receipt.failures = withoutMarks(operation.receipt.failures, marks);
    }
    for (const [id, origin] of this.#records.origins)
      this.#records.origins.set(id, withoutMarks(origin, marks));
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

const originOf = ({ request, receipt }: Operation): Origin => ({
  operation: receipt.id,
  kind: receipt.kind,
  by: receipt.by,
  fileName: request.options.fileName ?? null,
});

function newCustomer(row: ImportRow): MemoryCustomer {
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
    metadata: row.metadata ?? {},
  };
}

/** Made where line 1, city and country are there. */
function newAddress(
  row: ImportRow,
  { id, first_name, last_name, created_at }: MemoryCustomer,
): MemoryRecords['addresses'][number] | undefined {
  const { address_line_1, city, country } = row;
  if (!address_line_1 || !city || !country) return undefined;
  return {
    id: crypto.randomUUID(),
    customer_id: id,
    label: 'Primary',
    is_default_billing: true,
    is_default_shipping: true,
    first_name,
    last_name,
    company: row.company ?? null,
    address_line_1,
    address_line_2: row.address_line_2 ?? null,
    city,
    state: row.state ?? '',
    postal_code: row.postal_code ?? '',
    country,
    phone: null,
    created_at,
    updated_at: created_at,
    version: 1,
  };
}

/** Writes what the row speaks of and nothing else; answers what that changed, if anything. */
function update(customer: MemoryCustomer, row: ImportRow): Omit<MemoryChange, 'origin'> | undefined {
  const next: Partial<MemoryCustomer> = {};
  if (row.first_name) next.first_name = row.first_name;
  if (row.last_name) next.last_name = row.last_name;
  if (row.phone) next.phone = row.phone;
  if (row.tags?.length) next.tags = [...new Set([...customer.tags, ...row.tags])];
  if (row.accepts_marketing !== undefined) next.accepts_marketing = row.accepts_marketing;
  if (row.status && !customer.is_guest) next.status = row.status;
  if (row.metadata && Object.keys(row.metadata).length)
    next.metadata = { ...customer.metadata, ...row.metadata };
  return change(customer, next);
}
