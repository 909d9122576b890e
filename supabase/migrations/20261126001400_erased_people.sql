-- Who was erased stays erased: what is kept to know it by, and every way back that has to ask first.

-- The site's own key of the hashes below. Random numbers of two uuids: pgcrypto isn't everywhere.
create table customers_private.site_secrets (
  site_id uuid primary key references public.sites (id) on delete cascade,
  secret bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
);

-- Keyed hashes of the e-mails of who was erased. Without the key nobody can try a list of addresses on them.
create table customers_private.erased_emails (
  site_id uuid not null references public.sites (id) on delete cascade,
  hash bytea not null,
  erased_at timestamptz not null default now(),
  primary key (site_id, hash)
);
alter table customers_private.site_secrets enable row level security;
alter table customers_private.erased_emails enable row level security;

-- An erased row is nobody's and stays so, whoever writes it: no restoring, merging or undoing brings anything back.
alter table public.mod_ecommod01_customers
  add column erased_at timestamptz,
  add constraint mod_ecommod01_customers_stays_erased check (
    erased_at is null or (
      deleted_at is not null and merged_into is null and user_id is null and first_name = '' and last_name = ''
      and email like '%@erased.invalid' and phone is null and avatar_url is null and not accepts_marketing
      and tags = '{}' and metadata = '{}' and last_seen_at is null
    )
  );

create function customers_private.email_hash(p_secret bytea, p_email text) returns bytea
language sql immutable parallel safe
set search_path = ''
as $$ select sha256(p_secret || sha256(p_secret || convert_to(p_email, 'UTF8'))) $$;

create function customers_private.was_erased(p_site uuid, p_email text) returns boolean
language sql stable
set search_path = ''
as $$
  select exists (
    select from customers_private.site_secrets s
    join customers_private.erased_emails e on e.site_id = s.site_id
      and e.hash = customers_private.email_hash(s.secret, p_email)
    where s.site_id = p_site
  )
$$;

-- Somebody is back by a person's decision, or by ordering.
create function customers_private.forget_erasure(p_site uuid, p_email text) returns void
language sql volatile
set search_path = ''
as $$
  delete from customers_private.erased_emails e
  using customers_private.site_secrets s
  where s.site_id = p_site and e.site_id = p_site and e.hash = customers_private.email_hash(s.secret, p_email)
$$;

