import type { FieldHeaders, Platform } from './platform.ts';

const apostrophes: Platform['apostrophes'] = {
  fields: ['phone', 'postal_code'],
  columns: ['Customer ID', 'Default Address Phone'],
};

const person: FieldHeaders = {
  email: ['Email'],
  first_name: ['First Name'],
  last_name: ['Last Name'],
  tags: ['Tags'],
};

export const shopify: readonly Platform[] = [
  {
    id: 'shopify_export',
    name: 'Shopify (current export)',
    fingerprint: [
      'First Name',
      'Last Name',
      'Email',
      'Accepts Email Marketing',
      'Default Address Address1',
      'Default Address Country Code',
    ],
    fields: {
      ...person,
      phone: ['Phone', 'Default Address Phone'],
      company: ['Default Address Company'],
      address_line_1: ['Default Address Address1'],
      address_line_2: ['Default Address Address2'],
      city: ['Default Address City'],
      state: ['Default Address Province Code'],
      postal_code: ['Default Address Zip'],
      country: ['Default Address Country Code'],
      accepts_marketing: ['Accepts Email Marketing'],
    },
    tagSeparator: ',',
    apostrophes,
  },
  // The template of today says "Accepts Email Marketing", the older one "Accepts Marketing".
  ...(['Accepts Email Marketing', 'Accepts Marketing'] as const).map((consent): Platform => ({
    id: 'shopify_template',
    name: consent === 'Accepts Marketing' ? 'Shopify (old template)' : 'Shopify (template)',
    fingerprint: [
      'First Name',
      'Last Name',
      'Email',
      consent,
      'Address1',
      'Province Code',
      'Country Code',
      'Zip',
    ],
    fields: {
      ...person,
      phone: ['Phone'],
      company: ['Company'],
      address_line_1: ['Address1'],
      address_line_2: ['Address2'],
      city: ['City'],
      state: ['Province Code', 'Province'],
      postal_code: ['Zip'],
      country: ['Country Code', 'Country'],
      accepts_marketing: [consent],
    },
    tagSeparator: ',',
    apostrophes,
  })),
];
