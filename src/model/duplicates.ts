import { customerRecordSchema } from './detail.ts';
import * as z from 'zod/mini';
import './schema.ts';

/** Why two customers might be one person: the phone's digits, name and postcode, an e-mail but for dots or a +tag. */
export const duplicateReasons = ['phone', 'name_postcode', 'email'] as const;
export type DuplicateReason = (typeof duplicateReasons)[number];

export const duplicateSchema = z.object({
  customer: customerRecordSchema,
  reasons: z.array(z.enum(duplicateReasons)),
});
export type Duplicate = z.infer<typeof duplicateSchema>;

/** The likeliest first. */
export const duplicateListSchema = z.object({ rows: z.array(duplicateSchema) });
export type DuplicateList = z.infer<typeof duplicateListSchema>;

/** `two_accounts`: both sign in, each with a login of its own. */
export const mergeBlockers = ['two_accounts'] as const;
export type MergeBlocker = (typeof mergeBlockers)[number];

/** What merging two customers would do. */
export const mergePreviewSchema = z.object({
  /** The one that remains. */
  keep: customerRecordSchema,
  /** The one that is hidden and leads to the other. */
  gone: customerRecordSchema,
  /** Names of the fields that a person may edit and that differ. */
  differing: z.array(z.string()),
  /** How many move; an address and a group that the other has already don't. */
  moving: z.object({ orders: z.int(), notes: z.int(), addresses: z.int(), groups: z.int() }),
  /** Why they cannot be merged. */
  blockers: z.array(z.enum(mergeBlockers)),
});
export type MergePreview = z.infer<typeof mergePreviewSchema>;
