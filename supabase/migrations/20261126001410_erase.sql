-- Erasing a person: everything that says who it was goes, the row and its orders stay, and there is no way back.

-- The tables whose rows go with a customer, and the column that names it. Asked of the catalog, so that none that is
-- added later can be forgotten.
create function customers_private.tables_of_customer()
returns table (name text, relation regclass, column_name text)
language sql stable
set search_path = ''
as $$
  select r.relname::text, k.conrelid::regclass, a.attname::text
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_class r on r.oid = k.conrelid
  cross join lateral unnest(k.conkey, k.confkey) p (own, foreign_one)
  join pg_catalog.pg_attribute f on f.attrelid = k.confrelid and f.attnum = p.foreign_one and f.attname = 'id'
  join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = p.own
  where k.contype = 'f' and k.confdeltype = 'c'
    and k.confrelid = 'public.mod_ecommod01_customers'::regclass and k.conrelid <> k.confrelid
    and (r.relnamespace = 'customers_private'::regnamespace
      or (r.relnamespace = 'public'::regnamespace and r.relname::text ^@ 'mod_ecommod01_' and r.relname <> 'mod_ecommod01_orders'))
  order by r.relname, a.attname
$$;

-- The customer and everybody who was merged into it, in the order of their ids.
create function customers_private.person_ids(p_site uuid, p_id uuid) returns uuid[]
language sql stable
set search_path = ''
as $$
  with recursive person as (
    select p_id as id
    union
    select c.id
    from person p
    join public.mod_ecommod01_customers c on c.site_id = p_site and c.merged_into = p.id
  )
  select array_agg(p.id order by p.id) from person p
$$;

-- The same, locked; whoever is merged into it meanwhile is found too.
create function customers_private.lock_person(p_site uuid, p_id uuid) returns uuid[]
language plpgsql volatile
set search_path = ''
as $$
declare
  ids uuid[] := customers_private.person_ids(p_site, p_id);
  now_ids uuid[];
begin
  loop
    perform from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.id = any (ids)
    order by c.id
    for no key update;
    now_ids := customers_private.person_ids(p_site, p_id);
    exit when now_ids = ids;
    ids := now_ids;
  end loop;
  return ids;
end
$$;

-- Visible or deleted; one that was merged into another is erased with that one.
create function customers_private.require_person(p_site uuid, p_id uuid) returns public.mod_ecommod01_customers
language plpgsql stable
set search_path = ''
as $$
declare
  customer public.mod_ecommod01_customers;
begin
  select c.* into customer
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_id and c.merged_into is null;
  if not found then
    perform customers_private.refuse_missing(p_site, p_id);
  end if;
  return customer;
end
$$;

-- By what the person could be recognised in an account of something: e-mails and phones, now and before, and full
-- names. In lower case; a word of two letters would be found everywhere.
create function customers_private.marks_of_person(p_site uuid, p_ids uuid[]) returns text[]
language sql stable
set search_path = ''
as $$
  select coalesce(array_agg(distinct lower(m.mark)), '{}')
  from (
    select unnest(array[
      btrim(c.email), c.phone, case when c.first_name <> '' and c.last_name <> '' then c.first_name || ' ' || c.last_name end
    ]) as mark
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.id = any (p_ids)
    union all
    select unnest(array[
      a.phone, case when a.first_name <> '' and a.last_name <> '' then a.first_name || ' ' || a.last_name end
    ])
    from public.mod_ecommod01_customer_addresses a
    where a.site_id = p_site and a.customer_id = any (p_ids)
    union all
    select unnest(array[g.before ->> 'email', g.after ->> 'email', g.before ->> 'phone', g.after ->> 'phone'])
    from public.mod_ecommod01_customer_changes g
    where g.site_id = p_site and g.customer_id = any (p_ids)
  ) m
  where char_length(m.mark) >= 5
$$;

create function customers_private.has_mark(p_text text, p_marks text[]) returns boolean
language sql immutable
set search_path = ''
as $$ select exists (select from unnest(p_marks) m where strpos(lower(p_text), m) > 0) $$;

-- The marks as they stand inside JSON.
create function customers_private.json_marks(p_marks text[]) returns text[]
language sql immutable
set search_path = ''
as $$ select array(select substr(j, 2, char_length(j) - 2) from unnest(p_marks) m cross join lateral (select to_jsonb(m)::text) e (j)) $$;

