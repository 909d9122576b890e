import type {
  AdapterCapabilities,
  CustomerAdapter,
  ListCustomersRequest,
  RequestOptions,
  SearchRequest,
} from '../../adapter/adapter.ts';
import { abortable, throwIfAborted } from '../../adapter/abortable.ts';
import { AdapterError } from '../../adapter/errors.ts';
import { customerFilterNames, normaliseFilters } from '../../adapter/normalise-filters.ts';
import type { Access } from '../../model/access.ts';
import type { Customer, CustomerStats, Total } from '../../model/customer.ts';
import type { Origin } from '../../model/detail.ts';
import { customerSorts, type CustomerFilters } from '../../model/filters.ts';
import { bulkActions } from '../../model/operations.ts';
import { MemoryOperations } from './memory-operations.ts';
import { MemoryParts } from './memory-parts.ts';
import { MemoryWrites } from './memory-writes.ts';
import { customerMatcher, customerOrder, dayIn, fold } from './match-customer.ts';
import { detailOf, notesOf, ordersOf } from './memory-detail.ts';
import { MemoryGroups } from './memory-groups.ts';
import { MemoryHiding } from './memory-hiding.ts';
import { dryRun } from './memory-import.ts';
import { MemoryMerging } from './memory-merging.ts';
import { MemoryPrivacy } from './memory-privacy.ts';
import { MemorySteps } from './memory-steps.ts';
import {
  rowOf,
  touchedBy,
  type MemoryCustomer,
  type MemoryGroup,
  type MemoryHidden,
  type MemoryRecords,
} from './memory-records.ts';
import { MemoryTimeline } from './memory-timeline.ts';

export type AdapterMethod = Exclude<keyof CustomerAdapter, 'capabilities' | 'site' | 'sendEmail'>;

export interface MemoryAdapterOptions {
  customers?: MemoryCustomer[];
  orders?: MemoryRecords['orders'];
  addresses?: MemoryRecords['addresses'];
  notes?: MemoryRecords['notes'];
  /** Customers that are deleted already. */
  deleted?: MemoryHidden[];
  /** What was changed before, the oldest first. */
  changes?: MemoryRecords['changes'];
  /** What made a customer, by its id. */
  origins?: MemoryRecords['origins'];
  /** `member_count` is counted from the customers' `group_ids`, whatever is given here. */
  groups?: MemoryGroup[];
  access?: Partial<Access>;
  capabilities?: Partial<AdapterCapabilities>;
  /** Milliseconds, or a promise to wait for: a loading state lasts as long as it is pending. */
  delay?: number | ((method: AdapterMethod, request: unknown) => number | Promise<unknown>);
  /** Called before each answer; what it returns is thrown. */
  fail?: (method: AdapterMethod, request: unknown) => AdapterError | undefined;
  /** Counts above it are "more than" it. Default 10,000. */
  countCap?: number;
}

/**
 * An adapter over arrays, for stories, tests and first steps without a backend. It filters, sorts, pages, counts
 * and imports as the port demands, and passes the conformance kit.
 *
 * It works on the arrays it is given and reads its options at every call, so a test may change them in between.
 */
