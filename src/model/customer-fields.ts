import { customerWidths } from './customer.ts';
import { emailKey, isEmail } from './email.ts';
import { optionalText, otherwise, problemsOf, within, type Problems } from './problems.ts';
import * as z from 'zod/mini';
import './schema.ts';

/** What a person may edit of a customer, cleaned and checked. A guest's status changes by `promoteGuest` alone. */
export const customerFieldsSchema = z.strictObject({
  first_name: z.string().check(within(customerWidths.first_name)),
  last_name: z.string().check(within(customerWidths.last_name)),
  email: z.pipe(
    z.pipe(z.string(), z.transform(emailKey)),
    z.string().check(
      z.refine((email) => email !== '', { ...otherwise('missing'), abort: true }),
      within(customerWidths.email),
      z.refine(isEmail, otherwise('email')),
    ),
  ),
  phone: optionalText(within(customerWidths.phone)),
  avatar_url: optionalText(within(2048), z.refine(isWebAddress, otherwise('url'))),
  status: z.enum(['active', 'inactive']),
  accepts_marketing: z.boolean(),
  tags: z.pipe(
    z.pipe(z.array(z.string()), z.transform(cleanTags)),
    z.array(z.string().check(within(customerWidths.tag))),
  ),
  /** Whatever the shop keeps about the person, by name. */
  metadata: z.record(z.string(), z.unknown()),
});
export type CustomerFields = z.infer<typeof customerFieldsSchema>;
export type CustomerFieldName = keyof CustomerFields;
export const customerFieldNames = Object.keys(customerFieldsSchema.shape) as CustomerFieldName[];

const editSchema = z.partial(customerFieldsSchema);

export type Checked<Fields> = { fields: Partial<Fields>; problems: Problems };

/** Fields as they would be saved, or what is wrong with them. `known` is the customer whom they change. */
export function checkCustomer(
  asked: Partial<CustomerFields>,
  known?: Pick<CustomerFields, 'first_name' | 'last_name'>,
): Checked<CustomerFields> {
  const parsed = editSchema.safeParse(asked);
  const problems = parsed.success ? {} : problemsOf(parsed.error);
  if (!known && asked.email === undefined) problems.email ??= { code: 'missing' };
  const { first_name = '', last_name = '' } = { ...known, ...asked };
  const speaksOfName = !known || 'first_name' in asked || 'last_name' in asked;
  if (speaksOfName && !problems.last_name && !`${first_name}${last_name}`.trim()) {
    problems.first_name ??= { code: 'name_missing' };
  }
  return { fields: parsed.success ? (parsed.data as Partial<CustomerFields>) : asked, problems };
}

/** What of a customer is edited, and nothing else. */
export function editableFields(
  customer: CustomerFields | (Omit<CustomerFields, 'status'> & { status: string }),
): CustomerFields {
  const fields = Object.fromEntries(customerFieldNames.map((name) => [name, customer[name]]));
  return fields as unknown as CustomerFields;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

function cleanTags(tags: string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()))].filter((tag) => tag !== '');
}
