-- Undo: an operation is taken back by another one, from the before and after that were kept. What somebody has changed
-- since is refused and named; everything else goes back.

alter table public.mod_ecommod01_customer_operations
  -- The operation that undid this one. No reference, like a customer's created_by_operation.
  add column undone_by uuid;

-- The function that undoes a kind of operation, by its name: null where it cannot be undone. Whoever adds a kind adds
-- customers_private.undo_<kind>(p_site, p_undone, p_operation, out changed, out unchanged, out failures) or lets
-- undo_changes do it, which takes back each row of customer_changes by itself.
create function customers_private.undo_function(p_kind text) returns text
language sql stable
set search_path = ''
as $$
  select case
    when p_kind in (
      'update', 'promote', 'change_tags', 'change_groups', 'delete', 'restore', 'add_address', 'update_address',
      'delete_address', 'add_note', 'update_note', 'pin_note', 'delete_note', 'restore_note')
      then 'undo_changes'
    when to_regproc('customers_private.undo_' || p_kind) is not null then 'undo_' || p_kind
  end
$$;

-- Why an operation cannot be undone, in one word; null where it can.
create function customers_private.undo_refusal(p_operation public.mod_ecommod01_customer_operations) returns text
language sql stable
set search_path = ''
as $$
  select case
    when p_operation.status = 'running' then 'running'
    when customers_private.undo_function(p_operation.kind) is null then 'final'
    when p_operation.undone_by is not null then 'undone'
    when p_operation.created + p_operation.changed = 0 then 'nothing'
    when p_operation.finished_at <= now() - interval '30 days' then 'expired'
  end
$$;

create function customers_private.undo_refusal_message(p_refusal text) returns text
language sql immutable
set search_path = ''
as $$
  select case p_refusal
    when 'running' then 'This is still running.'
    when 'final' then 'This cannot be undone.'
    when 'undone' then 'This was undone already.'
    when 'nothing' then 'Nothing was changed.'
    when 'expired' then 'This was done more than 30 days ago.'
  end
$$;

create function customers_private.show_undo(p_operation public.mod_ecommod01_customer_operations) returns json
language sql stable
set search_path = ''
as $$
  select case
    when r.refusal is null
      then json_build_object('possible', true, 'until', p_operation.finished_at + interval '30 days')
    else json_build_object(
      'possible', false, 'until', null, 'reason', customers_private.undo_refusal_message(r.refusal))
  end
  from (select customers_private.undo_refusal(p_operation) as refusal) r
$$;

create or replace function customers_private.operation_receipt(
  p_site uuid, p_id uuid, p_step integer default null
) returns json
language sql stable
set search_path = '' set timezone = 'UTC'
as $$
  select json_build_object(
    'id', o.id,
    'kind', o.kind,
    'status', o.status,
    'asked', o.asked,
    'created', n.created,
    'changed', n.changed,
    'unchanged', n.unchanged,
    'skipped', n.skipped,
    'failed', n.failed,
    'failures', n.failures,
    'startedAt', o.started_at,
    'finishedAt', o.finished_at,
    'by', o.started_by_name,
    'undo', customers_private.show_undo(o)
  )
  from public.mod_ecommod01_customer_operations o
  cross join lateral (
    select o.created, o.changed, o.unchanged, o.skipped, o.failed, o.failures
    where o.status <> 'running'
    union all
    select s.* from customers_private.operation_totals(p_site, p_id, p_step) s
    where o.status = 'running'
  ) n
  where o.site_id = p_site and o.id = p_id
$$;

create function customers_private.undo_failure(p_id uuid, p_field text, p_code text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object('id', p_id, 'field', p_field, 'code', p_code, 'outcome', 'failed', 'message',
    case p_code
      when 'edited' then 'This was changed since.'
      when 'deleted' then 'This customer was deleted since.'
      when 'merged' then 'This customer was merged into another one since.'
      when 'exists' then 'Another customer has this e-mail by now.'
      when 'unknown_group' then 'There is no such group any more.'
      else 'This is not there any more.'
    end))
$$;

-- What a row has to get back so that p_after becomes p_before again, and which fields say something else by now. Tags
-- and metadata are taken back one by one: what others put beside them stays.
create function customers_private.fields_undone(
  p_current jsonb, p_before jsonb, p_after jsonb, out fields jsonb, out edited text[]
)
language plpgsql immutable
set search_path = ''
as $$
declare
  field text;
  entry text;
  was jsonb;
  became jsonb;
  current jsonb;
