-- What this package expects of its host: sites, agencies and orders. Made small where they are missing, left as
-- they are where they exist.

create schema if not exists extensions;
create extension if not exists pg_trgm with schema extensions;

do $$
declare
  home text := (
    select n.nspname from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_trgm'
  );
begin
  if home <> 'extensions' then
    raise exception 'The extension pg_trgm is installed in the schema "%"; it is expected in "extensions".', home
      using hint = 'alter extension pg_trgm set schema extensions;';
  end if;
end $$;

do $$
declare
  made text[] := '{}';
  name text;
  missing record;
begin
  if to_regclass('public.agencies') is null then
    create table public.agencies (
      id uuid primary key default gen_random_uuid(),
      name text not null default '',
      created_at timestamptz not null default now()
    );
    made := made || 'agencies'::text;
  end if;

  if to_regclass('public.sites') is null then
    create table public.sites (
      id uuid primary key default gen_random_uuid(),
      agency_id uuid not null references public.agencies (id),
      name text not null default '',
      created_at timestamptz not null default now()
    );
    create index sites_agency_id on public.sites (agency_id);
    made := made || 'sites'::text;
  end if;

  -- No reference to sites: an order outlives everything around it.
  if to_regclass('public.mod_ecommod01_orders') is null then
    create table public.mod_ecommod01_orders (
      id uuid primary key default gen_random_uuid(),
      site_id uuid not null,
      customer_id uuid,
      order_number text not null,
      status text not null default 'pending' check (
        status in ('pending', 'confirmed', 'processing', 'shipped', 'delivered', 'cancelled', 'refunded')
      ),
      total bigint not null,
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      created_at timestamptz not null default now(),
      unique (site_id, order_number)
    );
    create index mod_ecommod01_orders_customer on public.mod_ecommod01_orders (site_id, customer_id, created_at);
    made := made || 'mod_ecommod01_orders'::text;
  end if;

  foreach name in array made loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on table public.%I from public, anon, authenticated', name);
    execute format('grant select, insert, update, delete on table public.%I to service_role', name);
  end loop;

  select expected.table_name, expected.column_name, expected.types, format_type(a.atttypid, null) as found
  into missing
  from (values
    ('agencies', 'id', array['uuid']),
    ('sites', 'id', array['uuid']),
    ('sites', 'agency_id', array['uuid']),
    ('mod_ecommod01_orders', 'id', array['uuid']),
    ('mod_ecommod01_orders', 'site_id', array['uuid']),
    ('mod_ecommod01_orders', 'customer_id', array['uuid']),
    ('mod_ecommod01_orders', 'order_number', null),
    ('mod_ecommod01_orders', 'status', null),
    ('mod_ecommod01_orders', 'total', array['integer', 'bigint', 'numeric']),
    ('mod_ecommod01_orders', 'currency', null),
    ('mod_ecommod01_orders', 'created_at', array['timestamp with time zone'])
  ) as expected (table_name, column_name, types)
  left join pg_catalog.pg_attribute a
    on a.attrelid = to_regclass('public.' || expected.table_name)
    and a.attname = expected.column_name and a.attnum > 0 and not a.attisdropped
  where a.attname is null or not format_type(a.atttypid, null) = any (expected.types)
  limit 1;

  if missing.table_name is not null then
    raise exception 'public.%: the column "%" is %, expected: %.',
      missing.table_name, missing.column_name, coalesce(missing.found, 'missing'),
      coalesce(array_to_string(missing.types, ' or '), 'any type')
      using hint = 'docs/data-model.md says which columns of the host are read.';
  end if;

  if not exists (
    select from pg_catalog.pg_index i
    join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attname = 'customer_id'
    where i.indrelid = 'public.mod_ecommod01_orders'::regclass
      and a.attnum = any ((i.indkey::int2[])[0:1])
  ) then
    raise warning 'public.mod_ecommod01_orders has no index that begins with customer_id or (site_id, customer_id).'
      using hint = 'create index concurrently on public.mod_ecommod01_orders (site_id, customer_id, created_at);';
  end if;
end $$;