-- As in 1000; of one who was erased it says so.
create or replace function customers_private.refuse_missing(p_site uuid, p_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  hidden record;
begin
  select c.deleted_at, c.merged_into, c.erased_at into hidden
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_id and c.deleted_at is not null;

  if not found then
    raise sqlstate 'PT404' using message = 'There is no such customer.', detail = '{"reason": "unknown"}';
  end if;
  raise sqlstate 'PT404' using
    message = case
      when hidden.erased_at is not null then 'The data of this customer were erased.'
      when hidden.merged_into is null then 'This customer was deleted.'
      else 'This customer was merged into another one.'
    end,
    detail = json_build_object(
      'reason', case
        when hidden.erased_at is not null then 'erased'
        when hidden.merged_into is null then 'deleted'
        else 'merged'
      end,
      'deletedAt', coalesce(hidden.erased_at, hidden.deleted_at),
      'mergedInto', customers_private.remaining_customer(p_site, p_id)
    )::text;
end
$$;

-- As in 1020. Who doesn't want it anew is asked about an erased person too.
create or replace function customers_private.refuse_taken(
  p_site uuid, p_email text, p_but_for uuid, p_deleted boolean
) returns void
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
      where c.site_id = p_site and c.email_key = p_email and c.merged_into is null and c.erased_at is null
        and c.deleted_at > now() - interval '30 days'
      order by c.deleted_at desc
      limit 1;
      if found then
        reason := 'deleted';
      end if;
    end if;
  end if;
  if reason is null then
    if p_deleted then
      perform customers_private.refuse_erased(p_site, p_email);
    end if;
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

create function customers_private.refuse_erased(p_site uuid, p_email text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if customers_private.was_erased(p_site, p_email) then
    raise sqlstate 'PT409' using
      message = 'The data of the person with this e-mail were erased.', detail = '{"reason": "erased"}',
      hint = 'Pass p_anew to bring the person back.';
  end if;
end
$$;

-- As in 1020; made anew, an erased person is one no longer.
create or replace function customers_private.create_customer(
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
  perform customers_private.forget_erasure(p_site, f ->> 'email');
  perform customers_private.end_change(p_site, p_operation, 1, 0, 0);
  return customers_private.customer_saved(p_site, p_id, p_operation);
end
$$;

-- Editing somebody into an erased person is asked about like making one: p_anew is new.
drop function public.mod_ecommod01_update_customer(uuid, uuid, uuid, integer, json);
drop function customers_private.update_customer(uuid, uuid, uuid, integer, json);

create function customers_private.update_customer(
  p_site uuid, p_operation uuid, p_id uuid, p_version integer, p_fields json, p_anew boolean
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
    if not coalesce(p_anew, false) then
      perform customers_private.refuse_erased(p_site, asked.fields ->> 'email');
    end if;
  end if;

  changed := customers_private.write_customer_fields(customer, p_operation, asked.fields);
  if asked.fields ->> 'email' <> customer.email_key then
    perform customers_private.forget_erasure(p_site, asked.fields ->> 'email');
  end if;
  perform customers_private.end_change(p_site, p_operation, 0, changed::integer, (not changed)::integer);
  return customers_private.customer_saved(p_site, p_id, p_operation);
end
$$;

create function public.mod_ecommod01_update_customer(
  p_site uuid, p_operation uuid, p_id uuid, p_version integer, p_fields json, p_anew boolean default false
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.update_customer(p_site, p_operation, p_id, p_version, p_fields, p_anew) $$;

-- As in 0910, and an import asks before it brings somebody back. Where nobody was erased it costs one look, else a
-- hash a record.
create or replace function customers_private.skipped_fresh(
  p_site uuid, p_policy text, p_records customers_private.import_record[]
) returns table (email text, failure jsonb)
language sql stable
set search_path = ''
as $$
  with known as materialized (
    select s.secret
    from customers_private.site_secrets s
    where s.site_id = p_site and exists (select from customers_private.erased_emails e where e.site_id = p_site)
  )
  select r.email, customers_private.import_failure(r.number, 'email', h.code,
    case h.code
      when 'merged_before' then 'The customer with this e-mail was merged into another one.'
      when 'deleted_before' then 'The customer with this e-mail was deleted; restore it instead of making it anew.'
      when 'erased_before' then 'The data of the person with this e-mail were erased; only a person may bring them back.'
      else 'There is no customer with this e-mail yet, and only existing ones are updated.'
    end,
    'skipped')
  from unnest(p_records) r
  left join known k on true
  cross join lateral (
    select coalesce(
      (select case when c.merged_into is not null then 'merged_before' else 'deleted_before' end
       from public.mod_ecommod01_customers c
       where c.site_id = p_site and c.email_key = r.email and c.deleted_at is not null and c.erased_at is null
       order by c.deleted_at desc
       limit 1),
      case when k.secret is not null and exists (
        select from customers_private.erased_emails e
        where e.site_id = p_site and e.hash = sha256(k.secret || sha256(k.secret || convert_to(r.email, 'UTF8')))
      ) then 'erased_before' end,
      case when p_policy = 'update' then 'unknown' end) as code
  ) h
  where h.code is not null
$$;

-- As in 1070. Who orders wants to be known to the shop: nobody is asked.
create or replace function customers_private.find_or_create_customer(
  p_site uuid, p_email text, p_fields json, p_user uuid
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  caller record;
  answer json;
begin
  select r.display_name into caller from customers_private.require_role(p_site, 'editor') r;
  -- An editor could give any customer's account to any login, and learn which logins there are.
  if p_user is not null then
    raise exception 'Only the host''s own server says whose login a customer is.'
      using errcode = 'PT403', hint = 'Call it with the service key, or without p_user.';
  end if;
  answer := customers_private.checkout_customer(p_site, caller.display_name, p_email, p_fields, p_user);
  perform customers_private.forget_ordered(p_site, p_email, answer);
  return answer;
end
$$;

create or replace function customers_private.find_or_create_customer_for_host(
  p_site uuid, p_email text, p_fields json, p_user uuid
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  answer json;
begin
  if not exists (select from public.sites s where s.id = p_site) then
    raise exception 'There is no such site.' using errcode = 'PT404';
  end if;
  answer := customers_private.checkout_customer(p_site, 'Checkout', p_email, p_fields, p_user);
  perform customers_private.forget_ordered(p_site, p_email, answer);
  return answer;
end
$$;

create function customers_private.forget_ordered(p_site uuid, p_email text, p_answer json) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if (p_answer ->> 'created')::boolean then
    perform customers_private.forget_erasure(p_site, lower(btrim(p_email, E' \t\n\r\u00a0') collate "C"));
  end if;
end
$$;

revoke execute on function
  customers_private.email_hash, customers_private.was_erased, customers_private.forget_erasure,
  customers_private.refuse_erased, customers_private.forget_ordered, customers_private.update_customer,
  public.mod_ecommod01_update_customer
from public, anon, authenticated, service_role;
grant execute on function customers_private.update_customer, public.mod_ecommod01_update_customer to authenticated;
