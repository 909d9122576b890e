import { test } from 'node:test';
import type { PGlite } from '@electric-sql/pglite';
import { migratedPglite } from '../../scripts/pglite-database.ts';
import { conformance, type ConformanceSite } from '../../src/adapter/conformance.ts';
import { once } from '../../src/adapter/conformance/site.ts';
import { createPgliteAdapter } from '../../src/adapters/pglite/index.ts';

const database = once(migratedPglite);

/** An empty site of an agency of its own, with a member of each role and somebody of elsewhere. */
async function makeSite(): Promise<ConformanceSite> {
  const db = await database();
  const [siteId, agencyId] = [crypto.randomUUID(), crypto.randomUUID()];
  await db.query('insert into public.agencies (id) values ($1)', [agencyId]);
  await db.query('insert into public.sites (id, agency_id) values ($1, $2)', [siteId, agencyId]);
  const adapterOf = async (role: string | null) => {
    const userId = crypto.randomUUID();
    await db.query('insert into auth.users (id) values ($1)', [userId]);
    if (role) {
      await db.query(
        `insert into public.mod_ecommod01_site_members (site_id, user_id, role, display_name) values ($1, $2, $3, $3)`,
        [siteId, userId, role],
      );
    }
    return createPgliteAdapter(db, { siteId, userId });
  };
  return {
    adapter: await adapterOf('admin'),
    others: {
      viewer: await adapterOf('viewer'),
      editor: await adapterOf('editor'),
      outsider: await adapterOf(null),
      anonymous: createPgliteAdapter(db, { siteId, userId: null }),
    },
    host: hostOf(db, siteId),
  };
}

const hostOf = (db: PGlite, siteId: string): ConformanceSite['host'] & object => ({
  async addGroup({ name, color, customerIds }) {
    const { rows } = await db.query<{ id: string }>(
      `insert into public.mod_ecommod01_customer_groups (site_id, name, color) values ($1, $2, $3) returning id`,
      [siteId, name, color],
    );
    const id = rows[0]?.id as string;
    await db.query(
      `insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
       select $1, c, $2 from unnest($3::uuid[]) c`,
      [siteId, id, customerIds],
    );
    return id;
  },
  async addOrder({ customerId, total, status, createdAt, currency = 'USD' }) {
    await db.query(
      `insert into public.mod_ecommod01_orders (site_id, customer_id, order_number, status, total, currency, created_at)
       values ($1, $2, gen_random_uuid()::text, $3, $4, $6, $5)`,
      [siteId, customerId, status, total, createdAt, currency],
    );
  },
});

const features = { people: ['viewer', 'editor', 'outsider', 'anonymous'], host: true } as const;
for (const { name, run } of conformance(makeSite, features)) test(`pglite, ${name}`, run);
