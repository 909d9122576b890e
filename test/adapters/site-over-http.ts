import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { connect } from '../../scripts/backend/postgres.ts';
import type { ConformanceHost, ConformanceSite } from '../../src/adapter/conformance.ts';
import { createSupabaseAdapter } from '../../src/adapters/supabase/index.ts';
import { createSite, signToken, type SharedBackend } from '../backend.ts';

// supabase-js wants a WebSocket as soon as a client is made, and Node 20 has none; nothing here uses Realtime.
globalThis.WebSocket ??= Object as unknown as typeof WebSocket;

/** An empty site of its own in the shared backend, asked through supabase-js by everybody there is. */
export async function siteOverHttp(backend: SharedBackend): Promise<ConformanceSite> {
  const siteId = await createSite(backend.dbUrl, { currency: 'USD', timeZone: 'Pacific/Auckland' });
  const client = clientOf(backend);
  const as = (token: string | null) => createSupabaseAdapter(client, { siteId, getAccessToken: () => token });
  const { admin, viewer, editor, outsider } = backend.tokens;
  const expired = await signToken({ sub: crypto.randomUUID(), role: 'authenticated', expiresIn: -60 });
  return {
    adapter: as(admin),
    others: {
      viewer: as(viewer),
      editor: as(editor),
      outsider: as(outsider),
      anonymous: as(null),
      expired: as(expired),
    },
    host: hostOf(backend.dbUrl, siteId),
  };
}

export function clientOf({ url, anonKey }: SharedBackend, fetchInstead?: typeof fetch): SupabaseClient {
  return createClient(url, anonKey, {
    auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    ...(fetchInstead ? { global: { fetch: fetchInstead } } : {}),
  });
}

/** Groups and orders, written by the host's own SQL. */
function hostOf(dbUrl: string, siteId: string): ConformanceHost {
  return {
    async addGroup({ name, color, customerIds }) {
      const sql = connect(dbUrl, { max: 1 });
      try {
        const [group] = await sql<{ id: string }[]>`
          insert into public.mod_ecommod01_customer_groups (site_id, name, color)
          values (${siteId}, ${name}, ${color}) returning id`;
        const id = group?.id as string;
        for (const customerId of customerIds) {
          await sql`
            insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
            values (${siteId}, ${customerId}, ${id})`;
        }
        return id;
      } finally {
        await sql.end();
      }
    },
    async addOrder({ customerId, total, status, createdAt, currency = 'USD' }) {
      const sql = connect(dbUrl, { max: 1 });
      try {
        await sql`
          insert into public.mod_ecommod01_orders
            (site_id, customer_id, order_number, status, total, currency, created_at)
          values (${siteId}, ${customerId}, ${crypto.randomUUID()}, ${status}, ${total}, ${currency}, ${createdAt})`;
      } finally {
        await sql.end();
      }
    },
  };
}
