import type { CustomerAdapter } from '../adapter/adapter.ts';

const kept = new WeakMap<CustomerAdapter, Map<string, string>>();

/**
 * What somebody has typed and not saved yet, by a name such as `customer/<id>`: it survives a closed form, a failed
 * request and a reload of the tab. Each shop and each person has drafts of their own; a shop without a name of its
 * own, and a browser that refuses storage, keep them as long as the page lives.
 */
export class Drafts {
  readonly #prefix: string | undefined;
  readonly #inPage: Map<string, string>;
  readonly #userId: string;

  constructor(adapter: CustomerAdapter, userId: string) {
    const { site } = adapter;
    this.#userId = userId;
    this.#prefix =
      site === undefined ? undefined : `customer-elements:draft:${JSON.stringify([site, userId])}:`;
    this.#inPage = kept.get(adapter) ?? new Map();
    kept.set(adapter, this.#inPage);
  }

  /** As it was written; it has been in the browser's storage since, so its shape is to be checked. */
  read(name: string): unknown {
    try {
      return JSON.parse(this.#stored(name) ?? this.#inPage.get(this.#pageKey(name)) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }

  write(name: string, draft: unknown): void {
    const text = JSON.stringify(draft);
    this.#inPage.set(this.#pageKey(name), text);
    if (this.#prefix === undefined) return;
    try {
      sessionStorage.setItem(this.#prefix + name, text);
    } catch {
      // Refused, or full: the page keeps it.
    }
  }

  remove(name: string): void {
    this.#inPage.delete(this.#pageKey(name));
    if (this.#prefix === undefined) return;
    try {
      sessionStorage.removeItem(this.#prefix + name);
    } catch {
      // Refused, so there is nothing to remove.
    }
  }

  #stored(name: string): string | null {
    if (this.#prefix === undefined) return null;
    try {
      return sessionStorage.getItem(this.#prefix + name);
    } catch {
      return null;
    }
  }

  #pageKey(name: string): string {
    return JSON.stringify([this.#userId, name]);
  }
}
