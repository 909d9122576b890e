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
