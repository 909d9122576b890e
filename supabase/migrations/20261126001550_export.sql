-- Export: the customers of a step, as lines. Fields are ended by U+001F but for the last, rows by U+001E, which no
-- text of ours holds: the client quotes and names them, and neither side writes or reads JSON for a million rows.

-- PostgREST's way to answer a media type as it is: a function that returns a domain of this name.
-- https://docs.postgrest.org/en/stable/references/api/media_type_handlers.html
create domain customers_private."text/csv" as text;

create function customers_private.export_fields() returns jsonb
language sql immutable
set search_path = ''
as $$
  select '{
    "id": "c.id::text",
    "first_name": "c.first_name",
    "last_name": "c.last_name",
    "email": "c.email",
    "phone": "coalesce(c.phone, '''')",
    "status": "c.status",
    "is_guest": "c.is_guest::text",
    "email_verified": "c.email_verified::text",
    "accepts_marketing": "c.accepts_marketing::text",
    "orders_count": "c.orders_count::text",
    "total_spent": "c.total_spent::text",
    "average_order_value": "c.average_order_value::text",
    "last_order_date": "customers_private.iso(c.last_order_date)",
    "country": "coalesce(c.country::text, '''')",
    "tags": "array_to_json(c.tags)::text",
    "groups": "groups.names",
    "notes_count": "c.notes_count::text",
    "metadata": "c.metadata::text",
    "avatar_url": "coalesce(c.avatar_url, '''')",
    "created_at": "customers_private.iso(c.created_at)",
    "updated_at": "customers_private.iso(c.updated_at)",
    "last_seen_at": "customers_private.iso(c.last_seen_at)"
  }'::jsonb || (
    select jsonb_object_agg(k.kind || '_' || f.field, format('coalesce(%s.%s, '''')', k.kind, f.field))
    from unnest(array['billing', 'shipping']) k (kind)
    cross join unnest(array['first_name', 'last_name', 'company', 'address_line_1', 'address_line_2', 'city', 'state',
      'postal_code', 'country', 'phone']) f (field)
  )
$$;

-- As JSON has it, in UTC.
create function customers_private.iso(p_moment timestamptz) returns text
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return coalesce(to_char(p_moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '');
end
$$;

create function customers_private.read_export_options(p_options json) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
declare
  options constant jsonb := customers_private.read_object('options', coalesce(p_options, '{}'));
  known constant jsonb := customers_private.export_fields();
  unknown text;
begin
  select k into unknown from jsonb_object_keys(options) k where k not in ('fields', 'fileName', 'format') limit 1;
  if unknown is not null then
    perform customers_private.refuse(unknown, 'is no option of an export', 'The options are fields, fileName, format.');
  elsif coalesce(jsonb_typeof(options -> 'fields'), '') <> 'array' or options -> 'fields' = '[]' then
    perform customers_private.refuse('fields', 'are missing');
  elsif jsonb_array_length(options -> 'fields') > 200 then
    perform customers_private.refuse('fields', 'are more than 200');
  elsif coalesce(options ->> 'format', 'csv') not in ('csv', 'xlsx') then
    perform customers_private.refuse('format', 'is csv or xlsx');
  elsif jsonb_typeof(options -> 'fileName') <> 'string' or char_length(options ->> 'fileName') > 255 then
    perform customers_private.refuse('fileName', 'is a text of at most 255 characters');
  end if;
  select f.name into unknown
  from jsonb_array_elements_text(options -> 'fields') f (name)
  where not known ? coalesce(f.name, '')
  limit 1;
  if found then
    perform customers_private.refuse('fields', format('do not know "%s"', unknown));
  end if;
  return options;
end
$$;

-- The step's customers in the order of ids, also one that was hidden since: these are the rows that were meant when it
-- started. Reading the part again is harmless.
create function customers_private.export_chunk(p_site uuid, p_id uuid, p_step integer) returns customers_private."text/csv"
language plpgsql volatile security definer
set search_path = '' set jit = off set max_parallel_workers_per_gather = 0
as $$
declare
  operation public.mod_ecommod01_customer_operations;
  ids uuid[];
  fields text[];
  columns text;
  source text := '';
  found_rows integer;
  lines text;
begin
  perform customers_private.require_role(p_site, 'editor');
  operation := customers_private.own_operation(p_site, p_id);
  select t.customer_ids into ids
  from public.mod_ecommod01_customer_operation_targets t
  where t.site_id = p_site and t.operation_id = p_id and t.step = p_step;
  if not found or operation.kind <> 'export' then
    perform customers_private.refuse('step', 'is no part of a running export');
  end if;

  fields := array(select jsonb_array_elements_text(operation.options -> 'fields'));
  select string_agg(customers_private.export_fields() ->> f.name, ', ' order by f.n) into columns
  from unnest(fields) with ordinality f (name, n);
  if 'groups' = any (fields) then
    source := source || customers_private.export_groups(p_site);
  end if;
  if exists (select from unnest(fields) f where f like 'billing\_%') then
    source := source || customers_private.export_address('billing');
  end if;
  if exists (select from unnest(fields) f where f like 'shipping\_%') then
    source := source || customers_private.export_address('shipping');
  end if;
  -- The range lets the planner walk the table where the ids lie side by side in it.
  execute format(
    'select count(*)::integer, coalesce(string_agg(concat_ws(E''\x1f'', %s), E''\x1e'' order by c.id) || E''\x1e'', '''')
     from public.mod_ecommod01_customers c %s
     where c.site_id = $1 and c.id between $3 and $4 and c.id = any ($2)', columns, source)
  into found_rows, lines
  using p_site, ids, ids[1], ids[cardinality(ids)];

  insert into public.mod_ecommod01_customer_operation_steps
    (site_id, operation_id, step, request_hash, unchanged, skipped, failures)
  select p_site, p_id, p_step, '', found_rows, cardinality(ids) - found_rows, (
    select coalesce(jsonb_agg(jsonb_build_object('id', i.id, 'code', 'unknown', 'outcome', 'skipped',
      'message', 'There is no such customer any more.') order by i.id), '[]')
    from unnest(ids) i (id)
    where found_rows < cardinality(ids) and not exists (
      select from public.mod_ecommod01_customers c where c.site_id = p_site and c.id = i.id)
  )
  on conflict (site_id, operation_id, step) do nothing;
  return lines;
end
$$;

-- By hand and by rules.
create function customers_private.export_groups(p_site uuid) returns text
language plpgsql stable
set search_path = ''
as $$
declare
  has_rules constant boolean := exists (
    select from public.mod_ecommod01_customer_groups g where g.site_id = p_site and g.rule is not null);
begin
  return case when has_rules
    then ' left join customers_private.rule_groups_of($1, $2) ruled on ruled.customer_id = c.id' else '' end
    || format($sql$ cross join lateral (
      select coalesce(json_agg(g.name order by g.name_key, g.id)::text, '[]') as names
      from (
        select m.group_id from public.mod_ecommod01_customer_group_members m
        where m.site_id = c.site_id and m.customer_id = c.id
        union
        select u.id from unnest(%s) u (id)
      ) i
      join public.mod_ecommod01_customer_groups g on g.site_id = c.site_id and g.id = i.group_id
      offset 0
    ) groups $sql$, case when has_rules then 'ruled.group_ids' else '''{}''::uuid[]' end);
end
$$;

create function customers_private.export_address(p_kind text) returns text
language sql immutable
set search_path = ''
as $$
  select format($sql$ left join lateral (
    select a.* from public.mod_ecommod01_customer_addresses a
    where a.site_id = c.site_id and a.customer_id = c.id and a.is_default_%1$s
    offset 0
  ) %1$s on true $sql$, p_kind)
$$;

create function public.mod_ecommod01_export_chunk(p_site uuid, p_id uuid, p_step integer)
returns customers_private."text/csv"
language sql volatile
set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.export_chunk(p_site, p_id, p_step) $$;

revoke execute on function
  customers_private.export_fields, customers_private.iso, customers_private.read_export_options,
  customers_private.export_chunk, customers_private.export_groups, customers_private.export_address,
  public.mod_ecommod01_export_chunk
from public, anon, authenticated, service_role;
grant execute on function customers_private.export_chunk, public.mod_ecommod01_export_chunk to authenticated;
