import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import type { CustomerFilters } from '../../../model/filters.ts';
import type { TableContext } from '../context.ts';
import type { FilterChange } from '../filter-kinds.ts';

/** What an editor of one filter works with; each change takes effect at once. */
export interface EditorContext extends TableContext {
  filters: () => CustomerFilters;
  change: (change: FilterChange) => void;
  adapter: CustomerAdapter;
  retryLabel: string;
  /** Days may be counted back from whenever somebody looks, as in `-30d`. */
  countsBack: boolean;
  /** Draws the editor again after its own state changed. */
  redraw: () => void;
}

export interface FilterEditor {
  render: () => unknown;
  /** Takes over what is still being typed, and ends what is under way. */
  close?: () => void;
}
