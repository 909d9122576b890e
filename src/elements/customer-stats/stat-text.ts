import type { MessagesOf, Messages } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';
import type { CustomerStats } from '../../model/customer.ts';
import { formatMoney, formatNumber } from '../../parts/format.ts';
import type { StatName } from './stat-filters.ts';

export interface StatText {
  value: string;
  /** What the number is measured by: as of when, since when, how much of all. */
  note: string;
  /** The longer explanation, for a tooltip. */
  meaning: string;
}

type Translate = (key: keyof MessagesOf<Messages['stats']> & string, values?: TextValues) => string;

export function statText(name: StatName, stats: CustomerStats, locale: string, text: Translate): StatText {
  switch (name) {
    case 'total':
      return {
        value: formatNumber(locale, stats.total),
        note: text('asOf', { time: formatDate(locale, stats.asOf, { timeStyle: 'short' }) }),
        meaning: formatDate(locale, stats.asOf, { dateStyle: 'long', timeStyle: 'medium' }),
      };
    case 'newThisMonth':
      return {
        value: formatNumber(locale, stats.newThisMonth),
        note: text('since', {
          // A day without a time: read as UTC and written as UTC it stays the same day.
          day: formatDate(locale, stats.monthStart, { day: 'numeric', month: 'long', timeZone: 'UTC' }),
        }),
        meaning: stats.time_zone,
      };
    case 'totalRevenue':
      return revenueText(stats, locale, text);
    default:
      return {
        value: formatNumber(locale, stats[name]),
        note: stats.total > 0 ? text('share', { share: formatShare(locale, stats[name] / stats.total) }) : '',
        meaning: '',
      };
  }
}

function revenueText(stats: CustomerStats, locale: string, text: Translate): StatText {
  const { totalRevenue, currency, otherRevenue } = stats;
  const others = otherRevenue.map((other) => formatMoney(locale, other.total, other.currency));
  const amounts = new Intl.ListFormat(locale, { type: 'conjunction' }).format(others);
  return {
    value: formatMoney(locale, totalRevenue, currency),
    note: others.length > 0 ? text('otherRevenue', { amounts }) : currency,
    meaning: [...others, text('revenueMeans')].join('\n'),
  };
}

function formatShare(locale: string, share: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent' }).format(share);
}

function formatDate(locale: string, instant: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, options).format(new Date(instant));
}
