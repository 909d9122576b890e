import { acceptFilters } from './accept-filters.ts';
import { customerFilterNames } from '../../adapter/normalise-filters.ts';
import {
  customerSorts,
  pageSizes,
  type CustomerFilters,
  type CustomerSort,
  type CustomerSortKey,
} from '../../model/filters.ts';

/** What of a list an address carries: each part absent where it is not written. */
export interface UrlState {
  filters?: CustomerFilters;
  sort?: CustomerSort;
  page?: number;
  pageSize?: number;
}

const listFilters = new Set(['status', 'group', 'tags', 'country']);
const booleanFilters = new Set(['hasOrders', 'acceptsMarketing']);
const numberFilters = new Set(['minOrders', 'maxOrders', 'minSpent', 'maxSpent']);
const ownNames = ['sort', 'page', 'size', ...customerFilterNames];

/**
 * Reads a list's state out of an address: `?search=ada&status=active&status=guest&sort=-total_spent&page=3&size=50`,
 * each name behind `prefix`. A value that means nothing is left out with a warning.
 */
export function readUrl(url: URL, prefix: string): UrlState {
  const state: UrlState = {};
  const filters: Record<string, unknown> = {};
  for (const name of customerFilterNames) {
    const values = url.searchParams.getAll(prefix + name);
    if (values.length) filters[name] = filterValue(name, values);
  }
  const accepted = acceptFilters(filters);
  if (Object.keys(accepted).length) state.filters = accepted;

  const sort = url.searchParams.get(`${prefix}sort`);
  const by = customerSorts.find((key) => key === sort?.replace(/^-/, ''));
  if (by) state.sort = { by, direction: sort?.startsWith('-') ? 'desc' : 'asc' };
  else if (sort !== null) warn(`${prefix}sort`, sort);

  const page = url.searchParams.get(`${prefix}page`);
  if (page !== null && /^([1-9]\d{0,8}|-1)$/.test(page)) state.page = Number(page);
  else if (page !== null) warn(`${prefix}page`, page);

  const size = url.searchParams.get(`${prefix}size`);
  const pageSize = pageSizes.find((offered) => String(offered) === size);
  if (pageSize) state.pageSize = pageSize;
  else if (size !== null) warn(`${prefix}size`, size);
  return state;
}

/** The same address with this state in it; what equals `usual` is left out, and what isn't ours left alone. */
export function writeUrl(
  url: URL,
  prefix: string,
  state: Required<UrlState>,
  usual: Required<UrlState>,
): URL {
  const next = new URL(url);
  for (const name of ownNames) next.searchParams.delete(prefix + name);
  for (const name of customerFilterNames) {
    const value = state.filters[name];
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) {
      next.searchParams.append(prefix + name, String(item));
    }
  }
  const { sort, page, pageSize } = state;
  if (sortText(sort) !== sortText(usual.sort)) next.searchParams.set(`${prefix}sort`, sortText(sort));
  if (page > 1 || page === -1) next.searchParams.set(`${prefix}page`, String(page));
  if (pageSize !== usual.pageSize) next.searchParams.set(`${prefix}size`, String(pageSize));
  return next;
}

function sortText({ by, direction }: { by: CustomerSortKey; direction: string }): string {
  return direction === 'desc' ? `-${by}` : by;
}

function filterValue(name: string, values: string[]): unknown {
  const [first = ''] = values;
  if (listFilters.has(name)) return values;
  if (booleanFilters.has(name)) return first === 'true' ? true : first === 'false' ? false : first;
  if (numberFilters.has(name)) return /^-?\d+$/.test(first) ? Number(first) : first;
  return first;
}

function warn(name: string, value: string): void {
  console.warn(`customer-elements: "${value}" is no value for "${name}" in the address; it is left out.`);
}
