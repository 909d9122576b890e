-- The list: a page of customers by filters, sort and place.

-- The columns that each sort goes by, with their types, the last one making it unique; each has an index that begins
-- with site_id and goes on with these. Null for an unknown sort.
create function customers_private.sort_columns(p_sort text) returns text[]
language sql immutable
set search_path = ''
as $$
  select case p_sort
    when 'name' then array['name_key text', 'id uuid']
    when 'email' then array['email_key text']
    when 'orders_count' then array['orders_count integer', 'id uuid']
    when 'total_spent' then array['total_spent bigint', 'id uuid']
    when 'status' then array['status text', 'created_at timestamptz', 'id uuid']
    when 'created_at' then array['created_at timestamptz', 'id uuid']
    when 'last_order_date' then array['last_order_key timestamptz', 'id uuid']
  end
$$;

-- How a list is ordered, as SQL over customers c. `backwards` turns it round.
create type customers_private.list_order as (
  sort text,
  direction text,
  -- `c.name_key, c.id`
  columns text,
  -- `array[c.name_key::text, c.id::text]`: what a cursor keeps of a row
  key text,
  -- `c.name_key desc, c.id desc`, and the other way round
  forwards text,
  backwards text
);

create function customers_private.read_order(p_sort text, p_direction text) returns customers_private.list_order
language plpgsql immutable
set search_path = ''
as $$
declare
  columns text[] := customers_private.sort_columns(p_sort);
  opposite text := case p_direction when 'asc' then 'desc' when 'desc' then 'asc' end;
  result customers_private.list_order;
begin
  if columns is null then
    perform customers_private.refuse('sort', format('cannot be "%s"', p_sort));
  end if;
  if opposite is null then
    perform customers_private.refuse('direction', 'must be asc or desc');
  end if;
  select p_sort, p_direction, string_agg(name, ', '), 'array[' || string_agg(name || '::text', ', ') || ']',
    string_agg(name || ' ' || p_direction, ', '), string_agg(name || ' ' || opposite, ', ')
  into result
  from (select 'c.' || split_part(c, ' ', 1) as name from unnest(columns) c) names;
  return result;
end
$$;

-- A condition on the rows that come after (or before) a key: a row comparison, which is one index condition.
create function customers_private.beyond(
  p_order customers_private.list_order, p_key text[], p_backwards boolean, p_inclusive boolean default false
) returns text
language sql immutable
set search_path = ''
as $$
  select format('(%s) %s%s (%s)',
    (p_order).columns,
    case when ((p_order).direction = 'asc') <> p_backwards then '>' else '<' end,
    case when p_inclusive then '=' else '' end,
    (select string_agg(format('%L::%s', k, split_part(c, ' ', 2)), ', ' order by n)
     from unnest(p_key, customers_private.sort_columns((p_order).sort)) with ordinality as parts (k, c, n)))
$$;

-- A cursor is opaque to clients: base64url of JSON that says which list it belongs to, the key of the row it stands
-- at, and which way it goes on from there.
create function customers_private.write_cursor(
  p_hash text, p_order customers_private.list_order, p_key text[], p_backwards boolean
) returns text
language sql immutable
set search_path = ''
as $$
  select translate(
    encode(convert_to(json_build_object(
      'list', p_hash, 'sort', (p_order).sort, 'direction', (p_order).direction, 'key', p_key, 'back', p_backwards
    )::text, 'UTF8'), 'base64'),
    E'+/=\n', '-_')
$$;

create function customers_private.read_cursor(
  p_cursor text, p_hash text, p_order customers_private.list_order, out key text[], out backwards boolean
)
language plpgsql stable
set search_path = ''
as $$
declare
  content json;
begin
  begin
    content := convert_from(
      decode(rpad(translate(p_cursor, '-_', '+/'), (length(p_cursor) + 3) / 4 * 4, '='), 'base64'), 'UTF8');
    key := array(select json_array_elements_text(content -> 'key'));
    backwards := (content ->> 'back')::boolean;
    -- Its values must be what the columns are, or the list would fail on them later.
    execute 'select ' || customers_private.beyond(p_order, key, backwards)
      || ' from public.mod_ecommod01_customers c limit 0';
  exception when others then
    content := null;
  end;
  if content is null or backwards is null or array_position(key, null) is not null
    or cardinality(key) <> cardinality(customers_private.sort_columns(p_order.sort))
    or (content ->> 'list', content ->> 'sort', content ->> 'direction')
      is distinct from (p_hash, (p_order).sort, (p_order).direction) then
    perform customers_private.refuse('cursor', 'belongs to another list',
      'A cursor is only good for the filters, sort and direction of the answer it came from.');
  end if;
