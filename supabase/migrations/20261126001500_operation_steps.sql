-- Operations on many customers: which ones is settled when they start, and kept in parts that a step each takes. So
-- a step knows its customers, whatever happens to the list meanwhile, and any number of them may be sent again.

alter table public.mod_ecommod01_customer_operations
  -- How many steps there are; null where the client alone knows, and of what is done in one request.
  add column steps integer;

alter table public.mod_ecommod01_customer_operation_steps
  -- What a step of an import made. No index on customers.created_by_operation: an import would pay for it.
  add column created_customers uuid[] not null default '{}';

-- Imports from before this: what each made, with its first step.
update public.mod_ecommod01_customer_operation_steps s
set created_customers = m.ids
from (
  select c.site_id, c.created_by_operation, array_agg(c.id order by c.id) as ids
  from public.mod_ecommod01_customers c
  where c.created_by_operation is not null
  group by 1, 2
) m
where s.site_id = m.site_id and s.operation_id = m.created_by_operation and s.step = (
  select min(f.step) from public.mod_ecommod01_customer_operation_steps f
  where f.site_id = s.site_id and f.operation_id = s.operation_id
);

-- A row a step rather than a row a customer: a million customers are settled in seconds. In the order of ids, in which
-- steps lock. Gone when the operation ends.
create table public.mod_ecommod01_customer_operation_targets (
  site_id uuid not null,
  operation_id uuid not null,
  step integer not null check (step >= 0),
  customer_ids uuid[] not null,
  primary key (site_id, operation_id, step),
  foreign key (site_id, operation_id) references public.mod_ecommod01_customer_operations (site_id, id)
    on delete cascade
);
-- Packing ids saves little and costs an export a tenth.
alter table public.mod_ecommod01_customer_operation_targets alter column customer_ids set storage external;
alter table public.mod_ecommod01_customer_operation_targets enable row level security;
revoke all on table public.mod_ecommod01_customer_operation_targets from public, anon, authenticated, service_role;
grant select on table public.mod_ecommod01_customer_operation_targets to authenticated;
grant select, insert, update, delete on table public.mod_ecommod01_customer_operation_targets to service_role;
create policy members_read on public.mod_ecommod01_customer_operation_targets for select to authenticated
  using (site_id = any ((select customers_private.my_site_ids())::uuid[]));

-- A history of one kind is read without reading all that were done between.
create index mod_ecommod01_customer_operations_kind
  on public.mod_ecommod01_customer_operations (site_id, kind, started_at, id);

create type customers_private.step_result as (
  changed integer,
  unchanged integer,
  skipped integer,
  failed integer,
  failures jsonb
);

create function customers_private.is_bulk_action(p_kind text) returns boolean
language sql immutable
set search_path = ''
as $$
  select p_kind in (
    'assign_group', 'remove_group', 'set_active', 'set_inactive', 'add_tags', 'remove_tags', 'delete', 'restore')
$$;

-- As in 0900, but no more than the first 1,000 failures of all: list_operation_failures has the others.
create or replace function customers_private.operation_totals(
  p_site uuid, p_id uuid, p_step integer,
  out created integer, out changed integer, out unchanged integer, out skipped integer, out failed integer,
  out failures jsonb
)
language sql stable
set search_path = ''
as $$
  select coalesce(sum(s.created), 0)::integer, coalesce(sum(s.changed), 0)::integer,
    coalesce(sum(s.unchanged), 0)::integer, coalesce(sum(s.skipped), 0)::integer,
    coalesce(sum(s.failed), 0)::integer,
    coalesce(
      case
        when p_step is not null then (array_agg(s.failures) filter (where s.step = p_step))[1]
        else (
          select jsonb_agg(f.failure order by f.step, f.n)
          from (
            select a.step, e.n, e.failure
            from public.mod_ecommod01_customer_operation_steps a
            cross join lateral jsonb_array_elements(a.failures) with ordinality e (failure, n)
            where a.site_id = p_site and a.operation_id = p_id
            order by a.step, e.n
            limit 1000
          ) f
        )
      end,
      '[]')
  from public.mod_ecommod01_customer_operation_steps s
  where s.site_id = p_site and s.operation_id = p_id
