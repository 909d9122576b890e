-- For the day when a number is wrong all the same (a trigger disabled for a bulk load, a restored backup): count
-- everything of a site again and put right what differs, while others write.

-- Answers how many rows were corrected.
create function customers_private.recount_site(p_site uuid) returns bigint
language plpgsql volatile security definer set search_path = '' set jit = off
as $$
declare
  shop_currency constant text := customers_private.site_currency(p_site);
  -- Within what site_hours keeps and beyond what a month can reach back.
  oldest_hour constant timestamptz := date_trunc('hour', now() - interval '31 days 20 hours', 'UTC');
  corrected bigint := 0;
  affected bigint;
  wrong uuid[];
  my_shard integer;
  change record;
begin
  -- One at a time: two that saw the same drift would both correct it.
  perform pg_advisory_xact_lock(hashtextextended('mod_ecommod01 recount ' || p_site, 0));
  my_shard := customers_private.claim_shard(p_site);
  if my_shard is null then
    return 0;
  end if;

  -- A customer that is right in one snapshot stays right by the triggers. The others are locked, counted again, and
  -- so written as they are now.
  select array_agg(c.id) into wrong
  from public.mod_ecommod01_customers c
  left join (
    select o.customer_id, count(*) as orders, count(*) filter (where o.currency::text = shop_currency) as spent_orders,
      sum(o.total::bigint) filter (where o.currency::text = shop_currency) as spent, max(o.created_at) as newest
    from public.mod_ecommod01_orders o
    where o.site_id = p_site and o.customer_id is not null and o.status::text not in ('cancelled', 'refunded')
    group by o.customer_id
  ) o on o.customer_id = c.id
  left join (
    select n.customer_id, count(*) as notes from public.mod_ecommod01_customer_notes n
    where n.site_id = p_site group by n.customer_id
  ) n on n.customer_id = c.id
  left join (
    select distinct on (a.customer_id) a.customer_id, a.country from public.mod_ecommod01_customer_addresses a
    where a.site_id = p_site
    order by a.customer_id, a.is_default_shipping desc, a.is_default_billing desc, a.created_at desc, a.id desc
  ) a on a.customer_id = c.id
  cross join (select s.agency_id from public.sites s where s.id = p_site) s
  where c.site_id = p_site and (
    c.orders_count <> coalesce(o.orders, 0)
    or c.spent_orders_count <> coalesce(o.spent_orders, 0)
    or c.total_spent <> coalesce(o.spent, 0)
    or c.last_order_date is distinct from o.newest
    or c.notes_count <> coalesce(n.notes, 0)
    or c.country is distinct from a.country
    or c.agency_id <> s.agency_id
  );

  perform from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = any (wrong)
  order by c.id
  for no key update;

  update public.mod_ecommod01_customers c
  set orders_count = d.orders, spent_orders_count = d.spent_orders, total_spent = d.spent,
    last_order_date = d.newest, notes_count = d.notes, country = d.country, agency_id = s.agency_id
  from (select s.agency_id from public.sites s where s.id = p_site) s,
    unnest(wrong) w (id)
    cross join lateral (
      select count(*) as orders, count(*) filter (where o.currency::text = shop_currency) as spent_orders,
        coalesce(sum(o.total::bigint) filter (where o.currency::text = shop_currency), 0) as spent,
        max(o.created_at) as newest,
        (select count(*) from public.mod_ecommod01_customer_notes n where n.site_id = p_site and n.customer_id = w.id) as notes,
        customers_private.country_of(p_site, w.id) as country
      from public.mod_ecommod01_orders o
      where o.site_id = p_site and o.customer_id = w.id and o.status::text not in ('cancelled', 'refunded')
    ) d
  where c.site_id = p_site and c.id = w.id;
  get diagnostics corrected = row_count;

  -- From here on the difference between truth and sum is the same in every snapshot, since a writer's rows and its
  -- counts commit together: taken in one statement, it can be added without locking anyone out.
  update public.mod_ecommod01_customer_groups g
  set member_count = g.member_count + d.members
  from (
    select k.id, (
      select count(*) from public.mod_ecommod01_customer_group_members m
      join public.mod_ecommod01_customers c on c.site_id = m.site_id and c.id = m.customer_id and c.deleted_at is null
      where m.site_id = p_site and m.group_id = k.id
    ) - k.member_count as members
    from public.mod_ecommod01_customer_groups k where k.site_id = p_site
  ) d
  where g.site_id = p_site and g.id = d.id and d.members <> 0;
  get diagnostics affected = row_count;
  corrected := corrected + affected;

  update customers_private.site_counters s
  set total = s.total + d.total, active = s.active + d.active, guests = s.guests + d.guests,
    with_orders = s.with_orders + d.with_orders, revenue = s.revenue + d.revenue
  from (
    select t.total - k.total as total, t.active - k.active as active, t.guests - k.guests as guests,
      t.with_orders - k.with_orders as with_orders, t.revenue - k.revenue as revenue
    from (
      select count(*) as total, count(*) filter (where c.status = 'active') as active,
        count(*) filter (where c.status = 'guest') as guests, count(*) filter (where c.orders_count > 0) as with_orders,
        coalesce(sum(c.total_spent), 0) as revenue
      from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.deleted_at is null
    ) t
    cross join (
      select sum(c.total) as total, sum(c.active) as active, sum(c.guests) as guests,
        sum(c.with_orders) as with_orders, sum(c.revenue) as revenue
      from customers_private.site_counters c
      where c.site_id = p_site
    ) k
  ) d
  where s.site_id = p_site and s.shard = my_shard
    and (d.total, d.active, d.guests, d.with_orders, d.revenue) <> (0, 0, 0, 0, 0);
  get diagnostics affected = row_count;
  corrected := corrected + affected;

  insert into customers_private.site_hours as h (site_id, hour, shard, customers)
  select p_site, d.hour, my_shard, sum(d.customers)
  from (
    select date_trunc('hour', c.created_at, 'UTC') as hour, count(*) as customers
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.deleted_at is null and c.created_at >= oldest_hour
    group by 1
    union all
    select k.hour, -k.customers from customers_private.site_hours k
    where k.site_id = p_site and k.hour >= oldest_hour
  ) d
  group by d.hour
  having sum(d.customers) <> 0
  on conflict (site_id, hour, shard) do update set customers = h.customers + excluded.customers;
  get diagnostics affected = row_count;
  corrected := corrected + affected;

  delete from customers_private.site_hours h where h.site_id = p_site and h.hour < now() - interval '60 days';

  for change in
    select d.currency, sum(d.total) as total
    from (
      select o.currency::text as currency, sum(o.total::bigint) as total
      from public.mod_ecommod01_orders o
      join public.mod_ecommod01_customers c on c.site_id = o.site_id and c.id = o.customer_id and c.deleted_at is null
      where o.site_id = p_site and o.currency::text <> shop_currency and o.status::text not in ('cancelled', 'refunded')
      group by 1
      union all
      select k.currency, -sum(k.total) from customers_private.site_other_revenue k where k.site_id = p_site group by 1
    ) d
    group by d.currency
    having sum(d.total) <> 0
  loop
    perform customers_private.add_other_revenue(p_site, change.currency, change.total);
    corrected := corrected + 1;
  end loop;

  with used as materialized (
    select distinct t.tag
    from public.mod_ecommod01_customers c cross join lateral unnest(c.tags) t (tag)
    where c.site_id = p_site and c.deleted_at is null
  ), unused as (
    delete from customers_private.site_tags k where k.site_id = p_site and k.tag not in (select u.tag from used u)
  )
  insert into customers_private.site_tags (site_id, tag, shard)
  select p_site, u.tag, my_shard
  from used u
  where not exists (select from customers_private.site_tags k where k.site_id = p_site and k.tag = u.tag);

  return corrected;
