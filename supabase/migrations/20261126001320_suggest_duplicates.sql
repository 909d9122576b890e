-- Who might be the same person, each with the reasons; and who is known not to be.

create table public.mod_ecommod01_customer_distinct_pairs (
  site_id uuid not null,
  customer_id uuid not null,
  other_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (site_id, customer_id, other_id),
  foreign key (site_id, customer_id) references public.mod_ecommod01_customers (site_id, id) on delete cascade,
  foreign key (site_id, other_id) references public.mod_ecommod01_customers (site_id, id) on delete cascade,
  -- A pair once, whoever of the two it was said of.
  constraint mod_ecommod01_customer_distinct_pairs_ordered check (customer_id < other_id)
);
create index mod_ecommod01_customer_distinct_pairs_other
  on public.mod_ecommod01_customer_distinct_pairs (site_id, other_id);

alter table public.mod_ecommod01_customer_distinct_pairs enable row level security;
revoke all on table public.mod_ecommod01_customer_distinct_pairs from public, anon, authenticated, service_role;
grant select on table public.mod_ecommod01_customer_distinct_pairs to authenticated;
grant select, insert, update, delete on table public.mod_ecommod01_customer_distinct_pairs to service_role;
create policy members_read on public.mod_ecommod01_customer_distinct_pairs for select to authenticated
  using (site_id = any ((select customers_private.my_site_ids())::uuid[]));

-- Without the + and what follows it, and without dots: what many providers deliver to the same box.
create function customers_private.plain_mailbox(p_email_key text) returns text
language sql immutable
set search_path = ''
as $$ select replace(split_part(split_part(p_email_key, '@', 1), '+', 1), '.', '') || '@' || split_part(p_email_key, '@', 2) $$;

-- The digits without leading zeros: 0049 151 … and +49 151 … are the same. Null for what is too short to tell.
create function customers_private.phone_digits(p_phone text) returns text
language sql immutable
set search_path = ''
as $$
  select case when length(d.digits) >= 7 then d.digits end
  from (select ltrim(regexp_replace(coalesce(p_phone, ''), '[^0-9]', '', 'g'), '0') as digits) d
$$;

-- Ways in which the first six letters of a box may be written with dots between them: where the index on e-mails is
-- looked up. Dots further on are found by comparing what these ranges hold.
create function customers_private.mailbox_beginnings(p_box text) returns text[]
language plpgsql immutable
set search_path = ''
as $$
declare
  letters constant text := split_part(p_box, '@', 1);
  beginnings text[] := array[left(letters, 1)];
begin
  for n in 2..least(length(letters), 6) loop
    beginnings := array(
      select b.beginning || d.dot || substr(letters, n, 1)
      from unnest(beginnings) b (beginning) cross join (values (''), ('.')) d (dot));
  end loop;
  if length(letters) <= 6 then
    beginnings := array(
      select b.beginning || e.ending
      from unnest(beginnings) b (beginning) cross join (values ('@'), ('+')) e (ending));
  end if;
  return beginnings;
end
$$;

-- Each by an index of its own: the search text's trigrams, the names, the e-mails.
create function customers_private.find_duplicates(p_customer public.mod_ecommod01_customers)
returns table (id uuid, reason text)
language plpgsql stable
set search_path = '' set jit = off set plan_cache_mode = force_custom_plan
as $$
declare
  digits constant text := customers_private.phone_digits(p_customer.phone);
  box constant text := customers_private.plain_mailbox(p_customer.email_key);
  postcodes constant text[] := array(
    select distinct customers_private.fold(a.postal_code)
    from public.mod_ecommod01_customer_addresses a
    where a.site_id = p_customer.site_id and a.customer_id = p_customer.id and a.postal_code <> ''
  );
begin
  return query
  select c.id, 'email'
  from unnest(customers_private.mailbox_beginnings(box)) b (beginning)
  join public.mod_ecommod01_customers c
    on c.site_id = p_customer.site_id and c.email_key >= b.beginning
    and c.email_key < b.beginning || E'\U0010FFFF' and c.deleted_at is null
  where c.id <> p_customer.id and customers_private.plain_mailbox(c.email_key) = box
  limit 20;

  if digits is not null then
    -- The last nine: with or without the country's code. Materialized, since the pattern alone is what an index knows.
    return query
    with alike as materialized (
      select c.site_id, c.id, c.phone, c.deleted_at
      from public.mod_ecommod01_customers c
      where c.search like '%' || right(digits, 9) || '%'
    )
    select c.id, 'phone'
    from alike c
    where c.site_id = p_customer.site_id and c.deleted_at is null and c.id <> p_customer.id
      and (
        customers_private.phone_digits(c.phone) = digits
        or least(length(customers_private.phone_digits(c.phone)), length(digits)) >= 9 and (
          customers_private.phone_digits(c.phone) like '%' || digits
          or digits like '%' || customers_private.phone_digits(c.phone)
        )
      )
    limit 20;
  end if;

  if p_customer.name_key <> '' and postcodes <> '{}' then
    return query
    select c.id, 'name_postcode'
    from public.mod_ecommod01_customers c
    where c.site_id = p_customer.site_id and c.name_key = p_customer.name_key and c.deleted_at is null
      and c.id <> p_customer.id and exists (
        select from public.mod_ecommod01_customer_addresses a
        where a.site_id = c.site_id and a.customer_id = c.id
          and customers_private.fold(a.postal_code) = any (postcodes)
        offset 0
      )
    limit 20;
  end if;