$$;

-- Beside its receipt: what it was asked to do, and which steps are done.
create function customers_private.show_operation(p_site uuid, p_id uuid) returns json
language sql stable
set search_path = '' set timezone = 'UTC'
as $$
  select (
    customers_private.operation_receipt(p_site, p_id)::jsonb || jsonb_build_object(
      'options', o.options,
      'steps', jsonb_build_object(
        'total', case when o.kind = 'import' then null else coalesce(o.steps, 0) end,
        'done', (
          select coalesce(jsonb_agg(jsonb_build_array(r.first, r.last) order by r.first), '[]')
          from (
            select min(g.step) as first, max(g.step) as last
            from (
              select s.step, s.step - row_number() over (order by s.step) as island
              from public.mod_ecommod01_customer_operation_steps s
              where s.site_id = p_site and s.operation_id = p_id
            ) g
            group by g.island
          ) r
        )
      )
    )
  )::json
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id
$$;

create function customers_private.read_bulk_options(p_site uuid, p_kind text, p_options json) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  options constant jsonb := customers_private.read_object('options', coalesce(p_options, '{}'));
  known constant text := case
    when p_kind in ('assign_group', 'remove_group') then 'group'
    when p_kind in ('add_tags', 'remove_tags') then 'tags'
  end;
  unknown text;
  problem text;
  wanted_group uuid;
begin
  select k into unknown from jsonb_object_keys(options) k where k is distinct from known limit 1;
  if unknown is not null then
    perform customers_private.refuse(unknown, 'is no option of this action');
  end if;
  if known = 'group' then
    if coalesce(options ->> 'group', '') !~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then
      perform customers_private.refuse('group', 'is the id of a group');
    end if;
    wanted_group := (options ->> 'group')::uuid;
    if not exists (
      select from public.mod_ecommod01_customer_groups g where g.site_id = p_site and g.id = wanted_group
    ) then
      perform customers_private.refuse('group', 'does not exist');
    end if;
    return jsonb_build_object('group', wanted_group);
  elsif known = 'tags' then
    problem := customers_private.tags_error(options -> 'tags');
    if options -> 'tags' is null or problem is not null then
      perform customers_private.refuse('tags', coalesce(problem, 'are missing'));
    elsif customers_private.clean_tags(options -> 'tags') = '[]' then
      perform customers_private.refuse('tags', 'are missing');
    end if;
    return jsonb_build_object('tags', customers_private.clean_tags(options -> 'tags'));
  end if;
  return '{}';
end
$$;

create function customers_private.read_chosen_ids(p_field text, p_ids json) returns uuid[]
language plpgsql immutable
set search_path = ''
as $$
declare
  most constant integer := 100000;
begin
  if p_ids is null then
    return '{}';
  elsif json_typeof(p_ids) <> 'array' then
    perform customers_private.refuse(p_field, 'are a list of ids');
  elsif json_array_length(p_ids) > most then
    perform customers_private.refuse(p_field, 'are more than 100,000', 'Name more of them by filters.');
  end if;
  return array(select distinct e.id::uuid from json_array_elements_text(p_ids) e (id));
exception when invalid_text_representation then
  perform customers_private.refuse(p_field, 'are a list of ids');
end
$$;

-- SQL for the ids of all customers that match. Everybody is found, so nothing is gained by walking a sort's index.
create function customers_private.matching_ids(p_site uuid, p_filters json) returns text
language plpgsql volatile
set search_path = ''
as $$
declare
  filter customers_private.list_filter := customers_private.read_filters(p_site, coalesce(p_filters, '{}'));
  plan customers_private.list_plan;
