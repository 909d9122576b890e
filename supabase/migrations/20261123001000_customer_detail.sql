-- One customer with everything that is shown first, in one request; all orders and notes by pages.

alter table public.mod_ecommod01_customer_notes
  add column pinned boolean not null default false,
  add column updated_at timestamptz not null default now(),
  add column version integer not null default 1;

-- The order in which notes are read, so that a page costs the same however many there are.
drop index public.mod_ecommod01_customer_notes_customer;
create index mod_ecommod01_customer_notes_customer
  on public.mod_ecommod01_customer_notes (site_id, customer_id, pinned, created_at, id);

-- Whom a merged customer leads to in the end; null where that one is hidden too.
create function customers_private.remaining_customer(p_site uuid, p_id uuid) returns uuid
language sql stable
set search_path = ''
as $$
  with recursive trail as (
    select c.id, c.merged_into, c.deleted_at, 0 as depth
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.id = p_id
    union all
    select c.id, c.merged_into, c.deleted_at, t.depth + 1
    from trail t
    join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = t.merged_into
    where t.depth < 100
  )
  select t.id from trail t where t.deleted_at is null
$$;

-- Raises PT404 for a customer that is not there; of one that is hidden it says since when, and what it was merged into.
create function customers_private.refuse_missing(p_site uuid, p_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  hidden record;
begin
  select c.deleted_at, c.merged_into into hidden
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_id and c.deleted_at is not null;

  if not found then
    raise sqlstate 'PT404' using message = 'There is no such customer.', detail = '{"reason": "unknown"}';
  end if;
  raise sqlstate 'PT404' using
    message = case
      when hidden.merged_into is null then 'This customer was deleted.'
      else 'This customer was merged into another one.'
    end,
    detail = json_build_object(
      'reason', case when hidden.merged_into is null then 'deleted' else 'merged' end,
      'deletedAt', hidden.deleted_at,
      'mergedInto', customers_private.remaining_customer(p_site, p_id)
    )::text;
end
$$;

create function customers_private.require_customer(p_site uuid, p_id uuid) returns public.mod_ecommod01_customers
language plpgsql stable
set search_path = ''
as $$
declare
  customer public.mod_ecommod01_customers;
begin
  select c.* into customer
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_id and c.deleted_at is null;
  if not found then
    perform customers_private.refuse_missing(p_site, p_id);
  end if;
  return customer;
end
$$;

-- A place in a list that is newest first, before its first row where there is no cursor.
create function customers_private.read_moment(
  p_cursor text, out pinned boolean, out moment timestamptz, out id uuid
)
language plpgsql stable
set search_path = ''
as $$
declare
  place record;
begin
  pinned := true;
  moment := 'infinity';
  id := 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  if p_cursor is null then
    return;
  end if;
  select r.key, r.name into place from customers_private.read_place(p_cursor) r;
  begin
    pinned := split_part(place.key, ' ', 1)::boolean;
    moment := substr(place.key, strpos(place.key, ' ') + 1)::timestamptz;
    id := place.name::uuid;
  exception when others then
    perform customers_private.refuse('cursor', 'belongs to another list', 'A cursor is the `next` of an answer, unchanged.');
  end;
end
$$;

create function customers_private.write_moment(p_pinned boolean, p_moment timestamptz, p_id uuid) returns text
language sql stable
set search_path = ''
as $$ select customers_private.write_place(p_pinned || ' ' || p_moment, p_id::text) $$;

create function customers_private.require_page(p_limit integer) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_limit is null or p_limit not between 1 and 100 then
    perform customers_private.refuse('limit', 'must be from 1 to 100');
  end if;
end
$$;

-- Newest first. The index knows when an order was made but not its id: sorting is switched off so that Postgres walks
-- the index and orders what was made in the same moment, instead of sorting thousands of orders for a page.
create function customers_private.orders_page(p_site uuid, p_customer uuid, p_limit integer, p_cursor text) returns json
language plpgsql stable
set search_path = '' set timezone = 'UTC' set jit = off set enable_sort = off set plan_cache_mode = force_generic_plan
as $$
declare
  place record;
begin
  select r.moment, r.id into place from customers_private.read_moment(p_cursor) r;
  return (
    with page as materialized (
      select o.id, o.order_number::text as order_number, o.status::text as status, o.total::bigint as total,
        o.currency::text as currency, o.created_at
      from public.mod_ecommod01_orders o
      where o.site_id = p_site and o.customer_id = p_customer and (o.created_at, o.id) < (place.moment, place.id)
      order by o.created_at desc, o.id desc
      limit p_limit + 1
    )
    select json_build_object(
      'rows', (select coalesce(json_agg(r), '[]') from (select p.* from page p limit p_limit) r),
      'next', (
        select case when count(*) > p_limit then (
          select customers_private.write_moment(false, l.created_at, l.id) from page l offset p_limit - 1 limit 1
        ) end
        from page p
      )
    )
  );
end
$$;

create function customers_private.show_note(p_note public.mod_ecommod01_customer_notes) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'id', p_note.id, 'content', p_note.content, 'user_id', p_note.user_id, 'user_name', p_note.user_name,
    'pinned', p_note.pinned, 'created_at', p_note.created_at, 'updated_at', p_note.updated_at,
    'version', p_note.version)
