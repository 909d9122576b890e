import { readCountry } from './country.ts';

export interface AddressParts {
  address_line_1?: string;
  address_line_2?: string;
  city?: string;
  state?: string;
  postal_code?: string;
  country?: string;
}

/** A state as its code, with or without its country: NY, JP-13, 34. */
const stateCode = /^(?:[A-Z]{2}-)?(?:[A-Z]{1,3}|\d{1,2})$/;
/** Countries whose addresses name a state or province in full. */
const withStates = new Set(['US', 'CA', 'AU', 'BR', 'MX', 'IN', 'CN', 'MY', 'AR', 'AE']);
const secondLine =
  /\d|\b(apt|apartment|suite|ste|unit|floor|fl|flat|room|rm|building|bldg|haus|hinterhaus|etage|stock|stiege|bât|bat|appt|étage|piso|puerta|izq|dcha|c\/o)\b/i;

/**
 * An address in one cell whose parts are two blanks apart, empty ones left out: line 1, line 2, city, state, postal
 * code, country. Read from its end, where the parts can be told by their look. Undefined for what is no such cell.
 */
export function partAddress(cell: string): AddressParts | undefined {
  const parts = cell
    .split(/ {2,}/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length < 3) return undefined;
  const address: AddressParts = {};
  const country = readCountry(parts.at(-1) ?? '');
  if (country) {
    address.country = country;
    parts.pop();
  }
  const last = parts.at(-1) ?? '';
  if (parts.length > 2 && /\d/.test(last) && last.length <= 12 && !/^[A-Z]{2}-\d+$/.test(last)) {
    address.postal_code = last;
    parts.pop();
  }
  if (parts.length > 2 && (stateCode.test(parts.at(-1) ?? '') || hasStateName(parts, country)))
    address.state = parts.pop() as string;
  if (parts.length > 1) address.city = parts.pop() as string;
  address.address_line_1 = parts[0] as string;
  if (parts.length > 1) address.address_line_2 = parts.slice(1).join(', ');
  return address;
}

function hasStateName(parts: readonly string[], country: string | undefined): boolean {
  if (parts.length > 3) return true;
  return country !== undefined && withStates.has(country) && !secondLine.test(parts[1] ?? '');
}
