-- What customers with many orders spent month by month is kept, so that opening them costs what opening any other does.
-- Whoever has few is summed when read: keeping months for everybody would cost each order, and each import of orders,
-- more than it saves. Months are taken anew from the orders, never added to: whatever happened, they come out true.

create table customers_private.spending_months (
  site_id uuid not null,
  customer_id uuid not null,
  -- Its first day, in the site's time zone.
  month date not null,
  currency text not null,
  total bigint not null,
  orders integer not null,
  primary key (site_id, customer_id, month, currency),
  foreign key (site_id, customer_id) references public.mod_ecommod01_customers (site_id, id) on delete cascade
);
alter table customers_private.spending_months enable row level security;

-- From so many orders that count on: summing fewer takes a few tenths of a millisecond.
create function customers_private.many_orders() returns integer
language sql immutable set search_path = ''
as $$ select 100 $$;

create function customers_private.site_time_zone(p_site uuid) returns text
language sql stable set search_path = ''
as $$
  select coalesce((select s.time_zone from public.mod_ecommod01_customer_settings s where s.site_id = p_site), 'UTC')
$$;

-- Takes the months from p_from to p_to anew from the orders; the caller holds the lock on the customer.
create function customers_private.take_months(
  p_site uuid, p_customer uuid, p_from timestamptz, p_to timestamptz
) returns void
language plpgsql volatile set search_path = '' set enable_seqscan = off
as $$
declare
  zone constant text := customers_private.site_time_zone(p_site);
  first_month constant date := date_trunc('month', p_from at time zone zone);
  last_month constant date := date_trunc('month', p_to at time zone zone);
begin
  delete from customers_private.spending_months m
  where m.site_id = p_site and m.customer_id = p_customer and m.month between first_month and last_month;

  insert into customers_private.spending_months (site_id, customer_id, month, currency, total, orders)
  select p_site, p_customer, k.month, o.currency::text, sum(o.total::bigint), count(*)
  from public.mod_ecommod01_orders o
  cross join lateral (select date_trunc('month', o.created_at at time zone zone)::date as month) k
  where o.site_id = p_site and o.customer_id = p_customer and o.status::text not in ('cancelled', 'refunded')
    -- A day more on both sides, since a month's first midnight may exist twice or not at all.
    and o.created_at >= (first_month::timestamp at time zone zone) - interval '1 day'
    and o.created_at < (last_month::timestamp at time zone zone) + interval '33 days'
    and k.month between first_month and last_month
  group by k.month, o.currency::text;
end
$$;

-- All months of a customer, or none where there are too few orders to keep them.
create function customers_private.take_all_months(p_site uuid, p_customer uuid) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  oldest timestamptz;
  newest timestamptz;
  is_kept boolean;
begin
  select c.orders_count >= customers_private.many_orders() into is_kept
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_customer;
  delete from customers_private.spending_months m where m.site_id = p_site and m.customer_id = p_customer;
  if is_kept then
    select min(o.created_at), max(o.created_at) into oldest, newest
    from public.mod_ecommod01_orders o
    where o.site_id = p_site and o.customer_id = p_customer and o.status::text not in ('cancelled', 'refunded');
    if oldest is not null then
      perform customers_private.take_months(p_site, p_customer, oldest, newest);
    end if;
  end if;
end
$$;

