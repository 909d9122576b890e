-- How a list is read. Postgres alone plans search with a sort badly: it takes the matches to be spread evenly over the
-- sort, which names are not, and it underrates what a trigram index costs. So there are two plans, each forced by a
-- fence that the planner does not look through, and a choice made from its own estimates:
--   walk     the sort's index in order, each row tested, until the page is full; good where matches are frequent;
--   collect  every row that one condition's index finds, test the rest, sort; good where that condition is rare.
-- A walk whose guess was wrong is cut off and the rows are collected after all.

-- The planner's estimate of the customers of a site that meet a condition. VOLATILE, since EXPLAIN is refused in
-- other functions; a STABLE function may call it, also in a read-only transaction.
create function customers_private.estimate_rows(p_site uuid, p_condition text) returns numeric
language plpgsql volatile
set search_path = ''
as $$
declare
  plan json;
begin
  execute format('explain (format json) select from public.mod_ecommod01_customers c'
    ' where c.site_id = %L and c.deleted_at is null and %s', p_site, p_condition) into plan;
  return greatest((plan -> 0 -> 'Plan' ->> 'Plan Rows')::numeric, 1);
end
$$;

create function customers_private.all_of(p_conditions text[]) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return coalesce(nullif(array_to_string(p_conditions, ' and '), ''), 'true');
end
$$;

create function customers_private.walk(
  p_site uuid, p_conditions text[], p_order_by text, p_cap numeric default null
) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  -- Without a cap there is a limit all the same: it is the fence that keeps other indexes out.
  return format('select c.* from public.mod_ecommod01_customers c where %s order by %s limit %s',
    customers_private.all_of(array[format('c.site_id = %L', p_site), 'c.deleted_at is null'] || p_conditions),
    p_order_by, coalesce(p_cap, 9e15)::bigint);
end
$$;

-- With a limit, just any so many of them.
create function customers_private.collect(p_site uuid, p_conditions text[], p_limit integer default null) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return format('select c.* from public.mod_ecommod01_customers c where %s %s',
    customers_private.all_of(array[format('c.site_id = %L', p_site), 'c.deleted_at is null'] || p_conditions),
    coalesce('limit ' || p_limit, 'offset 0'));
end
$$;

-- Joined by hand, one look-up a member: left alone, the planner would read all customers for a large group.
create function customers_private.collect_members(p_site uuid, p_group_ids uuid[]) returns text
language sql immutable
set search_path = ''
as $$
  select format(
    'select c.* from (select distinct m.customer_id from public.mod_ecommod01_customer_group_members m'
    ' where m.site_id = %1$L and m.group_id = any (%2$L::uuid[])) m'
    ' cross join lateral (select c.* from public.mod_ecommod01_customers c'
    ' where c.site_id = %1$L and c.id = m.customer_id and c.deleted_at is null offset 0) c',
    p_site, p_group_ids)
$$;

