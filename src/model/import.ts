import { customerWidths } from './customer.ts';
import { z } from './schema.ts';

const text = z.optional(z.string());

/**
 * A further address of a record: numbered columns, a shipping address, a row below that carries nothing else. Only
 * whole ones (line 1, city, country) get here; the customer's name and phone stand where it has none of its own.
 */
export const importAddressSchema = z.object({
  first_name: text,
  last_name: text,
  /** E.164 */
  phone: text,
  company: text,
  address_line_1: z.string(),
  address_line_2: text,
  city: z.string(),
  state: text,
  postal_code: text,
  /** ISO 3166-1 alpha-2 */
  country: z.string(),
  /** Only where the file says so; absent, the address of the record's own fields is the default. */
  is_default_billing: z.optional(z.boolean()),
  is_default_shipping: z.optional(z.boolean()),
});
export type ImportAddress = z.infer<typeof importAddressSchema>;

/** One record of a file after reading and checking: what the database is asked to bring in. */
export const importRowSchema = z.object({
  /** The record number in the file, its header being 1. */
  row: z.int(),
  email: z.string().check(z.maxLength(customerWidths.email)),
  first_name: text,
  last_name: text,
  /** E.164 */
  phone: text,
  company: text,
  address_line_1: text,
  address_line_2: text,
  city: text,
  state: text,
  postal_code: text,
  /** ISO 3166-1 alpha-2 */
  country: text,
  tags: z.optional(z.array(z.string())),
  /** Absent where the file says nothing: an update then leaves consent alone. */
  accepts_marketing: z.optional(z.boolean()),
  status: z.optional(z.enum(['active', 'inactive'])),
  metadata: z.optional(z.record(z.string(), z.string())),
  /** Addresses beside the one that the fields above make, in the order of the file. */
  addresses: z.optional(z.array(importAddressSchema)),
});
export type ImportRow = z.infer<typeof importRowSchema>;

/** `create` leaves existing customers alone (skipped), `update` only changes those, `both` does both. */
export type ImportPolicy = 'create' | 'update' | 'both';
