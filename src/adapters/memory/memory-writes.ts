import type {
  ChangeTagsRequest,
  CreateCustomerRequest,
  UpdateCustomerRequest,
  Write,
} from '../../adapter/customer-writes.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerSaved, Origin } from '../../model/detail.ts';
import { checkCustomerFields } from './check-fields.ts';
import type { MemoryOperations, Outcome } from './memory-operations.ts';
import {
  change,
  emailKey,
  findCustomer,
  recordOf,
  refuseStale,
  refuseTaken,
  type MemoryCustomer,
  type MemoryRecords,
} from './memory-records.ts';
import { undoFields } from './memory-undo.ts';

/** What people change of a customer itself. */
export class MemoryWrites {
  readonly #records: MemoryRecords;
  readonly #operations: MemoryOperations;

  constructor(records: MemoryRecords, operations: MemoryOperations) {
    this.#records = records;
    this.#operations = operations;
  }

  createCustomer(request: CreateCustomerRequest): CustomerSaved {
    return this.#write('create', request, (origin) => {
      const fields = checkCustomerFields(request.fields);
      refuseTaken(this.#records, fields.email, undefined);
      if (!request.anew) {
        this.#offerRestore(fields.email);
        this.#refuseErased(fields.email);
      }
      this.#records.erasedEmails.delete(fields.email ?? '');
      this.#records.customers.push(newCustomer(request.id, fields));
      this.#records.origins.set(request.id, origin);
      return 'created';
    });
  }

  updateCustomer(request: UpdateCustomerRequest): CustomerSaved {
    return this.#write('update', request, (origin) => {
      const customer = findCustomer(this.#records, request.id);
      const fields = checkCustomerFields(request.fields, customer);
      if (customer.version !== request.version) {
        refuseStale(this.#records, customer.id, null, request.version, recordOf(customer));
      }
      if (fields.status && customer.is_guest) {
        const message = 'of a guest is changed by turning it into a registered customer';
        throw new AdapterError('invalid', `status ${message}`, { fields: { status: message } });
      }
      refuseTaken(this.#records, fields.email, customer.id);
      if (!request.anew) this.#refuseErased(fields.email);
      this.#records.erasedEmails.delete(fields.email ?? '');
      const verified = fields.email === undefined || fields.email === customer.email.trim().toLowerCase();
      return this.#change(customer, verified ? fields : { ...fields, email_verified: false }, origin);
    });
  }

  promoteGuest(request: Write & { id: string }): CustomerSaved {
    return this.#write('promote', request, (origin) => {
      const customer = findCustomer(this.#records, request.id);
      if (!customer.is_guest) return 'unchanged';
      return this.#change(customer, { status: 'active' }, origin);
    });
  }

  changeTags(request: ChangeTagsRequest): CustomerSaved {
    return this.#write('change_tags', request, (origin) => {
      const customer = findCustomer(this.#records, request.id);
      const { tags: added = [] } = checkCustomerFields({ tags: request.add ?? [] }, customer);
      const kept = customer.tags.filter((tag) => !request.remove?.includes(tag));
      return this.#change(customer, { tags: [...new Set([...kept, ...added])] }, origin);
    });
  }

  #write(kind: string, request: Write & { id: string }, run: (origin: Origin) => Outcome): CustomerSaved {
    const receipt = this.#operations.run(kind, request, run);
    return { customer: recordOf(findCustomer(this.#records, request.id)), receipt };
  }

  #change(customer: MemoryCustomer, next: Partial<MemoryCustomer>, origin: Origin): Outcome {
    const changed = change(customer, next);
    if (!changed) return 'unchanged';
    this.#records.changes.push({ ...changed, origin });
    const { before, after } = changed;
    this.#operations.onUndo((undoing) => undoFields(this.#records, customer.id, before, after, undoing));
    return 'changed';
  }

  #refuseErased(email: string | undefined): void {
    if (email === undefined || !this.#records.erasedEmails.has(email)) return;
    const message = 'The data of the person with this e-mail were erased.';
    throw new AdapterError('conflict', message, { reason: 'erased' });
  }

  #offerRestore(email: string | undefined): void {
    for (const { customer, deletedAt, mergedInto } of this.#records.hidden.values()) {
      if (mergedInto !== undefined || emailKey(customer) !== email) continue;
      throw new AdapterError('conflict', 'The customer with this e-mail was deleted, and can be restored.', {
        reason: 'deleted',
        deletedAt,
        current: recordOf(structuredClone(customer)),
      });
    }
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
