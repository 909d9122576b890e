-- The shops and who works there, their groups.
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
