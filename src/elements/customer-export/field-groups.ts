import { exportFields, type ExportField } from '../../model/export.ts';
import type { ExportText } from './context.ts';

const starting = (prefix: string): ExportField[] => exportFields.filter((field) => field.startsWith(prefix));

/** Every field once, by what it is about. */
export const fieldGroups = {
  person: ['first_name', 'last_name', 'email', 'phone', 'status', 'is_guest', 'country'],
  orders: ['orders_count', 'total_spent', 'average_order_value', 'last_order_date'],
  consent: ['accepts_marketing', 'email_verified'],
  billing: starting('billing_'),
  shipping: starting('shipping_'),
  more: [
    'tags',
    'groups',
    'metadata',
    'notes_count',
    'created_at',
    'updated_at',
    'last_seen_at',
    'avatar_url',
    'id',
  ],
} as const satisfies Record<string, readonly ExportField[]>;
export type FieldGroup = keyof typeof fieldGroups;

export const allFields: readonly ExportField[] = Object.values(fieldGroups).flat();

type PlainField = Exclude<ExportField, `${'billing' | 'shipping'}_${string}`> | AddressPart;
type AddressPart = ExportField extends infer Field
  ? Field extends `billing_${infer Part}`
    ? Part
    : never
  : never;

/** Within its group: an address's city is a city there. */
export function labelInGroup(field: ExportField, text: ExportText): string {
  return text(`field_${field.replace(/^(billing|shipping)_/, '') as PlainField}`);
}

/** Where it stands by itself. */
export function fieldLabel(field: ExportField, text: ExportText): string {
  const label = labelInGroup(field, text);
  if (field.startsWith('billing_')) return text('ofBilling', { field: label });
  return field.startsWith('shipping_') ? text('ofShipping', { field: label }) : label;
}
