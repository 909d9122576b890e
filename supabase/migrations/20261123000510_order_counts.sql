-- Orders: orders_count, total_spent and last_order_date of their customers, whoever writes them. They count unless
-- cancelled or refunded; only those in the site's currency are money, the others stay apart by currency. A host's totals
-- may be numeric: each is rounded by itself, here and wherever they are summed, so that no sum depends on the order of
-- writes.

create type customers_private.order_change as (
  site_id uuid,
  customer_id uuid,
  currency text,
  orders bigint,
  total numeric,
  -- created_at of the newest one taken away, and of the newest one added.
  newest_before timestamptz,
  newest_after timestamptz
);

-- Writers of orders share this lock, a change of the site's currency holds it alone: so no order is added up under
-- the old currency while the customers are counted again under the new one.
create function customers_private.currency_lock(p_site uuid) returns bigint
language sql immutable set search_path = ''
as $$
  select hashtextextended('mod_ecommod01 currency ' || p_site, 0)
$$;

create function customers_private.count_orders() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  before customers_private.order_change[];
  after customers_private.order_change[];
  changes customers_private.order_change[];
  change record;
begin
  if tg_op <> 'INSERT' then
    select array_agg(row(c.*)::customers_private.order_change) into before
    from (
      select o.site_id, o.customer_id, o.currency::text, -count(*), -sum(o.total::bigint), max(o.created_at), null::timestamptz
      from old_rows o
      where o.customer_id is not null and o.status::text not in ('cancelled', 'refunded')
      group by o.site_id, o.customer_id, o.currency
    ) c;
  end if;
  if tg_op <> 'DELETE' then
    select array_agg(row(c.*)::customers_private.order_change) into after
    from (
      select n.site_id, n.customer_id, n.currency::text, count(*), sum(n.total::bigint), null::timestamptz, max(n.created_at)
      from new_rows n
      where n.customer_id is not null and n.status::text not in ('cancelled', 'refunded')
      group by n.site_id, n.customer_id, n.currency
    ) c;
  end if;
  -- An order that is only shipped changes nothing, and waits for nobody.
  select array_agg(row(c.*)::customers_private.order_change) into changes
  from (
    select u.site_id, u.customer_id, u.currency, sum(u.orders)::bigint, sum(u.total), max(u.newest_before), max(u.newest_after)
    from unnest(before || after) u
    group by u.site_id, u.customer_id, u.currency
    having sum(u.orders) <> 0 or sum(u.total) <> 0 or max(u.newest_before) is distinct from max(u.newest_after)
  ) c;
  if changes is null then
    return null;
  end if;

  perform pg_advisory_xact_lock_shared(customers_private.currency_lock(s.site_id))
  from (select distinct c.site_id from unnest(changes) c order by c.site_id) s;

  perform from public.mod_ecommod01_customers c
  where (c.site_id, c.id) in (select u.site_id, u.customer_id from unnest(changes) u)
  order by c.site_id, c.id
  for no key update;

  update public.mod_ecommod01_customers c
  set orders_count = c.orders_count + d.orders,
    spent_orders_count = c.spent_orders_count + d.spent_orders,
    total_spent = c.total_spent + d.spent,
    last_order_date = case
      -- The newest order may be the one that went: what is left is looked up, after the lock and so as it is now.
      when c.last_order_date = d.newest_before then (
        select max(o.created_at) from public.mod_ecommod01_orders o
        where o.site_id = c.site_id and o.customer_id = c.id and o.status::text not in ('cancelled', 'refunded')
      )
      else greatest(c.last_order_date, d.newest_after)
    end
  from (
    select u.site_id, u.customer_id, sum(u.orders) as orders,
      coalesce(sum(u.orders) filter (where u.currency = s.currency), 0) as spent_orders,
      coalesce(sum(u.total) filter (where u.currency = s.currency), 0) as spent,
      max(u.newest_before) as newest_before, max(u.newest_after) as newest_after
    from unnest(changes) u
    join (
      select x.site_id, customers_private.site_currency(x.site_id) as currency
      from (select distinct y.site_id from unnest(changes) y) x
    ) s using (site_id)
    group by u.site_id, u.customer_id
  ) d
  where c.site_id = d.site_id and c.id = d.customer_id;

  for change in
    select u.site_id, u.currency, sum(u.total) as total
    from unnest(changes) u
    join public.mod_ecommod01_customers c on c.site_id = u.site_id and c.id = u.customer_id
    where c.deleted_at is null
    group by u.site_id, u.currency
    having u.currency <> customers_private.site_currency(u.site_id)
    order by u.site_id, u.currency
  loop
    perform customers_private.add_other_revenue(change.site_id, change.currency, change.total);
  end loop;
  return null;
