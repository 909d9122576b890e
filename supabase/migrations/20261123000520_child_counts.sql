-- What a customer's memberships, notes and addresses say about it: member_count of groups, notes_count, country; and
-- which tags a site uses. Each locks the customers it concerns first, in the order of their ids, then the groups.

create type customers_private.member_change as (site_id uuid, customer_id uuid, group_id uuid, members bigint);

create function customers_private.count_members() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  before customers_private.member_change[];
  after customers_private.member_change[];
  changes customers_private.member_change[];
begin
  if tg_op <> 'INSERT' then
    select array_agg(row(o.site_id, o.customer_id, o.group_id, -1)::customers_private.member_change) into before
    from old_rows o;
  end if;
  if tg_op <> 'DELETE' then
    select array_agg(row(n.site_id, n.customer_id, n.group_id, 1)::customers_private.member_change) into after
    from new_rows n;
  end if;
  changes := before || after;
  if changes is null then
    return null;
  end if;

  perform from public.mod_ecommod01_customers c
  where (c.site_id, c.id) in (select u.site_id, u.customer_id from unnest(changes) u)
  order by c.site_id, c.id
  for no key update;

  perform from public.mod_ecommod01_customer_groups g
  where (g.site_id, g.id) in (select u.site_id, u.group_id from unnest(changes) u)
  order by g.site_id, g.id
  for no key update;

  -- Hidden customers do not count. One that is being deleted is gone already: it left the count before.
  update public.mod_ecommod01_customer_groups g
  set member_count = g.member_count + d.members
  from (
    select u.site_id, u.group_id, sum(u.members) as members
    from unnest(changes) u
    join public.mod_ecommod01_customers c on c.site_id = u.site_id and c.id = u.customer_id
    where c.deleted_at is null
    group by u.site_id, u.group_id
    having sum(u.members) <> 0
  ) d
  where g.site_id = d.site_id and g.id = d.group_id;
  return null;
end
$$;
create trigger count_inserted after insert on public.mod_ecommod01_customer_group_members
  referencing new table as new_rows
  for each statement execute function customers_private.count_members();
create trigger count_updated after update on public.mod_ecommod01_customer_group_members
  referencing old table as old_rows new table as new_rows
  for each statement execute function customers_private.count_members();
create trigger count_deleted after delete on public.mod_ecommod01_customer_group_members
  referencing old table as old_rows
  for each statement execute function customers_private.count_members();

create function customers_private.count_notes() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  before customers_private.customer_move[];
  after customers_private.customer_move[];
  changes customers_private.customer_move[];
begin
  if tg_op <> 'INSERT' then
    select array_agg(row(o.site_id, o.customer_id, -1)::customers_private.customer_move) into before from old_rows o;
  end if;
  if tg_op <> 'DELETE' then
    select array_agg(row(n.site_id, n.customer_id, 1)::customers_private.customer_move) into after from new_rows n;
  end if;
  select array_agg(row(c.*)::customers_private.customer_move) into changes
  from (
    select u.site_id, u.id, sum(u.sign)::integer
    from unnest(before || after) u
    group by u.site_id, u.id
    having sum(u.sign) <> 0
  ) c;
  if changes is null then
    return null;
  end if;

  perform from public.mod_ecommod01_customers c
  where (c.site_id, c.id) in (select u.site_id, u.id from unnest(changes) u)
  order by c.site_id, c.id
  for no key update;

  update public.mod_ecommod01_customers c
  set notes_count = c.notes_count + u.sign
  from unnest(changes) u
  where c.site_id = u.site_id and c.id = u.id;
  return null;
end
$$;
create trigger count_inserted after insert on public.mod_ecommod01_customer_notes
  referencing new table as new_rows
  for each statement execute function customers_private.count_notes();
create trigger count_updated after update on public.mod_ecommod01_customer_notes
  referencing old table as old_rows new table as new_rows
  for each statement execute function customers_private.count_notes();
create trigger count_deleted after delete on public.mod_ecommod01_customer_notes
  referencing old table as old_rows
  for each statement execute function customers_private.count_notes();

