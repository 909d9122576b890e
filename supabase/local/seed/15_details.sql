-- How many addresses and notes a customer has, which tag has which number, and what a postal code looks like.
create function seed.addresses_of(p_key bigint) returns int language sql immutable parallel safe as $$
  select case when d < 14 then 0 when d < 86 then 1 else 2 end from (select seed.draw(p_key, 40, 100) as d) x
$$;

create function seed.notes_of(p_key bigint) returns int language sql immutable parallel safe as $$
  select case when d < 92 then 0 when d < 97 then 1 when d < 99 then 2 else 3 end
  from (select seed.draw(p_key, 41, 100) as d) x
$$;

create function seed.tag(p_number int) returns text language sql immutable parallel safe as $$
  select ('{newsletter,returning,gift,app,early-bird,student,instagram,b2b,referral,Stammkunde,wholesale,pickup,vip,reseller,fragile,call first,中文,no-plastic}'::text[])
    [1 + p_number % 18]
$$;

create function seed.postal_code(p_pattern text, p_key bigint) returns text language sql immutable parallel safe as $$
  select case
    when p_pattern = 'AA0 0AA' then letters || left(digits, 1) || ' ' || right(digits, 1) || reverse(letters)
    when strpos(p_pattern, ' ') > 0 then overlay(left(digits, length(p_pattern)) placing ' ' from strpos(p_pattern, ' ') for 1)
    when strpos(p_pattern, '-') > 0 then overlay(left(digits, length(p_pattern)) placing '-' from strpos(p_pattern, '-') for 1)
    else left(digits, length(p_pattern))
  end
  from (
    select
      lpad(seed.draw(p_key, 42, 100000000)::text, 8, '1') as digits,
      chr(65 + seed.draw(p_key, 43, 26)) || chr(65 + seed.draw(p_key, 44, 26)) as letters
  ) d
$$;
