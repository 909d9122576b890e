import { addressFieldNames, checkWrittenAddress, type AddressFields } from '../../model/address-fields.ts';
import type { CustomerAddress } from '../../model/detail.ts';
import type { Problems } from '../../model/problems.ts';
import * as z from 'zod/mini';
import '../../model/schema.ts';

const fieldSchema = z.union([z.nullable(z.string()), z.boolean()]);

const draftSchema = z.object({
  id: z.string(),
  values: z.partialRecord(z.enum(addressFieldNames), fieldSchema),
  /** As it was read; absent for a new one. */
  base: z.optional(
    z.object({ version: z.int(), fields: z.partialRecord(z.enum(addressFieldNames), fieldSchema) }),
  ),
});

/** An address as somebody is writing it, and what it was when that began. */
export interface AddressDraft {
  id: string;
  values: AddressFields;
  base: { version: number; fields: AddressFields } | undefined;
}

export function editOf(address: CustomerAddress): AddressDraft {
  const fields = fieldsOf(address);
  return { id: address.id, values: fields, base: { version: address.version, fields } };
}

export function newAddress(known: Partial<AddressFields>): AddressDraft {
  return { id: crypto.randomUUID(), values: { ...blank, ...known }, base: undefined };
}

/** The same as an address of its own, where the one it was of is gone. */
export const asNew = ({ values }: AddressDraft): AddressDraft => newAddress(values);

export const fieldsOf = (address: CustomerAddress): AddressFields =>
  Object.fromEntries(addressFieldNames.map((name) => [name, address[name]])) as AddressFields;

/** From what was kept, if it still is one. */
export function restoredDraft(kept: unknown): AddressDraft | undefined {
  const parsed = draftSchema.safeParse(kept);
  if (!parsed.success) return undefined;
  const { id, values, base } = parsed.data;
  return {
    id,
    values: { ...blank, ...(values as Partial<AddressFields>) },
    base: base && { version: base.version, fields: { ...blank, ...(base.fields as Partial<AddressFields>) } },
  };
}

/** What is to be saved: all of a new address, of another what differs. */
export function changesOf({ values, base }: AddressDraft): Partial<AddressFields> {
  const differs = (name: keyof AddressFields) => !base || (values[name] ?? '') !== (base.fields[name] ?? '');
  return Object.fromEntries(addressFieldNames.filter(differs).map((name) => [name, values[name]]));
}

export function checkDraft(draft: AddressDraft): { fields: Partial<AddressFields>; problems: Problems } {
  return checkWrittenAddress(changesOf(draft), draft.base?.fields);
}

const blank: AddressFields = {
  label: 'Home',
  is_default_billing: false,
  is_default_shipping: false,
  first_name: '',
  last_name: '',
  company: null,
  address_line_1: '',
  address_line_2: null,
  city: '',
  state: '',
  postal_code: '',
  country: '',
  phone: null,
};