$$;

-- Pinned ones first, then newest first.
create function customers_private.notes_page(p_site uuid, p_customer uuid, p_limit integer, p_cursor text) returns json
language plpgsql stable
set search_path = '' set timezone = 'UTC' set jit = off set enable_sort = off set plan_cache_mode = force_generic_plan
as $$
declare
  place record;
begin
  select r.pinned, r.moment, r.id into place from customers_private.read_moment(p_cursor) r;
  return (
    with page as materialized (
      select n as note
      from public.mod_ecommod01_customer_notes n
      where n.site_id = p_site and n.customer_id = p_customer
        and (n.pinned, n.created_at, n.id) < (place.pinned, place.moment, place.id)
      order by n.pinned desc, n.created_at desc, n.id desc
      limit p_limit + 1
    )
    select json_build_object(
      'rows', (
        select coalesce(json_agg(customers_private.show_note(r.note)), '[]') from (select p.note from page p limit p_limit) r
      ),
      'next', (
        select case when count(*) > p_limit then (
          select customers_private.write_moment((l.note).pinned, (l.note).created_at, (l.note).id)
          from page l offset p_limit - 1 limit 1
        ) end
        from page p
      )
    )
  );
end
$$;

create function customers_private.show_address(p_address public.mod_ecommod01_customer_addresses) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'id', p_address.id, 'label', p_address.label, 'is_default_billing', p_address.is_default_billing,
    'is_default_shipping', p_address.is_default_shipping, 'first_name', p_address.first_name,
    'last_name', p_address.last_name, 'company', p_address.company, 'address_line_1', p_address.address_line_1,
    'address_line_2', p_address.address_line_2, 'city', p_address.city, 'state', p_address.state,
    'postal_code', p_address.postal_code, 'country', p_address.country, 'phone', p_address.phone,
    'created_at', p_address.created_at, 'updated_at', p_address.updated_at, 'version', p_address.version)
$$;

-- Who did something and by what; null for what the host wrote by its own SQL.
create function customers_private.show_origin(p_site uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'operation', o.id, 'kind', o.kind, 'by', o.started_by_name, 'fileName', o.options ->> 'fileName')
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_operation
$$;