-- Runs after count_orders, by its name: then the counts are right, and whoever they are of is locked.
create function customers_private.keep_months() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  one record;
begin
  if tg_op = 'INSERT' then
    for one in
      select c.site_id, c.id, min(r.created_at) as oldest, max(r.created_at) as newest
      from new_rows r
      join public.mod_ecommod01_customers c on c.site_id = r.site_id and c.id = r.customer_id
      where c.orders_count >= customers_private.many_orders() and r.status::text not in ('cancelled', 'refunded')
      group by c.site_id, c.id
      order by c.site_id, c.id
    loop
      perform customers_private.refresh_months(one.site_id, one.id, one.oldest, one.newest);
    end loop;
  elsif tg_op = 'DELETE' then
    for one in
      select r.site_id, r.customer_id as id, min(r.created_at) as oldest, max(r.created_at) as newest
      from old_rows r
      where r.status::text not in ('cancelled', 'refunded') and exists (
        select from customers_private.spending_months m where m.site_id = r.site_id and m.customer_id = r.customer_id
      )
      group by r.site_id, r.customer_id
      order by r.site_id, r.customer_id
    loop
      perform customers_private.refresh_months(one.site_id, one.id, one.oldest, one.newest);
    end loop;
  else
    -- An order that is only shipped says the same before and after, and waits for nobody.
    for one in
      with before as (
        select r.site_id, r.customer_id, r.created_at, r.currency::text as currency, r.total from old_rows r
        where r.customer_id is not null and r.status::text not in ('cancelled', 'refunded')
      ), after as (
        select r.site_id, r.customer_id, r.created_at, r.currency::text as currency, r.total from new_rows r
        where r.customer_id is not null and r.status::text not in ('cancelled', 'refunded')
      ), differing as (
        (select * from before except all select * from after)
        union all
        (select * from after except all select * from before)
      )
      select d.site_id, d.customer_id as id, min(d.created_at) as oldest, max(d.created_at) as newest
      from differing d
      join public.mod_ecommod01_customers c on c.site_id = d.site_id and c.id = d.customer_id
      where c.orders_count >= customers_private.many_orders() or exists (
        select from customers_private.spending_months m where m.site_id = d.site_id and m.customer_id = d.customer_id
      )
      group by d.site_id, d.customer_id
      order by d.site_id, d.customer_id
    loop
      perform customers_private.refresh_months(one.site_id, one.id, one.oldest, one.newest);
    end loop;
  end if;
  return null;
end
$$;

-- The months that a statement touched, all of them for whom none are kept yet.
create function customers_private.refresh_months(
  p_site uuid, p_customer uuid, p_oldest timestamptz, p_newest timestamptz
) returns void
language plpgsql volatile set search_path = ''
as $$
declare
  counted integer;
begin
  perform pg_advisory_xact_lock_shared(customers_private.currency_lock(p_site));
  select c.orders_count into counted
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_customer
  for no key update;
  if counted >= customers_private.many_orders() and exists (
    select from customers_private.spending_months m where m.site_id = p_site and m.customer_id = p_customer
  ) then
    perform customers_private.take_months(p_site, p_customer, p_oldest, p_newest);
  elsif found then
    perform customers_private.take_all_months(p_site, p_customer);
  end if;
end
$$;

create trigger mod_ecommod01_keep_months_inserted after insert on public.mod_ecommod01_orders
  referencing new table as new_rows
  for each statement execute function customers_private.keep_months();
create trigger mod_ecommod01_keep_months_updated after update on public.mod_ecommod01_orders
  referencing old table as old_rows new table as new_rows
  for each statement execute function customers_private.keep_months();
create trigger mod_ecommod01_keep_months_deleted after delete on public.mod_ecommod01_orders
  referencing old table as old_rows
  for each statement execute function customers_private.keep_months();

create function customers_private.forget_months() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  delete from customers_private.spending_months where true;
  return null;
end
$$;
create trigger mod_ecommod01_forget_months after truncate on public.mod_ecommod01_orders
  for each statement execute function customers_private.forget_months();

create function customers_private.take_months_of_site(p_site uuid) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  customer uuid;
begin
  delete from customers_private.spending_months m where m.site_id = p_site;
  for customer in
    select c.id from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.orders_count >= customers_private.many_orders()
    order by c.id
    for no key update
  loop
    perform customers_private.take_all_months(p_site, customer);
  end loop;
end
$$;

-- In another time zone an order may be of another month. Writers of orders wait, as for another currency.
create function customers_private.change_time_zone() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  site constant uuid := case when tg_op = 'DELETE' then old.site_id else new.site_id end;
begin
  perform pg_advisory_xact_lock(customers_private.currency_lock(site));
  perform customers_private.take_months_of_site(site);
  return null;
end
$$;
create trigger time_zone_inserted after insert on public.mod_ecommod01_customer_settings
  for each row when (new.time_zone <> 'UTC') execute function customers_private.change_time_zone();
create trigger time_zone_updated after update on public.mod_ecommod01_customer_settings
  for each row when (new.time_zone <> old.time_zone) execute function customers_private.change_time_zone();
create trigger time_zone_deleted after delete on public.mod_ecommod01_customer_settings
  for each row when (old.time_zone <> 'UTC') execute function customers_private.change_time_zone();

