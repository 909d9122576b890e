-- Numbers of a site that are always true: kept by statement-level triggers, without a row that all writers queue for.

-- A site's numbers are the sum of its shards. A writer takes any shard that nobody else holds, so writers never wait
-- for one another here and no order of statements can deadlock. Only customers that are not hidden count.
create table customers_private.site_counters (
  site_id uuid not null references public.sites (id) on delete cascade,
  shard integer not null,
  total bigint not null default 0,
  active bigint not null default 0,
  guests bigint not null default 0,
  with_orders bigint not null default 0,
  -- Always the sum of the customers' total_spent: orders of nobody, or of a hidden customer, are not in it.
  revenue bigint not null default 0,
  -- Customers written so far: tells how much a list may have moved since some moment.
  version bigint not null default 0,
  primary key (site_id, shard)
) with (fillfactor = 50);

-- Customers by the UTC hour of created_at, for the hours that can lie in this month somewhere on earth. Like the next
-- table guarded by the lock on the row of site_counters with the same shard.
create table customers_private.site_hours (
  site_id uuid not null references public.sites (id) on delete cascade,
  hour timestamptz not null,
  shard integer not null,
  customers bigint not null default 0,
  primary key (site_id, hour, shard)
) with (fillfactor = 50);

-- What visible customers spent in currencies other than the site's, each for itself.
create table customers_private.site_other_revenue (
  site_id uuid not null references public.sites (id) on delete cascade,
  currency text not null,
  shard integer not null,
  total numeric not null default 0,
  primary key (site_id, currency, shard)
) with (fillfactor = 50);

-- Tags in use, for lists that offer them. A tag stays until the next recount after its last use. Two writers may both
-- bring a new one, each in a shard of its own, so that neither waits for the other.
create table customers_private.site_tags (
  site_id uuid not null references public.sites (id) on delete cascade,
  tag text not null,
  shard integer not null,
  tag_key text collate "C" not null generated always as (left(btrim(customers_private.fold(tag)), 300)) stored,
  primary key (site_id, tag, shard)
);
create index site_tags_key on customers_private.site_tags (site_id, tag_key, tag);

alter table customers_private.site_counters enable row level security;
alter table customers_private.site_hours enable row level security;
alter table customers_private.site_other_revenue enable row level security;
alter table customers_private.site_tags enable row level security;

-- A shard of the site that is this transaction's until it ends; null where the site itself is being deleted.
create function customers_private.claim_shard(p_site uuid) returns integer
language plpgsql volatile security definer set search_path = ''
as $$
declare
  claimed integer;
begin
  select c.shard into claimed
  from customers_private.site_counters c
  where c.site_id = p_site
  order by c.shard
  limit 1
  for update skip locked;

  if claimed is null and exists (select from public.sites s where s.id = p_site) then
    -- All are held. A random number, since two writers that add the same one would wait for each other.
    claimed := floor(random() * 2147483647)::integer;
    insert into customers_private.site_counters (site_id, shard) values (p_site, claimed);
  end if;
  return claimed;
end
$$;

create function customers_private.site_currency(p_site uuid) returns text
language sql stable security definer set search_path = ''
as $$
  select coalesce((select s.currency from public.mod_ecommod01_customer_settings s where s.site_id = p_site), 'USD')
$$;

-- What a statement did to a site's numbers. `hour` is null for customers that are older than site_hours goes back.
create type customers_private.site_change as (
  site_id uuid,
  hour timestamptz,
  total bigint,
  active bigint,
  guests bigint,
  with_orders bigint,
  revenue numeric,
  touched bigint
);

create function customers_private.apply_site_changes(p_changes customers_private.site_change[]) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  change record;
  my_shard integer;
begin
  for change in
    select c.site_id, sum(c.total) as total, sum(c.active) as active, sum(c.guests) as guests,
      sum(c.with_orders) as with_orders, sum(c.revenue) as revenue, sum(c.touched) as touched
    from unnest(p_changes) c
    group by c.site_id
    order by c.site_id
  loop
    my_shard := customers_private.claim_shard(change.site_id);
    continue when my_shard is null;

    update customers_private.site_counters s
    set total = s.total + change.total, active = s.active + change.active, guests = s.guests + change.guests,
      with_orders = s.with_orders + change.with_orders, revenue = s.revenue + change.revenue,
      version = s.version + change.touched
    where s.site_id = change.site_id and s.shard = my_shard;

    insert into customers_private.site_hours as h (site_id, hour, shard, customers)
    select c.site_id, c.hour, my_shard, sum(c.total)
    from unnest(p_changes) c
    where c.site_id = change.site_id and c.hour is not null
    group by c.site_id, c.hour
    having sum(c.total) <> 0
    on conflict (site_id, hour, shard) do update set customers = h.customers + excluded.customers;
  end loop;
end
$$;

create function customers_private.add_other_revenue(p_site uuid, p_currency text, p_total numeric) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  my_shard constant integer := customers_private.claim_shard(p_site);
begin
  if my_shard is not null and p_total <> 0 then
    insert into customers_private.site_other_revenue as r (site_id, currency, shard, total)
    values (p_site, p_currency, my_shard, p_total)
    on conflict (site_id, currency, shard) do update set total = r.total + excluded.total;
  end if;
end
$$;

-- A customer that came into sight (sign 1) or went out of it (-1).
create type customers_private.customer_move as (site_id uuid, id uuid, sign integer);

