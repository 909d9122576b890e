import type { CustomerFilters } from '../../model/filters.ts';

/** Either these customers, by id; or everybody that some filters mean when an action starts, with exceptions. */
export type CustomerSelection =
  | { readonly ids: readonly string[] }
  | { readonly matching: CustomerFilters; readonly except: readonly string[] };

export const nothingSelected: CustomerSelection = { ids: [] };

export function isSelected(selection: CustomerSelection, id: string): boolean {
  return 'ids' in selection ? selection.ids.includes(id) : !selection.except.includes(id);
}

export function isEmpty(selection: CustomerSelection): boolean {
  return 'ids' in selection && selection.ids.length === 0;
}

/** The selection with these customers in it, or without them. */
export function select(
  selection: CustomerSelection,
  ids: readonly string[],
  selected: boolean,
): CustomerSelection {
  if ('ids' in selection) return { ids: selected ? union(selection.ids, ids) : minus(selection.ids, ids) };
  const except = selected ? minus(selection.except, ids) : union(selection.except, ids);
  return { matching: selection.matching, except };
}

/** How many are selected; `undefined` where only a later count can tell. */
export function selectionSize(
  selection: CustomerSelection,
  matching: number | undefined,
): number | undefined {
  if ('ids' in selection) return selection.ids.length;
  return matching === undefined ? undefined : Math.max(0, matching - selection.except.length);
}

/** What a checkbox over these customers shows. */
export function coverage(selection: CustomerSelection, ids: readonly string[]): 'none' | 'some' | 'all' {
  const selected = ids.filter((id) => isSelected(selection, id)).length;
  if (selected === 0) return 'none';
  return selected === ids.length ? 'all' : 'some';
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
const minus = (a: readonly string[], b: readonly string[]): string[] => a.filter((id) => !b.includes(id));
