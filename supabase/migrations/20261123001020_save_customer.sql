-- A customer is made and edited by a person: the fields that may be edited, each checked, and no others.

-- Checked and cleaned fields; an error for each that is wrong, by its name.
create function customers_private.read_customer_fields(p_fields json, out fields jsonb, out errors jsonb)
language plpgsql immutable
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
  for field, value in select f.key, f.value from jsonb_each(asked) f loop
    error := null;
    case field
      when 'first_name', 'last_name' then
        error := customers_private.text_error(value, 100);
      when 'email' then
        value := to_jsonb(lower(btrim(value #>> '{}', E' \t\n\r\u00a0') collate "C"));
        error := case
          when value is null or value = '""' then 'is missing'
          else coalesce(
            customers_private.text_error(value, 255),
            case when not customers_private.is_email(value #>> '{}') then 'is not a valid address' end)
        end;
      when 'phone', 'avatar_url' then
        value := case when jsonb_typeof(value) = 'string' then coalesce(to_jsonb(nullif(btrim(value #>> '{}'), '')), 'null')
          else value end;
        if value <> 'null' then
          error := customers_private.text_error(value, case field when 'phone' then 50 else 2048 end);
          if error is null and field = 'avatar_url' and value #>> '{}' !~ '^https?://' then
            error := 'must begin with http:// or https://';
          end if;
        end if;
      when 'status' then
        error := case when value not in ('"active"', '"inactive"') then 'must be active or inactive' end;
      when 'accepts_marketing' then
        error := case when jsonb_typeof(value) <> 'boolean' then 'must be true or false' end;
      when 'metadata' then
        error := case when jsonb_typeof(value) <> 'object' then 'must be an object' end;
      when 'tags' then
        error := customers_private.tags_error(value);
        if error is null then
          value := customers_private.clean_tags(value);
        end if;
      else
        error := 'cannot be edited';
    end case;
    if error is null then
      fields := fields || jsonb_build_object(field, value);
    else
      errors := errors || jsonb_build_object(field, error);
    end if;
  end loop;
end
$$;

create function customers_private.tags_error(p_tags jsonb) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  if jsonb_typeof(p_tags) <> 'array' then
    return 'must be a list of texts';
  end if;
  return (
    select customers_private.text_error(t.tag, 255)
    from jsonb_array_elements(p_tags) t (tag)
    where customers_private.text_error(t.tag, 255) is not null
    limit 1
  );
end
$$;

-- Without surrounding blanks, empty ones and repetitions, in the order given.
create function customers_private.clean_tags(p_tags jsonb) returns jsonb
language sql immutable
set search_path = ''
as $$
  select coalesce(jsonb_agg(d.tag order by d.n), '[]')
  from (
    select btrim(t.tag) as tag, min(t.n) as n
    from jsonb_array_elements_text(p_tags) with ordinality t (tag, n)
    where btrim(t.tag) <> ''
    group by 1
  ) d
$$;

create function customers_private.editable_fields(p_customer public.mod_ecommod01_customers) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'first_name', p_customer.first_name, 'last_name', p_customer.last_name, 'email', p_customer.email,
    'phone', p_customer.phone, 'avatar_url', p_customer.avatar_url, 'status', p_customer.status,
    'accepts_marketing', p_customer.accepts_marketing, 'tags', p_customer.tags, 'metadata', p_customer.metadata,
    'email_verified', p_customer.email_verified)
$$;

-- Raises PT409 where an e-mail leads to somebody else: to whom, is in `current`. A deleted customer stands in the way
-- only of who doesn't want it anew.
create function customers_private.refuse_taken(p_site uuid, p_email text, p_but_for uuid, p_deleted boolean) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  holder public.mod_ecommod01_customers;
  reason text;
begin
  select c.* into holder
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.email_key = p_email and c.deleted_at is null and c.id is distinct from p_but_for;
  if found then
    reason := 'exists';
  else
    select r.* into holder
    from public.mod_ecommod01_customers c
    join public.mod_ecommod01_customers r
      on r.site_id = p_site and r.id = customers_private.remaining_customer(p_site, c.id)
    where c.site_id = p_site and c.email_key = p_email and c.deleted_at is not null and c.merged_into is not null
      and r.id is distinct from p_but_for
    order by c.deleted_at desc
    limit 1;
    if found then
      reason := 'merged';
    elsif p_deleted then
      select c.* into holder
      from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.email_key = p_email and c.merged_into is null
        and c.deleted_at > now() - interval '30 days'
      order by c.deleted_at desc
      limit 1;
      if found then
        reason := 'deleted';
      end if;
    end if;
  end if;
  if reason is null then
    return;
  end if;
  raise sqlstate 'PT409' using
    message = case reason
      when 'exists' then 'There is a customer with this e-mail.'
      when 'merged' then 'The customer with this e-mail was merged into another one.'
      else 'The customer with this e-mail was deleted, and can be restored.'
    end,
    detail = json_build_object(
      'reason', reason, 'deletedAt', holder.deleted_at, 'current', customers_private.show_customer(holder))::text;
end
$$;

create function customers_private.customer_saved(p_site uuid, p_id uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'customer', (
      select customers_private.show_customer(c)
      from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.id = p_id
    ),
    'receipt', customers_private.operation_receipt(p_site, p_operation))
$$;

create function customers_private.create_customer(
  p_site uuid, p_operation uuid, p_id uuid, p_fields json, p_anew boolean
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  asked record;
  f jsonb;
  errors jsonb;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'create', jsonb_build_array(p_id, p_fields::text, p_anew)) then
    return customers_private.customer_saved(p_site, p_id, p_operation);
  end if;
  asked := customers_private.read_customer_fields(p_fields);
  f := asked.fields;
  errors := asked.errors;
  if p_id is null then
    errors := errors || '{"id": "is missing"}';
  end if;
  if not (f ? 'email' or errors ? 'email') then
    errors := errors || '{"email": "is missing"}';
  end if;
  if not (errors ? 'first_name' or errors ? 'last_name')
    and btrim(concat(f ->> 'first_name', f ->> 'last_name')) = '' then
    errors := errors || '{"first_name": "or a last name is needed"}';
  end if;
  perform customers_private.refuse_fields(errors);
  perform customers_private.refuse_taken(p_site, f ->> 'email', null, not coalesce(p_anew, false));

  insert into public.mod_ecommod01_customers
    (site_id, id, first_name, last_name, email, phone, avatar_url, status, accepts_marketing, tags, metadata,
     created_by_operation)
  values (
    p_site, p_id, coalesce(f ->> 'first_name', ''), coalesce(f ->> 'last_name', ''), f ->> 'email', f ->> 'phone',
    f ->> 'avatar_url', coalesce(f ->> 'status', 'active'), coalesce((f ->> 'accepts_marketing')::boolean, false),
    array(select jsonb_array_elements_text(f -> 'tags')), coalesce(f -> 'metadata', '{}'), p_operation)
  on conflict do nothing;
  if not found then
    -- Somebody was quicker by the blink of an eye.
    perform customers_private.refuse_taken(p_site, f ->> 'email', null, false);
    raise exception 'Another customer has this id.'
      using errcode = 'PT409', detail = '{"reason": "id"}', hint = 'Make a new uuid for each customer.';
  end if;
  perform customers_private.end_change(p_site, p_operation, 1, 0, 0);
  return customers_private.customer_saved(p_site, p_id, p_operation);
end
$$;

-- Writes checked fields of a locked customer, and keeps what that changed; answers whether it changed anything.
create function customers_private.write_customer_fields(
  p_customer public.mod_ecommod01_customers, p_operation uuid, p_fields jsonb
) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  old constant jsonb := customers_private.editable_fields(p_customer);
  change record;
  f jsonb := p_fields;
  next_version integer;
begin
  -- An address that nobody has answered from yet.
  if f ->> 'email' <> p_customer.email_key and p_customer.email_verified then
    f := f || '{"email_verified": false}';
  end if;
  change := customers_private.difference(old, f);
  if change.after = '{}' then
    return false;
  end if;
  begin
    update public.mod_ecommod01_customers c
    set first_name = coalesce(f ->> 'first_name', c.first_name),
      last_name = coalesce(f ->> 'last_name', c.last_name),
      email = coalesce(f ->> 'email', c.email),
      email_verified = coalesce((f ->> 'email_verified')::boolean, c.email_verified),
      phone = case when f ? 'phone' then f ->> 'phone' else c.phone end,
      avatar_url = case when f ? 'avatar_url' then f ->> 'avatar_url' else c.avatar_url end,
      status = coalesce(f ->> 'status', c.status),
      accepts_marketing = coalesce((f ->> 'accepts_marketing')::boolean, c.accepts_marketing),
      tags = case when f ? 'tags' then array(select jsonb_array_elements_text(f -> 'tags')) else c.tags end,
      metadata = coalesce(f -> 'metadata', c.metadata)
    where c.site_id = p_customer.site_id and c.id = p_customer.id
    returning c.version into next_version;
  exception when unique_violation then
    perform customers_private.refuse_taken(p_customer.site_id, f ->> 'email', p_customer.id, false);
    raise;
  end;
  perform customers_private.keep_change(
    p_customer.site_id, p_operation, p_customer.id, 'customer', null, next_version, change.before, change.after);
  return true;
end
$$;

create function customers_private.update_customer(
  p_site uuid, p_operation uuid, p_id uuid, p_version integer, p_fields json
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  asked record;
  customer public.mod_ecommod01_customers;
  changed boolean;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'update', jsonb_build_array(p_id, p_version, p_fields::text)) then
    return customers_private.customer_saved(p_site, p_id, p_operation);
  end if;
  asked := customers_private.read_customer_fields(p_fields);
  perform customers_private.refuse_fields(asked.errors);
  customer := customers_private.lock_customer(p_site, p_id);
  if customer.version is distinct from p_version then
    perform customers_private.refuse_stale(
      p_site, p_id, 'customer', null, p_version, customers_private.show_customer(customer));
  end if;
  if asked.fields ? 'status' and customer.is_guest then
    perform customers_private.refuse('status', 'of a guest is changed by turning it into a registered customer');
  end if;
  if (asked.fields ? 'first_name' or asked.fields ? 'last_name') and btrim(concat(
    coalesce(asked.fields ->> 'first_name', customer.first_name),
    coalesce(asked.fields ->> 'last_name', customer.last_name))) = '' then
    perform customers_private.refuse('first_name', 'or a last name is needed');
  end if;
  if asked.fields ->> 'email' <> customer.email_key then
    perform customers_private.refuse_taken(p_site, asked.fields ->> 'email', p_id, false);
  end if;

  changed := customers_private.write_customer_fields(customer, p_operation, asked.fields);
  perform customers_private.end_change(p_site, p_operation, 0, changed::integer, (not changed)::integer);
  return customers_private.customer_saved(p_site, p_id, p_operation);
end
$$;

-- A guest becomes a registered customer; anybody else stays as he or she is.
create function customers_private.promote_guest(p_site uuid, p_operation uuid, p_id uuid) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  customer public.mod_ecommod01_customers;
  changed boolean := false;
begin
  if not customers_private.begin_change(p_site, p_operation, 'promote', jsonb_build_array(p_id)) then
    return customers_private.customer_saved(p_site, p_id, p_operation);
  end if;
  customer := customers_private.lock_customer(p_site, p_id);
  if customer.is_guest then
    changed := customers_private.write_customer_fields(customer, p_operation, '{"status": "active"}');
  end if;
  perform customers_private.end_change(p_site, p_operation, 0, changed::integer, (not changed)::integer);
  return customers_private.customer_saved(p_site, p_id, p_operation);
end
$$;

-- Adds and takes away tags in place: without a version, since two people who do it lose nothing.
create function customers_private.change_tags(
  p_site uuid, p_operation uuid, p_id uuid, p_add text[], p_remove text[]
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  customer public.mod_ecommod01_customers;
  error text;
  changed boolean;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'change_tags', jsonb_build_array(p_id, p_add, p_remove)) then
    return customers_private.customer_saved(p_site, p_id, p_operation);
  end if;
  error := customers_private.tags_error(coalesce(to_jsonb(p_add), '[]'));
  if error is not null then
    perform customers_private.refuse('add', error);
  end if;
  customer := customers_private.lock_customer(p_site, p_id);
  changed := customers_private.write_customer_fields(customer, p_operation, jsonb_build_object(
    'tags', customers_private.clean_tags(to_jsonb(array(
      select t.tag from unnest(customer.tags) with ordinality t (tag, n)
      where t.tag <> all (coalesce(p_remove, '{}')) order by t.n
    ) || coalesce(p_add, '{}')))));
  perform customers_private.end_change(p_site, p_operation, 0, changed::integer, (not changed)::integer);
  return customers_private.customer_saved(p_site, p_id, p_operation);
end
$$;

create function public.mod_ecommod01_create_customer(
  p_site uuid, p_operation uuid, p_id uuid, p_fields json, p_anew boolean default false
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.create_customer(p_site, p_operation, p_id, p_fields, p_anew) $$;

create function public.mod_ecommod01_update_customer(
  p_site uuid, p_operation uuid, p_id uuid, p_version integer, p_fields json
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.update_customer(p_site, p_operation, p_id, p_version, p_fields) $$;

create function public.mod_ecommod01_promote_guest(p_site uuid, p_operation uuid, p_id uuid) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.promote_guest(p_site, p_operation, p_id) $$;

create function public.mod_ecommod01_change_tags(
  p_site uuid, p_operation uuid, p_id uuid, p_add text[] default '{}', p_remove text[] default '{}'
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.change_tags(p_site, p_operation, p_id, p_add, p_remove) $$;

revoke execute on function
  customers_private.read_customer_fields, customers_private.tags_error, customers_private.clean_tags,
  customers_private.editable_fields, customers_private.refuse_taken, customers_private.customer_saved,
  customers_private.create_customer, customers_private.write_customer_fields, customers_private.update_customer,
  customers_private.promote_guest, customers_private.change_tags,
  public.mod_ecommod01_create_customer, public.mod_ecommod01_update_customer,
  public.mod_ecommod01_promote_guest, public.mod_ecommod01_change_tags
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.create_customer, customers_private.update_customer, customers_private.promote_guest,
  customers_private.change_tags,
  public.mod_ecommod01_create_customer, public.mod_ecommod01_update_customer,
  public.mod_ecommod01_promote_guest, public.mod_ecommod01_change_tags
to authenticated;
