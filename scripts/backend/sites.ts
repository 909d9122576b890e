import { randomUUID } from 'node:crypto';
import { people, siteId } from './people.ts';
import { connect } from './postgres.ts';

/** Makes an empty site whose viewer, editor and admin are those of the seeded one; answers its id. */
export async function createSite(
  dbUrl: string,
  { currency = 'EUR', timeZone = 'UTC' }: { currency?: string; timeZone?: string } = {},
): Promise<string> {
  const id = randomUUID();
  const sql = connect(dbUrl, { max: 1 });
  try {
    await sql.begin(async (transaction) => {
      await transaction`
        insert into public.sites (id, agency_id, name)
        select ${id}, agency_id, 'Empty shop' from public.sites where id = ${siteId}`;
      await transaction`
        insert into public.mod_ecommod01_customer_settings (site_id, currency, time_zone)
        values (${id}, ${currency}, ${timeZone})
        on conflict (site_id) do update set currency = excluded.currency, time_zone = excluded.time_zone`;
      for (const person of Object.values(people)) {
        if (person.siteId !== siteId) continue;
        await transaction`
          insert into public.mod_ecommod01_site_members (site_id, user_id, role, display_name)
          values (${id}, ${person.id}, ${person.role}, ${person.displayName})`;
      }
    });
    return id;
  } finally {
    await sql.end();
  }
}
