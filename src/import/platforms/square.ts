import type { Platform } from './platform.ts';

export const square: Platform = {
  id: 'square',
  name: 'Square customer directory export',
  fingerprint: ['First Name', 'Last Name', 'Email Address', 'Phone Number', 'Square Customer ID'],
  // It knows no country: the person who imports is asked for one.
  fields: {
    email: ['Email Address'],
    first_name: ['First Name'],
    last_name: ['Last Name'],
    phone: ['Phone Number'],
    company: ['Company Name'],
    address_line_1: ['Street Address 1'],
    address_line_2: ['Street Address 2'],
    city: ['City'],
    state: ['State'],
    postal_code: ['Postal Code'],
    accepts_marketing: ['Email Subscription Status'],
  },
};