-- What hangs on a customer being visible: the member counts of its groups, and revenue in other currencies.
create function customers_private.apply_customer_moves(p_moves customers_private.customer_move[]) returns void
language plpgsql volatile security definer set search_path = ''
as $$
declare
  change record;
begin
  perform from public.mod_ecommod01_customer_groups g
  where (g.site_id, g.id) in (
    select m.site_id, m.group_id
    from unnest(p_moves) v
    join public.mod_ecommod01_customer_group_members m on m.site_id = v.site_id and m.customer_id = v.id
  )
  order by g.site_id, g.id
  for no key update;

  update public.mod_ecommod01_customer_groups g
  set member_count = g.member_count + moved.members
  from (
    select m.site_id, m.group_id, sum(v.sign) as members
    from unnest(p_moves) v
    join public.mod_ecommod01_customer_group_members m on m.site_id = v.site_id and m.customer_id = v.id
    group by m.site_id, m.group_id
  ) moved
  where g.site_id = moved.site_id and g.id = moved.group_id;

  for change in
    select v.site_id, o.currency::text as currency, sum(v.sign * o.total::bigint) as total
    from unnest(p_moves) v
    join public.mod_ecommod01_orders o on o.site_id = v.site_id and o.customer_id = v.id
    where o.status::text not in ('cancelled', 'refunded')
      and o.currency::text <> customers_private.site_currency(v.site_id)
    group by v.site_id, o.currency
    order by v.site_id, o.currency
  loop
    perform customers_private.add_other_revenue(change.site_id, change.currency, change.total);
  end loop;
end
$$;

create function customers_private.count_customers() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
declare
  oldest_hour constant timestamptz := date_trunc('hour', now() - interval '32 days', 'UTC');
  before customers_private.site_change[];
  after customers_private.site_change[];
  moves customers_private.customer_move[];
begin
  if tg_op <> 'INSERT' then
    select array_agg(row(c.*)::customers_private.site_change) into before
    from (
      select o.site_id, case when o.created_at >= oldest_hour then date_trunc('hour', o.created_at, 'UTC') end,
        -count(*) filter (where o.deleted_at is null),
        -count(*) filter (where o.deleted_at is null and o.status = 'active'),
        -count(*) filter (where o.deleted_at is null and o.status = 'guest'),
        -count(*) filter (where o.deleted_at is null and o.orders_count > 0),
        -coalesce(sum(o.total_spent) filter (where o.deleted_at is null), 0),
        case when tg_op = 'DELETE' then count(*) else 0 end
      from old_rows o
      group by 1, 2
    ) c;
  end if;
  if tg_op <> 'DELETE' then
    select array_agg(row(c.*)::customers_private.site_change) into after
    from (
      select n.site_id, case when n.created_at >= oldest_hour then date_trunc('hour', n.created_at, 'UTC') end,
        count(*) filter (where n.deleted_at is null),
        count(*) filter (where n.deleted_at is null and n.status = 'active'),
        count(*) filter (where n.deleted_at is null and n.status = 'guest'),
        count(*) filter (where n.deleted_at is null and n.orders_count > 0),
        coalesce(sum(n.total_spent) filter (where n.deleted_at is null), 0),
        count(*)
      from new_rows n
      group by 1, 2
    ) c;
  end if;
  perform customers_private.apply_site_changes(before || after);

  if tg_op = 'UPDATE' then
    -- Not a join of the two: its plan, kept from an update of one row, would be quadratic for the next of a million.
    select array_agg(row(c.*)::customers_private.customer_move) into moves
    from (
      select r.site_id, r.id, sum(r.sign)::integer
      from (
        select n.site_id, n.id, 1 as sign from new_rows n where n.deleted_at is null
        union all
        select o.site_id, o.id, -1 from old_rows o where o.deleted_at is null
      ) r
      group by r.site_id, r.id
      having sum(r.sign) <> 0
    ) c;
    if moves is not null then
      perform customers_private.apply_customer_moves(moves);
    end if;
  end if;
  return null;
end
$$;

create trigger count_inserted after insert on public.mod_ecommod01_customers
  referencing new table as new_rows
  for each statement execute function customers_private.count_customers();
create trigger count_updated after update on public.mod_ecommod01_customers
  referencing old table as old_rows new table as new_rows
  for each statement execute function customers_private.count_customers();
create trigger count_deleted after delete on public.mod_ecommod01_customers
  referencing old table as old_rows
  for each statement execute function customers_private.count_customers();

-- A visible customer leaves its groups and the revenue while its memberships and orders still name it. Triggers fire
-- in the order of their names: the capitals put this one before the "RI_…" triggers that cascade.
create function customers_private.leave_counts() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  perform customers_private.apply_customer_moves(array[row(old.site_id, old.id, -1)::customers_private.customer_move]);
  return null;
end
$$;
create trigger "LEAVE_counts" after delete on public.mod_ecommod01_customers
  for each row when (old.deleted_at is null) execute function customers_private.leave_counts();

create function customers_private.forget_customers() returns trigger
language plpgsql volatile security definer set search_path = ''
as $$
begin
  delete from customers_private.site_counters where true;
  delete from customers_private.site_hours where true;
  delete from customers_private.site_other_revenue where true;
  return null;
end
$$;
create trigger forget_all after truncate on public.mod_ecommod01_customers
  for each statement execute function customers_private.forget_customers();