-- Of the default shipping address, else the default billing one, else the newest.
create function customers_private.country_of(p_site uuid, p_customer uuid) returns text
language sql stable security definer set search_path = ''
as $$
  select a.country
  from public.mod_ecommod01_customer_addresses a
  where a.site_id = p_site and a.customer_id = p_customer
  order by a.is_default_shipping desc, a.is_default_billing desc, a.created_at desc, a.id desc
  limit 1
$$;

create function customers_private.keep_country() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  concerned customers_private.customer_move[];
begin
  if tg_op = 'INSERT' then
    select array_agg(distinct row(n.site_id, n.customer_id, 1)::customers_private.customer_move) into concerned
    from new_rows n;
  elsif tg_op = 'DELETE' then
    select array_agg(distinct row(o.site_id, o.customer_id, 1)::customers_private.customer_move) into concerned
    from old_rows o;
  else
    select array_agg(row(r.site_id, r.customer_id, 1)::customers_private.customer_move) into concerned
    from (
      select n.site_id, n.customer_id from new_rows n
      union
      select o.site_id, o.customer_id from old_rows o
    ) r;
  end if;
  if concerned is null then
    return null;
  end if;

  perform from public.mod_ecommod01_customers c
  where (c.site_id, c.id) in (select u.site_id, u.id from unnest(concerned) u)
  order by c.site_id, c.id
  for no key update;

  -- Whoever writes customer and address together may set the country beforehand and spare this second write.
  update public.mod_ecommod01_customers c
  set country = d.country
  from (
    select u.site_id, u.id, customers_private.country_of(u.site_id, u.id) as country from unnest(concerned) u
  ) d
  where c.site_id = d.site_id and c.id = d.id and c.country is distinct from d.country;
  return null;
end
$$;
create trigger country_inserted after insert on public.mod_ecommod01_customer_addresses
  referencing new table as new_rows
  for each statement execute function customers_private.keep_country();
create trigger country_updated after update on public.mod_ecommod01_customer_addresses
  referencing old table as old_rows new table as new_rows
  for each statement execute function customers_private.keep_country();
create trigger country_deleted after delete on public.mod_ecommod01_customer_addresses
  referencing old table as old_rows
  for each statement execute function customers_private.keep_country();

create function customers_private.keep_tags() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  insert into customers_private.site_tags (site_id, tag, shard)
  select u.site_id, t.tag, u.shard
  from (
    select f.site_id, f.tags, customers_private.claim_shard(f.site_id) as shard
    from (
      select d.site_id, array_agg(d.tag) as tags
      from (select distinct n.site_id, t.tag from new_rows n cross join lateral unnest(n.tags) t (tag)) d
      where not exists (
        select from customers_private.site_tags k where k.site_id = d.site_id and k.tag = d.tag
      )
      group by d.site_id
    ) f
  ) u
  cross join lateral unnest(u.tags) t (tag)
  where u.shard is not null;
  return null;
end
$$;
create trigger tags_inserted after insert on public.mod_ecommod01_customers
  referencing new table as new_rows
  for each statement execute function customers_private.keep_tags();
create trigger tags_updated after update on public.mod_ecommod01_customers
  referencing new table as new_rows
  for each statement execute function customers_private.keep_tags();

create function customers_private.forget_children() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  case tg_table_name
    when 'mod_ecommod01_customer_group_members' then
      update public.mod_ecommod01_customer_groups set member_count = 0 where member_count <> 0;
    when 'mod_ecommod01_customer_notes' then
      update public.mod_ecommod01_customers set notes_count = 0 where notes_count <> 0;
    when 'mod_ecommod01_customer_addresses' then
      update public.mod_ecommod01_customers set country = null where country is not null;
  end case;
  return null;
end
$$;
create trigger forget_all after truncate on public.mod_ecommod01_customer_group_members
  for each statement execute function customers_private.forget_children();
create trigger forget_all after truncate on public.mod_ecommod01_customer_notes
  for each statement execute function customers_private.forget_children();
create trigger forget_all after truncate on public.mod_ecommod01_customer_addresses
  for each statement execute function customers_private.forget_children();
