-- Reading fifty rules costs more than testing them on a page of customers. So the condition that a rule means is kept, as
-- long as the rule, the site's time zone and, where it counts days back from today, the day are the same. Nothing depends
-- on it: a rule that isn't prepared is read.
create table customers_private.prepared_rules (
  site_id uuid not null,
  group_id uuid not null,
  rule jsonb not null,
  time_zone text not null,
  -- Null for a rule that means the same every day.
  day date,
  condition text not null,
  primary key (site_id, group_id),
  foreign key (site_id, group_id) references public.mod_ecommod01_customer_groups (site_id, id) on delete cascade
);
alter table customers_private.prepared_rules enable row level security;

-- The condition of each rule of a site, in the order of the groups' names.
create function customers_private.rules_of_site(p_site uuid, p_ids uuid[] default null)
returns table (group_id uuid, condition text, is_prepared boolean, is_by_hand boolean)
language plpgsql stable
set search_path = ''
as $$
declare
  zone constant text := coalesce(
    (select s.time_zone from public.mod_ecommod01_customer_settings s where s.site_id = p_site), 'UTC');
  today constant date := (now() at time zone zone)::date;
begin
  return query
  select g.id,
    format('(%s)', coalesce(p.condition, customers_private.all_of((customers_private.read_rule(p_site, g.rule)).others))),
    p.condition is not null,
    exists (
      select from public.mod_ecommod01_customer_group_members m where m.site_id = p_site and m.group_id = g.id
    ) or exists (
      select from public.mod_ecommod01_customer_group_exclusions x where x.site_id = p_site and x.group_id = g.id
    )
  from public.mod_ecommod01_customer_groups g
  left join customers_private.prepared_rules p
    on p.site_id = p_site and p.group_id = g.id and p.rule = g.rule and p.time_zone = zone and coalesce(p.day, today) = today
  where g.site_id = p_site and g.rule is not null and (p_ids is null or g.id = any (p_ids))
  order by g.name_key, g.id;
end
$$;

create function customers_private.prepare_rules(p_site uuid) returns void
language sql volatile
set search_path = ''
as $$
  insert into customers_private.prepared_rules as p (site_id, group_id, rule, time_zone, day, condition)
  select p_site, g.id, g.rule,
    coalesce((select s.time_zone from public.mod_ecommod01_customer_settings s where s.site_id = p_site), 'UTC'),
    case when g.rule::text ~ '"-[0-9]{1,4}d"' then customers_private.today(p_site) end,
    customers_private.all_of((customers_private.read_rule(p_site, g.rule)).others)
  from customers_private.rules_of_site(p_site) r
  join public.mod_ecommod01_customer_groups g on g.site_id = p_site and g.id = r.group_id
  where not r.is_prepared
  order by g.id
  on conflict (site_id, group_id) do update
  set rule = excluded.rule, time_zone = excluded.time_zone, day = excluded.day, condition = excluded.condition
$$;

create or replace function customers_private.rule_groups_of(p_site uuid, p_ids uuid[])
returns table (customer_id uuid, group_ids uuid[])
language plpgsql stable
set search_path = '' set jit = off set max_parallel_workers_per_gather = 0
as $$
declare
  ruled_ids uuid[];
  by_hand uuid[];
  arms text;
begin
  select array_agg(r.group_id), coalesce(array_agg(r.group_id) filter (where r.is_by_hand), '{}'),
    string_agg(format('case when %s then %L::uuid end', r.condition, r.group_id), ', ')
  into ruled_ids, by_hand, arms
  from customers_private.rules_of_site(p_site) r;
  if arms is null then
    return;
  end if;

  return query execute format(
    'select r.id, %s from (
       select c.id, array_remove(array[%s], null) as ids
       from public.mod_ecommod01_customers c
       where c.site_id = %L and c.id = any (%L::uuid[]) and c.deleted_at is null
       offset 0
     ) r',
    case when by_hand = '{}' then 'r.ids' else format(
      'array(
         select u.id from unnest(r.ids) u (id)
         where not exists (
           select from public.mod_ecommod01_customer_group_exclusions x
           where x.site_id = %1$L and x.customer_id = r.id and x.group_id = u.id)
         union
         select m.group_id from public.mod_ecommod01_customer_group_members m
         where m.site_id = %1$L and m.customer_id = r.id and m.group_id = any (%2$L::uuid[]))',
      p_site, by_hand) end,
    arms, p_site, p_ids);
