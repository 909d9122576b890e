import { customerFiltersSchema, type CustomerFilterName, type CustomerFilters } from '../model/filters.ts';
import { z } from '../model/schema.ts';
import { AdapterError } from './errors.ts';

/** Every filter there is, by its public name. */
export const customerFilterNames = Object.keys(customerFiltersSchema.shape) as CustomerFilterName[];

const strictFiltersSchema = z.strictObject(customerFiltersSchema.shape);

/**
 * Filters as an adapter sends them: lists where one value was given, without those that narrow nothing down (an
 * empty list, a blank search). Throws `invalid` with a message for each filter that is unknown or of the wrong type.
 */
export function normaliseFilters(filters: unknown): CustomerFilters {
  const parsed = strictFiltersSchema.safeParse(filters);
  if (parsed.success) {
    const narrowing = Object.entries(parsed.data).filter(
      ([, value]) =>
        value !== undefined && (Array.isArray(value) || typeof value === 'string' ? value.length : true),
    );
    return Object.fromEntries(narrowing) as CustomerFilters;
  }
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) fields[key] = 'There is no such filter.';
    else fields[String(issue.path[0] ?? 'filters')] ??= issue.message;
  }
  const names = Object.keys(fields).join(', ');
  throw new AdapterError('invalid', `These filters are not valid: ${names}.`, {
    fields,
    hint: `The filters are ${customerFilterNames.join(', ')}.`,
  });
}
