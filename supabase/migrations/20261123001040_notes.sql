-- Notes about a customer, signed with the display name of whoever wrote them.

create function customers_private.note_saved(p_site uuid, p_customer uuid, p_id uuid, p_operation uuid) returns json
language sql stable
set search_path = ''
as $$
  select json_build_object(
    'customer', customers_private.show_customer(c),
    'note', (
      select customers_private.show_note(n)
      from public.mod_ecommod01_customer_notes n
      where n.site_id = p_site and n.id = p_id
    ),
    'receipt', customers_private.operation_receipt(p_site, p_operation))
  from public.mod_ecommod01_customers c
  where c.site_id = p_site and c.id = p_customer
$$;

create function customers_private.require_content(p_content text) returns void
language plpgsql immutable
set search_path = ''
as $$
begin
  if btrim(coalesce(p_content, ''), E' \t\r\n') = '' then
    perform customers_private.refuse('content', 'is missing');
  end if;
end
$$;

-- A null version means whichever it is.
create function customers_private.require_note(
  p_site uuid, p_customer uuid, p_id uuid, p_any_version boolean, p_version integer
) returns public.mod_ecommod01_customer_notes
language plpgsql stable
set search_path = ''
as $$
declare
  note public.mod_ecommod01_customer_notes;
begin
  select n.* into note
  from public.mod_ecommod01_customer_notes n
  where n.site_id = p_site and n.customer_id = p_customer and n.id = p_id;
  if not found then
    raise sqlstate 'PT404' using message = 'There is no such note.', detail = '{"reason": "unknown"}';
  elsif not p_any_version and note.version is distinct from p_version then
    perform customers_private.refuse_stale(
      p_site, p_customer, 'note', p_id, p_version, customers_private.show_note(note));
  end if;
  return note;
end
$$;

create function customers_private.add_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_content text
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'add_note', jsonb_build_array(p_customer, p_id, p_content)) then
    return customers_private.note_saved(p_site, p_customer, p_id, p_operation);
  end if;
  perform customers_private.require_content(p_content);
  if p_id is null then
    perform customers_private.refuse('id', 'is missing', 'Make a new uuid for each note.');
  end if;
  perform customers_private.lock_customer(p_site, p_customer);
  insert into public.mod_ecommod01_customer_notes (site_id, id, customer_id, content, user_id, user_name)
  select p_site, p_id, p_customer, p_content, o.started_by, o.started_by_name
  from public.mod_ecommod01_customer_operations o
  where o.site_id = p_site and o.id = p_operation
  on conflict do nothing;
  if not found then
    raise exception 'Another note has this id.'
      using errcode = 'PT409', detail = '{"reason": "id"}', hint = 'Make a new uuid for each note.';
  end if;
  perform customers_private.keep_change(
    p_site, p_operation, p_customer, 'note', p_id, 1, '{}', jsonb_build_object('content', p_content));
  perform customers_private.end_change(p_site, p_operation, 1, 0, 0);
  return customers_private.note_saved(p_site, p_customer, p_id, p_operation);
end
$$;

-- Writes what differs of content and pinned under the lock on the customer.
create function customers_private.write_note(
  p_note public.mod_ecommod01_customer_notes, p_operation uuid, p_fields jsonb
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  change constant record := customers_private.difference(
    jsonb_build_object('content', p_note.content, 'pinned', p_note.pinned), p_fields);
  is_changed constant boolean := change.after <> '{}';
begin
  if is_changed then
    update public.mod_ecommod01_customer_notes n
    set content = coalesce(p_fields ->> 'content', n.content),
      pinned = coalesce((p_fields ->> 'pinned')::boolean, n.pinned),
      updated_at = case when p_fields ? 'content' then now() else n.updated_at end,
      version = n.version + 1
    where n.site_id = p_note.site_id and n.id = p_note.id;
    perform customers_private.keep_change(p_note.site_id, p_operation, p_note.customer_id, 'note', p_note.id,
      p_note.version + 1, change.before, change.after);
  end if;
  perform customers_private.end_change(
    p_note.site_id, p_operation, 0, is_changed::integer, (not is_changed)::integer);
end
$$;

create function customers_private.update_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_version integer, p_content text
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
begin
  if customers_private.begin_change(
    p_site, p_operation, 'update_note', jsonb_build_array(p_customer, p_id, p_version, p_content)) then
    perform customers_private.require_content(p_content);
    perform customers_private.lock_customer(p_site, p_customer);
    perform customers_private.write_note(
      customers_private.require_note(p_site, p_customer, p_id, false, p_version), p_operation,
      jsonb_build_object('content', p_content));
  end if;
  return customers_private.note_saved(p_site, p_customer, p_id, p_operation);
end
$$;

-- In place, without a version: pinning overwrites nothing.
create function customers_private.pin_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_pinned boolean
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
begin
  if customers_private.begin_change(
    p_site, p_operation, 'pin_note', jsonb_build_array(p_customer, p_id, p_pinned)) then
    if p_pinned is null then
      perform customers_private.refuse('pinned', 'must be true or false');
    end if;
    perform customers_private.lock_customer(p_site, p_customer);
    perform customers_private.write_note(
      customers_private.require_note(p_site, p_customer, p_id, true, null), p_operation,
      jsonb_build_object('pinned', p_pinned));
  end if;
  return customers_private.note_saved(p_site, p_customer, p_id, p_operation);
end
$$;

create function customers_private.delete_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_version integer
) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  note public.mod_ecommod01_customer_notes;
begin
  if customers_private.begin_change(
    p_site, p_operation, 'delete_note', jsonb_build_array(p_customer, p_id, p_version)) then
    perform customers_private.lock_customer(p_site, p_customer);
    note := customers_private.require_note(p_site, p_customer, p_id, false, p_version);
    delete from public.mod_ecommod01_customer_notes n where n.site_id = p_site and n.id = p_id;
    perform customers_private.keep_change(p_site, p_operation, p_customer, 'note', p_id, note.version,
      to_jsonb(note) - array['site_id', 'customer_id', 'id', 'version'], '{}');
    perform customers_private.end_change(p_site, p_operation, 0, 1, 0);
  end if;
  return customers_private.note_saved(p_site, p_customer, p_id, p_operation);
