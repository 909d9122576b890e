import type { Customer, Total } from '../../model/customer.ts';
import type { CustomerFilters, CustomerSort } from '../../model/filters.ts';
import type { BulkAction, CustomerChoice, OperationSummary } from '../../model/operations.ts';
import type { Receipt } from '../../model/receipt.ts';
import type { CustomerSelection } from './selection.ts';

export interface CustomerEventDetail {
  customer: Customer;
  customerId: string;
}

export interface CustomersEmailDetail {
  /** Whom it is for. */
  choice: CustomerChoice;
  /** They themselves; absent where they are too many, or known by id alone. */
  customers: Customer[] | undefined;
  /** Those among them that have not agreed to marketing. */
  withoutConsent: Customer[] | undefined;
}

export interface CustomersBulkDetail {
  action: BulkAction;
  customers: CustomerChoice;
  /** Of a group its id, of tags themselves. */
  options: { group?: string; tags?: string[] };
}

export interface PageChangedDetail {
  /** From 1; from the end (-1 is the last) where the number of pages isn't known. */
  page: number;
  pageSize: number;
}

export interface SelectionChangedDetail {
  selection: CustomerSelection;
  /** `undefined` where only a later count can tell. */
  count: number | undefined;
}

/** The events of `<customer-table>` and their details. */
export interface CustomerTableEventMap {
  'customer-open': CustomEvent<CustomerEventDetail>;
  'customer-edit': CustomEvent<CustomerEventDetail>;
  'customer-delete': CustomEvent<CustomerEventDetail>;
  'customer-email': CustomEvent<CustomerEventDetail>;
  'customers-email': CustomEvent<CustomersEmailDetail>;
  'customers-emailed': CustomEvent<{ receipt: Receipt }>;
  'customers-bulk': CustomEvent<CustomersBulkDetail>;
  'customers-bulk-done': CustomEvent<{ receipt: Receipt }>;
  'customers-export': CustomEvent<{ customers: CustomerChoice }>;
  'operation-undo': CustomEvent<{ operation: Receipt & Pick<OperationSummary, 'options'> }>;
  'operation-undone': CustomEvent<{ receipt: Receipt; operationId: string }>;
  'customers-changed': CustomEvent<{ receipt: Receipt } | undefined>;
  'customer-create': CustomEvent<undefined>;
  'import-open': CustomEvent<undefined>;
  'filters-changed': CustomEvent<{ filters: CustomerFilters }>;
  'sort-changed': CustomEvent<{ sort: CustomerSort }>;
  'page-changed': CustomEvent<PageChangedDetail>;
  'selection-changed': CustomEvent<SelectionChangedDetail>;
  'customers-loaded': CustomEvent<{ customers: Customer[] }>;
  'count-changed': CustomEvent<Total>;
  'customers-error': CustomEvent<{ error: unknown }>;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging takes an interface
  interface HTMLElementEventMap extends CustomerTableEventMap {}
}
