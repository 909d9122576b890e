-- Groups themselves: read, made, edited and deleted. What was changed of one is kept by its operation, as `options`
-- {saved_group, version, before, after}, since customer_changes are a customer's.

create index mod_ecommod01_customer_operations_saved_group
  on public.mod_ecommod01_customer_operations (site_id, (options ->> 'saved_group')) where options ? 'saved_group';

create function customers_private.show_group(p_group public.mod_ecommod01_customer_groups) returns jsonb
language sql stable
set search_path = '' set timezone = 'UTC'
as $$
  select jsonb_build_object(
    'id', p_group.id, 'name', p_group.name, 'description', p_group.description,
    'discount_percentage', p_group.discount_percentage, 'color', p_group.color,
    'member_count', case when p_group.rule is null then p_group.member_count end,
    'rule', p_group.rule, 'created_at', p_group.created_at, 'updated_at', p_group.updated_at,
    'version', p_group.version)
$$;

create function customers_private.show_group_detail(p_group public.mod_ecommod01_customer_groups) returns json
language sql stable
set search_path = ''
as $$
  select (customers_private.show_group(p_group) || jsonb_build_object(
    'put_in', p_group.member_count,
    'kept_out', (
      select count(*)
      from public.mod_ecommod01_customer_group_exclusions x
      join public.mod_ecommod01_customers c on c.site_id = x.site_id and c.id = x.customer_id
      where x.site_id = p_group.site_id and x.group_id = p_group.id and c.deleted_at is null
        and p_group.rule is not null
    )))::json
$$;

create function customers_private.require_group(p_site uuid, p_id uuid) returns public.mod_ecommod01_customer_groups
language plpgsql stable
set search_path = ''
as $$
declare
  found_group public.mod_ecommod01_customer_groups;
begin
  select g.* into found_group
  from public.mod_ecommod01_customer_groups g
  where g.site_id = p_site and g.id = p_id;
  if not found then
    raise sqlstate 'PT404' using message = 'There is no such group.', detail = '{"reason": "unknown"}';
  end if;
  return found_group;
end
$$;

create function customers_private.get_group(p_site uuid, p_id uuid) returns json
language plpgsql stable security definer
set search_path = ''
as $$
begin
  perform customers_private.require_role(p_site, 'viewer');
  return customers_private.show_group_detail(customers_private.require_group(p_site, p_id));
end
$$;

create or replace function customers_private.list_groups(
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
      select g as shown, g.name_key, g.name, row_number() over (order by g.name_key, g.name) as place
      from public.mod_ecommod01_customer_groups g
      where g.site_id = p_site
        and (p_ids is null or g.id = any (p_ids))
        and strpos(g.name_key, term) > 0
        and (p_cursor is null or (g.name_key, g.name) > (place.key, place.name))
      order by g.name_key, g.name
      limit p_limit + 1
    )
    select json_build_object(
      'rows', coalesce(
        json_agg(customers_private.show_group(p.shown) order by p.place) filter (where p.place <= p_limit), '[]'),
      'next', case when count(*) > p_limit then (
        select customers_private.write_place(l.name_key, l.name) from page l where l.place = p_limit
      ) end
    )
    from page p
  );
end
$$;

-- The fields as they are kept, and what is wrong with them; p_errors of a rule are those of rule_errors().
create function customers_private.read_group_fields(p_site uuid, p_fields json, out fields jsonb, out errors jsonb)
language plpgsql stable
set search_path = ''
as $$
declare
  asked constant jsonb := customers_private.read_object('fields', p_fields);
  field text;
  value jsonb;
  error text;
