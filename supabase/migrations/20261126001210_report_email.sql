-- A mail that the host sent to a customer, for the timeline: its subject and when, never what it said.

-- The part of begin_change that comes after the role is known: the host itself has no role in a site.
create function customers_private.open_change(
  p_site uuid, p_operation uuid, p_kind text, p_request jsonb, p_asked integer, p_by_name text
) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  hash constant text := md5(p_kind || p_request::text);
  sent_before record;
begin
  if p_operation is null then
    perform customers_private.refuse('operation', 'is missing', 'Make a new uuid for each operation.');
  end if;
  insert into public.mod_ecommod01_customer_operations
    (site_id, id, kind, asked, request_hash, started_by, started_by_name)
  values (p_site, p_operation, p_kind, p_asked, hash, auth.uid(), p_by_name)
  on conflict (site_id, id) do nothing;
  if found then
    return true;
  end if;

  select o.request_hash, o.started_by into sent_before
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_operation;
  if (sent_before.request_hash, sent_before.started_by) is distinct from (hash, auth.uid()) then
    raise exception 'Another operation has this id.'
      using errcode = 'PT409', detail = '{"reason": "operation"}', hint = 'Make a new uuid for each operation.';
  end if;
  return false;
end
$$;

create or replace function customers_private.begin_change(
  p_site uuid, p_operation uuid, p_kind text, p_request jsonb, p_role text default 'editor', p_asked integer default 1
) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  caller record;
begin
  select r.display_name into caller from customers_private.require_role(p_site, p_role) r;
  return customers_private.open_change(p_site, p_operation, p_kind, p_request, p_asked, caller.display_name);
end
$$;

-- The mail to a merged customer belongs to the one that remains, whichever of them the host knows.
create function customers_private.keep_email(
  p_site uuid, p_operation uuid, p_customer uuid, p_subject text, p_sent_at timestamptz, p_by_name text
) returns json
language plpgsql volatile
set search_path = ''
as $$
declare
  error text;
  customer uuid := p_customer;
begin
  if not customers_private.open_change(
    p_site, p_operation, 'email', jsonb_build_array(p_customer, p_subject, p_sent_at), 1, p_by_name) then
    return customers_private.operation_receipt(p_site, p_operation);
  end if;
  error := case when btrim(coalesce(p_subject, '')) = '' then 'is missing'
    else customers_private.text_error(to_jsonb(p_subject), 255) end;
  if error is not null then
    perform customers_private.refuse('subject', error);
  end if;
  -- Under the lock, so that a merge takes the mail along; where one was quicker, its remaining customer is asked for.
  loop
    perform from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.id = customer and c.deleted_at is null
    for no key update;
    exit when found;
    customer := customers_private.remaining_customer(p_site, p_customer);
    if customer is null then
      perform customers_private.refuse_missing(p_site, p_customer);
    end if;
  end loop;
  insert into public.mod_ecommod01_customer_changes
    (site_id, operation_id, customer_id, subject, subject_id, before, after, changed_at)
  values (p_site, p_operation, customer, 'email', p_operation, '{}', jsonb_build_object('subject', p_subject),
    least(coalesce(p_sent_at, now()), now()));
  perform customers_private.end_change(p_site, p_operation, 1, 0, 0);
  return customers_private.operation_receipt(p_site, p_operation);
end
$$;

create function customers_private.report_email(
  p_site uuid, p_operation uuid, p_customer uuid, p_subject text, p_sent_at timestamptz
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  caller record;
begin
  select r.display_name into caller from customers_private.require_role(p_site, 'editor') r;
  return customers_private.keep_email(p_site, p_operation, p_customer, p_subject, p_sent_at, caller.display_name);
end
$$;

-- The same for the host's own server, which is no member of the site.
create function customers_private.report_email_for_host(
  p_site uuid, p_operation uuid, p_customer uuid, p_subject text, p_sent_at timestamptz
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
begin
  if not exists (select from public.sites s where s.id = p_site) then
    raise exception 'There is no such site.' using errcode = 'PT404';
  end if;
  return customers_private.keep_email(p_site, p_operation, p_customer, p_subject, p_sent_at, 'Shop');
end
$$;

create function public.mod_ecommod01_report_email(
  p_site uuid, p_operation uuid, p_customer uuid, p_subject text, p_sent_at timestamptz default null
) returns json
language plpgsql volatile set search_path = '' set statement_timeout = '8s'
as $$
begin
  if current_user = 'service_role' then
    return customers_private.report_email_for_host(p_site, p_operation, p_customer, p_subject, p_sent_at);
  end if;
  return customers_private.report_email(p_site, p_operation, p_customer, p_subject, p_sent_at);
end
$$;

revoke execute on function
  customers_private.open_change, customers_private.keep_email, customers_private.report_email,
  customers_private.report_email_for_host, public.mod_ecommod01_report_email
from public, anon, authenticated, service_role;
grant execute on function customers_private.report_email to authenticated;
grant execute on function customers_private.report_email_for_host to service_role;
grant execute on function public.mod_ecommod01_report_email to authenticated, service_role;
