import { AdapterError } from '../../adapter/errors.ts';
import { addressWidths, customerWidths } from '../../model/customer.ts';
import type { AddressFields, CustomerFields } from '../../model/detail.ts';

/** The fields as the database would keep them; throws `invalid` with a message for each that is wrong. */
export function checkCustomerFields(fields: Partial<CustomerFields>): Partial<CustomerFields> {
  return checked(fields, cleaned, problemOf, []);
}

export function checkAddressFields(fields: Partial<AddressFields>, isNew: boolean): Partial<AddressFields> {
  return checked(
    fields,
    cleanedAddress,
    addressProblemOf,
    isNew ? ['address_line_1', 'city', 'country'] : [],
  );
}

function checked<Fields extends object>(
  fields: Fields,
  clean: (field: string, value: unknown) => unknown,
  findProblem: (field: string, value: unknown) => string | undefined,
  required: (keyof Fields & string)[],
): Fields {
  const errors: Record<string, string> = {};
  const result: Record<string, unknown> = {};
  for (const field of required) if (!(field in fields)) errors[field] = 'is missing';
  for (const [field, value] of Object.entries(fields)) {
    result[field] = clean(field, value);
    const problem = findProblem(field, result[field]);
    if (problem) errors[field] = problem;
  }
  const names = Object.keys(errors);
  if (names.length === 0) return result as Fields;
  throw new AdapterError('invalid', names.map((name) => `${name} ${errors[name]}`).join('; '), {
    fields: errors,
  });
}

function cleanedAddress(field: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (field === 'country') return value.trim().toUpperCase();
  return optionalTexts.includes(field) && !value.trim() ? null : value;
}

const optionalTexts: readonly string[] = ['company', 'address_line_2', 'phone'];
const addressTextWidths: Record<string, number> = {
  ...addressWidths,
  label: 50,
  first_name: customerWidths.first_name,
  last_name: customerWidths.last_name,
  phone: customerWidths.phone,
};

function addressProblemOf(field: string, value: unknown): string | undefined {
  if (field === 'is_default_billing' || field === 'is_default_shipping') {
    return typeof value === 'boolean' ? undefined : 'must be true or false';
  }
  if (field === 'country') {
    return /^[A-Z]{2}$/.test(String(value)) ? undefined : "must be a country's two letters (ISO 3166-1)";
  }
  const width = addressTextWidths[field];
  if (width === undefined) return 'cannot be edited';
  if (value === null && optionalTexts.includes(field)) return undefined;
  const isMissing = ['label', 'address_line_1', 'city'].includes(field) && !String(value).trim();
  return textProblem(value, width) ?? (isMissing ? 'is missing' : undefined);
}

function cleaned(field: string, value: unknown): unknown {
  if (field === 'tags' && Array.isArray(value)) {
    return [...new Set(value.map((tag) => (typeof tag === 'string' ? tag.trim() : (tag as unknown))))].filter(
      (tag) => tag !== '',
    );
  }
  if (typeof value !== 'string') return value;
  if (field === 'email') return value.trim().toLowerCase();
  return field === 'phone' || field === 'avatar_url' ? value.trim() || null : value;
}

function problemOf(field: string, value: unknown): string | undefined {
  switch (field) {
    case 'first_name':
    case 'last_name':
      return textProblem(value, customerWidths[field]);
    case 'email':
      if (!value) return 'is missing';
      return (
        textProblem(value, customerWidths.email) ??
        (/^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$/.test(value as string) ? undefined : 'is not a valid address')
      );
    case 'phone':
      return value === null ? undefined : textProblem(value, customerWidths.phone);
    case 'avatar_url':
      if (value === null) return undefined;
      return (
        textProblem(value, 2048) ??
        (/^https?:\/\//.test(value as string) ? undefined : 'must begin with http:// or https://')
      );
    case 'status':
      return value === 'active' || value === 'inactive' ? undefined : 'must be active or inactive';
    case 'accepts_marketing':
      return typeof value === 'boolean' ? undefined : 'must be true or false';
    case 'tags':
      if (!Array.isArray(value)) return 'must be a list of texts';
      return value.map((tag) => textProblem(tag, customerWidths.tag)).find(Boolean);
    case 'metadata':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? undefined
        : 'must be an object';
    default:
      return 'cannot be edited';
  }
}

function textProblem(value: unknown, width: number): string | undefined {
  if (typeof value !== 'string') return 'must be a text';
  const { length } = [...value];
  return length > width ? `has ${length} characters; at most ${width} fit` : undefined;
}
