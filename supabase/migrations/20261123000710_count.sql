-- How many customers a list has. Where `exact` is false there are more than `value`.
create type customers_private.list_total as (value bigint, exact boolean);

-- What the site's counters know, exact at any size; null for every other list.
create function customers_private.counted_total(p_site uuid, p_filter customers_private.list_filter) returns bigint
language plpgsql stable
set search_path = ''
as $$
begin
  if p_filter.search is not null then
    return null;
  elsif p_filter.others = '{}' and p_filter.group_ids is null then
    return (select coalesce(sum(s.total), 0) from customers_private.site_counters s where s.site_id = p_site);
  elsif p_filter.others = '{}' and cardinality(p_filter.group_ids) = 1 then
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

create function customers_private.count_found(p_source text, p_conditions text[], p_limit integer) returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  found_rows bigint;
begin
  execute format('select count(*) from (select from (%s) c where %s limit %s) found', p_source,
    customers_private.all_of(p_conditions), p_limit) into found_rows;
  return found_rows;
end
$$;

create function customers_private.count_list(p_site uuid, p_filter customers_private.list_filter)
returns customers_private.list_total
language plpgsql stable
set search_path = ''
as $$
declare
  cap constant integer := 10000;
  total bigint := coalesce(
    customers_private.counted_total(p_site, p_filter), customers_private.prepared_total(p_site, p_filter));
  plan customers_private.list_plan;
begin
  if total is not null then
    return row(total, true);
  end if;
  plan := customers_private.plan_list(p_site, p_filter, 'c.created_at desc, c.id desc', '{}', cap + 1);
  if plan.walk is not null then
    total := customers_private.count_found(plan.walk, plan.walk_tests, cap + 1);
  end if;
  if plan.collect is not null and coalesce(total, 0) <= cap then
    total := customers_private.count_found(plan.collect, plan.collect_tests, cap + 1);
  end if;
  return row(least(total, cap), total <= cap);
end
$$;

create function customers_private.count_customers(p_site uuid, p_filters json) returns json
language plpgsql stable security definer
set search_path = ''
set jit = off
set max_parallel_workers_per_gather = 0
as $$
declare
  total customers_private.list_total;
begin
  perform customers_private.require_role(p_site, 'viewer');
  total := customers_private.count_list(p_site, customers_private.read_filters(p_site, p_filters));
  return json_build_object('value', total.value, 'exact', total.exact);
end
$$;

create function public.mod_ecommod01_count_customers(p_site uuid, p_filters json default '{}') returns json
language plpgsql stable
set search_path = ''
set statement_timeout = '5s'
as $$
begin
  return customers_private.count_customers(p_site, p_filters);
end
$$;

-- How many rows the last page has.
create function customers_private.last_page_size(
  p_site uuid, p_filter customers_private.list_filter, p_limit integer
) returns integer
language plpgsql stable
set search_path = ''
as $$
declare
  total customers_private.list_total := customers_private.count_list(p_site, p_filter);
begin
  return case when total.exact then coalesce(nullif(total.value % p_limit, 0), p_limit) else p_limit end;
end
$$;

revoke execute on function
  customers_private.counted_total, customers_private.count_found, customers_private.count_list,
  customers_private.last_page_size
from public, anon, authenticated;
revoke execute on function
  customers_private.count_customers(uuid, json), public.mod_ecommod01_count_customers
from public, anon;
grant execute on function customers_private.count_customers(uuid, json), public.mod_ecommod01_count_customers
to authenticated, service_role;
