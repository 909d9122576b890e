import { debounce } from './debounce.ts';

export interface OptionRequest {
  search?: string;
  cursor?: string;
}

export interface OptionPage<Option> {
  options: Option[];
  next: string | null;
}

/** Many things to choose from: searched while one types, a page at a time; the newest request wins. */
export class OptionPages<Option> {
  search = '';
  options: Option[] = [];
  next: string | null = null;
  state: 'loading' | 'loaded' | 'failed' = 'loading';
  /** Why it failed. */
  error: unknown;
  readonly #load: (request: OptionRequest, signal: AbortSignal) => Promise<OptionPage<Option>>;
  readonly #redraw: () => void;
  readonly #searchSoon = debounce(() => void this.load(), 200);
  #request = new AbortController();

  constructor(
    load: (request: OptionRequest, signal: AbortSignal) => Promise<OptionPage<Option>>,
    redraw: () => void,
  ) {
    this.#load = load;
    this.#redraw = redraw;
  }

  /** Looks for something else, once nothing is typed for a moment. */
  searchFor(search: string): void {
    this.search = search;
    this.#searchSoon();
  }

  /** The first page of what is searched for, or the one after those that are here. */
  async load(cursor: string | null = null): Promise<void> {
    this.#searchSoon.cancel();
    this.#request.abort();
    const { signal } = (this.#request = new AbortController());
    const search = this.search.trim();
    this.state = 'loading';
    this.#redraw();
    try {
      const page = await this.#load({ ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) }, signal);
      if (signal.aborted) return;
      this.options = cursor ? [...this.options, ...page.options] : page.options;
      this.next = page.next;
      this.state = 'loaded';
    } catch (error) {
      if (signal.aborted) return;
      this.state = 'failed';
      this.error = error;
    }
    this.#redraw();
  }

  /** Ends what is under way. */
  close(): void {
    this.#searchSoon.cancel();
    this.#request.abort();
  }
}
