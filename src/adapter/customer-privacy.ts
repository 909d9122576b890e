import type { DeletedCustomerList, ErasePreview, PersonPart } from '../model/privacy.ts';
import type { Receipt } from '../model/receipt.ts';
import type { RequestOptions } from './adapter.ts';
import type { Write } from './customer-writes.ts';

export interface EraseCustomerRequest extends Write {
  id: string;
  /** That was read, by `previewErase` at last. */
  version: number;
}

export interface ListDeletedRequest {
  /** As in the list of customers; absent means all. */
  search?: string;
  /** Rows a page, 1 to 100. */
  limit: number;
  cursor?: string;
}

/** What the law gives a person, and what becomes of deleted customers. All of it is an admin's. */
export interface CustomerPrivacy {
  /** Also of a deleted customer. One that was merged into another rejects with `not_found` and names that one. */
  previewErase(request: { id: string }, options?: RequestOptions): Promise<ErasePreview>;
  /**
   * Makes the customer and whoever was merged into it nobody, with addresses, notes, history and receipts; orders stay.
   * There is no undo. Erasing twice changes nothing. What remains is a keyed hash of the e-mails: an import skips them
   * as `erased_before`, and making or editing a customer into one rejects with `conflict`, its `reason` being `erased`,
   * unless asked for `anew`.
   */
  eraseCustomer(request: EraseCustomerRequest, options?: RequestOptions): Promise<Receipt>;
  /** Everything held about a person, part by part until `next` is null. */
  exportPerson(request: { id: string; cursor?: string }, options?: RequestOptions): Promise<PersonPart>;
  /** Who was deleted and neither merged nor erased. */
  listDeletedCustomers(request: ListDeletedRequest, options?: RequestOptions): Promise<DeletedCustomerList>;
  /**
   * Removes for good who was deleted more than 30 days ago, and what was in notes and addresses deleted as long ago.
   * To be sent with step 0, 1, 2, … until the receipt is finished; the same step sent again counts once.
   */
  purgeCustomers(request: Write & { step: number }, options?: RequestOptions): Promise<Receipt>;
}
