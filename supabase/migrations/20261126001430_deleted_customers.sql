-- Deleted customers: found to be restored, and removed for good after 30 days.

create index mod_ecommod01_customers_hidden
  on public.mod_ecommod01_customers (site_id, deleted_at, id) where deleted_at is not null and merged_into is null;
-- Notes and addresses that were deleted, as long as what was in them is kept.
create index mod_ecommod01_customer_changes_contents
  on public.mod_ecommod01_customer_changes (site_id, changed_at, id)
  where subject in ('note', 'address') and after = '{}' and before <> '{}';

-- Until when a deleted customer can be restored.
create function customers_private.purge_moment() returns timestamptz
language sql stable
set search_path = ''
as $$ select now() - interval '30 days' $$;

-- The last deleted first. `purgeable` counts what a purge would remove: who was erased is no longer listed, but goes too.
create function customers_private.list_deleted_customers(
  p_site uuid, p_search text, p_limit integer, p_cursor text
) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set jit = off
as $$
declare
  place record;
  patterns text[];
begin
  perform customers_private.require_role(p_site, 'admin');
  perform customers_private.require_page(p_limit);
  if char_length(p_search) > 200 then
    perform customers_private.refuse('search', 'is longer than 200 characters');
  end if;
  patterns := customers_private.search_patterns(coalesce(p_search, ''));
  select r.moment, r.id into place from customers_private.read_moment(p_cursor) r;
  return (
    with page as materialized (
      select c as customer
      from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.deleted_at is not null and c.merged_into is null and c.erased_at is null
        and (c.deleted_at, c.id) < (place.moment, place.id) and c.search like all (patterns)
      order by c.deleted_at desc, c.id desc
      limit p_limit + 1
    )
    select json_build_object(
      'rows', (
        select coalesce(json_agg(json_build_object(
          'customer', customers_private.show_customer(r.customer),
          'deleted_at', (r.customer).deleted_at,
          'deleted_by', customers_private.who_deleted(r.customer),
          'restorable_until', (r.customer).deleted_at + interval '30 days')), '[]')
        from (select p.customer from page p limit p_limit) r
      ),
      'next', (
        select case when count(*) > p_limit then (
          select customers_private.write_moment(false, (l.customer).deleted_at, (l.customer).id)
          from page l offset p_limit - 1 limit 1
        ) end
        from page p
      ),
      'purgeable', customers_private.count_purgeable(p_site)
    )
  );
end
$$;

create function customers_private.who_deleted(p_customer public.mod_ecommod01_customers) returns text
language sql stable
set search_path = ''
as $$
  select o.started_by_name
  from public.mod_ecommod01_customer_changes g
  join public.mod_ecommod01_customer_operations o on o.site_id = g.site_id and o.id = g.operation_id
  where g.site_id = p_customer.site_id and g.customer_id = p_customer.id and g.after ? 'deleted_at'
  order by g.changed_at desc, g.id desc
  limit 1
$$;

create function customers_private.count_purgeable(p_site uuid) returns integer
language sql stable
set search_path = ''
as $$
  select count(*)::integer
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.deleted_at <= customers_private.purge_moment() and c.merged_into is null
$$;

-- One step of a purge: up to 500 customers, fewer where they have many orders. The client sends steps 0, 1, 2, … until
-- the receipt is finished; the same step sent again removes nothing more. Who was merged into somebody stays as long as
-- that one is there.
create function customers_private.purge_customers(p_site uuid, p_operation uuid, p_step integer) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  no_undo constant text := 'What was removed for good cannot come back.';
  operation public.mod_ecommod01_customer_operations;
  removed integer;
  emptied integer;
begin
  perform customers_private.require_role(p_site, 'admin');
  if p_step is null or p_step < 0 then
    perform customers_private.refuse('step', 'is a number from 0');
  elsif p_step = 0 then
    perform customers_private.begin_change(
      p_site, p_operation, 'purge', '[]', 'admin', customers_private.count_purgeable(p_site));
  end if;
  perform customers_private.own_operation(p_site, p_operation);
  select o.* into operation
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_operation
  for update;
  if operation.kind <> 'purge' then
    raise exception 'Another operation has this id.' using errcode = 'PT409', detail = '{"reason": "operation"}';
  end if;

  insert into public.mod_ecommod01_customer_operation_steps (site_id, operation_id, step, request_hash)
  select p_site, p_operation, p_step, ''
  where operation.status = 'running'
  on conflict (site_id, operation_id, step) do nothing;
  if found then
    removed := customers_private.purge_some(p_site);
    emptied := customers_private.empty_deleted_parts(p_site);
    update public.mod_ecommod01_customer_operation_steps s
    set changed = removed, finished_at = clock_timestamp()
    where s.site_id = p_site and s.operation_id = p_operation and s.step = p_step;
    if removed = 0 and emptied = 0 then
      update public.mod_ecommod01_customer_operations o
      set status = 'finished', finished_at = clock_timestamp(), asked = t.changed, changed = t.changed
      from customers_private.operation_totals(p_site, p_operation, null) t
      where o.site_id = p_site and o.id = p_operation;
    end if;
  end if;
  return customers_private.final_receipt(p_site, p_operation, no_undo, p_step);
end
$$;

