-- The database's own recount fills the totals of the sites, and must find every customer's and group's numbers as they
-- were written above.
create unlogged table seed.written as
select id, orders_count, spent_orders_count, total_spent, last_order_date, notes_count, country
from public.mod_ecommod01_customers;

create unlogged table seed.written_groups as
select site_id, id, member_count from public.mod_ecommod01_customer_groups;

do $$
declare
  shop record;
  wrong bigint;
begin
  for shop in select site_id from seed.shops order by number loop
    perform customers_private.recount_site(shop.site_id);
  end loop;

  select count(*) into wrong
  from public.mod_ecommod01_customers c
  join seed.written w on w.id = c.id
  where (c.orders_count, c.spent_orders_count, c.total_spent, c.last_order_date, c.notes_count, c.country)
    is distinct from (w.orders_count, w.spent_orders_count, w.total_spent, w.last_order_date, w.notes_count, w.country);
  if wrong > 0 then
    raise exception 'the seed wrote % customers with other counts than customers_private.recount_site() finds', wrong;
  end if;

  select count(*) into wrong
  from public.mod_ecommod01_customer_groups g
  join seed.written_groups w on w.site_id = g.site_id and w.id = g.id
  where w.member_count <> g.member_count;
  if wrong > 0 then
    raise exception 'the seed wrote % groups with other counts than customers_private.recount_site() finds', wrong;
  end if;
end
$$;
