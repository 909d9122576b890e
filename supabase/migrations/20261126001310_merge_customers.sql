-- Two customers who are one person become one: what hangs on the one moves to the other, who gets the values that were
-- chosen. The first stays as a hidden row that points to the one that remains, so that its e-mail still leads there,
-- and so that the merge can be undone.

-- Both rows and the orders that move, until this transaction ends. A host that writes an order holds it while it waits
-- for the customer: so the orders come first, and where one came in between, everything is let go and taken again.
create function customers_private.lock_merging(
  p_site uuid, p_first uuid, p_second uuid, p_orders_of uuid, p_orders uuid[]
) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  for attempt in 1..10 loop
    begin
      perform from public.mod_ecommod01_orders o
      where o.site_id = p_site and o.customer_id = p_orders_of and (p_orders is null or o.id = any (p_orders))
      order by o.id
      for no key update;
      perform from public.mod_ecommod01_customers c where c.site_id = p_site and c.id = p_first for no key update;
      perform from public.mod_ecommod01_customers c where c.site_id = p_site and c.id = p_second for no key update;
      perform from public.mod_ecommod01_orders o
      where o.site_id = p_site and o.customer_id = p_orders_of and (p_orders is null or o.id = any (p_orders))
      order by o.id
      for no key update nowait;
      return;
    exception when lock_not_available then
      continue;
    end;
  end loop;
  raise sqlstate 'PT409' using message = 'Orders of this customer are being written just now. Try again.',
    detail = '{"reason": "busy"}';
end
$$;

create function customers_private.refuse_two_accounts() returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  raise sqlstate 'PT409' using message = 'Both customers have an account of their own, with which they sign in.',
    detail = '{"reason": "two_accounts"}';
end
$$;

-- The same place, as an import has it.
create function customers_private.is_same_address(
  a public.mod_ecommod01_customer_addresses, b public.mod_ecommod01_customer_addresses
) returns boolean
language sql immutable
set search_path = ''
as $$
  select a.country = b.country
    and customers_private.fold(a.postal_code) = customers_private.fold(b.postal_code)
    and customers_private.fold(a.address_line_1) = customers_private.fold(b.address_line_1)
$$;

-- The addresses of one customer that another does not have yet.
create function customers_private.addresses_moving(p_site uuid, p_keep uuid, p_gone uuid)
returns setof public.mod_ecommod01_customer_addresses
language sql stable
set search_path = ''
as $$
  select a.*
  from public.mod_ecommod01_customer_addresses a
  where a.site_id = p_site and a.customer_id = p_gone and not exists (
    select from public.mod_ecommod01_customer_addresses k
    where k.site_id = p_site and k.customer_id = p_keep and customers_private.is_same_address(k, a)
  )
$$;

create function customers_private.preview_merge(p_site uuid, p_keep uuid, p_gone uuid) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  keep public.mod_ecommod01_customers;
  gone public.mod_ecommod01_customers;
begin
  perform customers_private.require_role(p_site, 'viewer');
  keep := customers_private.require_customer(p_site, p_keep);
  gone := customers_private.require_customer(p_site, p_gone);
  if p_keep = p_gone then
    perform customers_private.refuse('gone', 'is the customer that remains');
  end if;
  return json_build_object(
    'keep', customers_private.show_customer(keep),
    'gone', customers_private.show_customer(gone),
    'differing', array(
      select f.key
      from jsonb_each(customers_private.editable_fields(keep) - 'email_verified') f
      where f.value <> customers_private.editable_fields(gone) -> f.key
      order by f.key
    ),
    'moving', json_build_object(
      'orders', (
        select count(*) from public.mod_ecommod01_orders o where o.site_id = p_site and o.customer_id = p_gone
      ),
      'notes', gone.notes_count,
      'addresses', (select count(*) from customers_private.addresses_moving(p_site, p_keep, p_gone)),
      'groups', (
        select count(*)
        from public.mod_ecommod01_customer_group_members m
        where m.site_id = p_site and m.customer_id = p_gone and not exists (
          select from public.mod_ecommod01_customer_group_members k
          where k.site_id = p_site and k.customer_id = p_keep and k.group_id = m.group_id
        )
      )
    ),
    'blockers', case
      when keep.user_id <> gone.user_id then '["two_accounts"]'::json
      else '[]'::json
    end
  );