end
$$;

-- Those with more reasons first, then the older ones.
create function customers_private.suggest_duplicates(p_site uuid, p_customer uuid, p_limit integer) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  customer public.mod_ecommod01_customers;
begin
  perform customers_private.require_role(p_site, 'viewer');
  if p_limit is null or p_limit not between 1 and 20 then
    perform customers_private.refuse('limit', 'must be from 1 to 20');
  end if;
  customer := customers_private.require_customer(p_site, p_customer);
  return json_build_object('rows', (
    select coalesce(json_agg(json_build_object(
      'customer', customers_private.show_customer(s.customer), 'reasons', s.reasons) order by s.place), '[]')
    from (
      select c as customer, f.reasons,
        row_number() over (order by cardinality(f.reasons) desc, c.created_at, c.id) as place
      from (
        select d.id, array_agg(distinct d.reason order by d.reason) as reasons
        from customers_private.find_duplicates(customer) d
        group by d.id
      ) f
      join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = f.id
      where not exists (
        select from public.mod_ecommod01_customer_distinct_pairs p
        where p.site_id = p_site and p.customer_id = least(f.id, p_customer) and p.other_id = greatest(f.id, p_customer)
      )
      order by place
      limit p_limit
    ) s
  ));
end
$$;

-- "Not the same person" is remembered, in either direction.
create function customers_private.dismiss_duplicate(p_site uuid, p_operation uuid, p_customer uuid, p_other uuid)
returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  is_new boolean;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'dismiss_duplicate', jsonb_build_array(p_customer, p_other)) then
    return customers_private.operation_receipt(p_site, p_operation);
  end if;
  if p_customer = p_other then
    perform customers_private.refuse('other', 'is the same customer');
  end if;
  perform customers_private.require_customer(p_site, p_customer);
  perform customers_private.require_customer(p_site, p_other);
  insert into public.mod_ecommod01_customer_distinct_pairs (site_id, customer_id, other_id)
  values (p_site, least(p_customer, p_other), greatest(p_customer, p_other))
  on conflict do nothing;
  is_new := found;
  update public.mod_ecommod01_customer_operations o
  set options = jsonb_build_object('customer', p_customer, 'other', p_other)
  where o.site_id = p_site and o.id = p_operation;
  perform customers_private.end_change(p_site, p_operation, 0, is_new::integer, (not is_new)::integer);
  return customers_private.operation_receipt(p_site, p_operation);
end
$$;

create function customers_private.undo_dismiss_duplicate(
  p_site uuid, p_undone uuid, p_operation uuid, out changed integer, out unchanged integer, out failures jsonb
)
language plpgsql volatile
set search_path = ''
as $$
begin
  delete from public.mod_ecommod01_customer_distinct_pairs p
  using public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_undone and p.site_id = p_site
    and p.customer_id = least((o.options ->> 'customer')::uuid, (o.options ->> 'other')::uuid)
    and p.other_id = greatest((o.options ->> 'customer')::uuid, (o.options ->> 'other')::uuid);
  changed := found::integer;
  unchanged := (not found)::integer;
  failures := '[]';
end
$$;

create function public.mod_ecommod01_suggest_duplicates(p_site uuid, p_customer uuid, p_limit integer default 5)
returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.suggest_duplicates(p_site, p_customer, p_limit) $$;

create function public.mod_ecommod01_dismiss_duplicate(p_site uuid, p_operation uuid, p_customer uuid, p_other uuid)
returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.dismiss_duplicate(p_site, p_operation, p_customer, p_other) $$;

revoke execute on function
  customers_private.plain_mailbox, customers_private.phone_digits, customers_private.mailbox_beginnings,
  customers_private.find_duplicates, customers_private.suggest_duplicates, customers_private.dismiss_duplicate,
  customers_private.undo_dismiss_duplicate,
  public.mod_ecommod01_suggest_duplicates, public.mod_ecommod01_dismiss_duplicate
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.suggest_duplicates, customers_private.dismiss_duplicate,
  public.mod_ecommod01_suggest_duplicates, public.mod_ecommod01_dismiss_duplicate
to authenticated;
