-- The history: operations by kind, all that failed in one, and the customers that one made or changed as a filter.

create function customers_private.operation_summary(p_operation public.mod_ecommod01_customer_operations)
returns json
language sql stable
set search_path = '' set timezone = 'UTC'
as $$
  select json_build_object(
    'id', p_operation.id, 'kind', p_operation.kind, 'status', p_operation.status, 'asked', p_operation.asked,
    'created', n.created, 'changed', n.changed, 'unchanged', n.unchanged, 'skipped', n.skipped, 'failed', n.failed,
    'failures', '[]'::json,
    'startedAt', p_operation.started_at, 'finishedAt', p_operation.finished_at, 'by', p_operation.started_by_name,
    'undo', customers_private.show_undo(p_operation),
    'options', p_operation.options,
    'mine', coalesce(p_operation.started_by = auth.uid(), false),
    'undoneBy', p_operation.undone_by)
  from (
    select p_operation.created, p_operation.changed, p_operation.unchanged, p_operation.skipped, p_operation.failed
    where p_operation.status <> 'running'
    union all
    select t.created, t.changed, t.unchanged, t.skipped, t.failed
    from customers_private.operation_totals(p_operation.site_id, p_operation.id, -1) t
    where p_operation.status = 'running'
  ) n
$$;

create function customers_private.list_operations(p_site uuid, p_kinds text[], p_limit integer, p_cursor text)
returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set plan_cache_mode = force_custom_plan
as $$
declare
  place record;
begin
  perform customers_private.require_role(p_site, 'viewer');
  perform customers_private.require_page(p_limit);
  select r.moment, r.id into place from customers_private.read_moment(p_cursor) r;
  return (
    with page as materialized (
      select o.operation
      from (
        select a as operation
        from public.mod_ecommod01_customer_operations a
        where p_kinds is null and a.site_id = p_site and (a.started_at, a.id) < (place.moment, place.id)
        union all
        select k.operation
        from (select distinct u.kind from unnest(p_kinds) u (kind)) w
        cross join lateral (
          select a as operation
          from public.mod_ecommod01_customer_operations a
          where a.site_id = p_site and a.kind = w.kind and (a.started_at, a.id) < (place.moment, place.id)
          order by a.started_at desc, a.id desc
          limit p_limit + 1
        ) k
      ) o
      order by (o.operation).started_at desc, (o.operation).id desc
      limit p_limit + 1
    )
    select json_build_object(
      'rows', (
        select coalesce(json_agg(customers_private.operation_summary(r.operation)), '[]')
        from (select p.operation from page p limit p_limit) r
      ),
      'next', (
        select case when count(*) > p_limit then (
          select customers_private.write_moment(false, (l.operation).started_at, (l.operation).id)
          from page l offset p_limit - 1 limit 1
        ) end
        from page p
      )
    )
  );
end
$$;

create function customers_private.list_operation_failures(p_site uuid, p_id uuid, p_limit integer, p_cursor text)
returns json
language plpgsql stable security definer
set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  operation public.mod_ecommod01_customer_operations;
  from_step integer := 0;
  from_place integer := 0;
