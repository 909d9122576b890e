import type { AddressFields } from '../../model/address-fields.ts';
import type { CustomerFields } from '../../model/customer-fields.ts';
import type { Customer } from '../../model/customer.ts';
import type {
  CustomerAddress,
  CustomerDetail,
  CustomerNote,
  CustomerRecord,
  Order,
} from '../../model/detail.ts';
import type { Receipt } from '../../model/receipt.ts';

export interface CustomerShowDetail {
  customerId: string;
  /** Which way there: a neighbour in the list, or the customer that a merged one became part of. */
  by: 'previous' | 'next' | 'merge';
}

export interface OrderOpenDetail {
  order: Order;
  orderId: string;
  customerId: string;
}

export interface NoteAddDetail {
  customerId: string;
  content: string;
}

/** The note that something is about to be done with. */
export interface NoteDetail {
  customerId: string;
  note: CustomerNote;
}

/** The note after it was done; a deleted one as it was. */
export interface NoteDoneDetail extends NoteDetail {
  receipt: Receipt;
}

export interface AddressSaveDetail {
  customerId: string;
  addressId: string;
  /** What is to change of it; all of a new one. */
  fields: Partial<AddressFields>;
  isNew: boolean;
}

/** The address it was done with, and the whole book after it. */
export interface AddressDoneDetail {
  customerId: string;
  address: CustomerAddress;
  addresses: CustomerAddress[];
  receipt: Receipt;
}

/** Tags, or ids of groups. */
export interface PillChangeDetail {
  customerId: string;
  add: string[];
  remove: string[];
}

/** An account of what was done. */
export interface CustomerReceiptDetail {
  customerId: string;
  receipt: Receipt;
}

export interface CustomerMergeDetail {
  /** The one that stays. */
  keepId: string;
  goneId: string;
  /** What the one that stays gets of the other. */
  fields: Partial<CustomerFields>;
}

export interface CustomerMergedDetail {
  keepId: string;
  goneId: string;
  customer: CustomerRecord;
  receipt: Receipt;
}

/** The events of `<customer-detail>`; its `customer-email` and `customer-delete` are those of `<customer-table>`. */
export interface CustomerDetailEventMap {
  'customer-show': CustomEvent<CustomerShowDetail>;
  'customer-shown': CustomEvent<CustomerShowDetail>;
  'customer-beyond': CustomEvent<{ by: 'previous' | 'next' }>;
  'customer-loaded': CustomEvent<{ customer: CustomerDetail }>;
  'customer-error': CustomEvent<{ error: unknown }>;
  'order-open': CustomEvent<OrderOpenDetail>;
  'note-add': CustomEvent<NoteAddDetail>;
  'note-added': CustomEvent<NoteDoneDetail>;
  'note-edit': CustomEvent<NoteDetail & { content: string }>;
  'note-edited': CustomEvent<NoteDoneDetail>;
  'note-pin': CustomEvent<NoteDetail>;
  'note-pinned': CustomEvent<NoteDoneDetail>;
  'note-unpin': CustomEvent<NoteDetail>;
  'note-unpinned': CustomEvent<NoteDoneDetail>;
  'note-delete': CustomEvent<NoteDetail>;
  'note-deleted': CustomEvent<NoteDoneDetail>;
  'note-restore': CustomEvent<NoteDetail>;
  'note-restored': CustomEvent<NoteDoneDetail>;
  'address-save': CustomEvent<AddressSaveDetail>;
  'address-saved': CustomEvent<AddressDoneDetail>;
  'address-delete': CustomEvent<{ customerId: string; address: CustomerAddress }>;
  'address-deleted': CustomEvent<AddressDoneDetail>;
  'address-restore': CustomEvent<{ customerId: string; operationId: string }>;
  'address-restored': CustomEvent<CustomerReceiptDetail>;
  'tags-change': CustomEvent<PillChangeDetail>;
  'tags-changed': CustomEvent<CustomerReceiptDetail & { customer: CustomerRecord }>;
  'groups-change': CustomEvent<PillChangeDetail>;
  'groups-changed': CustomEvent<CustomerReceiptDetail & { customer: CustomerRecord }>;
  'customer-promote': CustomEvent<{ customerId: string }>;
  'customer-promoted': CustomEvent<CustomerReceiptDetail & { customer: CustomerRecord }>;
  'customer-deleted': CustomEvent<CustomerReceiptDetail>;
  'customer-erase': CustomEvent<{ customer: Customer; customerId: string }>;
  'customer-erased': CustomEvent<CustomerReceiptDetail>;
  'data-hand-over': CustomEvent<{ customerId: string; format: 'csv' | 'json' }>;
  'data-handed-over': CustomEvent<{ customerId: string; format: 'csv' | 'json'; fileName: string }>;
  'customer-restore': CustomEvent<{ customerId: string }>;
  'customer-restored': CustomEvent<CustomerReceiptDetail>;
  'customer-merge': CustomEvent<CustomerMergeDetail>;
  'customer-merged': CustomEvent<CustomerMergedDetail>;
  'merge-undo': CustomEvent<{ operationId: string }>;
  'merge-undone': CustomEvent<{ operationId: string; receipt: Receipt }>;
  'duplicate-dismiss': CustomEvent<{ customerId: string; otherId: string }>;
  'duplicate-dismissed': CustomEvent<{ customerId: string; otherId: string; receipt: Receipt }>;
  'detail-close': CustomEvent<{ customerId: string }>;
  'detail-closed': CustomEvent<{ customerId: string }>;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging takes an interface
  interface HTMLElementEventMap extends CustomerDetailEventMap {}
}
