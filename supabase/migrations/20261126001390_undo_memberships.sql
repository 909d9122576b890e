-- Undo of being in a group, where people may also have been kept out of one that has a rule.
create or replace function customers_private.undo_group_change(
  p_change public.mod_ecommod01_customer_changes, p_operation uuid, out outcome text, out field text
)
language plpgsql volatile
set search_path = ''
as $$
declare
  joined constant boolean := p_change.before = '{}';
  said constant jsonb := case when p_change.before = '{}' then p_change.after else p_change.before end;
  was constant text := coalesce(said ->> 'before', case when joined then 'release' else 'add' end);
  became constant text := coalesce(said ->> 'byHand', case when joined then 'add' else 'release' end);
  current_place text;
begin
  if customers_private.lock_groups(p_change.site_id, array[p_change.subject_id]) = '{}' then
    outcome := case when became = 'add' then 'unchanged' else 'unknown_group' end;
    field := case when became = 'add' then null else 'groups' end;
    return;
  end if;
  current_place := customers_private.place_of(p_change.site_id, p_change.customer_id, p_change.subject_id);
  if current_place = was then
    outcome := 'unchanged';
  elsif current_place <> became then
    outcome := 'edited';
    field := 'groups';
  else
    perform customers_private.place_members(
      p_change.site_id, p_operation, array[p_change.customer_id], array[p_change.subject_id], was);
    outcome := 'changed';
  end if;
end
$$;