-- What another purge is removing already is left to it.
create function customers_private.purge_some(p_site uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  removed integer;
  ids uuid[];
begin
  select array_agg(w.id) into ids
  from (
    select b.id, sum(1 + b.orders_count) over (order by b.deleted_at, b.id) - 1 - b.orders_count as work_before
    from (
      select c.id, c.deleted_at, c.orders_count
      from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.deleted_at <= customers_private.purge_moment() and c.merged_into is null
      order by c.deleted_at, c.id
      limit 500
      for update skip locked
    ) b
  ) w
  where w.work_before < 5000;
  delete from public.mod_ecommod01_customers c where c.site_id = p_site and c.id = any (ids);
  get diagnostics removed = row_count;
  return removed;
end
$$;

-- Empties the history of notes and addresses that were deleted more than 30 days ago: that they were there is kept,
-- what was in them is not.
create function customers_private.empty_deleted_parts(p_site uuid) returns integer
language plpgsql volatile
set search_path = ''
as $$
declare
  deleted record;
  emptied integer := 0;
begin
  for deleted in
    select g.customer_id, g.subject, g.subject_id, g.id
    from public.mod_ecommod01_customer_changes g
    where g.site_id = p_site and g.changed_at <= customers_private.purge_moment()
      and g.subject in ('note', 'address') and g.after = '{}' and g.before <> '{}'
    order by g.changed_at, g.id
    limit 500
  loop
    update public.mod_ecommod01_customer_changes g
    set before = '{}', after = '{}'
    where g.site_id = p_site and g.customer_id = deleted.customer_id and g.subject = deleted.subject
      and g.subject_id = deleted.subject_id
      and (g.id = deleted.id or not exists (
        select from public.mod_ecommod01_customer_notes n where n.site_id = p_site and n.id = deleted.subject_id
        union all
        select from public.mod_ecommod01_customer_addresses a where a.site_id = p_site and a.id = deleted.subject_id
      ));
    emptied := emptied + 1;
  end loop;
  return emptied;
end
$$;

-- As in 1060; who was erased has nothing to come back with.
create or replace function customers_private.customer_failure(p_id uuid, p_code text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('id', p_id, 'code', p_code, 'outcome', 'failed', 'message',
    case p_code
      when 'unknown' then 'There is no such customer.'
      when 'merged' then 'This customer was merged into another one.'
      when 'expired' then 'This customer was deleted more than 30 days ago.'
      when 'exists' then 'Another customer has this e-mail by now.'
      when 'erased' then 'The data of this customer were erased.'
    end)
$$;

create or replace function customers_private.restore_customers(p_site uuid, p_operation uuid, p_ids uuid[]) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  customer_id uuid;
  customer public.mod_ecommod01_customers;
  next_version integer;
  changed integer := 0;
  unchanged integer := 0;
  failures jsonb := '[]';
  problem text;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'restore', to_jsonb(p_ids), 'admin',
    (select count(distinct i.id)::integer from unnest(p_ids) i (id))) then
    return customers_private.operation_receipt(p_site, p_operation);
  end if;
  foreach customer_id in array customers_private.read_customer_ids(p_ids) loop
    problem := null;
    select c.* into customer
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.id = customer_id
    for no key update;
    if not found then
      problem := 'unknown';
    elsif customer.deleted_at is null then
      unchanged := unchanged + 1;
      continue;
    elsif customer.erased_at is not null then
      problem := 'erased';
    elsif customer.merged_into is not null then
      problem := 'merged';
    elsif customer.deleted_at <= now() - interval '30 days' then
      problem := 'expired';
    else
      begin
        update public.mod_ecommod01_customers c
        set deleted_at = null, deleted_by = null
        where c.site_id = p_site and c.id = customer_id
        returning c.version into next_version;
        perform customers_private.keep_change(p_site, p_operation, customer_id, 'customer', null, next_version,
          jsonb_build_object('deleted_at', customer.deleted_at), '{"deleted_at": null}');
        changed := changed + 1;
      exception when unique_violation then
        problem := 'exists';
      end;
    end if;
    if problem is not null then
      failures := failures || customers_private.customer_failure(customer_id, problem);
    end if;
  end loop;
  perform customers_private.end_change(p_site, p_operation, 0, changed, unchanged, failures);
  return customers_private.operation_receipt(p_site, p_operation);
end
$$;

create function public.mod_ecommod01_list_deleted_customers(
  p_site uuid, p_search text default null, p_limit integer default 20, p_cursor text default null
) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_deleted_customers(p_site, p_search, p_limit, p_cursor) $$;

create function public.mod_ecommod01_purge_customers(p_site uuid, p_operation uuid, p_step integer default 0)
returns json
language sql volatile set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.purge_customers(p_site, p_operation, p_step) $$;

revoke execute on function
  customers_private.purge_moment, customers_private.list_deleted_customers, customers_private.who_deleted,
  customers_private.count_purgeable, customers_private.purge_customers, customers_private.purge_some,
  customers_private.empty_deleted_parts,
  public.mod_ecommod01_list_deleted_customers, public.mod_ecommod01_purge_customers
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.list_deleted_customers, customers_private.purge_customers,
  public.mod_ecommod01_list_deleted_customers, public.mod_ecommod01_purge_customers
to authenticated;
