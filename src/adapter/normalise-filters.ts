import { customerFiltersSchema, type CustomerFilterName, type CustomerFilters } from '../model/filters.ts';
import { groupRuleSchema, type GroupRule } from '../model/groups.ts';
import * as z from 'zod/mini';
import '../model/schema.ts';
import { AdapterError } from './errors.ts';

/** Every filter there is, by its public name. */
export const customerFilterNames = Object.keys(customerFiltersSchema.shape) as CustomerFilterName[];
/** Those that a group's rule may be made of. */
export const ruleFilterNames = Object.keys(groupRuleSchema.shape) as (keyof GroupRule)[];

const strictFiltersSchema = z.strictObject(customerFiltersSchema.shape);
const strictRuleSchema = z.strictObject(groupRuleSchema.shape);

/**
 * Filters as an adapter sends them: lists where one value was given, without those that narrow nothing down (an
 * empty list, a blank search). Throws `invalid` with a message for each filter that is unknown or of the wrong type.
 */
export function normaliseFilters(filters: unknown): CustomerFilters {
  const parsed = strictFiltersSchema.safeParse(filters);
  if (parsed.success) return narrowing(parsed.data);
  throw wrongFilters(parsed.error.issues, '', customerFilterNames);
}

/** The same for the rule of a group, which has to narrow something down; its fields are called `rule.minOrders`. */
export function normaliseRule(rule: unknown): GroupRule {
  const parsed = strictRuleSchema.safeParse(rule);
  if (!parsed.success) throw wrongFilters(parsed.error.issues, 'rule.', ruleFilterNames);
  const filters = narrowing(parsed.data);
  if (Object.keys(filters).length) return filters;
  const message = 'needs a filter: without one it means everybody';
  throw new AdapterError('invalid', `rule ${message}`, { fields: { rule: message } });
}

function narrowing<Filters extends object>(filters: Filters): Filters {
  const kept = Object.entries(filters as Record<string, unknown>).filter(
    ([, value]) =>
      value !== undefined && (Array.isArray(value) || typeof value === 'string' ? value.length : true),
  );
  return Object.fromEntries(kept) as Filters;
}

function wrongFilters(
  issues: readonly z.core.$ZodIssue[],
  prefix: string,
  known: readonly string[],
): AdapterError {
  const fields: Record<string, string> = {};
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) fields[prefix + key] = 'There is no such filter.';
    else
      fields[issue.path.length ? prefix + String(issue.path[0]) : prefix.replace('.', '') || 'filters'] ??=
        issue.message;
  }
  const names = Object.keys(fields).join(', ');
  return new AdapterError('invalid', `These filters are not valid: ${names}.`, {
    fields,
    hint: `The filters are ${known.join(', ')}.`,
  });
}
