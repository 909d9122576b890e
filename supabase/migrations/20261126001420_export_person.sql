-- Everything held about one person, to be handed over: by pages, so that thousands of orders don't exceed a statement.

-- The customer and what hangs on it; orders, notes and history come by pages. Tables that know of a customer beside
-- ours are found in the catalog.
create function customers_private.show_person(p_site uuid, p_customer public.mod_ecommod01_customers, p_ids uuid[])
returns json
language plpgsql stable
set search_path = '' set timezone = 'UTC'
as $$
declare
  part record;
  rows jsonb;
  other jsonb := '{}';
begin
  for part in
    select t.* from customers_private.tables_of_customer() t
    where t.name not in ('mod_ecommod01_customer_addresses', 'mod_ecommod01_customer_notes',
      'mod_ecommod01_customer_changes', 'mod_ecommod01_customer_group_members')
  loop
    execute format(
      'select jsonb_agg(to_jsonb(t) - ''site_id'') from %s t where t.site_id = $1 and t.%I = any ($2)',
      part.relation, part.column_name)
    into rows using p_site, p_ids;
    if rows is not null then
      other := other || jsonb_build_object(part.name, coalesce(other -> part.name, '[]') || rows);
    end if;
  end loop;

  return json_build_object(
    'customer', customers_private.show_customer(p_customer),
    'user_id', p_customer.user_id,
    'deleted_at', p_customer.deleted_at,
    'addresses', (
      select coalesce(json_agg(customers_private.show_address(a) order by a.created_at, a.id), '[]')
      from public.mod_ecommod01_customer_addresses a
      where a.site_id = p_site and a.customer_id = any (p_ids)
    ),
    'groups', (
      select coalesce(json_agg(json_build_object('name', g.name, 'since', m.created_at) order by g.name_key, g.id), '[]')
      from public.mod_ecommod01_customer_group_members m
      join public.mod_ecommod01_customer_groups g on g.site_id = p_site and g.id = m.group_id
      where m.site_id = p_site and m.customer_id = any (p_ids)
    ),
    'origin', customers_private.show_origin(p_site, p_customer.created_by_operation),
    'consent', customers_private.show_consent(p_customer),
    'merged', (
      select coalesce(json_agg(customers_private.show_customer(c) order by c.created_at, c.id), '[]')
      from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.id = any (p_ids) and c.id <> p_customer.id
    ),
    'other', other);
end
$$;

create function customers_private.export_person(p_site uuid, p_id uuid, p_cursor text) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  page_size constant integer := 1000;
  parts constant text[] := array['orders', 'notes', 'history'];
  customer public.mod_ecommod01_customers;
  ids uuid[];
  place record;
  part text := 'orders';
  after_moment timestamptz := '-infinity';
  after_id uuid := '00000000-0000-0000-0000-000000000000';
  found_rows json;
  found_count integer;
  last_place text;
  next text;
begin
  perform customers_private.require_role(p_site, 'admin');
  customer := customers_private.require_person(p_site, p_id);
  ids := customers_private.person_ids(p_site, p_id);
  if p_cursor is not null then
    select r.key, r.name into place from customers_private.read_place(p_cursor) r;
    begin
      part := split_part(place.key, ' ', 1);
      if part <> all (parts) then
        raise invalid_text_representation;
      end if;
      after_moment := coalesce(nullif(substr(place.key, char_length(part) + 2), '')::timestamptz, after_moment);
      after_id := place.name::uuid;
    exception when invalid_text_representation or datetime_field_overflow or invalid_datetime_format then
      perform customers_private.refuse('cursor', 'belongs to another list', 'A cursor is the `next` of an answer, unchanged.');
    end;
  end if;

  with page as (
    select o.created_at as moment, o.id, json_build_object(
      'id', o.id, 'order_number', o.order_number::text, 'status', o.status::text, 'total', o.total::bigint,
      'currency', o.currency::text, 'created_at', o.created_at) as shown
    from public.mod_ecommod01_orders o
    where part = 'orders' and o.site_id = p_site and o.customer_id = any (ids)
      and (o.created_at, o.id) > (after_moment, after_id)
    union all
    select n.created_at, n.id, customers_private.show_note(n)
    from public.mod_ecommod01_customer_notes n
    where part = 'notes' and n.site_id = p_site and n.customer_id = any (ids)
      and (n.created_at, n.id) > (after_moment, after_id)
    union all
    select g.changed_at, g.id, json_build_object(
      'at', g.changed_at, 'by', p.started_by_name, 'kind', p.kind, 'subject', g.subject, 'subject_id', g.subject_id,
      'before', g.before, 'after', g.after)
    from public.mod_ecommod01_customer_changes g
    join public.mod_ecommod01_customer_operations p on p.site_id = g.site_id and p.id = g.operation_id
    where part = 'history' and g.site_id = p_site and g.customer_id = any (ids)
      and (g.changed_at, g.id) > (after_moment, after_id)
    order by 1, 2
    limit page_size
  )
  select coalesce(json_agg(g.shown order by g.moment, g.id), '[]'), count(*),
    (array_agg(customers_private.write_place(part || ' ' || g.moment, g.id::text) order by g.moment desc, g.id desc))[1]
  into found_rows, found_count, last_place
  from page g;

  next := case
    when found_count = page_size then last_place
    when part <> parts[cardinality(parts)] then customers_private.write_place(
      parts[array_position(parts, part) + 1] || ' ', '00000000-0000-0000-0000-000000000000')
  end;
  return json_build_object(
    'person', case when p_cursor is null then customers_private.show_person(p_site, customer, ids) end,
    'orders', case when part = 'orders' then found_rows else '[]' end,
    'notes', case when part = 'notes' then found_rows else '[]' end,
    'history', case when part = 'history' then found_rows else '[]' end,
    'next', next);
end
$$;

create function public.mod_ecommod01_export_person(p_site uuid, p_id uuid, p_cursor text default null) returns json
language sql stable set search_path = '' set statement_timeout = '15s'
as $$ select customers_private.export_person(p_site, p_id, p_cursor) $$;

revoke execute on function
  customers_private.show_person, customers_private.export_person, public.mod_ecommod01_export_person
from public, anon, authenticated, service_role;
grant execute on function customers_private.export_person, public.mod_ecommod01_export_person to authenticated;