begin
  plan := customers_private.plan_list(p_site, filter, 'c.created_at desc, c.id desc', '{}', 1000000000000);
  if plan.collect is not null then
    return format('select c.id from (%s) c where %s', plan.collect, customers_private.all_of(plan.collect_tests));
  elsif plan.walk_tests = '{}' then
    return format('select c.id from public.mod_ecommod01_customers c where %s', customers_private.all_of(
      array[format('c.site_id = %L', p_site), 'c.deleted_at is null'] || filter.others));
  end if;
  return format('select c.id from (%s) c where %s', plan.walk, customers_private.all_of(plan.walk_tests));
end
$$;

-- Settles which customers an operation is about; answers how many, and in how many parts.
create function customers_private.settle_customers(
  p_site uuid, p_operation uuid, p_kind text, p_customers json, out asked integer, out parts integer
)
language plpgsql volatile
set search_path = '' set jit = off set max_parallel_workers_per_gather = 0 set work_mem = '64MB'
as $$
declare
  part_size constant integer := case when p_kind = 'export' then 20000 else 1000 end;
  source text;
  ids uuid[];
begin
  if p_customers is null or json_typeof(p_customers) <> 'object' then
    perform customers_private.refuse('customers', 'are ids, or filters and whom to leave out');
  end if;
  if p_customers -> 'ids' is not null then
    ids := customers_private.read_chosen_ids('ids', p_customers -> 'ids');
    source := 'select i.id from unnest($4) i (id)';
  elsif p_kind = 'restore' then
    perform customers_private.refuse('customers', 'are named by their ids: a list never shows deleted ones');
  else
    ids := customers_private.read_chosen_ids('except', p_customers -> 'except');
    source := customers_private.matching_ids(p_site, p_customers -> 'filters');
    if ids <> '{}' then
      source := format('select m.id from (%s) m where not exists (select from unnest($4) x (id) where x.id = m.id)',
        source);
    end if;
  end if;
  execute format(
    'with parts as (
       insert into public.mod_ecommod01_customer_operation_targets (site_id, operation_id, step, customer_ids)
       select $1, $2, ((n.place - 1) / $3)::integer, array_agg(n.id)
       from (select f.id, row_number() over (order by f.id) as place from (%s) f) n
       group by (n.place - 1) / $3
       returning cardinality(customer_ids) as size
     )
     select coalesce(sum(p.size), 0)::integer, count(*)::integer from parts p', source)
  into asked, parts
  using p_site, p_operation, part_size, ids;
end
$$;

-- With a parameter more than in 0900, and so a function of its own.
drop function public.mod_ecommod01_start_operation(uuid, uuid, text, integer, json);
drop function customers_private.start_operation(uuid, uuid, text, integer, json);

create function customers_private.start_operation(
  p_site uuid, p_id uuid, p_kind text, p_asked integer, p_options json, p_customers json
) returns json
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  caller record;
  options jsonb;
  hash text;
  found_operation public.mod_ecommod01_customer_operations;
  settled record;
begin
  select r.role, r.display_name into caller
  from customers_private.require_role(
    p_site, case when p_kind in ('delete', 'restore') then 'admin' else 'editor' end) r;
  if p_id is null then
    perform customers_private.refuse('id', 'is missing');
  elsif p_kind = 'import' then
    if p_asked is null or p_asked < 0 then
      perform customers_private.refuse('asked', 'is the number of records, 0 or more');
    end if;
    options := customers_private.read_import_options(p_options);
    perform customers_private.require_import_group(p_site, options);
  elsif p_kind = 'export' then
    options := customers_private.read_export_options(p_options);
  elsif customers_private.is_bulk_action(p_kind) then
    options := customers_private.read_bulk_options(p_site, p_kind, p_options);
  else
    perform customers_private.refuse('kind', 'is not known', 'The kinds are import, export and the bulk actions.');
  end if;
  hash := md5(jsonb_build_array(p_kind, case when p_kind = 'import' then p_asked end, options)::text
    || coalesce(p_customers::text, ''));

  insert into public.mod_ecommod01_customer_operations
    (site_id, id, kind, asked, options, request_hash, started_by, started_by_name)
  values (p_site, p_id, p_kind, case when p_kind = 'import' then p_asked else 0 end, options, hash, auth.uid(),
    caller.display_name)
  on conflict (site_id, id) do nothing;
  if found and p_kind <> 'import' then
    settled := customers_private.settle_customers(p_site, p_id, p_kind, p_customers);
    update public.mod_ecommod01_customer_operations o
    set asked = settled.asked, steps = settled.parts
    where o.site_id = p_site and o.id = p_id;
  end if;

  select o.* into found_operation
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id;
  if found_operation.started_by is distinct from auth.uid() or found_operation.request_hash <> hash then
    raise exception 'Another operation has this id.'
      using errcode = 'PT409', detail = '{"reason": "operation"}', hint = 'Make a new uuid for each operation.';
  end if;
  return customers_private.show_operation(p_site, p_id);
