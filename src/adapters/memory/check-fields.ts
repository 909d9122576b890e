import { AdapterError } from '../../adapter/errors.ts';
import { normaliseRule } from '../../adapter/normalise-filters.ts';
import { checkAddress, type AddressFields } from '../../model/address-fields.ts';
import { checkCustomer, type Checked, type CustomerFields } from '../../model/customer-fields.ts';
import { checkGroup } from '../../model/group-fields.ts';
import type { GroupFields } from '../../model/groups.ts';
import type { FieldProblem } from '../../model/problems.ts';

/** The fields as the database would keep them; throws `invalid` with a message for each that is wrong. */
export function checkCustomerFields(
  fields: Partial<CustomerFields>,
  known?: Pick<CustomerFields, 'first_name' | 'last_name'>,
): Partial<CustomerFields> {
  return accepted(checkCustomer(fields, known));
}

export function checkAddressFields(fields: Partial<AddressFields>, isNew: boolean): Partial<AddressFields> {
  return accepted(checkAddress(fields, { isNew }));
}

export function checkGroupFields(fields: Partial<GroupFields>, isNew: boolean): Partial<GroupFields> {
  const checked = accepted(checkGroup(fields, { isNew }));
  return checked.rule ? { ...checked, rule: normaliseRule(checked.rule) } : checked;
}

function accepted<Fields>({ fields, problems }: Checked<Fields>): Partial<Fields> {
  const messages = Object.fromEntries(
    Object.entries(problems).map(([name, problem]) => [name, said(problem)]),
  );
  const names = Object.keys(messages);
  if (names.length === 0) return fields;
  throw new AdapterError('invalid', names.map((name) => `${name} ${messages[name]}`).join('; '), {
    fields: messages,
  });
}

function said({ code, length, width }: FieldProblem): string {
  switch (code) {
    case 'missing':
      return 'is missing';
    case 'name_missing':
      return 'or a last name is needed';
    case 'too_long':
      return `has ${length} characters; at most ${width} fit`;
    case 'email':
      return 'is not a valid address';
    case 'url':
      return 'must begin with http:// or https://';
    case 'country':
      return "must be a country's two letters (ISO 3166-1)";
    case 'yes_or_no':
      return 'must be true or false';
    case 'choice':
      return 'must be active or inactive';
    case 'texts':
      return 'must be a list of texts';
    case 'object':
      return 'must be an object';
    case 'color':
      return 'must be written #rrggbb';
    case 'percentage':
      return 'must be from 0 to 100';
    case 'decimals':
      return 'has at most two decimals';
    case 'not_editable':
      return 'cannot be edited';
    default:
      return 'must be a text';
  }
}
