-- The address book of a customer. Everything is written under the lock on the customer, so that two editors never
-- make two defaults.

create function customers_private.read_address_fields(p_fields json, out fields jsonb, out errors jsonb)
language plpgsql immutable
set search_path = ''
as $$
declare
  asked constant jsonb := customers_private.read_object('fields', p_fields);
  widths constant jsonb := '{"label": 50, "first_name": 100, "last_name": 100, "company": 255, "address_line_1": 255,
    "address_line_2": 255, "city": 100, "state": 100, "postal_code": 20, "phone": 50}';
  field text;
  value jsonb;
  error text;
begin
  fields := '{}';
  errors := '{}';
  for field, value in select f.key, f.value from jsonb_each(asked) f loop
    error := null;
    if field in ('is_default_billing', 'is_default_shipping') then
      error := case when jsonb_typeof(value) <> 'boolean' then 'must be true or false' end;
    elsif field = 'country' then
      value := to_jsonb(upper(btrim(value #>> '{}')));
      error := case when customers_private.is_country(value #>> '{}') is not true
        then 'must be a country''s two letters (ISO 3166-1)' end;
    elsif not widths ? field then
      error := 'cannot be edited';
    else
      if field in ('company', 'address_line_2', 'phone') and btrim(value #>> '{}') = '' then
        value := 'null';
      end if;
      if value <> 'null' or field not in ('company', 'address_line_2', 'phone') then
        error := customers_private.text_error(value, (widths ->> field)::integer);
      end if;
      if error is null and field in ('label', 'address_line_1', 'city') and btrim(value #>> '{}') = '' then
        error := 'is missing';
      end if;
    end if;
    if error is null then
      fields := fields || jsonb_build_object(field, value);
    else
      errors := errors || jsonb_build_object(field, error);
    end if;
  end loop;
end
$$;

create function customers_private.address_fields(p_address public.mod_ecommod01_customer_addresses) returns jsonb
language sql immutable
set search_path = ''
as $$ select to_jsonb(p_address) - array['site_id', 'customer_id', 'id', 'version', 'updated_at'] $$;

create function customers_private.list_addresses(p_site uuid, p_customer uuid) returns json
language sql stable
set search_path = ''
as $$
  select coalesce(json_agg(customers_private.show_address(a)
    order by a.is_default_billing desc, a.is_default_shipping desc, a.created_at desc, a.id desc), '[]')
  from public.mod_ecommod01_customer_addresses a
  where a.site_id = p_site and a.customer_id = p_customer
$$;

create function customers_private.addresses_saved(p_site uuid, p_customer uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'customer', customers_private.show_customer(c),
    'addresses', customers_private.list_addresses(p_site, p_customer),
    'receipt', customers_private.operation_receipt(p_site, p_operation))
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_customer
$$;

-- The address in the version that was read, or the reason why not.
create function customers_private.require_address(p_site uuid, p_customer uuid, p_id uuid, p_version integer)
returns public.mod_ecommod01_customer_addresses
language plpgsql stable
set search_path = ''
as $$
declare
  address public.mod_ecommod01_customer_addresses;
begin
  select a.* into address
  from public.mod_ecommod01_customer_addresses a
  where a.site_id = p_site and a.customer_id = p_customer and a.id = p_id;
  if not found then
    raise sqlstate 'PT404' using message = 'There is no such address.', detail = '{"reason": "unknown"}';
  elsif address.version is distinct from p_version then
    perform customers_private.refuse_stale(
      p_site, p_customer, 'address', p_id, p_version, customers_private.show_address(address));
  end if;
  return address;
end
$$;

-- What one address takes over as a default, another gives up.
create function customers_private.give_up_defaults(
  p_site uuid, p_operation uuid, p_customer uuid, p_but_for uuid, p_billing boolean, p_shipping boolean
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  address public.mod_ecommod01_customer_addresses;
  change record;
begin
  for address in
    select a.*
    from public.mod_ecommod01_customer_addresses a
    where a.site_id = p_site and a.customer_id = p_customer and a.id <> p_but_for
      and ((p_billing and a.is_default_billing) or (p_shipping and a.is_default_shipping))
  loop
    update public.mod_ecommod01_customer_addresses a
    set is_default_billing = a.is_default_billing and not p_billing,
      is_default_shipping = a.is_default_shipping and not p_shipping, version = a.version + 1, updated_at = now()
    where a.site_id = p_site and a.id = address.id;
    change := customers_private.difference(customers_private.address_fields(address), jsonb_build_object(
      'is_default_billing', address.is_default_billing and not p_billing,
      'is_default_shipping', address.is_default_shipping and not p_shipping));
    perform customers_private.keep_change(
      p_site, p_operation, p_customer, 'address', address.id, address.version + 1, change.before, change.after);
  end loop;
end
$$;

-- Without a version the address is new. A customer's first address is the default for both, unless said otherwise.
create function customers_private.save_address(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_version integer, p_fields json
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  is_new constant boolean := p_version is null;
  asked record;
  f jsonb;
  errors jsonb;
  old public.mod_ecommod01_customer_addresses;
  saved public.mod_ecommod01_customer_addresses;
  change record;
begin
  if not customers_private.begin_change(p_site, p_operation, case when is_new then 'add_address' else 'update_address' end,
    jsonb_build_array(p_customer, p_id, p_version, p_fields::text)) then
    return customers_private.addresses_saved(p_site, p_customer, p_operation);
  end if;
  asked := customers_private.read_address_fields(p_fields);
  errors := asked.errors;
  if is_new then
    select errors || coalesce(jsonb_object_agg(n.name, 'is missing'), '{}') into errors
    from unnest(array['address_line_1', 'city', 'country']) n (name)
    where not (asked.fields ? n.name or asked.errors ? n.name);
    if p_id is null then
      errors := errors || '{"id": "is missing"}';
    end if;
  end if;
  perform customers_private.refuse_fields(errors);
  perform customers_private.lock_customer(p_site, p_customer);

  if is_new then
    select jsonb_build_object(
      'label', 'Home', 'first_name', '', 'last_name', '', 'state', '', 'postal_code', '',
      'is_default_billing', count(*) = 0, 'is_default_shipping', count(*) = 0) || asked.fields into f
    from public.mod_ecommod01_customer_addresses a
    where a.site_id = p_site and a.customer_id = p_customer;
    select jsonb '{}' as before, f as after into change;
  else
    old := customers_private.require_address(p_site, p_customer, p_id, p_version);
    change := customers_private.difference(customers_private.address_fields(old), asked.fields);
    f := change.after;
    if f = '{}' then
      perform customers_private.end_change(p_site, p_operation, 0, 0, 1);
      return customers_private.addresses_saved(p_site, p_customer, p_operation);
    end if;
  end if;
  perform customers_private.give_up_defaults(p_site, p_operation, p_customer, p_id,
    coalesce((f ->> 'is_default_billing')::boolean, false), coalesce((f ->> 'is_default_shipping')::boolean, false));

  if is_new then
    insert into public.mod_ecommod01_customer_addresses
      (site_id, id, customer_id, label, is_default_billing, is_default_shipping, first_name, last_name, company,
       address_line_1, address_line_2, city, state, postal_code, country, phone)
    values (
      p_site, p_id, p_customer, f ->> 'label', (f ->> 'is_default_billing')::boolean,
      (f ->> 'is_default_shipping')::boolean, f ->> 'first_name', f ->> 'last_name', f ->> 'company',
      f ->> 'address_line_1', f ->> 'address_line_2', f ->> 'city', f ->> 'state', f ->> 'postal_code',
      f ->> 'country', f ->> 'phone')
    on conflict do nothing
    returning * into saved;
    if saved.id is null then
      raise exception 'Another address has this id.'
        using errcode = 'PT409', detail = '{"reason": "id"}', hint = 'Make a new uuid for each address.';
    end if;
  else
    update public.mod_ecommod01_customer_addresses a
    set label = coalesce(f ->> 'label', a.label),
      is_default_billing = coalesce((f ->> 'is_default_billing')::boolean, a.is_default_billing),
      is_default_shipping = coalesce((f ->> 'is_default_shipping')::boolean, a.is_default_shipping),
      first_name = coalesce(f ->> 'first_name', a.first_name),
      last_name = coalesce(f ->> 'last_name', a.last_name),
      company = case when f ? 'company' then f ->> 'company' else a.company end,
      address_line_1 = coalesce(f ->> 'address_line_1', a.address_line_1),
      address_line_2 = case when f ? 'address_line_2' then f ->> 'address_line_2' else a.address_line_2 end,
      city = coalesce(f ->> 'city', a.city),
      state = coalesce(f ->> 'state', a.state),
      postal_code = coalesce(f ->> 'postal_code', a.postal_code),
      country = coalesce(f ->> 'country', a.country),
      phone = case when f ? 'phone' then f ->> 'phone' else a.phone end,
      version = a.version + 1, updated_at = now()
    where a.site_id = p_site and a.id = p_id
    returning * into saved;
  end if;
  perform customers_private.keep_change(
    p_site, p_operation, p_customer, 'address', p_id, saved.version, change.before, change.after);
  perform customers_private.end_change(p_site, p_operation, is_new::integer, (not is_new)::integer, 0);
  return customers_private.addresses_saved(p_site, p_customer, p_operation);
end
$$;

create function customers_private.delete_address(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_version integer
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  address public.mod_ecommod01_customer_addresses;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'delete_address', jsonb_build_array(p_customer, p_id, p_version)) then
    return customers_private.addresses_saved(p_site, p_customer, p_operation);
  end if;
  perform customers_private.lock_customer(p_site, p_customer);
  address := customers_private.require_address(p_site, p_customer, p_id, p_version);
  delete from public.mod_ecommod01_customer_addresses a where a.site_id = p_site and a.id = p_id;
  perform customers_private.keep_change(p_site, p_operation, p_customer, 'address', p_id, address.version,
    customers_private.address_fields(address), '{}');
  perform customers_private.end_change(p_site, p_operation, 0, 1, 0);
  return customers_private.addresses_saved(p_site, p_customer, p_operation);
end
$$;

create function public.mod_ecommod01_save_address(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_fields json, p_version integer default null
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.save_address(p_site, p_operation, p_customer, p_id, p_version, p_fields) $$;

create function public.mod_ecommod01_delete_address(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_version integer
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.delete_address(p_site, p_operation, p_customer, p_id, p_version) $$;

revoke execute on function
  customers_private.read_address_fields, customers_private.address_fields, customers_private.list_addresses,
  customers_private.addresses_saved, customers_private.require_address, customers_private.give_up_defaults,
  customers_private.save_address, customers_private.delete_address,
  public.mod_ecommod01_save_address, public.mod_ecommod01_delete_address
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.save_address, customers_private.delete_address,
  public.mod_ecommod01_save_address, public.mod_ecommod01_delete_address
to authenticated;
