import type {
  ChangeTagsRequest,
  CreateCustomerRequest,
  UpdateCustomerRequest,
  Write,
} from '../../adapter/customer-writes.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { CustomerFields, CustomerSaved, FieldChange, Origin } from '../../model/detail.ts';
import type { Receipt } from '../../model/receipt.ts';
import { checkCustomerFields } from './check-fields.ts';
import { change, findCustomer, recordOf, type MemoryCustomer, type MemoryRecords } from './memory-records.ts';

type Outcome = 'created' | 'changed' | 'unchanged';

/** What people change about one customer: each write is an operation that is done once, however often it is sent. */
export class MemoryWrites {
  readonly #records: MemoryRecords;
  readonly #by: () => string;
  readonly #done = new Map<string, { request: string; receipt: Receipt }>();

  constructor(records: MemoryRecords, by: () => string) {
    this.#records = records;
    this.#by = by;
  }

  receipt(id: string): Receipt | undefined {
    return this.#done.get(id)?.receipt;
  }

  createCustomer(request: CreateCustomerRequest): CustomerSaved {
    return this.#write('create', request, (origin) => {
      const fields = checkCustomerFields(request.fields);
      const missing: Record<string, string> = {};
      if (fields.email === undefined) missing.email = 'is missing';
      if (!`${fields.first_name ?? ''}${fields.last_name ?? ''}`.trim()) {
        missing.first_name = 'or a last name is needed';
      }
      if (Object.keys(missing).length)
        throw new AdapterError('invalid', 'Something is missing.', { fields: missing });
      this.#refuseTaken(fields.email, undefined);
      this.#records.customers.push(newCustomer(request.id, fields));
      this.#records.origins.set(request.id, origin);
      return 'created';
    });
  }

  updateCustomer(request: UpdateCustomerRequest): CustomerSaved {
    return this.#write('update', request, (origin) => {
      const fields = checkCustomerFields(request.fields);
      const customer = findCustomer(this.#records, request.id);
      if (customer.version !== request.version) {
        throw new AdapterError('conflict', 'This was changed since you read it.', {
          reason: 'stale',
          current: recordOf(structuredClone(customer)),
          changes: this.#changesSince(customer.id, request.version),
        });
      }
      if (fields.status && customer.is_guest) {
        const message = 'of a guest is changed by turning it into a registered customer';
        throw new AdapterError('invalid', `status ${message}`, { fields: { status: message } });
      }
      const { first_name, last_name } = { ...customer, ...fields };
      if (('first_name' in fields || 'last_name' in fields) && !`${first_name}${last_name}`.trim()) {
        const message = 'or a last name is needed';
        throw new AdapterError('invalid', `first_name ${message}`, { fields: { first_name: message } });
      }
      this.#refuseTaken(fields.email, customer.id);
      const verified = fields.email === undefined || fields.email === customer.email.trim().toLowerCase();
      return this.#change(customer, verified ? fields : { ...fields, email_verified: false }, origin);
    });
  }

  promoteGuest(request: Write & { id: string }): CustomerSaved {
    return this.#write('promote', request, (origin) => {
      const customer = findCustomer(this.#records, request.id);
      if (!customer.is_guest) return 'unchanged';
      const outcome = this.#change(customer, { status: 'active' }, origin);
      customer.is_guest = false;
      return outcome;
    });
  }

  changeTags(request: ChangeTagsRequest): CustomerSaved {
    return this.#write('change_tags', request, (origin) => {
      const customer = findCustomer(this.#records, request.id);
      const { tags: added = [] } = checkCustomerFields({ tags: request.add ?? [] });
      const kept = customer.tags.filter((tag) => !request.remove?.includes(tag));
      return this.#change(customer, { tags: [...new Set([...kept, ...added])] }, origin);
    });
  }

  #write(kind: string, request: Write & { id: string }, run: (origin: Origin) => Outcome): CustomerSaved {
    const { operationId } = request;
    const text = JSON.stringify([kind, request]);
    const known = this.#done.get(operationId);
    if (known && known.request !== text) {
      throw new AdapterError('conflict', 'Another operation has this id.', { reason: 'operation' });
    }
    const by = this.#by();
    const receipt =
      known?.receipt ??
      receiptOf(operationId, kind, by, run({ operation: operationId, kind, by, fileName: null }));
    this.#done.set(operationId, { request: text, receipt });
    return { customer: recordOf(findCustomer(this.#records, request.id)), receipt };
  }

  #change(customer: MemoryCustomer, next: Partial<MemoryCustomer>, origin: Origin): Outcome {
    const changed = change(customer, next);
    if (!changed) return 'unchanged';
    this.#records.changes.push({ ...changed, origin });
    return 'changed';
  }

  #changesSince(id: string, version: number): FieldChange[] {
    return this.#records.changes
      .filter((one) => one.customerId === id && one.version > version)
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

  #refuseTaken(email: string | undefined, butFor: string | undefined): void {
    const holder = this.#records.customers.find(
      (one) => one.id !== butFor && one.email.trim().toLowerCase() === email,
    );
    if (!holder) return;
    throw new AdapterError('conflict', 'There is a customer with this e-mail.', {
      reason: 'exists',
      current: recordOf(structuredClone(holder)),
    });
  }
}

function newCustomer(id: string, fields: Partial<CustomerFields>): MemoryCustomer {
  const now = new Date().toISOString();
  return {
    id,
    first_name: '',
    last_name: '',
    email: '',
    phone: null,
    avatar_url: null,
    status: 'active',
    is_guest: false,
    email_verified: false,
    accepts_marketing: false,
    orders_count: 0,
    total_spent: 0,
    average_order_value: 0,
    last_order_date: null,
    tags: [],
    group_ids: [],
    country: null,
    notes_count: 0,
    created_at: now,
    updated_at: now,
    last_seen_at: null,
    version: 1,
    ...fields,
  };
}

function receiptOf(id: string, kind: string, by: string, outcome: Outcome): Receipt {
  const now = new Date().toISOString();
  const counts = { created: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0 };
  return {
    id,
    kind,
    status: 'finished',
    asked: 1,
    ...counts,
    [outcome]: 1,
    failures: [],
    startedAt: now,
    finishedAt: now,
    by,
    undo: { possible: false, until: null },
  };
}
