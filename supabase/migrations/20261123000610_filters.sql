-- Filters (the JSON of src/model/filters.ts) become SQL conditions over `mod_ecommod01_customers c`. Every value
-- is read, checked and quoted here, and nowhere else is a condition put together.

create type customers_private.list_filter as (
  -- The conditions of all filters but search and group, each beginning with its column.
  others text[],
  -- The condition of the search; null where there is none.
  search text,
  -- The wanted groups; null where they don't matter.
  group_ids uuid[],
  -- For what the site's counters know: the wanted statuses, and whether orders are wanted.
  statuses text[],
  has_orders boolean,
  -- The same for filters that mean the same.
  hash text
);

-- PostgREST makes the message of a PT error the reason phrase of its HTTP answer: a line end in it would begin a header,
-- and proxies drop an answer whose first line is too long. What it leaves out stands in the error's detail.
create function customers_private.one_line(p_message text) returns text
language sql immutable
set search_path = ''
as $$
  select left(regexp_replace(p_message, '[[:cntrl:]]+', ' ', 'g'), 500)
$$;

create function customers_private.refuse(p_field text, p_message text, p_hint text default null) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  raise sqlstate 'PT422' using
    message = customers_private.one_line(p_field || ': ' || p_message),
    detail = json_build_object('fields', json_build_object(p_field, p_message))::text,
    hint = coalesce(p_hint, '');
end
$$;

create function customers_private.read_filters(p_site uuid, p_filters json) returns customers_private.list_filter
language plpgsql stable
set search_path = ''
as $$
declare
  result customers_private.list_filter;
  conditions text[] := '{}';
  field text;
  value json;
  words text[];
begin
  -- What most people look at, without the cost of reading nothing.
  if p_filters::text = '{}' then
    result.others := conditions;
    result.hash := md5(concat_ws(' and ', p_site, conditions));
    return result;
  end if;
  if coalesce(json_typeof(p_filters), 'object') <> 'object' then
    perform customers_private.refuse('filters', 'must be an object');
  end if;
  -- JSON can say it, but no text of Postgres can hold it.
  if p_filters::text ~ '(^|[^\\])(\\\\)*\\u0000' then
    perform customers_private.refuse('filters', 'must not hold the character U+0000');
  end if;
  for field, value in select f.key, f.value from json_each(p_filters) f order by f.key loop
    case field
      when 'search' then
        words := customers_private.search_patterns(customers_private.read_text(field, value, 1000));
        result.search := (select string_agg(format('c.search like %L', w), ' and ' order by w)
                          from unnest(words) w);
      when 'group' then
        result.group_ids := nullif(customers_private.read_ids(field, value), '{}');
      when 'status' then
        result.statuses := nullif(customers_private.read_texts(field, value, '^(active|inactive|guest)$'), '{}');
        conditions := conditions || customers_private.any_of('c.status', result.statuses);
      when 'country' then
        conditions := conditions || customers_private.any_of(
          'c.country', upper(customers_private.read_texts(field, value, '^[A-Za-z]{2}$')::text)::text[]);
      when 'tags' then
        words := customers_private.read_texts(field, value, '');
        if words <> '{}' then
          conditions := conditions || format('c.tags && %L::text[]', words);
        end if;
      when 'hasOrders' then
        result.has_orders := customers_private.read_boolean(field, value);
        conditions := conditions
          || format('c.orders_count %s 0', case when result.has_orders then '>' else '=' end);
      when 'acceptsMarketing' then
        conditions := conditions || format(
          'c.accepts_marketing = %L::boolean', customers_private.read_boolean(field, value));
      when 'minOrders' then
        conditions := conditions
          || format('c.orders_count >= %s', customers_private.read_integer(field, value, 0));
      when 'maxOrders' then
        conditions := conditions
          || format('c.orders_count <= %s', customers_private.read_integer(field, value, 0));
      when 'minSpent' then
        conditions := conditions
          || format('c.total_spent >= %s', customers_private.read_integer(field, value));
      when 'maxSpent' then
        conditions := conditions
          || format('c.total_spent <= %s', customers_private.read_integer(field, value));
      when 'dateFrom' then
        conditions := conditions || format(
          'c.created_at >= %L::timestamptz', customers_private.day_start(p_site, field, value));
      when 'dateTo' then
        conditions := conditions || format(
          'c.created_at < %L::timestamptz', customers_private.day_start(p_site, field, value, 1));
      when 'lastOrderFrom' then
        conditions := conditions || format(
          'c.last_order_key >= %L::timestamptz', customers_private.day_start(p_site, field, value));
      when 'lastOrderTo' then
        -- Who never ordered has the key -infinity, and no last order before any day.
        conditions := conditions || format(
          'c.last_order_key > ''-infinity'' and c.last_order_key < %L::timestamptz',
          customers_private.day_start(p_site, field, value, 1));
      else
        perform customers_private.refuse(field, 'is not a filter');
    end case;
  end loop;
  result.others := conditions;
  result.hash := md5(concat_ws(' and ', p_site, conditions, result.search, result.group_ids));
  return result;
