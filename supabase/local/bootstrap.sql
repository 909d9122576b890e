-- What a hosted Supabase project has before the first migration: roles, schemas, auth.*, default privileges.
-- Run it once per cluster and database, as the cluster's superuser, on Postgres 15 to 18 or in PGlite; running it
-- again changes nothing. Never run it on a hosted project.
--
-- Two settings, to be set before in the same session, choose the variant:
--   bootstrap.owner               the role that runs migrations and owns what they make; default 'postgres', made
--                                 here if missing. In PGlite `postgres` is the superuser: name another role there.
--   bootstrap.default_privileges  'legacy' (default: anon, authenticated and service_role get everything that is
--                                 made in public) or 'explicit' (projects since 2026-05-30: they get no more than
--                                 truncate, references and trigger; see https://supabase.com/changelog/45329)
--
-- After supabase/postgres, migrations/db/init-scripts (https://github.com/supabase/postgres).

do $bootstrap$
declare
  owner_role constant text := coalesce(nullif(current_setting('bootstrap.owner', true), ''), 'postgres');
  privileges constant text := coalesce(nullif(current_setting('bootstrap.default_privileges', true), ''), 'legacy');
  extension text;
begin
  if privileges not in ('legacy', 'explicit') then
    raise exception 'bootstrap.default_privileges is %, expected legacy or explicit', privileges;
  end if;

  -- Roles. The owner is no superuser: as superuser a migration would pass here and fail on a hosted project.
  if to_regrole(quote_ident(owner_role)) is null then
    execute format('create role %I nosuperuser createdb createrole login replication bypassrls', owner_role);
  end if;
  if to_regrole('anon') is null then
    create role anon nologin noinherit;
  end if;
  if to_regrole('authenticated') is null then
    create role authenticated nologin noinherit;
  end if;
  if to_regrole('service_role') is null then
    create role service_role nologin noinherit bypassrls;
  end if;
  if to_regrole('authenticator') is null then
    create role authenticator login noinherit;
  end if;
  grant anon, authenticated, service_role to authenticator;
  execute format('grant anon, authenticated, service_role to %I', owner_role);

  alter role anon set statement_timeout = '3s';
  alter role authenticated set statement_timeout = '8s';
  alter role authenticator set statement_timeout = '8s';
  alter role authenticator set lock_timeout = '8s';
  execute format('alter role %I set search_path to "$user", public, extensions', owner_role);

  -- Schemas.
  execute format('alter database %I owner to %I', current_database(), owner_role);
  create schema if not exists extensions;
  create schema if not exists auth;
  execute format('grant usage on schema public, extensions, auth to %I, anon, authenticated, service_role', owner_role);
  execute format('grant create on schema public, extensions to %I', owner_role);

  -- PGlite has only the extensions that its page has loaded.
  foreach extension in array array['uuid-ossp', 'pgcrypto'] loop
    if exists (select from pg_available_extensions where name = extension) then
      execute format('create extension if not exists %I with schema extensions', extension);
    end if;
  end loop;

  -- Default privileges of what the owner will make in public.
  execute format(
    'alter default privileges for role %I in schema public grant all on tables to %1$I, anon, authenticated, service_role',
    owner_role);
  execute format(
    'alter default privileges for role %I in schema public grant all on functions to %1$I, anon, authenticated, service_role',
    owner_role);
  execute format(
    'alter default privileges for role %I in schema public grant all on sequences to %1$I, anon, authenticated, service_role',
    owner_role);
  if privileges = 'explicit' then
    execute format(
      'alter default privileges for role %I in schema public revoke select, insert, update, delete on tables from anon, authenticated, service_role',
      owner_role);
    execute format(
      'alter default privileges for role %I in schema public revoke execute on functions from anon, authenticated, service_role',
      owner_role);
    execute format(
      'alter default privileges for role %I in schema public revoke usage, select on sequences from anon, authenticated, service_role',
      owner_role);
  end if;
end
$bootstrap$;

-- Who is asking: PostgREST puts the token's claims into request.jwt.claims.
create or replace function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;

create or replace function auth.role() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;

create or replace function auth.email() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
  )
$$;

create or replace function auth.jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;

create table if not exists auth.users (
  id uuid primary key,
  email varchar(255),
  raw_app_meta_data jsonb,
  raw_user_meta_data jsonb,
  created_at timestamptz default now(),
  updated_at timestamptz default now()
);
alter table auth.users enable row level security;

do $grants$
begin
  execute format(
    'grant all on auth.users to %I',
    coalesce(nullif(current_setting('bootstrap.owner', true), ''), 'postgres'));
end
$grants$;
grant select on auth.users to service_role;
