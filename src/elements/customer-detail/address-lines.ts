import type { CustomerAddress } from '../../model/detail.ts';
import { countryName } from '../../parts/format.ts';

/** Where the postal code comes before the city; elsewhere it follows. From the formats of Google's libaddressinput. */
const codeFirst = new Set(
  (
    'AD AL AT AX BA BE BG BR CH CL CR CZ DE DK DO DZ EE ES FI FO FR GL GR HR HU IL IS IT LI LT LU MA MC MD ME MK ' +
    'MX MY NE NL NO PH PL PT PY RO RS SE SI SK SM SN TN TR UA UY VA XK ZM'
  ).split(' '),
);

/** An address as one writes it on a parcel, a line each, empty ones left out; the country by its name. */
export function addressLines(address: CustomerAddress, locale: string): string[] {
  const { state, postal_code: code, country } = address;
  const place = codeFirst.has(country)
    ? joined([joined([code, address.city], ' '), state], ', ')
    : joined([address.city, joined([state, code], ' ')], ', ');
  return [
    joined([address.first_name, address.last_name], ' '),
    address.company,
    address.address_line_1,
    address.address_line_2,
    place,
    countryName(locale, country),
  ].flatMap((line) => line?.trim() || []);
}

const joined = (parts: string[], separator: string): string =>
  parts
    .map((part) => part.trim())
    .filter(Boolean)
    .join(separator);
