import * as z from 'zod/mini';
import './schema.ts';

/** Why one row of an operation was skipped or failed. `row` is a record number, the header being 1. */
export const receiptFailureSchema = z.object({
  row: z.optional(z.int()),
  id: z.optional(z.string()),
  field: z.optional(z.string()),
  code: z.string(),
  message: z.string(),
  /** `skipped` rows were left out knowingly, `failed` ones are invalid or were refused. */
  outcome: z.enum(['skipped', 'failed']),
});
export type ReceiptFailure = z.infer<typeof receiptFailureSchema>;

/** Failures by pages. */
export const failureListSchema = z.object({
  rows: z.array(receiptFailureSchema),
  next: z.nullable(z.string()),
});
export type FailureList = z.infer<typeof failureListSchema>;

/** The true account of an operation: asked = created + changed + unchanged + skipped + failed once it is finished. */
export const receiptSchema = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.enum(['running', 'finished', 'cancelled']),
  asked: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  failed: z.int(),
  /** The first 1,000; `listOperationFailures` has all. Of an undo they name fields, while the numbers count customers. */
  failures: z.array(receiptFailureSchema),
  startedAt: z.string(),
  finishedAt: z.nullable(z.string()),
  /** The display name of the person who started it. */
  by: z.string(),
  undo: z.object({
    possible: z.boolean(),
    until: z.nullable(z.string()),
    reason: z.optional(z.string()),
  }),
});
export type Receipt = z.infer<typeof receiptSchema>;