begin
  fields := '{}';
  edited := '{}';
  for field, became in select a.key, a.value from jsonb_each(p_after) a where p_current ? a.key loop
    was := p_before -> field;
    current := p_current -> field;
    if current = became then
      current := was;
    elsif field = 'tags' then
      current := customers_private.clean_tags(
        (select coalesce(jsonb_agg(t.tag order by t.n), '[]')
         from jsonb_array_elements(current) with ordinality t (tag, n)
         where was @> t.tag or not became @> t.tag)
        || (select coalesce(jsonb_agg(t.tag order by t.n), '[]')
            from jsonb_array_elements(was) with ordinality t (tag, n)
            where not became @> t.tag));
    elsif field = 'metadata' then
      for entry in select k.key from jsonb_each(was || became) k where was -> k.key is distinct from became -> k.key loop
        if current -> entry is distinct from became -> entry then
          edited := edited || field;
        elsif was ? entry then
          current := current || jsonb_build_object(entry, was -> entry);
        else
          current := current - entry;
        end if;
      end loop;
    else
      edited := edited || field;
      continue;
    end if;
    fields := fields || jsonb_build_object(field, current);
  end loop;
end
$$;

-- Each of these takes back one change. `outcome` is `changed`, `unchanged` where it is so already, or the code of a
-- failure; the customer is locked.
create function customers_private.undo_customer_change(
  p_change public.mod_ecommod01_customer_changes, p_operation uuid, out outcome text, out field text
)
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  customer public.mod_ecommod01_customers;
  undone record;
  next_version integer;
begin
  outcome := 'changed';
  select c.* into customer
  from public.mod_ecommod01_customers c
  where c.site_id = p_change.site_id and c.id = p_change.customer_id;
  if customer.merged_into is not null then
    outcome := 'merged';
  elsif p_change.after ? 'deleted_at' then
    if customer.deleted_at is not distinct from (p_change.before ->> 'deleted_at')::timestamptz then
      outcome := 'unchanged';
    elsif customer.version <> p_change.version then
      outcome := 'edited';
    else
      update public.mod_ecommod01_customers c
      set deleted_at = (p_change.before ->> 'deleted_at')::timestamptz,
        deleted_by = case when p_change.before ->> 'deleted_at' is not null then auth.uid() end
      where c.site_id = customer.site_id and c.id = customer.id
      returning c.version into next_version;
      perform customers_private.keep_change(customer.site_id, p_operation, customer.id, 'customer', null, next_version,
        p_change.after, p_change.before);
    end if;
  elsif customer.deleted_at is not null then
    outcome := 'deleted';
  else
    undone := customers_private.fields_undone(
      customers_private.editable_fields(customer), p_change.before, p_change.after);
    if undone.edited <> '{}' then
      outcome := 'edited';
      field := undone.edited[1];
    elsif not customers_private.write_customer_fields(customer, p_operation, undone.fields) then
      outcome := 'unchanged';
    end if;
  end if;
exception when unique_violation or sqlstate 'PT409' then
  outcome := 'exists';
  field := 'email';
end
$$;

create function customers_private.undo_address_change(
  p_change public.mod_ecommod01_customer_changes, p_operation uuid, out outcome text, out field text
)
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  address public.mod_ecommod01_customer_addresses;
  was public.mod_ecommod01_customer_addresses;
  undone record;
begin
  outcome := 'changed';
  select a.* into address
  from public.mod_ecommod01_customer_addresses a
  where a.site_id = p_change.site_id and a.id = p_change.subject_id;

  if p_change.before = '{}' then
    if address.id is null then
      outcome := 'unchanged';
    elsif address.version <> p_change.version then
      outcome := 'edited';
    else
      delete from public.mod_ecommod01_customer_addresses a where a.site_id = address.site_id and a.id = address.id;
      perform customers_private.keep_change(address.site_id, p_operation, address.customer_id, 'address', address.id,
        address.version, customers_private.address_fields(address), '{}');
    end if;
  elsif p_change.after = '{}' then
    if address.id is not null then
      outcome := 'unchanged';
      return;
    end if;
    was := jsonb_populate_record(null::public.mod_ecommod01_customer_addresses, p_change.before);
    -- What another address has become the default for since, it stays.
    select was.is_default_billing and not coalesce(bool_or(a.is_default_billing), false),
      was.is_default_shipping and not coalesce(bool_or(a.is_default_shipping), false)
    into was.is_default_billing, was.is_default_shipping
    from public.mod_ecommod01_customer_addresses a
    where a.site_id = p_change.site_id and a.customer_id = p_change.customer_id;
    was.site_id := p_change.site_id;
    was.id := p_change.subject_id;
    was.customer_id := p_change.customer_id;
    was.updated_at := now();
    was.version := p_change.version + 1;
    insert into public.mod_ecommod01_customer_addresses select (was).*;
    perform customers_private.keep_change(was.site_id, p_operation, was.customer_id, 'address', was.id, was.version,
      '{}', customers_private.address_fields(was));
  elsif address.id is null then
    outcome := 'unknown';
  else
    undone := customers_private.fields_undone(
      customers_private.address_fields(address), p_change.before, p_change.after);
    if undone.edited <> '{}' then
      outcome := 'edited';
      field := undone.edited[1];
      return;
    end if;
    was := jsonb_populate_record(address, undone.fields);
    update public.mod_ecommod01_customer_addresses a
    set label = was.label, is_default_billing = was.is_default_billing, is_default_shipping = was.is_default_shipping,
      first_name = was.first_name, last_name = was.last_name, company = was.company,
      address_line_1 = was.address_line_1, address_line_2 = was.address_line_2, city = was.city, state = was.state,
      postal_code = was.postal_code, country = was.country, phone = was.phone, version = a.version + 1,
      updated_at = now()
    where a.site_id = address.site_id and a.id = address.id;
    perform customers_private.keep_change(address.site_id, p_operation, address.customer_id, 'address', address.id,
      address.version + 1, p_change.after, p_change.before);
  end if;
