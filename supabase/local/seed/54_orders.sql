insert into public.mod_ecommod01_orders (site_id, id, customer_id, order_number, status, total, currency, created_at)
select
  site_id, id, customer_id, '#' || 1000 + row_number() over (partition by site_id order by created_at, id),
  status, total, currency, created_at
from seed.orders
order by site_id, created_at, id;