end
$$;

-- Moves what hangs on p_gone, and answers what that was: undoing gives back these and no others.
create function customers_private.move_belongings(p_site uuid, p_operation uuid, p_keep uuid, p_gone uuid) returns jsonb
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  has_billing boolean;
  has_shipping boolean;
  address public.mod_ecommod01_customer_addresses;
  change record;
  orders uuid[];
  notes uuid[];
  addresses jsonb;
  groups uuid[];
begin
  with moved as (
    update public.mod_ecommod01_orders o
    set customer_id = p_keep
    where o.site_id = p_site and o.customer_id = p_gone
    returning o.id
  )
  select coalesce(array_agg(m.id), '{}') into orders from moved m;

  with moved as (
    update public.mod_ecommod01_customer_notes n
    set customer_id = p_keep
    where n.site_id = p_site and n.customer_id = p_gone
    returning n.id
  )
  select coalesce(array_agg(m.id), '{}') into notes from moved m;

  -- Those of the customer that remains stay the defaults.
  select coalesce(bool_or(a.is_default_billing), false), coalesce(bool_or(a.is_default_shipping), false)
  into has_billing, has_shipping
  from public.mod_ecommod01_customer_addresses a
  where a.site_id = p_site and a.customer_id = p_keep;
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', a.id, 'is_default_billing', a.is_default_billing, 'is_default_shipping', a.is_default_shipping)), '[]')
  into addresses
  from customers_private.addresses_moving(p_site, p_keep, p_gone) a;
  for address in
    select a.*
    from public.mod_ecommod01_customer_addresses a
    join jsonb_array_elements(addresses) m on a.id = (m ->> 'id')::uuid
    where a.site_id = p_site
  loop
    change := customers_private.difference(customers_private.address_fields(address), jsonb_build_object(
      'is_default_billing', address.is_default_billing and not has_billing,
      'is_default_shipping', address.is_default_shipping and not has_shipping));
    update public.mod_ecommod01_customer_addresses a
    set customer_id = p_keep, is_default_billing = a.is_default_billing and not has_billing,
      is_default_shipping = a.is_default_shipping and not has_shipping,
      version = a.version + (change.after <> '{}')::integer
    where a.site_id = p_site and a.id = address.id;
    if change.after <> '{}' then
      perform customers_private.keep_change(
        p_site, p_operation, p_keep, 'address', address.id, address.version + 1, change.before, change.after);
    end if;
  end loop;

  -- Memberships of hidden customers count nowhere: the others' stay where they are, for an undo.
  with joined as (
    insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
    select p_site, p_keep, m.group_id
    from public.mod_ecommod01_customer_group_members m
    where m.site_id = p_site and m.customer_id = p_gone
    order by m.group_id
    on conflict do nothing
    returning group_id
  ), kept as (
    insert into public.mod_ecommod01_customer_changes
      (site_id, operation_id, customer_id, subject, subject_id, before, after)
    select p_site, p_operation, p_keep, 'group', g.id, '{}', jsonb_build_object('name', g.name)
    from joined j
    join public.mod_ecommod01_customer_groups g on g.site_id = p_site and g.id = j.group_id
    returning subject_id
  )
  select coalesce(array_agg(k.subject_id), '{}') into groups from kept k;

  -- The history of what moved goes with it: who saves a note is told who changed it before. That of the person stays
  -- with the hidden row, since its versions are another count; a timeline reads both.
  update public.mod_ecommod01_customer_changes g
  set customer_id = p_keep
  where g.site_id = p_site and g.customer_id = p_gone and (
    (g.subject = 'note' and g.subject_id = any (notes))
    or (g.subject = 'address' and g.subject_id in (select (m ->> 'id')::uuid from jsonb_array_elements(addresses) m)));
  return jsonb_build_object(
    'keep', p_keep, 'gone', p_gone, 'orders', to_jsonb(orders), 'notes', to_jsonb(notes), 'addresses', addresses,
    'groups', to_jsonb(groups));
