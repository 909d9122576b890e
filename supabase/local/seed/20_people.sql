-- Who they are. `key` is the number that everything else is drawn from; customers are numbered as they came, so that
-- ids are in the order of created_at.
--
-- A tenth are guests, 7 per cent inactive. Names now and then have a middle initial, an emoji, no last name, no
-- capitals, or a hundred letters. Three customers of each shop are called Xochiquetzal: a benchmark's rare term.

create function seed.shop_now() returns timestamptz language sql stable parallel safe as $$
  -- Dates are relative to the hour of seeding, or there would be nobody "new this month".
  select coalesce(nullif(current_setting('seed.now', true), '')::timestamptz, date_trunc('hour', now()))
$$;

-- Version 7, with the hash of a key in the place of the random bits.
create function seed.id(p_created_at timestamptz, p_key bigint, p_salt text) returns uuid
language sql immutable parallel safe as $$
  select (
    lpad(to_hex((date_part('epoch', p_created_at) * 1000)::bigint), 12, '0')
    || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15)
  )::uuid
  from (select md5(p_salt || p_key) as hash) h
$$;

-- A table, since Postgres scans one by several workers, but not generate_series().
create unlogged table seed.numbers as
select
  shop.site_id, shop.number as shop, shop.customers, n, shop.number * 4294967296 + n as key,
  -- They come more and more often: 1.8 times as many a day now as three years ago.
  (n - 0.5::float8) / shop.customers as position
from seed.shops shop, generate_series(1, shop.customers) n;

analyze seed.numbers;

create unlogged table seed.people as
with
dated as (
  select
    numbers.*,
    date_trunc('milliseconds', seed.shop_now()
      - interval '1096 days' * ((1 - position) * (1.4 - 0.4 * position) / 1.4)) as created_at
  from seed.numbers
),
named as (
  select
    dated.*, c.culture, c.family_first, c.country, c.phone as phone_start, c.digits,
    case when c.first_mail is null then f.first_name else c.first_mail[f.number] end as first_mail,
    case when compound then null when c.last_mail is null then l.last_name else c.last_mail[l.number] end as last_mail,
    f.first_name,
    case
      when compound then
        c.last_stems[1 + seed.draw(key, 5, cardinality(c.last_stems))]
        || c.last_ends[1 + seed.draw(key, 6, cardinality(c.last_ends))]
      else l.last_name
    end as last_name,
    seed.draw(key, 7, 10000) as quirk
  from dated
  join seed.culture_of o on o.hundredth = seed.draw(key, 1, 100)
  join seed.cultures c on c.culture = o.culture
  cross join lateral (
    select number, c.first_names[number] as first_name
    from (select 1 + seed.draw(key, 2, cardinality(c.first_names)) as number) p
  ) f
  cross join lateral (
    select number, c.last_names[number] as last_name,
      c.last_stems is not null and c.last_names[number] not in ('Smith', 'Müller') and seed.draw(key, 4, 2) = 0 as compound
    from (select 1 + seed.draw(key, 3, cardinality(c.last_names)) as number) p
  ) l
),
quirky as (
  select
    named.*,
    n = greatest(1, customers / 7) and shop = 1 as has_2000_orders,
    seed.draw(key, 8, 100) < 10 as guest,
    case
      when n in (customers * 3 / 10, customers * 6 / 10, customers * 9 / 10) then 'Xochiquetzal'
      when quirk < 900 then first_name || ' ' || chr(65 + seed.draw(key, 9, 26)) || '.'
      when quirk < 930 then first_name || ' ' || (array['🌸', '🦊', '✨', '🏳️‍🌈', '👩🏽‍🚀'])[1 + seed.draw(key, 9, 5)]
      when quirk < 1030 then lower(first_name)
      when quirk < 1040 then rpad(first_name || '-', 99, 'Wolfgang-Amadeus-Theophilus-') || 'a'
      when quirk < 1240 and seed.draw(key, 9, 2) = 0 then first_name || ' ' || last_name
      else first_name
    end as given_name,
    case
      when quirk between 930 and 1029 then lower(last_name)
      when quirk between 1040 and 1239 then ''
      else last_name
    end as family_name
  from named
)
select
  site_id, shop, n, key, seed.id(created_at, key, 'customer') as id, created_at, country, has_2000_orders, culture,
  given_name as first_name, family_name as last_name,
  case
    when has_2000_orders then 'active'
    when guest then 'guest'
    when seed.draw(key, 10, 100) < 8 then 'inactive'
    else 'active'
  end as status,
  coalesce(nullif(seed.mailbox(case when given_name = 'Xochiquetzal' then given_name else first_mail end), ''), 'customer')
    || (array['.', '.', '_', '', '-'])[1 + seed.draw(key, 11, 5)]
    || seed.mailbox(coalesce(last_mail, last_name)) as mailbox,
  (array['mail.example', 'mail.example', 'post.example', 'example.com', 'example.org', 'example.net'])
    [1 + seed.draw(key, 12, 6)] as mail_host,
  case when seed.draw(key, 13, 100) < 78 then
    phone_start || lpad(seed.draw(key, 14, 1000000000)::text, digits, '1')
  end as phone,
  case
    when has_2000_orders then 2000
    when guest and not has_2000_orders then case when seed.draw(key, 15, 10) < 8 then 1 else 2 end
    else (
      select least(
        -- Nobody orders more than once in five days.
        1 + (extract(day from seed.shop_now() - created_at) / 5)::int,
        case
          when d < 390 then 0
          when d < 580 then 1
          when d < 700 then 2
          when d < 775 then 3
          when d < 830 then 4
          when d < 875 then 5
          when d < 925 then 6 + seed.draw(key, 16, 3)
          when d < 970 then 9 + seed.draw(key, 16, 8)
          when d < 994 then 17 + seed.draw(key, 16, 15)
          else 32 + seed.draw(key, 16, 60)
        end)
      from (select seed.draw(key, 15, 1000) as d) x
    )
  end as orders
from quirky;

analyze seed.people;
