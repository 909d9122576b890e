-- What all writes to one customer share: each is an operation of one step whose id the client makes, it carries the
-- version that was read, and what it changed is kept.

-- Several fields may be wrong at once: p_errors holds a message for each.
create function customers_private.refuse_fields(p_errors jsonb) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_errors <> '{}' then
    raise sqlstate 'PT422' using
      message = customers_private.one_line(
        (select string_agg(e.key || ' ' || e.value, '; ' order by e.key) from jsonb_each_text(p_errors) e)),
      detail = json_build_object('fields', p_errors)::text;
  end if;
end
$$;

-- Opens an operation of one step. False where the same request was done before: the client did not hear the answer.
create function customers_private.begin_change(
  p_site uuid, p_operation uuid, p_kind text, p_request jsonb, p_role text default 'editor', p_asked integer default 1
) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  hash constant text := md5(p_kind || p_request::text);
  caller record;
  sent_before record;
begin
  select r.display_name into caller from customers_private.require_role(p_site, p_role) r;
  if p_operation is null then
    perform customers_private.refuse('operation', 'is missing', 'Make a new uuid for each operation.');
  end if;
  insert into public.mod_ecommod01_customer_operations
    (site_id, id, kind, asked, request_hash, started_by, started_by_name)
  values (p_site, p_operation, p_kind, p_asked, hash, auth.uid(), caller.display_name)
  on conflict (site_id, id) do nothing;
  if found then
    return true;
  end if;

  select o.request_hash, o.started_by into sent_before
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_operation;
  if (sent_before.request_hash, sent_before.started_by) is distinct from (hash, auth.uid()) then
    raise exception 'Another operation has this id.'
      using errcode = 'PT409', detail = '{"reason": "operation"}', hint = 'Make a new uuid for each operation.';
  end if;
  return false;
end
$$;

create function customers_private.end_change(
  p_site uuid, p_operation uuid, p_created integer, p_changed integer, p_unchanged integer,
  p_failures jsonb default '[]'
) returns void
language sql volatile
set search_path = ''
as $$
  update public.mod_ecommod01_customer_operations o
  set status = 'finished', finished_at = clock_timestamp(), created = p_created, changed = p_changed,
    unchanged = p_unchanged, failures = p_failures,
    skipped = (select count(*) from jsonb_array_elements(p_failures) f where f ->> 'outcome' = 'skipped'),
    failed = (select count(*) from jsonb_array_elements(p_failures) f where f ->> 'outcome' = 'failed')
  where o.site_id = p_site and o.id = p_operation
$$;

-- Keeps what was changed: before and after hold the fields that differ.
create function customers_private.keep_change(
  p_site uuid, p_operation uuid, p_customer uuid, p_subject text, p_subject_id uuid, p_version integer,
  p_before jsonb, p_after jsonb
) returns void
language sql volatile
set search_path = ''
as $$
  insert into public.mod_ecommod01_customer_changes
    (site_id, operation_id, customer_id, subject, subject_id, version, before, after)
  values (p_site, p_operation, p_customer, p_subject, p_subject_id, p_version, p_before, p_after)
$$;

-- The fields of p_after that differ from those of p_before, and what they were.
create function customers_private.difference(p_before jsonb, p_after jsonb, out before jsonb, out after jsonb)
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(a.key, p_before -> a.key), '{}'), coalesce(jsonb_object_agg(a.key, a.value), '{}')
  from jsonb_each(p_after) a
  where a.value is distinct from p_before -> a.key
$$;

-- Who changed which fields since a version, the oldest first.
create function customers_private.changes_since(
  p_site uuid, p_customer uuid, p_subject text, p_subject_id uuid, p_version integer
) returns json
language sql stable
set search_path = ''
as $$
  select coalesce(
    json_agg(
      json_build_object(
        'field', f.key, 'before', g.before -> f.key, 'after', f.value, 'at', g.changed_at, 'by', o.started_by_name,
        'kind', o.kind)
      order by g.version, f.key),
    '[]')
  from public.mod_ecommod01_customer_changes g
  join public.mod_ecommod01_customer_operations o on o.site_id = g.site_id and o.id = g.operation_id
  cross join lateral jsonb_each(g.after) f
  where g.site_id = p_site and g.customer_id = p_customer and g.subject = p_subject
    and g.subject_id is not distinct from p_subject_id and g.version > p_version
$$;

-- Somebody else was quicker: the row as it is now, and what was changed since the version that the caller read.
create function customers_private.refuse_stale(
  p_site uuid, p_customer uuid, p_subject text, p_subject_id uuid, p_version integer, p_current json
) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  raise sqlstate 'PT409' using
    message = 'This was changed since you read it.',
    detail = json_build_object(
      'reason', 'stale', 'current', p_current,
      'changes', customers_private.changes_since(p_site, p_customer, p_subject, p_subject_id, p_version))::text;
end
$$;

-- The customer, locked until this transaction ends; everything that hangs on it is written under this lock.
create function customers_private.lock_customer(p_site uuid, p_id uuid) returns public.mod_ecommod01_customers
language plpgsql volatile
set search_path = ''
as $$
declare
  customer public.mod_ecommod01_customers;
begin
  select c.* into customer
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_id and c.deleted_at is null
  for no key update;
  if not found then
    perform customers_private.refuse_missing(p_site, p_id);
  end if;
  return customer;
end
$$;

-- What was asked for, as JSON; a character that no text of Postgres can hold is refused by the name of the argument.
create function customers_private.read_object(p_field text, p_value json) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_value is null or json_typeof(p_value) <> 'object' then
    perform customers_private.refuse(p_field, 'must be an object');
  elsif p_value::text ~ '(^|[^\\])(\\\\)*\\u0000' then
    perform customers_private.refuse(p_field, 'must not hold the character U+0000');
  end if;
  return p_value::jsonb;
end
$$;

-- Why a text does not fit its column; null where it does. Exports join by U+001E and U+001F.
create function customers_private.text_error(p_value jsonb, p_width integer) returns text
language sql immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(p_value) <> 'string' then 'must be a text'
    when char_length(p_value #>> '{}') > p_width
      then format('has %s characters; at most %s fit', char_length(p_value #>> '{}'), p_width)
    when p_value #>> '{}' ~ E'[\x1e\x1f]' then 'must not hold a separator (U+001E, U+001F)'
  end
$$;

revoke execute on function
  customers_private.refuse_fields, customers_private.begin_change, customers_private.end_change,
  customers_private.keep_change, customers_private.difference, customers_private.changes_since,
  customers_private.refuse_stale, customers_private.lock_customer, customers_private.read_object,
  customers_private.text_error
from public, anon, authenticated;
