import { randomUUID } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import type { Customer, GroupBadge, Total } from '../../src/model/customer.ts';
import type { CustomerFilters, CustomerSortKey, SortDirection } from '../../src/model/filters.ts';

export interface ListArguments {
  filters?: CustomerFilters | Record<string, unknown>;
  sort?: CustomerSortKey;
  direction?: SortDirection;
  limit?: number;
  cursor?: string;
  page?: number;
}

export interface ListAnswer {
  rows: Customer[];
  groups: GroupBadge[];
  next: string | null;
  previous: string | null;
}

/** A site of its own in the shared test database, read as its viewer does: as `authenticated`, through the RPCs. */
export class ListSite {
  readonly id = randomUUID();
  /** Members: 1 in 4, 1 in 200, nobody. */
  readonly groups = [randomUUID(), randomUUID(), randomUUID()] as const;
  /** As the owner of the tables. */
  readonly sql: Sql;
  readonly #viewer: Sql;

  private constructor(sql: Sql, viewer: Sql) {
    this.sql = sql;
    this.#viewer = viewer;
  }

  static async open(timeZone = 'UTC'): Promise<ListSite> {
    const shared = process.env.CUSTOMER_ELEMENTS_TEST_BACKEND;
    if (!shared) throw new Error('Run it by `npm test -- database/list`.');
    const { dbUrl } = (await (await fetch(shared)).json()) as { dbUrl: string };
    const user = randomUUID();
    const connect = (connection: Record<string, string>) =>
      postgres(dbUrl, { max: 1, onnotice: () => undefined, connection });
    const claims = JSON.stringify({ sub: user, role: 'authenticated' });
    const site = new ListSite(connect({}), connect({ role: 'authenticated', 'request.jwt.claims': claims }));
    const { sql, id } = site;
    const [agency] = await sql`insert into public.agencies (name) values ('Lists') returning id`;
    await sql`insert into public.sites (id, agency_id, name) values (${id}, ${agency!.id}, 'Lists')`;
    await sql`insert into public.mod_ecommod01_customer_settings (site_id, time_zone) values (${id}, ${timeZone})`;
    await sql`insert into public.mod_ecommod01_site_members (site_id, user_id, role, display_name)
      values (${id}, ${user}, 'viewer', 'Vera')`;
    return site;
  }

  async close(): Promise<void> {
    await this.sql`delete from public.sites where id = ${this.id}`;
    await Promise.all([this.sql.end(), this.#viewer.end()]);
  }

  /**
   * Customers whose every property repeats, so that there are ties in each sort. One in 50 is hidden. The name Quill is
   * rare and Mara common; all Maras sit together in the middle of the names, which no walk from either end meets soon.
   */
  async fill(customers: number): Promise<void> {
    const { sql, id } = this;
    await sql`
      insert into public.mod_ecommod01_customers
        (site_id, first_name, last_name, email, phone, status, accepts_marketing, tags, created_at, deleted_at)
      select ${id}, first, last, 'c' || n || '.' || lower(last) || '@example.com',
        case when n % 3 = 0 then '+49 151 ' || lpad(((n * 7919) % 9999991)::text, 7, '0') end,
        (array['active', 'inactive', 'guest'])[1 + (n % 13) % 3], n % 2 = 0,
        case when n % 7 = 0 then array['vip'] when n % 400 = 1 then array['rare', 'vip'] else '{}' end,
        timestamptz '2024-01-01 00:00Z' + (n / 3) * interval '37 minutes',
        case when n % 50 = 17 then now() end
      from (
        select n,
          case when n % 9 = 0 then 'Mara' else (array['Anna', 'Zoë', 'Łukasz', 'Jürgen', 'Ada', 'Bo'])[1 + n % 6] end as first,
          case when n % 1500 = 2 then 'Quill' when n % 11 = 0 then 'Larsen' else 'Name' || n % 97 end as last
        from generate_series(1, ${customers}::int) n
      ) people`;
    await sql`analyze public.mod_ecommod01_customers`;
    await sql`
      update public.mod_ecommod01_customers
      set orders_count = greatest(abs(hashtext(email)) % 7 - 2, 0),
        total_spent = greatest(abs(hashtext(email)) % 7 - 2, 0) * (1000 + abs(hashtext(email)) % 500),
        last_order_date = case when abs(hashtext(email)) % 7 > 2
          then created_at + abs(hashtext(email)) % 7 * interval '3 days' end,
        country = (array['DE', 'US', null, 'JP'])[1 + abs(hashtext(email)) % 4]
      where site_id = ${id}`;
    for (const [index, group] of this.groups.entries()) {
      await sql`insert into public.mod_ecommod01_customer_groups (site_id, id, name)
        values (${id}, ${group}, ${`Group ${index}`})`;
      await sql`insert into public.mod_ecommod01_customer_group_members (site_id, group_id, customer_id)
        select site_id, ${group}, id from public.mod_ecommod01_customers
        where site_id = ${id} and ${[4, 200, 0][index]!}::int > 0
          and abs(hashtext(email || 'group')) % greatest(${[4, 200, 0][index]!}::int, 1) = 0`;
    }
    await sql`analyze public.mod_ecommod01_customers`;
  }

  async add(customer: Partial<Customer> & { email: string }): Promise<string> {
    const [row] = await this.sql`
      insert into public.mod_ecommod01_customers ${this.sql({
        site_id: this.id,
        first_name: '',
        ...customer,
      } as unknown as Record<string, never>)} returning id`;
    return row!.id as string;
  }

  list({ filters, sort, direction, limit, cursor, page }: ListArguments = {}): Promise<ListAnswer> {
    return this.#call(
      (sql) => sql`select public.mod_ecommod01_list_customers(
        ${this.id}, ${JSON.stringify(filters ?? {})}::text::json, ${sort ?? 'created_at'}, ${direction ?? 'desc'},
        ${limit ?? 20}, ${cursor ?? null}, ${page ?? null}) as answer`,
    );
  }

  count(filters: CustomerFilters | Record<string, unknown> = {}): Promise<Total> {
    return this.#call(
      (sql) => sql`select public.mod_ecommod01_count_customers(
        ${this.id}, ${JSON.stringify(filters)}::text::json) as answer`,
    );
  }

  prepare(filters: CustomerFilters = {}, sort: CustomerSortKey = 'created_at'): Promise<Total> {
    return this.#call(
      (sql) => sql`select public.mod_ecommod01_prepare_pages(
        ${this.id}, ${JSON.stringify(filters)}::text::json, ${sort}) as answer`,
    );
  }

  /** Every row of a list, page after page, and what each page held. */
  async walk(request: ListArguments, way: 'next' | 'previous'): Promise<string[][]> {
    const pages: string[][] = [];
    const { page, ...rest } = request;
    let answer = await this.list(page === undefined ? rest : { ...rest, page });
    for (;;) {
      pages.push(answer.rows.map((row) => row.id));
      const cursor = answer[way];
      if (cursor === null) return pages;
      answer = await this.list({ ...rest, cursor });
    }
  }

  async #call<T>(query: (sql: Sql) => postgres.PendingQuery<postgres.Row[]>): Promise<T> {
    const rows = await query(this.#viewer);
    return rows[0]!.answer as T;
  }
}
