import { AdapterError } from '../../adapter/errors.ts';
import { customerWidths } from '../../model/customer.ts';
import type { CustomerFields } from '../../model/detail.ts';

/** The fields as the database would keep them; throws `invalid` with a message for each that is wrong. */
export function checkCustomerFields(fields: Partial<CustomerFields>): Partial<CustomerFields> {
  const errors: Record<string, string> = {};
  const checked: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(fields)) {
    const clean = cleaned(field, value);
    const error = problemOf(field, clean);
    if (error) errors[field] = error;
    else checked[field] = clean;
  }
  const names = Object.keys(errors);
  if (names.length === 0) return checked as Partial<CustomerFields>;
  throw new AdapterError('invalid', names.map((name) => `${name} ${errors[name]}`).join('; '), {
    fields: errors,
  });
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
