-- Undo of what was done in steps, in steps: it removes what an import made and gives back what was changed, field by
-- field. What somebody has touched since stays, and is named with who touched it.

-- As in 1300, and what was done in steps is undone in steps.
create or replace function customers_private.undo_function(p_kind text) returns text
language sql stable
set search_path = ''
as $$
  select case
    when p_kind in (
      'update', 'promote', 'change_tags', 'change_groups', 'delete', 'restore', 'add_address', 'update_address',
      'delete_address', 'add_note', 'update_note', 'pin_note', 'delete_note', 'restore_note')
      then 'undo_changes'
    when p_kind = 'import' or customers_private.is_bulk_action(p_kind) then 'undo_some'
    when to_regproc('customers_private.undo_' || p_kind) is not null then 'undo_' || p_kind
  end
$$;

create or replace function customers_private.undo_operation(p_site uuid, p_operation uuid, p_id uuid) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  done public.mod_ecommod01_customer_operations;
  refusal text;
  undone record;
begin
  if not customers_private.begin_change(p_site, p_operation, 'undo', jsonb_build_array(p_id)) then
    return customers_private.operation_receipt(p_site, p_operation);
  end if;
  -- Locked, so that of two who undo it at once the second finds it undone.
  select o.* into done
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id
  for no key update;
  if not found or p_id = p_operation then
    raise sqlstate 'PT404' using message = 'There is no such operation.', detail = '{"reason": "unknown"}';
  end if;
  if done.started_by is distinct from auth.uid() or done.kind in ('delete', 'restore', 'merge') then
    perform customers_private.require_role(p_site, 'admin');
  end if;
  refusal := customers_private.undo_refusal(done);
  if refusal is not null then
    raise sqlstate 'PT409' using message = customers_private.undo_refusal_message(refusal),
      detail = json_build_object('reason', refusal)::text;
  end if;

  if done.kind = 'import' or done.steps is not null then
    perform customers_private.start_undo(done, p_operation);
    return customers_private.operation_receipt(p_site, p_operation);
  end if;

  execute format(
    'select u.changed, u.unchanged, u.failures from customers_private.%I($1, $2, $3) u',
    customers_private.undo_function(done.kind))
  into undone
  using p_site, p_id, p_operation;
  update public.mod_ecommod01_customer_operations o
  set asked = undone.changed + undone.unchanged + jsonb_array_length(undone.failures),
    options = jsonb_build_object('undoes', p_id, 'kind', done.kind)
  where o.site_id = p_site and o.id = p_operation;
  perform customers_private.end_change(
    p_site, p_operation, 0, undone.changed, undone.unchanged, undone.failures);
  -- Where nothing went back, it may be tried again.
  if undone.changed > 0 or undone.failures = '[]' then
    update public.mod_ecommod01_customer_operations o
    set undone_by = p_operation
    where o.site_id = p_site and o.id = p_id;
  end if;
  return customers_private.operation_receipt(p_site, p_operation);
end
$$;

-- Settles the customers that an operation made or changed as those of its undo.
create function customers_private.start_undo(
  p_done public.mod_ecommod01_customer_operations, p_undo uuid
) returns void
language plpgsql volatile
set search_path = '' set work_mem = '64MB'
as $$
declare
  settled record;
begin
  with touched as (
    select u.id
    from public.mod_ecommod01_customer_operation_steps s
    cross join unnest(s.created_customers) u (id)
    where s.site_id = p_done.site_id and s.operation_id = p_done.id
    union
    select g.customer_id
    from public.mod_ecommod01_customer_changes g
    where g.site_id = p_done.site_id and g.operation_id = p_done.id
  ), parts as (
    insert into public.mod_ecommod01_customer_operation_targets (site_id, operation_id, step, customer_ids)
    select p_done.site_id, p_undo, ((n.place - 1) / 1000)::integer, array_agg(n.id)
    from (select t.id, row_number() over (order by t.id) as place from touched t) n
    group by (n.place - 1) / 1000
    returning cardinality(customer_ids) as size
  )
  select coalesce(sum(p.size), 0)::integer as asked, count(*)::integer as steps into settled from parts p;

  update public.mod_ecommod01_customer_operations o
  set asked = settled.asked, steps = settled.steps,
    options = jsonb_build_object('undoes', p_done.id, 'kind', p_done.kind)
      || case when p_done.options ? 'fileName' then jsonb_build_object('fileName', p_done.options -> 'fileName')
         else '{}' end
  where o.site_id = p_done.site_id and o.id = p_undo;
  update public.mod_ecommod01_customer_operations o
  set undone_by = p_undo
  where o.site_id = p_done.site_id and o.id = p_done.id;