export function createMemoryAdapter(options: MemoryAdapterOptions = {}): CustomerAdapter {
  const customers = options.customers ?? [];
  const records: MemoryRecords = {
    customers,
    hidden: new Map((options.deleted ?? []).map((one) => [one.customer.id, one])),
    erasedEmails: new Set(),
    groups: () => (options.groups ??= []),
    keptOut: new Map(),
    orders: options.orders ?? [],
    addresses: options.addresses ?? [],
    notes: options.notes ?? [],
    origins: options.origins ?? new Map<string, Origin>(),
    changes: options.changes ?? [],
  };
  const operations = new MemoryOperations(() => access());
  const writes = new MemoryWrites(records, operations);
  const groups = new MemoryGroups(records, operations, () => access().time_zone);
  const hiding = new MemoryHiding(records, operations, groups);
  const privacy = new MemoryPrivacy(records, operations);
  const merging = new MemoryMerging(records, operations, () => access().currency);
  const parts = new MemoryParts(records, operations, () => access());
  const timeline = new MemoryTimeline(records, operations);

  const access = (): Access => ({
    api_version: 1,
    role: 'admin',
    user_id: '00000000-0000-7000-8000-000000000001',
    display_name: 'Ada Admin',
    currency: 'USD',
    time_zone: 'UTC',
    has_groups: (options.groups ?? []).length > 0,
    ...options.access,
  });
  const matching = (filters: CustomerFilters): Customer[] => {
    const { operation, ...rest } = normaliseFilters(filters);
    const isIn = (customer: Customer, id: string) => groups.isIn(customer, id);
    const found = customers.filter(customerMatcher(rest, access().time_zone, isIn));
    const touched = operation === undefined ? undefined : touchedBy(records, operation);
    return touched ? found.filter((customer) => touched.has(customer.id)) : found;
  };
  const count = (filters: CustomerFilters): Total => {
    const value = matching(filters).length;
    const cap = options.countCap ?? 10_000;
    return value > cap && Object.keys(filters).length ? { value: cap, exact: false } : { value, exact: true };
  };
  const site = {
    records,
    operations,
    groups: () => groups.all(),
    members: groups,
    matching: (filters: CustomerFilters) => matching(filters),
    requireAdmin: () => admin(() => undefined),
  };
  const steps = new MemorySteps(site);

  const editor = <T>(answer: () => T): T => {
    if (access().role === 'viewer') throw new AdapterError('forbidden', 'This takes an editor.');
    return answer();
  };

  const admin = <T>(answer: () => T): T => {
    if (access().role !== 'admin') throw new AdapterError('forbidden', 'This takes an admin.');
    return answer();
  };

  async function answer<T>(
    method: AdapterMethod,
    request: unknown,
    { signal }: RequestOptions,
    produce: () => T,
  ): Promise<T> {
    throwIfAborted(signal);
    const delay = typeof options.delay === 'function' ? options.delay(method, request) : options.delay;
    await abortable(typeof delay === 'number' ? sleep(delay) : Promise.resolve(delay), signal);
    const failure = options.fail?.(method, request);
    if (failure) throw failure;
    return structuredClone(produce());
  }

  return {
    capabilities: {
      filters: customerFilterNames,
      sorts: customerSorts,
      pageNumbers: true,
      stats: true,
      groups: true,
      tags: true,
      import: true,
      detail: true,
      edit: true,
      membership: true,
      groupEdit: true,
      ruleGroups: true,
      delete: true,
      addresses: true,
      notes: true,
      erase: true,
      handOver: true,
      purge: true,
      dryRun: true,
      bulk: bulkActions,
      export: true,
      history: true,
      undo: true,
      merge: true,
      timeline: true,
      ...options.capabilities,
    },
    getAccess: (call = {}) => answer('getAccess', undefined, call, access),
    listCustomers: (request, call = {}) =>
      answer('listCustomers', request, call, () => {
        const found = matching(request.filters).sort(customerOrder(request.sort));
        const { rows, next, previous } = pageOf(found, request);
        const named = new Set(rows.flatMap((customer) => customer.group_ids));
        const badges = groups
          .all()
          .filter((group) => named.has(group.id))
          .map(({ id, name, color }) => ({ id, name, color }));
        return { rows: rows.map(rowOf), groups: badges, next, previous };
      }),
    countCustomers: (request, call = {}) =>
      answer('countCustomers', request, call, () => count(request.filters)),
    preparePages: (request, call = {}) =>
      answer('preparePages', request, call, () => ({ value: matching(request.filters).length, exact: true })),
    getStats: (call = {}) => answer('getStats', undefined, call, () => statsOf(customers, access())),
    getCustomer: (request, call = {}) =>
      answer('getCustomer', request, call, () => detailOf(records, request.id, groups, access())),
    listOrders: (request, call = {}) => answer('listOrders', request, call, () => ordersOf(records, request)),
    listNotes: (request, call = {}) => answer('listNotes', request, call, () => notesOf(records, request)),
    listTimeline: (request, call = {}) => answer('listTimeline', request, call, () => timeline.list(request)),
    createCustomer: (request, call = {}) =>
      answer('createCustomer', request, call, () => editor(() => writes.createCustomer(request))),
    updateCustomer: (request, call = {}) =>
      answer('updateCustomer', request, call, () => editor(() => writes.updateCustomer(request))),
    promoteGuest: (request, call = {}) =>
      answer('promoteGuest', request, call, () => editor(() => writes.promoteGuest(request))),
    changeTags: (request, call = {}) =>
      answer('changeTags', request, call, () => editor(() => writes.changeTags(request))),
    changeGroups: (request, call = {}) =>
      answer('changeGroups', request, call, () => editor(() => hiding.changeGroups(request))),
    deleteCustomers: (request, call = {}) =>
      answer('deleteCustomers', request, call, () => admin(() => hiding.deleteCustomers(request))),
    restoreCustomers: (request, call = {}) =>
      answer('restoreCustomers', request, call, () => admin(() => hiding.restoreCustomers(request))),
    saveAddress: (request, call = {}) =>
      answer('saveAddress', request, call, () => editor(() => parts.saveAddress(request))),
    deleteAddress: (request, call = {}) =>
      answer('deleteAddress', request, call, () => editor(() => parts.deleteAddress(request))),
    addNote: (request, call = {}) =>
      answer('addNote', request, call, () => editor(() => parts.addNote(request))),
    updateNote: (request, call = {}) =>
      answer('updateNote', request, call, () => editor(() => parts.updateNote(request))),
    pinNote: (request, call = {}) =>
      answer('pinNote', request, call, () => editor(() => parts.pinNote(request))),
    deleteNote: (request, call = {}) =>
      answer('deleteNote', request, call, () => editor(() => parts.deleteNote(request))),
    restoreNote: (request, call = {}) =>
      answer('restoreNote', request, call, () => editor(() => parts.restoreNote(request))),
    previewErase: (request, call = {}) =>
      answer('previewErase', request, call, () => admin(() => privacy.preview(request))),
    eraseCustomer: (request, call = {}) =>
      answer('eraseCustomer', request, call, () => admin(() => privacy.erase(request))),
    exportPerson: (request, call = {}) =>
      answer('exportPerson', request, call, () => admin(() => privacy.export(request, groups.all()))),
    listDeletedCustomers: (request, call = {}) =>
      answer('listDeletedCustomers', request, call, () =>
        admin(() => privacy.listDeleted(request, access())),
      ),
    purgeCustomers: (request, call = {}) =>
      answer('purgeCustomers', request, call, () => admin(() => privacy.purge(request))),
    reportEmail: (request, call = {}) =>
      answer('reportEmail', request, call, () => editor(() => timeline.reportEmail(request))),
    listGroups: (request, call = {}) =>
      answer('listGroups', request, call, () =>
        searched(
          groups.all().sort((a, b) => (a.name < b.name ? -1 : 1)),
          request,
          (group) => group.name,
          (group) => group.id,
        ),
      ),
    getGroup: (request, call = {}) => answer('getGroup', request, call, () => groups.get(request)),
    saveGroup: (request, call = {}) =>
      answer('saveGroup', request, call, () => editor(() => groups.save(request))),
    deleteGroup: (request, call = {}) =>
      answer('deleteGroup', request, call, () => editor(() => groups.delete(request))),
    changeGroupMembers: (request, call = {}) =>
      answer('changeGroupMembers', request, call, () => editor(() => groups.changeMembers(request))),
    listGroupPins: (request, call = {}) => answer('listGroupPins', request, call, () => groups.pins(request)),
    previewGroupRule: (request, call = {}) =>
      answer('previewGroupRule', request, call, () => groups.preview(request)),
    listRuleGroupsOf: (request, call = {}) =>
      answer('listRuleGroupsOf', request, call, () => groups.ruleGroupsOf(request)),
    countRuleGroups: (request, call = {}) =>
      answer('countRuleGroups', request, call, () => groups.countRuleGroups(request)),
    listTags: (request, call = {}) =>
      answer('listTags', request, call, () => {
        const tags = [...new Set(customers.flatMap((customer) => customer.tags))].sort();
        const same = (tag: string) => tag;
        return searched(tags, request, same, same);
      }),
    startOperation: (request, call = {}) =>
      answer('startOperation', request, call, () => editor(() => steps.start(request))),
    stepOperation: (request, call = {}) =>
      answer('stepOperation', request, call, () => editor(() => steps.step(request))),
    finishOperation: (request, call = {}) =>
      answer('finishOperation', request, call, () => editor(() => steps.finish(request))),
    suggestDuplicates: (request, call = {}) =>
      answer('suggestDuplicates', request, call, () => merging.suggestDuplicates(request)),
    dismissDuplicate: (request, call = {}) =>
      answer('dismissDuplicate', request, call, () => editor(() => merging.dismissDuplicate(request))),
    previewMerge: (request, call = {}) =>
      answer('previewMerge', request, call, () => merging.previewMerge(request)),
    mergeCustomers: (request, call = {}) =>
      answer('mergeCustomers', request, call, () => admin(() => merging.mergeCustomers(request))),
    undoOperation: (request, call = {}) =>
      answer('undoOperation', request, call, () => editor(() => operations.undo(request))),
    getOperation: (request, call = {}) =>
      answer('getOperation', request, call, () => operations.answer(operations.find(request.id))),
    listOperations: (request, call = {}) =>
      answer('listOperations', request, call, () => operations.list(request)),
    listOperationFailures: (request, call = {}) =>
      answer('listOperationFailures', request, call, () => operations.failures(request)),
    dryRunImport: (request, call = {}) =>
      answer('dryRunImport', request, call, () => editor(() => dryRun(site, request))),
    exportChunk: (request, call = {}) =>
      answer('exportChunk', request, call, () => editor(() => steps.chunk(request))),
  };
}

