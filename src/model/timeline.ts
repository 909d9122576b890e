import { customerSchema } from './customer.ts';
import { orderSchema, originSchema } from './detail.ts';
import * as z from 'zod/mini';
import './schema.ts';

/** What a timeline can be narrowed to: changes are of the customer itself and of its addresses, merges too. */
export const timelineKinds = ['changes', 'notes', 'groups', 'orders', 'emails'] as const;
export type TimelineKind = (typeof timelineKinds)[number];

/** The longest subject of a reported mail, in characters. */
export const emailSubjectWidth = 255;

/** What is left to say of somebody who was merged into another. */
const personSchema = z.pick(customerSchema, { id: true, first_name: true, last_name: true, email: true });
export type TimelinePerson = z.infer<typeof personSchema>;

const entry = {
  id: z.string(),
  at: z.string(),
  /** Who did it and by what; null for what the host wrote itself. */
  origin: z.nullable(originSchema),
  /** Whom it happened to, where that was somebody who is merged into the customer by now. */
  of: z.optional(z.nullable(personSchema)),
};
const fields = z.record(z.string(), z.unknown());
/** Only the fields that changed. What came has an empty `before`, what went an empty `after`. */
const change = { ...entry, before: fields, after: fields };
/** Of an address or a note, called `about` where neither `before` nor `after` says what it is. */
const partChange = { ...change, subjectId: z.string(), about: z.optional(z.nullable(z.string())) };

const knownEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('created'), ...entry }),
  z.object({
    kind: z.literal('customer'),
    ...change,
    /** Of a change of `merged_from`. */
    merged: z.optional(z.nullable(personSchema)),
  }),
  z.object({ kind: z.literal('address'), ...partChange }),
  z.object({ kind: z.literal('group'), ...partChange }),
  z.object({
    kind: z.literal('note'),
    ...partChange,
    /** Of a note that no operation wrote. */
    author: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('order'), ...entry, order: orderSchema }),
  z.object({ kind: z.literal('email'), ...partChange }),
  z.object({
    kind: z.literal('other'),
    ...entry,
    /** The word that the backend has for it. */
    name: z.string(),
  }),
]);

const knownKinds = new Set<string>(
  knownEntrySchema.def.options.flatMap((option) => option.def.shape.kind.def.values),
);

/** What a newer backend tells of, and this version has no word for, is shown as something that happened. */
function nameUnknown(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return value;
  const { kind } = value;
  return typeof kind === 'string' && !knownKinds.has(kind) ? { ...value, kind: 'other', name: kind } : value;
}

/** One thing that happened to a customer. */
export const timelineEntrySchema = z.pipe(z.transform(nameUnknown), knownEntrySchema);
export type TimelineEntry = z.infer<typeof knownEntrySchema>;

/** Newest first. */
export const timelineSchema = z.object({
  rows: z.array(timelineEntrySchema),
  next: z.nullable(z.string()),
});
export type Timeline = z.infer<typeof timelineSchema>;
