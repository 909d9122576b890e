import * as z from 'zod/mini';
import './schema.ts';
import { receiptSchema } from './receipt.ts';
import type { CustomerFilters } from './filters.ts';

/** What is done to many customers at once. `delete` and `restore` are an admin's. */
export const bulkActions = [
  'assign_group',
  'remove_group',
  'set_active',
  'set_inactive',
  'add_tags',
  'remove_tags',
  'delete',
  'restore',
] as const;
export type BulkAction = (typeof bulkActions)[number];

/**
 * Which customers: these, or all that match the filters but for some. Who they are is settled when the operation
 * starts; whoever matches later isn't touched, and who no longer does still is.
 */
export type CustomerChoice = { ids: string[] } | { filters: CustomerFilters; except?: string[] };

/** An operation as a history shows it: its receipt, without the failures, and what it was asked to do. */
export const operationSummarySchema = z.extend(receiptSchema, {
  /** Of an import its `fileName`, `fileFingerprint`, `policy`, …; of a bulk action its `group` or `tags`. */
  options: z._default(z.record(z.string(), z.unknown()), {}),
  /** Whether who asks has started it; told by a list alone. */
  mine: z.optional(z.boolean()),
  /** The undo that took it back, or is about to; told by a list alone. */
  undoneBy: z.optional(z.nullable(z.string())),
});
export type OperationSummary = z.infer<typeof operationSummarySchema>;

/** An operation with what it takes to go on where it stopped. */
export const operationSchema = z.extend(operationSummarySchema, {
  steps: z._default(
    z.object({
      /** Steps are numbered from 0. Null where the client alone knows how many there are, as of an import. */
      total: z.nullable(z.int()),
      /** The first and last number of each run of steps that are done, in order. */
      done: z.array(z.tuple([z.int(), z.int()])),
    }),
    { total: null, done: [] },
  ),
});
export type Operation = z.infer<typeof operationSchema>;

/** Newest first. */
export const operationListSchema = z.object({
  rows: z.array(operationSummarySchema),
  next: z.nullable(z.string()),
});
export type OperationList = z.infer<typeof operationListSchema>;