end
$$;

-- As in 1020, but for whoever says whether the new e-mail is verified.
create or replace function customers_private.write_customer_fields(
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
  if f ->> 'email' <> p_customer.email_key and p_customer.email_verified and not f ? 'email_verified' then
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

-- What the customer that remains gets beside the chosen fields: every tag and all metadata, its own first; and nobody
-- stays a guest who is registered as the other. Consent is what it was, unless it was chosen.
create function customers_private.merged_fields(
  p_keep public.mod_ecommod01_customers, p_gone public.mod_ecommod01_customers, p_fields jsonb
) returns jsonb
language plpgsql stable
set search_path = ''
as $$
begin
  if p_keep.is_guest and p_gone.is_guest and p_fields ? 'status' then
    perform customers_private.refuse('status', 'of a guest is changed by turning it into a registered customer');
  elsif (p_fields ? 'first_name' or p_fields ? 'last_name') and btrim(concat(
    coalesce(p_fields ->> 'first_name', p_keep.first_name),
    coalesce(p_fields ->> 'last_name', p_keep.last_name))) = '' then
    perform customers_private.refuse('first_name', 'or a last name is needed');
  end if;
  return jsonb_build_object(
      'tags', customers_private.clean_tags(to_jsonb(p_keep.tags || p_gone.tags)),
      'metadata', p_gone.metadata || p_keep.metadata)
    || case when p_keep.is_guest and not p_gone.is_guest then jsonb_build_object('status', p_gone.status) else '{}' end
    || p_fields
    || case when p_fields ->> 'email' = p_gone.email_key
      then jsonb_build_object('email_verified', p_gone.email_verified) else '{}' end;
end
$$;

create function customers_private.merge_customers(
  p_site uuid, p_operation uuid, p_keep uuid, p_keep_version integer, p_gone uuid, p_gone_version integer, p_fields json
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  asked record;
  keep public.mod_ecommod01_customers;
  gone public.mod_ecommod01_customers;
  fields jsonb;
  takes_email boolean;
  moved jsonb;
  next_version integer;
begin
  if not customers_private.begin_change(p_site, p_operation, 'merge',
    jsonb_build_array(p_keep, p_keep_version, p_gone, p_gone_version, p_fields::text), 'admin', 2) then
    return customers_private.customer_saved(p_site, p_keep, p_operation);
  end if;
  if p_keep = p_gone then
    perform customers_private.refuse('gone', 'is the customer that remains');
  end if;
  asked := customers_private.read_customer_fields(coalesce(p_fields, '{}'));
  perform customers_private.refuse_fields(asked.errors);
  perform customers_private.lock_merging(p_site, least(p_keep, p_gone), greatest(p_keep, p_gone), p_gone, null);
  keep := customers_private.require_customer(p_site, p_keep);
  gone := customers_private.require_customer(p_site, p_gone);
  if keep.version is distinct from p_keep_version then
    perform customers_private.refuse_stale(
      p_site, p_keep, 'customer', null, p_keep_version, customers_private.show_customer(keep));
  elsif gone.version is distinct from p_gone_version then
    perform customers_private.refuse_stale(
      p_site, p_gone, 'customer', null, p_gone_version, customers_private.show_customer(gone));
  elsif keep.user_id <> gone.user_id then
    perform customers_private.refuse_two_accounts();
  end if;
  fields := customers_private.merged_fields(keep, gone, asked.fields);
  takes_email := coalesce(fields ->> 'email' = gone.email_key, false);
  if fields ->> 'email' <> keep.email_key and not takes_email then
    perform customers_private.refuse_taken(p_site, fields ->> 'email', p_keep, false);
  end if;

  -- While both are visible: what moves then leaves the sums of the site as they are. In one statement with the hiding
  -- it would be counted twice.
  moved := customers_private.move_belongings(p_site, p_operation, p_keep, p_gone);

  -- Of two e-mails the one that is not kept leads to the customer that remains, whichever it is.
  update public.mod_ecommod01_customers c
  set deleted_at = now(), deleted_by = auth.uid(), merged_into = p_keep,
    email = case when takes_email then keep.email else c.email end,
    email_verified = case when takes_email then keep.email_verified else c.email_verified end
  where c.site_id = p_site and c.id = p_gone
  returning c.version into next_version;
  perform customers_private.keep_change(p_site, p_operation, p_gone, 'customer', null, next_version,
    '{"deleted_at": null, "merged_into": null}'::jsonb || case when takes_email
      then jsonb_build_object('email', gone.email, 'email_verified', gone.email_verified) else '{}' end,
    jsonb_build_object('deleted_at', now(), 'merged_into', p_keep) || case when takes_email
      then jsonb_build_object('email', keep.email, 'email_verified', keep.email_verified) else '{}' end);

  if gone.last_seen_at > coalesce(keep.last_seen_at, '-infinity') then
    moved := moved || jsonb_build_object('last_seen_at', keep.last_seen_at);
  end if;
  update public.mod_ecommod01_customers c
  set user_id = coalesce(c.user_id, gone.user_id), last_seen_at = greatest(c.last_seen_at, gone.last_seen_at)
  where c.site_id = p_site and c.id = p_keep and (
    c.user_id is distinct from coalesce(c.user_id, gone.user_id)
    or c.last_seen_at is distinct from greatest(c.last_seen_at, gone.last_seen_at));
  if keep.user_id is null and gone.user_id is not null then
    perform customers_private.keep_change(p_site, p_operation, p_keep, 'customer', null, keep.version + 1,
      '{"has_account": false}', '{"has_account": true}');
  end if;
  keep := customers_private.require_customer(p_site, p_keep);
  perform customers_private.keep_change(p_site, p_operation, p_keep, 'customer', null, keep.version,
    '{"merged_from": null}', jsonb_build_object('merged_from', p_gone));
  perform customers_private.write_customer_fields(keep, p_operation, fields);

  update public.mod_ecommod01_customer_operations o
  set options = moved
  where o.site_id = p_site and o.id = p_operation;
  perform customers_private.end_change(p_site, p_operation, 0, 2, 0);
  return customers_private.customer_saved(p_site, p_keep, p_operation);
end
$$;

-- Gives back what the merge moved and is still where it put it; what came since stays with the customer that remains.
create function customers_private.return_belongings(p_site uuid, p_operation uuid, p_moved jsonb) returns void
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  v_keep constant uuid := p_moved ->> 'keep';
  v_gone constant uuid := p_moved ->> 'gone';
  orders constant uuid[] := array(select jsonb_array_elements_text(p_moved -> 'orders'))::uuid[];
  notes constant uuid[] := array(select jsonb_array_elements_text(p_moved -> 'notes'))::uuid[];
  groups constant uuid[] := array(select jsonb_array_elements_text(p_moved -> 'groups'))::uuid[];
  returned uuid[];
  item record;
begin
  update public.mod_ecommod01_orders o
  set customer_id = v_gone
  where o.site_id = p_site and o.customer_id = v_keep and o.id = any (orders);

  with moved as (
    update public.mod_ecommod01_customer_notes n
    set customer_id = v_gone
    where n.site_id = p_site and n.customer_id = v_keep and n.id = any (notes)
    returning n.id
  )
  select coalesce(array_agg(m.id), '{}') into returned from moved m;

  for item in
    select a as address, m as was
    from jsonb_array_elements(p_moved -> 'addresses') m
    join public.mod_ecommod01_customer_addresses a
      on a.site_id = p_site and a.customer_id = v_keep and a.id = (m ->> 'id')::uuid
  loop
    returned := returned || (item.address).id;
    update public.mod_ecommod01_customer_addresses a
    set customer_id = v_gone, is_default_billing = (item.was ->> 'is_default_billing')::boolean,
      is_default_shipping = (item.was ->> 'is_default_shipping')::boolean, version = a.version + 1
    where a.site_id = p_site and a.id = (item.address).id;
  end loop;

  with departed as (
    delete from public.mod_ecommod01_customer_group_members m
    where m.site_id = p_site and m.customer_id = v_keep and m.group_id = any (groups)
    returning m.group_id
  )
  insert into public.mod_ecommod01_customer_changes
    (site_id, operation_id, customer_id, subject, subject_id, before, after)
  select p_site, p_operation, v_keep, 'group', g.id, jsonb_build_object('name', g.name), '{}'
  from departed d
  join public.mod_ecommod01_customer_groups g on g.site_id = p_site and g.id = d.group_id;

  update public.mod_ecommod01_customer_changes g
  set customer_id = v_gone
  where g.site_id = p_site and g.customer_id = v_keep and g.subject in ('note', 'address')
    and g.subject_id = any (returned);
end
$$;

create function customers_private.undo_merge(
  p_site uuid, p_undone uuid, p_operation uuid, out changed integer, out unchanged integer, out failures jsonb
)
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  moved jsonb;
  keep public.mod_ecommod01_customers;
  gone public.mod_ecommod01_customers;
  hiding jsonb;
  change public.mod_ecommod01_customer_changes;
  undone record;
  next_version integer;
begin
  changed := 0;
  unchanged := 0;
  failures := '[]';
  select o.options into moved
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_undone;
  -- The hidden one first, like an order that is led from it to the other.
  perform customers_private.lock_merging(p_site, (moved ->> 'gone')::uuid, (moved ->> 'keep')::uuid,
    (moved ->> 'keep')::uuid, array(select jsonb_array_elements_text(moved -> 'orders'))::uuid[]);
  select c.* into gone
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = (moved ->> 'gone')::uuid;
  select c.* into keep
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = (moved ->> 'keep')::uuid;
  if keep.id is null or gone.merged_into is distinct from keep.id then
    failures := jsonb_build_array(customers_private.undo_failure(
      (moved ->> 'gone')::uuid, null, case when gone.id is null then 'unknown' else 'edited' end));
    return;
  elsif keep.deleted_at is not null then
    failures := jsonb_build_array(customers_private.undo_failure(
      keep.id, null, case when keep.merged_into is null then 'deleted' else 'merged' end));
    return;
  end if;

  begin
    select g.before into hiding
    from public.mod_ecommod01_customer_changes g
    where g.site_id = p_site and g.operation_id = p_undone and g.customer_id = gone.id and g.subject = 'customer';
    update public.mod_ecommod01_customers c
    set user_id = case when c.user_id = gone.user_id and exists (
        select from public.mod_ecommod01_customer_changes g
        where g.site_id = p_site and g.operation_id = p_undone and g.customer_id = c.id and g.after ? 'has_account'
      ) then null else c.user_id end,
      last_seen_at = case when moved ? 'last_seen_at' and c.last_seen_at = gone.last_seen_at
        then (moved ->> 'last_seen_at')::timestamptz else c.last_seen_at end
    where c.site_id = p_site and c.id = keep.id
    returning c.version into next_version;
    if next_version <> keep.version then
      perform customers_private.keep_change(p_site, p_operation, keep.id, 'customer', null, next_version,
        '{"has_account": true}', '{"has_account": false}');
    end if;
    for change in
      select g.*
      from public.mod_ecommod01_customer_changes g
      where g.site_id = p_site and g.operation_id = p_undone and g.customer_id = keep.id and g.subject = 'customer'
        and not g.after ?| array['merged_from', 'has_account']
    loop
      keep := customers_private.require_customer(p_site, keep.id);
      undone := customers_private.fields_undone(
        customers_private.editable_fields(keep), change.before, change.after);
      select failures || coalesce(
        jsonb_agg(customers_private.undo_failure(keep.id, e.field, 'edited')) filter (where e.field <> 'email_verified'),
        '[]')
      into failures
      from unnest(undone.edited) e (field);
      perform customers_private.write_customer_fields(keep, p_operation, undone.fields
        || case when undone.fields ? 'email' and not undone.fields ? 'email_verified'
          then jsonb_build_object('email_verified', keep.email_verified) else '{}' end);
    end loop;

    update public.mod_ecommod01_customers c
    set deleted_at = null, deleted_by = null, merged_into = null, email = coalesce(hiding ->> 'email', c.email),
      email_verified = coalesce((hiding ->> 'email_verified')::boolean, c.email_verified)
    where c.site_id = p_site and c.id = gone.id
    returning c.version into next_version;
    perform customers_private.keep_change(p_site, p_operation, gone.id, 'customer', null, next_version,
      jsonb_build_object('deleted_at', gone.deleted_at, 'merged_into', gone.merged_into), hiding);
    perform customers_private.keep_change(p_site, p_operation, keep.id, 'customer', null, (
        select c.version from public.mod_ecommod01_customers c where c.site_id = p_site and c.id = keep.id
      ), jsonb_build_object('merged_from', gone.id), '{"merged_from": null}');
    -- Once it is visible: orders of a merged customer would be led to the other again.
    perform customers_private.return_belongings(p_site, p_operation, moved);
    changed := 2;
  exception when unique_violation or sqlstate 'PT409' then
    failures := jsonb_build_array(customers_private.undo_failure(gone.id, 'email', 'exists'));
  end;
end
$$;

-- An order that a host writes for a merged customer belongs to the one that remains. One that counts has waited for a
-- merge under way at its customer's row; one that doesn't count waits here.
create function customers_private.follow_merged() returns trigger
language plpgsql volatile security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    perform from public.mod_ecommod01_customers c
    where (c.site_id, c.id) in (
      select n.site_id, n.customer_id from new_rows n where n.status::text in ('cancelled', 'refunded')
    )
    order by c.site_id, c.id
    for share;
  end if;
  -- An update fires this trigger again, of no rows too.
  if not exists (
    select from new_rows n
    join public.mod_ecommod01_customers c
      on c.site_id = n.site_id and c.id = n.customer_id and c.merged_into is not null
  ) then
    return null;
  end if;
  -- One step: this trigger sees the next one, where the other was merged too.
  update public.mod_ecommod01_orders o
  set customer_id = c.merged_into
  from new_rows n
  join public.mod_ecommod01_customers c
    on c.site_id = n.site_id and c.id = n.customer_id and c.merged_into is not null
  where o.site_id = n.site_id and o.id = n.id and o.customer_id = c.id;
  return null;
end
$$;
create trigger mod_ecommod01_follow_inserted after insert on public.mod_ecommod01_orders
  referencing new table as new_rows
  for each statement execute function customers_private.follow_merged();
create trigger mod_ecommod01_follow_updated after update on public.mod_ecommod01_orders
  referencing new table as new_rows
  for each statement execute function customers_private.follow_merged();

create function public.mod_ecommod01_preview_merge(p_site uuid, p_keep uuid, p_gone uuid) returns json
language sql stable set search_path = '' set statement_timeout = '5s'
as $$ select customers_private.preview_merge(p_site, p_keep, p_gone) $$;

create function public.mod_ecommod01_merge_customers(
  p_site uuid, p_operation uuid, p_keep uuid, p_keep_version integer, p_gone uuid, p_gone_version integer,
  p_fields json default '{}'
) returns json
language sql volatile set search_path = '' set statement_timeout = '30s'
as $$
  select customers_private.merge_customers(
    p_site, p_operation, p_keep, p_keep_version, p_gone, p_gone_version, p_fields)
$$;

revoke execute on function
  customers_private.lock_merging, customers_private.refuse_two_accounts, customers_private.is_same_address,
  customers_private.addresses_moving, customers_private.preview_merge, customers_private.move_belongings,
  customers_private.write_customer_fields, customers_private.merged_fields, customers_private.merge_customers,
  customers_private.return_belongings, customers_private.undo_merge, customers_private.follow_merged,
  public.mod_ecommod01_preview_merge, public.mod_ecommod01_merge_customers
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.preview_merge, customers_private.merge_customers, public.mod_ecommod01_preview_merge,
  public.mod_ecommod01_merge_customers
to authenticated;
