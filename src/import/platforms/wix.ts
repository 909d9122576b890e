import type { Platform } from './platform.ts';

export const wix: Platform = {
  id: 'wix',
  name: 'Wix contacts export',
  fingerprint: [
    'First Name',
    'Last Name',
    'Email 1',
    ['Email subscriber status', 'Created At (UTC+0)', 'Last Activity Date (UTC+0)'],
  ],
  // Email 2 to 4 are other mailboxes of the same person.
  fields: {
    email: ['Email 1'],
    first_name: ['First Name'],
    last_name: ['Last Name'],
    phone: ['Phone 1', 'Phone 2', 'Phone 3', 'Phone 4'],
    company: ['Company'],
    address_line_1: ['Address 1 - Street'],
    address_line_2: ['Address 1 - Street Line 2'],
    city: ['Address 1 - City'],
    state: ['Address 1 - State/Region'],
    postal_code: ['Address 1 - Zip'],
    country: ['Address 1 - Country'],
    tags: ['Labels'],
    accepts_marketing: ['Email subscriber status'],
  },
  numbered: {
    address_line_1: ['Address # - Street'],
    address_line_2: ['Address # - Street Line 2'],
    city: ['Address # - City'],
    state: ['Address # - State/Region'],
    postal_code: ['Address # - Zip'],
    country: ['Address # - Country'],
  },
  tagSeparator: ';',
};
