export type DateOrder = 'day_first' | 'month_first';

const written =
  /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?)(?: ?([ap])\.?m\.?)?)?$/i;

/** What the cells of one column say about the order of day and month: only those count that can be one thing. */
export class DateEvidence {
  #dates = 0;
  #dayFirst = 0;
  #monthFirst = 0;
  #others = 0;

  add(cell: string): void {
    const [, first, , second] = written.exec(cell) ?? [];
    if (!first || !second) {
      this.#others++;
      return;
    }
    this.#dates++;
    if (Number(first) > 12 && Number(second) <= 12) this.#dayFirst++;
    if (Number(second) > 12 && Number(first) <= 12) this.#monthFirst++;
  }

  /** Whether these are dates whose order must be known; cells of years first need none. */
  get isDate(): boolean {
    return this.#dates > 0 && this.#dates >= this.#others;
  }

  /** Undefined where no cell tells, or some say this and some that: somebody must be asked. */
  get order(): DateOrder | undefined {
    if (this.#dayFirst > 0 && this.#monthFirst === 0) return 'day_first';
    if (this.#monthFirst > 0 && this.#dayFirst === 0) return 'month_first';
    return undefined;
  }
}

/** ISO 8601, with the time if there is one; undefined for what is no date in this order. */
export function readDate(cell: string, order: DateOrder): string | undefined {
  const [, first, , second, year, time, half] = written.exec(cell) ?? [];
  if (!first || !second || !year) return undefined;
  const [day, month] =
    order === 'day_first' ? [Number(first), Number(second)] : [Number(second), Number(first)];
  const fullYear = year.length === 2 ? Number(year) + (Number(year) < 70 ? 2000 : 1900) : Number(year);
  const date = new Date(Date.UTC(fullYear, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const iso = date.toISOString().slice(0, 10);
  return time ? `${iso} ${readTime(time, half)}` : iso;
}

function readTime(time: string, half: string | undefined): string {
  const [hour = '0', ...rest] = time.split(':');
  const shifted = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  return [String(shifted).padStart(2, '0'), ...rest].join(':');
}
