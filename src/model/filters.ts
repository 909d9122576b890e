import { customerStatusSchema } from './customer.ts';
import * as z from 'zod/mini';
import './schema.ts';

const oneOrMany = <T extends z.core.$ZodType<string>>(item: T) =>
  z.pipe(
    z.union([item, z.array(item)]),
    z.transform((value) => (Array.isArray(value) ? value : [value]) as z.core.output<T>[]),
  );
const day = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written YYYY-MM-DD'));
const count = z.int().check(z.nonnegative());

/**
 * What a list is narrowed to. Filters among each other mean "and"; several values of one filter mean "any of
 * them". Money is in minor units of the site's currency. Days are whole days in the site's time zone, the last
 * one included.
 */
export const customerFiltersSchema = z.partial(
  z.object({
    /** Over first, last and full name, e-mail and phone; every word must be found. */
    search: z.string().check(z.maxLength(1000)),
    status: oneOrMany(customerStatusSchema),
    /** Group ids. */
    group: oneOrMany(z.string()),
    tags: oneOrMany(z.string()),
    hasOrders: z.boolean(),
    minOrders: count,
    maxOrders: count,
    minSpent: z.int(),
    maxSpent: z.int(),
    dateFrom: day,
    dateTo: day,
    lastOrderFrom: day,
    lastOrderTo: day,
    acceptsMarketing: z.boolean(),
    /** ISO 3166-1 alpha-2 codes. */
    country: oneOrMany(z.string()),
    /** The id of an operation: the customers that it made or changed. Not offered by the filter bar. */
    operation: z.string(),
  }),
);
export type CustomerFilters = z.infer<typeof customerFiltersSchema>;
/** What an embedder may write: one value where a list is meant. */
export type CustomerFiltersInput = z.input<typeof customerFiltersSchema>;
export type CustomerFilterName = keyof CustomerFilters;

export const customerSorts = [
  'name',
  'email',
  'orders_count',
  'total_spent',
  'status',
  'created_at',
  'last_order_date',
] as const;
export const customerSortSchema = z.enum(customerSorts);
export type CustomerSortKey = z.infer<typeof customerSortSchema>;
export type SortDirection = 'asc' | 'desc';
export type CustomerSort = { by: CustomerSortKey; direction: SortDirection };

export const pageSizes = [10, 20, 30, 50, 100] as const;