end
$$;

create trigger mod_ecommod01_count_inserted after insert on public.mod_ecommod01_orders
  referencing new table as new_rows
  for each statement execute function customers_private.count_orders();
create trigger mod_ecommod01_count_updated after update on public.mod_ecommod01_orders
  referencing old table as old_rows new table as new_rows
  for each statement execute function customers_private.count_orders();
create trigger mod_ecommod01_count_deleted after delete on public.mod_ecommod01_orders
  referencing old table as old_rows
  for each statement execute function customers_private.count_orders();

create function customers_private.forget_orders() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  update public.mod_ecommod01_customers
  set orders_count = 0, spent_orders_count = 0, total_spent = 0, last_order_date = null
  where orders_count <> 0;
  delete from customers_private.site_other_revenue where true;
  return null;
end
$$;
create trigger mod_ecommod01_forget_all after truncate on public.mod_ecommod01_orders
  for each statement execute function customers_private.forget_orders();

-- Orders stay when their customer goes, and name nobody.
create function customers_private.release_orders() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  update public.mod_ecommod01_orders o
  set customer_id = null
  from old_rows c
  where o.site_id = c.site_id and o.customer_id = c.id;
  return null;
end
$$;
create trigger release_orders after delete on public.mod_ecommod01_customers
  referencing old table as old_rows
  for each statement execute function customers_private.release_orders();

-- Orders that were there before their customer, as when a host brings its customers here and keeps their ids.
create function customers_private.adopt_orders() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  moves customers_private.customer_move[];
begin
  select array_agg(row(n.site_id, n.id, 1)::customers_private.customer_move) into moves
  from new_rows n
  where exists (
    select from public.mod_ecommod01_orders o
    where o.site_id = n.site_id and o.customer_id = n.id and o.status::text not in ('cancelled', 'refunded')
  );
  if moves is null then
    return null;
  end if;

  update public.mod_ecommod01_customers c
  set orders_count = d.orders, spent_orders_count = d.spent_orders, total_spent = d.spent, last_order_date = d.newest
  from (
    select o.site_id, o.customer_id, count(*) as orders,
      count(*) filter (where o.currency::text = s.currency) as spent_orders,
      coalesce(sum(o.total::bigint) filter (where o.currency::text = s.currency), 0) as spent,
      max(o.created_at) as newest
    from unnest(moves) v
    join public.mod_ecommod01_orders o on o.site_id = v.site_id and o.customer_id = v.id
    join (
      select x.site_id, customers_private.site_currency(x.site_id) as currency
      from (select distinct y.site_id from unnest(moves) y) x
    ) s on s.site_id = v.site_id
    where o.status::text not in ('cancelled', 'refunded')
    group by o.site_id, o.customer_id
  ) d
  where c.site_id = d.site_id and c.id = d.customer_id;

  perform customers_private.apply_customer_moves(array_agg(v))
  from unnest(moves) v
  join public.mod_ecommod01_customers c on c.site_id = v.site_id and c.id = v.id
  where c.deleted_at is null
  having count(*) > 0;
  return null;
end
$$;
create trigger adopt_orders after insert on public.mod_ecommod01_customers
  referencing new table as new_rows
  for each statement execute function customers_private.adopt_orders();
