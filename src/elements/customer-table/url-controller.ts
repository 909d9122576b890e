import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { readUrl, writeUrl, type UrlState } from './url-state.ts';

export interface UrlControllerOptions {
  /** What each name in the address begins with; `undefined` leaves the address alone. */
  prefix: () => string | undefined;
  state: () => Required<UrlState>;
  restore: (state: Required<UrlState>) => void;
}

/** Typing a search, or turning one filter until it fits, is one step back. */
const sameStep = 1500;

/** Keeps the list's state in the page's address, and takes it from there: when the page opens, and on back and forward. */
export class UrlController implements ReactiveController {
  readonly #options: UrlControllerOptions;
  /** What the embedder gave: an address without a word of ours means this. */
  #usual: Required<UrlState> | undefined;
  #lastStep = { kind: '', at: 0 };

  constructor(host: ReactiveControllerHost, options: UrlControllerOptions) {
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('popstate', this.#onPopstate);
  }

  hostDisconnected(): void {
    window.removeEventListener('popstate', this.#onPopstate);
  }

  /** Reads the address for the first time, before anything is asked of the backend. */
  begin(): void {
    const prefix = this.#options.prefix();
    if (prefix === undefined || this.#usual) return;
    this.#usual = this.#options.state();
    const state = readUrl(new URL(location.href), prefix);
    if (Object.keys(state).length) this.#options.restore({ ...this.#usual, ...state });
  }

  /** Writes what a person changed; `kind` tells one step back from the next. */
  record(kind: string): void {
    const prefix = this.#options.prefix();
    if (prefix === undefined || !this.#usual) return;
    const url = writeUrl(new URL(location.href), prefix, this.#options.state(), this.#usual);
    if (url.href === location.href) return;
    const now = Date.now();
    const continues = kind !== 'page' && kind === this.#lastStep.kind && now - this.#lastStep.at < sameStep;
    this.#lastStep = { kind, at: now };
    // What the host keeps in its history entry stays there.
    if (continues) history.replaceState(history.state, '', url);
    else history.pushState(history.state, '', url);
  }

  readonly #onPopstate = (): void => {
    const prefix = this.#options.prefix();
    if (prefix === undefined || !this.#usual) return;
    this.#lastStep = { kind: '', at: 0 };
    this.#options.restore({ ...this.#usual, page: 1, ...readUrl(new URL(location.href), prefix) });
  };
}
