-- Who is asking, the numbers of the site, and what filters offer: groups and tags.

-- api_version goes up when an RPC changes in a way that an older client would notice.
create function customers_private.get_access(p_site uuid) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
  caller record;
begin
  select r.role, r.display_name into caller from customers_private.require_role(p_site, 'viewer') r;
  return (
    select json_build_object(
      'api_version', 1,
      'role', caller.role,
      'user_id', auth.uid(),
      'display_name', caller.display_name,
      'currency', coalesce(s.currency, 'USD'),
      'time_zone', coalesce(s.time_zone, 'UTC'),
      'has_groups', exists (select from public.mod_ecommod01_customer_groups g where g.site_id = p_site)
    )
    from (select) one
    left join public.mod_ecommod01_customer_settings s on s.site_id = p_site
  );
end
$$;

-- From counters alone, whatever the size of the site. Only where the month begins between two UTC hours (India, Nepal)
-- are the customers of that first half hour counted themselves.
create function customers_private.get_stats(p_site uuid) returns json
language plpgsql stable security definer set search_path = '' set timezone = 'UTC'
as $$
declare
  shop record;
  month_start timestamptz;
  first_hour timestamptz;
  new_this_month bigint;
begin
  perform customers_private.require_role(p_site, 'viewer');

  select coalesce(s.currency, 'USD') as currency, coalesce(s.time_zone, 'UTC') as time_zone into shop
  from (select) one
  left join public.mod_ecommod01_customer_settings s on s.site_id = p_site;
  month_start := date_trunc('month', now(), shop.time_zone);
  first_hour := date_trunc('hour', month_start + interval '59 minutes 59.999999 seconds');

  select coalesce(sum(h.customers), 0) into new_this_month
  from customers_private.site_hours h
  where h.site_id = p_site and h.hour >= first_hour;
  if first_hour > month_start then
    new_this_month := new_this_month + (
      select count(*) from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.deleted_at is null and c.created_at >= month_start and c.created_at < first_hour
    );
  end if;

  return (
    select json_build_object(
      'total', coalesce(sum(c.total), 0),
      'active', coalesce(sum(c.active), 0),
      'guests', coalesce(sum(c.guests), 0),
      'withOrders', coalesce(sum(c.with_orders), 0),
      'newThisMonth', new_this_month,
      'totalRevenue', coalesce(sum(c.revenue), 0),
      'currency', shop.currency,
      'time_zone', shop.time_zone,
      'monthStart', (month_start at time zone shop.time_zone)::date,
      'asOf', now(),
      'otherRevenue', (
        select coalesce(json_agg(json_build_object('currency', r.currency, 'total', r.total) order by r.currency), '[]')
        from (
          select o.currency, sum(o.total) as total
          from customers_private.site_other_revenue o
          where o.site_id = p_site
          group by o.currency
          having sum(o.total) <> 0
        ) r
      )
    )
    from customers_private.site_counters c
    where c.site_id = p_site
  );
end
$$;

-- A place in a list of groups or tags: where its last row stands in the order.
create function customers_private.write_place(p_key text, p_name text) returns text
language sql immutable set search_path = ''
as $$
  select translate(encode(convert_to(json_build_array(p_key, p_name)::text, 'UTF8'), 'base64'), E'+/=\n', '-_')
$$;

create function customers_private.read_place(p_cursor text, out key text, out name text)
language plpgsql immutable set search_path = ''
as $$
declare
  place json;
begin
  if p_cursor is null then
    return;
  end if;
  begin
    place := convert_from(
      decode(rpad(translate(p_cursor, '-_', '+/'), (length(p_cursor) + 3) / 4 * 4, '='), 'base64'), 'UTF8');
    key := place ->> 0;
    name := place ->> 1;
  exception when others then
    key := null;
  end;
  if key is null or name is null then
    perform customers_private.refuse('cursor', 'is none', 'A cursor is the `next` of an answer, unchanged.');
  end if;
end
$$;

create function customers_private.list_groups(
  p_site uuid, p_search text, p_ids uuid[], p_limit integer, p_cursor text
) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  term constant text := coalesce(btrim(customers_private.fold(p_search)), '');
  place record;
