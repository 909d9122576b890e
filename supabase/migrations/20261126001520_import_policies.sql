-- What an import does with customers that are there already: how a record finds its customer, a rule for each field,
-- tags that join or replace, a group for all, several addresses a record, and people who were deleted or erased.

-- By phone whatever its spelling, and by an external id in the metadata.
create index mod_ecommod01_customers_phone
  on public.mod_ecommod01_customers (site_id, (translate(phone, ' -()./', '')))
  where deleted_at is null and phone is not null;
create index mod_ecommod01_customers_metadata
  on public.mod_ecommod01_customers using gin (metadata jsonb_path_ops)
  -- A list of new entries would be read from its beginning to its end by each look-up after an import.
  with (fastupdate = off)
  where deleted_at is null;

alter type customers_private.import_record
  -- What a person decided: restore or anew.
  add attribute again text,
  -- Addresses beside the own one; null where there are none.
  add attribute more_addresses jsonb;
alter type customers_private.import_result add attribute created_customers uuid[];

-- A customer that is there, and the record that means it.
create type customers_private.import_pair as (
  customer public.mod_ecommod01_customers,
  record customers_private.import_record
);

-- What a record would make of its customer, and what becomes of it: created and failed records have none.
create type customers_private.import_judgement as (
  customer public.mod_ecommod01_customers,
  record customers_private.import_record,
  next_first_name text,
  next_last_name text,
  next_email text,
  next_phone text,
  next_status text,
  next_accepts_marketing boolean,
  next_tags text[],
  next_metadata jsonb,
  differs boolean,
  -- A list, or null.
  new_addresses jsonb,
  joins boolean,
  verdict text
);

create or replace function customers_private.read_import_options(p_options json) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
declare
  options constant jsonb := jsonb_strip_nulls(
    customers_private.read_object('options', coalesce(nullif(p_options::text, 'null'), '{}')::json));
  field record;
  unknown text;
begin
  select k into unknown from jsonb_object_keys(options) k
  where k not in ('fileName', 'fileFingerprint', 'policy', 'match', 'externalIdKey', 'fields', 'tags', 'group')
  order by k limit 1;
  if unknown is not null then
    perform customers_private.refuse(unknown, 'is no option of an import',
      'The options are fileName, fileFingerprint, policy, match, externalIdKey, fields, tags and group.');
  elsif coalesce(options ->> 'policy', 'both') not in ('create', 'update', 'both') then
    perform customers_private.refuse('policy', 'is create, update or both');
  elsif coalesce(options ->> 'match', 'email') not in ('email', 'phone', 'external_id') then
    perform customers_private.refuse('match', 'is email, phone or external_id');
  elsif options ->> 'match' = 'external_id' and coalesce(options ->> 'externalIdKey', '') = '' then
    perform customers_private.refuse('externalIdKey', 'is missing');
  elsif coalesce(options ->> 'tags', 'add') not in ('add', 'replace') then
    perform customers_private.refuse('tags', 'is add or replace');
  elsif options -> 'group' is not null
    and options ->> 'group' !~* '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' then
    perform customers_private.refuse('group', 'is the id of a group');
  elsif options -> 'fields' is not null and jsonb_typeof(options -> 'fields') <> 'object' then
    perform customers_private.refuse('fields', 'are rules by the names of fields');
  end if;
  for field in select f.key, f.value from jsonb_each_text(options -> 'fields') f order by f.key loop
    if field.key not in ('first_name', 'last_name', 'email', 'phone', 'status', 'accepts_marketing', 'tags', 'metadata',
      'addresses') then
      perform customers_private.refuse(field.key, 'is not a field of an import');
    elsif field.value not in ('overwrite', 'fill', 'keep') then
      perform customers_private.refuse(field.key, 'is overwrite, fill or keep');
    end if;
  end loop;
  for field in
    select f.key, f.value from jsonb_each(options) f
    where f.key in ('fileName', 'fileFingerprint', 'externalIdKey')
  loop
    if jsonb_typeof(field.value) <> 'string' then
      perform customers_private.refuse(field.key, 'is a text');
    elsif char_length(field.value #>> '{}') > 255 then
      perform customers_private.refuse(field.key, 'is at most 255 characters long');
    end if;
  end loop;
  return jsonb_build_object('policy', 'both') || options;
end
$$;

create function customers_private.require_import_group(p_site uuid, p_options jsonb) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_options ? 'group' and not exists (
    select from public.mod_ecommod01_customer_groups g
    where g.site_id = p_site and g.id = (p_options ->> 'group')::uuid
  ) then
    perform customers_private.refuse('group', 'does not exist');
  end if;
end
$$;

create type customers_private.more_addresses as (addresses jsonb, problem text[]);

-- Further addresses of a record, trimmed, each once; or what is wrong with them.
create function customers_private.read_more_addresses(
  p_addresses json, p_blanks text, p_controls text
) returns customers_private.more_addresses
language plpgsql immutable
set search_path = ''
as $$
declare
  widths constant jsonb := '{"first_name": 100, "last_name": 100, "phone": 50, "company": 255, "address_line_1": 255,
    "address_line_2": 255, "city": 100, "state": 100, "postal_code": 20, "country": 2}';
  result customers_private.more_addresses;
  address jsonb;
  field record;
