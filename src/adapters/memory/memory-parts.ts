import type { CustomerWrites } from '../../adapter/customer-writes.ts';
import { AdapterError } from '../../adapter/errors.ts';
import type { Access } from '../../model/access.ts';
import type { CustomerAddress, CustomerNote, Origin } from '../../model/detail.ts';
import { checkAddressFields } from './check-fields.ts';
import { addressesOf, withoutOwner } from './memory-detail.ts';
import type { MemoryOperations, Outcome, Undone } from './memory-operations.ts';
import {
  findCustomer,
  recordOf,
  refuseStale,
  type MemoryCustomer,
  type MemoryRecords,
  type OfCustomer,
} from './memory-records.ts';
import { fieldsUndone, wasEdited } from './memory-undo.ts';

type Request<Method extends keyof CustomerWrites> = Parameters<CustomerWrites[Method]>[0];
type Answer<Method extends keyof CustomerWrites> = Awaited<ReturnType<CustomerWrites[Method]>>;
type Part = OfCustomer<CustomerAddress> | OfCustomer<CustomerNote>;
interface Owner {
  customerId: string;
  id: string;
}

/** What people change of a customer's addresses and notes. */
export class MemoryParts {
  readonly #records: MemoryRecords;
  readonly #operations: MemoryOperations;
  readonly #access: () => Access;
  /** Deleted notes, for their undo. */
  readonly #deleted = new Map<string, OfCustomer<CustomerNote>>();

  constructor(records: MemoryRecords, operations: MemoryOperations, access: () => Access) {
    this.#records = records;
    this.#operations = operations;
    this.#access = access;
  }

