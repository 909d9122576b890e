-- Plans of lists are chosen by how many customers a word is thought to match. With the default of 100 sampled texts that
-- is a guess, with 500 it is good enough for what matches one customer in 200. Each costs 1 µs a plan.
alter table public.mod_ecommod01_customers alter column search set statistics 500;

-- What a person types becomes LIKE patterns over `customers.search`, the folded text with a blank before each word.
-- Every pattern must match. A pattern is always a literal: what LIKE would read as a wildcard is escaped.
create function customers_private.search_patterns(p_term text) returns text[]
language plpgsql immutable parallel safe
set search_path = ''
as $$
declare
  word text;
  words text[];
  pattern text;
  patterns text[] := '{}';
  -- Neighbouring words of digits and phone punctuation, and their digits: "+49 151 2345" is one number.
  phone_words text[] := '{}';
  digits text := '';
begin
  words := regexp_split_to_array(customers_private.fold(p_term), '\s+');
  -- The null at the end closes a number that the term ends with.
  foreach word in array words || null::text loop
    continue when word = '';
    if word ~ '^[0-9+()/.-]+$' then
      phone_words := phone_words || word;
      digits := digits || regexp_replace(word, '\D', '', 'g');
      continue;
    end if;
    if length(digits) >= 5 then
      -- Phones are often stored as +49151…, but typed as 0151… or 0049151…
      phone_words := array[regexp_replace(digits, '^00?(?=[1-9]\d{6})', '')];
    end if;
    foreach pattern in array phone_words || word loop
      continue when pattern is null;
      patterns := patterns || customers_private.word_pattern(pattern);
    end loop;
    phone_words := '{}';
    digits := '';
  end loop;
  return array(select distinct p from unnest(patterns) p);
end
$$;

-- A trigram index cannot look for one or two letters inside a word, but it can at a word's start.
create function customers_private.word_pattern(p_word text) returns text
language sql immutable parallel safe
set search_path = ''
as $$
  select case when p_word ~ '^[[:alnum:]]{1,2}$' then '% ' else '%' end
    || regexp_replace(p_word, '([\\%_])', '\\\1', 'g') || '%'
$$;

revoke execute on function customers_private.search_patterns, customers_private.word_pattern
from public, anon, authenticated;
