-- A step of an import: up to 1,000 records become customers, in a handful of statements whatever their number.

-- Deleted customers by e-mail: bringing one in again needs a person's decision.
create index mod_ecommod01_customers_hidden_email
  on public.mod_ecommod01_customers (site_id, email_key) where deleted_at is not null;

-- A record as the database reads it. Blank texts are null; `metadata` holds what became of the address where it is
-- not whole.
create type customers_private.import_record as (
  number integer,
  email text,
  first_name text,
  last_name text,
  phone text,
  company text,
  address_line_1 text,
  address_line_2 text,
  city text,
  state text,
  postal_code text,
  country text,
  tags text[],
  accepts_marketing boolean,
  status text,
  metadata jsonb,
  has_address boolean,
  -- Why it can't be brought in: field, code, message, outcome.
  problem text[]
);

-- The e-mail rule of src/import/email.ts: ASCII, one @, no dot at either end or twice, a top-level domain of letters.
-- plpgsql here and below: with the SET clause an SQL function would not be inlined, and costs ten times a call.
create function customers_private.is_email(p_email text) returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
begin
  return p_email collate "C" ~
    '^(?!\.)(?!.*\.\.)[A-Za-z0-9_''+\-.]*[A-Za-z0-9_+\-]@(?:[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$';
end
$$;

-- ISO 3166-1 alpha-2, and XK as everybody writes Kosovo.
create function customers_private.is_country(p_code text) returns boolean
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  codes constant text :=
    ' AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ'
    ' CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO'
    ' FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE'
    ' JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO'
    ' MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW'
    ' PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM'
    ' TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW ';
begin
  return p_code ~ '^[A-Z]{2}$' and strpos(codes, ' ' || p_code || ' ') > 0;
end
$$;

-- Reads every record and says what is wrong with it; nothing a client sends ends the batch, except what is no list
-- of numbered objects at all.
create function customers_private.read_import_records(p_rows json) returns customers_private.import_record[]
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
       end)::customers_private.import_record
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
          end as metadata_invalid
        from json_to_recordset(p_rows) r (
          "row" json, email text, first_name text, last_name text, phone text, company text, address_line_1 text,
          address_line_2 text, city text, state text, postal_code text, country text, tags json,
          accepts_marketing json, status text, metadata json
        )
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

create function customers_private.too_long(p_field text, p_value text, p_width integer) returns text[]
language sql immutable parallel safe
set search_path = ''
as $$
  select array[p_field, 'too_long',
    format('%s has %s characters; at most %s fit.', p_field, char_length(p_value), p_width), 'failed']
$$;

create function customers_private.import_failure(
  p_number integer, p_field text, p_code text, p_message text, p_outcome text
) returns jsonb
language sql immutable parallel safe
set search_path = ''
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'row', p_number, 'field', p_field, 'code', p_code, 'message', p_message, 'outcome', p_outcome))
$$;

-- What the client judged itself, as failures of the receipt.
create function customers_private.read_rejected(p_rejected json) returns jsonb
language plpgsql immutable
set search_path = ''
as $$
declare
  failures jsonb;
begin
  select coalesce(jsonb_agg(customers_private.import_failure(
      r.row::text::integer, r.field, r.code, r.message, r.outcome)), '[]')
  into failures
  from json_to_recordset(p_rejected) r ("row" json, field text, code text, message text, outcome text)
  where true;
  if exists (
    select from jsonb_array_elements(failures) f
    where f ->> 'row' is null or coalesce(f ->> 'code', '') !~ '^[a-z_]{1,50}$' or f ->> 'message' is null
      or char_length(f ->> 'message') > 1000 or char_length(f ->> 'field') > 100
      or coalesce(f ->> 'outcome', '') not in ('skipped', 'failed')
  ) then
    perform customers_private.refuse('rejected', 'each need row, code, message and outcome (skipped or failed)');
  end if;
  return failures;
exception
  when invalid_parameter_value or invalid_text_representation or numeric_value_out_of_range
    or untranslatable_character then
    perform customers_private.refuse('rejected', 'are not readable', sqlerrm);
end
$$;

create type customers_private.import_result as (
  created integer,
  changed integer,
  unchanged integer,
  unchanged_customers uuid[],
  failures jsonb
);

