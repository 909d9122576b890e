-- Putting customers into groups and taking them out, many at once or in place: without a version, since two people who do
-- it lose nothing. Where a group has a rule, taking out keeps out, and releasing leaves it to the rule again.

-- A group that is deleted takes its members with it: nothing is left to be counted, and nobody has to be locked.
create or replace function customers_private.count_members() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  before customers_private.member_change[];
  after customers_private.member_change[];
  changes customers_private.member_change[];
begin
  if tg_op <> 'INSERT' then
    select array_agg(row(o.site_id, o.customer_id, o.group_id, -1)::customers_private.member_change) into before
    from old_rows o
    where exists (
      select from public.mod_ecommod01_customer_groups g where g.site_id = o.site_id and g.id = o.group_id);
  end if;
  if tg_op <> 'DELETE' then
    select array_agg(row(n.site_id, n.customer_id, n.group_id, 1)::customers_private.member_change) into after
    from new_rows n;
  end if;
  changes := before || after;
  if changes is null then
    return null;
  end if;

  perform from public.mod_ecommod01_customers c
  where (c.site_id, c.id) in (select u.site_id, u.customer_id from unnest(changes) u)
  order by c.site_id, c.id
  for no key update;

  perform from public.mod_ecommod01_customer_groups g
  where (g.site_id, g.id) in (select u.site_id, u.group_id from unnest(changes) u)
  order by g.site_id, g.id
  for no key update;

  -- Hidden customers do not count. One that is being deleted is gone already: it left the count before.
  update public.mod_ecommod01_customer_groups g
  set member_count = g.member_count + d.members
  from (
    select u.site_id, u.group_id, sum(u.members) as members
    from unnest(changes) u
    join public.mod_ecommod01_customers c on c.site_id = u.site_id and c.id = u.customer_id
    where c.deleted_at is null
    group by u.site_id, u.group_id
    having sum(u.members) <> 0
  ) d
  where g.site_id = d.site_id and g.id = d.group_id;
  return null;
end
$$;

create type customers_private.placed as (customer_id uuid, group_id uuid, before text);

-- Says of each customer and group: `add`, in; `remove`, out; `release`, nothing. Both are locked by the caller, customers
-- first, each in the order of their ids. Answers what was changed, and what was said before.
create function customers_private.place_members(
  p_site uuid, p_operation uuid, p_customers uuid[], p_groups uuid[], p_place text
) returns customers_private.placed[]
language plpgsql volatile
set search_path = ''
as $$
declare
  changed customers_private.placed[];
begin
  with pairs as materialized (
    select g.site_id, c.id as customer_id, g.id as group_id, g.name, g.rule is not null as has_rule, m.customer_id is not null as is_in,
      case
        when m.customer_id is not null then 'add'
        when x.customer_id is not null and g.rule is not null then 'remove'
        else 'release'
      end as before,
      case when p_place = 'remove' and g.rule is null then 'release' else p_place end as wanted
    from unnest(p_customers) c (id)
    cross join public.mod_ecommod01_customer_groups g
    left join lateral (
      select k.customer_id from public.mod_ecommod01_customer_group_members k
      where k.site_id = g.site_id and k.customer_id = c.id and k.group_id = g.id
      offset 0
    ) m on true
    left join lateral (
      select k.customer_id from public.mod_ecommod01_customer_group_exclusions k
      where k.site_id = g.site_id and k.customer_id = c.id and k.group_id = g.id
      offset 0
    ) x on true
    where g.site_id = p_site and g.id = any (p_groups)
  ), changing as materialized (
    select p.* from pairs p where p.before <> p.wanted
  ), joined as (
    insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
    select p_site, c.customer_id, c.group_id from changing c where c.wanted = 'add' order by c.customer_id, c.group_id
  ), departed as (
    delete from public.mod_ecommod01_customer_group_members m
    using changing c
    where m.site_id = c.site_id and m.customer_id = c.customer_id and m.group_id = c.group_id and c.is_in
  ), kept_out as (
    insert into public.mod_ecommod01_customer_group_exclusions (site_id, customer_id, group_id)
    select p_site, c.customer_id, c.group_id from changing c where c.wanted = 'remove'
    order by c.customer_id, c.group_id
  ), let_in as (
    delete from public.mod_ecommod01_customer_group_exclusions x
    using changing c
    where x.site_id = c.site_id and x.customer_id = c.customer_id and x.group_id = c.group_id and c.wanted <> 'remove'
  ), kept as (
    insert into public.mod_ecommod01_customer_changes
      (site_id, operation_id, customer_id, subject, subject_id, before, after)
    select p_site, p_operation, c.customer_id, 'group', c.group_id,
      case when k.comes then '{}' else k.said end, case when k.comes then k.said else '{}' end
    from changing c
    cross join lateral (
      select c.wanted = 'add' or c.before = 'remove' as comes,
        jsonb_build_object('name', c.name)
          || case when c.has_rule then jsonb_build_object('byHand', c.wanted, 'before', c.before) else '{}' end as said
    ) k
  )
  select coalesce(array_agg(
    row(c.customer_id, c.group_id, c.before)::customers_private.placed order by c.customer_id, c.group_id), '{}')
  into changed
  from changing c;

  update public.mod_ecommod01_customer_groups g
  set membership_version = g.membership_version + n.placed
  from (select c.group_id, count(*) as placed from unnest(changed) c group by c.group_id) n
  where g.site_id = p_site and g.id = n.group_id and g.rule is not null;
  return changed;
