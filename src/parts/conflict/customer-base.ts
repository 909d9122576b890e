import { editableFields } from '../../model/customer-fields.ts';
import type { CustomerRecord } from '../../model/detail.ts';
import type { MergeShape } from '../../model/merge.ts';
import type { Base } from './shared-save.ts';

/** What an edit of a customer is measured against. */
export const baseOf = (customer: CustomerRecord): Base => ({
  version: customer.version,
  fields: editableFields(customer),
});

/** Tags of both are put together; details of the shop's own are merged each by itself. */
export const customerShape: MergeShape = { sets: ['tags'], maps: ['metadata'] };
