import type { CustomerFields } from '../model/customer-fields.ts';
import type { CustomerSaved } from '../model/detail.ts';
import type { DuplicateList, MergePreview } from '../model/duplicates.ts';
import type { Receipt } from '../model/receipt.ts';
import type { RequestOptions } from './adapter.ts';
import type { Write } from './customer-writes.ts';

export interface SuggestDuplicatesRequest {
  /** The customer's. */
  id: string;
  /** 1 to 20, by default 5. */
  limit?: number;
}

export interface DismissDuplicateRequest extends Write {
  id: string;
  otherId: string;
}

export interface PreviewMergeRequest {
  /** Of the customer that remains. */
  keepId: string;
  goneId: string;
}

export interface MergeCustomersRequest extends Write, PreviewMergeRequest {
  /** That were read. */
  keepVersion: number;
  goneVersion: number;
  /**
   * What the one that remains gets; it keeps its own of what isn't said. Tags and metadata that aren't said are those
   * of both, its own first.
   */
  fields: Partial<CustomerFields>;
}

/** Two customers who are one person become one. */
export interface CustomerMerging {
  /** Who might be the same person, with the reasons; without those who are known not to be. */
  suggestDuplicates(request: SuggestDuplicatesRequest, options?: RequestOptions): Promise<DuplicateList>;
  /** Remembers that two are not the same person. */
  dismissDuplicate(request: DismissDuplicateRequest, options?: RequestOptions): Promise<Receipt>;
  previewMerge(request: PreviewMergeRequest, options?: RequestOptions): Promise<MergePreview>;
  /**
   * For an admin. Orders, notes, addresses, groups and history move to the one that remains; the other is hidden, and
   * of two e-mails the one that isn't kept leads to the one that remains. Rejects with `conflict` where one was edited
   * meanwhile (`stale`; `current` says which), where each has a login of its own (`two_accounts`), and where orders are
   * being written just now (`busy`); with `not_found` where one was merged or deleted meanwhile.
   */
  mergeCustomers(request: MergeCustomersRequest, options?: RequestOptions): Promise<CustomerSaved>;
}