end
$$;

-- What was said by hand of one customer and group: `add`, `remove`, or `release` for nothing.
create function customers_private.place_of(p_site uuid, p_customer uuid, p_group uuid) returns text
language sql stable
set search_path = ''
as $$
  select case
    when exists (
      select from public.mod_ecommod01_customer_group_members m
      where m.site_id = p_site and m.customer_id = p_customer and m.group_id = p_group) then 'add'
    when exists (
      select from public.mod_ecommod01_customer_group_exclusions x
      join public.mod_ecommod01_customer_groups g on g.site_id = p_site and g.id = x.group_id and g.rule is not null
      where x.site_id = p_site and x.customer_id = p_customer and x.group_id = p_group) then 'remove'
    else 'release'
  end
$$;

-- Held until the end: nobody deletes them, gives them a rule or counts their members in between. Answers those that exist.
create function customers_private.lock_groups(p_site uuid, p_ids uuid[]) returns uuid[]
language plpgsql volatile
set search_path = ''
as $$
begin
  return array(
    select g.id from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.id = any (p_ids)
    order by g.id
    for no key update
  );
end
$$;

-- The receipt counts groups; one that somebody has deleted meanwhile failed, the others go on.
create or replace function customers_private.change_groups(
  p_site uuid, p_operation uuid, p_id uuid, p_add uuid[], p_remove uuid[]
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  joining constant uuid[] := array(
    select distinct a.id from unnest(p_add) a (id) where a.id is not null and a.id <> all (coalesce(p_remove, '{}')));
  leaving constant uuid[] := array(select distinct r.id from unnest(p_remove) r (id) where r.id is not null);
  known uuid[];
  changed integer;
  failures jsonb;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'change_groups', jsonb_build_array(p_id, p_add, p_remove), 'editor',
    cardinality(joining) + cardinality(leaving)) then
    return customers_private.groups_saved(p_site, p_id, p_operation);
  end if;
  if cardinality(joining) + cardinality(leaving) > 1000 then
    perform customers_private.refuse('add', 'and remove are at most 1,000 groups');
  end if;
  perform customers_private.lock_customer(p_site, p_id);
  known := customers_private.lock_groups(p_site, joining || leaving);
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', j.id, 'field', 'groups', 'code', 'unknown_group', 'message', 'There is no such group any more.',
    'outcome', 'failed')), '[]')
  into failures
  from unnest(joining || leaving) j (id)
  where j.id <> all (known);

  changed := cardinality(customers_private.place_members(p_site, p_operation, array[p_id], joining, 'add'))
    + cardinality(customers_private.place_members(p_site, p_operation, array[p_id], leaving, 'remove'));
  perform customers_private.end_change(
    p_site, p_operation, 0, changed, cardinality(known) - changed, failures);
  return customers_private.groups_saved(p_site, p_id, p_operation);
end
$$;