begin
  if json_typeof(p_addresses) <> 'array' or json_array_length(p_addresses) > 100 then
    result.problem := array['addresses', 'addresses_invalid', 'The addresses are no list of at most 100.', 'failed'];
    return result;
  end if;
  for address in select a from jsonb_array_elements(p_addresses::jsonb) a loop
    if jsonb_typeof(address) <> 'object' then
      result.problem := array['addresses', 'addresses_invalid', 'An address is not readable.', 'failed'];
      return result;
    end if;
    for field in select f.key, btrim(f.value, p_blanks) as value from jsonb_each_text(address) f loop
      if field.key like 'is\_default\_%' then
        continue;
      elsif char_length(field.value) > (widths ->> field.key)::integer then
        result.problem := customers_private.too_long(field.key, field.value, (widths ->> field.key)::integer);
        return result;
      elsif field.value ~ p_controls then
        result.problem := array[field.key, 'control_character', 'There is a control character in it.', 'failed'];
        return result;
      elsif field.key = 'country' and not customers_private.is_country(field.value) then
        result.problem := array['country', 'country_invalid', 'The country is not an ISO 3166-1 code.', 'failed'];
        return result;
      end if;
      address := case
        when coalesce(field.value, '') = '' then address - field.key
        else address || jsonb_build_object(field.key, field.value)
      end;
    end loop;
    if address ?& array['address_line_1', 'city', 'country'] then
      result.addresses := coalesce(result.addresses, '[]') || address;
    end if;
  end loop;
  return result;
end
$$;

-- As in 0910, with what a person decided and further addresses.
create or replace function customers_private.read_import_records(p_rows json) returns customers_private.import_record[]
language plpgsql immutable
set search_path = ''
as $$
declare
  -- What Unicode calls white space, and the byte order mark.
  blanks constant text := E' \t\n\u000b\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008'
    '\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';
  -- Everything but tab and line ends: an export joins fields and rows by two of them.
  controls constant text := E'[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]';
  records customers_private.import_record[];
begin
  select array_agg(
      (t.number, t.email, t.first_name, t.last_name, t.phone, t.company, t.address_line_1, t.address_line_2, t.city,
       t.state, t.postal_code, t.country, t.tags, t.accepts_marketing, t.status,
       case
         when t.has_address then t.metadata
         else t.metadata || jsonb_strip_nulls(jsonb_build_object(
           'company', t.company, 'address_line_1', t.address_line_1, 'address_line_2', t.address_line_2,
           'city', t.city, 'state', t.state, 'postal_code', t.postal_code, 'country', t.country))
       end,
       t.has_address,
       case
         when t.problem is null and t.nth > 1
           then array['email', 'duplicate', format('The same e-mail as in record %s.', t.first_number), 'skipped']
         else t.problem
       end, t.again, t.more_addresses)::customers_private.import_record
    order by t.email collate "C", t.nth)
  into records
  from (
    select *,
      s.address_line_1 is not null and s.city is not null and s.country is not null as has_address,
      row_number() over same_email as nth, first_value(s.number) over same_email as first_number
    from (
      select *, case
        when p.email is null then array['email', 'email_empty', 'There is no e-mail.', 'failed']
        when char_length(p.email) > 255 then customers_private.too_long('email', p.email, 255)
        when not customers_private.is_email(p.email)
          then array['email', 'email_invalid', 'The e-mail is not valid.', 'failed']
        when char_length(p.first_name) > 100 then customers_private.too_long('first_name', p.first_name, 100)
        when char_length(p.last_name) > 100 then customers_private.too_long('last_name', p.last_name, 100)
        when char_length(p.phone) > 50 then customers_private.too_long('phone', p.phone, 50)
        when char_length(p.company) > 255 then customers_private.too_long('company', p.company, 255)
        when char_length(p.address_line_1) > 255
          then customers_private.too_long('address_line_1', p.address_line_1, 255)
        when char_length(p.address_line_2) > 255
          then customers_private.too_long('address_line_2', p.address_line_2, 255)
        when char_length(p.city) > 100 then customers_private.too_long('city', p.city, 100)
        when char_length(p.state) > 100 then customers_private.too_long('state', p.state, 100)
        when char_length(p.postal_code) > 20 then customers_private.too_long('postal_code', p.postal_code, 20)
        when not customers_private.is_country(p.country)
          then array['country', 'country_invalid', 'The country is not an ISO 3166-1 code.', 'failed']
        when p.status not in ('active', 'inactive')
          then array['status', 'status_invalid', 'The status is neither active nor inactive.', 'failed']
        when p.consent_invalid
          then array['accepts_marketing', 'consent_invalid', 'The consent is neither true nor false.', 'failed']
        when p.tags_invalid then array['tags', 'tags_invalid', 'The tags are no list of texts.', 'failed']
        when exists (select from unnest(p.tags) t (tag) where char_length(t.tag) > 255) then customers_private.too_long(
          'tags', (select t.tag from unnest(p.tags) t (tag) where char_length(t.tag) > 255 limit 1), 255)
        when p.more_problem is not null then p.more_problem
        when p.again not in ('restore', 'anew')
          then array['again', 'again_invalid', 'What is to be done again is neither restore nor anew.', 'failed']
        when p.metadata_invalid
          then array['metadata', 'metadata_invalid', 'The metadata are no set of named texts.', 'failed']
        when concat(p.first_name, p.last_name, p.phone, p.company, p.address_line_1, p.address_line_2, p.city,
               p.state, p.postal_code, array_to_string(p.tags, '')) ~ controls
          then array[
            (select f.name
             from (values ('first_name', p.first_name), ('last_name', p.last_name), ('phone', p.phone),
               ('company', p.company), ('address_line_1', p.address_line_1), ('address_line_2', p.address_line_2),
               ('city', p.city), ('state', p.state), ('postal_code', p.postal_code),
               ('tags', array_to_string(p.tags, ''))) f (name, value)
             where f.value ~ controls limit 1),
            'control_character', 'There is a control character in it.', 'failed']
      end as problem
      from (
        select r.row::text::integer as number,
          lower(nullif(btrim(r.email, blanks), '') collate "C") as email,
          nullif(btrim(r.first_name, blanks), '') as first_name,
          nullif(btrim(r.last_name, blanks), '') as last_name,
          nullif(btrim(r.phone, blanks), '') as phone,
          nullif(btrim(r.company, blanks), '') as company,
          nullif(btrim(r.address_line_1, blanks), '') as address_line_1,
          nullif(btrim(r.address_line_2, blanks), '') as address_line_2,
          nullif(btrim(r.city, blanks), '') as city,
          nullif(btrim(r.state, blanks), '') as state,
          nullif(btrim(r.postal_code, blanks), '') as postal_code,
          nullif(btrim(r.country, blanks), '') as country,
          case when json_typeof(r.tags) = 'array' then array(
            select btrim(e.tag, blanks)
            from json_array_elements_text(r.tags) with ordinality e (tag, n)
            where btrim(e.tag, blanks) <> ''
            group by btrim(e.tag, blanks)
            order by min(e.n)
          ) end as tags,
          case
            when json_typeof(r.tags) = 'array'
              then exists (select from json_array_elements(r.tags) e where json_typeof(e) <> 'string')
            else json_typeof(r.tags) <> 'null'
          end as tags_invalid,
          case when json_typeof(r.accepts_marketing) = 'boolean' then r.accepts_marketing::text::boolean end
            as accepts_marketing,
          json_typeof(r.accepts_marketing) not in ('boolean', 'null') as consent_invalid,
          nullif(btrim(r.status, blanks), '') as status,
          case when json_typeof(r.metadata) = 'object' then r.metadata::jsonb else '{}' end as metadata,
          case
            when json_typeof(r.metadata) = 'object' then
              exists (select from json_each(r.metadata) m where json_typeof(m.value) <> 'string')
            else json_typeof(r.metadata) <> 'null'
          end as metadata_invalid,
          nullif(btrim(r.again, blanks), '') as again, (m.more).addresses as more_addresses,
          (m.more).problem as more_problem
        from json_to_recordset(p_rows) r (
          "row" json, email text, first_name text, last_name text, phone text, company text, address_line_1 text,
          address_line_2 text, city text, state text, postal_code text, country text, tags json,
          accepts_marketing json, status text, metadata json, again text, addresses json
        )
        cross join lateral (
          select case when json_typeof(r.addresses) <> 'null'
            then customers_private.read_more_addresses(r.addresses, blanks, controls) end as more
          offset 0
        ) m
        offset 0 -- or each text is trimmed once for every test of it
      ) p
    ) s
    -- Only a valid record can be repeated.
    window same_email as (partition by s.email, s.problem is null order by s.number)
  ) t;

  if exists (select from unnest(records) r where r.number is null) then
    perform customers_private.refuse('rows', 'each need a record number');
  end if;
  return coalesce(records, '{}');
