import assert from 'node:assert/strict';
import type { Sql } from 'postgres';
import { people } from '../../scripts/backend/people.ts';
import { connect } from '../../scripts/backend/postgres.ts';
import type { CustomerAdapter } from '../../src/adapter/adapter.ts';
import { createSupabaseAdapter } from '../../src/adapters/supabase/index.ts';
import type { Receipt } from '../../src/model/receipt.ts';
import type { OperationPatience } from '../../src/operations/operation-run.ts';
import { clientOf } from '../adapters/site-over-http.ts';
import { createSite, signToken, type SharedBackend } from '../backend.ts';
import { keptAndCounted } from '../database/counts.ts';
import { as } from '../database/database.ts';
import { startFaultProxy, type FaultProxy } from './fault-proxy.ts';

/** As a run waits in the shop, but not for long; where what it asks for takes milliseconds. */
export const impatient: OperationPatience = { pauses: [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8], answer: 250 };
/** For steps of a thousand, and as many faults one after the other as chance may bring. */
export const patient: OperationPatience = { pauses: Array<number>(12).fill(0.05), answer: 20_000 };

/** A site of its own behind a connection that fails as it is told. */
export interface FaultShop {
  site: string;
  sql: Sql;
  proxy: FaultProxy;
  /** Speaks for an admin, through the proxy; each is a tab of its own. */
  openTab(token?: string): Tab;
  close(): Promise<void>;
}

export interface Tab {
  adapter: CustomerAdapter;
  /** Nothing is sent any more, and no answer arrives. */
  close(): void;
}

export async function openFaultShop(backend: SharedBackend): Promise<FaultShop> {
  const site = await createSite(backend.dbUrl);
  const sql = connect(backend.dbUrl, { max: 2 });
  const expiredToken = await signToken({ sub: people.admin.id, role: 'authenticated', expiresIn: -3600 });
  const proxy = await startFaultProxy(backend.url, { expiredToken });
  return {
    site,
    sql,
    proxy,
    openTab(token = backend.tokens.admin) {
      const closed = new AbortController();
      const client = clientOf({ ...backend, url: proxy.url }, async (input, init) => {
        const signals = [closed.signal, init?.signal].filter((signal) => signal instanceof AbortSignal);
        return fetch(input, { ...init, signal: AbortSignal.any(signals) });
      });
      return {
        adapter: createSupabaseAdapter(client, { siteId: site, getAccessToken: () => token }),
        close: () => closed.abort(),
      };
    },
    async close() {
      proxy.stop();
      await sql.end();
    },
  };
}

/** What a receipt and the database say of an operation, without ids and moments: equal for two that did the same. */
export async function accountOf({ sql, site }: FaultShop, receipt: Receipt): Promise<unknown> {
  const { kind, status, asked, created, changed, unchanged, skipped, failed, failures } = receipt;
  const [row] = await sql<[{ operation: unknown; made: number; changes: unknown }]>`
    select
      (select json_build_array(o.status, o.asked, o.created, o.changed, o.unchanged, o.skipped, o.failed)
       from mod_ecommod01_customer_operations o where o.site_id = ${site} and o.id = ${receipt.id}) as operation,
      (select count(*)::int from mod_ecommod01_customers c
       where c.site_id = ${site} and c.created_by_operation = ${receipt.id}) as made,
      (select coalesce(json_agg(json_build_array(c.email_key, c.deleted_at is not null, g.subject,
          (select json_agg(k order by k) from jsonb_object_keys(g.after) k)) order by c.email_key, c.deleted_at, g.subject), '[]')
       from mod_ecommod01_customer_changes g
       join mod_ecommod01_customers c on c.site_id = g.site_id and c.id = g.customer_id
       where g.site_id = ${site} and g.operation_id = ${receipt.id}) as changes`;
  assert.deepEqual(
    row.operation,
    [status, asked, created, changed, unchanged, skipped, failed],
    'the receipt',
  );
  assert.equal(created + changed + unchanged + skipped + failed, asked, 'the receipt adds up');
  return {
    numbers: { kind, status, asked, created, changed, unchanged, skipped, failed },
    failures: failures.map(({ code, field, outcome }) => [code, field ?? '', outcome].join(' ')).sort(),
    made: row.made,
    changes: row.changes,
  };
}

/** Everybody there is, with what belongs to them, by e-mail: equal where the same is there. */
export async function stateOf({ sql, site }: FaultShop): Promise<unknown> {
  const [row] = await sql<[{ state: unknown }]>`
    select json_build_object(
      'customers', (
        select json_agg(json_build_array(c.email_key, c.deleted_at is not null, c.first_name, c.last_name, c.phone,
            c.status, c.accepts_marketing, c.tags, c.metadata, c.country,
            (select json_agg(json_build_array(a.address_line_1, a.is_default_billing, a.is_default_shipping)
               order by a.address_line_1)
             from mod_ecommod01_customer_addresses a where a.site_id = c.site_id and a.customer_id = c.id),
            (select json_agg(g.name order by g.name)
             from mod_ecommod01_customer_group_members m
             join mod_ecommod01_customer_groups g on g.site_id = m.site_id and g.id = m.group_id
             where m.site_id = c.site_id and m.customer_id = c.id)
          ) order by c.email_key, c.deleted_at, c.first_name)
        from mod_ecommod01_customers c where c.site_id = ${site}),
      'members', (
        select json_agg(json_build_array(g.name, g.member_count) order by g.name)
        from mod_ecommod01_customer_groups g where g.site_id = ${site})
    ) as state`;
  return row.state;
}

/** No operation is left running, and no counter differs from what counting says. */
export async function assertSettled({ sql, site }: FaultShop): Promise<void> {
  const running = await sql`
    select kind from mod_ecommod01_customer_operations where site_id = ${site} and status = 'running'`;
  assert.deepEqual([...running], [], 'an operation is left running');
  const targets = await sql`
    select step from mod_ecommod01_customer_operation_targets where site_id = ${site}`;
  assert.deepEqual([...targets], [], 'the customers of an operation are left');
  const { kept, counted } = await keptAndCounted(sql, site);
  assert.deepEqual(kept, counted);
  const [{ answer }] = await as(
    sql,
    people.admin.id,
    (admin) => admin<[{ answer: { corrected: number } }]>`select mod_ecommod01_recount(${site}) as answer`,
  );
  assert.equal(Number(answer.corrected), 0, 'counting anew corrects something');
}
