import type { CustomerFields } from '../../../model/customer-fields.ts';
import type { CustomerRecord } from '../../../model/detail.ts';
import type { MergePreview } from '../../../model/duplicates.ts';
import type { DetailTextKey } from '../context.ts';

/** What is chosen between two; tags and further details of both are kept. */
export const choosableFields = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'status',
  'accepts_marketing',
  'avatar_url',
] as const;
export type ChoosableField = (typeof choosableFields)[number];

export const fieldLabels: Record<ChoosableField, DetailTextKey> = {
  first_name: 'firstName',
  last_name: 'lastName',
  email: 'email',
  phone: 'phone',
  status: 'status',
  accepts_marketing: 'marketing',
  avatar_url: 'avatarUrl',
};

/** Whose value is chosen, by the customer's id. */
export type Choices = Partial<Record<ChoosableField, string>>;

/** A guest's status is nobody's choice: who is registered as one of the two stays registered. */
export function fieldsToChoose({ differing, keep, gone }: MergePreview): ChoosableField[] {
  return choosableFields.filter(
    (field) => differing.includes(field) && (field !== 'status' || (!keep.is_guest && !gone.is_guest)),
  );
}

/** What was chosen, else that of who stays; where that one says nothing, the other's. */
export function chosenId(preview: MergePreview, choices: Choices, field: ChoosableField): string {
  const { keep, gone } = preview;
  return choices[field] ?? (isEmpty(keep, field) && !isEmpty(gone, field) ? gone.id : keep.id);
}

const isEmpty = (customer: CustomerRecord, field: ChoosableField): boolean =>
  customer[field] === null || customer[field] === '';

/** What is to be written of who stays: only what comes from the other. */
export function chosenFields(preview: MergePreview, choices: Choices): Partial<CustomerFields> {
  const fields = fieldsToChoose(preview).filter(
    (field) => chosenId(preview, choices, field) === preview.gone.id,
  );
  return Object.fromEntries(fields.map((field) => [field, preview.gone[field]]));
}

/** Of two e-mails the one that is not kept. */
export function leadingEmail(preview: MergePreview, choices: Choices): string {
  const { keep, gone } = preview;
  return chosenId(preview, choices, 'email') === gone.id ? keep.email : gone.email;
}
