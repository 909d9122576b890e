-- Who may touch what. The policies are the second wall behind the role check of each RPC; they, `unique (id)` and the
-- reference to auth.users stand apart because a Postgres sharded by site has to leave them out.

alter table public.mod_ecommod01_customers
  add constraint mod_ecommod01_customers_id_key unique (id),
  add constraint mod_ecommod01_customers_user_id_fkey foreign key (user_id) references auth.users (id) on delete set null;
create index mod_ecommod01_customers_user on public.mod_ecommod01_customers (user_id) where user_id is not null;

-- Everything is written by RPCs: a signed-in user may read the rows of his or her sites, anon nothing. The revokes
-- undo what a project's default privileges gave, truncate, references and trigger too, which policies do not stop.
do $$
declare
  name text;
begin
  foreach name in array array[
    'customers', 'customer_addresses', 'customer_groups', 'customer_group_members', 'customer_notes',
    'customer_settings', 'site_members', 'customer_operations', 'customer_operation_steps', 'customer_changes'
  ] loop
    name := 'mod_ecommod01_' || name;
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on table public.%I from public, anon, authenticated, service_role', name);
    execute format('grant select on table public.%I to authenticated', name);
    execute format('grant select, insert, update, delete on table public.%I to service_role', name);
    execute format(
      'create policy members_read on public.%I for select to authenticated
       using (site_id = any ((select customers_private.my_site_ids())::uuid[]))', name);
  end loop;
end $$;

revoke all on schema customers_private from public;
grant usage on schema customers_private to authenticated, service_role;

-- Functions are executable by everyone until revoked one by one: revoking by default privileges has no effect for a
-- single schema.
revoke execute on all functions in schema customers_private from public, anon, authenticated;
grant execute on function customers_private.my_site_ids() to authenticated;
-- service_role writes tables by plain SQL: their defaults and generated columns run with its rights.
grant execute on function customers_private.uuid_v7(), customers_private.fold(text) to service_role;