end
$$;

-- Another currency: every customer's spending and the site's revenue are other numbers.
create function customers_private.change_currency() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  site constant uuid := case when tg_op = 'DELETE' then old.site_id else new.site_id end;
begin
  perform pg_advisory_xact_lock(customers_private.currency_lock(site));
  perform customers_private.recount_site(site);
  return null;
end
$$;
create trigger currency_inserted after insert on public.mod_ecommod01_customer_settings
  for each row when (new.currency <> 'USD') execute function customers_private.change_currency();
create trigger currency_updated after update on public.mod_ecommod01_customer_settings
  for each row when (new.currency <> old.currency) execute function customers_private.change_currency();
create trigger currency_deleted after delete on public.mod_ecommod01_customer_settings
  for each row when (old.currency <> 'USD') execute function customers_private.change_currency();

create function customers_private.recount(p_site uuid) returns json
language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform customers_private.require_role(p_site, 'admin');
  return json_build_object('corrected', customers_private.recount_site(p_site));
end
$$;

create function public.mod_ecommod01_recount(p_site uuid) returns json
language sql volatile set search_path = '' set statement_timeout = '55s'
as $$
  select customers_private.recount(p_site)
$$;

revoke execute on all functions in schema customers_private from public, anon, authenticated;
grant execute on function customers_private.my_site_ids() to authenticated;
grant execute on function customers_private.recount(uuid) to authenticated, service_role;
revoke execute on function public.mod_ecommod01_recount(uuid) from public, anon, authenticated;
grant execute on function public.mod_ecommod01_recount(uuid) to authenticated, service_role;