end
$$;

create function customers_private.kept_failure(
  p_undo public.mod_ecommod01_customer_operations, p_customer uuid, p_field text, p_code text
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  undone constant uuid := (p_undo.options ->> 'undoes')::uuid;
  by_name text;
begin
  if p_code = 'edited' then
    select o.started_by_name into by_name
    from public.mod_ecommod01_customer_changes g
    join public.mod_ecommod01_customer_operations o on o.site_id = g.site_id and o.id = g.operation_id
    where g.site_id = (select p_undo.site_id) and g.customer_id = p_customer and g.operation_id not in (undone, p_undo.id)
      and (p_field is null or p_field = 'address' or g.after ? p_field)
    order by g.changed_at desc, g.id desc
    limit 1;
  end if;
  return jsonb_strip_nulls(jsonb_build_object('id', p_customer, 'field', p_field, 'code', p_code, 'outcome', 'failed',
    'message', case p_code
      when 'edited' then 'Changed since' || coalesce(' by ' || by_name, '') || '; it stays.'
      when 'has_orders' then 'It has orders by now; it stays.'
      when 'has_notes' then 'It has notes by now; it stays.'
      else customers_private.undo_failure(p_customer, p_field, p_code) ->> 'message'
    end));
end
$$;

-- One step: its customers are locked by the caller. The numbers count customers, the failures name fields.
create function customers_private.undo_some(
  p_undo public.mod_ecommod01_customer_operations, p_ids uuid[]
) returns customers_private.step_result
language plpgsql volatile
-- A plan for any site: here the foreign keys look for what hangs on a customer that goes.
set search_path = '' set timezone = 'UTC' set plan_cache_mode = force_generic_plan
as $$
declare
  site constant uuid := p_undo.site_id;
  undone constant uuid := (p_undo.options ->> 'undoes')::uuid;
  result customers_private.step_result := (0, 0, 0, 0, '[]');
  made record;
  back record;
  kept uuid[];
begin
  select array_agg(m.id) filter (where m.code is null) as removed,
    array_agg(m.id) filter (where m.code is not null) as kept,
    coalesce(jsonb_agg(customers_private.kept_failure(p_undo, m.id, null, m.code) order by m.id)
      filter (where m.code is not null), '[]') as failures
  into made
  from customers_private.made_by(site, undone, p_ids) m;
  if made.removed is not null then
    delete from public.mod_ecommod01_customers c where c.site_id = site and c.id = any (made.removed);
  end if;

  back := customers_private.give_back(p_undo, undone, array(
    select i.id from unnest(p_ids) i (id)
    where i.id <> all (coalesce(made.removed, '{}')) and i.id <> all (coalesce(made.kept, '{}'))));
  kept := array(
    select distinct (f ->> 'id')::uuid from jsonb_array_elements(back.failures) f
    where (f ->> 'id')::uuid <> all (back.changed));
  result.changed := coalesce(cardinality(made.removed), 0) + cardinality(back.changed);
  result.failed := coalesce(cardinality(made.kept), 0) + cardinality(kept);
  result.failures := made.failures || back.failures;
  result.unchanged := cardinality(p_ids) - result.changed - result.failed;
  return result;
end
$$;

-- Customers that an operation made, and why they have to stay: null where they may go.
create function customers_private.made_by(
  p_site uuid, p_operation uuid, p_ids uuid[]
) returns table (id uuid, code text)
language sql stable
set search_path = ''
as $$
  select c.id, case
    when c.merged_into is not null then 'merged'
    when c.deleted_at is not null then 'deleted'
    when exists (
      select from public.mod_ecommod01_orders o where o.site_id = c.site_id and o.customer_id = c.id offset 0
    ) then 'has_orders'
    when c.notes_count > 0 then 'has_notes'
    when c.version > 1 or exists (
      select from public.mod_ecommod01_customer_changes g
      where g.site_id = c.site_id and g.customer_id = c.id and g.operation_id <> p_operation
      offset 0
    ) or exists (
      select from public.mod_ecommod01_customer_addresses a
      where a.site_id = c.site_id and a.customer_id = c.id and a.version > 1
      offset 0
    ) or exists (
      select from public.mod_ecommod01_customers m where m.site_id = c.site_id and m.merged_into = c.id offset 0
    ) then 'edited'
  end
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = any (p_ids) and c.created_by_operation = p_operation
$$;

-- Gives back what an operation changed of customers; answers who got anything, and what had to stay.
create function customers_private.give_back(
  p_undo public.mod_ecommod01_customer_operations, p_undone uuid, p_ids uuid[],
  out changed uuid[], out failures jsonb
)
language plpgsql volatile
set search_path = '' set timezone = 'UTC' set plan_cache_mode = force_custom_plan
as $$
declare
  site constant uuid := p_undo.site_id;
  one record;
  undone_fields record;
  before jsonb;
  next jsonb;
  field text;
  nexts jsonb[] := '{}';
  addresses uuid[] := '{}';
  part record;
begin
  changed := '{}';
  failures := '[]';
  for one in
    select c.customer, g.before, g.after
    from unnest(p_ids) i (id)
    cross join lateral (
      select h.* from public.mod_ecommod01_customer_changes h
      where h.site_id = (select site) and h.operation_id = p_undone and h.customer_id = i.id and h.subject = 'customer'
      offset 0
    ) g
    cross join lateral (
      select k as customer from public.mod_ecommod01_customers k
      where k.site_id = g.site_id and k.id = g.customer_id
      offset 0
    ) c
    order by g.customer_id, g.id
  loop
    if (one.customer).merged_into is not null or (one.customer).erased_at is not null then
      failures := failures || customers_private.kept_failure(
        p_undo, (one.customer).id, null, case when (one.customer).erased_at is null then 'merged' else 'edited' end);
      continue;
    end if;
    next := '{}';
    if one.after ? 'address_added' then
      addresses := addresses || array(
        select a #>> '{}' from jsonb_array_elements(
          case jsonb_typeof(one.after -> 'address_added') when 'array' then one.after -> 'address_added'
            else jsonb_build_array(one.after -> 'address_added') end) a)::uuid[];
    end if;
    if one.after ? 'deleted_at' then
      if to_jsonb((one.customer).deleted_at) is not distinct from nullif(one.after -> 'deleted_at', 'null') then
        next := jsonb_build_object('deleted_at', one.before -> 'deleted_at');
      elsif to_jsonb((one.customer).deleted_at) is distinct from nullif(one.before -> 'deleted_at', 'null') then
        failures := failures || customers_private.kept_failure(p_undo, (one.customer).id, null, 'edited');
      end if;
    elsif (one.customer).deleted_at is not null and one.after - 'address_added' <> '{}' then
      failures := failures || customers_private.kept_failure(p_undo, (one.customer).id, null, 'deleted');
      continue;
    end if;
    before := customers_private.editable_fields(one.customer)
      || jsonb_build_object('email', (one.customer).email_key);
    undone_fields := customers_private.fields_undone(before, one.before, one.after);
    foreach field in array undone_fields.edited loop
      if before -> field is distinct from one.before -> field then
        failures := failures || customers_private.kept_failure(p_undo, (one.customer).id, field, 'edited');
      end if;
    end loop;
    next := next || undone_fields.fields;
    if next <> '{}' then
      nexts := nexts || (next || jsonb_build_object('id', (one.customer).id));
    end if;
  end loop;

  -- An e-mail that somebody else has by now isn't given back, nor is a deleted customer who would bring it.
  with wanted as (
    select n.next, n.place, (n.next ->> 'id')::uuid as id, coalesce(n.next ->> 'email', c.email_key) as email,
      c.deleted_at
    from unnest(nexts) with ordinality n (next, place)
    cross join lateral (
      select k.email_key, k.deleted_at from public.mod_ecommod01_customers k
      where k.site_id = (select site) and k.id = (n.next ->> 'id')::uuid
      offset 0
    ) c
    where n.next ? 'email' or n.next -> 'deleted_at' = 'null'
  ), taken as (
    select w.place, w.id from wanted w
    where exists (
      select from public.mod_ecommod01_customers v
      where v.site_id = (select site) and v.email_key = lower(w.email) and v.deleted_at is null and v.id <> w.id
      offset 0)
  )
  select array_agg(t.place) as places,
    coalesce(jsonb_agg(customers_private.kept_failure(p_undo, t.id, 'email', 'exists')), '[]') as failures
  into part
  from taken t;
  failures := failures || part.failures;
  nexts := array(
    select case when n.place = any (coalesce(part.places, '{}')) then n.next - 'email' - 'deleted_at' else n.next end
    from unnest(nexts) with ordinality n (next, place));

  with wanted as materialized (
    -- A customer that came back and was changed has two rows: both go back together.
    select (n.next ->> 'id')::uuid as id, jsonb_object_agg(f.key, f.value) as next
    from unnest(nexts) n (next)
    cross join lateral jsonb_each(n.next - 'id') f
    group by 1
  ), differing as materialized (
    select (c.customer).site_id, w.id, w.next, (c.customer).version, d.before, d.after, r as becomes
    from wanted w
    cross join lateral (
      select k as customer from public.mod_ecommod01_customers k where k.site_id = (select site) and k.id = w.id offset 0
    ) c
    cross join lateral customers_private.difference(
      customers_private.editable_fields(c.customer) || jsonb_build_object(
        'email', (c.customer).email_key, 'deleted_at', to_jsonb((c.customer).deleted_at)), w.next) d
    cross join lateral jsonb_populate_record(c.customer, w.next) r
    where d.after <> '{}'
  ), updated as (
    update public.mod_ecommod01_customers c
    set first_name = (d.becomes).first_name, last_name = (d.becomes).last_name, phone = (d.becomes).phone,
      status = (d.becomes).status, accepts_marketing = (d.becomes).accepts_marketing, tags = (d.becomes).tags,
      metadata = (d.becomes).metadata,
      email = case when d.after ? 'email' then (d.becomes).email else c.email end,
      email_verified = c.email_verified and not d.after ? 'email',
      deleted_at = case when d.after ? 'deleted_at' then (d.becomes).deleted_at else c.deleted_at end,
      deleted_by = case when d.after -> 'deleted_at' is distinct from 'null' and d.after ? 'deleted_at'
        then auth.uid() when d.after ? 'deleted_at' then null else c.deleted_by end
    from differing d
    where c.site_id = d.site_id and c.id = d.id
  ), kept as (
    insert into public.mod_ecommod01_customer_changes (site_id, operation_id, customer_id, version, before, after)
    select site, p_undo.id, d.id, d.version + 1, d.before, d.after from differing d order by d.id
  )
  select array_agg(d.id) as ids into part from differing d;
  changed := changed || coalesce(part.ids, '{}');

  if addresses <> '{}' then
    select array_agg(a.id) filter (where a.version = 1) as removed,
      array_agg(a.customer_id) filter (where a.version = 1) as customers,
      coalesce(jsonb_agg(customers_private.kept_failure(p_undo, a.customer_id, 'address', 'edited'))
        filter (where a.version > 1), '[]') as failures
    into part
    from public.mod_ecommod01_customer_addresses a
    where a.site_id = site and a.id = any (addresses);
    failures := failures || part.failures;
    insert into public.mod_ecommod01_customer_changes
      (site_id, operation_id, customer_id, subject, subject_id, version, before, after)
    select site, p_undo.id, a.customer_id, 'address', a.id, a.version, customers_private.address_fields(a), '{}'
    from public.mod_ecommod01_customer_addresses a
    where a.site_id = site and a.id = any (part.removed);
    delete from public.mod_ecommod01_customer_addresses a where a.site_id = site and a.id = any (part.removed);
    changed := changed || coalesce(part.customers, '{}');
  end if;

  part := customers_private.give_groups_back(p_undo, p_undone, p_ids);
  failures := failures || part.failures;
  changed := array(select distinct u.id from unnest(changed || part.changed) u (id) order by u.id);