begin
  fields := '{}';
  errors := '{}';
  for field, value in select f.key, f.value from jsonb_each(asked) f order by f.key loop
    error := null;
    case field
      when 'name' then
        error := customers_private.text_error(value, 100);
        if error is null then
          value := to_jsonb(btrim(value #>> '{}', E' \t\n\r\u00a0'));
          error := case when value = '""' then 'is missing' end;
        end if;
      when 'description' then
        if value <> 'null' then
          error := customers_private.text_error(value, 2000);
          if btrim(value #>> '{}') = '' then
            value := 'null';
          end if;
        end if;
      when 'color' then
        value := to_jsonb(lower(value #>> '{}'));
        error := case when value #>> '{}' ~ '^#[0-9a-f]{6}$' then null else 'must be written #rrggbb' end;
      when 'discount_percentage' then
        if value <> 'null' then
          error := case
            when jsonb_typeof(value) <> 'number' then 'must be from 0 to 100'
            when (value #>> '{}')::numeric not between 0 and 100 then 'must be from 0 to 100'
            when (value #>> '{}')::numeric <> round((value #>> '{}')::numeric, 2) then 'has at most two decimals'
          end;
        end if;
      when 'rule' then
        if value <> 'null' then
          errors := errors || customers_private.rule_errors(p_site, value);
        end if;
      else
        error := 'cannot be edited';
    end case;
    if error is not null then
      errors := errors || jsonb_build_object(field, error);
    end if;
    fields := fields || jsonb_build_object(field, value);
  end loop;
end
$$;

create function customers_private.group_fields(p_group public.mod_ecommod01_customer_groups) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'name', p_group.name, 'description', p_group.description, 'color', p_group.color,
    'discount_percentage', p_group.discount_percentage, 'rule', p_group.rule)
$$;

create function customers_private.keep_group_change(
  p_site uuid, p_operation uuid, p_group uuid, p_version integer, p_before jsonb, p_after jsonb
) returns void
language sql volatile
set search_path = ''
as $$
  update public.mod_ecommod01_customer_operations o
  set options = jsonb_build_object(
    'saved_group', p_group, 'version', p_version, 'before', p_before, 'after', p_after)
  where o.site_id = p_site and o.id = p_operation
$$;

create function customers_private.refuse_stale_group(p_group public.mod_ecommod01_customer_groups, p_version integer)
returns void
language plpgsql stable
set search_path = '' set timezone = 'UTC'
as $$
begin
  raise sqlstate 'PT409' using
    message = 'This was changed since you read it.',
    detail = json_build_object(
      'reason', 'stale', 'current', customers_private.show_group_detail(p_group),
      'changes', (
        select coalesce(
          json_agg(
            json_build_object(
              'field', f.key, 'before', o.options -> 'before' -> f.key, 'after', f.value, 'at', o.started_at,
              'by', o.started_by_name, 'kind', o.kind)
            order by (o.options ->> 'version')::integer, f.key),
          '[]')
        from public.mod_ecommod01_customer_operations o
        cross join lateral jsonb_each(o.options -> 'after') f
        where o.site_id = p_group.site_id and o.options ? 'saved_group'
          and o.options ->> 'saved_group' = p_group.id::text and (o.options ->> 'version')::integer > p_version
      ))::text;
end
$$;

create function customers_private.refuse_group_exists(p_site uuid, p_name text, p_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  raise sqlstate 'PT409' using
    message = 'There is a group with this name.',
    detail = json_build_object('reason', 'exists', 'current', (
      select customers_private.show_group_detail(g)
      from public.mod_ecommod01_customer_groups g
      where g.site_id = p_site and (g.name = p_name or g.id = p_id)
      order by g.name = p_name desc
      limit 1))::text;
end
$$;

create function customers_private.group_saved(p_site uuid, p_id uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'group', customers_private.show_group_detail(customers_private.require_group(p_site, p_id)),
    'receipt', customers_private.operation_receipt(p_site, p_operation))
$$;

create function customers_private.save_group(
  p_site uuid, p_operation uuid, p_id uuid, p_version integer, p_fields json
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  -- Each costs a little wherever a customer's groups are shown.
  most_rules constant integer := 50;
  asked record;
  saved public.mod_ecommod01_customer_groups;
  changed record;
begin
  if not customers_private.begin_change(
    p_site, p_operation, case when p_version is null then 'create_group' else 'update_group' end,
    jsonb_build_array(p_id, p_version, p_fields::jsonb)) then
    return customers_private.group_saved(p_site, p_id, p_operation);
  end if;
  asked := customers_private.read_group_fields(p_site, p_fields);
  if p_id is null then
    asked.errors := asked.errors || '{"id": "is missing"}';
  end if;
  if p_version is null and not asked.fields ? 'name' then
    asked.errors := asked.errors || '{"name": "is missing"}';
  end if;
  if asked.fields -> 'rule' <> 'null' then
    -- Two who each save the last one that is allowed wait for each other here.
    perform pg_advisory_xact_lock(
      hashtextextended('customer-elements group rules', 0) # hashtextextended(p_site::text, 0));
    if (select count(*) from public.mod_ecommod01_customer_groups g
        where g.site_id = p_site and g.rule is not null and g.id <> p_id) >= most_rules then
      asked.errors := asked.errors || jsonb_build_object('rule', format('of at most %s groups of a site', most_rules));
    end if;
  end if;
  perform customers_private.refuse_fields(asked.errors);

  if p_version is null then
    insert into public.mod_ecommod01_customer_groups as g
      (site_id, id, name, description, color, discount_percentage, rule)
    values (
      p_site, p_id, asked.fields ->> 'name', asked.fields ->> 'description',
      coalesce(asked.fields ->> 'color', '#6366f1'), (asked.fields ->> 'discount_percentage')::numeric,
      nullif(asked.fields -> 'rule', 'null'))
    on conflict do nothing
    returning g.* into saved;
    if not found then
      perform customers_private.refuse_group_exists(p_site, asked.fields ->> 'name', p_id);
    end if;
    perform customers_private.keep_group_change(p_site, p_operation, p_id, 1, '{}', asked.fields);
    perform customers_private.end_change(p_site, p_operation, 1, 0, 0);
    return customers_private.group_saved(p_site, p_id, p_operation);
  end if;

  perform from public.mod_ecommod01_customer_groups g where g.site_id = p_site and g.id = p_id for no key update;
  saved := customers_private.require_group(p_site, p_id);
  if saved.version <> p_version then
    perform customers_private.refuse_stale_group(saved, p_version);
  end if;
  changed := customers_private.difference(customers_private.group_fields(saved), asked.fields);
  if changed.after = '{}' then
    perform customers_private.end_change(p_site, p_operation, 0, 0, 1);
    return customers_private.group_saved(p_site, p_id, p_operation);
  end if;
  begin
    update public.mod_ecommod01_customer_groups g
    set name = coalesce(changed.after ->> 'name', g.name),
      description = case when changed.after ? 'description' then changed.after ->> 'description' else g.description end,
      color = coalesce(changed.after ->> 'color', g.color),
      discount_percentage = case
        when changed.after ? 'discount_percentage' then (changed.after ->> 'discount_percentage')::numeric
        else g.discount_percentage end,
      rule = case when changed.after ? 'rule' then nullif(changed.after -> 'rule', 'null') else g.rule end,
      membership_version = g.membership_version + case when changed.after ? 'rule' then 1000000000 else 0 end,
      updated_at = now(),
      version = g.version + 1
    where g.site_id = p_site and g.id = p_id;
  exception when unique_violation then
    perform customers_private.refuse_group_exists(p_site, changed.after ->> 'name', null);
  end;
  perform customers_private.keep_group_change(
    p_site, p_operation, p_id, saved.version + 1, changed.before, changed.after);
  perform customers_private.end_change(p_site, p_operation, 0, 1, 0);
  return customers_private.group_saved(p_site, p_id, p_operation);
end
$$;

create function customers_private.group_deleted(p_site uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'members', (o.options ->> 'members')::integer,
    'receipt', customers_private.operation_receipt(p_site, p_operation))
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_operation
$$;

-- Its members stay customers; that each was in it stays in its history.
create function customers_private.delete_group(p_site uuid, p_operation uuid, p_id uuid, p_version integer) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  deleted public.mod_ecommod01_customer_groups;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'delete_group', jsonb_build_array(p_id, p_version)) then
    return customers_private.group_deleted(p_site, p_operation);
  end if;
  perform from public.mod_ecommod01_customer_groups g where g.site_id = p_site and g.id = p_id for update;
  deleted := customers_private.require_group(p_site, p_id);
  if p_version is null then
    perform customers_private.refuse('version', 'is missing');
  elsif deleted.version <> p_version then
    perform customers_private.refuse_stale_group(deleted, p_version);
  end if;

  insert into public.mod_ecommod01_customer_changes
    (site_id, operation_id, customer_id, subject, subject_id, before, after)
  select p_site, p_operation, m.customer_id, 'group', p_id, jsonb_build_object('name', deleted.name), '{}'::jsonb
  from public.mod_ecommod01_customer_group_members m
  where m.site_id = p_site and m.group_id = p_id
  union all
  select p_site, p_operation, x.customer_id, 'group', p_id,
    jsonb_build_object('name', deleted.name, 'byHand', 'release', 'before', 'remove'), '{}'::jsonb
  from public.mod_ecommod01_customer_group_exclusions x
  where x.site_id = p_site and x.group_id = p_id;
  delete from public.mod_ecommod01_customer_groups g where g.site_id = p_site and g.id = p_id;

  perform customers_private.keep_group_change(
    p_site, p_operation, p_id, deleted.version + 1, customers_private.group_fields(deleted), '{}');
  update public.mod_ecommod01_customer_operations o
  set options = o.options || jsonb_build_object('members', deleted.member_count)
  where o.site_id = p_site and o.id = p_operation;
  perform customers_private.end_change(p_site, p_operation, 0, 1, 0);
  return customers_private.group_deleted(p_site, p_operation);
end
$$;

-- The same group again, with everybody whom people put in or kept out, as far as they are there.
create function customers_private.undo_delete_group(
  p_site uuid, p_undone uuid, p_operation uuid, out changed integer, out unchanged integer, out failures jsonb
)
language plpgsql volatile
set search_path = ''
as $$
declare
  done constant jsonb := (
    select o.options from public.mod_ecommod01_customer_operations o where o.site_id = p_site and o.id = p_undone);
  deleted public.mod_ecommod01_customer_groups := jsonb_populate_record(
    null::public.mod_ecommod01_customer_groups, jsonb_strip_nulls(done -> 'before'));
begin
  changed := 0;
  unchanged := 0;
  failures := '[]';
  perform from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id in (
    select g.customer_id from public.mod_ecommod01_customer_changes g
    where g.site_id = p_site and g.operation_id = p_undone
  )
  order by c.id
  for no key update;
  insert into public.mod_ecommod01_customer_groups
    (site_id, id, name, description, color, discount_percentage, rule, version)
  values (p_site, (done ->> 'saved_group')::uuid, deleted.name, deleted.description, deleted.color,
    deleted.discount_percentage, deleted.rule, (done ->> 'version')::integer + 1)
  on conflict do nothing;
  if not found then
    failures := jsonb_build_array(jsonb_build_object(
      'id', done -> 'saved_group', 'field', 'name', 'code', 'exists',
      'message', 'Another group has this name by now.', 'outcome', 'failed'));
    return;
  end if;
  changed := 1;
  with kept as (
    insert into public.mod_ecommod01_customer_changes
      (site_id, operation_id, customer_id, subject, subject_id, before, after)
    select p_site, p_operation, g.customer_id, 'group', g.subject_id, '{}', g.before
    from public.mod_ecommod01_customer_changes g
    join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = g.customer_id and c.merged_into is null
    where g.site_id = p_site and g.operation_id = p_undone
    returning customer_id, subject_id, after
  ), kept_out as (
    insert into public.mod_ecommod01_customer_group_exclusions (site_id, customer_id, group_id)
    select p_site, k.customer_id, k.subject_id from kept k where k.after ->> 'before' = 'remove'
  )
  insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
  select p_site, k.customer_id, k.subject_id from kept k where k.after ->> 'before' is distinct from 'remove';
end
$$;

create function public.mod_ecommod01_get_group(p_site uuid, p_id uuid) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.get_group(p_site, p_id) $$;

create function public.mod_ecommod01_save_group(
  p_site uuid, p_operation uuid, p_id uuid, p_fields json, p_version integer default null
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.save_group(p_site, p_operation, p_id, p_version, p_fields) $$;

create function public.mod_ecommod01_delete_group(p_site uuid, p_operation uuid, p_id uuid, p_version integer)
returns json
language sql volatile set search_path = '' set statement_timeout = '60s'
as $$ select customers_private.delete_group(p_site, p_operation, p_id, p_version) $$;

revoke execute on function
  customers_private.show_group, customers_private.show_group_detail, customers_private.require_group,
  customers_private.get_group, customers_private.read_group_fields, customers_private.group_fields,
  customers_private.keep_group_change, customers_private.refuse_stale_group, customers_private.refuse_group_exists,
  customers_private.group_saved, customers_private.save_group, customers_private.group_deleted,
  customers_private.delete_group, customers_private.undo_delete_group, public.mod_ecommod01_get_group,
  public.mod_ecommod01_save_group,
  public.mod_ecommod01_delete_group
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.get_group, public.mod_ecommod01_get_group
to authenticated, service_role;
grant execute on function
  customers_private.save_group, customers_private.delete_group,
  public.mod_ecommod01_save_group, public.mod_ecommod01_delete_group
to authenticated;
