-- As in 1520, but an address that says of itself that it is no default is none, even if it is the first: who has a
-- billing address alone is brought back as such from our own export. And an address that joins others, none of which is
-- a default, is none either.
create or replace function customers_private.address_rows(
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