end
$$;

create or replace function customers_private.list_rule_groups_of(p_site uuid, p_ids uuid[]) returns json
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  perform customers_private.require_role(p_site, 'viewer');
  if p_ids is null or cardinality(p_ids) > 100 then
    perform customers_private.refuse('ids', 'must be at most 100 ids');
  end if;
  if exists (select from customers_private.rules_of_site(p_site) r where not r.is_prepared) then
    perform customers_private.prepare_rules(p_site);
  end if;
  return (
    with found as materialized (
      select r.customer_id, r.group_ids from customers_private.rule_groups_of(p_site, p_ids) r
      where r.group_ids <> '{}'
    )
    select json_build_object(
      'of', (select coalesce(json_object_agg(f.customer_id, f.group_ids), '{}') from found f),
      'groups', (
        select coalesce(json_agg(json_build_object(
          'id', g.id, 'name', g.name, 'color', g.color) order by g.name_key, g.id), '[]')
        from public.mod_ecommod01_customer_groups g
        where g.site_id = p_site and g.id = any (array(select unnest(f.group_ids) from found f))
      ),
      'total', (
        select count(*) from public.mod_ecommod01_customer_groups g where g.site_id = p_site and g.rule is not null
      ))
  );
end
$$;

-- Volatile, so that it may prepare rules.
create or replace function public.mod_ecommod01_list_rule_groups_of(p_site uuid, p_ids uuid[]) returns json
language plpgsql volatile set search_path = '' set statement_timeout = '5s'
as $$
begin
  return customers_private.list_rule_groups_of(p_site, p_ids);
end
$$;

-- One pass over the site for all rules; who was put in or is kept out by hand is few, and counted apart.
create or replace function customers_private.count_rule_groups(p_site uuid, p_ids uuid[]) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set jit = off
as $$
declare
  -- Few rules are found by their indexes; many are cheaper tested on every customer.
  few constant integer := 3;
  ruled record;
  ids uuid[] := '{}';
  conditions text[] := '{}';
  corrections bigint[] := '{}';
  correction bigint;
  counts bigint[];
begin
  perform customers_private.require_role(p_site, 'viewer');
  for ruled in select r.* from customers_private.rules_of_site(p_site, p_ids) r loop
    correction := 0;
    if ruled.is_by_hand then
      execute format(
        'select
           (select count(*) from public.mod_ecommod01_customer_group_members m
            join public.mod_ecommod01_customers c on c.site_id = m.site_id and c.id = m.customer_id
            where m.site_id = %1$L and m.group_id = %2$L and c.deleted_at is null and %3$s is not true)
           - (select count(*) from public.mod_ecommod01_customer_group_exclusions x
              join public.mod_ecommod01_customers c on c.site_id = x.site_id and c.id = x.customer_id
              where x.site_id = %1$L and x.group_id = %2$L and c.deleted_at is null and %3$s)',
        p_site, ruled.group_id, ruled.condition) into correction;
    end if;
    ids := ids || ruled.group_id;
    conditions := conditions || ruled.condition;
    corrections := corrections || correction;
  end loop;

  if ids <> '{}' then
    execute format(
      'select array[%s] from public.mod_ecommod01_customers c where c.site_id = %L and c.deleted_at is null and %s',
      (select string_agg(format('count(*) filter (where %s)', r.condition), ', ' order by r.n)
       from unnest(conditions) with ordinality r (condition, n)),
      p_site,
      case when cardinality(ids) <= few then customers_private.any_rule(conditions) else 'true' end
    ) into counts;
  end if;
  return json_build_object(
    'rows', (
      select coalesce(json_agg(json_build_object('id', r.id, 'count', r.counted + r.correction) order by r.n), '[]')
      from unnest(ids, counts, corrections) with ordinality r (id, counted, correction, n)
    ),
    'asOf', now());
end
$$;

revoke execute on function
  customers_private.rules_of_site, customers_private.prepare_rules
from public, anon, authenticated;