end
$$;

-- The customers that a page holds, and one more where there is one, in the order they were read; `keys` is what cursors
-- keep of each.
create function customers_private.find_customers(
  p_source text, p_conditions text[], p_order customers_private.list_order, p_backwards boolean, p_skip bigint,
  p_limit integer, out ids uuid[], out keys text[]
)
language plpgsql stable
set search_path = ''
as $$
begin
  execute format(
    'select array_agg(c.found), array_agg(%s)
     from (select c.id as found, %s from (%s) c where %s order by %s limit %s offset %s) c',
    p_order.key, p_order.columns, p_source, customers_private.all_of(p_conditions),
    case when p_backwards then p_order.backwards else p_order.forwards end, p_limit + 1, p_skip
  ) into ids, keys;
end
$$;

-- The same for a plan: by walking if that fills the page, else by collecting.
create function customers_private.find_by_plan(
  p_site uuid, p_plan customers_private.list_plan, p_order customers_private.list_order, p_backwards boolean,
  p_skip bigint, p_limit integer, out ids uuid[], out keys text[]
)
language plpgsql stable
set search_path = ''
as $$
declare
  -- So many matches are collected in 20 ms.
  many constant integer := 10000;
  few constant integer := 2000;
  collect text := p_plan.collect;
begin
  if p_plan.walk is not null then
    select f.ids, f.keys into ids, keys from customers_private.find_customers(
      p_plan.walk, p_plan.walk_tests, p_order, p_backwards, p_skip, p_limit) f;
    if collect is null or cardinality(ids) > p_limit then
      return;
    end if;
  end if;

  if p_plan.collected > many and p_plan.collect_by is not null and p_skip = 0 then
    -- A page of just any few matches is not the first one, but its end bounds that: behind it nothing needs be read.
    select f.ids, f.keys into ids, keys from customers_private.find_customers(
      customers_private.collect(p_site, p_plan.collect_by, few), p_plan.collect_tests,
      p_order, p_backwards, 0, p_limit) f;
    if cardinality(ids) > p_limit then
      collect := customers_private.collect(p_site, p_plan.collect_by || customers_private.beyond(
        p_order, customers_private.nth_key(keys, p_limit + 1), not p_backwards, true));
    end if;
  end if;
  select f.ids, f.keys into ids, keys from customers_private.find_customers(
    collect, p_plan.collect_tests, p_order, p_backwards, p_skip, p_limit) f;
end
$$;

-- What a list shows of customers, in the order of their ids. Static SQL, apart from finding them: it is planned once a
-- connection, which is half of what a page costs.
create function customers_private.show_customers(p_site uuid, p_ids uuid[], out rows json, out groups json)
language plpgsql stable
set search_path = ''
as $$
begin
  select coalesce(json_agg(shown), '[]') into rows
  from (
    select c.id, c.first_name, c.last_name, c.email, c.phone, c.avatar_url, c.status, c.is_guest, c.email_verified,
      c.accepts_marketing, c.orders_count, c.total_spent, c.average_order_value, c.last_order_date, c.tags,
      array(
        select m.group_id from public.mod_ecommod01_customer_group_members m
        where m.site_id = p_site and m.customer_id = c.id order by m.group_id
      ) as group_ids,
      c.country, c.notes_count, c.created_at, c.updated_at, c.last_seen_at, c.version
    from unnest(p_ids) with ordinality as found (id, place)
    join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = found.id
    order by found.place
  ) shown;

  select coalesce(json_agg(named), '[]') into groups
  from (
    select g.id, g.name, g.color from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.id = any (array(
      select m.group_id from public.mod_ecommod01_customer_group_members m
      where m.site_id = p_site and m.customer_id = any (p_ids)
    ))
    order by g.name_key, g.id
  ) named;
end
$$;

