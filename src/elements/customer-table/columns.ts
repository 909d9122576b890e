import type { AdapterCapabilities } from '../../adapter/adapter.ts';
import type { Access } from '../../model/access.ts';
import type { CustomerSortKey, SortDirection } from '../../model/filters.ts';
import type { TableTextKey } from './context.ts';
import type { Density } from './preferences.ts';

export const columnNames = [
  'name',
  'email',
  'phone',
  'orders_count',
  'total_spent',
  'average_order_value',
  'last_order_date',
  'groups',
  'tags',
  'country',
  'status',
  'created_at',
] as const;
export type ColumnName = (typeof columnNames)[number];

export const defaultColumns: readonly ColumnName[] = [
  'name',
  'phone',
  'orders_count',
  'total_spent',
  'groups',
  'status',
  'created_at',
];

export interface Column {
  label: TableTextKey;
  /** CSS pixels, until a person chooses; the name takes what is left, and this at least. */
  width: number;
  /** CSS pixels: what a person can make of it at least. */
  minimum: number;
  end?: boolean;
  sort?: CustomerSortKey;
}

export const columns: Readonly<Record<ColumnName, Column>> = {
  name: { label: 'columnCustomer', width: 200, minimum: 140, sort: 'name' },
  email: { label: 'columnEmail', width: 220, minimum: 120, sort: 'email' },
  phone: { label: 'columnPhone', width: 132, minimum: 80 },
  orders_count: { label: 'columnOrders', width: 120, minimum: 80, end: true, sort: 'orders_count' },
  total_spent: { label: 'columnSpent', width: 120, minimum: 88, end: true, sort: 'total_spent' },
  average_order_value: { label: 'columnAverage', width: 124, minimum: 88, end: true },
  last_order_date: { label: 'columnLastOrder', width: 132, minimum: 88, sort: 'last_order_date' },
  groups: { label: 'columnGroups', width: 224, minimum: 96 },
  tags: { label: 'columnTags', width: 180, minimum: 88 },
  country: { label: 'columnCountry', width: 132, minimum: 80 },
  status: { label: 'columnStatus', width: 88, minimum: 80, sort: 'status' },
  created_at: { label: 'columnRegistered', width: 108, minimum: 88, sort: 'created_at' },
};

export const selectionWidth = 44;
export const actionsWidth = 48;

/** Each known column once, the name first. */
export function acceptColumns(names: readonly unknown[]): ColumnName[] {
  const known = names.filter((name): name is ColumnName => columnNames.includes(name as ColumnName));
  return [...new Set<ColumnName>(['name', ...known])];
}

/** The columns on the screen: those chosen that the shop has, the name always, the e-mail where rows are compact. */
export function shownColumns(
  chosen: readonly ColumnName[],
  density: Density,
  access: Access | undefined,
): ColumnName[] {
  const withoutGroups = access?.has_groups === false;
  const names = acceptColumns(chosen)
    .filter((name) => !(name === 'groups' && withoutGroups))
    .slice(1);
  const email = density === 'compact' && !names.includes('email');
  return ['name', ...(email ? (['email'] as const) : []), ...names];
}

/** The sort of a column, where the backend offers it. */
export function offeredSort(
  name: ColumnName,
  capabilities: AdapterCapabilities | undefined,
): CustomerSortKey | undefined {
  const { sort } = columns[name];
  return sort && (capabilities?.sorts.includes(sort) ?? true) ? sort : undefined;
}

/** What a person wants first: words from A, numbers from the highest, dates from the newest. */
export function firstDirection(sort: CustomerSortKey): SortDirection {
  return sort === 'name' || sort === 'email' || sort === 'status' ? 'asc' : 'desc';
}

export const sortLabels: Readonly<Record<CustomerSortKey, TableTextKey>> = {
  name: 'sortName',
  email: 'columnEmail',
  orders_count: 'columnOrders',
  total_spent: 'columnSpent',
  status: 'columnStatus',
  created_at: 'columnRegistered',
  last_order_date: 'columnLastOrder',
};

export function directionLabel(sort: CustomerSortKey, direction: SortDirection): TableTextKey {
  const ascending = direction === 'asc';
  if (sort === 'created_at' || sort === 'last_order_date') return ascending ? 'oldestFirst' : 'newestFirst';
  if (sort === 'orders_count' || sort === 'total_spent') return ascending ? 'lowestFirst' : 'highestFirst';
  return ascending ? 'ascending' : 'descending';
}
