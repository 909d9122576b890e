import type { CustomerFields } from '../../model/customer-fields.ts';
import type { CustomerRecord } from '../../model/detail.ts';
import type { TheirChange } from '../../model/merge.ts';
import type { Receipt } from '../../model/receipt.ts';

export interface CustomerSaveDetail {
  customerId: string;
  /** What is about to be saved: of a new customer everything, else what changed. */
  fields: Partial<CustomerFields>;
  isNew: boolean;
}

export interface CustomerCreatedDetail {
  customerId: string;
  customer: CustomerRecord;
  receipt: Receipt;
}

export interface CustomerUpdatedDetail extends CustomerCreatedDetail {
  /** What others changed meanwhile, and stays. */
  kept: readonly TheirChange[];
}

/** The events of `<customer-form>`; its `customer-open` is that of `<customer-table>`. */
export interface CustomerFormEventMap {
  'customer-save': CustomEvent<CustomerSaveDetail>;
  'customer-created': CustomEvent<CustomerCreatedDetail>;
  'customer-updated': CustomEvent<CustomerUpdatedDetail>;
  'form-close': CustomEvent<{ customerId: string | undefined }>;
  'form-closed': CustomEvent<{ customerId: string | undefined }>;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging takes an interface
  interface HTMLElementEventMap extends CustomerFormEventMap {}
}
