import type { Customer, Total } from '../../model/customer.ts';
import type { CustomerFilters, CustomerSort } from '../../model/filters.ts';
import type { CustomerSelection } from './selection.ts';

export interface CustomerEventDetail {
  customer: Customer;
  customerId: string;
}

export interface CustomersEmailDetail {
  customers: Customer[];
  /** Those among them that have not agreed to marketing. */
  withoutConsent: Customer[];
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
