import type { Access } from '../model/access.ts';
import type { CustomerDetail, NoteList, OrderList } from '../model/detail.ts';
import type { Customer, CustomerStats, GroupBadge, Total } from '../model/customer.ts';
import type { CustomerFilterName, CustomerFilters, CustomerSort, CustomerSortKey } from '../model/filters.ts';
import type { ExportOptions } from '../model/export.ts';
import type { CustomerGroup } from '../model/groups.ts';
import type { DryRun, ImportOptions, ImportRow } from '../model/import.ts';
import type { BulkAction, CustomerChoice, Operation, OperationList } from '../model/operations.ts';
import type { FailureList, Receipt, ReceiptFailure } from '../model/receipt.ts';
import type { CustomerMerging } from './customer-merging.ts';
import type { CustomerPrivacy } from './customer-privacy.ts';
import type { Timeline, TimelineKind } from '../model/timeline.ts';
import type { CustomerWrites } from './customer-writes.ts';
import type { GroupMethods } from './group-methods.ts';

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
  /** Groups are made, edited and deleted, and many customers put into one or taken out. */
  groupEdit: boolean;
  /** Groups can be filled by a rule. */
  ruleGroups: boolean;
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
  /** What an import would do can be asked beforehand. */
  dryRun: boolean;
  /** Many customers are changed at once, by an operation in steps; which ones. */
  bulk: readonly BulkAction[];
  /** Customers are read in bulk, for a file. */
  export: boolean;
  /** Operations are listed, with all that failed in them, and gone on with. */
  history: boolean;
  /** Operations are undone. */
  undo: boolean;
  /** Two customers who are one person are found, and merged. */
  merge: boolean;
  /** Everything that happened to one customer, and mails that the host reports to it. */
  timeline: boolean;
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
  /** Each group that the rows name in `group_ids`, once. Who is in one by its rule, `listRuleGroupsOf` says. */
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

export interface TimelineRequest extends CustomerPageRequest {
  /** Any of these; absent or empty means all. */
  kinds?: TimelineKind[];
}

/** A uuid made by the client, so that a retry starts nothing twice. */
interface Start {
  id: string;
}

export interface StartImportRequest extends Start {
  kind: 'import';
  /** How many records there are in all: the file's data records. */
  asked: number;
  options: ImportOptions;
}

export interface StartBulkRequest extends Start {
  kind: BulkAction;
  /** Restoring takes ids: filters never find a deleted customer. */
  customers: CustomerChoice;
  /** `group` for assign_group and remove_group, `tags` for add_tags and remove_tags. */
  options?: { group?: string; tags?: string[] };
}

export interface StartExportRequest extends Start {
  kind: 'export';
  customers: CustomerChoice;
  options: ExportOptions;
}

export type StartOperationRequest = StartImportRequest | StartBulkRequest | StartExportRequest;

export interface StepOperationRequest {
  id: string;
  /** 0, 1, 2, …; the same step sent twice counts once. */
  step: number;
  /** Of an import, at most 1,000. The other kinds know their customers since they started. */
  rows?: ImportRow[];
  /** Records that the client judged itself: duplicates inside the file are `skipped`, invalid ones `failed`. */
  rejected?: ReceiptFailure[];
}

export interface DryRunRequest {
  options: ImportOptions;
  /** At most 1,000. */
  rows: ImportRow[];
}

export interface ListOperationsRequest {
  /** Absent means all: single edits too. */
  kinds?: readonly string[];
  /** Rows a page, 1 to 100. */
  limit: number;
  cursor?: string;
}

export interface ListOperationFailuresRequest {
  id: string;
  /** Failures a page, 1 to 1,000. */
  limit: number;
  cursor?: string;
}

export interface ExportChunkRequest {
  id: string;
  /** From 0 to `steps.total` - 1 of the operation that was started, in any order and two at a time. */
  step: number;
}

/** For the host: what it takes to write to customers. */
export interface SendEmailRequest {
  operationId: string;
  customers: CustomerChoice;
}

/**
 * The port between the elements and a backend: a plain object of async methods, each rejecting with an
 * AdapterError and nothing else. Requests are JSON-serialisable. An adapter speaks for one site.
 */
export interface CustomerAdapter extends CustomerWrites, CustomerMerging, CustomerPrivacy, GroupMethods {
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
  /** Everything that happened to a customer, newest first, put together from where each is kept. */
  listTimeline(request: TimelineRequest, options?: RequestOptions): Promise<Timeline>;
  listGroups(request: SearchRequest, options?: RequestOptions): Promise<GroupList>;
  listTags(request: SearchRequest, options?: RequestOptions): Promise<TagList>;
  /**
   * Starts an import, a bulk action or an export, and settles which customers it is about: `asked` is exact,
   * `steps.total` says how many steps to send. Sent again, it answers where the operation stands.
   */
  startOperation(request: StartOperationRequest, options?: RequestOptions): Promise<Operation>;
  /**
   * Does a step, each for itself: two may be in flight. Answers the numbers of all steps so far; `failures` are those
   * of this step at least. Not for an export.
   */
  stepOperation(request: StepOperationRequest, options?: RequestOptions): Promise<Receipt>;
  /**
   * Ends it. What is written stays, and can be undone; `cancelled` says that it was stopped before its end. An
   * admin may end anybody's. A receipt holds the first 1,000 failures.
   */
  finishOperation(request: { id: string; cancelled?: boolean }, options?: RequestOptions): Promise<Receipt>;
  /** With what is needed to go on with it where it stopped. */
  getOperation(request: { id: string }, options?: RequestOptions): Promise<Operation>;
  listOperations(request: ListOperationsRequest, options?: RequestOptions): Promise<OperationList>;
  /** Everything that was skipped or failed, in the order of the steps. */
  listOperationFailures(
    request: ListOperationFailuresRequest,
    options?: RequestOptions,
  ): Promise<FailureList>;
  /** What an import with these options would do with these records. Nothing is written. */
  dryRunImport(request: DryRunRequest, options?: RequestOptions): Promise<DryRun>;
  /** The customers of a step of an export, as `rowsOfChunk` reads them. */
  exportChunk(request: ExportChunkRequest, options?: RequestOptions): Promise<string>;
  /** Writes to customers, where the host's backend can. */
  sendEmail?(request: SendEmailRequest, options?: RequestOptions): Promise<Receipt>;
}
