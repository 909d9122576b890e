-- The tenancy seam. A host with its own membership replaces my_sites() and nothing else.

-- The sites that the signed-in user may see, with the role (viewer, editor or admin) and the name to sign with.
create or replace function customers_private.my_sites()
returns table (site_id uuid, role text, display_name text)
language sql stable security definer set search_path = ''
as $$
  select m.site_id, m.role, m.display_name
  from public.mod_ecommod01_site_members m
  where m.user_id = (select auth.uid())
$$;

-- For policies: as an array in a sub-select it is asked once a statement and can be an index condition.
create or replace function customers_private.my_site_ids() returns uuid[]
language sql stable security definer set search_path = ''
as $$
  select coalesce(array_agg(m.site_id), '{}') from customers_private.my_sites() m
$$;

-- Raises PT403 unless the signed-in user has at least this role; a foreign site and one that does not exist get the
-- same answer. Answers the role and the name of who asks.
create or replace function customers_private.require_role(
  p_site uuid, p_role text, out role text, out display_name text
)
language plpgsql stable security definer set search_path = ''
as $$
declare
  roles constant text[] := array['viewer', 'editor', 'admin'];
begin
  select m.role, m.display_name into role, display_name
  from customers_private.my_sites() m
  where m.site_id = p_site;

  if role is null then
    raise exception 'You have no access to this site.' using errcode = 'PT403';
  end if;
  if array_position(roles, role) < array_position(roles, p_role) then
    raise exception 'This needs the role %; yours is %.', p_role, role using errcode = 'PT403';
  end if;
end
$$;