-- A recount, for the day when triggers were switched off, takes the months anew too.
alter function customers_private.recount_site(uuid) rename to recount_counters;
create function customers_private.recount_site(p_site uuid) returns bigint
language plpgsql volatile security definer set search_path = ''
as $$
declare
  corrected constant bigint := customers_private.recount_counters(p_site);
begin
  perform customers_private.take_months_of_site(p_site);
  return corrected;
end
$$;

create or replace function customers_private.show_spending(
  p_customer public.mod_ecommod01_customers, out by_month json, out other_currencies json
)
language plpgsql stable
set search_path = '' set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  shop record;
  -- When each of them began: finding an order's place among them costs a tenth of reckoning its month.
  months timestamptz[];
begin
  by_month := '[]';
  other_currencies := '[]';
  if p_customer.orders_count = 0 then
    return;
  end if;
  select coalesce(s.currency, 'USD') as currency, coalesce(s.time_zone, 'UTC') as time_zone into shop
  from (select) one
  left join public.mod_ecommod01_customer_settings s on s.site_id = p_customer.site_id;

  if p_customer.orders_count >= customers_private.many_orders() then
    select coalesce(json_agg(k order by k.month, k.currency), '[]') into by_month
    from (
      select to_char(m.month, 'YYYY-MM') as month, m.currency, m.total, m.orders
      from customers_private.spending_months m
      where m.site_id = p_customer.site_id and m.customer_id = p_customer.id
        and m.month >= (date_trunc('month', now() at time zone shop.time_zone) - interval '35 months')::date
    ) k;
    select coalesce(json_agg(t order by t.currency), '[]') into other_currencies
    from (
      select m.currency, sum(m.total) as total, sum(m.orders) as orders
      from customers_private.spending_months m
      where m.site_id = p_customer.site_id and m.customer_id = p_customer.id and m.currency <> shop.currency
      group by m.currency
    ) t;
    -- Kept by nobody yet: orders that were there before their customer.
    if exists (
      select from customers_private.spending_months m
      where m.site_id = p_customer.site_id and m.customer_id = p_customer.id
    ) then
      return;
    end if;
  end if;

  months := array(
    select (date_trunc('month', now() at time zone shop.time_zone) - n * interval '1 month') at time zone shop.time_zone
    from generate_series(35, 0, -1) n
  );
  if p_customer.last_order_date >= months[1] then
    select coalesce(json_agg(m order by m.month, m.currency), '[]') into by_month
    from (
      select to_char(months[s.month] at time zone shop.time_zone, 'YYYY-MM') as month, s.currency, s.total, s.orders
      from (
        select width_bucket(o.created_at, months) as month, o.currency::text as currency, sum(o.total::bigint) as total,
          count(*) as orders
        from public.mod_ecommod01_orders o
        where o.site_id = p_customer.site_id and o.customer_id = p_customer.id and o.created_at >= months[1]
          and o.status::text not in ('cancelled', 'refunded')
        group by 1, 2
      ) s
    ) m;
  end if;
  if p_customer.orders_count > p_customer.spent_orders_count then
    select coalesce(json_agg(t order by t.currency), '[]') into other_currencies
    from (
      select o.currency::text as currency, sum(o.total::bigint) as total, count(*) as orders
      from public.mod_ecommod01_orders o
      where o.site_id = p_customer.site_id and o.customer_id = p_customer.id
        and o.currency::text <> shop.currency and o.status::text not in ('cancelled', 'refunded')
      group by 1
    ) t;
  end if;
end
$$;

-- Of orders that are there already.
do $$
declare
  site uuid;
begin
  for site in
    select distinct c.site_id from public.mod_ecommod01_customers c
    where c.orders_count >= customers_private.many_orders()
  loop
    perform customers_private.take_months_of_site(site);
  end loop;
end
$$;

revoke execute on function
  customers_private.many_orders, customers_private.site_time_zone, customers_private.take_months,
  customers_private.take_all_months, customers_private.keep_months, customers_private.refresh_months,
  customers_private.forget_months, customers_private.take_months_of_site, customers_private.change_time_zone,
  customers_private.recount_counters, customers_private.recount_site
from public, anon, authenticated;