end
$$;

-- `offset 0` keeps it one look-up for each customer, as a walk needs it; else the planner may hash all members for 25
-- rows. Without it the planner is free, as it should be where thousands of customers are tested.
create function customers_private.group_condition(p_group_ids uuid[], p_each boolean) returns text
language sql immutable
set search_path = ''
as $$
  select format(
    'exists (select from public.mod_ecommod01_customer_group_members m where m.site_id = c.site_id'
    ' and m.customer_id = c.id and m.group_id = any (%L::uuid[])%s)',
    p_group_ids, case when p_each then ' offset 0' else '' end)
$$;

-- An empty list of values is no filter: the last one was taken away.
create function customers_private.any_of(p_column text, p_values text[]) returns text[]
language sql immutable
set search_path = ''
as $$
  select case when p_values <> '{}' then array[format('%s = any (%L)', p_column, p_values)] else '{}' end
$$;

create function customers_private.read_text(p_field text, p_value json, p_width integer) returns text
language plpgsql immutable
set search_path = ''
as $$
declare
  content text;
begin
  if json_typeof(p_value) <> 'string' then
    perform customers_private.refuse(p_field, 'must be a text');
  end if;
  content := p_value #>> '{}';
  if length(content) > p_width then
    perform customers_private.refuse(
      p_field, format('has %s characters, at most %s are allowed', length(content), p_width));
  end if;
  return content;
end
$$;

create function customers_private.read_texts(p_field text, p_value json, p_pattern text) returns text[]
language plpgsql immutable
set search_path = ''
as $$
declare
  element json;
  content text;
  contents text[] := '{}';
begin
  if json_typeof(p_value) <> 'array' then
    perform customers_private.refuse(p_field, 'must be a list of texts');
  end if;
  for element in select e from json_array_elements(p_value) e loop
    content := customers_private.read_text(p_field, element, 1000);
    if content !~ p_pattern then
      perform customers_private.refuse(p_field, format('does not know "%s"', content));
    end if;
    contents := contents || content;
  end loop;
  return array(select distinct v from unnest(contents) v order by v);
end
$$;

create function customers_private.read_ids(p_field text, p_value json) returns uuid[]
language sql immutable
set search_path = ''
as $$
  select customers_private.read_texts(
    p_field, p_value, '^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$')::uuid[]
$$;

create function customers_private.read_boolean(p_field text, p_value json) returns boolean
language plpgsql immutable
set search_path = ''
as $$
begin
  if json_typeof(p_value) <> 'boolean' then
    perform customers_private.refuse(p_field, 'must be true or false');
  end if;
  return p_value::text::boolean;
end
$$;

create function customers_private.read_integer(p_field text, p_value json, p_least bigint default null)
returns bigint
language plpgsql immutable
set search_path = ''
as $$
begin
  -- 18 digits always fit, and are more than JSON's numbers hold exactly.
  if json_typeof(p_value) <> 'number' or p_value::text !~ '^-?[0-9]{1,18}$' then
    perform customers_private.refuse(p_field, 'must be a whole number');
  end if;
  if p_value::text::bigint < p_least then
    perform customers_private.refuse(p_field, format('must be at least %s', p_least));
  end if;
  return p_value::text::bigint;
end
$$;

-- When a day (or the one `p_days` after it) begins in the site's time zone.
create function customers_private.day_start(p_site uuid, p_field text, p_value json, p_days integer default 0)
returns timestamptz
language plpgsql stable
set search_path = ''
as $$
declare
  content text := customers_private.read_text(p_field, p_value, 10);
  day date;
begin
  if content !~ '^\d{4}-\d{2}-\d{2}$' then
    perform customers_private.refuse(p_field, 'must be a day written YYYY-MM-DD');
  end if;
  begin
    day := content::date;
  exception when datetime_field_overflow or invalid_datetime_format then
    perform customers_private.refuse(p_field, format('there is no day %s', content));
  end;
  return (day + p_days)::timestamp at time zone coalesce(
    (select s.time_zone from public.mod_ecommod01_customer_settings s where s.site_id = p_site), 'UTC');
end
$$;

revoke execute on function
  customers_private.one_line, customers_private.refuse, customers_private.read_filters, customers_private.group_condition,
  customers_private.any_of, customers_private.read_text, customers_private.read_texts, customers_private.read_ids,
  customers_private.read_boolean, customers_private.read_integer, customers_private.day_start
from public, anon, authenticated;
