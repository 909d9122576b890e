-- Far pages. Counting through an index to row 500,000 takes 50 ms, through a filtered list seconds. So a list may be
-- prepared: every so many rows, its key is kept, and a jump begins at the nearest key. Without that, or when too much
-- has changed since, the rows are counted through after all: a jump never depends on it, it is only quicker.
create table customers_private.prepared_lists (
  site_id uuid not null references public.sites (id) on delete cascade,
  -- The hash of the filters.
  list text not null,
  sort text not null,
  -- A key is kept of the rows 0, step, 2 × step, … in ascending order.
  step integer not null,
  total bigint not null,
  -- What list_version() said when it was made.
  version bigint not null,
  prepared_at timestamptz not null default now(),
  primary key (site_id, list, sort)
);
create table customers_private.prepared_keys (
  site_id uuid not null,
  list text not null,
  sort text not null,
  n bigint not null,
  key text[] not null,
  primary key (site_id, list, sort, n),
  foreign key (site_id, list, sort) references customers_private.prepared_lists (site_id, list, sort) on delete cascade
);
alter table customers_private.prepared_lists enable row level security;
alter table customers_private.prepared_keys enable row level security;

-- Goes up by one with each customer written and each change of a wanted group's size: the difference of two is at
-- least by how many rows a list has moved between them.
create function customers_private.list_version(p_site uuid, p_filter customers_private.list_filter) returns bigint
language sql stable
set search_path = ''
as $$
  select coalesce((select sum(s.version) from customers_private.site_counters s where s.site_id = p_site), 0)
    + coalesce((select sum(g.member_count) from public.mod_ecommod01_customer_groups g
                where g.site_id = p_site and g.id = any ((p_filter).group_ids)), 0)
$$;

-- The exact size of a list that is prepared and has not changed since; null for every other.
create function customers_private.prepared_total(p_site uuid, p_filter customers_private.list_filter) returns bigint
language sql stable
set search_path = ''
as $$
  select p.total from customers_private.prepared_lists p
  where p.site_id = p_site and p.list = (p_filter).hash
    and p.version = customers_private.list_version(p_site, p_filter)
  limit 1
$$;

create function customers_private.prepare_pages(p_site uuid, p_filters json, p_sort text) returns json
language plpgsql volatile security definer
set search_path = ''
set timezone = 'UTC'
set jit = off
set max_parallel_workers_per_gather = 0
as $$
declare
  kept_lists constant integer := 20;
  list_filter customers_private.list_filter;
  list_order customers_private.list_order;
  plan customers_private.list_plan;
  current_version bigint;
  known_total bigint;
  counted customers_private.list_total;
  step integer;
