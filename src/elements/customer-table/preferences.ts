import { columnNames, type ColumnName } from './columns.ts';

export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

/** What a person chose for good, kept in this browser. */
export interface Preferences {
  columns?: ColumnName[];
  density?: Density;
}

/** Nothing where storage is full, forbidden or holds something else: a preference must not break a page. */
export function readPreferences(storageKey: string): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, unknown>;
    const preferences: Preferences = {};
    if (Array.isArray(stored.columns)) {
      preferences.columns = columnNames.filter((name) => (stored.columns as unknown[]).includes(name));
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