-- Reads the records, brings them in, and writes the step's account.
create function customers_private.import_step(
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
    exception when deadlock_detected then
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
    unchanged_customers = result.unchanged_customers,
    skipped = (select count(*) from jsonb_array_elements(refused) f where f ->> 'outcome' = 'skipped'),
    failed = (select count(*) from jsonb_array_elements(refused) f where f ->> 'outcome' = 'failed'),
    failures = (
      select coalesce(jsonb_agg(f order by (f ->> 'row')::integer), '[]') from jsonb_array_elements(refused) f
    ),
    finished_at = clock_timestamp()
  where s.site_id = p_operation.site_id and s.operation_id = p_operation.id and s.step = p_step;
end
$$;

-- Creates and updates customers by valid records, one an e-mail. First all inserts, then all locks, both in the order
-- of the e-mails: an insert may wait for another import's insert or locks, a lock only for locks, so no two imports
-- wait for each other. A record whose customer appears or goes meanwhile is taken as what it is then.
create function customers_private.bring_in(
  p_operation public.mod_ecommod01_customer_operations, p_step integer, p_records customers_private.import_record[]
) returns customers_private.import_result
language plpgsql volatile
set search_path = ''
as $$
declare
  site constant uuid := p_operation.site_id;
  policy constant text := p_operation.options ->> 'policy';
  result customers_private.import_result := (0, 0, 0, '{}', '[]');
  pending customers_private.import_record[] := p_records;
  fresh customers_private.import_record[];
  existing public.mod_ecommod01_customers[];
  known_keys text[];
  skipped_keys text[];
  created_keys text[];
  part customers_private.import_result;
begin
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
      created_keys := customers_private.insert_imported(p_operation, fresh);
      result.created := result.created + cardinality(created_keys);
      pending := customers_private.records_without(pending, skipped_keys || created_keys);
    end if;

    select array_agg(c.customer) into existing
    from (select k.email from unnest(pending) k order by k.email collate "C") p
    cross join lateral (
      select c as customer, c.email_key
      from public.mod_ecommod01_customers c
      where c.site_id = site and c.email_key >= p.email and c.deleted_at is null
      order by c.email_key
      limit 1
      for no key update
    ) c
    where c.email_key = p.email;
    if cardinality(existing) > 0 then
      part := customers_private.update_imported(p_operation, p_step, existing, pending);
      result.changed := result.changed + part.changed;
      result.unchanged := result.unchanged + part.unchanged;
      result.unchanged_customers := result.unchanged_customers || part.unchanged_customers;
      result.failures := result.failures || part.failures;
      pending := customers_private.records_without(
        pending, array(select e.email_key from unnest(existing) e));
    end if;
  end loop;
  return result;
end
$$;

-- The records with none of these e-mails: a join, since "<> all" would compare each with each.
create function customers_private.records_without(
  p_records customers_private.import_record[], p_emails text[]
) returns customers_private.import_record[]
language sql immutable
set search_path = ''
as $$
  select array(
    select r from unnest(p_records) r
    where not exists (select from unnest(p_emails) e (email) where e.email = r.email)
  )
$$;

-- Records without a customer that are left out: by the policy, or since their customer was deleted or merged.
create function customers_private.skipped_fresh(
  p_site uuid, p_policy text, p_records customers_private.import_record[]
) returns table (email text, failure jsonb)
language sql stable
set search_path = ''
as $$
  select r.email, customers_private.import_failure(r.number, 'email', h.code,
    case h.code
      when 'merged_before' then 'The customer with this e-mail was merged into another one.'
      when 'deleted_before' then 'The customer with this e-mail was deleted; restore it instead of making it anew.'
      else 'There is no customer with this e-mail yet, and only existing ones are updated.'
    end,
    'skipped')
  from unnest(p_records) r
  cross join lateral (
    select coalesce(
      (select case when c.merged_into is not null then 'merged_before' else 'deleted_before' end
       from public.mod_ecommod01_customers c
       where c.site_id = p_site and c.email_key = r.email and c.deleted_at is not null
       order by c.deleted_at desc
       limit 1),
      case when p_policy = 'update' then 'unknown' end) as code
  ) h
  where h.code is not null
$$;

-- Inserts new customers with their addresses; answers the e-mails that were inserted. The others have appeared
-- meanwhile.
create function customers_private.insert_imported(
  p_operation public.mod_ecommod01_customer_operations, p_records customers_private.import_record[]
) returns text[]
language plpgsql volatile
set search_path = ''
as $$
declare
  created_keys text[];
begin
  with inserted as (
    insert into public.mod_ecommod01_customers as c
      (site_id, first_name, last_name, email, phone, status, accepts_marketing, tags, metadata, country,
       created_by_operation)
    select p_operation.site_id, coalesce(r.first_name, ''), coalesce(r.last_name, ''), r.email, r.phone,
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
    select p_operation.site_id, i.id, 'Primary', true, true, coalesce(r.first_name, ''), coalesce(r.last_name, ''),
      r.company, r.address_line_1, r.address_line_2, r.city, coalesce(r.state, ''), coalesce(r.postal_code, ''),
      r.country
    from inserted i
    join unnest(p_records) r on r.email = i.email_key
    where r.has_address
  )
  select array_agg(i.email_key) into created_keys from inserted i;
  return coalesce(created_keys, '{}');
end
$$;

-- Changes existing customers, locked by the caller, as far as their records speak of them. A blank never overwrites,
-- a guest stays one, tags and metadata are added to, a known address is not added again. What changed is kept.
create function customers_private.update_imported(
  p_operation public.mod_ecommod01_customer_operations, p_step integer,
  p_existing public.mod_ecommod01_customers[], p_records customers_private.import_record[]
) returns customers_private.import_result
language plpgsql volatile
set search_path = ''
as $$
declare
  site constant uuid := p_operation.site_id;
  policy constant text := p_operation.options ->> 'policy';
  result customers_private.import_result;
begin
  with candidate as materialized (
    select c.id, c.version, c.first_name, c.last_name, c.phone, c.status, c.accepts_marketing, c.tags, c.metadata,
      r as record,
      coalesce(r.first_name, c.first_name) as next_first_name,
      coalesce(r.last_name, c.last_name) as next_last_name,
      coalesce(r.phone, c.phone) as next_phone,
      case when c.status = 'guest' then c.status else coalesce(r.status, c.status) end as next_status,
      coalesce(r.accepts_marketing, c.accepts_marketing) as next_accepts_marketing,
      c.tags || array(
        select t.tag from unnest(r.tags) with ordinality t (tag, n) where t.tag <> all (c.tags) order by t.n
      ) as next_tags,
      c.metadata || r.metadata as next_metadata,
      r.has_address and not exists (
        select from public.mod_ecommod01_customer_addresses a
        where a.site_id = site and a.customer_id = c.id and a.country = r.country
          and customers_private.fold(a.postal_code) = customers_private.fold(coalesce(r.postal_code, ''))
          and customers_private.fold(a.address_line_1) = customers_private.fold(r.address_line_1)
        offset 0 -- or the planner folds all addresses there are into a hash
      ) as adds_address,
      case
        when c.created_by_operation = p_operation.id or exists (
          select from public.mod_ecommod01_customer_changes g
          where g.site_id = site and g.customer_id = c.id and g.operation_id = p_operation.id
          offset 0
        ) then 'duplicate'
        when policy = 'create' then 'exists'
      end as skip_code
    from unnest(p_existing) c
    join unnest(p_records) r on r.email = c.email_key
  ), compared as materialized (
    select k.*,
      (k.first_name, k.last_name, k.phone, k.status, k.accepts_marketing, k.tags, k.metadata) is distinct from
        (k.next_first_name, k.next_last_name, k.next_phone, k.next_status, k.next_accepts_marketing, k.next_tags,
         k.next_metadata) as differs
    from candidate k
  ), seen as (
    select u.id
    from public.mod_ecommod01_customer_operation_steps s
    cross join unnest(s.unchanged_customers) u (id)
    where s.site_id = site and s.operation_id = p_operation.id and s.step <> p_step
      -- Asked only where something would change.
      and (select bool_or(k.skip_code is null and (k.differs or k.adds_address)) from compared k)
  ), judged as materialized (
    select k.*,
      coalesce(
        k.skip_code,
        case
          when not (k.differs or k.adds_address) then 'unchanged'
          when k.id in (select s.id from seen s) then 'duplicate'
          else 'changed'
        end
      ) as verdict,
      case when k.skip_code is null and k.adds_address then customers_private.uuid_v7() end as address_id
    from compared k
  ), updated as (
    update public.mod_ecommod01_customers c
    set first_name = j.next_first_name, last_name = j.next_last_name, phone = j.next_phone, status = j.next_status,
      accepts_marketing = j.next_accepts_marketing, tags = j.next_tags, metadata = j.next_metadata
    from judged j
    where c.site_id = site and c.id = j.id and j.verdict = 'changed' and j.differs
  ), addressed as (
    insert into public.mod_ecommod01_customer_addresses
      (site_id, id, customer_id, label, is_default_billing, is_default_shipping, first_name, last_name, company,
       address_line_1, address_line_2, city, state, postal_code, country)
    select site, j.address_id, j.id, 'Primary', first_one, first_one, j.next_first_name, j.next_last_name,
      (j.record).company, (j.record).address_line_1, (j.record).address_line_2, (j.record).city,
      coalesce((j.record).state, ''), coalesce((j.record).postal_code, ''), (j.record).country
    from judged j
    cross join lateral (
      select not exists (
        select from public.mod_ecommod01_customer_addresses a
        where a.site_id = site and a.customer_id = j.id
        offset 0
      ) as first_one
    ) f
    where j.verdict = 'changed' and j.adds_address
  ), kept as (
    insert into public.mod_ecommod01_customer_changes (site_id, operation_id, customer_id, before, after, version)
    select site, p_operation.id, j.id, d.before, d.after, case when j.differs then j.version + 1 end
    from judged j
    cross join lateral (
      select jsonb_object_agg(f.name, f.before) as before, jsonb_object_agg(f.name, f.after) as after
      from (values
        ('first_name', to_jsonb(j.first_name), to_jsonb(j.next_first_name)),
        ('last_name', to_jsonb(j.last_name), to_jsonb(j.next_last_name)),
        ('phone', to_jsonb(j.phone), to_jsonb(j.next_phone)),
        ('status', to_jsonb(j.status), to_jsonb(j.next_status)),
        ('accepts_marketing', to_jsonb(j.accepts_marketing), to_jsonb(j.next_accepts_marketing)),
        ('tags', to_jsonb(j.tags), to_jsonb(j.next_tags)),
        ('metadata', j.metadata, j.next_metadata),
        ('address_added', null, to_jsonb(j.address_id))
      ) f (name, before, after)
      where f.before is distinct from f.after
    ) d
    where j.verdict = 'changed'
  )
  select 0,
    count(*) filter (where j.verdict = 'changed'),
    count(*) filter (where j.verdict = 'unchanged'),
    coalesce(array_agg(j.id) filter (where j.verdict = 'unchanged'), '{}'),
    coalesce(
      jsonb_agg(customers_private.import_failure((j.record).number, 'email', j.verdict,
        case j.verdict
          when 'exists' then 'There is a customer with this e-mail already, and only new ones are added.'
          else 'An earlier record of this import has the same e-mail.'
        end,
        'skipped'
      )) filter (where j.verdict in ('exists', 'duplicate')), '[]')
  into result.created, result.changed, result.unchanged, result.unchanged_customers, result.failures
  from judged j;
  return result;
end
$$;

revoke execute on function
  customers_private.is_email(text),
  customers_private.is_country(text),
  customers_private.too_long(text, text, integer),
  customers_private.import_failure(integer, text, text, text, text),
  customers_private.read_import_records(json),
  customers_private.read_rejected(json),
  customers_private.import_step(public.mod_ecommod01_customer_operations, integer, json, json),
  customers_private.bring_in(
    public.mod_ecommod01_customer_operations, integer, customers_private.import_record[]),
  customers_private.records_without(customers_private.import_record[], text[]),
  customers_private.skipped_fresh(uuid, text, customers_private.import_record[]),
  customers_private.insert_imported(public.mod_ecommod01_customer_operations, customers_private.import_record[]),
  customers_private.update_imported(
    public.mod_ecommod01_customer_operations, integer, public.mod_ecommod01_customers[],
    customers_private.import_record[])
from public, anon, authenticated, service_role;
