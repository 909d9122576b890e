-- The list: a page of customers by filters, sort and place.

-- The columns that each sort goes by, with their types, the last one making it unique; each has an index that begins
-- with site_id and goes on with these. Null for an unknown sort.
create function customers_private.sort_columns(p_sort text) returns text[]
language plpgsql immutable
set search_path = ''
as $$
begin
  return case p_sort
    when 'name' then array['name_key text', 'id uuid']
    when 'email' then array['email_key text']
    when 'orders_count' then array['orders_count integer', 'id uuid']
    when 'total_spent' then array['total_spent bigint', 'id uuid']
    when 'status' then array['status text', 'created_at timestamptz', 'id uuid']
    when 'created_at' then array['created_at timestamptz', 'id uuid']
    when 'last_order_date' then array['last_order_key timestamptz', 'id uuid']
  end;
end
$$;

-- How a list is ordered, as SQL over customers c. `backwards` turns it round.
create type customers_private.list_order as (
  sort text,
  direction text,
  opposite text,
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
  name text;
begin
  if columns is null then
    perform customers_private.refuse('sort', format('cannot be "%s"', p_sort));
  end if;
  if opposite is null then
    perform customers_private.refuse('direction', 'must be asc or desc');
  end if;
  result.sort := p_sort;
  result.direction := p_direction;
  result.opposite := opposite;
  foreach name in array columns loop
    name := 'c.' || split_part(name, ' ', 1);
    result.columns := concat_ws(', ', result.columns, name);
    result.key := concat_ws(', ', result.key, name || '::text');
    result.forwards := concat_ws(', ', result.forwards, name || ' ' || p_direction);
    result.backwards := concat_ws(', ', result.backwards, name || ' ' || opposite);
  end loop;
  result.key := format('array[%s]', result.key);
  return result;
end
$$;

-- A key as SQL: `'mara beck'::text, '01a1…'::uuid`.
create function customers_private.typed_key(p_sort text, p_key text[]) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return (
    select string_agg(format('%L::%s', k, split_part(c, ' ', 2)), ', ' order by n)
    from unnest(p_key, customers_private.sort_columns(p_sort)) with ordinality as parts (k, c, n));
end
$$;

-- A condition on the rows that come after (or before) a key: a row comparison, which is one index condition.
create function customers_private.beyond(
  p_order customers_private.list_order, p_key text[], p_backwards boolean, p_inclusive boolean default false
) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return format('(%s) %s%s (%s)',
    (p_order).columns,
    case when ((p_order).direction = 'asc') <> p_backwards then '>' else '<' end,
    case when p_inclusive then '=' else '' end,
    customers_private.typed_key((p_order).sort, p_key));
end
$$;

-- A cursor is opaque to clients: base64url of JSON that says which list it belongs to, the key of the row it stands
-- at, and which way it goes on from there.
create function customers_private.write_cursor(
  p_hash text, p_order customers_private.list_order, p_key text[], p_backwards boolean
) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return translate(
    encode(convert_to(json_build_object(
      'list', p_hash, 'sort', (p_order).sort, 'direction', (p_order).direction, 'key', p_key, 'back', p_backwards
    )::text, 'UTF8'), 'base64'),
    E'+/=\n', '-_');
end
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
    execute 'select ' || customers_private.typed_key(p_order.sort, key);
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

-- What cursors keep of a customer: the values of sort_columns().
create function customers_private.sort_key(p_customer public.mod_ecommod01_customers, p_sort text) returns text[]
language plpgsql stable
set search_path = ''
as $$
begin
  return case p_sort
    when 'name' then array[p_customer.name_key, p_customer.id::text]
    when 'email' then array[p_customer.email_key]
    when 'orders_count' then array[p_customer.orders_count::text, p_customer.id::text]
    when 'total_spent' then array[p_customer.total_spent::text, p_customer.id::text]
    when 'status' then array[p_customer.status, p_customer.created_at::text, p_customer.id::text]
    when 'created_at' then array[p_customer.created_at::text, p_customer.id::text]
    when 'last_order_date' then array[p_customer.last_order_key::text, p_customer.id::text]
  end;
end
$$;

-- find_in_whole_list(): a page of the list without filters, and one more row where there is one. Its SQL is static, a
-- statement for each sort and direction, from the beginning and from a key (`p_inclusive`: with the row that has it).
-- Such SQL is planned once a connection; planning it anew costs more than reading the page, so many indexes are there
-- to choose from. The constant limit tells the planner that few rows are wanted: 100 to skip, 100 to show and one more.
do $do$
declare
  page constant text := 'return array(select c from (select c from public.mod_ecommod01_customers c'
    ' where c.site_id = p_site and c.deleted_at is null%s order by %s limit 201) page (c)'
    ' offset p_skip limit p_limit + 1);';
  branches text;
begin
  select string_agg(
    format('when %L then if p_start is null then %s else %s end if;',
      sort || ' ' || direction,
      format(page, '', order_by),
      format(page, format(' and (%s) %s (%s) and (p_inclusive or (%1$s) <> (%3$s))',
        columns, case direction when 'asc' then '>=' else '<=' end, start), order_by)),
    ' ')
  into branches
  from unnest(array['name', 'email', 'orders_count', 'total_spent', 'status', 'created_at', 'last_order_date']) sort
  cross join unnest(array['asc', 'desc']) direction
  cross join lateral (
    select string_agg('c.' || split_part(part, ' ', 1), ', ' order by n) as columns,
      string_agg(format('c.%s %s', split_part(part, ' ', 1), direction), ', ' order by n) as order_by,
      string_agg(format('p_start[%s]::%s', n, split_part(part, ' ', 2)), ', ' order by n) as start
    from unnest(customers_private.sort_columns(sort)) with ordinality as parts (part, n)
  ) parts;
  execute format(
    'create function customers_private.find_in_whole_list(
       p_site uuid, p_sort text, p_direction text, p_start text[], p_inclusive boolean, p_skip bigint, p_limit integer
     ) returns public.mod_ecommod01_customers[]
     language plpgsql stable set search_path = '''' set plan_cache_mode = force_generic_plan
     as $$ begin case p_sort || '' '' || p_direction %s end case; end $$', branches);
end
$do$;

-- The ids of the customers that a page holds, and one more where there is one, in the order they were read.
create function customers_private.find_customers(
  p_source text, p_conditions text[], p_order customers_private.list_order, p_backwards boolean, p_skip bigint,
  p_limit integer
) returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  ids uuid[];
begin
  execute format('select array(select c.id from (%s) c where %s order by %s limit %s offset %s)',
    p_source, customers_private.all_of(p_conditions),
    case when p_backwards then p_order.backwards else p_order.forwards end, p_limit + 1, p_skip
  ) into ids;
  return ids;
end
$$;

-- The same for a plan: by walking if that fills the page, else by collecting.
create function customers_private.find_by_plan(
  p_site uuid, p_plan customers_private.list_plan, p_order customers_private.list_order, p_backwards boolean,
  p_skip bigint, p_limit integer
) returns uuid[]
language plpgsql stable
set search_path = ''
as $$
declare
  -- So many matches are collected in 20 ms.
  many constant integer := 10000;
  few constant integer := 2000;
  collect text := p_plan.collect;
  ids uuid[];
  bound public.mod_ecommod01_customers;
begin
  if p_plan.walk is not null then
    ids := customers_private.find_customers(
      p_plan.walk, p_plan.walk_tests, p_order, p_backwards, p_skip, p_limit);
    if collect is null or cardinality(ids) > p_limit then
      return ids;
    end if;
  end if;

  if p_plan.collected > many and p_plan.collect_by is not null and p_skip = 0 then
    -- A page of just any few matches is not the first one, but its end bounds that: behind it nothing needs be read.
    ids := customers_private.find_customers(
      customers_private.collect(p_site, p_plan.collect_by, few), p_plan.collect_tests,
      p_order, p_backwards, 0, p_limit);
    if cardinality(ids) > p_limit then
      select c.* into bound from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.id = ids[p_limit + 1];
      collect := customers_private.collect(p_site, p_plan.collect_by || customers_private.beyond(
        p_order, customers_private.sort_key(bound, p_order.sort), not p_backwards, true));
    end if;
  end if;
  return customers_private.find_customers(
    collect, p_plan.collect_tests, p_order, p_backwards, p_skip, p_limit);
end
$$;

-- In the order of their ids.
create function customers_private.read_customers(p_site uuid, p_ids uuid[])
returns public.mod_ecommod01_customers[]
language plpgsql stable
set search_path = ''
as $$
begin
  return array(
    select c
    from unnest(p_ids) with ordinality as found (id, place)
    join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = found.id
    order by found.place);
end
$$;

-- The customers of a page from a key on, and one more where there is one, in the order they were read.
create function customers_private.find_page(
  p_site uuid, p_filter customers_private.list_filter, p_order customers_private.list_order, p_start text[],
  p_inclusive boolean, p_backwards boolean, p_skip bigint, p_limit integer
) returns public.mod_ecommod01_customers[]
language plpgsql stable
set search_path = ''
as $$
declare
  plan customers_private.list_plan;
  place text[] := '{}';
begin
  if p_filter.search is null and p_filter.group_ids is null and p_filter.others = '{}' then
    return customers_private.find_in_whole_list(
      p_site, p_order.sort,
      case when p_backwards then p_order.opposite else p_order.direction end,
      p_start, p_inclusive, p_skip, p_limit);
  end if;
  if p_start is not null then
    place := array[customers_private.beyond(p_order, p_start, p_backwards, p_inclusive)];
  end if;
  plan := customers_private.plan_list(
    p_site, p_filter, case when p_backwards then p_order.backwards else p_order.forwards end,
    place, p_skip + p_limit + 1);
  return customers_private.read_customers(
    p_site, customers_private.find_by_plan(p_site, plan, p_order, p_backwards, p_skip, p_limit));
end
$$;

-- What a list shows of customers, and the groups they are in.
create function customers_private.show_customers(
  p_site uuid, p_customers public.mod_ecommod01_customers[], out rows json, out groups json
)
language plpgsql stable
set search_path = ''
as $$
begin
  with shown as materialized (
    select c.id, c.first_name, c.last_name, c.email, c.phone, c.avatar_url, c.status, c.is_guest, c.email_verified,
      c.accepts_marketing, c.orders_count, c.total_spent, c.average_order_value, c.last_order_date, c.tags,
      array(
        select m.group_id from public.mod_ecommod01_customer_group_members m
        where m.site_id = p_site and m.customer_id = c.id order by m.group_id
      ) as group_ids,
      c.country, c.notes_count, c.created_at, c.updated_at, c.last_seen_at, c.version
    from unnest(p_customers) c
  ),
  named as (
    select g.id, g.name, g.color from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.id = any (array(select unnest(s.group_ids) from shown s))
    order by g.name_key, g.id
  )
  select
    coalesce((select json_agg(shown) from shown), '[]'),
    coalesce((select json_agg(named) from named), '[]')
  into rows, groups;
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
  -- Where the page begins; with a cursor behind that key, else at it.
  start_key text[];
  backwards boolean := false;
  skip bigint := 0;
  past_end boolean := false;
  row_limit integer := p_limit;
  found public.mod_ecommod01_customers[];
  is_full boolean;
  rows_precede boolean;
  rows_follow boolean;
  shown record;
  next_cursor text;
  previous_cursor text;
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
    select c.key, c.backwards into start_key, backwards
    from customers_private.read_cursor(p_cursor, list_filter.hash, list_order) c;
  elsif p_page = -1 then
    -- The last page is the first one from the other end, as short as the remainder.
    backwards := true;
    row_limit := customers_private.last_page_size(p_site, list_filter, p_limit);
  elsif p_page > 1 then
    select f.start_key, f.skip, f.past_end into start_key, skip, past_end
    from customers_private.find_place(
      p_site, list_filter, list_order, (p_page - 1)::bigint * p_limit, p_limit) f;
  end if;

  if past_end then
    found := '{}';
  else
    found := customers_private.find_page(
      p_site, list_filter, list_order, start_key, p_cursor is null, backwards, skip, row_limit);
  end if;

  -- In the list's order, without the one that only tells whether the list goes on.
  is_full := cardinality(found) > row_limit;
  found := found[:row_limit];
  if backwards then
    found := array(select found[n] from generate_series(cardinality(found), 1, -1) n);
  end if;
  rows_follow := case when backwards then p_cursor is not null else is_full end;
  rows_precede := case when backwards then is_full else p_cursor is not null or p_page > 1 end;
  if rows_follow and cardinality(found) > 0 then
    next_cursor := customers_private.write_cursor(list_filter.hash, list_order,
      customers_private.sort_key(found[cardinality(found)], p_sort), false);
  end if;
  if rows_precede and cardinality(found) > 0 then
    previous_cursor := customers_private.write_cursor(list_filter.hash, list_order,
      customers_private.sort_key(found[1], p_sort), true);
  end if;
  shown := customers_private.show_customers(p_site, found);
  return json_build_object(
    'rows', shown.rows, 'groups', shown.groups, 'next', next_cursor, 'previous', previous_cursor);
end
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
  customers_private.sort_columns, customers_private.sort_key, customers_private.read_order,
  customers_private.typed_key, customers_private.beyond, customers_private.write_cursor,
  customers_private.read_cursor, customers_private.find_in_whole_list, customers_private.find_customers,
  customers_private.find_by_plan, customers_private.find_page, customers_private.read_customers,
  customers_private.show_customers
from public, anon, authenticated;
revoke execute on function customers_private.list_customers, public.mod_ecommod01_list_customers from public, anon;
grant execute on function customers_private.list_customers, public.mod_ecommod01_list_customers
to authenticated, service_role;
