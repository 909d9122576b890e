-- For the host's checkout: the customer of an order's e-mail, found or made. A guest's next order lands on the same
-- row, and a registered account with the same e-mail promotes it.

create function customers_private.checkout_operation(
  p_site uuid, p_by_name text, p_created integer, p_changed integer
) returns uuid
language sql volatile
set search_path = ''
as $$
  insert into public.mod_ecommod01_customer_operations
    (site_id, id, kind, status, asked, request_hash, started_by, started_by_name, finished_at, created, changed)
  values (p_site, customers_private.uuid_v7(), 'checkout', 'finished', 1, '', auth.uid(), p_by_name, now(), p_created,
    p_changed)
  returning id
$$;

create function customers_private.checkout_customer(
  p_site uuid, p_by_name text, p_email text, p_fields json, p_user uuid
) returns json
language plpgsql volatile
set search_path = ''
as $$
declare
  asked record := customers_private.read_customer_fields(p_fields);
  f jsonb := asked.fields - array['status', 'email'];
  wanted_email constant text := lower(btrim(p_email, E' \t\n\r\u00a0') collate "C");
  customer public.mod_ecommod01_customers;
  operation uuid;
  promotes boolean;
begin
  perform customers_private.refuse_fields(asked.errors);
  if wanted_email is null or not customers_private.is_email(wanted_email) then
    perform customers_private.refuse('email', 'is not a valid address');
  elsif char_length(wanted_email) > 255 then
    perform customers_private.refuse('email', format('has %s characters; at most 255 fit', char_length(wanted_email)));
  end if;

  loop
    select c.* into customer
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.email_key = wanted_email and c.deleted_at is null;
    if not found then
      -- The e-mail of a merged customer still leads to the one that remains.
      select r.* into customer
      from public.mod_ecommod01_customers c
      join public.mod_ecommod01_customers r
        on r.site_id = p_site and r.id = customers_private.remaining_customer(p_site, c.id)
      where c.site_id = p_site and c.email_key = wanted_email and c.deleted_at is not null
        and c.merged_into is not null
      order by c.deleted_at desc
      limit 1;
    end if;

    if found then
      promotes := p_user is not null and customer.user_id is null;
      if promotes then
        select c.* into customer
        from public.mod_ecommod01_customers c
        where c.site_id = p_site and c.id = customer.id and c.deleted_at is null
        for no key update;
        -- Deleted or merged just now: looked for again.
        continue when not found;
        promotes := customer.user_id is null;
      end if;
      if promotes then
        operation := customers_private.checkout_operation(p_site, p_by_name, 0, 1);
        update public.mod_ecommod01_customers c
        set user_id = p_user, status = case when c.status = 'guest' then 'active' else c.status end
        where c.site_id = p_site and c.id = customer.id;
        perform customers_private.keep_change(p_site, operation, customer.id, 'customer', null, customer.version + 1,
          jsonb_build_object('has_account', false)
            || case when customer.is_guest then '{"status": "guest"}' else '{}' end::jsonb,
          jsonb_build_object('has_account', true)
            || case when customer.is_guest then '{"status": "active"}' else '{}' end::jsonb);
      end if;
      return json_build_object(
        'id', customer.id, 'created', false, 'promoted', promotes and customer.is_guest,
        'status', case when promotes and customer.is_guest then 'active' else customer.status end);
    end if;

    operation := customers_private.checkout_operation(p_site, p_by_name, 1, 0);
    insert into public.mod_ecommod01_customers as c
      (site_id, user_id, first_name, last_name, email, phone, avatar_url, status, accepts_marketing, tags, metadata,
       created_by_operation)
    values (
      p_site, p_user, coalesce(f ->> 'first_name', ''), coalesce(f ->> 'last_name', ''), wanted_email, f ->> 'phone',
      f ->> 'avatar_url', case when p_user is null then 'guest' else 'active' end,
      coalesce((f ->> 'accepts_marketing')::boolean, false), array(select jsonb_array_elements_text(f -> 'tags')),
      coalesce(f -> 'metadata', '{}'), operation)
    on conflict (site_id, email_key) where deleted_at is null do nothing
    returning c.* into customer;
    if found then
      return json_build_object('id', customer.id, 'created', true, 'promoted', false, 'status', customer.status);
    end if;
    -- Another order of the same person was quicker.
    delete from public.mod_ecommod01_customer_operations o where o.site_id = p_site and o.id = operation;
  end loop;
end
$$;

create function customers_private.find_or_create_customer(p_site uuid, p_email text, p_fields json, p_user uuid)
returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  caller record;
begin
  select r.display_name into caller from customers_private.require_role(p_site, 'editor') r;
  -- An editor could give any customer's account to any login, and learn which logins there are.
  if p_user is not null then
    raise exception 'Only the host''s own server says whose login a customer is.'
      using errcode = 'PT403', hint = 'Call it with the service key, or without p_user.';
  end if;
  return customers_private.checkout_customer(p_site, caller.display_name, p_email, p_fields, p_user);
end
$$;

-- The same for the host's own server, which is no member of the site.
create function customers_private.find_or_create_customer_for_host(
  p_site uuid, p_email text, p_fields json, p_user uuid
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
begin
  if not exists (select from public.sites s where s.id = p_site) then
    raise exception 'There is no such site.' using errcode = 'PT404';
  end if;
  return customers_private.checkout_customer(p_site, 'Checkout', p_email, p_fields, p_user);
end
$$;

create function public.mod_ecommod01_find_or_create_customer(
  p_site uuid, p_email text, p_fields json default '{}', p_user uuid default null
) returns json
language plpgsql volatile set search_path = '' set statement_timeout = '8s'
as $$
begin
  if current_user = 'service_role' then
    return customers_private.find_or_create_customer_for_host(p_site, p_email, p_fields, p_user);
  end if;
  return customers_private.find_or_create_customer(p_site, p_email, p_fields, p_user);
end
$$;

revoke execute on function
  customers_private.checkout_operation, customers_private.checkout_customer,
  customers_private.find_or_create_customer, customers_private.find_or_create_customer_for_host,
  public.mod_ecommod01_find_or_create_customer
from public, anon, authenticated, service_role;
grant execute on function customers_private.find_or_create_customer to authenticated;
grant execute on function customers_private.find_or_create_customer_for_host to service_role;
grant execute on function public.mod_ecommod01_find_or_create_customer to authenticated, service_role;