exception when unique_violation then
  -- Another address has become the default since.
  outcome := 'edited';
  field := 'is_default_billing';
end
$$;

create function customers_private.undo_note_change(
  p_change public.mod_ecommod01_customer_changes, p_operation uuid, out outcome text, out field text
)
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  note public.mod_ecommod01_customer_notes;
  was public.mod_ecommod01_customer_notes;
  undone record;
begin
  outcome := 'changed';
  select n.* into note
  from public.mod_ecommod01_customer_notes n
  where n.site_id = p_change.site_id and n.id = p_change.subject_id;

  if p_change.before = '{}' then
    if note.id is null then
      outcome := 'unchanged';
    elsif note.version <> p_change.version then
      outcome := 'edited';
    else
      delete from public.mod_ecommod01_customer_notes n where n.site_id = note.site_id and n.id = note.id;
      perform customers_private.keep_change(note.site_id, p_operation, note.customer_id, 'note', note.id, note.version,
        to_jsonb(note) - array['site_id', 'customer_id', 'id', 'version'], '{}');
    end if;
  elsif p_change.after = '{}' then
    if note.id is not null then
      outcome := 'unchanged';
      return;
    end if;
    was := jsonb_populate_record(null::public.mod_ecommod01_customer_notes, p_change.before);
    was.site_id := p_change.site_id;
    was.id := p_change.subject_id;
    was.customer_id := p_change.customer_id;
    was.version := p_change.version + 1;
    insert into public.mod_ecommod01_customer_notes select (was).*;
    perform customers_private.keep_change(was.site_id, p_operation, was.customer_id, 'note', was.id, was.version, '{}',
      jsonb_build_object('content', was.content));
  elsif note.id is null then
    outcome := 'unknown';
  else
    undone := customers_private.fields_undone(
      jsonb_build_object('content', note.content, 'pinned', note.pinned), p_change.before, p_change.after);
    if undone.edited <> '{}' then
      outcome := 'edited';
      field := undone.edited[1];
      return;
    end if;
    was := jsonb_populate_record(note, undone.fields);
    update public.mod_ecommod01_customer_notes n
    set content = was.content, pinned = was.pinned, version = n.version + 1,
      updated_at = case when undone.fields ? 'content' then now() else n.updated_at end
    where n.site_id = note.site_id and n.id = note.id;
    perform customers_private.keep_change(note.site_id, p_operation, note.customer_id, 'note', note.id,
      note.version + 1, p_change.after, p_change.before);
  end if;
end
$$;

