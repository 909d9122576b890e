-- What they bought: 2.7 orders a customer on average; two fifths never bought anything, one customer of the first
-- shop 2,000 times. One order in a hundred is in a currency that isn't the shop's; 5 per cent were cancelled, 3
-- refunded.
create unlogged table seed.orders as
with numbered as (
  select
    p.site_id, p.id as customer_id, p.created_at as registered_at, p.has_2000_orders, p.orders, k,
    p.key * 4096 + k as key
  from seed.people p, generate_series(1, p.orders) k
),
dated as (
  select
    numbered.*,
    -- Spread over the time since registration; the first soon after it, since buying is why people register.
    date_trunc('milliseconds', registered_at + (seed.shop_now() - registered_at) * (
      (k - 1 + seed.draw(key, 30, 10000) / 10000::float8 * case when k = 1 then 0.1 else 1 end) / orders
    )) as created_at
  from numbered
)
select
  d.site_id, seed.id(d.created_at, d.key, 'order') as id, d.customer_id, d.created_at,
  case
    when d.has_2000_orders then case when age < interval '3 days' then 'processing' else 'delivered' end
    when luck < 5 then 'cancelled'
    when luck < 8 and age > interval '9 days' then 'refunded'
    when age < interval '1 day' then 'pending'
    when age < interval '2 days' then 'confirmed'
    when age < interval '4 days' then 'processing'
    when age < interval '9 days' or luck < 9 then 'shipped'
    else 'delivered'
  end as status,
  (490 + 10 * seed.draw(d.key, 31, 350) + seed.draw(d.key, 32, 80) * seed.draw(d.key, 33, 80))::bigint
    * case when seed.draw(d.key, 34, 100) < 3 then 12 else 1 end as total,
  case
    when seed.draw(d.key, 35, 100) > 0 or d.has_2000_orders then s.currency
    else coalesce(
      nullif((array['USD', 'GBP', 'CHF', 'JPY'])[1 + seed.draw(d.key, 36, 4)], s.currency), 'SEK')
  end as currency
from dated d
join seed.shops s on s.site_id = d.site_id
cross join lateral (select seed.shop_now() - d.created_at as age, seed.draw(d.key, 37, 100) as luck) l;

analyze seed.orders;
