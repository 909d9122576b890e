import type { PGliteInterface } from '@electric-sql/pglite';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { throwIfAborted } from '../../adapter/abortable.ts';
import { AdapterError, isAdapterError } from '../../adapter/errors.ts';
import { errorFromPostgres } from '../errors-from-postgres.ts';
import { createRpcAdapter, type RpcTransport } from '../rpc.ts';

export interface PgliteAdapterOptions {
  /** The shop, `sites.id`. */
  siteId: string;
  /** Who is asking, `auth.users.id`; null where nobody is signed in. */
  userId: string | null;
}

/**
 * An adapter over a Postgres that runs in the same page or process: the same migrations and functions, and the same
 * row-level security, since every call runs as role `authenticated` with the person's claims.
 *
 * A query that has begun can't be stopped; an aborted call rejects at once, and one still waiting for its turn is
 * never sent.
 */
export function createPgliteAdapter(
  database: PGliteInterface,
  { siteId, userId }: PgliteAdapterOptions,
): CustomerAdapter {
  return createRpcAdapter(pgliteTransport(database, userId), { siteId });
}

export function pgliteTransport(database: PGliteInterface, userId: string | null): RpcTransport {
  return async (name, args, { signal }) => {
    if (!userId)
      throw new AdapterError('unauthenticated', 'Nobody is signed in.', { hint: 'userId is missing.' });
    const claims = JSON.stringify({ sub: userId, role: 'authenticated' });
    const names = Object.keys(args);
    const call = `select public.${name}(${names.map((key, index) => `${key} => $${index + 1}`).join(', ')}) as answer`;
    try {
      return await database.transaction(async (transaction) => {
        throwIfAborted(signal);
        await transaction.query(
          `select set_config('role', 'authenticated', true), set_config('request.jwt.claims', $1, true)`,
          [claims],
        );
        const { rows } = await transaction.query<{ answer: unknown }>(call, Object.values(args));
        return rows[0]?.answer;
      });
    } catch (error) {
      throw isAdapterError(error) ? error : failure(error);
    }
  };
}

function failure(error: unknown): AdapterError {
  const { code, message, detail, hint } = error as Partial<
    Record<'code' | 'message' | 'detail' | 'hint', string>
  >;
  return errorFromPostgres({ code, message, details: detail, hint, cause: error });
}
