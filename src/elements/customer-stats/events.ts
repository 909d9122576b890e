import type { CustomerFilters } from '../../model/filters.ts';
import type { StatName } from './stat-filters.ts';

export interface StatsSelectDetail {
  name: StatName;
  /** What the list would be narrowed to: `{}` for all. */
  filters: CustomerFilters;
}

declare global {
  interface HTMLElementEventMap {
    /** Of `<customer-stats>`; its `filters-changed` is that of `<customer-table>`. */
    'stats-select': CustomEvent<StatsSelectDetail>;
  }
}
