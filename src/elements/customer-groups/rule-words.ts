import type { CustomerFilters } from '../../model/filters.ts';
import type { GroupRule } from '../../model/groups.ts';
import { formatList, isolated } from '../../parts/format.ts';
import { describe, filterKinds, setKinds } from '../customer-table/filter-kinds.ts';
import type { TableContext } from '../customer-table/context.ts';

/** A rule has every filter of the list but search and group. */
export const filtersIn = (rule: GroupRule): CustomerFilters => rule as CustomerFilters;

/** A rule in one sentence: "Status: active and Last order: in the last 30 days". */
export function ruleInWords(context: TableContext, rule: GroupRule): string {
  const filters = filtersIn(rule);
  const said = setKinds(filters).map(({ name }) => {
    const value = describe(name, filters, { ...context, groupName: (id) => id });
    return isolated(context.text('filterChip', { filter: context.text(filterKinds[name].label), value }));
  });
  return formatList(context.locale, said);
}