-- Since when the consent is what it is, and how it came to be so; null where it was never given.
create function customers_private.show_consent(p_customer public.mod_ecommod01_customers) returns json
language plpgsql stable
set search_path = '' set timezone = 'UTC' set plan_cache_mode = force_generic_plan
as $$
begin
  return coalesce(
    (
      select json_build_object(
        'since', g.changed_at, 'origin', customers_private.show_origin(p_customer.site_id, g.operation_id))
      from public.mod_ecommod01_customer_changes g
      where g.site_id = p_customer.site_id and g.customer_id = p_customer.id and g.after ? 'accepts_marketing'
      order by g.changed_at desc, g.id desc
      limit 1
    ),
    case when p_customer.accepts_marketing then json_build_object(
      'since', p_customer.created_at,
      'origin', customers_private.show_origin(p_customer.site_id, p_customer.created_by_operation))
    end
  );
end
$$;

-- What was spent month by month, in the site's time zone, over the last three years, each currency for itself; and what
-- was ever spent in currencies other than the site's. Orders count unless cancelled or refunded.
create function customers_private.show_spending(
  p_customer public.mod_ecommod01_customers, out by_month json, out other_currencies json
)
language plpgsql stable
set search_path = '' set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  shop record;
  -- When each of them began: finding an order's place among them costs a tenth of reckoning its month.
  months timestamptz[];
begin
  by_month := '[]';
  other_currencies := '[]';
  if p_customer.orders_count = 0 then
    return;
  end if;
  select coalesce(s.currency, 'USD') as currency, coalesce(s.time_zone, 'UTC') as time_zone into shop
  from (select) one
  left join public.mod_ecommod01_customer_settings s on s.site_id = p_customer.site_id;
  months := array(
    select (date_trunc('month', now() at time zone shop.time_zone) - n * interval '1 month') at time zone shop.time_zone
    from generate_series(35, 0, -1) n
  );

  if p_customer.last_order_date >= months[1] then
    select coalesce(json_agg(m order by m.month, m.currency), '[]') into by_month
    from (
      select to_char(months[s.month] at time zone shop.time_zone, 'YYYY-MM') as month, s.currency, s.total, s.orders
      from (
        select width_bucket(o.created_at, months) as month, o.currency::text as currency, sum(o.total::bigint) as total,
          count(*) as orders
        from public.mod_ecommod01_orders o
        where o.site_id = p_customer.site_id and o.customer_id = p_customer.id and o.created_at >= months[1]
          and o.status::text not in ('cancelled', 'refunded')
        group by 1, 2
      ) s
    ) m;
  end if;
  if p_customer.orders_count > p_customer.spent_orders_count then
    select coalesce(json_agg(t order by t.currency), '[]') into other_currencies
    from (
      select o.currency::text as currency, sum(o.total::bigint) as total, count(*) as orders
      from public.mod_ecommod01_orders o
      where o.site_id = p_customer.site_id and o.customer_id = p_customer.id
        and o.currency::text <> shop.currency and o.status::text not in ('cancelled', 'refunded')
      group by 1
    ) t;
  end if;
end
$$;

-- What a save answers and a conflict shows: the customer itself, without what hangs on it.
create function customers_private.show_customer(p_customer public.mod_ecommod01_customers) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'id', p_customer.id, 'first_name', p_customer.first_name, 'last_name', p_customer.last_name,
    'email', p_customer.email, 'phone', p_customer.phone, 'avatar_url', p_customer.avatar_url,
    'status', p_customer.status, 'is_guest', p_customer.is_guest, 'email_verified', p_customer.email_verified,
    'accepts_marketing', p_customer.accepts_marketing, 'orders_count', p_customer.orders_count,
    'total_spent', p_customer.total_spent, 'average_order_value', p_customer.average_order_value,
    'last_order_date', p_customer.last_order_date, 'tags', p_customer.tags,
    'group_ids', array(
      select m.group_id from public.mod_ecommod01_customer_group_members m
      where m.site_id = p_customer.site_id and m.customer_id = p_customer.id order by m.group_id
    ),
    'country', p_customer.country, 'notes_count', p_customer.notes_count, 'created_at', p_customer.created_at,
    'updated_at', p_customer.updated_at, 'last_seen_at', p_customer.last_seen_at, 'version', p_customer.version,
    'metadata', p_customer.metadata, 'has_account', p_customer.user_id is not null)