end
$$;

create or replace function customers_private.step_operation(
  p_site uuid, p_id uuid, p_step integer, p_rows json, p_rejected json
) returns json
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  hash constant text := md5(concat(p_rows, E'\n', p_rejected));
  operation public.mod_ecommod01_customer_operations;
  sent_before text;
begin
  perform customers_private.require_role(p_site, 'editor');
  perform customers_private.own_operation(p_site, p_id);
  -- Steps share the operation, so that two are in flight together; its end waits for them.
  select o.* into operation
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id
  for share;
  if operation.kind in ('delete', 'restore') then
    perform customers_private.require_role(p_site, 'admin');
  end if;

  if p_step is null or p_step < 0 then
    perform customers_private.refuse('step', 'is a number from 0');
  elsif operation.kind <> 'import' and p_step >= coalesce(operation.steps, 0) or operation.kind = 'export' then
    perform customers_private.refuse('step', 'is no step of this operation');
  end if;
  perform customers_private.require_batch('rows', p_rows);
  perform customers_private.require_batch('rejected', p_rejected);

  -- The same step sent twice at once: the second waits here until the first has committed.
  insert into public.mod_ecommod01_customer_operation_steps (site_id, operation_id, step, request_hash)
  values (p_site, p_id, p_step, hash)
  on conflict (site_id, operation_id, step) do nothing;
  if not found then
    select s.request_hash into sent_before
    from public.mod_ecommod01_customer_operation_steps s
    where s.site_id = p_site and s.operation_id = p_id and s.step = p_step;
    if sent_before <> hash then
      raise exception 'Step % was sent before with other rows.', p_step using errcode = 'PT409';
    end if;
    return customers_private.operation_receipt(p_site, p_id, p_step);
  end if;
  if operation.status <> 'running' then
    raise exception 'This operation has ended.' using errcode = 'PT409';
  end if;

  if operation.kind = 'import' then
    perform customers_private.import_step(operation, p_step, p_rows, p_rejected);
  else
    perform customers_private.step_through(operation, p_step);
  end if;
  return customers_private.operation_receipt(p_site, p_id, p_step);
end
$$;

