-- What rules say of customers: the groups of those who are shown, how many each has, and who would enter and leave by a
-- rule that isn't saved yet. All of it is worked out when it is asked for.

-- The condition of being in one group, by hand or by a rule.
create function customers_private.member_condition(p_site uuid, p_group uuid, p_rule jsonb) returns text
language sql stable
set search_path = ''
as $$
  select case when p_rule is null then '(false)' else customers_private.any_rule(array[
      customers_private.all_of(customers_private.rule_conditions(p_site, p_group, p_rule))]) end
    || case when p_group is null then '' else ' or ' || customers_private.group_condition(array[p_group], false) end
$$;

-- The groups with rules that each of some customers is in, one expression over all rules: it is asked for what a page
-- shows.
create function customers_private.rule_groups_of(p_site uuid, p_ids uuid[])
returns table (customer_id uuid, group_ids uuid[])
language plpgsql stable
set search_path = '' set jit = off set max_parallel_workers_per_gather = 0
as $$
declare
  ruled record;
  ruled_ids uuid[] := '{}';
  arms text;
begin
  for ruled in
    select g.id, g.rule from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.rule is not null
    order by g.name_key, g.id
  loop
    ruled_ids := ruled_ids || ruled.id;
    arms := concat_ws(', ', arms, format('case when %s then %L::uuid end',
      customers_private.all_of((customers_private.read_rule(p_site, ruled.rule)).others), ruled.id));
  end loop;
  if arms is null then
    return;
  end if;

  return query execute format(
    'select r.id, array(
       select u.id from unnest(r.ids) u (id)
       where not exists (
         select from public.mod_ecommod01_customer_group_exclusions x
         where x.site_id = %1$L and x.customer_id = r.id and x.group_id = u.id)
       union
       select m.group_id from public.mod_ecommod01_customer_group_members m
       where m.site_id = %1$L and m.customer_id = r.id and m.group_id = any (%2$L::uuid[]))
     from (
       select c.id, array_remove(array[%3$s], null) as ids
       from public.mod_ecommod01_customers c
       where c.site_id = %1$L and c.id = any (%4$L::uuid[]) and c.deleted_at is null
       offset 0
     ) r',
    p_site, ruled_ids, arms, p_ids);
end
$$;

create function customers_private.list_rule_groups_of(p_site uuid, p_ids uuid[]) returns json
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform customers_private.require_role(p_site, 'viewer');
  if p_ids is null or cardinality(p_ids) > 100 then
    perform customers_private.refuse('ids', 'must be at most 100 ids');
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

-- One pass over the site for all rules; who was put in or is kept out by hand is few, and counted apart.
create function customers_private.count_rule_groups(p_site uuid, p_ids uuid[]) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set jit = off
as $$
declare
  -- Few rules are found by their indexes; many are cheaper tested on every customer.
  few constant integer := 3;
  ruled record;
  condition text;
  conditions text[] := '{}';
  ids uuid[] := '{}';
  corrections bigint[] := '{}';
  correction bigint;
  counts bigint[];
begin
  perform customers_private.require_role(p_site, 'viewer');
  for ruled in
    select g.id, g.rule from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.rule is not null and (p_ids is null or g.id = any (p_ids))
    order by g.name_key, g.id
  loop
    condition := format(
      '(%s)', customers_private.all_of((customers_private.read_rule(p_site, ruled.rule)).others));
    execute format(
      'select
         (select count(*) from public.mod_ecommod01_customer_group_members m
          join public.mod_ecommod01_customers c on c.site_id = m.site_id and c.id = m.customer_id
          where m.site_id = %1$L and m.group_id = %2$L and c.deleted_at is null and %3$s is not true)
         - (select count(*) from public.mod_ecommod01_customer_group_exclusions x
            join public.mod_ecommod01_customers c on c.site_id = x.site_id and c.id = x.customer_id
            where x.site_id = %1$L and x.group_id = %2$L and c.deleted_at is null and %3$s)',
      p_site, ruled.id, condition) into correction;
    ids := ids || ruled.id;
    conditions := conditions || condition;
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

-- The newest so many customers that meet a condition which so many are known to meet.
create function customers_private.newest_people(p_site uuid, p_condition text, p_count bigint, p_limit integer)
returns json
language plpgsql stable
set search_path = '' set jit = off
as $$
declare
  -- So few are collected by their indexes and sorted; more are soon met on the way through the newest.
  few constant bigint := 5000;
  rows json;
begin
  if p_count = 0 then
    return '[]';
  end if;
  execute format(
    'select json_agg(p) from (
       select c.id, c.first_name, c.last_name, c.email, c.avatar_url from (%s) c
       order by c.created_at desc, c.id desc limit %s
     ) p',
    case when p_count <= few then customers_private.collect(p_site, array[p_condition])
      else customers_private.walk(p_site, array[p_condition], 'c.created_at desc, c.id desc', p_limit) end,
    p_limit) into rows;
  return rows;
end
$$;

create function customers_private.preview_group_rule(p_site uuid, p_group uuid, p_rule json, p_limit integer) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set jit = off
as $$
declare
  rule jsonb;
  current_group public.mod_ecommod01_customer_groups;
  is_in text := '(false)';
  will_be text;
  entering bigint;
  leaving bigint;
  staying bigint;
