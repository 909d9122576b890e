import type { Sql } from 'postgres';

/** Everything that the database keeps as a number, beside what counting says; equal or a counter is wrong. */
export async function keptAndCounted(owner: Sql, site: string): Promise<{ kept: unknown; counted: unknown }> {
  const [answer] = await owner<[{ kept: unknown; counted: unknown }]>`
    with counting_orders as (
      select o.* from mod_ecommod01_orders o
      where o.site_id = ${site} and o.customer_id is not null and o.status not in ('cancelled', 'refunded')
    ), currency as (
      select coalesce((select currency from mod_ecommod01_customer_settings where site_id = ${site}), 'USD') as code
    ), truth as (
      select c.id, c.status, c.deleted_at, c.created_at,
        (select count(*) from counting_orders o where o.customer_id = c.id) as orders,
        (select coalesce(sum(o.total), 0) from counting_orders o, currency s where o.customer_id = c.id and o.currency = s.code) as spent,
        (select count(*) from counting_orders o, currency s where o.customer_id = c.id and o.currency = s.code) as spent_orders,
        (select max(o.created_at) from counting_orders o where o.customer_id = c.id) as last_order,
        (select count(*) from mod_ecommod01_customer_notes n where n.site_id = ${site} and n.customer_id = c.id) as notes,
        (select a.country from mod_ecommod01_customer_addresses a where a.site_id = ${site} and a.customer_id = c.id
          order by a.is_default_shipping desc, a.is_default_billing desc, a.created_at desc, a.id desc limit 1) as country
      from mod_ecommod01_customers c where c.site_id = ${site}
    )
    select json_build_object(
      'customers', (select json_agg(json_build_array(id, orders_count, total_spent, average_order_value, last_order_date, notes_count, country) order by id)
        from mod_ecommod01_customers where site_id = ${site}),
      'groups', (select json_agg(json_build_array(id, member_count) order by id)
        from mod_ecommod01_customer_groups where site_id = ${site}),
      'site', (select json_build_array(coalesce(sum(total), 0), coalesce(sum(active), 0), coalesce(sum(guests), 0),
          coalesce(sum(with_orders), 0), coalesce(sum(revenue), 0))
        from customers_private.site_counters where site_id = ${site}),
      'hours', (select json_agg(h order by h.hour) from (
        select hour, sum(customers) as customers from customers_private.site_hours
        where site_id = ${site} and hour > now() - interval '31 days 16 hours' group by hour having sum(customers) <> 0) h),
      'otherRevenue', (select json_agg(r order by r.currency) from (
        select currency, sum(total) as total from customers_private.site_other_revenue
        where site_id = ${site} group by currency having sum(total) <> 0) r)
    ) as kept,
    json_build_object(
      'customers', (select json_agg(json_build_array(id, orders, spent,
          case when spent_orders > 0 then round(spent / spent_orders) else 0 end, last_order, notes, country) order by id) from truth),
      'groups', (select json_agg(json_build_array(g.id, (
          select count(*) from mod_ecommod01_customer_group_members m
          join truth c on c.id = m.customer_id and c.deleted_at is null
          where m.site_id = ${site} and m.group_id = g.id)) order by g.id)
        from mod_ecommod01_customer_groups g where g.site_id = ${site}),
      'site', (select json_build_array(count(*), count(*) filter (where status = 'active'),
          count(*) filter (where status = 'guest'), count(*) filter (where orders > 0), coalesce(sum(spent), 0))
        from truth where deleted_at is null),
      'hours', (select json_agg(h order by h.hour) from (
        select date_trunc('hour', created_at, 'UTC') as hour, count(*) as customers from truth
        where deleted_at is null and date_trunc('hour', created_at, 'UTC') > now() - interval '31 days 16 hours' group by 1) h),
      'otherRevenue', (select json_agg(r order by r.currency) from (
        select o.currency, sum(o.total) as total from counting_orders o
        join truth c on c.id = o.customer_id and c.deleted_at is null, currency s
        where o.currency <> s.code group by o.currency having sum(o.total) <> 0) r)
    ) as counted`;
  return answer;
}