end
$$;

-- The undo of a deletion: the note as it was, with its author and time. Nothing happens where it is there.
create function customers_private.restore_note(p_site uuid, p_operation uuid, p_customer uuid, p_id uuid) returns json
language plpgsql volatile security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  deleted record;
  restored boolean := false;
begin
  if not customers_private.begin_change(
    p_site, p_operation, 'restore_note', jsonb_build_array(p_customer, p_id)) then
    return customers_private.note_saved(p_site, p_customer, p_id, p_operation);
  end if;
  perform customers_private.lock_customer(p_site, p_customer);
  select g.version, g.before into deleted
  from public.mod_ecommod01_customer_changes g
  where g.site_id = p_site and g.customer_id = p_customer and g.subject = 'note' and g.subject_id = p_id
    and g.after = '{}' and g.changed_at > now() - interval '30 days'
  order by g.changed_at desc, g.id desc
  limit 1;
  if found then
    insert into public.mod_ecommod01_customer_notes
      (site_id, id, customer_id, content, user_id, user_name, pinned, created_at, updated_at, version)
    select p_site, p_id, p_customer, b.content, b.user_id, b.user_name, b.pinned, b.created_at, b.updated_at,
      deleted.version + 1
    from jsonb_populate_record(null::public.mod_ecommod01_customer_notes, deleted.before) b
    on conflict do nothing;
    restored := found;
  else
    perform customers_private.require_note(p_site, p_customer, p_id, true, null);
  end if;
  if restored then
    perform customers_private.keep_change(p_site, p_operation, p_customer, 'note', p_id, deleted.version + 1, '{}',
      jsonb_build_object('content', deleted.before ->> 'content'));
    perform customers_private.end_change(p_site, p_operation, 0, 1, 0);
  else
    perform customers_private.end_change(p_site, p_operation, 0, 0, 1);
  end if;
  return customers_private.note_saved(p_site, p_customer, p_id, p_operation);
end
$$;

create function public.mod_ecommod01_add_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_content text
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.add_note(p_site, p_operation, p_customer, p_id, p_content) $$;

create function public.mod_ecommod01_update_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_version integer, p_content text
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.update_note(p_site, p_operation, p_customer, p_id, p_version, p_content) $$;

create function public.mod_ecommod01_pin_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_pinned boolean
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.pin_note(p_site, p_operation, p_customer, p_id, p_pinned) $$;

create function public.mod_ecommod01_delete_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid, p_version integer
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.delete_note(p_site, p_operation, p_customer, p_id, p_version) $$;

create function public.mod_ecommod01_restore_note(
  p_site uuid, p_operation uuid, p_customer uuid, p_id uuid
) returns json
language sql volatile set search_path = '' set statement_timeout = '8s'
as $$ select customers_private.restore_note(p_site, p_operation, p_customer, p_id) $$;

revoke execute on function
  customers_private.note_saved, customers_private.require_content, customers_private.require_note,
  customers_private.write_note, customers_private.add_note, customers_private.update_note,
  customers_private.pin_note, customers_private.delete_note, customers_private.restore_note,
  public.mod_ecommod01_add_note, public.mod_ecommod01_update_note, public.mod_ecommod01_pin_note,
  public.mod_ecommod01_delete_note, public.mod_ecommod01_restore_note
from public, anon, authenticated, service_role;
grant execute on function
  customers_private.add_note, customers_private.update_note, customers_private.pin_note,
  customers_private.delete_note, customers_private.restore_note,
  public.mod_ecommod01_add_note, public.mod_ecommod01_update_note, public.mod_ecommod01_pin_note,
  public.mod_ecommod01_delete_note, public.mod_ecommod01_restore_note
to authenticated;
