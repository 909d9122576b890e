import type { CustomerFilters, CustomerSortKey, SortDirection } from '../../src/model/filters.ts';
import type { ListSite } from './list-site.ts';

const sortColumns: Record<CustomerSortKey, string[]> = {
  name: ['name_key'],
  email: ['email_key'],
  orders_count: ['orders_count'],
  total_spent: ['total_spent'],
  status: ['status', 'created_at'],
  created_at: ['created_at'],
  last_order_date: ["coalesce(last_order_date, '-infinity')"],
};

/** The ids of a list by the plainest SQL that says what the filters mean: strpos for words, dates as local days. */
export async function referenceIds(
  { sql, id }: ListSite,
  filters: CustomerFilters,
  sort: CustomerSortKey = 'created_at',
  direction: SortDirection = 'desc',
): Promise<string[]> {
  const words = (filters.search ?? '').split(/\s+/u).filter(Boolean);
  const columns = [...sortColumns[sort], 'id'].map((column) => `${column} ${direction}`).join(', ');
  const f = (name: keyof CustomerFilters) => (filters[name] ?? null) as never;
  const list = (name: keyof CustomerFilters) =>
    (filters[name] as string[] | undefined)?.length ? (filters[name] as string[]) : (null as never);
  const rows = await sql<{ id: string }[]>`
    select c.id
    from public.mod_ecommod01_customers c,
      (select time_zone from public.mod_ecommod01_customer_settings where site_id = ${id}) settings
    where c.site_id = ${id} and c.deleted_at is null
      and not exists (
        select from unnest(${words}::text[]) w, customers_private.fold(w) folded
        where strpos(c.search, case when folded ~ '^[[:alnum:]]{1,2}$' then ' ' || folded else folded end) = 0)
      and (${list('status')}::text[] is null or c.status = any (${list('status')}::text[]))
      and (${list('group')}::uuid[] is null or exists (
        select from public.mod_ecommod01_customer_group_members m
        where m.customer_id = c.id and m.group_id = any (${list('group')}::uuid[])))
      and (${list('tags')}::text[] is null or c.tags && ${list('tags')}::text[])
      and (${list('country')}::text[] is null or c.country = any (${list('country')}::text[]))
      and (${f('hasOrders')}::boolean is null or (c.orders_count > 0) = ${f('hasOrders')}::boolean)
      and (${f('acceptsMarketing')}::boolean is null or c.accepts_marketing = ${f('acceptsMarketing')}::boolean)
      and (${f('minOrders')}::int is null or c.orders_count >= ${f('minOrders')}::int)
      and (${f('maxOrders')}::int is null or c.orders_count <= ${f('maxOrders')}::int)
      and (${f('minSpent')}::bigint is null or c.total_spent >= ${f('minSpent')}::bigint)
      and (${f('maxSpent')}::bigint is null or c.total_spent <= ${f('maxSpent')}::bigint)
      and (${f('dateFrom')}::text is null
        or (c.created_at at time zone time_zone)::date >= ${f('dateFrom')}::text::date)
      and (${f('dateTo')}::text is null
        or (c.created_at at time zone time_zone)::date <= ${f('dateTo')}::text::date)
      and (${f('lastOrderFrom')}::text is null
        or (c.last_order_date at time zone time_zone)::date >= ${f('lastOrderFrom')}::text::date)
      and (${f('lastOrderTo')}::text is null
        or (c.last_order_date at time zone time_zone)::date <= ${f('lastOrderTo')}::text::date)
    order by ${sql.unsafe(columns)}`;
  return rows.map((row) => row.id);
}
