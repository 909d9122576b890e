import { customerWidths } from './customer.ts';
import * as z from 'zod/mini';
import './schema.ts';

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
  /**
   * Only where the file says so; absent, the address of the record's own fields is the default, or the first. False: it
   * is none, even if it is the first.
   */
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
  /**
   * What a person decided for a record whose customer was deleted, merged or erased; absent, it is skipped.
   * `restore` brings a deleted customer back, for an admin; `anew` makes a new one.
   */
  again: z.optional(z.enum(['restore', 'anew'])),
});
export type ImportRow = z.infer<typeof importRowSchema>;

/** `create` leaves existing customers alone (skipped), `update` only changes those, `both` does both. */
export type ImportPolicy = 'create' | 'update' | 'both';

/** Fields of an existing customer that an import may write, each by a rule of its own. */
export const importFields = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'status',
  'accepts_marketing',
  'tags',
  'metadata',
  'addresses',
] as const;
export type ImportField = (typeof importFields)[number];

/**
 * What becomes of a field that has a value already: `overwrite` (where the file says something), `fill` only what is
 * blank, `keep` it whatever the file says. Addresses are only ever added: `fill` adds one where there is none.
 */
export type ImportFieldRule = 'overwrite' | 'fill' | 'keep';

export interface ImportOptions {
  fileName?: string;
  /** Knows the same file again, to go on with an import after the page was closed. */
  fileFingerprint?: string;
  policy?: ImportPolicy;
  /**
   * By what a record finds its customer; the e-mail unless said otherwise. `external_id` compares the value of the
   * metadata that `externalIdKey` names. A record without a phone or external id is matched by its e-mail.
   */
  match?: 'email' | 'phone' | 'external_id';
  externalIdKey?: string;
  /** `overwrite` unless said otherwise. */
  fields?: Partial<Record<ImportField, ImportFieldRule>>;
  /** Whether a record's tags join those of an existing customer, or take their place. */
  tags?: 'add' | 'replace';
  /** The id of a group that everybody in the file joins. */
  group?: string;
}

const outcomes = ['created', 'changed', 'unchanged', 'skipped', 'failed'] as const;

/** What an import would do with a record. */
export const dryRunRowSchema = z.object({
  row: z.int(),
  outcome: z.enum(outcomes),
  /** The same for two records that mean the same customer, in whichever steps they are; see `countDryRun`. */
  key: z.string(),
  /** The customer's id, where there is one already. */
  id: z.nullable(z.string()),
  /**
   * Why it would be skipped or fail: `duplicate`, `exists`, `unknown`, `deleted_before`, `merged_before`,
   * `erased_before`, `conflicting` (it means two customers at once), or what is wrong with `field`.
   */
  code: z.optional(z.string()),
  field: z.optional(z.string()),
  message: z.optional(z.string()),
  /** Of a changed one, every field from what to what; an address or a group that is added comes from null. */
  changes: z.optional(z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() }))),
});
export type DryRunRow = z.infer<typeof dryRunRowSchema>;

export const dryRunSchema = z.object({ rows: z.array(dryRunRowSchema) });
export type DryRun = z.infer<typeof dryRunSchema>;

export type DryRunCounts = Record<(typeof outcomes)[number], number>;

/**
 * Adds up the steps of a dry run. The backend sees one step at a time, so a record whose customer an earlier step has
 * dealt with already becomes a duplicate here, as it would in the import; the rows come back as they then are.
 */
export class DryRunTally {
  readonly counts: DryRunCounts = { created: 0, changed: 0, unchanged: 0, skipped: 0, failed: 0 };
  readonly #seen = new Map<string, DryRunRow['outcome']>();

  add({ rows }: DryRun): DryRunRow[] {
    return rows.map((row) => {
      const judged = this.#judge(row);
      this.counts[judged.outcome]++;
      if (['created', 'changed', 'unchanged'].includes(judged.outcome))
        this.#seen.set(row.key, judged.outcome);
      return judged;
    });
  }

  #judge(row: DryRunRow): DryRunRow {
    const before = this.#seen.get(row.key);
    const writes = row.outcome === 'created' || row.outcome === 'changed';
    const repeats = before === 'unchanged' ? writes : before !== undefined && row.outcome !== 'failed';
    if (!repeats || row.outcome === 'skipped') return row;
    const { row: number, key, id } = row;
    const message = 'An earlier record of this import means the same customer.';
    return { row: number, key, id, outcome: 'skipped', code: 'duplicate', field: 'email', message };
  }
}
