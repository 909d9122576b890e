-- The list's `group` filter, where groups have rules: a customer is in a group that is wanted if it was put in by hand,
-- or if the group's rule means it and it isn't kept out. This is the one place where that becomes SQL.

alter type customers_private.list_filter
  -- All groups that were asked for. `group_ids` are those in which somebody was put by hand.
  add attribute wanted_groups uuid[],
  -- The conditions of the rules, each for one group; null where the groups have none, or where the only one became part
  -- of `others`.
  add attribute group_rules text[];

create function customers_private.kept_in(p_group uuid) returns text
language sql immutable
set search_path = ''
as $$
  select format(
    'not exists (select from public.mod_ecommod01_customer_group_exclusions x where x.site_id = c.site_id'
    ' and x.customer_id = c.id and x.group_id = %L)', p_group)
$$;

-- The conditions of a group's rule, each beginning with its column, and the one that keeps out whom it doesn't get.
create function customers_private.rule_conditions(p_site uuid, p_group uuid, p_rule jsonb) returns text[]
language sql stable
set search_path = ''
as $$
  select (customers_private.read_rule(p_site, p_rule)).others || case
    when exists (
      select from public.mod_ecommod01_customer_group_exclusions x where x.site_id = p_site and x.group_id = p_group
    ) then array[customers_private.kept_in(p_group)]
    else '{}'
  end
$$;

-- The filter with what its wanted groups mean. A group that a rule alone fills is nothing but the rule's filters, which
-- have their indexes, counters and bounds.
create function customers_private.read_groups(p_site uuid, p_filter customers_private.list_filter)
returns customers_private.list_filter
language plpgsql stable
set search_path = ''
as $$
declare
  result customers_private.list_filter := p_filter;
  rule customers_private.list_filter;
  conditions text[];
  ruled record;
begin
  result.group_ids := p_filter.wanted_groups;
  for ruled in
    select g.id, g.rule, exists (
        select from public.mod_ecommod01_customer_group_members m where m.site_id = p_site and m.group_id = g.id
      ) as has_members
    from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.id = any (p_filter.wanted_groups) and g.rule is not null
    order by g.id
  loop
    conditions := customers_private.rule_conditions(p_site, ruled.id, ruled.rule);
    if not ruled.has_members then
      result.group_ids := array_remove(result.group_ids, ruled.id);
      if cardinality(p_filter.wanted_groups) = 1 then
        rule := customers_private.read_rule(p_site, ruled.rule);
        result.group_ids := null;
        result.others := result.others || conditions;
        result.statuses := coalesce(result.statuses, rule.statuses);
        result.has_orders := coalesce(result.has_orders, rule.has_orders);
        return result;
      end if;
    end if;
    result.group_rules := result.group_rules || customers_private.all_of(conditions);
  end loop;
  return result;
end
$$;

create function customers_private.any_rule(p_rules text[]) returns text
language sql immutable
set search_path = ''
as $$ select format('((%s))', array_to_string(p_rules, ') or (')) $$;

-- Whether a customer is in any of the groups; as group_condition() for each customer, or for thousands.
create function customers_private.in_groups(p_filter customers_private.list_filter, p_each boolean) returns text
language sql immutable
set search_path = ''
as $$
  select case
    when (p_filter).group_rules is null then customers_private.group_condition((p_filter).group_ids, p_each)
    when (p_filter).group_ids = '{}' then customers_private.any_rule((p_filter).group_rules)
    else format('(%s or %s)', customers_private.group_condition((p_filter).group_ids, p_each),
      customers_private.any_rule((p_filter).group_rules))
  end
$$;