begin
  perform customers_private.require_role(p_site, 'viewer');
  if p_limit is null or p_limit not between 1 and 100 then
    perform customers_private.refuse('limit', 'must be from 1 to 100');
  elsif char_length(p_search) > 1000 then
    perform customers_private.refuse('search', 'has ' || char_length(p_search) || ' characters; at most 1000 fit');
  end if;
  select r.key, r.name into place from customers_private.read_place(p_cursor) r;

  return (
    with page as materialized (
      select g.*, row_number() over (order by g.name_key, g.name) as place
      from public.mod_ecommod01_customer_groups g
      where g.site_id = p_site
        and (p_ids is null or g.id = any (p_ids))
        and strpos(g.name_key, term) > 0
        and (p_cursor is null or (g.name_key, g.name) > (place.key, place.name))
      order by g.name_key, g.name
      limit p_limit + 1
    )
    select json_build_object(
      'rows', coalesce(json_agg(
        json_build_object(
          'id', p.id, 'name', p.name, 'description', p.description, 'discount_percentage', p.discount_percentage,
          'color', p.color, 'member_count', p.member_count
        ) order by p.place
      ) filter (where p.place <= p_limit), '[]'),
      'next', case when count(*) > p_limit then (
        select customers_private.write_place(l.name_key, l.name) from page l where l.place = p_limit
      ) end
    )
    from page p
  );
end
$$;

create function customers_private.list_tags(
  p_site uuid, p_search text, p_ids text[], p_limit integer, p_cursor text
) returns json
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  term constant text := coalesce(btrim(customers_private.fold(p_search)), '');
  place record;
begin
  perform customers_private.require_role(p_site, 'viewer');
  if p_limit is null or p_limit not between 1 and 100 then
    perform customers_private.refuse('limit', 'must be from 1 to 100');
  elsif char_length(p_search) > 1000 then
    perform customers_private.refuse('search', 'has ' || char_length(p_search) || ' characters; at most 1000 fit');
  end if;
  select r.key, r.name into place from customers_private.read_place(p_cursor) r;

  return (
    with page as materialized (
      select t.tag_key, t.tag, row_number() over (order by t.tag_key, t.tag) as place
      from customers_private.site_tags t
      where t.site_id = p_site
        and (p_ids is null or t.tag = any (p_ids))
        and strpos(t.tag_key, term) > 0
        and (p_cursor is null or (t.tag_key, t.tag) > (place.key, place.name))
      group by t.tag_key, t.tag
      order by t.tag_key, t.tag
      limit p_limit + 1
    )
    select json_build_object(
      'rows', coalesce(json_agg(p.tag order by p.place) filter (where p.place <= p_limit), '[]'),
      'next', case when count(*) > p_limit then (
        select customers_private.write_place(l.tag_key, l.tag) from page l where l.place = p_limit
      ) end
    )
    from page p
  );
end
$$;

create function public.mod_ecommod01_get_access(p_site uuid) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.get_access(p_site) $$;

create function public.mod_ecommod01_get_stats(p_site uuid) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.get_stats(p_site) $$;

create function public.mod_ecommod01_list_groups(
  p_site uuid, p_search text default null, p_ids uuid[] default null, p_limit integer default 50,
  p_cursor text default null
) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_groups(p_site, p_search, p_ids, p_limit, p_cursor) $$;

create function public.mod_ecommod01_list_tags(
  p_site uuid, p_search text default null, p_ids text[] default null, p_limit integer default 50,
  p_cursor text default null
) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_tags(p_site, p_search, p_ids, p_limit, p_cursor) $$;

revoke execute on function
  customers_private.get_access(uuid),
  customers_private.get_stats(uuid),
  customers_private.write_place(text, text),
  customers_private.read_place(text),
  customers_private.list_groups(uuid, text, uuid[], integer, text),
  customers_private.list_tags(uuid, text, text[], integer, text),
  public.mod_ecommod01_get_access(uuid),
  public.mod_ecommod01_get_stats(uuid),
  public.mod_ecommod01_list_groups(uuid, text, uuid[], integer, text),
  public.mod_ecommod01_list_tags(uuid, text, text[], integer, text)
from public, anon, authenticated;
grant execute on function
  customers_private.get_access(uuid),
  customers_private.get_stats(uuid),
  customers_private.list_groups(uuid, text, uuid[], integer, text),
  customers_private.list_tags(uuid, text, text[], integer, text),
  public.mod_ecommod01_get_access(uuid),
  public.mod_ecommod01_get_stats(uuid),
  public.mod_ecommod01_list_groups(uuid, text, uuid[], integer, text),
  public.mod_ecommod01_list_tags(uuid, text, text[], integer, text)
to authenticated, service_role;
