import type { ColumnWidths } from './column-widths.ts';
import { maximumWidth } from './column-widths.ts';
import { acceptColumns, columnNames, columns, type ColumnName } from './columns.ts';

export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

/** What a person chose for good, kept in this browser. */
export interface Preferences {
  /** Those shown, in their order. */
  columns?: ColumnName[];
  widths?: ColumnWidths;
  density?: Density;
}

/** Nothing where storage is full, forbidden or holds something else: a preference must not break a page. */
export function readPreferences(storageKey: string): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, unknown>;
    const preferences: Preferences = { widths: acceptWidths(stored.widths) };
    const isKnown = (name: unknown) => columnNames.includes(name as ColumnName);
    if (Array.isArray(stored.columns) && stored.columns.some(isKnown)) {
      preferences.columns = acceptColumns(stored.columns);
    }
    const density = densities.find((name) => name === stored.density);
    if (density) preferences.density = density;
    return preferences;
  } catch {
    return {};
  }
}

export function writePreferences(storageKey: string, preferences: Preferences): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    // Forgotten then, which is what a private window asks for.
  }
}

function acceptWidths(stored: unknown): ColumnWidths {
  if (typeof stored !== 'object' || stored === null) return {};
  const isWidth = ([name, width]: [string, unknown]) =>
    isColumn(name) &&
    Number.isInteger(width) &&
    isWithin(width as number, columns[name].minimum, maximumWidth);
  return Object.fromEntries(Object.entries(stored).filter(isWidth)) as ColumnWidths;
}

const isColumn = (name: string): name is ColumnName => columnNames.some((known) => known === name);

const isWithin = (value: number, from: number, to: number): boolean => value >= from && value <= to;