-- Does a step of what was settled beforehand, and writes its account.
create function customers_private.step_through(
  p_operation public.mod_ecommod01_customer_operations, p_step integer
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  ids constant uuid[] := (
    select t.customer_ids from public.mod_ecommod01_customer_operation_targets t
    where t.site_id = p_operation.site_id and t.operation_id = p_operation.id and t.step = p_step);
  result customers_private.step_result;
  attempt integer := 0;
begin
  loop
    attempt := attempt + 1;
    begin
      -- In the order of ids, as everybody locks who locks several.
      perform from public.mod_ecommod01_customers c
      where c.site_id = p_operation.site_id and c.id = any (ids)
      order by c.id
      for no key update;
      if p_operation.kind = 'undo' then
        result := customers_private.undo_some(p_operation, ids);
      else
        result := customers_private.act_on(p_operation, ids);
      end if;
      exit;
    exception when deadlock_detected or unique_violation then
      -- Others lock as they like, and an e-mail may be taken while it comes back: what was done is rolled back to the
      -- block's start and done again, on what there is by now.
      if attempt = 5 then
        raise exception 'Too many are writing the same customers.' using errcode = 'PT503';
      end if;
      perform pg_sleep((0.5 + random()) * 0.1 * attempt);
    end;
  end loop;

  update public.mod_ecommod01_customer_operation_steps s
  set changed = result.changed, unchanged = result.unchanged, skipped = result.skipped, failed = result.failed,
    failures = result.failures, finished_at = clock_timestamp()
  where s.site_id = p_operation.site_id and s.operation_id = p_operation.id and s.step = p_step;
end
$$;

-- Also an admin ends what somebody has left running.
create or replace function customers_private.finish_operation(p_site uuid, p_id uuid, p_cancelled boolean) returns json
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  caller record;
  operation public.mod_ecommod01_customer_operations;
  totals record;
  handled integer;
  ended_as text;
begin
  select r.role into caller from customers_private.require_role(p_site, 'editor') r;
  select o.* into operation
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id and (o.started_by = auth.uid() or caller.role = 'admin')
  for update;
  if not found then
    raise exception 'There is no such operation.' using errcode = 'PT404';
  end if;

  if operation.status = 'running' then
    select t.* into totals from customers_private.operation_totals(p_site, p_id, null) t;
    handled := totals.created + totals.changed + totals.unchanged + totals.skipped + totals.failed;
    ended_as := case when coalesce(p_cancelled, false) or handled < operation.asked then 'cancelled' else 'finished' end;
    update public.mod_ecommod01_customer_operations o
    set status = ended_as,
      -- A receipt adds up: what came unannounced is counted as asked for.
      asked = greatest(o.asked, handled),
      finished_at = clock_timestamp(),
      created = totals.created, changed = totals.changed, unchanged = totals.unchanged,
      skipped = totals.skipped, failed = totals.failed, failures = totals.failures
    where o.site_id = p_site and o.id = p_id;
    update public.mod_ecommod01_customer_operation_steps s
    set unchanged_customers = '{}'
    where s.site_id = p_site and s.operation_id = p_id and s.unchanged_customers <> '{}';
    delete from public.mod_ecommod01_customer_operation_targets t
    where t.site_id = p_site and t.operation_id = p_id;
    -- What an undo has left, another may take back.
    if operation.kind = 'undo' and (ended_as = 'cancelled' or totals.changed = 0 and totals.failed > 0) then
      update public.mod_ecommod01_customer_operations o
      set undone_by = null
      where o.site_id = p_site and o.id = (operation.options ->> 'undoes')::uuid and o.undone_by = p_id;
    end if;
  end if;
  return customers_private.operation_receipt(p_site, p_id);
end
$$;

create or replace function customers_private.get_operation(p_site uuid, p_id uuid) returns json
language plpgsql stable security definer
set search_path = ''
as $$
declare
  operation json;
begin
  perform customers_private.require_role(p_site, 'viewer');
  operation := customers_private.show_operation(p_site, p_id);
  if operation is null then
    raise exception 'There is no such operation.' using errcode = 'PT404';
  end if;
  return operation;
end
$$;

create function public.mod_ecommod01_start_operation(
  p_site uuid, p_id uuid, p_kind text, p_asked integer default null, p_options json default '{}',
  p_customers json default null
) returns json
language sql volatile
set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.start_operation(p_site, p_id, p_kind, p_asked, p_options, p_customers) $$;

create or replace function public.mod_ecommod01_step_operation(
  p_site uuid, p_id uuid, p_step integer, p_rows json default '[]', p_rejected json default '[]'
) returns json
language sql volatile
set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.step_operation(p_site, p_id, p_step, p_rows, p_rejected) $$;

revoke execute on function
  customers_private.is_bulk_action, customers_private.show_operation, customers_private.read_bulk_options,
  customers_private.read_chosen_ids, customers_private.matching_ids, customers_private.settle_customers,
  customers_private.start_operation, customers_private.step_through,
  public.mod_ecommod01_start_operation
from public, anon, authenticated, service_role;
grant execute on function customers_private.start_operation, public.mod_ecommod01_start_operation to authenticated;
