-- Operations: start, steps that each commit and can each be repeated, finish, receipt. What a kind of operation does
-- in a step stands in a migration of its own.

-- What a step left as it was: without it a later record with the same e-mail could not be told to be a repetition.
-- Emptied when the operation ends.
alter table public.mod_ecommod01_customer_operation_steps
  add column unchanged_customers uuid[] not null default '{}';

-- The numbers of all steps; the failures of one, or of all in the order of their rows.
create function customers_private.operation_totals(
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
          select jsonb_agg(f order by (f ->> 'row')::integer)
          from public.mod_ecommod01_customer_operation_steps a, jsonb_array_elements(a.failures) f
          where a.site_id = p_site and a.operation_id = p_id
        )
      end,
      '[]')
  from public.mod_ecommod01_customer_operation_steps s
  where s.site_id = p_site and s.operation_id = p_id
$$;

-- The account of an operation as src/model/receipt.ts has it. While it runs: the numbers of all steps so far, and the
-- failures of p_step alone, since a long list would otherwise travel with every step.
create function customers_private.operation_receipt(p_site uuid, p_id uuid, p_step integer default null) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'id', o.id,
    'kind', o.kind,
    'status', o.status,
    'asked', o.asked,
    'created', n.created,
    'changed', n.changed,
    'unchanged', n.unchanged,
    'skipped', n.skipped,
    'failed', n.failed,
    'failures', n.failures,
    'startedAt', o.started_at,
    'finishedAt', o.finished_at,
    'by', o.started_by_name,
    'undo', json_build_object('possible', false, 'until', null, 'reason', 'This cannot be undone yet.')
  )
  from public.mod_ecommod01_customer_operations o
  cross join lateral (
    select o.created, o.changed, o.unchanged, o.skipped, o.failed, o.failures
    where o.status <> 'running'
    union all
    select s.* from customers_private.operation_totals(p_site, p_id, p_step) s
    where o.status = 'running'
  ) n
  where o.site_id = p_site and o.id = p_id
$$;

create function customers_private.start_operation(
  p_site uuid, p_id uuid, p_kind text, p_asked integer, p_options json
) returns json
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  caller record;
  options jsonb;
  hash text;
  found_operation public.mod_ecommod01_customer_operations;
begin
  select r.role, r.display_name into caller from customers_private.require_role(p_site, 'editor') r;
  if p_id is null then
    perform customers_private.refuse('id', 'is missing');
  elsif p_kind is distinct from 'import' then
    perform customers_private.refuse('kind', 'is not known', 'The kinds are: import.');
  elsif p_asked is null or p_asked < 0 then
    perform customers_private.refuse('asked', 'is the number of records, 0 or more');
  end if;
  options := customers_private.read_import_options(p_options);
  hash := md5(jsonb_build_array(p_kind, p_asked, options)::text);

  insert into public.mod_ecommod01_customer_operations
    (site_id, id, kind, asked, options, request_hash, started_by, started_by_name)
  values (p_site, p_id, p_kind, p_asked, options, hash, auth.uid(), caller.display_name)
  on conflict (site_id, id) do nothing;

  select o.* into found_operation
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id;
  if found_operation.started_by is distinct from auth.uid() or found_operation.request_hash <> hash then
    raise exception 'Another operation has this id.' using errcode = 'PT409', hint = 'Make a new uuid for each operation.';
  end if;
  return customers_private.operation_receipt(p_site, p_id);
end
$$;

-- The options of an import, with their defaults.
create function customers_private.read_import_options(p_options json) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
declare
  options constant jsonb := coalesce(jsonb_strip_nulls(nullif(p_options::jsonb, 'null')), '{}');
  unknown text;
begin
  if jsonb_typeof(options) <> 'object' then
    perform customers_private.refuse('options', 'are an object');
  end if;
  select k into unknown from jsonb_object_keys(options) k where k not in ('fileName', 'policy') order by k limit 1;
  if unknown is not null then
    perform customers_private.refuse(unknown, 'is no option of an import', 'The options are fileName and policy.');
  elsif coalesce(options ->> 'policy', 'both') not in ('create', 'update', 'both') then
    perform customers_private.refuse('policy', 'is create, update or both');
  elsif jsonb_typeof(options -> 'fileName') <> 'string' then
    perform customers_private.refuse('fileName', 'is a text');
  elsif char_length(options ->> 'fileName') > 255 then
    perform customers_private.refuse('fileName', 'is at most 255 characters long');
  end if;
  return jsonb_build_object('policy', 'both') || options;
end
$$;

-- The operation, if it is the caller's own; a foreign one is as unknown as one that does not exist.
create function customers_private.own_operation(p_site uuid, p_id uuid)
returns public.mod_ecommod01_customer_operations
language plpgsql stable
set search_path = ''
as $$
declare
  operation public.mod_ecommod01_customer_operations;
