import * as z from 'zod/mini';
import './schema.ts';

export const customerStatuses = ['active', 'inactive', 'guest'] as const;
export const customerStatusSchema = z.enum(customerStatuses);
export type CustomerStatus = z.infer<typeof customerStatusSchema>;

/** Widths in characters, as the database has them. A longer value is refused, never cut. */
export const customerWidths = { first_name: 100, last_name: 100, email: 255, phone: 50, tag: 255 } as const;
export const addressWidths = {
  company: 255,
  address_line_1: 255,
  address_line_2: 255,
  city: 100,
  state: 100,
  postal_code: 20,
} as const;

/**
 * A customer as a list shows it.
 *
 * `total_spent` and `average_order_value` are integers in minor units of the site's currency;
 * dates are ISO 8601 strings in UTC.
 */
export const customerSchema = z.object({
  id: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  phone: z.nullable(z.string()),
  avatar_url: z.nullable(z.string()),
  status: customerStatusSchema,
  is_guest: z.boolean(),
  email_verified: z.boolean(),
  accepts_marketing: z.boolean(),
  orders_count: z.int(),
  total_spent: z.int(),
  average_order_value: z.int(),
  last_order_date: z.nullable(z.string()),
  tags: z.array(z.string()),
  group_ids: z.array(z.string()),
  /** ISO 3166-1 alpha-2, of the default shipping address, else billing, else the newest. */
  country: z.nullable(z.string()),
  notes_count: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
  last_seen_at: z.nullable(z.string()),
  version: z.int(),
});
export type Customer = z.infer<typeof customerSchema>;

/** What a badge needs of a group; a list carries each once, beside its rows. */
export const groupBadgeSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** `#rrggbb` */
  color: z.string(),
});
export type GroupBadge = z.infer<typeof groupBadgeSchema>;

export const customerStatsSchema = z.object({
  total: z.int(),
  active: z.int(),
  guests: z.int(),
  withOrders: z.int(),
  /** Since the first of this month in the site's time zone. */
  newThisMonth: z.int(),
  /** Minor units of `currency`; orders that are neither cancelled nor refunded. */
  totalRevenue: z.int(),
  currency: z.string(),
  time_zone: z.string(),
  /** First day of this month in the site's time zone, `YYYY-MM-DD`: what `newThisMonth` counts from. */
  monthStart: z.string(),
  asOf: z.string(),
  /** Revenue in other currencies, each for itself; never added up. */
  otherRevenue: z.array(z.object({ currency: z.string(), total: z.int() })),
});
export type CustomerStats = z.infer<typeof customerStatsSchema>;

/** A number that says what it is: `exact: false` means "more than `value`". */
export const totalSchema = z.object({ value: z.int(), exact: z.boolean() });
export type Total = z.infer<typeof totalSchema>;