end
$$;

-- As undo_group_change does for one customer: only where what was said by hand is still what the operation said.
create function customers_private.give_groups_back(
  p_undo public.mod_ecommod01_customer_operations, p_undone uuid, p_ids uuid[],
  out changed uuid[], out failures jsonb
)
language plpgsql volatile
set search_path = ''
as $$
declare
  site constant uuid := p_undo.site_id;
  known uuid[];
  going record;
  placed customers_private.placed[];
begin
  changed := '{}';
  failures := '[]';
  known := customers_private.lock_groups(site, array(
    select distinct h.subject_id
    from unnest(p_ids) i (id)
    cross join lateral (
      select g.subject_id from public.mod_ecommod01_customer_changes g
      where g.site_id = (select site) and g.operation_id = p_undone and g.customer_id = i.id and g.subject = 'group'
      offset 0
    ) h));
  for going in
    select j.group_id, j.was, array_agg(j.customer_id order by j.customer_id) filter (where j.code is null) as ids,
      jsonb_agg(customers_private.kept_failure(p_undo, j.customer_id, 'groups', j.code) order by j.customer_id)
        filter (where j.code <> 'unchanged') as kept
    from (
      select w.customer_id, w.group_id, w.was, case
        when c.deleted_at is not null then 'deleted'
        when w.group_id <> all (known) then case w.became when 'add' then 'unchanged' else 'unknown_group' end
        when p.place = w.was then 'unchanged'
        when p.place <> w.became then 'edited'
      end as code
      from (
        select h.customer_id, h.subject_id as group_id,
          coalesce(h.said ->> 'before', case when h.joined then 'release' else 'add' end) as was,
          coalesce(h.said ->> 'byHand', case when h.joined then 'add' else 'release' end) as became
        from (
          select g.customer_id, g.subject_id, g.before = '{}' as joined,
            case when g.before = '{}' then g.after else g.before end as said
          from unnest(p_ids) i (id)
          cross join lateral (
            select e.* from public.mod_ecommod01_customer_changes e
            where e.site_id = (select site) and e.operation_id = p_undone and e.customer_id = i.id
              and e.subject = 'group'
            offset 0
          ) g
        ) h
      ) w
      cross join lateral (
        select k.deleted_at from public.mod_ecommod01_customers k
        where k.site_id = (select site) and k.id = w.customer_id
        offset 0
      ) c
      cross join lateral customers_private.place_of(site, w.customer_id, w.group_id) p (place)
    ) j
    group by j.group_id, j.was
    order by j.group_id, j.was
  loop
    failures := failures || coalesce(going.kept, '[]');
    if going.ids is not null then
      placed := customers_private.place_members(
        site, p_undo.id, going.ids, array[going.group_id], going.was);
      changed := changed || array(select p.customer_id from unnest(placed) p);
    end if;
  end loop;
end
$$;

revoke execute on function
  customers_private.start_undo, customers_private.kept_failure, customers_private.undo_some,
  customers_private.made_by, customers_private.give_back, customers_private.give_groups_back
from public, anon, authenticated, service_role;
