const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day, `YYYY-MM-DD`, of an instant in a time zone. */
export function dayOf(instant: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    // The Swedish locale writes ISO dates.
    format = new Intl.DateTimeFormat('sv', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format.format(instant);
}

/** A day some days later, or earlier. Days are `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return isoDay(startOf(day) + days * 86_400_000);
}

/** How many days `day` is after `from`. */
export function daysBetween(from: string, day: string): number {
  return Math.round((startOf(day) - startOf(from)) / 86_400_000);
}

/** The first day of a day's month, some months later or earlier. */
export function startOfMonth(day: string, months = 0): string {
  const [year = 1970, month = 1] = day.split('-').map(Number);
  return isoDay(Date.UTC(year, month - 1 + months, 1));
}

/** Whether a text is a day that exists: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text)) && isoDay(startOf(text)) === text;
}

/** Midnight UTC of a day, in milliseconds: for formatting days with `timeZone: 'UTC'`. */
export function startOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

const countedBack = /^-(\d{1,4})d$/;

/** How many days before today `-30d` is; `undefined` of anything else. */
export function daysBackOf(day: string | undefined): number | undefined {
  const days = countedBack.exec(day ?? '')?.[1];
  return days === undefined ? undefined : Number(days);
}
