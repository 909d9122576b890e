import type { Sql } from 'postgres';
import { connect } from '../scripts/backend/postgres.ts';
import { startBackend } from '../scripts/backend/start.ts';
import { Api, withFloor } from './api.ts';
import { measureCases, printCases, type Case } from './cases.ts';
import { measure } from './measure.ts';

/** Opening one customer: a typical one, and the one with 2,000 orders, 2,000 notes and 2,000 changes; as the viewer. */
export async function benchDetail({ customers }: { customers: number }): Promise<number> {
  const backend = await startBackend({ customers, onProgress: (message) => console.log(message) });
  const api = new Api(backend);
  const sql = connect(backend.dbUrl, { max: 1 });
  try {
    return await withFloor(backend, api, (floor) =>
      withHistory(sql, api.siteId, async (busiest) => {
        const typical = await typicalCustomers(sql, api.siteId);
        const cases = await detailCases(api, typical, busiest);
        // PostgREST has several connections, and each plans what it is asked for the first time.
        for (const one of cases) await measure(one.run, 1, 60);
        const measured = await measureCases(floor, cases);
        return printCases(`${customers.toLocaleString('en')} customers`, measured);
      }),
    );
  } finally {
    await sql.end();
    api.close();
    await backend.stop();
  }
}

async function detailCases(api: Api, typical: string[], busiest: string): Promise<Case[]> {
  const p_site = api.siteId;
  const ask = (name: string, args: object) =>
    api.rpc<{ next: string | null }>(`mod_ecommod01_${name}`, { p_site, ...args });
  // Another one each time, so that not the same few pages of memory are read again and again.
  let turn = 0;
  const next = () => typical[turn++ % typical.length] ?? '';
  const budget = { ratio: 3 };
  const cases: Case[] = [
    { name: 'open a typical customer', budget, run: () => ask('get_customer', { p_id: next() }) },
    { name: 'open the busiest customer', budget, run: () => ask('get_customer', { p_id: busiest }) },
  ];
  for (const list of ['orders', 'notes', 'timeline']) {
    const first = await ask(`list_${list}`, { p_customer: busiest });
    cases.push(
      {
        name: `${list} of a typical customer`,
        budget,
        run: () => ask(`list_${list}`, { p_customer: next() }),
      },
      { name: `${list} of the busiest`, budget, run: () => ask(`list_${list}`, { p_customer: busiest }) },
      {
        name: `${list} of the busiest, page 2`,
        budget,
        run: () => ask(`list_${list}`, { p_customer: busiest, p_cursor: first.next }),
      },
    );
  }
  cases.push({
    name: 'timeline of the busiest, groups alone',
    budget,
    run: () => ask('list_timeline', { p_customer: busiest, p_kinds: ['groups'] }),
  });
  return cases;
}

/** Some who have bought something. */
async function typicalCustomers(sql: Sql, site: string): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from mod_ecommod01_customers
    where site_id = ${site} and orders_count between 1 and 12 and deleted_at is null
    order by md5(id::text) limit 500`;
  return rows.map(({ id }) => id);
}

/** Gives who has most orders 2,000 notes and as many changes, and takes them away again. */
async function withHistory<T>(sql: Sql, site: string, run: (busiest: string) => Promise<T>): Promise<T> {
  const [{ id }] = await sql<[{ id: string }]>`
    select id from mod_ecommod01_customers where site_id = ${site} order by orders_count desc limit 1`;
  const operation = crypto.randomUUID();
  try {
    await sql`
      insert into mod_ecommod01_customer_notes (site_id, customer_id, content, user_id, user_name, created_at)
      select ${site}, ${id}, 'Note ' || n, ${operation}, 'Bench', now() - n * interval '5 hours'
      from generate_series(1, 2000) n`;
    await sql`
      insert into mod_ecommod01_customer_operations (site_id, id, kind, status, asked, request_hash, started_by_name)
      values (${site}, ${operation}, 'update', 'finished', 1, '', 'Bench')`;
    await sql`
      insert into mod_ecommod01_customer_changes (site_id, operation_id, customer_id, before, after, changed_at)
      select ${site}, ${operation}, ${id}, '{"phone": null}', '{"phone": "+49301234567"}', now() - n * interval '6 hours'
      from generate_series(1, 2000) n`;
    await sql`analyze mod_ecommod01_customer_notes, mod_ecommod01_customer_changes`;
    return await run(id);
  } finally {
    await sql`delete from mod_ecommod01_customer_operations where site_id = ${site} and id = ${operation}`;
    await sql`delete from mod_ecommod01_customer_notes where site_id = ${site} and user_id = ${operation}`;
  }
}
