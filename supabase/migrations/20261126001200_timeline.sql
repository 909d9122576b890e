-- Everything that happened to one customer, put together when it is read from where each is kept: changes with the
-- operations they are of, orders, notes, and what made the customer. Each source gives at most a page, by its own
-- index, so that a customer with thousands of orders costs what one with two does.

-- What an operation did, to whatever it may be: mails that the host reports, and what later versions bring.
alter table public.mod_ecommod01_customer_changes
  drop constraint mod_ecommod01_customer_changes_subject_check,
  add constraint mod_ecommod01_customer_changes_subject_check check (subject ~ '^[a-z_]{1,50}$');

-- A page of some subjects must not walk through the changes of all others.
drop index public.mod_ecommod01_customer_changes_customer;
create index mod_ecommod01_customer_changes_customer
  on public.mod_ecommod01_customer_changes (site_id, customer_id, subject, changed_at);

create or replace function customers_private.show_consent(p_customer public.mod_ecommod01_customers) returns json
language plpgsql stable
set search_path = '' set timezone = 'UTC' set plan_cache_mode = force_generic_plan
as $$
begin
  return coalesce(
    (
      select json_build_object(
        'since', g.changed_at, 'origin', customers_private.show_origin(p_customer.site_id, g.operation_id))
      from public.mod_ecommod01_customer_changes g
      where g.site_id = p_customer.site_id and g.customer_id = p_customer.id and g.subject = 'customer'
        and g.after ? 'accepts_marketing'
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

-- Under which of the kinds that a timeline is filtered by a change is found; what no kind is made for is a change.
create function customers_private.timeline_kind(p_subject text) returns text
language sql immutable
set search_path = ''
as $$
  select case p_subject when 'note' then 'notes' when 'group' then 'groups' when 'email' then 'emails' else 'changes' end
$$;

create function customers_private.read_timeline_kinds(p_kinds text[]) returns text[]
language plpgsql immutable
set search_path = ''
as $$
declare
  kinds constant text[] := '{changes,notes,groups,orders,emails}';
begin
  if not coalesce(p_kinds, '{}') <@ kinds then
    perform customers_private.refuse('kinds', 'are not known', 'The kinds are: ' || array_to_string(kinds, ', ') || '.');
  end if;
  -- Of no kind would be nothing: that is not what anybody asks for.
  return case when cardinality(p_kinds) > 0 then p_kinds else kinds end;
end
$$;

-- A person of whom only this is left to say who it was, as one that was merged into another.
create function customers_private.timeline_person(p_site uuid, p_customer uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object('id', c.id, 'first_name', c.first_name, 'last_name', c.last_name, 'email', c.email)
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_customer
$$;

-- What a change says. An address or a note that only changed in part is called what it is called now. `of` is whom it
-- happened to where that was somebody else then.
create function customers_private.show_change(p_site uuid, p_customer uuid, p_change uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'kind', g.subject, 'id', g.id, 'at', g.changed_at,
    'origin', customers_private.show_origin(p_site, g.operation_id),
    'of', case when g.customer_id <> p_customer then customers_private.timeline_person(p_site, g.customer_id) end,
    'subjectId', g.subject_id, 'before', g.before, 'after', g.after,
    'merged', case when g.subject = 'customer' and g.after ? 'merged_from' then customers_private.timeline_person(
      p_site, coalesce(g.after ->> 'merged_from', g.before ->> 'merged_from')::uuid) end,
    'about', case
      when g.subject = 'address' and not (g.after ? 'label' or g.before ? 'label') then (
        select a.label from public.mod_ecommod01_customer_addresses a where a.site_id = p_site and a.id = g.subject_id
      )
      when g.subject = 'note' and not (g.after ? 'content' or g.before ? 'content') then (
        select n.content from public.mod_ecommod01_customer_notes n where n.site_id = p_site and n.id = g.subject_id
      )
    end)
  from public.mod_ecommod01_customer_changes g
  where g.site_id = p_site and g.id = p_change
$$;

-- Sorting is switched off for the reason that it is in orders_page.
create function customers_private.timeline_page(
  p_site uuid, p_customer uuid, p_kinds text[], p_limit integer, p_cursor text
) returns json
language plpgsql stable
set search_path = '' set timezone = 'UTC' set jit = off set enable_sort = off set plan_cache_mode = force_generic_plan
as $$
declare
  place record;
  -- What was made in the same moment as its customer came after it.
  beginning constant uuid := '00000000-0000-0000-0000-000000000000';
begin
  select r.moment, r.id into place from customers_private.read_moment(p_cursor) r;
  return (
    -- Who was merged into the customer keeps the history of the person that it was.
    with recursive person as (
      select p_customer as id
      union
      select c.id
      from person p
      join public.mod_ecommod01_customers c on c.site_id = p_site and c.merged_into = p.id
    ), subject as (
      -- Those that there are, each found by one step into the index.
      select p.id as customer_id, (
        select min(g.subject)
        from public.mod_ecommod01_customer_changes g
        where g.site_id = p_site and g.customer_id = p.id
      ) as name
      from person p
      union all
      select s.customer_id, (
        select min(g.subject)
        from public.mod_ecommod01_customer_changes g
        where g.site_id = p_site and g.customer_id = s.customer_id and g.subject > s.name
      )
      from subject s
      where s.name is not null
    ), entry as (
      select c.moment, c.key, 'change' as source, c.id
      from subject s
      cross join lateral (
        select g.changed_at as moment, k.key, g.id
        from public.mod_ecommod01_customer_changes g
        -- A note that is still there stands in its table too, made in the same moment: with the same key they are one.
        cross join lateral (
          select case when g.subject = 'note' and g.version = 1 and g.before = '{}' then g.subject_id else g.id end as key
        ) k
        where g.site_id = p_site and g.customer_id = s.customer_id and g.subject = s.name
          -- That they were merged is told once, by what the customer got.
          and (g.customer_id = p_customer or not g.after ? 'merged_into')
          and g.changed_at <= place.moment and (g.changed_at, k.key) < (place.moment, place.id)
        order by g.changed_at desc, k.key desc
        limit p_limit + 1
      ) c
      where customers_private.timeline_kind(s.name) = any (p_kinds)

      union all
      select n.moment, n.id, 'note', n.id
      from (values (true), (false)) p (pinned)
      cross join lateral (
        select n.created_at as moment, n.id
        from public.mod_ecommod01_customer_notes n
        where n.site_id = p_site and n.customer_id = p_customer and n.pinned = p.pinned
          and (n.created_at, n.id) < (place.moment, place.id)
        order by n.created_at desc, n.id desc
        limit p_limit + 1
      ) n
      where 'notes' = any (p_kinds)

      union all
      select o.moment, o.id, 'order', o.id
      from (select where 'orders' = any (p_kinds)) wanted
      cross join lateral (
        select o.created_at as moment, o.id
        from public.mod_ecommod01_orders o
        where o.site_id = p_site and o.customer_id = p_customer
          and (o.created_at, o.id) < (place.moment, place.id)
        order by o.created_at desc, o.id desc
        limit p_limit + 1
      ) o

      union all
      select c.created_at, k.key, 'created', c.id
      from person p
      join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = p.id
      cross join lateral (select case when c.id = p_customer then beginning else c.id end as key) k
      where 'changes' = any (p_kinds) and (c.created_at, k.key) < (place.moment, place.id)
    ), page as materialized (
      select distinct on (e.moment, e.key) e.moment, e.key, e.source, e.id
      from entry e
      order by e.moment desc, e.key desc, e.source
      limit p_limit + 1
    )
    select json_build_object(
      'rows', (
        select coalesce(json_agg(r.shown order by r.moment desc, r.key desc), '[]')
        from (
          select p.moment, p.key, case p.source
            when 'change' then customers_private.show_change(p_site, p_customer, p.id)
            when 'note' then (
              select json_build_object(
                'kind', 'note', 'id', n.id, 'at', n.created_at, 'origin', null, 'author', n.user_name,
                'subjectId', n.id, 'before', '{}'::json, 'after', json_build_object('content', n.content),
                'about', null)
              from public.mod_ecommod01_customer_notes n
              where n.site_id = p_site and n.id = p.id
            )
            when 'order' then (
              select json_build_object('kind', 'order', 'id', o.id, 'at', o.created_at, 'origin', null,
                'order', json_build_object(
                  'id', o.id, 'order_number', o.order_number::text, 'status', o.status::text,
                  'total', o.total::bigint, 'currency', o.currency::text, 'created_at', o.created_at))
              from public.mod_ecommod01_orders o
              where o.site_id = p_site and o.customer_id = p_customer and o.id = p.id and o.created_at = p.moment
            )
            else (
              select json_build_object('kind', 'created', 'id', c.id, 'at', c.created_at,
                'origin', customers_private.show_origin(p_site, c.created_by_operation),
                'of', case when c.id <> p_customer then customers_private.timeline_person(p_site, c.id) end)
              from public.mod_ecommod01_customers c
              where c.site_id = p_site and c.id = p.id
            )
          end as shown
          from page p
          limit p_limit
        ) r
      ),
      'next', (
        select case when count(*) > p_limit then (
          select customers_private.write_moment(false, l.moment, l.key) from page l offset p_limit - 1 limit 1
        ) end
        from page p
      )
    )
  );
end
$$;

create function customers_private.list_timeline(
  p_site uuid, p_customer uuid, p_kinds text[], p_limit integer, p_cursor text
) returns json
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform customers_private.require_role(p_site, 'viewer');
  perform customers_private.require_page(p_limit);
  perform customers_private.require_customer(p_site, p_customer);
  return customers_private.timeline_page(
    p_site, p_customer, customers_private.read_timeline_kinds(p_kinds), p_limit, p_cursor);
end
$$;

create function public.mod_ecommod01_list_timeline(
  p_site uuid, p_customer uuid, p_kinds text[] default null, p_limit integer default 20, p_cursor text default null
) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_timeline(p_site, p_customer, p_kinds, p_limit, p_cursor) $$;

revoke execute on function
  customers_private.timeline_kind, customers_private.read_timeline_kinds, customers_private.timeline_person,
  customers_private.show_change,
  customers_private.timeline_page, customers_private.list_timeline, public.mod_ecommod01_list_timeline
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.list_timeline, public.mod_ecommod01_list_timeline
to authenticated, service_role;
