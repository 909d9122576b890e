insert into public.mod_ecommod01_customer_addresses (
  site_id, id, customer_id, label, is_default_billing, is_default_shipping, first_name, last_name, company,
  address_line_1, address_line_2, city, state, postal_code, country, phone, created_at, updated_at
)
select
  p.site_id, seed.id(p.created_at, p.key * 4 + k, 'address'), p.id,
  case when k = 1 then 'Primary' else (array['Work', 'Billing', 'Home'])[1 + seed.draw(key, 70, 3)] end,
  k = 1, k = 1, p.first_name, p.last_name,
  case when k = 2 and p.last_name <> '' then p.last_name || ' & Co.' end,
  case when c.culture in ('english', 'american', 'french') then house || ' ' || street else street || ' ' || house end,
  case when seed.draw(key, 71, 10) = 0 then 'c/o ' || c.last_names[1] end,
  c.cities[city], coalesce(c.states[city], ''), seed.postal_code(c.postal_code, key), c.country, p.phone,
  p.created_at, p.created_at
from seed.people p
join seed.cultures c on c.culture = p.culture
cross join lateral generate_series(1, seed.addresses_of(p.key)) k
cross join lateral (
  select
    c.streets[1 + seed.draw(p.key * 4 + k, 72, cardinality(c.streets))] as street,
    (1 + seed.draw(p.key * 4 + k, 73, 180))::text as house,
    1 + seed.draw(p.key * 4 + k, 74, cardinality(c.cities)) as city
) d
order by p.shop, p.n, k;