-- JSON without the texts that name the person.
create function customers_private.without_marks(p_value jsonb, p_marks text[]) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
begin
  case jsonb_typeof(p_value)
    when 'string' then
      return case when customers_private.has_mark(p_value #>> '{}', p_marks) then '"(erased)"' else p_value end;
    when 'array' then
      return (
        select coalesce(jsonb_agg(customers_private.without_marks(e.value, p_marks) order by e.n), '[]')
        from jsonb_array_elements(p_value) with ordinality e (value, n)
      );
    when 'object' then
      return (
        select coalesce(jsonb_object_agg(
          case when customers_private.has_mark(e.key, p_marks) then '(erased)' else e.key end,
          customers_private.without_marks(e.value, p_marks)), '{}')
        from jsonb_each(p_value) e
      );
    else
      return p_value;
  end case;
end
$$;

-- Operations whose account names the person: a file's name, a reason why something failed.
create function customers_private.operations_naming(p_site uuid, p_marks text[]) returns uuid[]
language sql stable
set search_path = '' set jit = off
as $$
  with marks as materialized (select customers_private.json_marks(p_marks) as list)
  select array(
    select o.id
    from public.mod_ecommod01_customer_operations o
    cross join marks m
    where o.site_id = p_site and (o.failures <> '[]' or o.options <> '{}')
      and customers_private.has_mark(o.failures::text || o.options::text, m.list)
    union
    select s.operation_id
    from public.mod_ecommod01_customer_operation_steps s
    cross join marks m
    where s.site_id = p_site and s.failures <> '[]' and customers_private.has_mark(s.failures::text, m.list)
  )
$$;

create function customers_private.preview_erase(p_site uuid, p_id uuid) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC' set plan_cache_mode = force_generic_plan
as $$
declare
  customer public.mod_ecommod01_customers;
  ids uuid[];
  part record;
  found integer;
  counts jsonb := '{}';
  other integer := 0;
begin
  perform customers_private.require_role(p_site, 'admin');
  customer := customers_private.require_person(p_site, p_id);
  ids := customers_private.person_ids(p_site, p_id);
  for part in select t.* from customers_private.tables_of_customer() t loop
    execute format('select count(*) from %s where site_id = $1 and %I = any ($2)', part.relation, part.column_name)
      into found using p_site, ids;
    if part.name in ('mod_ecommod01_customer_addresses', 'mod_ecommod01_customer_notes', 'mod_ecommod01_customer_changes',
      'mod_ecommod01_customer_group_members') then
      counts := counts || jsonb_build_object(part.name, found);
    else
      other := other + found;
    end if;
  end loop;

  return json_build_object(
    'version', customer.version,
    'erasedAt', customer.erased_at,
    'removed', json_build_object(
      'addresses', counts -> 'mod_ecommod01_customer_addresses',
      'notes', counts -> 'mod_ecommod01_customer_notes',
      'changes', counts -> 'mod_ecommod01_customer_changes',
      'groups', counts -> 'mod_ecommod01_customer_group_members',
      'other', other,
      'merged', cardinality(ids) - 1,
      'receipts', cardinality(
        customers_private.operations_naming(p_site, customers_private.marks_of_person(p_site, ids)))),
    'kept', json_build_object('orders', (
      select count(*) from public.mod_ecommod01_orders o where o.site_id = p_site and o.customer_id = any (ids))),
    'has_account', customer.user_id is not null);
end
$$;

-- A receipt of what has no way back.
create function customers_private.final_receipt(p_site uuid, p_operation uuid, p_reason text, p_step integer default null)
returns json
language sql stable
set search_path = ''
as $$
  select (customers_private.operation_receipt(p_site, p_operation, p_step)::jsonb || jsonb_build_object(
    'undo', jsonb_build_object('possible', false, 'until', null, 'reason', p_reason)))::json
$$;

create function customers_private.erase_customer(p_site uuid, p_operation uuid, p_id uuid, p_version integer)
returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  no_undo constant text := 'What was erased cannot come back.';
  customer public.mod_ecommod01_customers;
  ids uuid[];
begin
  if customers_private.begin_change(
    p_site, p_operation, 'erase', jsonb_build_array(p_id, p_version), 'admin') then
    perform customers_private.require_person(p_site, p_id);
    ids := customers_private.lock_person(p_site, p_id);
    -- As it is under the lock.
    customer := customers_private.require_person(p_site, p_id);
    if customer.erased_at is not null then
      perform customers_private.end_change(p_site, p_operation, 0, 0, 1);
    elsif customer.version is distinct from p_version then
      perform customers_private.refuse_stale(
        p_site, p_id, 'customer', null, p_version, customers_private.show_customer(customer));
    else
      perform customers_private.erase_person(p_site, ids);
      perform customers_private.end_change(p_site, p_operation, 0, 1, 0);
    end if;
  end if;
  return customers_private.final_receipt(p_site, p_operation, no_undo);
end
$$;

-- Everything of these rows, which the caller has locked.
create function customers_private.erase_person(p_site uuid, p_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  marks constant text[] := customers_private.marks_of_person(p_site, p_ids);
  part record;
begin
  perform customers_private.remember_erased(p_site, p_ids);
  perform customers_private.erase_from_operations(p_site, p_ids, marks);
  -- Keys kept for far pages are names and e-mails.
  delete from customers_private.prepared_lists l
  using customers_private.prepared_keys k, public.mod_ecommod01_customers c
  where l.site_id = p_site and c.site_id = p_site and c.id = any (p_ids)
    and k.site_id = p_site and (k.list, k.sort) = (l.list, l.sort)
    and k.key && array[c.email_key, c.name_key]::text[];

  for part in select t.* from customers_private.tables_of_customer() t loop
    execute format('delete from %s where site_id = $1 and %I = any ($2)', part.relation, part.column_name)
      using p_site, p_ids;
  end loop;

  update public.mod_ecommod01_customers c
  set first_name = '', last_name = '', email = c.id || '@erased.invalid', email_verified = false, phone = null,
    avatar_url = null, status = 'inactive', accepts_marketing = false, tags = '{}', metadata = '{}', user_id = null,
    last_seen_at = null, created_by_operation = null, merged_into = null,
    deleted_at = coalesce(c.deleted_at, now()), deleted_by = coalesce(c.deleted_by, auth.uid()), erased_at = now()
  where c.site_id = p_site and c.id = any (p_ids);
  -- Last: each write to the row until now has kept its tags.
  perform customers_private.erase_tags(p_site, marks);
end
$$;

-- A hash of each e-mail that was ever this person's and is nobody else's by now.
create function customers_private.remember_erased(p_site uuid, p_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  insert into customers_private.site_secrets (site_id) values (p_site) on conflict do nothing;
  insert into customers_private.erased_emails (site_id, hash)
  select p_site, customers_private.email_hash(s.secret, e.email)
  from (
    select c.email_key as email
    from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.id = any (p_ids) and c.erased_at is null
    union
    select lower(g.before ->> 'email' collate "C")
    from public.mod_ecommod01_customer_changes g
    where g.site_id = p_site and g.customer_id = any (p_ids) and g.before ->> 'email' is not null
  ) e
  join customers_private.site_secrets s on s.site_id = p_site
  where not exists (
    select from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.email_key = e.email and c.deleted_at is null and c.id <> all (p_ids)
  )
  on conflict do nothing;
end
$$;

-- What names the person in accounts of operations. Those that wrote one customer lose the hash of their request too:
-- it is of what was erased, and sending the request again must not do it again.
create function customers_private.erase_from_operations(p_site uuid, p_ids uuid[], p_marks text[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  naming constant uuid[] := customers_private.operations_naming(p_site, p_marks);
begin
  update public.mod_ecommod01_customer_operations o
  set failures = customers_private.without_marks(o.failures, p_marks),
    options = customers_private.without_marks(o.options, p_marks)
  where o.site_id = p_site and o.id = any (naming);
  update public.mod_ecommod01_customer_operation_steps s
  set failures = customers_private.without_marks(s.failures, p_marks)
  where s.site_id = p_site and s.operation_id = any (naming);

  update public.mod_ecommod01_customer_operations o
  set request_hash = ''
  where o.site_id = p_site and o.status <> 'running'
    and o.id in (
      select g.operation_id from public.mod_ecommod01_customer_changes g
      where g.site_id = p_site and g.customer_id = any (p_ids)
      union
      select c.created_by_operation from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.id = any (p_ids)
    )
    and not exists (
      select from public.mod_ecommod01_customer_operation_steps s
      where s.site_id = p_site and s.operation_id = o.id
    );
end
$$;

-- Tags that name the person and are nobody else's.
create function customers_private.erase_tags(p_site uuid, p_marks text[]) returns void
language sql volatile
set search_path = ''
as $$
  delete from customers_private.site_tags t
  where t.site_id = p_site and customers_private.has_mark(t.tag, p_marks)
    and not exists (
      select from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.tags @> array[t.tag] and c.deleted_at is null
    )
$$;

create function public.mod_ecommod01_preview_erase(p_site uuid, p_id uuid) returns json
language sql stable set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.preview_erase(p_site, p_id) $$;

create function public.mod_ecommod01_erase_customer(p_site uuid, p_operation uuid, p_id uuid, p_version integer)
returns json
language sql volatile set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.erase_customer(p_site, p_operation, p_id, p_version) $$;

revoke execute on function
  customers_private.tables_of_customer, customers_private.person_ids, customers_private.lock_person,
  customers_private.require_person, customers_private.marks_of_person, customers_private.has_mark,
  customers_private.json_marks, customers_private.without_marks, customers_private.operations_naming,
  customers_private.preview_erase, customers_private.final_receipt, customers_private.erase_customer,
  customers_private.erase_person, customers_private.remember_erased, customers_private.erase_from_operations,
  customers_private.erase_tags,
  public.mod_ecommod01_preview_erase, public.mod_ecommod01_erase_customer
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.preview_erase, customers_private.erase_customer,
  public.mod_ecommod01_preview_erase, public.mod_ecommod01_erase_customer
to authenticated;
