import type { PostgrestError, SupabaseClient } from '@supabase/supabase-js';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { GetAccessToken } from '../../adapter/configure.ts';
import { errorFromPostgres, type PostgresFailure } from '../errors-from-postgres.ts';
import { createRpcAdapter, type RpcTransport } from '../rpc.ts';
import { tokensFromCallback, tokensFromClient, type AccessTokens } from './access-tokens.ts';
import { retryAfterOf, watchHeaders } from './answer-headers.ts';

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
      const headers = watchHeaders(request);
      const { data, error, status } = await (signal ? request.abortSignal(signal) : request);
      const failure = error && failureOf(error, status, retryAfterOf(headers()));
      if (!answersText || failure) return { data: data as unknown, status, error: failure };
      // Whoever stands in between may answer a page of his own, and say that all is well. No rows are no data.
      const isText = headers()?.get('Content-Type')?.startsWith('text/csv') ?? true;
      return {
        data: data ?? '',
        status,
        error: isText ? null : failureOf({ message: data }, status, undefined),
      };
    };
    const token = await tokens.current();
    let answer = await send(token);
    if (answer.status === 401 && !signal?.aborted) answer = await send(await tokens.renew(token));
    if (answer.error) throw errorFromPostgres(answer.error);
    return answer.data;
  };
}

/**
 * supabase-js answers a class of its own or a plain object, any of whose fields may be missing. What isn't JSON becomes
 * its message: a proxy's page, which nobody wants to read.
 */
function failureOf(
  error: Partial<PostgrestError>,
  status: number,
  retryAfter: number | undefined,
): PostgresFailure {
  const { code, message = '', details, hint } = error;
  if (!message.trimStart().startsWith('<'))
    return { code, message, details, hint, status, retryAfter, cause: error };
  return {
    hint: `Something else than the API answered: ${message.slice(0, 300)}`,
    status,
    retryAfter,
    cause: error,
  };
}