-- Whom ids and e-mails lead to, a merged customer's to the one that remains; `customer_id` is null for nobody, with why.
create type customers_private.found_member as (
  n bigint, place text, id text, "row" integer, customer_id uuid, code text
);
create function customers_private.find_members(p_site uuid, p_asked jsonb)
returns setof customers_private.found_member
language plpgsql stable
set search_path = '' set plan_cache_mode = force_custom_plan
as $$
begin
  return query
  with asked as materialized (
    select a.n, a.entry ->> 'place' as place, a.entry ->> 'id' as id, (a.entry ->> 'row')::integer as "row",
      lower(btrim(a.entry ->> 'email', E' \t\n\r\u00a0') collate "C") as email
    from jsonb_array_elements(p_asked) with ordinality a (entry, n)
  ), by_email as materialized (
    select c.email_key, c.id
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.deleted_at is null and c.email_key = any (array(select a.email from asked a))
  ), merged_by_email as materialized (
    select distinct on (c.email_key) c.email_key, customers_private.remaining_customer(p_site, c.id) as id
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.merged_into is not null and c.deleted_at is not null
      and c.email_key = any (array(
        select a.email from asked a where not exists (select from by_email b where b.email_key = a.email)))
    order by c.email_key, c.deleted_at desc
  )
  select a.n, a.place, a.id, a."row",
    case
      when a.id is null then coalesce(b.id, m.id)
      when c.merged_into is not null then customers_private.remaining_customer(p_site, c.id)
      when c.deleted_at is null then c.id
    end,
    case when c.deleted_at is null then 'unknown' else 'deleted' end
  from asked a
  left join by_email b on a.id is null and b.email_key = a.email
  left join merged_by_email m on a.id is null and m.email_key = a.email
  left join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = a.id::uuid;
end
$$;

create function customers_private.members_changed(p_site uuid, p_group uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'group', customers_private.show_group_detail(customers_private.require_group(p_site, p_group)),
    'receipt', customers_private.operation_receipt(p_site, p_operation),
    'undo', o.options -> 'undo')
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_operation
$$;

create function customers_private.change_group_members(
  p_site uuid, p_operation uuid, p_group uuid, p_add uuid[], p_emails text[], p_remove uuid[], p_release uuid[]
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  asked constant jsonb := (
    select coalesce(jsonb_agg(a.entry), '[]')
    from (
      select distinct jsonb_build_object('place', 'add', 'id', i) as entry from unnest(p_add) i where i is not null
      union all
      select jsonb_build_object('place', 'add', 'row', e.n, 'email', e.email)
      from unnest(p_emails) with ordinality e (email, n)
      union all
      select distinct jsonb_build_object('place', 'remove', 'id', i) from unnest(p_remove) i where i is not null
      union all
      select distinct jsonb_build_object('place', 'release', 'id', i) from unnest(p_release) i where i is not null
    ) a);
  asked_count constant integer := jsonb_array_length(asked);
  locked uuid[];
  found_members customers_private.found_member[];
  failures jsonb;
  placed customers_private.placed[] := '{}';
  current_place text;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'change_members', jsonb_build_array(p_group, p_add, p_emails, p_remove, p_release), 'editor',
    asked_count) then
    return customers_private.members_changed(p_site, p_group, p_operation);
  end if;
  if asked_count > 1000 then
    perform customers_private.refuse(
      'add', format('is %s customers; at most 1,000 are changed in a call', asked_count));
  end if;

  -- Customers first, then the group, as everything that counts members does.
  locked := array(
    select c.id from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.deleted_at is null
      and c.id in (select f.customer_id from customers_private.find_members(p_site, asked) f)
    order by c.id
    for no key update
  );
  if customers_private.lock_groups(p_site, array[p_group]) = '{}' then
    perform customers_private.require_group(p_site, p_group);
  end if;

  -- Found once more: somebody may have been deleted or merged before it was locked.
  found_members := array(select f from customers_private.find_members(p_site, asked) f);
  select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
      'row', f."row", 'id', f.id, 'field', case when f.id is null then 'email' else 'id' end, 'code', f.code,
      'message', case
        when f.code = 'deleted' then 'This customer was deleted.'
        when f.id is null then 'There is no customer with this e-mail.'
        else 'There is no such customer.'
      end,
      'outcome', 'failed')) order by f.n), '[]')
  into failures
  from unnest(found_members) f
  where f.customer_id is null or f.customer_id <> all (locked);

  -- Who is meant several times is taken out rather than put in, and put in rather than left to the rule.
  foreach current_place in array array['add', 'remove', 'release'] loop
    placed := placed || customers_private.place_members(
      p_site, p_operation,
      array(
        select f.customer_id
        from unnest(found_members) f
        where f.customer_id = any (locked)
        group by f.customer_id
        having current_place = (array['remove', 'add', 'release'])[
          min(array_position(array['remove', 'add', 'release'], f.place))]
        order by f.customer_id),
      array[p_group], current_place);
  end loop;

  update public.mod_ecommod01_customer_operations o
  set options = jsonb_build_object('members_of', p_group, 'undo', (
    select jsonb_object_agg(u.place, array(
      select p.customer_id from unnest(placed) p where p.before = u.place order by p.customer_id))
    from unnest(array['add', 'remove', 'release']) u (place)))
  where o.site_id = p_site and o.id = p_operation;
  perform customers_private.end_change(
    p_site, p_operation, 0, cardinality(placed), asked_count - cardinality(placed) - jsonb_array_length(failures),
    failures);
  return customers_private.members_changed(p_site, p_group, p_operation);