-- Everybody in any of the groups, each once: who was put in by hand, then whom the rules' indexes find beside them.
create function customers_private.collect_groups(p_site uuid, p_filter customers_private.list_filter) returns text
language sql immutable
set search_path = ''
as $$
  select case
    when (p_filter).group_rules is null then customers_private.collect_members(p_site, (p_filter).group_ids)
    when (p_filter).group_ids = '{}' then
      customers_private.collect(p_site, array[customers_private.any_rule((p_filter).group_rules)])
    else format('(%s) union all (%s)',
      customers_private.collect_members(p_site, (p_filter).group_ids),
      customers_private.collect(p_site, array[
        customers_private.any_rule((p_filter).group_rules),
        'not ' || customers_private.group_condition((p_filter).group_ids, false)]))
  end
$$;

create or replace function customers_private.read_filters(p_site uuid, p_filters json) returns customers_private.list_filter
language plpgsql stable
set search_path = ''
as $$
declare
  result customers_private.list_filter;
  conditions text[] := '{}';
  field text;
  value json;
  words text[];
begin
  -- What most people look at, without the cost of reading nothing.
  if p_filters::text = '{}' then
    result.others := conditions;
    result.hash := md5(concat_ws(' and ', p_site, conditions));
    return result;
  end if;
  if coalesce(json_typeof(p_filters), 'object') <> 'object' then
    perform customers_private.refuse('filters', 'must be an object');
  end if;
  -- JSON can say it, but no text of Postgres can hold it.
  if p_filters::text ~ '(^|[^\\])(\\\\)*\\u0000' then
    perform customers_private.refuse('filters', 'must not hold the character U+0000');
  end if;
  for field, value in select f.key, f.value from json_each(p_filters) f order by f.key loop
    case field
      when 'search' then
        words := customers_private.search_patterns(customers_private.read_text(field, value, 1000));
        result.search := (select string_agg(format('c.search like %L', w), ' and ' order by w)
                          from unnest(words) w);
      when 'group' then
        result.wanted_groups := nullif(customers_private.read_ids(field, value), '{}');
      when 'status' then
        result.statuses := nullif(customers_private.read_texts(field, value, '^(active|inactive|guest)$'), '{}');
        conditions := conditions || customers_private.any_of('c.status', result.statuses);
      when 'country' then
        conditions := conditions || customers_private.any_of(
          'c.country', upper(customers_private.read_texts(field, value, '^[A-Za-z]{2}$')::text)::text[]);
      when 'tags' then
        words := customers_private.read_texts(field, value, '');
        if words <> '{}' then
          conditions := conditions || format('c.tags && %L::text[]', words);
        end if;
      when 'hasOrders' then
        result.has_orders := customers_private.read_boolean(field, value);
        conditions := conditions
          || format('c.orders_count %s 0', case when result.has_orders then '>' else '=' end);
      when 'acceptsMarketing' then
        conditions := conditions || format(
          'c.accepts_marketing = %L::boolean', customers_private.read_boolean(field, value));
      when 'minOrders' then
        conditions := conditions
          || format('c.orders_count >= %s', customers_private.read_integer(field, value, 0));
      when 'maxOrders' then
        conditions := conditions
          || format('c.orders_count <= %s', customers_private.read_integer(field, value, 0));
      when 'minSpent' then
        conditions := conditions
          || format('c.total_spent >= %s', customers_private.read_integer(field, value));
      when 'maxSpent' then
        conditions := conditions
          || format('c.total_spent <= %s', customers_private.read_integer(field, value));
      when 'dateFrom' then
        conditions := conditions || format(
          'c.created_at >= %L::timestamptz', customers_private.day_start(p_site, field, value));
      when 'dateTo' then
        conditions := conditions || format(
          'c.created_at < %L::timestamptz', customers_private.day_start(p_site, field, value, 1));
      when 'lastOrderFrom' then
        conditions := conditions || format(
          'c.last_order_key >= %L::timestamptz', customers_private.day_start(p_site, field, value));
      when 'lastOrderTo' then
        -- Who never ordered has the key -infinity, and no last order before any day.
        conditions := conditions || format(
          'c.last_order_key > ''-infinity'' and c.last_order_key < %L::timestamptz',
          customers_private.day_start(p_site, field, value, 1));
      else
        perform customers_private.refuse(field, 'is not a filter');
    end case;
  end loop;
  result.others := conditions;
  -- Of what was asked for, not of what a rule means today: a page's cursor still leads on after midnight.
  result.hash := md5(concat_ws(' and ', p_site, conditions, result.search, result.wanted_groups));
  if result.wanted_groups is not null then
    return customers_private.read_groups(p_site, result);
  end if;
  return result;
