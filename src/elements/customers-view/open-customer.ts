import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Customer } from '../../model/customer.ts';

export interface OpenCustomerOptions {
  /** What its name in the address begins with; `undefined` leaves the address alone. */
  prefix: () => string | undefined;
}

export interface Neighbours {
  previous: string | undefined;
  next: string | undefined;
}

/**
 * Which customer is open beside the list, where it stands there, and its name in the page's address: opening and
 * closing is a step back each, walking from one to the next is none.
 */
export class OpenCustomer implements ReactiveController {
  #id: string | undefined;
  #rows: readonly Customer[] = [];
  /** Its row, or where that was until it left the list. */
  #place = -1;
  #awaited: 'previous' | 'next' | undefined;
  #hasBegun = false;
  readonly #host: ReactiveControllerHost;
  readonly #options: OpenCustomerOptions;

  constructor(host: ReactiveControllerHost, options: OpenCustomerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get id(): string | undefined {
    return this.#id;
  }

  /** What the list knows of it. */
  get row(): Customer | undefined {
    return this.#rows.find(({ id }) => id === this.#id);
  }

  /** Those on the same page of the list. */
  get neighbours(): Neighbours {
    if (this.#id === undefined || this.#place < 0) return { previous: undefined, next: undefined };
    const after = this.row ? this.#place + 1 : this.#place;
    return { previous: this.#rows[this.#place - 1]?.id, next: this.#rows[after]?.id };
  }

  hostConnected(): void {
    window.addEventListener('popstate', this.#onPopstate);
  }

  hostDisconnected(): void {
    window.removeEventListener('popstate', this.#onPopstate);
  }

  hostUpdate(): void {
    if (this.#hasBegun || this.#options.prefix() === undefined) return;
    this.#hasBegun = true;
    this.#set(this.#inAddress());
  }

  open(id: string): void {
    this.#set(id);
    this.#record('push');
  }

  /** To a neighbour. */
  walk(id: string): void {
    this.#set(id);
    this.#record('replace');
  }

  close(): void {
    this.#set(undefined);
    this.#record('push');
  }

  /** The page of the list on the screen. */
  showPage(rows: readonly Customer[]): void {
    this.#rows = rows;
    const awaited = this.#awaited;
    this.#awaited = undefined;
    const first = awaited && (awaited === 'next' ? rows[0] : rows.at(-1));
    if (first) this.walk(first.id);
    else this.#set(this.#id);
  }

  /** Its neighbour is on a page that was asked for. */
  awaitPage(way: 'previous' | 'next' | undefined): void {
    this.#awaited = way;
  }

  #set(id: string | undefined): void {
    this.#id = id;
    const place = this.#rows.findIndex((row) => row.id === id);
    if (place >= 0 || id === undefined) this.#place = place;
    this.#host.requestUpdate();
  }

  get #name(): string {
    return `${this.#options.prefix() ?? ''}customer`;
  }

  #inAddress(): string | undefined {
    return new URL(location.href).searchParams.get(this.#name) ?? undefined;
  }

  #record(way: 'push' | 'replace'): void {
    if (this.#options.prefix() === undefined) return;
    const url = new URL(location.href);
    if (this.#id === undefined) url.searchParams.delete(this.#name);
    else url.searchParams.set(this.#name, this.#id);
    if (url.href === location.href) return;
    // What the host keeps in its history entry stays there.
    if (way === 'push') history.pushState(history.state, '', url);
    else history.replaceState(history.state, '', url);
  }

  readonly #onPopstate = (): void => {
    if (this.#options.prefix() === undefined) return;
    this.#awaited = undefined;
    this.#set(this.#inAddress());
  };
}