end
$$;

-- Who was put in or is kept out by hand, the newest customer first.
create function customers_private.list_group_pins(
  p_site uuid, p_group uuid, p_kind text, p_limit integer, p_cursor text
) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set plan_cache_mode = force_custom_plan
as $$
declare
  place uuid;
begin
  perform customers_private.require_role(p_site, 'viewer');
  perform customers_private.require_page(p_limit);
  perform customers_private.require_group(p_site, p_group);
  if p_kind is null or p_kind not in ('put_in', 'kept_out') then
    perform customers_private.refuse('kind', 'must be put_in or kept_out');
  end if;
  begin
    place := coalesce(p_cursor, 'ffffffff-ffff-ffff-ffff-ffffffffffff')::uuid;
  exception when invalid_text_representation then
    perform customers_private.refuse('cursor', 'is none', 'A cursor is the `next` of an answer, unchanged.');
  end;

  return (
    with page as materialized (
      select c.id, c.first_name, c.last_name, c.email, c.avatar_url, p.created_at as since
      from (
        select m.customer_id, m.created_at
        from public.mod_ecommod01_customer_group_members m
        where p_kind = 'put_in' and m.site_id = p_site and m.group_id = p_group and m.customer_id < place
        union all
        select x.customer_id, x.created_at
        from public.mod_ecommod01_customer_group_exclusions x
        where p_kind = 'kept_out' and x.site_id = p_site and x.group_id = p_group and x.customer_id < place
      ) p
      join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = p.customer_id and c.deleted_at is null
      order by p.customer_id desc
      limit p_limit + 1
    )
    select json_build_object(
      'rows', (select coalesce(json_agg(r), '[]') from (select p.* from page p limit p_limit) r),
      'next', (
        select case when count(*) > p_limit then (select l.id from page l offset p_limit - 1 limit 1) end from page p
      )
    )
  );
end
$$;

-- Takes a change of somebody's being in a group back; see undo_changes().
create function customers_private.undo_change_members(
  p_site uuid, p_undone uuid, p_operation uuid, out changed integer, out unchanged integer, out failures jsonb
)
language plpgsql volatile
set search_path = ''
as $$
begin
  select u.changed, u.unchanged, u.failures into changed, unchanged, failures
  from customers_private.undo_changes(p_site, p_undone, p_operation) u;
end
$$;

create function public.mod_ecommod01_change_group_members(
  p_site uuid, p_operation uuid, p_group uuid, p_add uuid[] default '{}', p_emails text[] default '{}',
  p_remove uuid[] default '{}', p_release uuid[] default '{}'
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$
  select customers_private.change_group_members(p_site, p_operation, p_group, p_add, p_emails, p_remove, p_release)
$$;

create function public.mod_ecommod01_list_group_pins(
  p_site uuid, p_group uuid, p_kind text, p_limit integer default 20, p_cursor text default null
) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.list_group_pins(p_site, p_group, p_kind, p_limit, p_cursor) $$;

revoke execute on function
  customers_private.place_members, customers_private.place_of, customers_private.lock_groups, customers_private.find_members,
  customers_private.members_changed, customers_private.change_group_members, customers_private.list_group_pins,
  customers_private.undo_change_members,
  public.mod_ecommod01_change_group_members, public.mod_ecommod01_list_group_pins
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.change_group_members, public.mod_ecommod01_change_group_members
to authenticated;
grant execute on function
  customers_private.list_group_pins, public.mod_ecommod01_list_group_pins
to authenticated, service_role;
