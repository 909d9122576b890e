import type { CustomerAdapter } from './adapter.ts';

/**
 * Gives the access token (JWT) of the person who is signed in, or null where nobody is. It is asked once and the
 * token kept until the server refuses it; then it is asked again with `refresh: true`, once for all calls that are
 * waiting.
 */
export type GetAccessToken = (request: { refresh: boolean }) => Promise<string | null> | string | null;

export interface Configuration {
  adapter?: CustomerAdapter;
  /** BCP 47; absent means the nearest `lang`. */
  locale?: string;
  /** For providers that are set up by attributes alone. */
  getAccessToken?: GetAccessToken;
}

let configuration: Configuration = {};
const listeners = new Set<() => void>();

/** Sets the adapter for every element of the page that has none of its own and no provider around it. */
export function configure(change: Configuration): void {
  configuration = { ...configuration, ...change };
  for (const listener of listeners) listener();
}

export function currentConfiguration(): Configuration {
  return configuration;
}

/** Calls back on every `configure()`; returns what stops it. */
export function onConfigure(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
