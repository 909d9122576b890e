-- The tables. Every key and every reference is led by site_id: a child of another tenant's row cannot be written.
-- Texts are `text` with a CHECK for their width, not varchar(n): varchar cuts surplus blanks and its error does not
-- name the column.

create schema if not exists customers_private;

-- Time-ordered ids (RFC 9562, version 7), with the fraction of the millisecond in the 12 bits after the version, as
-- Postgres 18's uuidv7() has it. Random ids cost a fifth of an import and half of an export's speed.
create or replace function customers_private.uuid_v7() returns uuid
language plpgsql volatile parallel safe set search_path = ''
as $$
declare
  milliseconds constant double precision := date_part('epoch', clock_timestamp()) * 1000;
begin
  return encode(
    substring(int8send(floor(milliseconds)::bigint) from 3)
      || int2send((x'7000'::int + floor((milliseconds - floor(milliseconds)) * 4096)::int)::smallint)
      || substring(uuid_send(gen_random_uuid()) from 9),
    'hex'
  )::uuid;
end
$$;

-- What search and sorting by name compare: lower case, without diacritics, compatibility forms made plain (full
-- width, ligatures), letters that Unicode does not decompose spelled out (ß ss, æ ae, œ oe, þ th, ø o, ł l, đ d, …),
-- typographic apostrophes and dashes as on a keyboard, tabs and line ends as blanks. Nothing else is removed.
--
-- Marks go before lower(), so that a database of locale C still folds Ö. The result is composed again: Hangul stays
-- one character a syllable and kana keep their sound marks. plpgsql, since with the SET clause an SQL function would
-- not be inlined and costs more: 4 µs a value in ASCII, 15 µs otherwise.
create or replace function customers_private.fold(value text) returns text
language plpgsql immutable strict parallel safe set search_path = ''
as $$
begin
  if octet_length(value) = char_length(value) then
    return translate(lower(value collate "default"), E'\t\n\r', '   ');
  end if;
  return normalize(
    replace(replace(replace(replace(
      translate(
        lower(regexp_replace(
          normalize(value collate "default", NFKD),
          '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670]',
          '', 'g'
        )),
        E'øØłŁđĐðÐıħĦŧŦςĸŋŊ’‘ʼ‐–—\t\n\r',
        E'oollddddihhttσknn''''''---   '
      ),
      'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
    NFC
  );
end
$$;

create table if not exists public.mod_ecommod01_site_members (
  site_id uuid not null references public.sites (id) on delete cascade,
  user_id uuid not null,
  role text not null check (role in ('viewer', 'editor', 'admin')),
  display_name text not null
    constraint mod_ecommod01_site_members_display_name_width check (char_length(display_name) <= 255),
  primary key (site_id, user_id)
);
create index if not exists mod_ecommod01_site_members_user on public.mod_ecommod01_site_members (user_id);

create table if not exists public.mod_ecommod01_customer_settings (
  site_id uuid primary key references public.sites (id) on delete cascade,
  currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  -- An IANA name; one that is none is an error of this expression itself.
  time_zone text not null default 'UTC' check (timezone(time_zone, timestamptz 'epoch') is not null)
);

create table if not exists public.mod_ecommod01_customers (
  site_id uuid not null references public.sites (id) on delete cascade,
  id uuid not null default customers_private.uuid_v7(),
  agency_id uuid not null,
  user_id uuid,
  first_name text not null default ''
    constraint mod_ecommod01_customers_first_name_width check (char_length(first_name) <= 100),
  last_name text not null default ''
    constraint mod_ecommod01_customers_last_name_width check (char_length(last_name) <= 100),
  email text not null
    constraint mod_ecommod01_customers_email_width check (char_length(email) <= 255)
    constraint mod_ecommod01_customers_email_shape check (email like '%_@_%'),
  phone text
    constraint mod_ecommod01_customers_phone_width check (char_length(phone) <= 50),
  avatar_url text
    constraint mod_ecommod01_customers_avatar_url_http check (avatar_url ~ '^https?://'),
  status text not null default 'active' check (status in ('active', 'inactive', 'guest')),
  is_guest boolean not null default false,
  email_verified boolean not null default false,
  accepts_marketing boolean not null default false,
  -- Kept by triggers (0500), like country and the tables' other counts.
  orders_count integer not null default 0,
  -- How many of them are in the site's currency: what the average divides by.
  spent_orders_count integer not null default 0,
  -- Minor units of the site's currency.
  total_spent bigint not null default 0,
  average_order_value bigint not null generated always as (
    case when spent_orders_count > 0 then round(total_spent::numeric / spent_orders_count)::bigint else 0 end
  ) stored,
  last_order_date timestamptz,
  tags text[] not null default '{}'
    constraint mod_ecommod01_customers_tags_filled
    check (array_position(tags, null) is null and array_position(tags, '') is null)
    -- 255 characters each: an index holds no longer ones.
    constraint mod_ecommod01_customers_tags_width
    check (array_to_string(tags, E'\x1f') !~ E'[^\x1f]{255}[^\x1f]'),
  metadata jsonb not null default '{}'
    constraint mod_ecommod01_customers_metadata_object check (jsonb_typeof(metadata) = 'object'),
  notes_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  last_seen_at timestamptz,
  -- Goes up with every edit, not with counts: what a save compares.
  version integer not null default 1,
  -- ISO 3166-1 alpha-2, of the default shipping address, else billing, else the newest.
  country char(2),
  -- Hidden since, and by whom. Merged customers are hidden too and point to the one that remains.
  deleted_at timestamptz,
  deleted_by uuid,
  merged_into uuid,
  -- No reference: it would cost an import a look-up a row. Only the operations' own RPCs write it.
  created_by_operation uuid,
  -- Sort keys and search text are stored, since neither an expression index nor citext is leakproof. A name is cut
  -- only in its key: folding can make a letter eighteen, and an index entry ends at 2,704 bytes.
  name_key text collate "C" not null
    generated always as (left(btrim(customers_private.fold(first_name || ' ' || last_name)), 300)) stored,
  email_key text collate "C" not null generated always as (lower(btrim(email, E' \t\n\r\u00a0'))) stored,
  last_order_key timestamptz not null generated always as (coalesce(last_order_date, '-infinity')) stored,
  -- A blank before each word, so that trigrams know where words start; the phone as typed and its digits alone.
  search text not null generated always as (
    customers_private.fold(
      ' ' || first_name || ' ' || last_name || ' ' || email
        || coalesce(' ' || phone || ' ' || regexp_replace(phone, '[^0-9]', '', 'g'), '')
    )
  ) stored,
  primary key (site_id, id),
  foreign key (site_id, merged_into) references public.mod_ecommod01_customers (site_id, id)
    on delete set null (merged_into),
  constraint mod_ecommod01_customers_is_guest check (is_guest = (status = 'guest')),
  -- An export joins fields by U+001F and rows by U+001E.
  constraint mod_ecommod01_customers_no_separators check (
    first_name || last_name || email || coalesce(phone, '') || coalesce(avatar_url, '') || array_to_string(tags, '')
      !~ E'[\x1e\x1f]'
  )
) with (fillfactor = 85);

-- Also the sort by e-mail.
create unique index if not exists mod_ecommod01_customers_email
  on public.mod_ecommod01_customers (site_id, email_key) where deleted_at is null;
create index if not exists mod_ecommod01_customers_created
  on public.mod_ecommod01_customers (site_id, created_at, id) where deleted_at is null;
create index if not exists mod_ecommod01_customers_name
  on public.mod_ecommod01_customers (site_id, name_key, id) where deleted_at is null;
create index if not exists mod_ecommod01_customers_orders_count
  on public.mod_ecommod01_customers (site_id, orders_count, id) where deleted_at is null;
create index if not exists mod_ecommod01_customers_total_spent
  on public.mod_ecommod01_customers (site_id, total_spent, id) where deleted_at is null;
create index if not exists mod_ecommod01_customers_last_order
  on public.mod_ecommod01_customers (site_id, last_order_key, id) where deleted_at is null;
-- The status sort, the status filter under newest, and status counts.
create index if not exists mod_ecommod01_customers_status
  on public.mod_ecommod01_customers (site_id, status, created_at, id) where deleted_at is null;
create index if not exists mod_ecommod01_customers_country
  on public.mod_ecommod01_customers (site_id, country, created_at, id)
  where deleted_at is null and country is not null;
-- Of hidden customers too: Postgres never combines two indexes that have the same WHERE, and a search by a common name
-- has to combine this one with a sort's.
create index if not exists mod_ecommod01_customers_search
  on public.mod_ecommod01_customers using gin (search extensions.gin_trgm_ops);
create index if not exists mod_ecommod01_customers_tags
  on public.mod_ecommod01_customers using gin (tags) where deleted_at is null;
create index if not exists mod_ecommod01_customers_merged_into
  on public.mod_ecommod01_customers (site_id, merged_into) where merged_into is not null;

create table if not exists public.mod_ecommod01_customer_addresses (
  site_id uuid not null,
  id uuid not null default customers_private.uuid_v7(),
  customer_id uuid not null,
  label text not null
    constraint mod_ecommod01_customer_addresses_label_width check (char_length(label) <= 50),
  is_default_billing boolean not null default false,
  is_default_shipping boolean not null default false,
  first_name text not null
    constraint mod_ecommod01_customer_addresses_first_name_width check (char_length(first_name) <= 100),
  last_name text not null
    constraint mod_ecommod01_customer_addresses_last_name_width check (char_length(last_name) <= 100),
  company text
    constraint mod_ecommod01_customer_addresses_company_width check (char_length(company) <= 255),
  address_line_1 text not null
    constraint mod_ecommod01_customer_addresses_address_line_1_width check (char_length(address_line_1) <= 255),
  address_line_2 text
    constraint mod_ecommod01_customer_addresses_address_line_2_width check (char_length(address_line_2) <= 255),
  city text not null
    constraint mod_ecommod01_customer_addresses_city_width check (char_length(city) <= 100),
  state text not null default ''
    constraint mod_ecommod01_customer_addresses_state_width check (char_length(state) <= 100),
  postal_code text not null default ''
    constraint mod_ecommod01_customer_addresses_postal_code_width check (char_length(postal_code) <= 20),
  -- text, not char(2), whose error would not name the column.
  country text not null
    constraint mod_ecommod01_customer_addresses_country_code check (country ~ '^[A-Z]{2}$'),
  phone text
    constraint mod_ecommod01_customer_addresses_phone_width check (char_length(phone) <= 50),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  primary key (site_id, id),
  foreign key (site_id, customer_id) references public.mod_ecommod01_customers (site_id, id) on delete cascade,
  constraint mod_ecommod01_customer_addresses_no_separators check (
    label || first_name || last_name || coalesce(company, '') || address_line_1 || coalesce(address_line_2, '')
      || city || state || postal_code || coalesce(phone, '') !~ E'[\x1e\x1f]'
  )
);
create index if not exists mod_ecommod01_customer_addresses_customer
  on public.mod_ecommod01_customer_addresses (site_id, customer_id);
create unique index if not exists mod_ecommod01_customer_addresses_one_billing
  on public.mod_ecommod01_customer_addresses (site_id, customer_id) where is_default_billing;
create unique index if not exists mod_ecommod01_customer_addresses_one_shipping
  on public.mod_ecommod01_customer_addresses (site_id, customer_id) where is_default_shipping;

create table if not exists public.mod_ecommod01_customer_groups (
  site_id uuid not null references public.sites (id) on delete cascade,
  id uuid not null default customers_private.uuid_v7(),
  name text not null
    constraint mod_ecommod01_customer_groups_name_width check (char_length(name) <= 100)
    constraint mod_ecommod01_customer_groups_name_filled check (btrim(name) <> ''),
  description text,
  discount_percentage numeric(5, 2)
    constraint mod_ecommod01_customer_groups_discount_range check (discount_percentage between 0 and 100),
  color text not null default '#6366f1'
    constraint mod_ecommod01_customer_groups_color_hex check (color ~ '^#[0-9a-fA-F]{6}$'),
  -- Members that are not hidden.
  member_count integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version integer not null default 1,
  name_key text collate "C" not null generated always as (left(btrim(customers_private.fold(name)), 300)) stored,
  primary key (site_id, id),
  unique (site_id, name),
  constraint mod_ecommod01_customer_groups_no_separators check (name !~ E'[\x1e\x1f]')
);
create index if not exists mod_ecommod01_customer_groups_name_key
  on public.mod_ecommod01_customer_groups (site_id, name_key, id);

create table if not exists public.mod_ecommod01_customer_group_members (
  site_id uuid not null,
  customer_id uuid not null,
  group_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (site_id, customer_id, group_id),
  foreign key (site_id, customer_id) references public.mod_ecommod01_customers (site_id, id) on delete cascade,
  foreign key (site_id, group_id) references public.mod_ecommod01_customer_groups (site_id, id) on delete cascade
);
create index if not exists mod_ecommod01_customer_group_members_group
  on public.mod_ecommod01_customer_group_members (site_id, group_id, customer_id);

create table if not exists public.mod_ecommod01_customer_notes (
  site_id uuid not null,
  id uuid not null default customers_private.uuid_v7(),
  customer_id uuid not null,
  content text not null
    constraint mod_ecommod01_customer_notes_content_filled check (btrim(content) <> ''),
  user_id uuid not null,
  user_name text not null
    constraint mod_ecommod01_customer_notes_user_name_width check (char_length(user_name) <= 255),
  created_at timestamptz not null default now(),
  primary key (site_id, id),
  foreign key (site_id, customer_id) references public.mod_ecommod01_customers (site_id, id) on delete cascade
);
create index if not exists mod_ecommod01_customer_notes_customer
  on public.mod_ecommod01_customer_notes (site_id, customer_id, created_at);

-- Every change to customers is an operation: the client makes its id, it runs in steps that each commit and can each
-- be repeated, and it ends in a receipt.
create table if not exists public.mod_ecommod01_customer_operations (
  site_id uuid not null references public.sites (id) on delete cascade,
  id uuid not null,
  kind text not null,
  status text not null default 'running' check (status in ('running', 'finished', 'cancelled')),
  asked integer not null check (asked >= 0),
  options jsonb not null default '{}',
  -- Of kind, asked and options: the same id with another request is refused.
  request_hash text not null,
  -- The host itself has no user: what it does has no author but the shop.
  started_by uuid,
  started_by_name text not null
    constraint mod_ecommod01_customer_operations_started_by_name_width check (char_length(started_by_name) <= 255),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- The receipt's numbers, summed from the steps when the operation ends.
  created integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  failures jsonb not null default '[]',
  primary key (site_id, id)
);
create index if not exists mod_ecommod01_customer_operations_started
  on public.mod_ecommod01_customer_operations (site_id, started_at, id);

-- A row of its own for each step, so that two steps in flight do not wait for each other at the operation's row.
create table if not exists public.mod_ecommod01_customer_operation_steps (
  site_id uuid not null,
  operation_id uuid not null,
  step integer not null check (step >= 0),
  request_hash text not null,
  created integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  failures jsonb not null default '[]',
  finished_at timestamptz not null default now(),
  primary key (site_id, operation_id, step),
  foreign key (site_id, operation_id) references public.mod_ecommod01_customer_operations (site_id, id)
    on delete cascade
);

-- What an operation changed, field by field. A customer that it created has no row here: the customer names it.
create table if not exists public.mod_ecommod01_customer_changes (
  site_id uuid not null,
  id uuid not null default customers_private.uuid_v7(),
  operation_id uuid not null,
  customer_id uuid not null,
  -- Only the fields that changed; before holds the same keys as after.
  before jsonb not null,
  after jsonb not null,
  changed_at timestamptz not null default now(),
  -- What changed: the customer itself, or one of its addresses or notes, or its being in a group, each by its id.
  -- What comes has an empty before, what goes an empty after.
  subject text not null default 'customer' check (subject in ('customer', 'address', 'note', 'group')),
  subject_id uuid check ((subject_id is null) = (subject = 'customer')),
  -- That the change made of it: tells a save from an older read what happened since.
  version integer,
  primary key (site_id, id),
  foreign key (site_id, operation_id) references public.mod_ecommod01_customer_operations (site_id, id)
    on delete cascade,
  foreign key (site_id, customer_id) references public.mod_ecommod01_customers (site_id, id) on delete cascade
);
create index if not exists mod_ecommod01_customer_changes_customer
  on public.mod_ecommod01_customer_changes (site_id, customer_id, changed_at);
create index if not exists mod_ecommod01_customer_changes_operation
  on public.mod_ecommod01_customer_changes (site_id, operation_id, customer_id);

-- What the database decides about a new customer, whoever writes it.
create or replace function customers_private.complete_customer() returns trigger
language plpgsql set search_path = ''
as $$
begin
  new.agency_id := (select s.agency_id from public.sites s where s.id = new.site_id);
  new.is_guest := new.status = 'guest';
  new.orders_count := 0;
  new.spent_orders_count := 0;
  new.total_spent := 0;
  new.last_order_date := null;
  new.notes_count := 0;
  return new;
end
$$;
create or replace trigger complete_customer before insert on public.mod_ecommod01_customers
  for each row execute function customers_private.complete_customer();

-- An edit moves the version, so that a save from an older read is refused even after a change by plain SQL.
create or replace function customers_private.version_customer() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if (new.site_id, new.id, new.created_at) is distinct from (old.site_id, old.id, old.created_at) then
    raise exception 'A customer’s site_id, id and created_at never change.' using errcode = '23514';
  end if;
  new.is_guest := new.status = 'guest';
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end
$$;
create or replace trigger version_customer before update on public.mod_ecommod01_customers
  for each row
  when (
    (
      old.site_id, old.id, old.created_at, old.user_id, old.first_name, old.last_name, old.email, old.phone,
      old.avatar_url, old.status, old.is_guest, old.email_verified, old.accepts_marketing, old.tags, old.metadata,
      old.deleted_at, old.merged_into, old.version
    ) is distinct from (
      new.site_id, new.id, new.created_at, new.user_id, new.first_name, new.last_name, new.email, new.phone,
      new.avatar_url, new.status, new.is_guest, new.email_verified, new.accepts_marketing, new.tags, new.metadata,
      new.deleted_at, new.merged_into, new.version
    )
  )
  execute function customers_private.version_customer();
