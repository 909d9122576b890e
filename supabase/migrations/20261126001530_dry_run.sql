-- A dry run: the records are read, matched and judged by the functions of the import itself, and nothing is written.

create function customers_private.dry_run_import(p_site uuid, p_options json, p_rows json) returns json
language plpgsql stable security definer
set search_path = '' set timezone = 'UTC'
as $$
declare
  operation public.mod_ecommod01_customer_operations;
  records customers_private.import_record[];
  pending customers_private.import_record[];
  rows jsonb;
  settled integer[];
  restored uuid[];
  pairs customers_private.import_pair[];
begin
  perform customers_private.require_role(p_site, 'editor');
  operation.site_id := p_site;
  operation.options := customers_private.read_import_options(p_options);
  perform customers_private.require_import_group(p_site, operation.options);
  perform customers_private.require_batch('rows', p_rows);
  records := customers_private.read_import_records(p_rows);

  select coalesce(jsonb_agg(customers_private.dry_failure(
      customers_private.import_failure(r.number, r.problem[1], r.problem[2], r.problem[3], r.problem[4]), r.email, null)),
    '[]')
  into rows
  from unnest(records) r
  where r.problem is not null;
  pending := array(select r from unnest(records) r where r.problem is null);

  if coalesce(operation.options ->> 'match', 'email') <> 'email' then
    select rows || coalesce(jsonb_agg(customers_private.dry_failure(
        customers_private.match_failure(
          m.number, case operation.options ->> 'match' when 'phone' then 'phone' else 'metadata' end, m.code),
        r.email, m.customer_id)) filter (where m.code is not null), '[]'),
      array_agg(m.number) filter (where m.code is not null),
      array_agg(row(c.customer, r)::customers_private.import_pair)
        filter (where m.code is null and (c.customer).id is not null)
    into rows, settled, pairs
    from customers_private.match_records(p_site, operation.options, pending) m
    join unnest(pending) r on r.number = m.number
    left join lateral (
      select k as customer from public.mod_ecommod01_customers k
      where k.site_id = (select p_site) and k.id = m.customer_id
      offset 0
    ) c on true;
    pending := array(
      select r from unnest(pending) r
      where r.number <> all (coalesce(settled, '{}'))
        and not exists (select from unnest(pairs) p where ((p).record).number = r.number));
  end if;

  restored := array(select c.id from customers_private.restorable(p_site, pending) c);
  pairs := coalesce(pairs, '{}') || array(
    select row(c.customer, r)::customers_private.import_pair
    from unnest(pending) r
    cross join lateral (
      select c as customer, c.email_key
      from public.mod_ecommod01_customers c
      where c.site_id = p_site and c.email_key >= r.email and c.deleted_at is null
      order by c.email_key
      limit 1
    ) c
    where c.email_key = r.email
    union all
    select row(c, r)::customers_private.import_pair
    from unnest(restored) i (id)
    join public.mod_ecommod01_customers c on c.site_id = p_site and c.id = i.id
    join unnest(pending) r on r.email = c.email_key
  );
  pending := customers_private.records_without(pending, array(select ((p).record).email from unnest(pairs) p));

  select rows || coalesce(jsonb_agg(
    case when j.verdict in ('exists', 'duplicate')
      then customers_private.dry_failure(
        customers_private.judged_failure(j), (j.record).email, (j.customer).id)
      else jsonb_build_object('row', (j.record).number, 'outcome', j.verdict, 'key', (j.customer).id,
        'id', (j.customer).id)
        || case when j.verdict = 'changed'
          then jsonb_build_object('changes', customers_private.dry_changes(operation.options, j))
          else '{}' end
    end), '[]')
  into rows
  from customers_private.judge_records(operation, 0, pairs, restored) j;

  select rows || coalesce(jsonb_agg(customers_private.dry_failure(s.failure, s.email, null)), '[]'),
    array_agg((s.failure ->> 'row')::integer)
  into rows, settled
  from customers_private.skipped_fresh(p_site, operation.options ->> 'policy', pending) s;
  rows := rows || (
    select coalesce(jsonb_agg(jsonb_build_object('row', r.number, 'outcome', 'created', 'key', r.email, 'id', null)), '[]')
    from unnest(pending) r
    where r.number <> all (coalesce(settled, '{}'))
  );
  return json_build_object('rows', (
    select coalesce(json_agg(e.value order by (e.value ->> 'row')::integer), '[]') from jsonb_array_elements(rows) e));
end
$$;

create function customers_private.dry_failure(p_failure jsonb, p_key text, p_id uuid) returns jsonb
language sql immutable
set search_path = ''
as $$ select p_failure || jsonb_build_object('key', coalesce(p_id::text, p_key, ''), 'id', p_id) $$;

create function customers_private.dry_changes(p_options jsonb, p_judged customers_private.import_judgement) returns jsonb
language sql stable
set search_path = '' set timezone = 'UTC'
as $$
  select coalesce(jsonb_agg(jsonb_build_object('field', f.field, 'before', f.before, 'after', f.after) order by f.place), '[]')
  from (
    select 1 as place, a.key as field, d.before -> a.key as before, a.value as after
    from customers_private.judged_changes(p_judged) d
    cross join lateral jsonb_each(d.after) a
    union all
    select 2, 'address', null, jsonb_strip_nulls(n.address)
    from jsonb_array_elements((p_judged).new_addresses) n (address)
    union all
    select 3, 'group', null, p_options -> 'group' where (p_judged).joins
    union all
    select 4, 'deleted_at', to_jsonb(((p_judged).customer).deleted_at), null
    where ((p_judged).customer).deleted_at is not null
  ) f
$$;

create function public.mod_ecommod01_dry_run_import(p_site uuid, p_options json, p_rows json) returns json
language sql stable
set search_path = '' set statement_timeout = '30s'
as $$ select customers_private.dry_run_import(p_site, p_options, p_rows) $$;

revoke execute on function
  customers_private.dry_run_import, customers_private.dry_failure, customers_private.dry_changes,
  public.mod_ecommod01_dry_run_import
from public, anon, authenticated, service_role;
grant execute on function customers_private.dry_run_import, public.mod_ecommod01_dry_run_import to authenticated;