  saveAddress(request: Request<'saveAddress'>): Answer<'saveAddress'> {
    const { customerId, id, version } = request;
    const receipt = this.#operations.run(version ? 'update_address' : 'add_address', request, (origin) => {
      const fields = checkAddressFields(request.fields, version === undefined);
      findCustomer(this.#records, customerId);
      const others = this.#records.addresses.filter((one) => one.customer_id === customerId && one.id !== id);
      const address =
        version === undefined ? undefined : this.#find(this.#records.addresses, request, version);
      for (const name of ['is_default_billing', 'is_default_shipping'] as const) {
        if (!(fields[name] ?? (!address && others.length === 0))) continue;
        for (const other of others) if (other[name]) this.#change(other, { [name]: false }, origin);
      }
      if (address) return this.#change(address, fields, origin);
      const added = { ...newAddress(request, others.length === 0), ...fields };
      this.#records.addresses.push(added);
      this.#keep(added, {}, fields, origin);
      return 'created';
    });
    return this.#addressBook(customerId, receipt);
  }

  deleteAddress(request: Request<'deleteAddress'>): Answer<'deleteAddress'> {
    const receipt = this.#operations.run('delete_address', request, (origin) => {
      findCustomer(this.#records, request.customerId);
      this.#remove(
        this.#records.addresses,
        this.#find(this.#records.addresses, request, request.version),
        origin,
      );
      return 'changed';
    });
    return this.#addressBook(request.customerId, receipt);
  }

  addNote(request: Request<'addNote'>): Answer<'addNote'> {
    return this.#noteBook('add_note', request, (origin) => {
      const now = new Date().toISOString();
      const note = {
        customer_id: request.customerId,
        id: request.id,
        content: requireContent(request.content),
        user_id: this.#access().user_id,
        user_name: this.#access().display_name,
        pinned: false,
        created_at: now,
        updated_at: now,
        version: 1,
      };
      this.#records.notes.push(note);
      this.#keep(note, {}, { content: note.content }, origin);
      return 'created';
    });
  }

  updateNote(request: Request<'updateNote'>): Answer<'updateNote'> {
    return this.#noteBook('update_note', request, (origin) => {
      const content = requireContent(request.content);
      return this.#change(this.#find(this.#records.notes, request, request.version), { content }, origin);
    });
  }

  pinNote(request: Request<'pinNote'>): Answer<'pinNote'> {
    return this.#noteBook('pin_note', request, (origin) =>
      this.#change(this.#find(this.#records.notes, request), { pinned: request.pinned }, origin),
    );
  }

  deleteNote(request: Request<'deleteNote'>): Answer<'deleteNote'> {
    return this.#noteBook('delete_note', request, (origin) => {
      const note = this.#find(this.#records.notes, request, request.version);
      this.#remove(this.#records.notes, note, origin);
      this.#deleted.set(note.id, note);
      return 'changed';
    });
  }

  restoreNote(request: Request<'restoreNote'>): Answer<'restoreNote'> {
    return this.#noteBook('restore_note', request, (origin) => {
      const deleted = this.#deleted.get(request.id);
      if (!deleted) {
        this.#find(this.#records.notes, request);
        return 'unchanged';
      }
      const note = { ...deleted, version: deleted.version + 1 };
      this.#records.notes.push(note);
      this.#deleted.delete(note.id);
      this.#keep(note, {}, { content: note.content }, origin);
      return 'changed';
    });
  }

  #addressBook(customerId: string, receipt: Answer<'saveAddress'>['receipt']): Answer<'saveAddress'> {
    const customer = findCustomer(this.#records, customerId);
    countParts(this.#records, customer);
    return { customer: recordOf(customer), addresses: addressesOf(this.#records, customerId), receipt };
  }

  #noteBook(
    kind: string,
    request: Owner & { operationId: string },
    work: (origin: Origin) => Outcome,
  ): Answer<'addNote'> {
    const customer = findCustomer(this.#records, request.customerId);
    const receipt = this.#operations.run(kind, request, work);
    countParts(this.#records, customer);
    const note = this.#records.notes.find((one) => one.id === request.id);
    return { customer: recordOf(customer), note: note ? withoutOwner(note) : null, receipt };
  }

  #find<T extends Part>(parts: T[], { customerId, id }: Owner, version?: number): T {
    const part = parts.find((one) => one.customer_id === customerId && one.id === id);
    if (!part) throw new AdapterError('not_found', 'There is nothing with this id.', { reason: 'unknown' });
    if (version !== undefined && part.version !== version) {
      refuseStale(this.#records, customerId, id, version, withoutOwner(part));
    }
    return part;
  }

  #change(part: Part, fields: Record<string, unknown>, origin: Origin): Outcome {
    const old: Record<string, unknown> = { ...part };
    const names = Object.keys(fields).filter((name) => fields[name] !== old[name]);
    if (names.length === 0) return 'unchanged';
    const pick = (from: Record<string, unknown>) =>
      Object.fromEntries(names.map((name) => [name, from[name]]));
    Object.assign(part, pick(fields), { version: part.version + 1 });
    if (!names.includes('pinned')) part.updated_at = new Date().toISOString();
    this.#keep(part, pick(old), pick(fields), origin);
    return 'changed';
  }

  #remove<T extends Part>(parts: T[], part: T, origin: Origin): void {
    parts.splice(parts.indexOf(part), 1);
    this.#keep(part, { ...part }, {}, origin);
  }

  #keep(part: Part, before: Record<string, unknown>, after: Record<string, unknown>, origin: Origin): void {
    const at = new Date().toISOString();
    const { customer_id: customerId, id: subjectId, version } = part;
    const subject = 'content' in part ? 'note' : 'address';
    this.#records.changes.push({ customerId, subject, subjectId, version, before, after, at, origin });
    this.#operations.onUndo((undoing) => {
      const customer = this.#records.customers.find((one) => one.id === part.customer_id);
      if (!customer) return { id: subjectId, code: 'deleted', message: 'This customer was deleted since.' };
      const outcome = this.#undo(part, version, before, after, undoing);
      countParts(this.#records, customer);
      return outcome;
    });
  }

  /** Takes a change of an address or a note back, unless somebody has changed it since. */
  #undo(
    part: Part,
    version: number,
    before: Record<string, unknown>,
    after: Record<string, unknown>,
    origin: Origin,
  ): Undone {
    const parts: Part[] = 'content' in part ? this.#records.notes : this.#records.addresses;
    const there = parts.find((one) => one.id === part.id);
    if (Object.keys(before).length === 0) {
      if (!there) return 'unchanged';
      if (there.version !== version) return wasEdited(part.id);
      this.#remove(parts, there, origin);
      if ('content' in there) this.#deleted.set(there.id, there);
      return 'changed';
    }
    if (Object.keys(after).length === 0) {
      if (there) return 'unchanged';
      const restored = { ...part, version: version + 1 };
      // What another address has become the default for since, it stays.
      for (const name of defaults)
        if (this.#hasOther(restored, name)) Object.assign(restored, { [name]: false });
      parts.push(restored);
      this.#deleted.delete(part.id);
      this.#keep(restored, {}, { ...restored }, origin);
      return 'changed';
    }
    if (!there) return { id: part.id, code: 'unknown', message: 'This is not there any more.' };
    const undone = fieldsUndone({ ...there }, before, after);
    const clash = defaults.find((name) => undone.fields[name] === true && this.#hasOther(there, name));
    const edited = undone.edited[0] ?? clash;
    return edited ? wasEdited(part.id, edited) : (this.#change(there, undone.fields, origin) as 'changed');
  }

  #hasOther(part: Part, name: (typeof defaults)[number]): boolean {
    return this.#records.addresses.some(
      (one) => one.customer_id === part.customer_id && one.id !== part.id && one[name],
    );
  }
}

const defaults = ['is_default_billing', 'is_default_shipping'] as const;

/** How many notes a customer has, and the country that its addresses say. */
export function countParts(records: MemoryRecords, customer: MemoryCustomer): void {
  const addresses = addressesOf(records, customer.id);
  const deciding =
    addresses.find((one) => one.is_default_shipping) ??
    addresses.find((one) => one.is_default_billing) ??
    addresses[0];
  customer.country = deciding?.country ?? null;
  customer.notes_count = records.notes.filter((note) => note.customer_id === customer.id).length;
}

function requireContent(content: string): string {
  if (content.trim()) return content;
  throw new AdapterError('invalid', 'content is missing', { fields: { content: 'is missing' } });
}

function newAddress({ customerId, id }: Owner, isFirst: boolean): OfCustomer<CustomerAddress> {
  const now = new Date().toISOString();
  return {
    customer_id: customerId,
    id,
    label: 'Home',
    is_default_billing: isFirst,
    is_default_shipping: isFirst,
    first_name: '',
    last_name: '',
    company: null,
    address_line_1: '',
    address_line_2: null,
    city: '',
    state: '',
    postal_code: '',
    country: '',
    phone: null,
    created_at: now,
    updated_at: now,
    version: 1,
  };
}
