-- Deleting hides customers and frees their e-mails; within 30 days they can be restored.

create function customers_private.read_customer_ids(p_ids uuid[]) returns uuid[]
language plpgsql immutable
set search_path = ''
as $$
begin
  if p_ids is null or array_position(p_ids, null) is not null then
    perform customers_private.refuse('ids', 'are a list of ids');
  elsif cardinality(p_ids) > 1000 then
    perform customers_private.refuse('ids', 'are more than 1,000', 'Send at most 1,000 in an operation.');
  end if;
  return array(select distinct i.id from unnest(p_ids) i (id) order by i.id);
end
$$;

create function customers_private.customer_failure(p_id uuid, p_code text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_build_object('id', p_id, 'code', p_code, 'outcome', 'failed', 'message',
    case p_code
      when 'unknown' then 'There is no such customer.'
      when 'merged' then 'This customer was merged into another one.'
      when 'expired' then 'This customer was deleted more than 30 days ago.'
      when 'exists' then 'Another customer has this e-mail by now.'
    end)
$$;

create function customers_private.delete_customers(p_site uuid, p_operation uuid, p_ids uuid[]) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  asked uuid[];
  known uuid[];
  changed integer;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'delete', to_jsonb(p_ids), 'admin',
    (select count(distinct i.id)::integer from unnest(p_ids) i (id))) then
    return customers_private.operation_receipt(p_site, p_operation);
  end if;
  asked := customers_private.read_customer_ids(p_ids);
  known := array(
    select c.id from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.id = any (asked)
    order by c.id
    for no key update
  );
  with hidden as (
    update public.mod_ecommod01_customers c
    set deleted_at = now(), deleted_by = auth.uid()
    where c.site_id = p_site and c.id = any (known) and c.deleted_at is null
    returning c.id, c.version, c.deleted_at
  ), kept as (
    insert into public.mod_ecommod01_customer_changes
      (site_id, operation_id, customer_id, version, before, after)
    select p_site, p_operation, h.id, h.version, '{"deleted_at": null}',
      jsonb_build_object('deleted_at', h.deleted_at)
    from hidden h
    returning 1
  )
  select count(*)::integer into changed from kept;
  perform customers_private.end_change(p_site, p_operation, 0, changed, cardinality(known) - changed, (
    select coalesce(jsonb_agg(customers_private.customer_failure(a.id, 'unknown')), '[]')
    from unnest(asked) a (id)
    where a.id <> all (known)
  ));
  return customers_private.operation_receipt(p_site, p_operation);
end
$$;

create function customers_private.restore_customers(p_site uuid, p_operation uuid, p_ids uuid[]) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  customer_id uuid;
  customer public.mod_ecommod01_customers;
  next_version integer;
  changed integer := 0;
  unchanged integer := 0;
  failures jsonb := '[]';
  problem text;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'restore', to_jsonb(p_ids), 'admin',
    (select count(distinct i.id)::integer from unnest(p_ids) i (id))) then
    return customers_private.operation_receipt(p_site, p_operation);
  end if;
  foreach customer_id in array customers_private.read_customer_ids(p_ids) loop
    problem := null;
    select c.* into customer
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.id = customer_id
    for no key update;
    if not found then
      problem := 'unknown';
    elsif customer.deleted_at is null then
      unchanged := unchanged + 1;
      continue;
    elsif customer.merged_into is not null then
      problem := 'merged';
    elsif customer.deleted_at <= now() - interval '30 days' then
      problem := 'expired';
    else
      begin
        update public.mod_ecommod01_customers c
        set deleted_at = null, deleted_by = null
        where c.site_id = p_site and c.id = customer_id
        returning c.version into next_version;
        perform customers_private.keep_change(p_site, p_operation, customer_id, 'customer', null, next_version,
          jsonb_build_object('deleted_at', customer.deleted_at), '{"deleted_at": null}');
        changed := changed + 1;
      exception when unique_violation then
        problem := 'exists';
      end;
    end if;
    if problem is not null then
      failures := failures || customers_private.customer_failure(customer_id, problem);
    end if;
  end loop;
  perform customers_private.end_change(p_site, p_operation, 0, changed, unchanged, failures);
  return customers_private.operation_receipt(p_site, p_operation);
end
$$;

create function public.mod_ecommod01_delete_customers(p_site uuid, p_operation uuid, p_ids uuid[]) returns json
language sql volatile set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.delete_customers(p_site, p_operation, p_ids) $$;

create function public.mod_ecommod01_restore_customers(p_site uuid, p_operation uuid, p_ids uuid[]) returns json
language sql volatile set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.restore_customers(p_site, p_operation, p_ids) $$;

revoke execute on function
  customers_private.read_customer_ids, customers_private.customer_failure, customers_private.delete_customers,
  customers_private.restore_customers,
  public.mod_ecommod01_delete_customers, public.mod_ecommod01_restore_customers
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.delete_customers, customers_private.restore_customers,
  public.mod_ecommod01_delete_customers, public.mod_ecommod01_restore_customers
to authenticated;