$$;

create function customers_private.get_customer(p_site uuid, p_id uuid) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set jit = off set plan_cache_mode = force_generic_plan
as $$
declare
  customer public.mod_ecommod01_customers;
  spending record;
begin
  perform customers_private.require_role(p_site, 'viewer');
  customer := customers_private.require_customer(p_site, p_id);
  spending := customers_private.show_spending(customer);

  return json_build_object(
    'customer', customers_private.show_customer(customer),
    'addresses', (
      select coalesce(json_agg(customers_private.show_address(a)
        order by a.is_default_billing desc, a.is_default_shipping desc, a.created_at desc, a.id desc), '[]')
      from public.mod_ecommod01_customer_addresses a
      where a.site_id = p_site and a.customer_id = p_id
    ),
    'groups', (
      select coalesce(json_agg(json_build_object(
        'id', g.id, 'name', g.name, 'color', g.color) order by g.name_key, g.id), '[]')
      from public.mod_ecommod01_customer_group_members m
      join public.mod_ecommod01_customer_groups g on g.site_id = p_site and g.id = m.group_id
      where m.site_id = p_site and m.customer_id = p_id
    ),
    'orders', customers_private.orders_page(p_site, p_id, 20, null),
    'notes', customers_private.notes_page(p_site, p_id, 20, null),
    'spending', spending.by_month,
    'otherCurrencies', spending.other_currencies,
    'origin', customers_private.show_origin(p_site, customer.created_by_operation),
    'consent', customers_private.show_consent(customer)
  );
end
$$;

create function customers_private.list_orders(p_site uuid, p_customer uuid, p_limit integer, p_cursor text) returns json
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform customers_private.require_role(p_site, 'viewer');
  perform customers_private.require_page(p_limit);
  perform customers_private.require_customer(p_site, p_customer);
  return customers_private.orders_page(p_site, p_customer, p_limit, p_cursor);
end
$$;

create function customers_private.list_notes(p_site uuid, p_customer uuid, p_limit integer, p_cursor text) returns json
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform customers_private.require_role(p_site, 'viewer');
  perform customers_private.require_page(p_limit);
  perform customers_private.require_customer(p_site, p_customer);
  return customers_private.notes_page(p_site, p_customer, p_limit, p_cursor);
end
$$;

create function public.mod_ecommod01_get_customer(p_site uuid, p_id uuid) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.get_customer(p_site, p_id) $$;

create function public.mod_ecommod01_list_orders(
  p_site uuid, p_customer uuid, p_limit integer default 20, p_cursor text default null
) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_orders(p_site, p_customer, p_limit, p_cursor) $$;

create function public.mod_ecommod01_list_notes(
  p_site uuid, p_customer uuid, p_limit integer default 20, p_cursor text default null
) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_notes(p_site, p_customer, p_limit, p_cursor) $$;

revoke execute on function
  customers_private.remaining_customer, customers_private.refuse_missing, customers_private.require_customer,
  customers_private.read_moment, customers_private.write_moment, customers_private.require_page,
  customers_private.orders_page, customers_private.show_note, customers_private.notes_page,
  customers_private.show_address, customers_private.show_origin, customers_private.show_consent,
  customers_private.show_spending, customers_private.show_customer, customers_private.get_customer,
  customers_private.list_orders, customers_private.list_notes,
  public.mod_ecommod01_get_customer, public.mod_ecommod01_list_orders, public.mod_ecommod01_list_notes
from public, anon, authenticated;
grant execute on function
  customers_private.get_customer, customers_private.list_orders, customers_private.list_notes,
  public.mod_ecommod01_get_customer, public.mod_ecommod01_list_orders, public.mod_ecommod01_list_notes
to authenticated, service_role;
