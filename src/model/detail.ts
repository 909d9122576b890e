import { customerSchema, groupBadgeSchema } from './customer.ts';
import { receiptSchema } from './receipt.ts';
import * as z from 'zod/mini';
import './schema.ts';

/** A customer with all that can be edited of it; what every save answers. */
export const customerRecordSchema = z.extend(customerSchema, {
  /** Whatever the shop keeps about the person, by name. */
  metadata: z.record(z.string(), z.unknown()),
  /** Can sign in to the shop. */
  has_account: z.boolean(),
});
export type CustomerRecord = z.infer<typeof customerRecordSchema>;

export const customerAddressSchema = z.object({
  id: z.string(),
  label: z.string(),
  is_default_billing: z.boolean(),
  is_default_shipping: z.boolean(),
  first_name: z.string(),
  last_name: z.string(),
  company: z.nullable(z.string()),
  address_line_1: z.string(),
  address_line_2: z.nullable(z.string()),
  city: z.string(),
  state: z.string(),
  postal_code: z.string(),
  /** ISO 3166-1 alpha-2 */
  country: z.string(),
  phone: z.nullable(z.string()),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type CustomerAddress = z.infer<typeof customerAddressSchema>;

export const customerNoteSchema = z.object({
  id: z.string(),
  content: z.string(),
  user_id: z.string(),
  /** The author's name when the note was written. */
  user_name: z.string(),
  pinned: z.boolean(),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type CustomerNote = z.infer<typeof customerNoteSchema>;

/** An order of the host's. */
export const orderSchema = z.object({
  id: z.string(),
  order_number: z.string(),
  /** The host's word; pending, confirmed, processing, shipped, delivered, cancelled or refunded by default. */
  status: z.string(),
  /** Minor units of `currency`. */
  total: z.number(),
  currency: z.string(),
  created_at: z.string(),
});
export type Order = z.infer<typeof orderSchema>;

/** A group as a customer's detail shows it. */
export const groupOfCustomerSchema = z.extend(groupBadgeSchema, {
  /** It is filled by a rule; taking the customer out keeps it out whatever the rule says. */
  has_rule: z.boolean(),
  /** The customer was put in by hand; always so where there is no rule. */
  put_in: z.boolean(),
});
export type GroupOfCustomer = z.infer<typeof groupOfCustomerSchema>;

const next = z.nullable(z.string());

/** Newest first. */
export const orderListSchema = z.object({ rows: z.array(orderSchema), next });
export type OrderList = z.infer<typeof orderListSchema>;

/** Pinned ones first, then newest first. */
export const noteListSchema = z.object({ rows: z.array(customerNoteSchema), next });
export type NoteList = z.infer<typeof noteListSchema>;

/** The operation by which something came to be, and who ran it. */
export const originSchema = z.object({
  operation: z.string(),
  kind: z.string(),
  by: z.string(),
  /** Of an import. */
  fileName: z.nullable(z.string()),
});
export type Origin = z.infer<typeof originSchema>;

/** Minor units of `currency`, over orders that are neither cancelled nor refunded. */
const spentSchema = z.object({ currency: z.string(), total: z.number(), orders: z.int() });

/** Everything that is shown first of one customer. */
export const customerDetailSchema = z.object({
  customer: customerRecordSchema,
  /** The default for billing first, then that for shipping, then the newest. */
  addresses: z.array(customerAddressSchema),
  groups: z.array(groupOfCustomerSchema),
  /** The first 20; `listOrders` goes on at `next`. */
  orders: orderListSchema,
  /** The first 20; `listNotes` goes on at `next`. */
  notes: noteListSchema,
  /** Months (`YYYY-MM`, in the site's time zone) of the last three years in which something was spent. */
  spending: z.array(z.extend(spentSchema, { month: z.string() })),
  /** What was ever spent in other currencies than the site's: never added up. */
  otherCurrencies: z.array(spentSchema),
  /** What made the customer; null where the host wrote it itself. */
  origin: z.nullable(originSchema),
  /** Since when `accepts_marketing` is what it is, and how that came; null where it was never given. */
  consent: z.nullable(z.object({ since: z.string(), origin: z.nullable(originSchema) })),
});
export type CustomerDetail = z.infer<typeof customerDetailSchema>;

/** Who changed a field from what to what; ISO date. A host's own SQL leaves none. */
export const fieldChangeSchema = z.object({
  field: z.string(),
  before: z.optional(z.unknown()),
  after: z.optional(z.unknown()),
  at: z.string(),
  by: z.string(),
  /** Of the operation: `update`, `import`, … */
  kind: z.string(),
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;

/** The customer after a save, and the account of it. */
export const customerSavedSchema = z.object({ customer: customerRecordSchema, receipt: receiptSchema });
export type CustomerSaved = z.infer<typeof customerSavedSchema>;

/** The whole address book after a change: one default takes over from another. */
export const addressesSavedSchema = z.extend(customerSavedSchema, {
  addresses: z.array(customerAddressSchema),
});
export type AddressesSaved = z.infer<typeof addressesSavedSchema>;

/** `note` is null once it is deleted. */
export const noteSavedSchema = z.extend(customerSavedSchema, { note: z.nullable(customerNoteSchema) });
export type NoteSaved = z.infer<typeof noteSavedSchema>;

/** The receipt counts groups: one that is gone by now failed. */
export const groupsSavedSchema = z.extend(customerSavedSchema, {
  groups: z.array(groupOfCustomerSchema),
});
export type GroupsSaved = z.infer<typeof groupsSavedSchema>;
