import type { CustomerDetail } from '../../model/detail.ts';
import { startOfMonth } from '../../model/days.ts';

export interface MonthlySum {
  /** `YYYY-MM` */
  month: string;
  /** Minor units. */
  total: number;
  orders: number;
}

/** What was spent in one currency, month by month up to this one; a year at least, months without orders too. */
export function monthlySums(
  spending: CustomerDetail['spending'],
  currency: string,
  today: string,
): MonthlySum[] {
  const sums = new Map(spending.filter((sum) => sum.currency === currency).map((sum) => [sum.month, sum]));
  const thisMonth = today.slice(0, 7);
  const aYearAgo = startOfMonth(today, -11).slice(0, 7);
  const months: MonthlySum[] = [];
  let month = [aYearAgo, ...sums.keys()].sort()[0] ?? aYearAgo;
  while (month <= thisMonth) {
    const { total = 0, orders = 0 } = sums.get(month) ?? {};
    months.push({ month, total, orders });
    month = startOfMonth(`${month}-01`, 1).slice(0, 7);
  }
  return months;
}

/** The currencies that something was spent in, the site's own first. */
export function currenciesOf(spending: CustomerDetail['spending'], own: string): string[] {
  const found = new Set(spending.map(({ currency }) => currency));
  return [...found].sort((a, b) => Number(b === own) - Number(a === own) || (a < b ? -1 : 1));
}