-- The same condition, but one that the planner neither looks up in an index nor spends a millisecond on estimating.
create function customers_private.hidden(p_search text) returns text[]
language plpgsql immutable
set search_path = ''
as $$
begin
  return array_remove(array[replace(p_search, 'c.search like', '(c.search || '''') like')], null);
end
$$;

create type customers_private.list_plan as (
  -- SQL to read customers c from, in order, and the conditions left to test; null where walking would be dearer.
  walk text,
  walk_tests text[],
  -- The same for collecting; null where the walk finds everything.
  collect text,
  collect_tests text[],
  -- The conditions by which it is collected; null where it is by group.
  collect_by text[],
  -- How many customers collecting is thought to read, and how many are thought to match.
  collected numeric,
  matches numeric
);

create function customers_private.plan_list(
  p_site uuid,
  p_filter customers_private.list_filter,
  -- `c.name_key desc, c.id desc`
  p_order_by text,
  -- Conditions on the place in the list, for the sort's index.
  p_place text[],
  -- How many matches have to be found.
  p_wanted bigint
) returns customers_private.list_plan
language plpgsql volatile
set search_path = ''
as $$
declare
  result customers_private.list_plan;
  -- Few enough to walk through without thinking about it.
  small constant integer := 5000;
  -- Costs in rows of a walk by created_at, whose rows lie side by side in the table: of a row in any other order, of a
  -- row that an index found here and there, of a group's member, and of looking into the trigram index at all.
  walk_cost constant numeric := case when starts_with(p_order_by, 'c.created_at ') then 1 else 4 end;
  collect_cost constant numeric := 3;
  member_cost constant numeric := 6;
  search_cost constant numeric := 3000;
  site_rows numeric := (
    select greatest(sum(s.total), 1) from customers_private.site_counters s where s.site_id = p_site);
  -- The filters without search and group.
  others_only customers_private.list_filter := p_filter;
  group_condition text[] := '{}';
  -- Conditions on the first sort column bound the walk itself.
  bounds text[];
  tests text[];
  -- How many rows the index of each condition finds.
  found_by_search numeric;
  found_by_group numeric;
  found_by_others numeric;
  walked_in numeric := site_rows;
  matches numeric := site_rows;
  -- Rows to be walked if the matches are spread evenly.
  walked numeric;
  cost_by_search numeric;
  cost_by_group numeric;
  cost_by_others numeric;
  cost numeric;
begin
  select coalesce(array_agg(o) filter (where starts_with(o, split_part(p_order_by, ' ', 1) || ' ')), '{}'),
    coalesce(array_agg(o) filter (where not starts_with(o, split_part(p_order_by, ' ', 1) || ' ')), '{}')
  into bounds, tests
  from unnest(p_filter.others) o;
  if p_filter.group_ids is not null then
    tests := tests || customers_private.group_condition(p_filter.group_ids, true);
    group_condition := array[customers_private.group_condition(p_filter.group_ids, false)];
  end if;
  tests := tests || customers_private.hidden(p_filter.search);

  if tests = '{}' or site_rows <= small then
    result.walk := customers_private.walk(p_site, p_place || bounds, p_order_by);
    result.walk_tests := tests;
    result.matches := site_rows;
    return result;
  end if;

  if p_filter.search is not null then
    found_by_search := customers_private.estimate_rows(p_site, p_filter.search);
    matches := matches * found_by_search / site_rows;
    cost_by_search := found_by_search * collect_cost + search_cost;
  end if;
  if p_filter.group_ids is not null then
    found_by_group := (
      select coalesce(sum(g.member_count), 0) from public.mod_ecommod01_customer_groups g
      where g.site_id = p_site and g.id = any (p_filter.group_ids));
    matches := matches * found_by_group / site_rows;
    cost_by_group := found_by_group * member_cost;
  end if;
  if p_filter.others <> '{}' then
    others_only.search := null;
    others_only.group_ids := null;
    found_by_others := coalesce(
      customers_private.counted_total(p_site, others_only),
      customers_private.estimate_rows(p_site, customers_private.all_of(p_filter.others)));
    matches := matches * found_by_others / site_rows;
    cost_by_others := found_by_others * collect_cost;
  end if;
  if bounds <> '{}' then
    walked_in := customers_private.estimate_rows(p_site, customers_private.all_of(bounds));
  end if;

  result.matches := greatest(matches, 1);

  cost := least(cost_by_search, cost_by_group, cost_by_others);
  if cost = cost_by_group then
    result.collect := customers_private.collect_members(p_site, p_filter.group_ids);
    result.collect_tests := p_place || p_filter.others || customers_private.hidden(p_filter.search);
    result.collected := found_by_group;
  elsif cost = cost_by_others then
    result.collect_by := p_filter.others;
    result.collect_tests := p_place || group_condition || customers_private.hidden(p_filter.search);
    result.collected := found_by_others;
  else
    -- The other filters' indexes may narrow what the search finds; what they cost, the planner knows.
    result.collect_by := array[p_filter.search] || p_filter.others;
    result.collect_tests := p_place || group_condition;
    result.collected := found_by_search;
  end if;
  if result.collect_by is not null then
    result.collect := customers_private.collect(p_site, result.collect_by);
  end if;

  walked := p_wanted * walked_in / result.matches;
  if 2 * walked * walk_cost <= cost then
    -- Evenly spread matches fill the page within twice the rows. Others come late, as the big spenders among the newest,
    -- or sit all in one place, as the Annas among the names.
    result.walk := customers_private.walk(p_site, p_place || bounds, p_order_by,
      greatest(1000, 2 * walked, least(10 * walked, cost / walk_cost / 5)));
    result.walk_tests := tests;
  end if;
  return result;
end
$$;

revoke execute on function
  customers_private.estimate_rows, customers_private.all_of, customers_private.walk, customers_private.collect,
  customers_private.collect_members, customers_private.hidden, customers_private.plan_list
from public, anon, authenticated;