begin
  perform customers_private.require_role(p_site, 'viewer');
  perform customers_private.require_page(p_limit);
  if json_typeof(p_rule) <> 'null' then
    rule := customers_private.read_object('rule', p_rule);
    perform customers_private.refuse_fields(customers_private.rule_errors(p_site, rule));
  end if;
  if p_group is not null then
    current_group := customers_private.require_group(p_site, p_group);
    is_in := '(' || customers_private.member_condition(p_site, p_group, current_group.rule) || ')';
  end if;
  will_be := '(' || customers_private.member_condition(p_site, p_group, rule) || ')';

  execute format(
    'select count(*) filter (where c.will_be and not c.is_in), count(*) filter (where c.is_in and not c.will_be),
       count(*) filter (where c.is_in and c.will_be)
     from (
       select coalesce(%1$s, false) as is_in, coalesce(%2$s, false) as will_be
       from public.mod_ecommod01_customers c
       where c.site_id = %3$L and c.deleted_at is null and (%1$s or %2$s)
       offset 0
     ) c',
    is_in, will_be, p_site) into entering, leaving, staying;
  return json_build_object(
    'enters', json_build_object('count', entering, 'rows', customers_private.newest_people(
      p_site, format('%s and %s is not true', will_be, is_in), entering, p_limit)),
    'leaves', json_build_object('count', leaving, 'rows', customers_private.newest_people(
      p_site, format('%s and %s is not true', is_in, will_be), leaving, p_limit)),
    'stays', staying,
    'asOf', now());
end
$$;

-- The groups of one customer, by hand and by rule, in the order of their names.
create function customers_private.groups_of_customer(p_site uuid, p_customer uuid) returns json
language plpgsql stable
set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
  put_in constant uuid[] := array(
    select m.group_id from public.mod_ecommod01_customer_group_members m
    where m.site_id = p_site and m.customer_id = p_customer);
  by_rule constant uuid[] := coalesce(
    (select r.group_ids from customers_private.rule_groups_of(p_site, array[p_customer]) r), '{}');
begin
  return (
    select coalesce(json_agg(json_build_object(
      'id', g.id, 'name', g.name, 'color', g.color, 'has_rule', g.rule is not null, 'put_in', g.id = any (put_in)
    ) order by g.name_key, g.id), '[]')
    from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.id = any (put_in || by_rule)
  );
end
$$;

create or replace function customers_private.groups_saved(p_site uuid, p_customer uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'customer', customers_private.show_customer(c),
    'groups', customers_private.groups_of_customer(p_site, p_customer),
    'receipt', customers_private.operation_receipt(p_site, p_operation))
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_customer
$$;

create or replace function customers_private.get_customer(p_site uuid, p_id uuid) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  customer public.mod_ecommod01_customers;
  spending record;
begin
  perform customers_private.require_role(p_site, 'viewer');
  customer := customers_private.require_customer(p_site, p_id);
  spending := customers_private.show_spending(customer);

  return json_build_object(
    'customer', customers_private.show_customer(customer),
    'addresses', (
      select coalesce(json_agg(customers_private.show_address(a)
        order by a.is_default_billing desc, a.is_default_shipping desc, a.created_at desc, a.id desc), '[]')
      from public.mod_ecommod01_customer_addresses a
      where a.site_id = p_site and a.customer_id = p_id
    ),
    'groups', customers_private.groups_of_customer(p_site, p_id),
    'orders', customers_private.orders_page(p_site, p_id, 20, null),
    'notes', customers_private.notes_page(p_site, p_id, 20, null),
    'spending', spending.by_month,
    'otherCurrencies', spending.other_currencies,
    'origin', customers_private.show_origin(p_site, customer.created_by_operation),
    'consent', customers_private.show_consent(customer)
  );
end
$$;

create function public.mod_ecommod01_list_rule_groups_of(p_site uuid, p_ids uuid[]) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_rule_groups_of(p_site, p_ids) $$;

create function public.mod_ecommod01_count_rule_groups(p_site uuid, p_ids uuid[] default null) returns json
language sql stable set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.count_rule_groups(p_site, p_ids) $$;

create function public.mod_ecommod01_preview_group_rule(
  p_site uuid, p_rule json, p_group uuid default null, p_limit integer default 20
) returns json
language sql stable set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.preview_group_rule(p_site, p_group, p_rule, p_limit) $$;

revoke execute on function
  customers_private.member_condition, customers_private.rule_groups_of, customers_private.list_rule_groups_of,
  customers_private.count_rule_groups, customers_private.newest_people, customers_private.preview_group_rule,
  customers_private.groups_of_customer, public.mod_ecommod01_list_rule_groups_of,
  public.mod_ecommod01_count_rule_groups, public.mod_ecommod01_preview_group_rule
from public, anon, authenticated;
grant execute on function
  customers_private.list_rule_groups_of, customers_private.count_rule_groups, customers_private.preview_group_rule,
  public.mod_ecommod01_list_rule_groups_of, public.mod_ecommod01_count_rule_groups,
  public.mod_ecommod01_preview_group_rule
to authenticated, service_role;
