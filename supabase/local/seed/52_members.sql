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
