import type { CustomerFilters } from '../../model/filters.ts';
import type { StatName } from './stat-filters.ts';

export interface StatsSelectDetail {
  name: StatName;
  /** What the list would be narrowed to: `{}` for all. */
  filters: CustomerFilters;
}

/** The events of `<customer-stats>`; its `filters-changed` is that of `<customer-table>`. */
export interface CustomerStatsEventMap {
  'stats-select': CustomEvent<StatsSelectDetail>;
}

declare global {
  interface HTMLElementEventMap extends CustomerStatsEventMap {}
}
