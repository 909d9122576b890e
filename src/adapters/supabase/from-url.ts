import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { GetAccessToken } from '../../adapter/configure.ts';
import { createSupabaseAdapter } from './supabase-adapter.ts';

export interface SupabaseAdapterFromUrlOptions {
  /** `https://<project>.supabase.co`, without a path. */
  url: string;
  /** The anon or publishable key; never the service role's. */
  key: string;
  /** The shop, `sites.id`. */
  siteId: string;
  getAccessToken: GetAccessToken;
}

/**
 * For pages without a bundler: loads supabase-js when it is called, with a client that leaves the page alone (no
 * storage, no timers, nothing read from its address).
 */
export async function createSupabaseAdapterFromUrl({
  url,
  key,
  siteId,
  getAccessToken,
}: SupabaseAdapterFromUrlOptions): Promise<CustomerAdapter> {
  const { createClient } = await import('@supabase/supabase-js');
  // With `accessToken` the client has no auth of its own, which would warn of every other client of the same project
  // on the page. The adapter sets each request's token itself.
  const client = createClient(url, key, { accessToken: async () => null });
  return createSupabaseAdapter(client, { siteId, getAccessToken });
}