exception
  -- No object, a record number that is none, \u0000 in a text.
  when invalid_parameter_value or invalid_text_representation or numeric_value_out_of_range
    or untranslatable_character then
    perform customers_private.refuse('rows', 'are not readable', sqlerrm);
end
$$;


create or replace function customers_private.import_step(
  p_operation public.mod_ecommod01_customer_operations, p_step integer, p_rows json, p_rejected json
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  records constant customers_private.import_record[] := customers_private.read_import_records(p_rows);
  refused jsonb := customers_private.read_rejected(p_rejected);
  result customers_private.import_result;
  attempt integer := 0;
begin
  refused := refused || (
    select coalesce(jsonb_agg(customers_private.import_failure(
      r.number, r.problem[1], r.problem[2], r.problem[3], r.problem[4])), '[]')
    from unnest(records) r
    where r.problem is not null
  );

  loop
    attempt := attempt + 1;
    begin
      result := customers_private.bring_in(
        p_operation, p_step, array(select r from unnest(records) r where r.problem is null));
      exit;
    exception when deadlock_detected or unique_violation then
      -- Imports do not wait for each other in circles, but other writers lock as they like: what was done is rolled
      -- back to the block's start and done again.
      if attempt = 5 then
        raise exception 'Too many are writing the same customers.' using errcode = 'PT503';
      end if;
      -- Or this one would take its locks again before the other has woken up.
      perform pg_sleep((0.5 + random()) * 0.1 * attempt);
    end;
  end loop;

  refused := refused || result.failures;
  update public.mod_ecommod01_customer_operation_steps s
  set created = result.created, changed = result.changed, unchanged = result.unchanged,
    unchanged_customers = result.unchanged_customers, created_customers = result.created_customers,
    skipped = (select count(*) from jsonb_array_elements(refused) f where f ->> 'outcome' = 'skipped'),
    failed = (select count(*) from jsonb_array_elements(refused) f where f ->> 'outcome' = 'failed'),
    failures = (
      select coalesce(jsonb_agg(f order by (f ->> 'row')::integer), '[]') from jsonb_array_elements(refused) f
    ),
    finished_at = clock_timestamp()
  where s.site_id = p_operation.site_id and s.operation_id = p_operation.id and s.step = p_step;
end
$$;


-- All whole addresses of a record, the own one first, each once.
create function customers_private.record_addresses(p_record customers_private.import_record) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
declare
  own jsonb;
begin
  if p_record.has_address then
    own := jsonb_build_array(jsonb_build_object(
      'company', p_record.company, 'address_line_1', p_record.address_line_1,
      'address_line_2', p_record.address_line_2, 'city', p_record.city, 'state', p_record.state,
      'postal_code', p_record.postal_code, 'country', p_record.country));
  end if;
  if p_record.more_addresses is null then
    return own;
  end if;
  return (
    select jsonb_agg(d.address order by d.n)
    from (
      select distinct on (customers_private.address_key(a.address)) a.address, a.n
      from jsonb_array_elements(coalesce(own, '[]') || p_record.more_addresses) with ordinality a (address, n)
      order by customers_private.address_key(a.address), a.n
    ) d
  );
end
$$;

-- The same address is not added twice: line 1, postal code and country, folded.
create function customers_private.address_key(p_address jsonb) returns text
language plpgsql immutable
set search_path = ''
as $$
begin
  return concat_ws(E'\x1f', p_address ->> 'country',
    customers_private.fold(coalesce(p_address ->> 'postal_code', '')),
    customers_private.fold(p_address ->> 'address_line_1'));
end
$$;

-- Whom records mean by phone or external id. One that has none is left to its e-mail; one that means two customers is
-- `conflicting`, the second that means the same a `duplicate`.
create function customers_private.match_records(
  p_site uuid, p_options jsonb, p_records customers_private.import_record[]
) returns table (number integer, customer_id uuid, code text)
language plpgsql stable
set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  id_key constant text := p_options ->> 'externalIdKey';
begin
  return query
  select r.number, m.ids[1], case
    when k.conflicts then 'conflicting'
    when row_number() over (partition by r.key, k.conflicts order by r.number) > 1 then 'duplicate'
  end
  from (
    select u.number, u.email, case p_options ->> 'match'
      when 'phone' then translate(u.phone, ' -()./', '')
      else u.metadata ->> id_key
    end as key
    from unnest(p_records) u
  ) r
  cross join lateral (
    select array(
      select f.id
      from (
        -- "The first two from this number on" is what only the index by phone answers in order, as in bring_in.
        select c.id, translate(c.phone, ' -()./', '') as number from public.mod_ecommod01_customers c
        where p_options ->> 'match' = 'phone' and c.site_id = p_site and c.deleted_at is null and c.phone is not null
          and translate(c.phone, ' -()./', '') >= r.key
        order by translate(c.phone, ' -()./', '')
        limit 2
      ) f
      where f.number = r.key
      union all
      select c.id from public.mod_ecommod01_customers c
      where p_options ->> 'match' = 'external_id' and c.site_id = (select p_site) and c.deleted_at is null
        and c.metadata @> jsonb_build_object(id_key, r.key)
      limit 2
    ) as ids
    -- Or it is asked once for each mention of it.
    offset 0
  ) m
  left join lateral (
    select c.id, c.email_key from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.email_key >= r.email and c.deleted_at is null
    order by c.email_key
    limit 1
  ) e on e.email_key = r.email
  cross join lateral (select cardinality(m.ids) > 1 or coalesce(e.id <> m.ids[1], false) as conflicts) k
  where r.key <> '';
end
$$;

-- What became of records that found no customer to work on, or two.
create function customers_private.match_failure(p_number integer, p_field text, p_code text) returns jsonb
language sql immutable
set search_path = ''
as $$
  select customers_private.import_failure(p_number, p_field, p_code,
    case p_code
      when 'conflicting' then 'This record means several customers at once.'
      when 'unknown_group' then 'The group that the records were to join was deleted.'
      else 'An earlier record of this import means the same customer.'
    end,
    case p_code when 'duplicate' then 'skipped' else 'failed' end)
$$;

-- What records would make of the customers that they mean; nothing is written, so a dry run asks the same.
create function customers_private.judge_records(
  p_operation public.mod_ecommod01_customer_operations, p_step integer, p_pairs customers_private.import_pair[],
  p_restored uuid[]
) returns setof customers_private.import_judgement
language plpgsql stable
-- A plan from when there were few changes and addresses would read all of them for each record.
set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
  site constant uuid := p_operation.site_id;
  options constant jsonb := p_operation.options;
  rules constant jsonb := coalesce(options -> 'fields', '{}');
  first_name_rule constant text := coalesce(rules ->> 'first_name', 'overwrite');
  last_name_rule constant text := coalesce(rules ->> 'last_name', 'overwrite');
  email_rule constant text := coalesce(rules ->> 'email', 'overwrite');
  phone_rule constant text := coalesce(rules ->> 'phone', 'overwrite');
  status_rule constant text := coalesce(rules ->> 'status', 'overwrite');
  consent_rule constant text := coalesce(rules ->> 'accepts_marketing', 'overwrite');
  tags_rule constant text := coalesce(rules ->> 'tags', 'overwrite');
  metadata_rule constant text := coalesce(rules ->> 'metadata', 'overwrite');
  addresses_rule constant text := coalesce(rules ->> 'addresses', 'overwrite');
  replaces_tags constant boolean := coalesce(options ->> 'tags', 'add') = 'replace';
  joined_group constant uuid := (options ->> 'group')::uuid;
  -- Customers that an earlier record of this import has changed.
  touched constant uuid[] := array(
    select g.customer_id
    from unnest(p_pairs) p
    cross join lateral (
      select h.customer_id from public.mod_ecommod01_customer_changes h
      where h.site_id = (select p_operation.site_id) and h.operation_id = p_operation.id
        and h.customer_id = ((p).customer).id
      offset 0
    ) g);
  judged customers_private.import_judgement[];
  seen uuid[] := '{}';
begin
  select array_agg(row(k.customer, k.record, k.next_first_name, k.next_last_name, k.next_email, k.next_phone,
      k.next_status, k.next_accepts_marketing, k.next_tags, k.next_metadata,
      ((k.customer).first_name, (k.customer).last_name, (k.customer).email_key, (k.customer).phone,
        (k.customer).status, (k.customer).accepts_marketing, (k.customer).tags, (k.customer).metadata)
        is distinct from (k.next_first_name, k.next_last_name, k.next_email, k.next_phone, k.next_status,
        k.next_accepts_marketing, k.next_tags, k.next_metadata),
      k.new_addresses, k.joins, k.skip_code)::customers_private.import_judgement)
  into judged
  from (
    select p.customer, p.record,
      case
        when first_name_rule = 'overwrite' or first_name_rule = 'fill' and c.first_name = ''
          then coalesce(r.first_name, c.first_name)
        else c.first_name
      end as next_first_name,
      case
        when last_name_rule = 'overwrite' or last_name_rule = 'fill' and c.last_name = ''
          then coalesce(r.last_name, c.last_name)
        else c.last_name
      end as next_last_name,
      case when email_rule = 'overwrite' then r.email else c.email_key end as next_email,
      case
        when phone_rule = 'overwrite' or phone_rule = 'fill' and c.phone is null then coalesce(r.phone, c.phone)
        else c.phone
      end as next_phone,
      case when c.status = 'guest' or status_rule <> 'overwrite' then c.status else coalesce(r.status, c.status) end
        as next_status,
      case when consent_rule = 'overwrite' then coalesce(r.accepts_marketing, c.accepts_marketing)
        else c.accepts_marketing end as next_accepts_marketing,
      case
        when r.tags is null or r.tags = '{}' or tags_rule = 'keep' or tags_rule = 'fill' and c.tags <> '{}' then c.tags
        when replaces_tags then r.tags
        else c.tags || array(
          select t.tag from unnest(r.tags) with ordinality t (tag, n) where t.tag <> all (c.tags) order by t.n)
      end as next_tags,
      case metadata_rule
        when 'keep' then c.metadata
        when 'fill' then r.metadata || c.metadata
        else c.metadata || r.metadata
      end as next_metadata,
      case when addresses_rule <> 'keep' and (r.has_address or r.more_addresses is not null) then (
        select jsonb_agg(n.address order by n.n)
        from jsonb_array_elements(customers_private.record_addresses(p.record)) with ordinality n (address, n)
        where not exists (
          select from public.mod_ecommod01_customer_addresses a
          where a.site_id = c.site_id and a.customer_id = c.id and (
            addresses_rule = 'fill' or a.country = n.address ->> 'country'
              and customers_private.fold(a.postal_code)
                = customers_private.fold(coalesce(n.address ->> 'postal_code', ''))
              and customers_private.fold(a.address_line_1) = customers_private.fold(n.address ->> 'address_line_1'))
          offset 0 -- or the planner folds all addresses there are into a hash
        )
      ) end as new_addresses,
      joined_group is not null and not exists (
        select from public.mod_ecommod01_customer_group_members m
        where m.site_id = c.site_id and m.customer_id = c.id and m.group_id = joined_group
        offset 0
      ) as joins,
      case
        when c.id = any (p_restored) then null
        when c.created_by_operation = p_operation.id or c.id = any (touched) then 'duplicate'
        when options ->> 'policy' = 'create' then 'exists'
      end as skip_code
    from unnest(p_pairs) p
    cross join lateral (select (p.customer).*) c
    cross join lateral (select (p.record).*) r
  ) k;

  -- Asked only where something would change.
  if exists (
    select from unnest(judged) j where j.verdict is null and (j.differs or j.new_addresses is not null or j.joins)
  ) then
    select coalesce(array_agg(u.id), '{}') into seen
    from public.mod_ecommod01_customer_operation_steps s
    cross join unnest(s.unchanged_customers) u (id)
    where s.site_id = site and s.operation_id = p_operation.id and s.step <> p_step;
  end if;
  return query
  select j.customer, j.record, j.next_first_name, j.next_last_name, j.next_email, j.next_phone, j.next_status,
    j.next_accepts_marketing, j.next_tags, j.next_metadata, j.differs, j.new_addresses, j.joins,
    coalesce(j.verdict, case
      when (j.customer).id = any (p_restored) then 'changed'
      when not (j.differs or j.new_addresses is not null or j.joins) then 'unchanged'
      when seen <> '{}' and (j.customer).id in (select s.id from unnest(seen) s (id)) then 'duplicate'
      else 'changed'
    end)
  from unnest(judged) j;
end
$$;

-- The fields that a judgement changes, from what to what.
create function customers_private.judged_changes(
  p_judged customers_private.import_judgement, out before jsonb, out after jsonb
)
language plpgsql immutable
set search_path = ''
as $$
declare
  c constant public.mod_ecommod01_customers := p_judged.customer;
begin
  before := '{}';
  after := '{}';
  if not p_judged.differs then
    return;
  end if;
  select jsonb_object_agg(f.name, f.before), jsonb_object_agg(f.name, f.after) into before, after
  from (values
    ('first_name', to_jsonb(c.first_name), to_jsonb(p_judged.next_first_name)),
    ('last_name', to_jsonb(c.last_name), to_jsonb(p_judged.next_last_name)),
    ('email', to_jsonb(c.email_key), to_jsonb(p_judged.next_email)),
    ('phone', to_jsonb(c.phone), to_jsonb(p_judged.next_phone)),
    ('status', to_jsonb(c.status), to_jsonb(p_judged.next_status)),
    ('accepts_marketing', to_jsonb(c.accepts_marketing), to_jsonb(p_judged.next_accepts_marketing)),
    ('tags', to_jsonb(c.tags), to_jsonb(p_judged.next_tags)),
    ('metadata', c.metadata, p_judged.next_metadata)
  ) f (name, before, after)
  where f.before is distinct from f.after;
end
$$;

create function customers_private.judged_failure(p_judged customers_private.import_judgement) returns jsonb
language sql immutable
set search_path = ''
as $$
  select customers_private.import_failure(((p_judged).record).number, 'email', (p_judged).verdict,
    case (p_judged).verdict
      when 'exists' then 'There is a customer with this e-mail already, and only new ones are added.'
      else 'An earlier record of this import has the same e-mail.'
    end,
    'skipped')
$$;

-- As in 0910: first all inserts, then all locks, both in the order of the e-mails. What is matched otherwise, and who
-- comes back from being deleted, is locked before, in the order of ids; should two imports wait for each other there,
-- one of them begins its step anew.
create or replace function customers_private.bring_in(
  p_operation public.mod_ecommod01_customer_operations, p_step integer, p_records customers_private.import_record[]
) returns customers_private.import_result
language plpgsql volatile
set search_path = ''
as $$
declare
  site constant uuid := p_operation.site_id;
  policy constant text := p_operation.options ->> 'policy';
  result customers_private.import_result := (0, 0, 0, '{}', '[]', '{}');
  pending customers_private.import_record[] := p_records;
  fresh customers_private.import_record[];
  pairs customers_private.import_pair[];
  settled integer[];
  known_keys text[];
  skipped_keys text[];
  created record;
  restored uuid[] := '{}';
begin
  if p_operation.options ? 'group' then
    -- Held until the end, so that it isn't deleted in between. Before the customers, as nothing else does: should two
    -- wait for each other, the step begins anew.
    perform from public.mod_ecommod01_customer_groups g
    where g.site_id = site and g.id = (p_operation.options ->> 'group')::uuid
    for key share;
    if not found then
      result.failures := (
        select coalesce(jsonb_agg(customers_private.match_failure(r.number, 'group', 'unknown_group')), '[]')
        from unnest(pending) r);
      return result;
    end if;
  end if;

  if coalesce(p_operation.options ->> 'match', 'email') <> 'email' then
    select result.failures || coalesce(jsonb_agg(customers_private.match_failure(
        m.number, case p_operation.options ->> 'match' when 'phone' then 'phone' else 'metadata' end, m.code))
        filter (where m.code is not null), '[]'),
      array_agg(m.number) filter (where m.code is not null)
    into result.failures, settled
    from customers_private.match_records(site, p_operation.options, pending) m;
    pending := array(select r from unnest(pending) r where r.number <> all (coalesce(settled, '{}')));

    select array_agg(row(c.customer, r)::customers_private.import_pair order by (c.customer).id) into pairs
    from customers_private.match_records(site, p_operation.options, pending) m
    join unnest(pending) r on r.number = m.number
    cross join lateral (
      select c as customer from public.mod_ecommod01_customers c
      where c.site_id = site and c.id = m.customer_id and c.deleted_at is null
      for no key update
    ) c
    where m.code is null;
    if pairs is not null then
      result := customers_private.add_results(
        result, customers_private.update_imported(p_operation, p_step, pairs, restored));
      pending := customers_private.records_without(pending, array(select ((p).record).email from unnest(pairs) p));
    end if;
  end if;

  restored := customers_private.restore_imported(p_operation, pending);

  while cardinality(pending) > 0 loop
    known_keys := array(
      select p.email
      from unnest(pending) p
      cross join lateral (
        -- "The first from this e-mail on" is what only the index by e-mail answers in order. For "equal" a planner whose
        -- statistics are older than the import takes any index of the site, and reads the whole site for each record.
        select c.email_key from public.mod_ecommod01_customers c
        where c.site_id = site and c.email_key >= p.email and c.deleted_at is null
        order by c.email_key
        limit 1
      ) c
      where c.email_key = p.email
    );
    fresh := customers_private.records_without(pending, known_keys);
    if cardinality(fresh) > 0 then
      select coalesce(array_agg(s.email), '{}'), result.failures || coalesce(jsonb_agg(s.failure), '[]')
      into skipped_keys, result.failures
      from customers_private.skipped_fresh(site, policy, fresh) s;
      fresh := customers_private.records_without(fresh, skipped_keys);
      created := customers_private.insert_imported(p_operation, fresh);
      result.created := result.created + cardinality(created.keys);
      result.created_customers := result.created_customers || created.ids;
      pending := customers_private.records_without(pending, skipped_keys || created.keys);
    end if;

    select array_agg(row(c.customer, p.r)::customers_private.import_pair) into pairs
    from (select k from unnest(pending) k order by k.email collate "C") p (r)
    cross join lateral (
      select c as customer, c.email_key
      from public.mod_ecommod01_customers c
      where c.site_id = site and c.email_key >= (p.r).email and c.deleted_at is null
      order by c.email_key
      limit 1
      for no key update
    ) c
    where c.email_key = (p.r).email;
    if pairs is not null then
      result := customers_private.add_results(
        result, customers_private.update_imported(p_operation, p_step, pairs, restored));
      pending := customers_private.records_without(
        pending, array(select ((p).customer).email_key from unnest(pairs) p));
    end if;
  end loop;
  return result;
end
$$;

create function customers_private.add_results(
  p_one customers_private.import_result, p_other customers_private.import_result
) returns customers_private.import_result
language plpgsql immutable
set search_path = ''
as $$
begin
  p_one.created := p_one.created + p_other.created;
  p_one.changed := p_one.changed + p_other.changed;
  p_one.unchanged := p_one.unchanged + p_other.unchanged;
  p_one.unchanged_customers := p_one.unchanged_customers || p_other.unchanged_customers;
  p_one.failures := p_one.failures || p_other.failures;
  return p_one;
end
$$;

-- The deleted customers that records may bring back: an admin said so, of the last 30 days, the last of an e-mail.
create function customers_private.restorable(
  p_site uuid, p_records customers_private.import_record[]
) returns setof public.mod_ecommod01_customers
language plpgsql stable
set search_path = ''
as $$
begin
  if not exists (select from unnest(p_records) r where r.again = 'restore')
    or not exists (select from customers_private.my_sites() m where m.site_id = p_site and m.role = 'admin') then
    return;
  end if;
  return query
  select h.* from unnest(p_records) r
  cross join lateral (
    select c.* from public.mod_ecommod01_customers c
    where c.site_id = p_site and c.email_key = r.email and c.deleted_at is not null and c.erased_at is null
    order by c.deleted_at desc
    limit 1
  ) h
  where r.again = 'restore' and h.merged_into is null and h.deleted_at > now() - interval '30 days' and not exists (
    select from public.mod_ecommod01_customers v
    where v.site_id = p_site and v.email_key = r.email and v.deleted_at is null
  );
end
$$;

create function customers_private.restore_imported(
  p_operation public.mod_ecommod01_customer_operations, p_records customers_private.import_record[]
) returns uuid[]
language plpgsql volatile
set search_path = '' set timezone = 'UTC'
as $$
declare
  ids uuid[];
begin
  with hidden as materialized (
    select c.id, c.version, c.deleted_at from customers_private.restorable(p_operation.site_id, p_records) c
  ), shown as (
    update public.mod_ecommod01_customers c
    set deleted_at = null, deleted_by = null
    from hidden h
    where c.site_id = p_operation.site_id and c.id = h.id
  ), kept as (
    insert into public.mod_ecommod01_customer_changes (site_id, operation_id, customer_id, version, before, after)
    select p_operation.site_id, p_operation.id, h.id, h.version + 1, jsonb_build_object('deleted_at', h.deleted_at),
      '{"deleted_at": null}'
    from hidden h
  )
  select array_agg(h.id) into ids from hidden h;
  return coalesce(ids, '{}');
end
$$;

-- As in 1400; what a person decided to make anew is made.
create or replace function customers_private.skipped_fresh(
  p_site uuid, p_policy text, p_records customers_private.import_record[]
) returns table (email text, failure jsonb)
language sql stable
set search_path = ''
as $$
  with known as materialized (
    select s.secret
    from customers_private.site_secrets s
    where s.site_id = p_site and exists (select from customers_private.erased_emails e where e.site_id = p_site)
  )
  select r.email, customers_private.import_failure(r.number, 'email', h.code,
    case h.code
      when 'merged_before' then 'The customer with this e-mail was merged into another one.'
      when 'deleted_before' then 'The customer with this e-mail was deleted; restore it instead of making it anew.'
      when 'erased_before' then 'The data of the person with this e-mail were erased; only a person may bring them back.'
      else 'There is no customer with this e-mail yet, and only existing ones are updated.'
    end,
    'skipped')
  from unnest(p_records) r
  left join known k on true
  cross join lateral (
    select coalesce(
      case when r.again is distinct from 'anew' then coalesce(
        (select case when c.merged_into is not null then 'merged_before' else 'deleted_before' end
         from public.mod_ecommod01_customers c
         where c.site_id = (select p_site) and c.email_key = r.email and c.deleted_at is not null and c.erased_at is null
         order by c.deleted_at desc
         limit 1),
        case when k.secret is not null and exists (
          select from customers_private.erased_emails e
          where e.site_id = p_site and e.hash = sha256(k.secret || sha256(k.secret || convert_to(r.email, 'UTF8')))
        ) then 'erased_before' end) end,
      case when p_policy = 'update' then 'unknown' end) as code
  ) h
  where h.code is not null
$$;

-- Which of a customer's new addresses is the default for what: the one that claims it, else the first where there was
-- none, unless it says of itself that it is none: who has a billing address alone is brought back as such from our own
-- export; one that joins others, none of which is a default, is none either. Addresses are rows for the table, with
-- their ids.
create function customers_private.address_rows(
  p_customer uuid, p_addresses jsonb, p_is_first boolean, p_first_name text, p_last_name text, p_site uuid
) returns table (
  id uuid, label text, is_default_billing boolean, is_default_shipping boolean, first_name text, last_name text,
  company text, address_line_1 text, address_line_2 text, city text, state text, postal_code text, country text,
  phone text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  return query
  select customers_private.uuid_v7(), 'Primary',
    coalesce(a.n = coalesce(
      min(a.n) filter (where a.address @> '{"is_default_billing": true}') over (),
      case when p_is_first and not p_addresses -> 0 @> '{"is_default_billing": false}' then 1 end), false)
      and (p_is_first or not exists (
        select from public.mod_ecommod01_customer_addresses o
        where o.site_id = p_site and o.customer_id = p_customer and o.is_default_billing)),
    coalesce(a.n = coalesce(
      min(a.n) filter (where a.address @> '{"is_default_shipping": true}') over (),
      case when p_is_first and not p_addresses -> 0 @> '{"is_default_shipping": false}' then 1 end), false)
      and (p_is_first or not exists (
        select from public.mod_ecommod01_customer_addresses o
        where o.site_id = p_site and o.customer_id = p_customer and o.is_default_shipping)),
    coalesce(a.address ->> 'first_name', p_first_name), coalesce(a.address ->> 'last_name', p_last_name),
    a.address ->> 'company', a.address ->> 'address_line_1', a.address ->> 'address_line_2', a.address ->> 'city',
    coalesce(a.address ->> 'state', ''), coalesce(a.address ->> 'postal_code', ''), a.address ->> 'country',
    a.address ->> 'phone'
  from jsonb_array_elements(p_addresses) with ordinality a (address, n);
end
$$;

drop function customers_private.insert_imported(
  public.mod_ecommod01_customer_operations, customers_private.import_record[]);
-- Inserts new customers with their addresses and group; answers who was inserted. The others have appeared meanwhile.
create function customers_private.insert_imported(
  p_operation public.mod_ecommod01_customer_operations, p_records customers_private.import_record[],
  out keys text[], out ids uuid[]
)
language plpgsql volatile
set search_path = ''
as $$
declare
  site constant uuid := p_operation.site_id;
  joined_group constant uuid := (p_operation.options ->> 'group')::uuid;
begin
  with inserted as (
    insert into public.mod_ecommod01_customers as c
      (site_id, first_name, last_name, email, phone, status, accepts_marketing, tags, metadata, country,
       created_by_operation)
    select site, coalesce(r.first_name, ''), coalesce(r.last_name, ''), r.email, r.phone,
      coalesce(r.status, 'active'), coalesce(r.accepts_marketing, false), coalesce(r.tags, '{}'), r.metadata,
      case when r.has_address then r.country end, p_operation.id
    from unnest(p_records) r
    order by r.email collate "C"
    on conflict (site_id, email_key) where deleted_at is null do nothing
    returning c.id, c.email_key
  ), addressed as (
    insert into public.mod_ecommod01_customer_addresses
      (site_id, customer_id, label, is_default_billing, is_default_shipping, first_name, last_name, company,
       address_line_1, address_line_2, city, state, postal_code, country)
    select site, i.id, 'Primary', true, true, coalesce(r.first_name, ''), coalesce(r.last_name, ''),
      r.company, r.address_line_1, r.address_line_2, r.city, coalesce(r.state, ''), coalesce(r.postal_code, ''),
      r.country
    from inserted i
    join unnest(p_records) r on r.email = i.email_key
    where r.has_address and r.more_addresses is null
  ), joined as (
    insert into public.mod_ecommod01_customer_group_members (site_id, customer_id, group_id)
    select site, i.id, joined_group from inserted i where joined_group is not null
  )
  select array_agg(i.email_key), array_agg(i.id) into keys, ids from inserted i;
  keys := coalesce(keys, '{}');
  ids := coalesce(ids, '{}');

  if exists (select from unnest(p_records) r where r.more_addresses is not null) then
    insert into public.mod_ecommod01_customer_addresses
      (site_id, customer_id, id, label, is_default_billing, is_default_shipping, first_name, last_name, company,
       address_line_1, address_line_2, city, state, postal_code, country, phone)
    select site, i.id, a.*
    from unnest(keys, ids) i (email, id)
    join unnest(p_records) r on r.email = i.email
    cross join lateral customers_private.address_rows(
      i.id, customers_private.record_addresses(r), true, coalesce(r.first_name, ''), coalesce(r.last_name, ''), site) a
    where r.more_addresses is not null;
  end if;
  if exists (select from unnest(p_records) r where r.again = 'anew') then
    perform customers_private.forget_erasure(site, r.email)
    from unnest(p_records) r
    where r.again = 'anew' and r.email = any (keys);
  end if;
end
$$;

drop function customers_private.update_imported(
  public.mod_ecommod01_customer_operations, integer, public.mod_ecommod01_customers[],
  customers_private.import_record[]);
-- Changes existing customers, locked by the caller, as they were judged. What changed is kept.
create function customers_private.update_imported(
  p_operation public.mod_ecommod01_customer_operations, p_step integer, p_pairs customers_private.import_pair[],
  p_restored uuid[]
) returns customers_private.import_result
language plpgsql volatile
set search_path = ''
as $$
declare
  site constant uuid := p_operation.site_id;
  joined_group constant uuid := (p_operation.options ->> 'group')::uuid;
  judged constant customers_private.import_judgement[] := array(
    select j from customers_private.judge_records(p_operation, p_step, p_pairs, p_restored) j);
  result customers_private.import_result;
begin
  with changed as materialized (
    select (j.customer).site_id, (j.customer).id, (j.customer).version, j.*
    from unnest(judged) j
    where j.verdict = 'changed'
  ), updated as (
    update public.mod_ecommod01_customers c
    set first_name = j.next_first_name, last_name = j.next_last_name, phone = j.next_phone, status = j.next_status,
      accepts_marketing = j.next_accepts_marketing, tags = j.next_tags, metadata = j.next_metadata,
      email = case when c.email_key = j.next_email then c.email else j.next_email end,
      email_verified = c.email_verified and c.email_key = j.next_email
    from changed j
    where c.site_id = j.site_id and c.id = j.id and j.differs
  ), new_address as materialized (
    select j.id as customer_id, a.*
    from changed j
    cross join lateral customers_private.address_rows(j.id, j.new_addresses, not exists (
      select from public.mod_ecommod01_customer_addresses o where o.site_id = j.site_id and o.customer_id = j.id offset 0
    ), j.next_first_name, j.next_last_name, site) a
    where j.new_addresses is not null
  ), addressed as (
    insert into public.mod_ecommod01_customer_addresses
      (site_id, customer_id, id, label, is_default_billing, is_default_shipping, first_name, last_name, company,
       address_line_1, address_line_2, city, state, postal_code, country, phone)
    select site, a.* from new_address a
  ), kept as (
    insert into public.mod_ecommod01_customer_changes (site_id, operation_id, customer_id, before, after, version)
    select site, p_operation.id, j.id,
      d.before || case when a.added is null then '{}' else '{"address_added": null}' end::jsonb,
      d.after || case when a.added is null then '{}' else jsonb_build_object('address_added', a.added) end,
      case when j.differs then j.version + 1 end
    from changed j
    cross join lateral customers_private.judged_changes(
      row(j.customer, j.record, j.next_first_name, j.next_last_name, j.next_email, j.next_phone, j.next_status,
        j.next_accepts_marketing, j.next_tags, j.next_metadata, j.differs, j.new_addresses, j.joins,
        j.verdict)::customers_private.import_judgement) d
    cross join lateral (
      select case count(*) when 0 then null when 1 then to_jsonb((array_agg(n.id))[1]) else jsonb_agg(n.id) end as added
      from new_address n where n.customer_id = j.id
    ) a
    where j.differs or a.added is not null
  )
  select 0,
    count(*) filter (where j.verdict = 'changed'),
    count(*) filter (where j.verdict = 'unchanged'),
    coalesce(array_agg((j.customer).id) filter (where j.verdict = 'unchanged'), '{}'),
    coalesce(jsonb_agg(customers_private.judged_failure(j)) filter (where j.verdict in ('exists', 'duplicate')), '[]')
  into result.created, result.changed, result.unchanged, result.unchanged_customers, result.failures
  from unnest(judged) j;
  if joined_group is not null then
    perform customers_private.place_members(site, p_operation.id, array(
      select (j.customer).id from unnest(judged) j where j.verdict = 'changed' and j.joins), array[joined_group], 'add');
  end if;
  return result;
end
$$;

revoke execute on function
  customers_private.require_import_group, customers_private.read_more_addresses, customers_private.record_addresses,
  customers_private.address_key, customers_private.match_records, customers_private.match_failure,
  customers_private.judge_records, customers_private.judged_changes, customers_private.judged_failure,
  customers_private.add_results, customers_private.restorable, customers_private.restore_imported,
  customers_private.address_rows, customers_private.insert_imported, customers_private.update_imported
from public, anon, authenticated, service_role;
