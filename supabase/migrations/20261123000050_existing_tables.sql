-- Our tables are new. Where one of them exists already with another shape, stop before anything is made, and say which
-- table and column. Lines of the list: table (primary key): column type, …; with `?` it may be null.

do $check$
declare
  shapes constant text := $shapes$
site_members (site_id, user_id):
  site_id uuid, user_id uuid, role text, display_name text
customer_settings (site_id):
  site_id uuid, currency text, time_zone text
customers (site_id, id):
  site_id uuid, id uuid, agency_id uuid, user_id uuid?, first_name text, last_name text, email text,
  phone text?, avatar_url text?, status text, is_guest boolean, email_verified boolean,
  accepts_marketing boolean, orders_count integer, spent_orders_count integer, total_spent bigint,
  average_order_value bigint, last_order_date timestamp with time zone?, tags text[], metadata jsonb,
  notes_count integer, created_at timestamp with time zone, updated_at timestamp with time zone,
  last_seen_at timestamp with time zone?, version integer, country character(2)?,
  deleted_at timestamp with time zone?, deleted_by uuid?, merged_into uuid?, created_by_operation uuid?,
  name_key text, email_key text, last_order_key timestamp with time zone, search text
customer_addresses (site_id, id):
  site_id uuid, id uuid, customer_id uuid, label text, is_default_billing boolean,
  is_default_shipping boolean, first_name text, last_name text, company text?, address_line_1 text,
  address_line_2 text?, city text, state text, postal_code text, country text, phone text?,
  created_at timestamp with time zone, updated_at timestamp with time zone, version integer
customer_groups (site_id, id):
  site_id uuid, id uuid, name text, description text?, discount_percentage numeric(5,2)?, color text,
  member_count integer, created_at timestamp with time zone, updated_at timestamp with time zone,
  version integer, name_key text
customer_group_members (site_id, customer_id, group_id):
  site_id uuid, customer_id uuid, group_id uuid, created_at timestamp with time zone
customer_notes (site_id, id):
  site_id uuid, id uuid, customer_id uuid, content text, user_id uuid, user_name text,
  created_at timestamp with time zone
customer_operations (site_id, id):
  site_id uuid, id uuid, kind text, status text, asked integer, options jsonb, request_hash text,
  started_by uuid?, started_by_name text, started_at timestamp with time zone,
  finished_at timestamp with time zone?, created integer, changed integer, unchanged integer, skipped integer,
  failed integer, failures jsonb
customer_operation_steps (site_id, operation_id, step):
  site_id uuid, operation_id uuid, step integer, request_hash text, created integer, changed integer,
  unchanged integer, skipped integer, failed integer, failures jsonb, finished_at timestamp with time zone
customer_changes (site_id, id):
  site_id uuid, id uuid, operation_id uuid, customer_id uuid, before jsonb, after jsonb,
  changed_at timestamp with time zone
$shapes$;
  shape text[];
  relation regclass;
  found text;
  difference text;
begin
  for shape in select regexp_matches(shapes, '(\w+) \(([^)]+)\):\s+([^:]+?)(?=\n\w|\n$)', 'g') loop
    relation := to_regclass('public.mod_ecommod01_' || shape[1]);
    continue when relation is null;

    select string_agg(a.attname, ', ' order by k.position) into found
    from pg_catalog.pg_index i
    cross join lateral unnest(i.indkey::int2[]) with ordinality k (attnum, position)
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = relation and i.indisprimary;
    if found is distinct from shape[2] then
      difference := format('its primary key is (%s), expected: (%s)', coalesce(found, ''), shape[2]);
    end if;

    select coalesce(
      case
        when a.name is null then format('the column "%s" is missing', e.name)
        when e.name is null then format('the column "%s" is not ours, and must be filled', a.name)
        else format('the column "%s" is %s, expected: %s', a.name, a.type, e.type)
      end,
      difference
    ) into difference
    from (
      select split_part(c, ' ', 1) as name, substr(c, strpos(c, ' ') + 1) as type, position
      from regexp_split_to_table(shape[3], ',\s+') with ordinality t (c, position)
    ) e
    full join (
      select a.attname::text as name,
        format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then '' else '?' end as type,
        a.attnotnull and not a.atthasdef as must_be_filled
      from pg_catalog.pg_attribute a
      where a.attrelid = relation and a.attnum > 0 and not a.attisdropped
    ) a on a.name = e.name
    where a.type is distinct from e.type and (e.name is not null or a.must_be_filled)
    order by e.position
    limit 1;

    if difference is not null then
      raise exception 'public.mod_ecommod01_% exists with another shape: %.', shape[1], difference
        using hint = 'Rename or drop that table; this package makes its own.';
    end if;
  end loop;
end
$check$;