/** A cursor names the list it belongs to, the row it stands at, and the way it looks. */
function pageOf(found: Customer[], { limit, cursor, page, filters, sort }: ListCustomersRequest) {
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw invalid('limit', 'from 1 to 100');
  if (cursor !== undefined && page !== undefined) throw invalid('page', 'not together with a cursor');
  const list = JSON.stringify([filters, sort]);
  let start = 0;
  if (cursor !== undefined) {
    const [of, id, way] = parseCursor(cursor);
    const at = found.findIndex((customer) => customer.id === id);
    if (of !== list || at < 0) throw invalid('cursor', 'from an answer with the same filters and sort');
    start = way === 'after' ? at + 1 : Math.max(0, at - limit);
  } else if (page !== undefined) {
    const last = Math.max(1, Math.ceil(found.length / limit));
    if (page !== -1 && (!Number.isInteger(page) || page < 1))
      throw invalid('page', 'from 1, or -1 for the last');
    start = (page === -1 ? last - 1 : page - 1) * limit;
  }
  const rows = found.slice(start, start + limit);
  const toward = (customer: Customer | undefined, way: string) =>
    customer ? btoa(encodeURIComponent(JSON.stringify([list, customer.id, way]))) : null;
  return {
    rows,
    next: start + limit < found.length ? toward(rows.at(-1), 'after') : null,
    previous: start > 0 ? toward(rows[0], 'before') : null,
  };
}

