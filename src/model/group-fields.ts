import type { Checked } from './customer-fields.ts';
import { groupNameWidth, type GroupFields } from './groups.ts';
import { optionalText, otherwise, problemsOf, within } from './problems.ts';
import * as z from 'zod/mini';
import './schema.ts';

/** What a person may edit of a group but for its rule, cleaned and checked. */
export const groupFieldsSchema = z.strictObject({
  name: z.pipe(
    z.pipe(
      z.string(),
      z.transform((name) => name.trim()),
    ),
    z.string().check(
      z.refine((name) => name !== '', otherwise('missing')),
      within(groupNameWidth),
    ),
  ),
  description: optionalText(within(2000)),
  /** `#rrggbb` */
  color: z.pipe(
    z.pipe(
      z.string(),
      z.transform((color) => color.trim().toLowerCase()),
    ),
    z.string().check(z.refine((color) => /^#[0-9a-f]{6}$/.test(color), otherwise('color'))),
  ),
  discount_percentage: z.nullable(
    z.number().check(
      z.refine((percentage) => percentage >= 0 && percentage <= 100, otherwise('percentage')),
      z.refine(
        // 0.07 × 100 is 7.000000000000001.
        (percentage) => Math.abs(percentage * 100 - Math.round(percentage * 100)) < 1e-9,
        otherwise('decimals'),
      ),
    ),
  ),
});

const editSchema = z.partial(groupFieldsSchema);

/** Fields as they would be saved, or what is wrong with them; a new group needs a name. The rule is left as it is. */
export function checkGroup(
  { rule, ...asked }: Partial<GroupFields>,
  { isNew }: { isNew: boolean },
): Checked<GroupFields> {
  const parsed = editSchema.safeParse(asked);
  const problems = parsed.success ? {} : problemsOf(parsed.error);
  if (isNew && asked.name === undefined) problems.name ??= { code: 'missing' };
  const fields = parsed.success ? (parsed.data as Partial<GroupFields>) : asked;
  return { fields: rule === undefined ? fields : { ...fields, rule }, problems };
}
