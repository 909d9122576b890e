import { isAdapterError } from '../../adapter/errors.ts';
import { normaliseFilters } from '../../adapter/normalise-filters.ts';
import { isDay } from '../../model/days.ts';
import type { CustomerFilters } from '../../model/filters.ts';

/** Filters from outside, each checked by itself: one that is not valid is left out with a warning, never thrown. */
export function acceptFilters(input: unknown): CustomerFilters {
  const accepted: CustomerFilters = {};
  for (const [name, value] of Object.entries(input ?? {})) {
    if (value === undefined || value === null) continue;
    try {
      if (isDayFilter(name) && !isDay(String(value))) throw new RangeError('there is no such day');
      Object.assign(accepted, normaliseFilters({ [name]: value }));
    } catch (error) {
      const reason = isAdapterError(error) ? error.fields[name] : String(error);
      console.warn(`customer-elements: the filter "${name}" is left out: ${reason ?? ''}`);
    }
  }
  return accepted;
}

const isDayFilter = (name: string): boolean => /^(date|lastOrder)(From|To)$/.test(name);