begin
  perform customers_private.require_role(p_site, 'viewer');
  list_filter := customers_private.read_filters(p_site, p_filters);
  list_order := customers_private.read_order(p_sort, 'asc');
  current_version := customers_private.list_version(p_site, list_filter);

  select p.total into known_total from customers_private.prepared_lists p
  where (p.site_id, p.list, p.sort, p.version) = (p_site, list_filter.hash, p_sort, current_version);
  if known_total is null and not pg_try_advisory_xact_lock(
    hashtextextended('customer-elements prepare_pages', 0) # hashtextextended(list_filter.hash || p_sort, 0)) then
    -- Somebody else is at it.
    counted := customers_private.count_list(p_site, list_filter);
    return json_build_object('value', counted.value, 'exact', counted.exact);
  end if;

  if known_total is null then
    plan := customers_private.plan_list(p_site, list_filter, list_order.forwards, '{}', 1000000000);
    -- Between two keys of a filtered list lie the rows that don't match as well. find_in_whole_list() skips no more
    -- than 100.
    step := least(greatest(plan.matches / 10000, 10), 100);
    delete from customers_private.prepared_lists p
    where (p.site_id, p.list, p.sort) = (p_site, list_filter.hash, p_sort);
    delete from customers_private.prepared_lists p
    where p.site_id = p_site and (p.list, p.sort) in (
      select o.list, o.sort from customers_private.prepared_lists o
      where o.site_id = p_site order by o.prepared_at desc, o.list, o.sort offset kept_lists - 1);
    insert into customers_private.prepared_lists (site_id, list, sort, step, total, version)
    values (p_site, list_filter.hash, p_sort, step, 0, current_version);
    execute format(
      'insert into customers_private.prepared_keys (site_id, list, sort, n, key)
       select %1$L, %2$L, %3$L, c.place / %4$s, %5$s
       from (select %6$s, row_number() over (order by %7$s) - 1 as place from (%8$s) c where %9$s) c
       where c.place %% %4$s = 0',
      p_site, list_filter.hash, p_sort, step, list_order.key, list_order.columns, list_order.forwards,
      coalesce(plan.walk, plan.collect),
      customers_private.all_of(case when plan.walk is not null then plan.walk_tests else plan.collect_tests end));
    known_total := customers_private.count_prepared(p_site, list_filter, list_order, step);
    update customers_private.prepared_lists p set total = known_total
    where (p.site_id, p.list, p.sort) = (p_site, list_filter.hash, p_sort);
  end if;
  return json_build_object('value', known_total, 'exact', true);
end
$$;

-- The rows up to the last key, and those from it on.
create function customers_private.count_prepared(
  p_site uuid, p_filter customers_private.list_filter, p_order customers_private.list_order, p_step integer
) returns bigint
language plpgsql stable
set search_path = ''
as $$
declare
  last_place bigint;
  last_key text[];
  plan customers_private.list_plan;
  rest bigint;
begin
  select k.n * p_step, k.key into last_place, last_key from customers_private.prepared_keys k
  where (k.site_id, k.list, k.sort) = (p_site, p_filter.hash, p_order.sort)
  order by k.n desc limit 1;
  if last_key is null then
    return 0;
  end if;
  plan := customers_private.plan_list(
    p_site, p_filter, p_order.forwards, array[customers_private.beyond(p_order, last_key, false, true)], 1000000000);
  rest := customers_private.count_found(
    coalesce(plan.walk, plan.collect), case when plan.walk is not null then plan.walk_tests else plan.collect_tests end,
    p_step);
  return last_place + rest;
end
$$;

-- Where to begin for rows `p_skip` + 1 and on: at which key, and how many rows are to be skipped from there.
create function customers_private.find_place(
  p_site uuid, p_filter customers_private.list_filter, p_order customers_private.list_order, p_skip bigint,
  p_limit integer, out start_key text[], out skip bigint, out past_end boolean
)
language plpgsql stable
set search_path = ''
as $$
declare
  -- Up to here counting through is as quick.
  near constant integer := 10000;
  prepared customers_private.prepared_lists;
  moved bigint;
  from_end bigint;
  total bigint;
begin
  skip := p_skip;
  past_end := false;
  select p.* into prepared from customers_private.prepared_lists p
  where (p.site_id, p.list, p.sort) = (p_site, p_filter.hash, p_order.sort);
  moved := customers_private.list_version(p_site, p_filter) - prepared.version;

  if moved = 0 and p_skip >= prepared.total then
    past_end := true;
    return;
  end if;
  -- On a far page nobody can tell a few rows' difference; more than a page's worth is too much.
  if moved = 0 or (abs(moved) < p_limit and p_skip >= near) then
    -- The keys are counted from the ascending end.
    from_end := case when p_order.direction = 'asc' then p_skip else prepared.total - 1 - p_skip end;
    select k.key, abs(from_end - k.n * prepared.step) into start_key, skip
    from customers_private.prepared_keys k
    where (k.site_id, k.list, k.sort) = (p_site, p_filter.hash, p_order.sort) and k.n = case
      when p_order.direction = 'asc' then from_end / prepared.step
      else (from_end + prepared.step - 1) / prepared.step end;
    skip := coalesce(skip, p_skip);
  end if;

  if start_key is null and p_filter.search is null and p_filter.group_ids is null and p_filter.others = '{}' then
    -- Counted through the index alone, from the nearer end.
    total := customers_private.counted_total(p_site, p_filter);
    if skip > total / 2 then
      start_key := customers_private.key_at(p_site, p_order, true, total - 1 - skip);
    else
      start_key := customers_private.key_at(p_site, p_order, false, skip);
    end if;
    past_end := start_key is null;
    skip := 0;
  end if;
end
$$;

create function customers_private.key_at(
  p_site uuid, p_order customers_private.list_order, p_backwards boolean, p_skip bigint
) returns text[]
language plpgsql stable
set search_path = ''
as $$
declare
  found_key text[];
begin
  if p_skip < 0 then
    return null;
  end if;
  execute format('select %s from (%s) c offset %s limit 1', p_order.key, customers_private.walk(
    p_site, '{}', case when p_backwards then p_order.backwards else p_order.forwards end), p_skip) into found_key;
  return found_key;
end
$$;

create function public.mod_ecommod01_prepare_pages(
  p_site uuid, p_filters json default '{}', p_sort text default 'created_at'
) returns json
language plpgsql volatile
set search_path = ''
set statement_timeout = '8s'
as $$
begin
  return customers_private.prepare_pages(p_site, p_filters, p_sort);
end
$$;

revoke execute on function
  customers_private.list_version, customers_private.prepared_total, customers_private.count_prepared,
  customers_private.find_place, customers_private.key_at
from public, anon, authenticated;
revoke execute on function customers_private.prepare_pages, public.mod_ecommod01_prepare_pages from public, anon;
grant execute on function customers_private.prepare_pages, public.mod_ecommod01_prepare_pages
to authenticated, service_role;
