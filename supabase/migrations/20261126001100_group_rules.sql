-- Groups filled by a rule: the list's own filters, read anew whenever somebody looks, so that nothing can go stale. What
-- people say by hand is kept beside the rule: a row of customer_group_members puts a customer in, one of
-- customer_group_exclusions keeps it out. See docs/decisions/0010-rule-groups.md.

alter table public.mod_ecommod01_customer_groups
  add column rule jsonb
    constraint mod_ecommod01_customer_groups_rule_object check (jsonb_typeof(rule) = 'object'),
  -- Goes up by one with each customer put in or kept out by hand where there is a rule, and much with the rule itself:
  -- tells whether a list by this group has moved.
  add column membership_version bigint not null default 0;
create index mod_ecommod01_customer_groups_with_rule
  on public.mod_ecommod01_customer_groups (site_id, id) where rule is not null;

-- Customers whom a group's rule doesn't get. Nobody is a member and excluded at once.
create table public.mod_ecommod01_customer_group_exclusions (
  site_id uuid not null,
  customer_id uuid not null,
  group_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (site_id, customer_id, group_id),
  foreign key (site_id, customer_id) references public.mod_ecommod01_customers (site_id, id) on delete cascade,
  foreign key (site_id, group_id) references public.mod_ecommod01_customer_groups (site_id, id) on delete cascade
);
create index mod_ecommod01_customer_group_exclusions_group
  on public.mod_ecommod01_customer_group_exclusions (site_id, group_id, customer_id);
alter table public.mod_ecommod01_customer_group_exclusions enable row level security;
revoke all on table public.mod_ecommod01_customer_group_exclusions from public, anon, authenticated, service_role;
grant select on table public.mod_ecommod01_customer_group_exclusions to authenticated;
grant select, insert, update, delete on table public.mod_ecommod01_customer_group_exclusions to service_role;
create policy members_read on public.mod_ecommod01_customer_group_exclusions for select to authenticated
  using (site_id = any ((select customers_private.my_site_ids())::uuid[]));

-- A day that a rule counts back from today: -30d.
create function customers_private.is_relative_day(p_value text) returns boolean
language sql immutable
set search_path = ''
as $$ select p_value ~ '^-[0-9]{1,4}d$' $$;

create function customers_private.today(p_site uuid) returns date
language sql stable
set search_path = ''
as $$
  select (now() at time zone coalesce(
    (select s.time_zone from public.mod_ecommod01_customer_settings s where s.site_id = p_site), 'UTC'))::date
$$;

-- A rule as the filters that it means today.
create function customers_private.read_rule(p_site uuid, p_rule jsonb) returns customers_private.list_filter
language plpgsql stable
set search_path = ''
as $$
declare
  filters jsonb := p_rule;
  field text;
begin
  foreach field in array array['search', 'group'] loop
    if p_rule ? field then
      perform customers_private.refuse(field, 'cannot be part of a rule');
    end if;
  end loop;
  foreach field in array array['dateFrom', 'dateTo', 'lastOrderFrom', 'lastOrderTo'] loop
    if customers_private.is_relative_day(p_rule ->> field) then
      filters := filters || jsonb_build_object(
        field, customers_private.today(p_site) - btrim(p_rule ->> field, '-d')::integer);
    end if;
  end loop;
  return customers_private.read_filters(p_site, filters::json);
end
$$;

-- What is wrong with a rule, by the names of its filters; empty where nothing is.
create function customers_private.rule_errors(p_site uuid, p_rule jsonb) returns jsonb
language plpgsql stable
set search_path = ''
as $$
declare
  content text;
begin
  if jsonb_typeof(p_rule) <> 'object' then
    return '{"rule": "must be an object of filters"}';
  elsif (customers_private.read_rule(p_site, p_rule)).others = '{}' then
    return '{"rule": "needs a filter: without one it means everybody"}';
  end if;
  return '{}';
exception when sqlstate 'PT422' then
  get stacked diagnostics content = pg_exception_detail;
  return (select jsonb_object_agg('rule.' || f.key, f.value) from jsonb_each(content::jsonb -> 'fields') f);
end
$$;

revoke execute on function
  customers_private.is_relative_day, customers_private.today, customers_private.read_rule,
  customers_private.rule_errors
from public, anon, authenticated;