create function customers_private.undo_group_change(
  p_change public.mod_ecommod01_customer_changes, p_operation uuid, out outcome text, out field text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  if p_change.before = '{}' then
    delete from public.mod_ecommod01_customer_group_members m
    where m.site_id = p_change.site_id and m.customer_id = p_change.customer_id and m.group_id = p_change.subject_id;
  else
    perform from public.mod_ecommod01_customer_groups g
    where g.site_id = p_change.site_id and g.id = p_change.subject_id
    for key share;
    if not found then
      outcome := 'unknown_group';
      field := 'groups';
      return;
    end if;
    insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
    values (p_change.site_id, p_change.customer_id, p_change.subject_id)
    on conflict do nothing;
  end if;
  outcome := case when found then 'changed' else 'unchanged' end;
  if found then
    perform customers_private.keep_change(p_change.site_id, p_operation, p_change.customer_id, 'group',
      p_change.subject_id, null, p_change.after, p_change.before);
  end if;
end
$$;

-- What hangs on a customer is given back to one that is there; the customer itself may have been hidden by the change.
create function customers_private.undo_change(
  p_change public.mod_ecommod01_customer_changes, p_operation uuid, out outcome text, out field text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  hidden record;
begin
  select c.deleted_at, c.merged_into into hidden
  from public.mod_ecommod01_customers c
  where c.site_id = p_change.site_id and c.id = p_change.customer_id;
  if p_change.subject <> 'customer' and hidden.deleted_at is not null then
    outcome := case when hidden.merged_into is null then 'deleted' else 'merged' end;
    return;
  end if;
  case p_change.subject
    when 'customer' then
      select u.outcome, u.field into outcome, field
      from customers_private.undo_customer_change(p_change, p_operation) u;
    when 'address' then
      select u.outcome, u.field into outcome, field
      from customers_private.undo_address_change(p_change, p_operation) u;
    when 'note' then
      select u.outcome, u.field into outcome, field from customers_private.undo_note_change(p_change, p_operation) u;
    when 'group' then
      select u.outcome, u.field into outcome, field from customers_private.undo_group_change(p_change, p_operation) u;
  end case;
end
$$;

-- Takes back every change of an operation that was done in one step.
create function customers_private.undo_changes(
  p_site uuid, p_undone uuid, p_operation uuid, out changed integer, out unchanged integer, out failures jsonb
)
language plpgsql volatile
set search_path = ''
as $$
declare
  change public.mod_ecommod01_customer_changes;
  undone record;
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

  for change in
    select g.*
    from public.mod_ecommod01_customer_changes g
    where g.site_id = p_site and g.operation_id = p_undone
    -- The address that became the default gives it up before the other gets it back.
    order by g.before @> '{"is_default_billing": true}' or g.before @> '{"is_default_shipping": true}', g.customer_id,
      g.id desc
  loop
    undone := customers_private.undo_change(change, p_operation);
    if undone.outcome = 'changed' then
      changed := changed + 1;
    elsif undone.outcome = 'unchanged' then
      unchanged := unchanged + 1;
    else
      failures := failures || customers_private.undo_failure(
        coalesce(change.subject_id, change.customer_id), undone.field, undone.outcome);
    end if;
  end loop;
end
$$;

-- An editor undoes what he or she did, an admin anybody's; what takes an admin to do takes one to undo.
create function customers_private.undo_operation(p_site uuid, p_operation uuid, p_id uuid) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  done public.mod_ecommod01_customer_operations;
  refusal text;
  undone record;
begin
  if not customers_private.begin_change(p_site, p_operation, 'undo', jsonb_build_array(p_id)) then
    return customers_private.operation_receipt(p_site, p_operation);
  end if;
  -- Locked, so that of two who undo it at once the second finds it undone.
  select o.* into done
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_id
  for no key update;
  if not found or p_id = p_operation then
    raise sqlstate 'PT404' using message = 'There is no such operation.', detail = '{"reason": "unknown"}';
  end if;
  if done.started_by is distinct from auth.uid() or done.kind in ('delete', 'restore', 'merge') then
    perform customers_private.require_role(p_site, 'admin');
  end if;
  refusal := customers_private.undo_refusal(done);
  if refusal is not null then
    raise sqlstate 'PT409' using message = customers_private.undo_refusal_message(refusal),
      detail = json_build_object('reason', refusal)::text;
  end if;

  execute format(
    'select u.changed, u.unchanged, u.failures from customers_private.%I($1, $2, $3) u',
    customers_private.undo_function(done.kind))
  into undone
  using p_site, p_id, p_operation;
  update public.mod_ecommod01_customer_operations o
  set asked = undone.changed + undone.unchanged + jsonb_array_length(undone.failures),
    options = jsonb_build_object('undoes', p_id, 'kind', done.kind)
  where o.site_id = p_site and o.id = p_operation;
  perform customers_private.end_change(
    p_site, p_operation, 0, undone.changed, undone.unchanged, undone.failures);
  -- Where nothing went back, it may be tried again.
  if undone.changed > 0 or undone.failures = '[]' then
    update public.mod_ecommod01_customer_operations o
    set undone_by = p_operation
    where o.site_id = p_site and o.id = p_id;
  end if;
  return customers_private.operation_receipt(p_site, p_operation);
end
$$;

create function public.mod_ecommod01_undo_operation(p_site uuid, p_operation uuid, p_id uuid) returns json
language sql volatile set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.undo_operation(p_site, p_operation, p_id) $$;

revoke execute on function
  customers_private.undo_function, customers_private.undo_refusal, customers_private.undo_refusal_message,
  customers_private.show_undo, customers_private.operation_receipt, customers_private.undo_failure,
  customers_private.fields_undone, customers_private.undo_customer_change, customers_private.undo_address_change,
  customers_private.undo_note_change, customers_private.undo_group_change, customers_private.undo_change,
  customers_private.undo_changes, customers_private.undo_operation, public.mod_ecommod01_undo_operation
from public, anon, authenticated, service_role;
grant execute on function customers_private.undo_operation, public.mod_ecommod01_undo_operation to authenticated;