begin
  perform customers_private.require_role(p_site, 'viewer');
  if p_limit is null or p_limit not between 1 and 1000 then
    perform customers_private.refuse('limit', 'must be from 1 to 1,000');
  end if;
  if p_cursor is not null then
    if p_cursor !~ '^\d{1,9}-\d{1,9}$' then
      perform customers_private.refuse('cursor', 'belongs to another list');
    end if;
    from_step := split_part(p_cursor, '-', 1)::integer;
    from_place := split_part(p_cursor, '-', 2)::integer;
  end if;
  select o.* into operation
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id;
  if not found then
    raise exception 'There is no such operation.' using errcode = 'PT404';
  end if;
  return (
    with page as materialized (
      select f.step, f.place, f.failure
      from (
        select s.step, e.place, e.failure
        from public.mod_ecommod01_customer_operation_steps s
        cross join lateral jsonb_array_elements(s.failures) with ordinality e (failure, place)
        where s.site_id = p_site and s.operation_id = p_id and s.step >= from_step
          and (operation.kind = 'import' or operation.steps is not null)
        union all
        -- What was done in one request has no steps.
        select 0, e.place, e.failure
        from jsonb_array_elements(operation.failures) with ordinality e (failure, place)
        where operation.kind <> 'import' and operation.steps is null
      ) f
      where (f.step, f.place) > (from_step, from_place)
      order by f.step, f.place
      limit p_limit + 1
    )
    select json_build_object(
      'rows', (select coalesce(json_agg(r.failure), '[]') from (select p.failure from page p limit p_limit) r),
      'next', (
        select case when count(*) > p_limit
          then (select l.step || '-' || l.place from page l offset p_limit - 1 limit 1) end
        from page p
      )
    )
  );
end
$$;

-- As before, and one filter more: the customers that an operation made or changed. A few stand in the condition with
-- their ids, which an index finds; many are looked up.
alter function customers_private.read_filters(uuid, json) rename to read_named_filters;

create function customers_private.read_filters(p_site uuid, p_filters json) returns customers_private.list_filter
language plpgsql stable
set search_path = ''
as $$
declare
  few constant integer := 1000;
  result customers_private.list_filter;
  operation uuid;
  ids uuid[];
begin
  -- A character that no text can hold is refused with the others, before anything is taken out of the JSON.
  if p_filters::text = '{}' or coalesce(json_typeof(p_filters), 'object') <> 'object'
    or p_filters::text ~ '(^|[^\\])(\\\\)*\\u0000' or p_filters -> 'operation' is null then
    return customers_private.read_named_filters(p_site, p_filters);
  end if;
  operation := (customers_private.read_ids('operation', json_build_array(p_filters -> 'operation')))[1];
  result := customers_private.read_named_filters(p_site, (
    select coalesce(json_object_agg(f.key, f.value), '{}') from json_each(p_filters) f where f.key <> 'operation'));
  ids := array(select t.id from customers_private.touched_by(p_site, operation) t limit few + 1);
  result.others := result.others || case
    when cardinality(ids) <= few then format('c.id = any (%L::uuid[])', ids)
    else format('c.id in (select t.id from customers_private.touched_by(%L, %L) t)', p_site, operation)
  end;
  result.hash := md5(concat_ws(' and ', result.hash, operation));
  return result;
end
$$;

create function customers_private.touched_by(p_site uuid, p_operation uuid) returns table (id uuid)
language sql stable rows 10000
set search_path = ''
as $$
  select u.id
  from public.mod_ecommod01_customer_operation_steps s
  cross join unnest(s.created_customers) u (id)
  where s.site_id = p_site and s.operation_id = p_operation
  union
  select g.customer_id
  from public.mod_ecommod01_customer_changes g
  where g.site_id = p_site and g.operation_id = p_operation
$$;

create function public.mod_ecommod01_list_operations(
  p_site uuid, p_kinds text[] default null, p_limit integer default 20, p_cursor text default null
) returns json
language sql stable
set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_operations(p_site, p_kinds, p_limit, p_cursor) $$;

create function public.mod_ecommod01_list_operation_failures(
  p_site uuid, p_id uuid, p_limit integer default 1000, p_cursor text default null
) returns json
language sql stable
set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.list_operation_failures(p_site, p_id, p_limit, p_cursor) $$;

revoke execute on function
  customers_private.operation_summary, customers_private.list_operations,
  customers_private.list_operation_failures, customers_private.read_filters, customers_private.touched_by,
  public.mod_ecommod01_list_operations, public.mod_ecommod01_list_operation_failures
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.list_operations, customers_private.list_operation_failures,
  public.mod_ecommod01_list_operations, public.mod_ecommod01_list_operation_failures
to authenticated;
