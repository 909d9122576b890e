import type { AdapterCapabilities } from '../../adapter/adapter.ts';
import type { Access } from '../../model/access.ts';
import { daysBackOf } from '../../model/days.ts';
import type { CustomerFilterName, CustomerFilters } from '../../model/filters.ts';
import {
  countryName,
  formatAlternatives,
  formatDay,
  formatDays,
  formatMoney,
  formatNumber,
} from '../../parts/format.ts';
import { statusLabels } from './cells.ts';
import type { TableContext, TableTextKey } from './context.ts';

/** A change of filters; `undefined` takes one away. */
export type FilterChange = { [Name in CustomerFilterName]?: CustomerFilters[Name] | undefined };

/** What a person calls one filter: a pair of bounds is one, though an adapter knows two names. */
export interface FilterKind {
  name: string;
  label: TableTextKey;
  filters: readonly CustomerFilterName[];
}

export const filterKinds = {
  status: { name: 'status', label: 'filterStatus', filters: ['status'] },
  group: { name: 'group', label: 'filterGroup', filters: ['group'] },
  tags: { name: 'tags', label: 'filterTags', filters: ['tags'] },
  hasOrders: { name: 'hasOrders', label: 'filterHasOrders', filters: ['hasOrders'] },
  orders: { name: 'orders', label: 'filterOrders', filters: ['minOrders', 'maxOrders'] },
  spent: { name: 'spent', label: 'filterSpent', filters: ['minSpent', 'maxSpent'] },
  registered: { name: 'registered', label: 'filterRegistered', filters: ['dateFrom', 'dateTo'] },
  lastOrder: { name: 'lastOrder', label: 'filterLastOrder', filters: ['lastOrderFrom', 'lastOrderTo'] },
  marketing: { name: 'marketing', label: 'filterMarketing', filters: ['acceptsMarketing'] },
  country: { name: 'country', label: 'filterCountry', filters: ['country'] },
} as const satisfies Record<string, FilterKind>;
export type FilterKindName = keyof typeof filterKinds;

const kinds: readonly (FilterKind & { name: FilterKindName })[] = Object.values(filterKinds);

/** The filters that this backend knows and this shop has a use for. */
export function offeredKinds(
  capabilities: AdapterCapabilities,
  access: Access | undefined,
): readonly (FilterKind & { name: FilterKindName })[] {
  return kinds.filter(({ name, filters }) => {
    if (name === 'group' && !(capabilities.groups && access?.has_groups)) return false;
    if (name === 'tags' && !capabilities.tags) return false;
    return filters.every((filter) => capabilities.filters.includes(filter));
  });
}

export function setKinds(filters: CustomerFilters): readonly (FilterKind & { name: FilterKindName })[] {
  return kinds.filter((kind) => kind.filters.some((name) => filters[name] !== undefined));
}

/** The change that takes a filter away. */
export function removal(kind: FilterKind): FilterChange {
  return Object.fromEntries(kind.filters.map((name) => [name, undefined]));
}

/** The filters with a change in them; what became empty is left out. */
export function changed(filters: CustomerFilters, change: FilterChange): CustomerFilters {
  const entries = Object.entries({ ...filters, ...change }).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && !value.length),
  );
  return Object.fromEntries(entries) as CustomerFilters;
}

export interface DescribeContext extends TableContext {
  groupName: (id: string) => string;
}

/** What a filter is set to, in words: "active or guest", "€10 to €50", "1 – 31 May 2026". */
export function describe(name: FilterKindName, filters: CustomerFilters, context: DescribeContext): string {
  const { text, locale, currency } = context;
  switch (name) {
    case 'status':
      return several(
        (filters.status ?? []).map((status) => text(statusLabels[status])),
        context,
      );
    case 'group':
      return several((filters.group ?? []).map(context.groupName), context);
    case 'tags':
      return several(filters.tags ?? [], context);
    case 'country':
      return several(
        (filters.country ?? []).map((code) => countryName(locale, code)),
        context,
      );
    case 'hasOrders':
      return text(filters.hasOrders ? 'yes' : 'no');
    case 'marketing':
      return text(filters.acceptsMarketing ? 'marketingYes' : 'marketingNo');
    case 'orders':
      return range(filters.minOrders, filters.maxOrders, (value) => formatNumber(locale, value), context);
    case 'spent':
      return range(
        filters.minSpent,
        filters.maxSpent,
        (value) => formatMoney(locale, value, currency),
        context,
      );
    case 'registered':
      return days(filters.dateFrom, filters.dateTo, context);
    case 'lastOrder':
      return days(filters.lastOrderFrom, filters.lastOrderTo, context);
  }
}

function several(values: readonly string[], { text, locale }: TableContext): string {
  const [first = ''] = values;
  if (values.length > 3) return text('andMore', { first, count: values.length - 1 });
  return formatAlternatives(locale, values);
}

function range(
  minimum: number | undefined,
  maximum: number | undefined,
  write: (value: number) => string,
  { text }: TableContext,
): string {
  if (minimum === undefined) return maximum === undefined ? '' : text('atMost', { value: write(maximum) });
  if (maximum === undefined) return text('atLeast', { value: write(minimum) });
  if (minimum === maximum) return text('exactly', { value: write(minimum) });
  return text('between', { from: write(minimum), to: write(maximum) });
}

function days(from: string | undefined, to: string | undefined, { text, locale }: TableContext): string {
  const back = [daysBackOf(from), daysBackOf(to)] as const;
  const write = (day: string, count: number | undefined): string =>
    count === undefined ? formatDay(locale, day) : text('daysAgo', { count });
  if (from === undefined) {
    if (to === undefined) return '';
    if (back[1] !== undefined) return text('atLeastDaysAgo', { count: back[1] });
    return text('untilDay', { day: formatDay(locale, to) });
  }
  if (to === undefined) {
    if (back[0] !== undefined) return text('lastDays', { count: back[0] });
    return text('fromDay', { day: formatDay(locale, from) });
  }
  if (back[0] === undefined && back[1] === undefined) return formatDays(locale, from, to);
  return text('between', { from: write(from, back[0]), to: write(to, back[1]) });
}
