import { addressFormat } from './address-format.ts';
import { addressWidths, customerWidths } from './customer.ts';
import type { Checked } from './customer-fields.ts';
import { optionalText, otherwise, problemsOf, within } from './problems.ts';
import * as z from 'zod/mini';
import './schema.ts';

const text = (width: number) => z.string().check(within(width));
const neededText = (width: number) =>
  z.string().check(
    z.refine((value) => value.trim() !== '', otherwise('missing')),
    within(width),
  );

/** What a person may edit of an address, cleaned and checked. */
export const addressFieldsSchema = z.strictObject({
  label: neededText(50),
  is_default_billing: z.boolean(),
  is_default_shipping: z.boolean(),
  first_name: text(customerWidths.first_name),
  last_name: text(customerWidths.last_name),
  company: optionalText(within(addressWidths.company)),
  address_line_1: neededText(addressWidths.address_line_1),
  address_line_2: optionalText(within(addressWidths.address_line_2)),
  city: neededText(addressWidths.city),
  state: text(addressWidths.state),
  postal_code: text(addressWidths.postal_code),
  /** ISO 3166-1 alpha-2 */
  country: z.pipe(
    z.pipe(
      z.string(),
      z.transform((country) => country.trim().toUpperCase()),
    ),
    z.string().check(
      z.refine((country) => country !== '', { ...otherwise('missing'), abort: true }),
      z.refine((country) => /^[A-Z]{2}$/.test(country), otherwise('country')),
    ),
  ),
  phone: optionalText(within(customerWidths.phone)),
});
export type AddressFields = z.infer<typeof addressFieldsSchema>;
export type AddressFieldName = keyof AddressFields;
export const addressFieldNames = Object.keys(addressFieldsSchema.shape) as AddressFieldName[];

const editSchema = z.partial(addressFieldsSchema);

/** Fields as they would be saved, or what is wrong with them; a new address needs line 1, city and country. */
export function checkAddress(
  asked: Partial<AddressFields>,
  { isNew }: { isNew: boolean },
): Checked<AddressFields> {
  const parsed = editSchema.safeParse(asked);
  const problems = parsed.success ? {} : problemsOf(parsed.error);
  if (isNew) {
    for (const name of ['address_line_1', 'city', 'country'] as const) {
      if (asked[name] === undefined) problems[name] ??= { code: 'missing' };
    }
  }
  return { fields: parsed.success ? (parsed.data as Partial<AddressFields>) : asked, problems };
}

/** The same, and what one writes in that country: for a form. What was left empty before may stay so. */
export function checkWrittenAddress(
  asked: Partial<AddressFields>,
  known?: AddressFields,
): Checked<AddressFields> {
  const checked = checkAddress(asked, { isNew: !known });
  const { required } = addressFormat(checked.fields.country ?? known?.country ?? '');
  for (const part of required) {
    const isAsked = !known || part in asked || 'country' in asked;
    const value = asked[part] ?? known?.[part] ?? '';
    if (isAsked && !value.trim()) checked.problems[part] ??= { code: 'missing' };
  }
  return checked;
}
