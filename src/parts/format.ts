import { dayOf, daysBetween, startOf } from '../model/days.ts';
import { currencyDigits, toMajorUnits } from '../model/money.ts';

const formatters = new Map<string, unknown>();

/** Making an Intl formatter costs a hundred times its use, so each is made once. */
function cached<T>(key: string, make: () => T): T {
  const found = (formatters.get(key) as T | undefined) ?? make();
  formatters.set(key, found);
  return found;
}

export function formatNumber(locale: string, value: number): string {
  return cached(`number ${locale}`, () => new Intl.NumberFormat(locale)).format(value);
}

/** Minor units as money: 123456 of EUR is "€1,234.56", of JPY "¥123,456". */
export function formatMoney(locale: string, minor: number, currency: string): string {
  const format = cached(`money ${locale} ${currency}`, () => moneyFormat(locale, currency));
  return format.format(toMajorUnits(minor, currency));
}

/** An amount without its currency sign or grouping, as a field shows it for editing. */
export function formatAmount(locale: string, minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  const format = cached(
    `amount ${locale} ${digits}`,
    () => new Intl.NumberFormat(locale, { maximumFractionDigits: digits, useGrouping: false }),
  );
  return format.format(toMajorUnits(minor, currency));
}

/** "12.5%" of 12.5. */
export function formatPercentage(locale: string, percentage: number): string {
  const format = cached(
    `percentage ${locale}`,
    () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }),
  );
  return format.format(percentage / 100);
}

/** A percentage without its sign, as a field shows it for editing. */
export function formatPlainPercentage(locale: string, percentage: number): string {
  const options = { maximumFractionDigits: 2, useGrouping: false };
  return cached(`plain ${locale}`, () => new Intl.NumberFormat(locale, options)).format(percentage);
}

function moneyFormat(locale: string, currency: string): Intl.NumberFormat {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency });
  } catch {
    // Not an ISO 4217 code: better a bare number than no table.
    return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  }
}

/** "3 hours ago", "yesterday" within a week, else "3 May 2026" as the locale writes it; in the site's time zone. */
export function formatDate(locale: string, iso: string, timeZone: string, now = new Date()): string {
  const date = new Date(iso);
  const days = daysBetween(dayOf(now, timeZone), dayOf(date, timeZone));
  if (days > 0 || days <= -7) {
    return cached(`date ${locale} ${timeZone}`, () =>
      dateTimeFormat(locale, { dateStyle: 'medium', timeZone }),
    ).format(date);
  }
  const relative = relativeFormat(locale);
  if (days < 0) return relative.format(days, 'day');
  const minutes = Math.min(0, Math.ceil((date.getTime() - now.getTime()) / 60_000));
  if (minutes > -1) return relative.format(0, 'second');
  return minutes > -60
    ? relative.format(minutes, 'minute')
    : relative.format(Math.ceil(minutes / 60), 'hour');
}

const relativeFormat = (locale: string): Intl.RelativeTimeFormat =>
  cached(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

/** The day of a heading: "today", "3 days ago" within a week, else the date; in the site's time zone. */
export function formatDayOf(locale: string, iso: string, timeZone: string, now = new Date()): string {
  const day = dayOf(new Date(iso), timeZone);
  const days = daysBetween(dayOf(now, timeZone), day);
  return days > 0 || days <= -7 ? formatDay(locale, day) : relativeFormat(locale).format(days, 'day');
}

/** "3 hours ago" of today, else the time of the day: beside a heading that says which. */
export function formatTime(locale: string, iso: string, timeZone: string, now = new Date()): string {
  const date = new Date(iso);
  if (dayOf(date, timeZone) === dayOf(now, timeZone)) return formatDate(locale, iso, timeZone, now);
  return formatClock(locale, iso, timeZone);
}

/** The time of the day: "14:05". */
export function formatClock(locale: string, iso: string, timeZone: string): string {
  return cached(`time ${locale} ${timeZone}`, () =>
    dateTimeFormat(locale, { timeStyle: 'short', timeZone }),
  ).format(new Date(iso));
}

/** The whole moment, for a tooltip: day, time and zone. */
export function formatInstant(locale: string, iso: string, timeZone: string): string {
  const format = cached(`instant ${locale} ${timeZone}`, () =>
    dateTimeFormat(locale, {
      weekday: 'short',
      year: 'numeric',
      month: 'short',
      day: 'numeric',
      hour: 'numeric',
      minute: '2-digit',
      timeZoneName: 'short',
      timeZone,
    }),
  );
  return format.format(new Date(iso));
}

/** A calendar day, `YYYY-MM-DD`, that belongs to no zone. */
export function formatDay(locale: string, day: string): string {
  return dayFormat(locale).format(startOf(day));
}

/** Two days as one text, what they share written once: "1 – 31 May 2026". */
export function formatDays(locale: string, from: string, to: string): string {
  return dayFormat(locale).formatRange(startOf(from), startOf(to));
}

const dayFormat = (locale: string): Intl.DateTimeFormat =>
  cached(`day ${locale}`, () => dateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }));

/** A zone that the browser doesn't know must not break a page: UTC then. */
function dateTimeFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  }
}

/** "Germany" for DE, in the reader's language; the code itself where it names no country. */
export function countryName(locale: string, code: string): string {
  const names = cached(
    `countries ${locale}`,
    () => new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }),
  );
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}

/** "active, guest or inactive", joined as the language joins alternatives. */
export function formatAlternatives(locale: string, items: readonly string[]): string {
  return cached(`list ${locale}`, () => new Intl.ListFormat(locale, { type: 'disjunction' })).format(items);
}

/** A name of either direction inside a sentence: U+2068 and U+2069 are `<bdi>` for plain text. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

/** "Phone, tags and status", joined as the language joins things. */
export function formatList(locale: string, items: readonly string[]): string {
  return cached(`and ${locale}`, () => new Intl.ListFormat(locale, { type: 'conjunction' })).format(items);
}
