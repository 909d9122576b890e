import type { PostgrestError, SupabaseClient } from '@supabase/supabase-js';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { GetAccessToken } from '../../adapter/configure.ts';
import { errorFromPostgres, type PostgresFailure } from '../errors-from-postgres.ts';
import { createRpcAdapter, type RpcTransport } from '../rpc.ts';
import { tokensFromCallback, tokensFromClient, type AccessTokens } from './access-tokens.ts';
import { watchRetryAfter } from './retry-after.ts';

export interface SupabaseAdapterOptions {
  /** The shop, `sites.id`. */
  siteId: string;
  /** Absent: the client's own session. See {@link GetAccessToken}. */
  getAccessToken?: GetAccessToken;
}

/**
 * The default adapter: the app's own supabase-js client, its session, PostgREST.
 *
 * ```ts
 * const adapter = createSupabaseAdapter(supabase, { siteId });
 * ```
 *
 * Every request carries the token of the person who is signed in; without one nothing is sent. Where the server
 * answers 401 (the token has expired), a new token is asked for once, by `getAccessToken({refresh: true})` or by
 * the client's own `auth.refreshSession()`, shared by all calls in flight, and each of these is sent once more.
 * A token given by the callback is kept until then: when another person signs in, make another adapter.
 */
export function createSupabaseAdapter(
  client: SupabaseClient,
  { siteId, getAccessToken }: SupabaseAdapterOptions,
): CustomerAdapter {
  const tokens = getAccessToken ? tokensFromCallback(getAccessToken) : tokensFromClient(client);
  return createRpcAdapter(supabaseTransport(client, tokens), { siteId });
}

/** Always POST: search terms stay out of URLs and logs, and arrays arrive as they are. */
export function supabaseTransport(client: SupabaseClient, tokens: AccessTokens): RpcTransport {
  return async (name, args, { signal, answersText }) => {
    const send = async (token: string) => {
      const request = client.rpc(name, args).setHeader('Authorization', `Bearer ${token}`);
      if (answersText) request.setHeader('Accept', 'text/csv');
      const retryAfter = watchRetryAfter(request);
      const { data, error, status } = await (signal ? request.abortSignal(signal) : request);
      return { data: data as unknown, status, error: error && failureOf(error, status, retryAfter()) };
    };
    const token = await tokens.current();
    let answer = await send(token);
    if (answer.status === 401 && !signal?.aborted) answer = await send(await tokens.renew(token));
    if (answer.error) throw errorFromPostgres(answer.error);
    return answer.data;
  };
}

/** supabase-js answers a class of its own or a plain object, any of whose fields may be missing. */
function failureOf(
  error: Partial<PostgrestError>,
  status: number,
  retryAfter: number | undefined,
): PostgresFailure {
  const { code, message, details, hint } = error;
  return { code, message, details, hint, status, retryAfter, cause: error };
}