function parseCursor(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(decodeURIComponent(atob(cursor)));
    if (Array.isArray(parts)) return parts;
  } catch {
    // Told to the caller below.
  }
  throw invalid('cursor', 'from an answer of this adapter');
}

function searched<T>(
  all: T[],
  { search, ids, limit, cursor }: SearchRequest,
  textOf: (item: T) => string,
  idOf: (item: T) => string,
): { rows: T[]; next: string | null } {
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit', 'from 1');
  const found = all.filter((item) =>
    ids ? ids.includes(idOf(item)) : !search || fold(textOf(item)).includes(fold(search.trim())),
  );
  const start = cursor ? found.findIndex((item) => idOf(item) === cursor) + 1 : 0;
  const rows = found.slice(start, start + limit);
  const last = rows.at(-1);
  return { rows, next: last !== undefined && start + limit < found.length ? idOf(last) : null };
}

function statsOf(customers: Customer[], { currency, time_zone }: Access): CustomerStats {
  const dayOf = dayIn(time_zone);
  const now = new Date();
  const monthStart = `${dayOf(now).slice(0, 7)}-01`;
  const having = (test: (customer: Customer) => boolean) => customers.filter(test).length;
  return {
    total: customers.length,
    active: having((customer) => customer.status === 'active'),
    guests: having((customer) => customer.is_guest),
    withOrders: having((customer) => customer.orders_count > 0),
    newThisMonth: having((customer) => dayOf(customer.created_at) >= monthStart),
    totalRevenue: customers.reduce((sum, customer) => sum + customer.total_spent, 0),
    currency,
    time_zone,
    monthStart,
    asOf: now.toISOString(),
    otherRevenue: [],
  };
}

const invalid = (field: string, message: string): AdapterError =>
  new AdapterError('invalid', `${field}: ${message}`, { fields: { [field]: message } });

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
