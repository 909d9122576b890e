import { addDays, startOfMonth } from '../../model/days.ts';
import type { TableTextKey } from './context.ts';

export interface DatePreset {
  label: TableTextKey;
  from: string;
  to: string;
}

/** Spans of whole days around today, a `YYYY-MM-DD` in the site's time zone. */
export function datePresets(today: string): DatePreset[] {
  const year = Number(today.slice(0, 4));
  const month = startOfMonth(today);
  return [
    { label: 'today', from: today, to: today },
    { label: 'yesterday', from: addDays(today, -1), to: addDays(today, -1) },
    { label: 'last7Days', from: addDays(today, -6), to: today },
    { label: 'last30Days', from: addDays(today, -29), to: today },
    { label: 'thisMonth', from: month, to: addDays(startOfMonth(today, 1), -1) },
    { label: 'lastMonth', from: startOfMonth(today, -1), to: addDays(month, -1) },
    { label: 'thisYear', from: `${year}-01-01`, to: `${year}-12-31` },
    { label: 'lastYear', from: `${year - 1}-01-01`, to: `${year - 1}-12-31` },
  ];
}
