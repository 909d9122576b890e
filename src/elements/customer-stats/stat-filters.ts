import type { CustomerStats } from '../../model/customer.ts';
import { customerFiltersSchema, type CustomerFilterName, type CustomerFilters } from '../../model/filters.ts';

export const statNames = [
  'total',
  'active',
  'guests',
  'withOrders',
  'newThisMonth',
  'totalRevenue',
] as const satisfies readonly (keyof CustomerStats)[];
export type StatName = (typeof statNames)[number];

/** The filters whose matches are the customers behind a number: as many as it says, or who paid it. */
export function filtersBehind(name: StatName, stats: Pick<CustomerStats, 'monthStart'>): CustomerFilters {
  switch (name) {
    case 'total':
      return {};
    case 'active':
      return { status: ['active'] };
    case 'guests':
      return { status: ['guest'] };
    case 'withOrders':
      return { hasOrders: true };
    case 'newThisMonth':
      return { dateFrom: stats.monthStart };
    case 'totalRevenue':
      return { minSpent: 1 };
  }
}

export function filterNamesBehind(name: StatName): CustomerFilterName[] {
  return Object.keys(filtersBehind(name, { monthStart: '' })) as CustomerFilterName[];
}

/** Whether two filters mean the same list, whatever their order and however one value was written. */
export function sameFilters(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(filters: unknown): string {
  const parsed = customerFiltersSchema.safeParse(filters);
  const entries = Object.entries(parsed.success ? parsed.data : {})
    .filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && !value.length))
    .map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value] as const);
  return JSON.stringify(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
