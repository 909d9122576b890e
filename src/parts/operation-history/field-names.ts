import { fields } from '../../locales/en/fields.ts';
import type { FieldTextKey } from '../fields/field.ts';

/** What a field of a customer is called, where it has a name. */
export function fieldName(field: string, text: (key: FieldTextKey) => string): string | undefined {
  return field in fields ? text(field as FieldTextKey) : undefined;
}
