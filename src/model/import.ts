import { customerWidths } from './customer.ts';
import { z } from './schema.ts';

const text = z.optional(z.string());

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
});
export type ImportRow = z.infer<typeof importRowSchema>;

/** `create` leaves existing customers alone (skipped), `update` only changes those, `both` does both. */
export type ImportPolicy = 'create' | 'update' | 'both';