begin
  select o.* into operation
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id and o.started_by = auth.uid();
  if not found then
    raise exception 'There is no such operation.' using errcode = 'PT404';
  end if;
  return operation;
end
$$;

create function customers_private.step_operation(
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

  if p_step is null or p_step < 0 then
    perform customers_private.refuse('step', 'is a number from 0');
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

  perform customers_private.import_step(operation, p_step, p_rows, p_rejected);
  return customers_private.operation_receipt(p_site, p_id, p_step);
end
$$;

create function customers_private.require_batch(p_field text, p_batch json) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_batch is null or json_typeof(p_batch) <> 'array' then
    perform customers_private.refuse(p_field, 'is a list');
  elsif json_array_length(p_batch) > 1000 then
    perform customers_private.refuse(p_field, 'is more than 1,000', 'Send at most 1,000 in a step.');
  end if;
end
$$;

create function customers_private.finish_operation(p_site uuid, p_id uuid, p_cancelled boolean) returns json
language plpgsql volatile security definer
set search_path = ''
as $$
declare
  operation public.mod_ecommod01_customer_operations;
  totals record;
  handled integer;
begin
  perform customers_private.require_role(p_site, 'editor');
  perform customers_private.own_operation(p_site, p_id);
  select o.* into operation
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id
  for update;

  if operation.status = 'running' then
    select t.* into totals from customers_private.operation_totals(p_site, p_id, null) t;
    handled := totals.created + totals.changed + totals.unchanged + totals.skipped + totals.failed;
    update public.mod_ecommod01_customer_operations o
    set status = case when coalesce(p_cancelled, false) or handled < o.asked then 'cancelled' else 'finished' end,
      -- A receipt adds up: what came unannounced is counted as asked for.
      asked = greatest(o.asked, handled),
      finished_at = clock_timestamp(),
      created = totals.created, changed = totals.changed, unchanged = totals.unchanged,
      skipped = totals.skipped, failed = totals.failed, failures = totals.failures
    where o.site_id = p_site and o.id = p_id;
    update public.mod_ecommod01_customer_operation_steps s
    set unchanged_customers = '{}'
    where s.site_id = p_site and s.operation_id = p_id and s.unchanged_customers <> '{}';
  end if;
  return customers_private.operation_receipt(p_site, p_id);
end
$$;

create function customers_private.get_operation(p_site uuid, p_id uuid) returns json
language plpgsql stable security definer
set search_path = ''
as $$
declare
  receipt json;
begin
  perform customers_private.require_role(p_site, 'viewer');
  receipt := customers_private.operation_receipt(p_site, p_id);
  if receipt is null then
    raise exception 'There is no such operation.' using errcode = 'PT404';
  end if;
  return receipt;
end
$$;

create function public.mod_ecommod01_start_operation(
  p_site uuid, p_id uuid, p_kind text, p_asked integer, p_options json default '{}'
) returns json
language sql volatile
set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.start_operation(p_site, p_id, p_kind, p_asked, p_options) $$;

create function public.mod_ecommod01_step_operation(
  p_site uuid, p_id uuid, p_step integer, p_rows json, p_rejected json default '[]'
) returns json
language sql volatile
set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.step_operation(p_site, p_id, p_step, p_rows, p_rejected) $$;

create function public.mod_ecommod01_finish_operation(p_site uuid, p_id uuid, p_cancelled boolean default false)
returns json
language sql volatile
set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.finish_operation(p_site, p_id, p_cancelled) $$;

create function public.mod_ecommod01_get_operation(p_site uuid, p_id uuid) returns json
language sql stable
set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.get_operation(p_site, p_id) $$;

revoke execute on function
  customers_private.operation_receipt(uuid, uuid, integer),
  customers_private.operation_totals(uuid, uuid, integer),
  customers_private.read_import_options(json),
  customers_private.own_operation(uuid, uuid),
  customers_private.require_batch(text, json),
  customers_private.start_operation(uuid, uuid, text, integer, json),
  customers_private.step_operation(uuid, uuid, integer, json, json),
  customers_private.finish_operation(uuid, uuid, boolean),
  customers_private.get_operation(uuid, uuid),
  public.mod_ecommod01_start_operation(uuid, uuid, text, integer, json),
  public.mod_ecommod01_step_operation(uuid, uuid, integer, json, json),
  public.mod_ecommod01_finish_operation(uuid, uuid, boolean),
  public.mod_ecommod01_get_operation(uuid, uuid)
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.start_operation(uuid, uuid, text, integer, json),
  customers_private.step_operation(uuid, uuid, integer, json, json),
  customers_private.finish_operation(uuid, uuid, boolean),
  customers_private.get_operation(uuid, uuid),
  public.mod_ecommod01_start_operation(uuid, uuid, text, integer, json),
  public.mod_ecommod01_step_operation(uuid, uuid, integer, json, json),
  public.mod_ecommod01_finish_operation(uuid, uuid, boolean),
  public.mod_ecommod01_get_operation(uuid, uuid)
to authenticated;
