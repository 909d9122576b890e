import type { AddressFields } from '../model/address-fields.ts';
import type { CustomerFields } from '../model/customer-fields.ts';
import type { AddressesSaved, CustomerSaved, GroupsSaved, NoteSaved } from '../model/detail.ts';
import type { Receipt } from '../model/receipt.ts';
import type { RequestOptions } from './adapter.ts';

/** Each write is an operation. */
export interface Write {
  /** A uuid made by the client for each thing a person does; sent again with the same request it does nothing twice. */
  operationId: string;
}

export interface CreateCustomerRequest extends Write {
  /** A uuid made by the client. */
  id: string;
  /** At least an e-mail and a first or last name. */
  fields: Partial<CustomerFields>;
  /** Make a new customer although one with this e-mail was deleted and could be restored, or was erased. */
  anew?: boolean;
}

export interface UpdateCustomerRequest extends Write {
  id: string;
  /** That was read. */
  version: number;
  /** Only what is to change. */
  fields: Partial<CustomerFields>;
  /** Take an e-mail although the person it was of was erased. */
  anew?: boolean;
}

export interface ChangeTagsRequest extends Write {
  id: string;
  add?: string[];
  remove?: string[];
}

export interface ChangeGroupsRequest extends Write {
  /** The customer's. */
  id: string;
  /** Ids of groups. */
  add?: string[];
  remove?: string[];
}

/** For an admin. */
export interface HideCustomersRequest extends Write {
  /** At most 1,000. */
  ids: string[];
}

export interface UndoOperationRequest extends Write {
  /** Of the operation that is taken back. */
  id: string;
}

/** An address or a note of a customer. */
export interface PartWrite extends Write {
  customerId: string;
  /** A uuid, made by the client for a new one. */
  id: string;
}

export interface SaveAddressRequest extends PartWrite {
  /** That was read; absent for a new address, which needs a line 1, a city and a country. */
  version?: number;
  fields: Partial<AddressFields>;
}

/** A mail that the host sent. What it said is not kept. */
export interface ReportEmailRequest extends Write {
  customerId: string;
  /** At most 255 characters. */
  subject: string;
  /** ISO date; now, unless said otherwise. */
  sentAt?: string;
}

/**
 * What people change about one customer. Wrong fields reject with `invalid` and a message for each. A save from an
 * older version rejects with `conflict`, its `reason` being `stale`, with the row as it is in `current` and who
 * changed what since in `changes`.
 */
export interface CustomerWrites {
  /**
   * An e-mail that leads to somebody already rejects with `conflict`; `current` is that customer, and `reason` is
   * `exists`, `merged` or `deleted`. That of a person whose data were erased rejects too, `reason` being `erased`.
   */
  createCustomer(request: CreateCustomerRequest, options?: RequestOptions): Promise<CustomerSaved>;
  /** A new e-mail is not verified; one that is taken, or of an erased person, rejects as in `createCustomer`. */
  updateCustomer(request: UpdateCustomerRequest, options?: RequestOptions): Promise<CustomerSaved>;
  /** A guest becomes a registered customer; anybody else is left as is. */
  promoteGuest(request: Write & { id: string }, options?: RequestOptions): Promise<CustomerSaved>;
  /** In place, without a version: two who do it at once lose nothing. */
  changeTags(request: ChangeTagsRequest, options?: RequestOptions): Promise<CustomerSaved>;
  /** In place, without a version. */
  changeGroups(request: ChangeGroupsRequest, options?: RequestOptions): Promise<GroupsSaved>;
  /** Hides customers and frees their e-mails; they can be restored for 30 days. */
  deleteCustomers(request: HideCustomersRequest, options?: RequestOptions): Promise<Receipt>;
  /** Fails for each whose e-mail another customer has by now (`exists`), and who was `merged` or `erased`, or is `expired`. */
  restoreCustomers(request: HideCustomersRequest, options?: RequestOptions): Promise<Receipt>;
  /** A new default takes over from the one before. The first address is both, unless said otherwise. */
  saveAddress(request: SaveAddressRequest, options?: RequestOptions): Promise<AddressesSaved>;
  deleteAddress(request: PartWrite & { version: number }, options?: RequestOptions): Promise<AddressesSaved>;
  /** The author is whoever is signed in. */
  addNote(request: PartWrite & { content: string }, options?: RequestOptions): Promise<NoteSaved>;
  updateNote(
    request: PartWrite & { version: number; content: string },
    options?: RequestOptions,
  ): Promise<NoteSaved>;
  /** In place, without a version. */
  pinNote(request: PartWrite & { pinned: boolean }, options?: RequestOptions): Promise<NoteSaved>;
  deleteNote(request: PartWrite & { version: number }, options?: RequestOptions): Promise<NoteSaved>;
  /** Undoes a deletion of the last 30 days: the same note with its author and time. */
  restoreNote(request: PartWrite, options?: RequestOptions): Promise<NoteSaved>;
  /**
   * Takes an operation back whose receipt says that its `undo` is possible: one's own, or as an admin anybody's.
   * What somebody has changed since stays as it is, and is named in the failures of the receipt, which is that of the
   * undo. One that can't be undone any more rejects with `conflict`; `reason` is `undone`, `expired`, `running`,
   * `nothing` or `final`.
   *
   * An import or a bulk action is undone in steps: the receipt is `running`, `getOperation` says how many steps there
   * are, `stepOperation` does each and `finishOperation` ends it.
   */
  undoOperation(request: UndoOperationRequest, options?: RequestOptions): Promise<Receipt>;
  /** For the timeline. A mail to a merged customer is told of the one that remains. */
  reportEmail(request: ReportEmailRequest, options?: RequestOptions): Promise<Receipt>;
}