create function customers_private.list_customers(
  p_site uuid, p_filters json, p_sort text, p_direction text, p_limit integer, p_cursor text, p_page integer
) returns json
language plpgsql stable security definer
set search_path = ''
set timezone = 'UTC'
set jit = off
set max_parallel_workers_per_gather = 0
set plan_cache_mode = force_generic_plan
as $$
declare
  list_filter customers_private.list_filter;
  list_order customers_private.list_order;
  plan customers_private.list_plan;
  found record;
  ids uuid[];
  first_key text[];
  last_key text[];
  is_full boolean;
  shown record;
  place text[] := '{}';
  backwards boolean := false;
  skip bigint := 0;
  row_limit integer := p_limit;
  position_key text[];
begin
  perform customers_private.require_role(p_site, 'viewer');
  list_filter := customers_private.read_filters(p_site, p_filters);
  list_order := customers_private.read_order(p_sort, p_direction);
  if p_limit is null or p_limit not between 1 and 100 then
    perform customers_private.refuse('limit', 'must be 1 to 100');
  end if;
  if p_page < -1 or p_page = 0 or (p_page is not null and p_cursor is not null) then
    perform customers_private.refuse('page', 'must be 1 or more, or -1 for the last, and not beside a cursor');
  end if;

  if p_cursor is not null then
    select c.key, c.backwards into position_key, backwards
    from customers_private.read_cursor(p_cursor, list_filter.hash, list_order) c;
    place := array[customers_private.beyond(list_order, position_key, backwards)];
  elsif p_page = -1 then
    -- The last page is the first one from the other end, as short as the remainder.
    backwards := true;
    row_limit := customers_private.last_page_size(p_site, list_filter, p_limit);
  elsif p_page > 1 then
    select f.place, f.skip into place, skip
    from customers_private.find_place(
      p_site, list_filter, list_order, (p_page - 1)::bigint * p_limit, p_limit) f;
  end if;

  plan := customers_private.plan_list(
    p_site, list_filter, case when backwards then list_order.backwards else list_order.forwards end,
    place, skip + row_limit + 1);
  found := customers_private.find_by_plan(p_site, plan, list_order, backwards, skip, row_limit);

  -- In the list's order, without the one that only tells whether the list goes on.
  is_full := cardinality(found.ids) > row_limit;
  ids := array(
    select f.id from unnest(found.ids[:row_limit]) with ordinality as f (id, place)
    order by case when backwards then -f.place else f.place end);
  first_key := customers_private.nth_key(found.keys, case when backwards then cardinality(ids) else 1 end);
  last_key := customers_private.nth_key(found.keys, case when backwards then 1 else cardinality(ids) end);
  shown := customers_private.show_customers(p_site, ids);

  return json_build_object(
    'rows', shown.rows,
    'groups', shown.groups,
    'next', case when ids <> '{}' and case when backwards then p_cursor is not null else is_full end
      then customers_private.write_cursor(list_filter.hash, list_order, last_key, false) end,
    'previous', case when ids <> '{}' and case when backwards then is_full else p_cursor is not null or p_page > 1 end
      then customers_private.write_cursor(list_filter.hash, list_order, first_key, true) end
  );
end
$$;

-- Postgres has no slice of a two-dimensional array that is one-dimensional.
create function customers_private.nth_key(p_keys text[], p_n integer) returns text[]
language sql immutable
set search_path = ''
as $$
  select array_agg(part) from unnest(p_keys[p_n:p_n]) part
$$;

create function public.mod_ecommod01_list_customers(
  p_site uuid,
  p_filters json default '{}',
  p_sort text default 'created_at',
  p_direction text default 'desc',
  p_limit integer default 20,
  p_cursor text default null,
  p_page integer default null
) returns json
language plpgsql stable
set search_path = ''
set statement_timeout = '5s'
as $$
begin
  return customers_private.list_customers(p_site, p_filters, p_sort, p_direction, p_limit, p_cursor, p_page);
end
$$;

revoke execute on function
  customers_private.sort_columns, customers_private.read_order, customers_private.beyond,
  customers_private.write_cursor, customers_private.read_cursor, customers_private.find_customers,
  customers_private.find_by_plan, customers_private.show_customers, customers_private.nth_key
from public, anon, authenticated;
revoke execute on function customers_private.list_customers, public.mod_ecommod01_list_customers from public, anon;
grant execute on function customers_private.list_customers, public.mod_ecommod01_list_customers
to authenticated, service_role;
