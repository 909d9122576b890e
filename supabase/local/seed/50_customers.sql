-- The scripts from 50 to 59 need nothing of each other but, where foreign keys are checked, their order.
--
-- Counts are written with the customers: with triggers switched off (scripts/backend/seed.ts) they stay as they are
-- written, else the triggers begin at nothing and arrive at the same.
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