end
$$;

create or replace function customers_private.plan_list(
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
  found_by_rules numeric;
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
    tests := tests || customers_private.in_groups(p_filter, true);
    group_condition := array[customers_private.in_groups(p_filter, false)];
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
    cost_by_group := found_by_group * member_cost;
    if p_filter.group_rules is not null then
      found_by_rules := customers_private.estimate_rows(p_site, customers_private.any_rule(p_filter.group_rules));
      found_by_group := least(found_by_group + found_by_rules, site_rows);
      cost_by_group := cost_by_group + found_by_rules * collect_cost;
    end if;
    matches := matches * found_by_group / site_rows;
  end if;
  if p_filter.others <> '{}' then
    others_only.search := null;
    others_only.group_ids := null;
    others_only.group_rules := null;
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
    result.collect := customers_private.collect_groups(p_site, p_filter);
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

-- What the site's counters know, exact at any size; null for every other list.
create or replace function customers_private.counted_total(p_site uuid, p_filter customers_private.list_filter) returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  if p_filter.search is not null then
    return null;
  elsif p_filter.others = '{}' and p_filter.group_ids is null then
    return (select coalesce(sum(s.total), 0) from customers_private.site_counters s where s.site_id = p_site);
  elsif p_filter.others = '{}' and cardinality(p_filter.group_ids) = 1 and p_filter.group_rules is null then
    return (select coalesce(sum(g.member_count), 0) from public.mod_ecommod01_customer_groups g
            where g.site_id = p_site and g.id = p_filter.group_ids[1]);
  elsif cardinality(p_filter.others) = 1 and p_filter.group_ids is null and p_filter.statuses is not null then
    return (
      select coalesce(sum(
        case when 'active' = any (p_filter.statuses) then s.active else 0 end
        + case when 'guest' = any (p_filter.statuses) then s.guests else 0 end
        + case when 'inactive' = any (p_filter.statuses) then s.total - s.active - s.guests else 0 end), 0)
      from customers_private.site_counters s where s.site_id = p_site);
  elsif cardinality(p_filter.others) = 1 and p_filter.group_ids is null and p_filter.has_orders is not null then
    return (
      select coalesce(sum(case when p_filter.has_orders then s.with_orders else s.total - s.with_orders end), 0)
      from customers_private.site_counters s where s.site_id = p_site);
  end if;
  return null;
end
$$;

-- Goes up by one with each customer written and each change of who was put into a wanted group or is kept out, and much
-- with a new rule and, where a rule counts days back from today, with the day: the difference of two is at least by how
-- many rows a list has moved between them.
create or replace function customers_private.list_version(p_site uuid, p_filter customers_private.list_filter)
returns bigint
language sql stable
set search_path = ''
as $$
  select coalesce((select sum(s.version) from customers_private.site_counters s where s.site_id = p_site), 0)
    + coalesce((
      select sum(
        g.member_count + g.membership_version + case
          when g.rule::text ~ '"-[0-9]{1,4}d"'
            then (customers_private.today(p_site) - date '2000-01-01') * 1000000000::bigint
          else 0
        end)
      from public.mod_ecommod01_customer_groups g
      where g.site_id = p_site and g.id = any ((p_filter).wanted_groups)), 0)
$$;

revoke execute on function
  customers_private.kept_in, customers_private.rule_conditions, customers_private.read_groups,
  customers_private.any_rule, customers_private.in_groups, customers_private.collect_groups
from public, anon, authenticated;
