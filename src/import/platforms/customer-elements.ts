import { exportFields, type ExportField } from '../../model/export.ts';
import { exportHeadings as heading } from '../../model/export-headings.ts';
import type { FieldHeaders, Platform } from './platform.ts';

const imported = {
  email: [heading.email],
  first_name: [heading.first_name],
  last_name: [heading.last_name],
  phone: [heading.phone],
  status: [heading.status],
  accepts_marketing: [heading.accepts_marketing],
  tags: [heading.tags],
} satisfies FieldHeaders;

const address = (kind: 'billing' | 'shipping'): FieldHeaders => ({
  first_name: [heading[`${kind}_first_name`]],
  last_name: [heading[`${kind}_last_name`]],
  phone: [heading[`${kind}_phone`]],
  company: [heading[`${kind}_company`]],
  address_line_1: [heading[`${kind}_address_line_1`]],
  address_line_2: [heading[`${kind}_address_line_2`]],
  city: [heading[`${kind}_city`]],
  state: [heading[`${kind}_state`]],
  postal_code: [heading[`${kind}_postal_code`]],
  country: [heading[`${kind}_country`]],
});

const isAddress = (field: ExportField): boolean => /^(billing|shipping)_/.test(field);
const others = exportFields.filter(
  (field) => field !== 'metadata' && !isAddress(field) && !Object.hasOwn(imported, field),
);

/** What `<customer-export>` has written, whichever columns were chosen. */
export const customerElements: Platform = {
  id: 'customer_elements',
  name: 'Customer Elements export',
  // Names, e-mail, phone and tags alone could be anybody's.
  fingerprint: [
    heading.email,
    [
      heading.orders_count,
      heading.total_spent,
      heading.average_order_value,
      heading.last_order_date,
      heading.email_verified,
      heading.notes_count,
      heading.metadata,
      heading.created_at,
      heading.last_seen_at,
      heading.billing_address_line_1,
      heading.shipping_address_line_1,
    ],
  ],
  onlyHeaders: new Set(Object.values(heading)),
  fields: imported,
  addresses: { 2: address('billing'), 3: address('shipping') },
  defaults: { 2: 'is_default_billing', 3: 'is_default_shipping' },
  tagSeparator: 'ours',
  reckoned: others.map((field) => heading[field]),
  metadataColumn: heading.metadata,
  exact: true,
};
