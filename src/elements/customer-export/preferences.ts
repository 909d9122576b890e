import { exportFields, type ExportField } from '../../model/export.ts';

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a person chose last, kept in this browser. */
export interface ExportPreferences {
  fields?: ExportField[];
  format?: ExportFormat;
}

/** Nothing where storage is full, forbidden or holds something else: a preference must not break a page. */
export function readPreferences(storageKey: string): ExportPreferences {
  try {
    const stored = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, unknown>;
    const preferences: ExportPreferences = {};
    const fields = acceptFields(Array.isArray(stored.fields) ? stored.fields : []);
    if (fields.length) preferences.fields = fields;
    const format = exportFormats.find((name) => name === stored.format);
    if (format) preferences.format = format;
    return preferences;
  } catch {
    return {};
  }
}

export function writePreferences(storageKey: string, preferences: ExportPreferences): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    // Forgotten then, which is what a private window asks for.
  }
}

/** Those that there are, each once. */
export function acceptFields(names: readonly unknown[]): ExportField[] {
  return [...new Set(names)].filter((name): name is ExportField =>
    exportFields.some((field) => field === name),
  );
}
