import {
  customerAddressSchema,
  customerNoteSchema,
  customerRecordSchema,
  orderSchema,
  originSchema,
} from './detail.ts';
import * as z from 'zod/mini';
import './schema.ts';

/** What erasing a person would remove, and what would stay. */
export const erasePreviewSchema = z.object({
  /** Of the customer: what `eraseCustomer` takes. */
  version: z.int(),
  /** Since when there is nothing left to erase; null where there is. */
  erasedAt: z.nullable(z.string()),
  removed: z.object({
    addresses: z.int(),
    notes: z.int(),
    /** Entries of the history, with what they were before and after. */
    changes: z.int(),
    /** That the person is in. */
    groups: z.int(),
    /** Whatever else hangs on the customer: mails that the host reported, for one. */
    other: z.int(),
    /** Customers who were merged into this one. */
    merged: z.int(),
    /** Receipts and file names that name the person; they stay without the name. */
    receipts: z.int(),
  }),
  kept: z.object({ orders: z.int() }),
  has_account: z.boolean(),
});
export type ErasePreview = z.infer<typeof erasePreviewSchema>;

/** One entry of the history: who changed what, from what to what. */
export const personChangeSchema = z.object({
  at: z.string(),
  by: z.string(),
  kind: z.string(),
  /** `customer`, or the address, note or group that it was about. */
  subject: z.string(),
  subject_id: z.nullable(z.string()),
  before: z.record(z.string(), z.unknown()),
  after: z.record(z.string(), z.unknown()),
});
export type PersonChange = z.infer<typeof personChangeSchema>;

export const personSchema = z.object({
  customer: customerRecordSchema,
  /** The login in the shop. */
  user_id: z.nullable(z.string()),
  deleted_at: z.nullable(z.string()),
  addresses: z.array(customerAddressSchema),
  groups: z.array(z.object({ name: z.string(), since: z.nullable(z.string()) })),
  origin: z.nullable(originSchema),
  consent: z.nullable(z.object({ since: z.string(), origin: z.nullable(originSchema) })),
  /** Records that became part of this one. */
  merged: z.array(customerRecordSchema),
  /** Whatever else the backend keeps about the person, rows by the name of their table. */
  other: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
});
export type Person = z.infer<typeof personSchema>;

/** A part of everything held about a person; the oldest first. */
export const personPartSchema = z.object({
  /** In the first part alone. */
  person: z.nullable(personSchema),
  orders: z.array(orderSchema),
  notes: z.array(customerNoteSchema),
  history: z.array(personChangeSchema),
  next: z.nullable(z.string()),
});
export type PersonPart = z.infer<typeof personPartSchema>;

export const deletedCustomerSchema = z.object({
  customer: customerRecordSchema,
  deleted_at: z.string(),
  /** The display name of whoever did it, where that is known. */
  deleted_by: z.nullable(z.string()),
  /** After that a purge may remove it. */
  restorable_until: z.string(),
});
export type DeletedCustomer = z.infer<typeof deletedCustomerSchema>;

export const deletedCustomerListSchema = z.object({
  /** The last deleted first. */
  rows: z.array(deletedCustomerSchema),
  next: z.nullable(z.string()),
  /** How many a purge would remove for good now. */
  purgeable: z.int(),
});
export type DeletedCustomerList = z.infer<typeof deletedCustomerListSchema>;
