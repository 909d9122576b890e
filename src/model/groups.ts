import { customerSchema, groupBadgeSchema } from './customer.ts';
import { addDays, daysBackOf } from './days.ts';
import { customerFiltersSchema, type CustomerFilters } from './filters.ts';
import { receiptSchema } from './receipt.ts';
import * as z from 'zod/mini';
import './schema.ts';

/** Widths in characters, as the database has them. */
export const groupNameWidth = 100;
/** So many groups of a site may have a rule: each costs a little wherever a customer's groups are shown. */
export const maximumRuleGroups = 50;
/** So many customers are put into a group or taken out in one call. */
export const maximumMembersChanged = 1000;

const ruleDay = z
  .string()
  .check(
    z.regex(
      /^(\d{4}-\d{2}-\d{2}|-\d{1,4}d)$/,
      'a day is written YYYY-MM-DD, or as days before today, like -30d',
    ),
  );

/**
 * What fills a group by itself: the list's filters but for `search` and `group`. Its days may also be counted back
 * from today in the site's time zone: `lastOrderFrom: '-30d'` is whoever ordered in the last 30 days,
 * `lastOrderTo: '-90d'` whose last order is at least 90 days ago. It is read anew whenever somebody looks.
 */
export const groupRuleSchema = z.partial(
  z.extend(z.omit(customerFiltersSchema, { search: true, group: true, operation: true }), {
    dateFrom: ruleDay,
    dateTo: ruleDay,
    lastOrderFrom: ruleDay,
    lastOrderTo: ruleDay,
  }),
);
export type GroupRule = z.infer<typeof groupRuleSchema>;

/** The filters that a rule means on a day. */
export function filtersOfRule(rule: GroupRule, today: string): CustomerFilters {
  const filters: CustomerFilters = { ...rule };
  for (const name of ['dateFrom', 'dateTo', 'lastOrderFrom', 'lastOrderTo'] as const) {
    const days = daysBackOf(rule[name]);
    if (days !== undefined) filters[name] = addDays(today, -days);
  }
  return filters;
}

export const customerGroupSchema = z.extend(groupBadgeSchema, {
  description: z.nullable(z.string()),
  /** Per cent, 0 to 100 with two decimals. */
  discount_percentage: z.nullable(z.number()),
  /** Null for a group with a rule: it is counted when asked, see `countRuleGroups`. */
  member_count: z.nullable(z.int()),
  /** What fills it, beside who is put in by hand; null where that is all. */
  rule: z.nullable(groupRuleSchema),
  created_at: z.string(),
  updated_at: z.string(),
  version: z.int(),
});
export type CustomerGroup = z.infer<typeof customerGroupSchema>;

/** What a person may edit of a group. */
export type GroupFields = Pick<
  CustomerGroup,
  'name' | 'description' | 'color' | 'discount_percentage' | 'rule'
>;

export const groupDetailSchema = z.extend(customerGroupSchema, {
  /** Members put in by hand: all of them, in a group without a rule. */
  put_in: z.int(),
  /** Customers kept out by hand, whatever the rule says. */
  kept_out: z.int(),
});
export type GroupDetail = z.infer<typeof groupDetailSchema>;

export const groupSavedSchema = z.object({ group: groupDetailSchema, receipt: receiptSchema });
export type GroupSaved = z.infer<typeof groupSavedSchema>;

/** `members` were put in by hand and are in it no more; they stay customers. */
export const groupDeletedSchema = z.object({ members: z.int(), receipt: receiptSchema });
export type GroupDeleted = z.infer<typeof groupDeletedSchema>;

/** Who was put in, taken out, or left to the rule. */
export const memberChangesSchema = z.object({
  add: z.array(z.string()),
  remove: z.array(z.string()),
  release: z.array(z.string()),
});
export type MemberChanges = z.infer<typeof memberChangesSchema>;

/**
 * The receipt counts ids and e-mails; a failed e-mail is told by its `row`, the first being 1. `undo` is what the same
 * call has to be asked to take this one back: only what really changed.
 */
export const groupMembersChangedSchema = z.extend(groupSavedSchema, { undo: memberChangesSchema });
export type GroupMembersChanged = z.infer<typeof groupMembersChangedSchema>;

/** Who somebody is, in one line. */
export const personSchema = z.pick(customerSchema, {
  id: true,
  first_name: true,
  last_name: true,
  email: true,
  avatar_url: true,
});
export type Person = z.infer<typeof personSchema>;

export const groupPinsSchema = z.object({
  /** `since`: when that was said. */
  rows: z.array(z.extend(personSchema, { since: z.string() })),
  next: z.nullable(z.string()),
});
export type GroupPins = z.infer<typeof groupPinsSchema>;

const moved = z.object({
  /** Exact. */
  count: z.int(),
  /** The newest of them, as many as were asked for. */
  rows: z.array(personSchema),
});

/** What a rule would do to a group that is saved with it. */
export const rulePreviewSchema = z.object({
  enters: moved,
  leaves: moved,
  /** How many are in it now and after. */
  stays: z.int(),
  asOf: z.string(),
});
export type RulePreview = z.infer<typeof rulePreviewSchema>;

export const ruleGroupsOfSchema = z.object({
  /** Ids of groups with a rule, by the id of each customer that is in any. */
  of: z.record(z.string(), z.array(z.string())),
  /** Each of these groups, once. */
  groups: z.array(groupBadgeSchema),
  /** How many groups of the site have a rule: where there is none, nobody has to ask again. */
  total: z.int(),
});
export type RuleGroupsOf = z.infer<typeof ruleGroupsOfSchema>;

export const ruleGroupCountsSchema = z.object({
  rows: z.array(z.object({ id: z.string(), count: z.int() })),
  asOf: z.string(),
});
export type RuleGroupCounts = z.infer<typeof ruleGroupCountsSchema>;
