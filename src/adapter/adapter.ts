import type { Access } from '../model/access.ts';
import type { CustomerDetail, NoteList, OrderList } from '../model/detail.ts';
import type { Customer, CustomerGroup, CustomerStats, GroupBadge, Total } from '../model/customer.ts';
import type { CustomerFilterName, CustomerFilters, CustomerSort, CustomerSortKey } from '../model/filters.ts';
import type { ImportRow, ImportPolicy } from '../model/import.ts';
import type { Receipt, ReceiptFailure } from '../model/receipt.ts';
import type { CustomerPrivacy } from './customer-privacy.ts';
import type { CustomerWrites } from './customer-writes.ts';

export interface RequestOptions {
  signal?: AbortSignal;
}

/** What a backend can do. Elements hide what it can't. */
export interface AdapterCapabilities {
  filters: readonly CustomerFilterName[];
  sorts: readonly CustomerSortKey[];
  /** A page can be asked for by its number, and the last one by -1. */
  pageNumbers: boolean;
  stats: boolean;
  groups: boolean;
  tags: boolean;
  import: boolean;
  /** One customer with everything about it, and all of its orders and notes by pages. */
  detail: boolean;
  /** Customers are made and edited, and their tags changed in place. */
  edit: boolean;
  /** Customers are put into groups and taken out, one customer at a time. */
  membership: boolean;
  /** Customers are deleted, and restored. */
  delete: boolean;
  /** Addresses are added, edited and deleted. */
  addresses: boolean;
  /** Notes are written, edited, pinned, deleted and restored. */
  notes: boolean;
  /** A person's data are erased, with a preview of what goes. */
  erase: boolean;
  /** Everything held about a person is read, to be handed over. */
  handOver: boolean;
  /** Deleted customers are listed, and removed for good after 30 days. */
  purge: boolean;
}

export interface ListCustomersRequest {
  filters: CustomerFilters;
  sort: CustomerSort;
  /** Rows a page, 1 to 100. */
  limit: number;
  /** Opaque, from `next` or `previous` of an answer with the same filters and sort. Not together with `page`. */
  cursor?: string;
  /** A page by its number, the first being 1; -1 is the last. */
  page?: number;
}

export interface CustomerList {
  rows: Customer[];
  /** Each group that the rows name in `group_ids`, once. */
  groups: GroupBadge[];
  next: string | null;
  previous: string | null;
}

export interface CountCustomersRequest {
  filters: CustomerFilters;
}

export interface PreparePagesRequest {
  filters: CustomerFilters;
  sort: CustomerSort;
}

export interface SearchRequest {
  /** Folded like the customer search; absent means all. */
  search?: string;
  /** Group names or tags by id or value, whatever the search: to label a filter that is set already. */
  ids?: string[];
  limit: number;
  cursor?: string;
}

export interface GroupList {
  rows: CustomerGroup[];
  next: string | null;
}

export interface TagList {
  rows: string[];
  next: string | null;
}

export interface CustomerPageRequest {
  customerId: string;
  /** Rows a page, 1 to 100. */
  limit: number;
  cursor?: string;
}

export interface StartOperationRequest {
  /** A uuid made by the client, so that a retry starts nothing twice. */
  id: string;
  kind: 'import';
  /** How many records there are in all: the file's data records. */
  asked: number;
  options: { fileName?: string; policy?: ImportPolicy };
}

export interface StepOperationRequest {
  id: string;
  /** 0, 1, 2, …; the same step sent twice counts once. */
  step: number;
  /** At most 1,000. */
  rows: ImportRow[];
  /** Records that the client judged itself: duplicates inside the file are `skipped`, invalid ones `failed`. */
  rejected: ReceiptFailure[];
}

/**
 * The port between the elements and a backend: a plain object of async methods, each rejecting with an
 * AdapterError and nothing else. Requests are JSON-serialisable. An adapter speaks for one site.
 */
export interface CustomerAdapter extends CustomerWrites, CustomerPrivacy {
  readonly capabilities: AdapterCapabilities;
  /**
   * What tells this shop from others, like its id: what a person has typed is kept under it over a reload of the
   * page. Absent, it lives as long as the page.
   */
  readonly site?: string;
  getAccess(options?: RequestOptions): Promise<Access>;
  listCustomers(request: ListCustomersRequest, options?: RequestOptions): Promise<CustomerList>;
  /** Exact up to the backend's cap, then "more than". Never needed to show rows. */
  countCustomers(request: CountCustomersRequest, options?: RequestOptions): Promise<Total>;
  /** Makes far pages of this list quick to reach; answers its exact size. Optional to call. */
  preparePages(request: PreparePagesRequest, options?: RequestOptions): Promise<Total>;
  getStats(options?: RequestOptions): Promise<CustomerStats>;
  /**
   * One customer with everything that is shown first. For a hidden one it rejects with `not_found`, whose `reason`
   * is `deleted` or `merged`.
   */
  getCustomer(request: { id: string }, options?: RequestOptions): Promise<CustomerDetail>;
  listOrders(request: CustomerPageRequest, options?: RequestOptions): Promise<OrderList>;
  listNotes(request: CustomerPageRequest, options?: RequestOptions): Promise<NoteList>;
  listGroups(request: SearchRequest, options?: RequestOptions): Promise<GroupList>;
  listTags(request: SearchRequest, options?: RequestOptions): Promise<TagList>;
  startOperation(request: StartOperationRequest, options?: RequestOptions): Promise<Receipt>;
  /** Answers the numbers of all steps so far; `failures` are those of this step at least. */
  stepOperation(request: StepOperationRequest, options?: RequestOptions): Promise<Receipt>;
  finishOperation(request: { id: string; cancelled?: boolean }, options?: RequestOptions): Promise<Receipt>;
  getOperation(request: { id: string }, options?: RequestOptions): Promise<Receipt>;
}
