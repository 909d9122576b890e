-- A customer's groups, added and taken away in place: without a version, since two people who do it lose nothing.

create function customers_private.groups_saved(p_site uuid, p_customer uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'customer', customers_private.show_customer(c),
    'groups', (
      select coalesce(json_agg(json_build_object(
        'id', g.id, 'name', g.name, 'color', g.color) order by g.name_key, g.id), '[]')
      from public.mod_ecommod01_customer_group_members m
      join public.mod_ecommod01_customer_groups g on g.site_id = p_site and g.id = m.group_id
      where m.site_id = p_site and m.customer_id = p_customer
    ),
    'receipt', customers_private.operation_receipt(p_site, p_operation))
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_customer
$$;

-- The receipt counts groups; one that somebody has deleted meanwhile failed, the others go on.
create function customers_private.change_groups(
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
  changed integer := 0;
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
  -- Held until the end, so that none is deleted in between.
  known := array(
    select g.id from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.id = any (joining || leaving)
    order by g.id
    for key share
  );
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', j.id, 'field', 'groups', 'code', 'unknown_group', 'message', 'There is no such group any more.',
    'outcome', 'failed')), '[]')
  into failures
  from unnest(joining || leaving) j (id)
  where j.id <> all (known);

  with joined as (
    insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
    select p_site, p_id, j.id from unnest(joining) j (id) where j.id = any (known) order by j.id
    on conflict do nothing
    returning group_id
  ), departed as (
    delete from public.mod_ecommod01_customer_group_members m
    where m.site_id = p_site and m.customer_id = p_id and m.group_id = any (leaving)
    returning m.group_id
  ), kept as (
    insert into public.mod_ecommod01_customer_changes
      (site_id, operation_id, customer_id, subject, subject_id, before, after)
    select p_site, p_operation, p_id, 'group', g.id,
      case when m.joins then '{}' else jsonb_build_object('name', g.name) end,
      case when m.joins then jsonb_build_object('name', g.name) else '{}' end
    from (
      select j.group_id, true as joins from joined j
      union all
      select d.group_id, false from departed d
    ) m
    join public.mod_ecommod01_customer_groups g on g.site_id = p_site and g.id = m.group_id
    returning 1
  )
  select count(*)::integer into changed from kept;
  perform customers_private.end_change(
    p_site, p_operation, 0, changed, cardinality(known) - changed, failures);
  return customers_private.groups_saved(p_site, p_id, p_operation);
end
$$;

create function public.mod_ecommod01_change_groups(
  p_site uuid, p_operation uuid, p_id uuid, p_add uuid[] default '{}', p_remove uuid[] default '{}'
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.change_groups(p_site, p_operation, p_id, p_add, p_remove) $$;

revoke execute on function
  customers_private.groups_saved, customers_private.change_groups, public.mod_ecommod01_change_groups
from public, anon, authenticated, service_role;
grant execute on function customers_private.change_groups, public.mod_ecommod01_change_groups to authenticated;
