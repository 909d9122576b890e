-- Bulk actions: a step does one thing to up to 1,000 customers, locked by the caller, in a handful of statements.
-- Each is looked up by its key for a site that the planner doesn't see as a constant: on a site without statistics a
-- step would read the whole site for each customer (decision 0025).

create function customers_private.bulk_failure(p_id uuid, p_code text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select case
    when p_code in ('unknown', 'merged', 'expired', 'exists', 'erased')
      then customers_private.customer_failure(p_id, p_code)
    else jsonb_build_object('id', p_id, 'code', p_code,
      'outcome', case when p_code = 'guest' then 'skipped' else 'failed' end,
      'message', case p_code
        when 'deleted' then 'This customer was deleted.'
        when 'guest' then 'A guest is neither active nor inactive; it stays as it is.'
        when 'unknown_group' then 'There is no such group any more.'
      end)
  end
$$;

create function customers_private.act_on(
  p_operation public.mod_ecommod01_customer_operations, p_ids uuid[]
) returns customers_private.step_result
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  result customers_private.step_result;
  able uuid[];
begin
  select
    array_agg(j.id) filter (where j.code is null),
    count(*) filter (where j.code = 'guest'),
    count(*) filter (where j.code is not null and j.code not in ('guest', 'unchanged')),
    coalesce(jsonb_agg(customers_private.bulk_failure(j.id, j.code) order by j.id)
      filter (where j.code <> 'unchanged'), '[]')
  into able, result.skipped, result.failed, result.failures
  from customers_private.who_is_able(p_operation, p_ids) j;
  able := coalesce(able, '{}');

  case
    when able = '{}' then result.changed := 0;
    when p_operation.kind in ('delete', 'restore') then
      result.changed := customers_private.hide_some(p_operation, able);
    when p_operation.kind in ('assign_group', 'remove_group') then
      -- Out of a group with a rule means kept out.
      result.changed := cardinality(customers_private.place_members(
        p_operation.site_id, p_operation.id, able, array[(p_operation.options ->> 'group')::uuid],
        case p_operation.kind when 'assign_group' then 'add' else 'remove' end));
    else result.changed := customers_private.edit_some(p_operation, able);
  end case;
  result.unchanged := cardinality(p_ids) - result.changed - result.skipped - result.failed;
  return result;
end
$$;

-- Null for whom the action may be done to, else why not.
create function customers_private.who_is_able(
  p_operation public.mod_ecommod01_customer_operations, p_ids uuid[]
) returns table (id uuid, code text)
language plpgsql volatile
set search_path = ''
as $$
declare
  kind constant text := p_operation.kind;
  is_group_gone boolean := false;
begin
  if kind in ('assign_group', 'remove_group') then
    is_group_gone := customers_private.lock_groups(
      p_operation.site_id, array[(p_operation.options ->> 'group')::uuid]) = '{}';
  end if;
  return query
  select i.id, case
    when c.id is null then 'unknown'
    when kind = 'delete' then case when c.deleted_at is not null then 'unchanged' end
    when kind = 'restore' then case
      when c.deleted_at is null then 'unchanged'
      when c.erased_at is not null then 'erased'
      when c.merged_into is not null then 'merged'
      when c.deleted_at <= now() - interval '30 days' then 'expired'
      when exists (
        select from public.mod_ecommod01_customers v
        where v.site_id = c.site_id and v.email_key = c.email_key and v.deleted_at is null
      ) then 'exists'
      -- Of several with the same e-mail the one deleted last.
      when row_number() over (partition by c.email_key order by c.deleted_at desc, c.id desc) > 1 then 'exists'
    end
    when c.erased_at is not null then 'erased'
    when c.merged_into is not null then 'merged'
    when c.deleted_at is not null then 'deleted'
    when is_group_gone then 'unknown_group'
    when kind in ('set_active', 'set_inactive') and c.status = 'guest' then 'guest'
  end
  from unnest(p_ids) i (id)
  left join lateral (
    select k.* from public.mod_ecommod01_customers k
    where k.site_id = (select p_operation.site_id) and k.id = i.id
    offset 0
  ) c on true;
end
$$;

create function customers_private.edit_some(
  p_operation public.mod_ecommod01_customer_operations, p_ids uuid[]
) returns integer
language plpgsql volatile
set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  kind constant text := p_operation.kind;
  wanted constant text[] := array(select jsonb_array_elements_text(p_operation.options -> 'tags'));
  changed integer;
begin
  with next as materialized (
    select c.site_id, c.id, c.version, c.status, c.tags,
      case kind when 'set_active' then 'active' when 'set_inactive' then 'inactive' else c.status end as next_status,
      case kind
        when 'add_tags' then c.tags || array(
          select t.tag from unnest(wanted) with ordinality t (tag, n) where t.tag <> all (c.tags) order by t.n)
        when 'remove_tags' then array(
          select t.tag from unnest(c.tags) with ordinality t (tag, n) where t.tag <> all (wanted) order by t.n)
        else c.tags
      end as next_tags
    from public.mod_ecommod01_customers c
    where c.site_id = p_operation.site_id and c.id = any (p_ids)
  ), differing as materialized (
    select n.* from next n where (n.status, n.tags) is distinct from (n.next_status, n.next_tags)
  ), updated as (
    update public.mod_ecommod01_customers c
    set status = d.next_status, tags = d.next_tags
    from differing d
    where c.site_id = d.site_id and c.id = d.id
  ), kept as (
    insert into public.mod_ecommod01_customer_changes (site_id, operation_id, customer_id, version, before, after)
    select p_operation.site_id, p_operation.id, d.id, d.version + 1,
      case when kind like 'set\_%' then jsonb_build_object('status', d.status)
        else jsonb_build_object('tags', d.tags) end,
      case when kind like 'set\_%' then jsonb_build_object('status', d.next_status)
        else jsonb_build_object('tags', d.next_tags) end
    from differing d
    order by d.id
  )
  select count(*)::integer into changed from differing;
  return changed;
end
$$;

create function customers_private.hide_some(
  p_operation public.mod_ecommod01_customer_operations, p_ids uuid[]
) returns integer
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  hides constant boolean := p_operation.kind = 'delete';
  changed integer;
begin
  with before as materialized (
    select c.site_id, c.id, c.version, c.deleted_at
    from public.mod_ecommod01_customers c
    where c.site_id = p_operation.site_id and c.id = any (p_ids)
  ), moved as (
    update public.mod_ecommod01_customers c
    set deleted_at = case when hides then now() end, deleted_by = case when hides then auth.uid() end
    from before b
    where c.site_id = b.site_id and c.id = b.id
    returning c.id
  ), kept as (
    insert into public.mod_ecommod01_customer_changes (site_id, operation_id, customer_id, version, before, after)
    select p_operation.site_id, p_operation.id, b.id, b.version + 1,
      jsonb_build_object('deleted_at', b.deleted_at), jsonb_build_object('deleted_at', case when hides then now() end)
    from before b
    order by b.id
  )
  select count(*)::integer into changed from moved;
  return changed;
end
$$;

revoke execute on function
  customers_private.bulk_failure, customers_private.act_on, customers_private.who_is_able,
  customers_private.edit_some, customers_private.hide_some
from public, anon, authenticated, service_role;
