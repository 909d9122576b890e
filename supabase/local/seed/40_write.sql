-- Into the tables. Counts are written with the customers: with triggers switched off (scripts/backend/seed.ts) they
-- stay as they are written, else the triggers begin at nothing and arrive at the same.
insert into public.agencies (id, name)
select id, name from seed.agency;

insert into public.sites (id, agency_id, name)
select s.site_id, a.id, s.name from seed.shops s, seed.agency a;

insert into public.mod_ecommod01_customer_settings (site_id, currency, time_zone)
select site_id, currency, time_zone from seed.shops
on conflict (site_id) do update set currency = excluded.currency, time_zone = excluded.time_zone;

insert into auth.users (id, email)
select distinct id, email from seed.staff;

insert into public.mod_ecommod01_site_members (site_id, user_id, role, display_name)
select site_id, id, role, display_name from seed.staff;

insert into public.mod_ecommod01_customer_groups
  (site_id, id, name, description, discount_percentage, color, created_at, updated_at)
select s.site_id, seed.id(made_at, s.number * 4294967296 + g.number, 'group'), g.name, g.description, g.discount,
  g.color, made_at, made_at
from seed.shops s, seed.groups g, lateral (select seed.shop_now() - interval '1096 days' as made_at) t;

insert into public.mod_ecommod01_customers (
  site_id, id, agency_id, first_name, last_name, email, phone, status, is_guest, email_verified, accepts_marketing,
  orders_count, spent_orders_count, total_spent, last_order_date, tags, metadata, notes_count, created_at,
  updated_at, last_seen_at, country
)
select
  p.site_id, p.id, a.id, p.first_name, p.last_name,
  p.mailbox || coalesce(nullif(p.namesake, 1)::text, '') || '@' || p.mail_host,
  p.phone, p.status, p.status = 'guest',
  p.status <> 'guest' and seed.draw(p.key, 50, 100) < 80,
  seed.draw(p.key, 51, 100) < case when p.status = 'guest' then 20 else 55 end,
  coalesce(o.orders_count, 0), coalesce(o.spent_orders_count, 0), coalesce(o.total_spent, 0), o.last_order_date,
  case
    when tagged < 55 then '{}'
    when tagged < 80 then array[first_tag]
    when tagged < 93 then array[first_tag, second_tag]
    else array[first_tag, second_tag, third_tag]
  end,
  case
    when seed.draw(p.key, 52, 100) < 4 then jsonb_build_object('loyalty_card', 'C-' || (100000 + seed.draw(p.key, 53, 900000)))
    when seed.draw(p.key, 52, 100) < 5 then '{"source": "trade fair"}'
    else '{}'
  end,
  seed.notes_of(p.key),
  p.created_at,
  case when seed.draw(p.key, 54, 2) = 0 then p.created_at else seen_at end,
  case when p.status <> 'guest' and seed.draw(p.key, 55, 10) < 7 then seen_at end,
  case when seed.addresses_of(p.key) > 0 then p.country end
from (
  select p.*, row_number() over (partition by site_id, mailbox, mail_host order by n) as namesake from seed.people p
) p
cross join seed.agency a
left join (
  select
    o.customer_id,
    count(*) as orders_count,
    count(*) filter (where o.currency = s.currency) as spent_orders_count,
    sum(o.total) filter (where o.currency = s.currency) as total_spent,
    max(o.created_at) as last_order_date
  from seed.orders o join seed.shops s on s.site_id = o.site_id
  where o.status not in ('cancelled', 'refunded')
  group by o.customer_id
) o on o.customer_id = p.id
cross join lateral (
  select
    seed.draw(p.key, 60, 100) as tagged,
    seed.tag(least(seed.draw(p.key, 61, 18), seed.draw(p.key, 62, 18))) as first_tag,
    seed.tag(least(seed.draw(p.key, 61, 18), seed.draw(p.key, 62, 18)) + 1 + seed.draw(p.key, 63, 8)) as second_tag,
    seed.tag(least(seed.draw(p.key, 61, 18), seed.draw(p.key, 62, 18)) + 9 + seed.draw(p.key, 64, 9)) as third_tag,
    date_trunc('milliseconds',
      p.created_at + (seed.shop_now() - p.created_at) * (seed.draw(p.key, 65, 10000) / 10000::float8)) as seen_at
) d
order by p.shop, p.n;

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

insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id, created_at)
select p.site_id, p.id, seed.id(seed.shop_now() - interval '1096 days', p.shop * 4294967296 + g.number, 'group'), p.created_at
from seed.people p
join seed.groups g on seed.draw(p.key, 100 + g.number, 10000) < g.members
order by p.shop, p.n, g.number;

update public.mod_ecommod01_customer_groups g
set member_count = m.members
from (
  select site_id, group_id, count(*) as members from public.mod_ecommod01_customer_group_members group by 1, 2
) m
where m.site_id = g.site_id and m.group_id = g.id and g.member_count <> m.members;

insert into public.mod_ecommod01_customer_notes (site_id, id, customer_id, content, user_id, user_name, created_at)
select
  p.site_id, seed.id(written_at, p.key * 4 + k, 'note'), p.id,
  (select content from seed.notes where number = 1 + seed.draw(p.key * 4 + k, 81, 10)),
  author.id, author.display_name, written_at
from seed.people p
cross join lateral generate_series(1, seed.notes_of(p.key)) k
cross join lateral (
  select date_trunc('milliseconds', p.created_at + (seed.shop_now() - p.created_at)
    * (seed.draw(p.key * 4 + k, 80, 10000) / 10000::float8)) as written_at
) w
cross join lateral (
  -- The small shops have nobody of their own: a colleague of the agency wrote there.
  select id, display_name from seed.staff where role <> 'viewer'
  order by (site_id = p.site_id) desc, (id::text collate "C") offset seed.draw(p.key * 4 + k, 82, 2) limit 1
) author
order by p.shop, p.n, k;

insert into public.mod_ecommod01_orders (site_id, id, customer_id, order_number, status, total, currency, created_at)
select
  site_id, id, customer_id, '#' || 1000 + row_number() over (partition by site_id order by created_at, id),
  status, total, currency, created_at
from seed.orders
order by site_id, created_at, id;
