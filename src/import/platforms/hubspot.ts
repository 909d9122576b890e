import type { Platform } from './platform.ts';

export const hubspot: Platform = {
  id: 'hubspot',
  name: 'HubSpot contacts export',
  fingerprint: [
    'Record ID',
    'Email',
    [
      'Lead Status',
      'Lifecycle Stage',
      'Create Date',
      'Contact owner',
      'Marketing contact status',
      'Last Activity Date',
    ],
  ],
  // "Marketing contact status" says who is billed for, and nothing of consent.
  fields: {
    email: ['Email'],
    first_name: ['First Name'],
    last_name: ['Last Name'],
    phone: ['Phone Number', 'Mobile Phone Number'],
    company: ['Company Name', 'Company'],
    address_line_1: ['Street Address'],
    address_line_2: ['Street Address 2'],
    city: ['City'],
    state: ['State/Region'],
    postal_code: ['Postal Code'],
    country: ['Country/Region', 'Country'],
  },
};
