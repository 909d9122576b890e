import type { OpenFile } from '../../../import/open-file.ts';
import type { RecordQuery, RecordView } from '../../../import/session.ts';

/** Records that are asked for together. */
const pageSize = 100;
/** Pages that are kept: what lies further off is asked for again. */
const mostPages = 40;

export interface RecordPagesOptions {
  file: () => OpenFile | undefined;
  /** These have come. */
  came: (records: readonly RecordView[]) => void;
  changed: () => void;
}

/**
 * The records of one view, asked for as they come into sight. One request is on its way at a time, and the next is for
 * what is in sight by then: a hundred pages that flew by are never asked for.
 */
export class RecordPages {
  readonly #options: RecordPagesOptions;
  #query: Omit<RecordQuery, 'offset' | 'limit'> = {};
  #pages = new Map<number, RecordView[]>();
  /** Pages from before the last check: shown until newer ones come. */
  #stale = new Set<number>();
  #first = 0;
  #last = 0;
  #isAsking = false;
  /** Answers to questions of an earlier one are late. */
  #round = 0;
  /** How many records there are; undefined until the first answer. */
  total: number | undefined;
  error: unknown;

  constructor(options: RecordPagesOptions) {
    this.#options = options;
  }

  /** Another view, from its beginning. */
  show(query: Omit<RecordQuery, 'offset' | 'limit'>): void {
    this.#query = query;
    this.#pages.clear();
    this.#stale.clear();
    this.total = undefined;
    this.#first = this.#last = 0;
    this.refresh();
  }

  /** The same view after a check: what is in sight stays until its successor is here. */
  refresh(): void {
    this.#round++;
    this.#isAsking = false;
    this.error = undefined;
    for (const page of [...this.#pages.keys()]) {
      if (this.#isInSight(page)) this.#stale.add(page);
      else this.#pages.delete(page);
    }
    void this.#ask();
  }

  /** What is in sight now, by index. */
  see(first: number, last: number): void {
    this.#first = Math.max(0, first);
    this.#last = Math.max(0, last);
    void this.#ask();
  }

  /** The record at an index, where it is here already. */
  at(index: number): RecordView | undefined {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  async #ask(): Promise<void> {
    const file = this.#options.file();
    const page = this.#wanted();
    if (this.#isAsking || !file || page === undefined) return;
    this.#isAsking = true;
    const round = this.#round;
    try {
      const query = { ...this.#query, offset: page * pageSize, limit: pageSize };
      const { total, records } = await file.ask('page', query);
      if (round !== this.#round) return;
      this.total = total;
      this.#pages.set(page, records);
      this.#options.came(records);
      this.#stale.delete(page);
      this.#forget();
    } catch (error) {
      if (round !== this.#round) return;
      // A newer check is on its way, and asks for everything again when it ends.
      if (!(error instanceof DOMException && error.name === 'AbortError')) this.error = error;
      this.#isAsking = false;
      return this.#options.changed();
    }
    this.#isAsking = false;
    this.#options.changed();
    void this.#ask();
  }

  #wanted(): number | undefined {
    if (this.error !== undefined) return undefined;
    const end = this.total === undefined ? 1 : this.total;
    const last = Math.min(this.#last, end - 1);
    for (let page = Math.floor(this.#first / pageSize); page * pageSize <= last; page++)
      if (!this.#pages.has(page) || this.#stale.has(page)) return page;
    // Also where nothing is left: the total must be that of the last check.
    return this.#stale.size || this.total === undefined ? 0 : undefined;
  }

  #isInSight(page: number): boolean {
    return (page + 1) * pageSize > this.#first && page * pageSize <= this.#last;
  }

  #forget(): void {
    for (const page of this.#stale) if (page * pageSize >= (this.total ?? 0)) this.#drop(page);
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= mostPages) return;
      if (!this.#isInSight(page)) this.#drop(page);
    }
  }

  #drop(page: number): void {
    this.#pages.delete(page);
    this.#stale.delete(page);
  }
}
