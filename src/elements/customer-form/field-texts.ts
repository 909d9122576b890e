import { addressFormat } from '../../model/address-format.ts';
import type { FieldTextKey } from '../../parts/fields/field.ts';
import { shownPhone } from '../../parts/fields/phone-field.ts';
import type { FormContext } from './context.ts';
import type { FormState } from './form-state.ts';
import { valueText } from './metadata-rows.ts';

/** A field by its name in the reader's language; a detail of the shop's own by its own name. */
export function fieldLabel(context: FormContext, name: string, state?: FormState): string {
  if (name.startsWith('metadata.')) return name.slice('metadata.'.length);
  if (name.startsWith('metadata')) return context.field('metadata');
  const format = addressFormat(state?.address?.country ?? '');
  const renamed: Record<string, FieldTextKey> = {
    city: format.city,
    state: format.state,
    postal_code: format.postalCode,
  };
  return context.field(renamed[name] ?? (name as FieldTextKey));
}

/** A value as it is read; `undefined` where there is none. */
export function shownValue(context: FormContext, name: string, value: unknown): string | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  switch (name) {
    case 'phone':
      return shownPhone(String(value));
    case 'accepts_marketing':
      return context.text(value ? 'yes' : 'no');
    case 'status':
      return context.text(
        value === 'active' ? 'statusActive' : value === 'inactive' ? 'statusInactive' : 'statusGuest',
      );
    default:
      return valueText(value);
  }
}
