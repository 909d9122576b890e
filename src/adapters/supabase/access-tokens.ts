import type { SupabaseClient } from '@supabase/supabase-js';
import type { GetAccessToken } from '../../adapter/configure.ts';
import { AdapterError, isAdapterError } from '../../adapter/errors.ts';

/** Where a transport gets its tokens from. Both reject with an AdapterError, never with another. */
export interface AccessTokens {
  current(): Promise<string>;
  /** A token in place of one that the server refused; concurrent callers share one renewal. */
  renew(refused: string): Promise<string>;
}

export function tokensFromCallback(getAccessToken: GetAccessToken): AccessTokens {
  const hint =
    'getAccessToken answered no token: sign in first, and answer the JWT of the person who is signed in.';
  let held: Promise<string> | undefined;
  const ask = (refresh: boolean): Promise<string> => {
    const asked = obtain(async () => getAccessToken({ refresh }), hint);
    held = asked;
    // A failure is not kept: the next call asks again.
    asked.catch(() => {
      if (held === asked) held = undefined;
    });
    return asked;
  };
  return {
    current: () => held ?? ask(false),
    async renew(refused) {
      const before = held;
      const token = await before?.catch(() => refused);
      if (held && (held !== before || token !== refused)) return held;
      return ask(true);
    },
  };
}

/** The tokens of a client that signs people in itself, or was created with `accessToken`. */
export function tokensFromClient(client: SupabaseClient): AccessTokens {
  // With that option `client.auth` throws when touched, and the option is kept under this name.
  const own: unknown = Reflect.get(client, 'accessToken');
  const hint =
    'Nobody is signed in: sign in with this Supabase client, or pass getAccessToken to the adapter.';
  if (typeof own === 'function') {
    const ask = () => obtain(async () => own.call(client) as Promise<string | null>, hint);
    return { current: ask, renew: ask };
  }
  let renewal: Promise<string> | undefined;
  const current = () =>
    obtain(async () => {
      const { data, error } = await client.auth.getSession();
      if (error) throw error;
      return data.session?.access_token ?? null;
    }, hint);
  return {
    current,
    async renew(refused) {
      const token = await current();
      if (token !== refused) return token;
      renewal ??= obtain(async () => {
        const { data, error } = await client.auth.refreshSession();
        if (error) throw error;
        return data.session?.access_token ?? null;
      }, hint).finally(() => (renewal = undefined));
      return renewal;
    },
  };
}

/** No token is refused here: supabase-js would send the request with its API key instead, as nobody. */
async function obtain(ask: () => Promise<string | null>, hint: string): Promise<string> {
  let token: string | null;
  try {
    token = await ask();
  } catch (cause) {
    if (isAdapterError(cause)) throw cause;
    const offline = cause instanceof TypeError || (cause as Error | null)?.name === 'AuthRetryableFetchError';
    throw new AdapterError(offline ? 'unavailable' : 'unauthenticated', 'No access token could be had.', {
      hint: `Asking for an access token failed: ${String(cause)}`,
      cause,
    });
  }
  if (token) return token;
  throw new AdapterError('unauthenticated', 'Nobody is signed in.', { hint });
}
