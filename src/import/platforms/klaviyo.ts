import type { Platform } from './platform.ts';

export const klaviyo: Platform = {
  id: 'klaviyo',
  name: 'Klaviyo profiles export',
  fingerprint: ['Email', 'Klaviyo ID'],
  fields: {
    email: ['Email'],
    first_name: ['First Name'],
    last_name: ['Last Name'],
    phone: ['Phone Number'],
    company: ['Organization'],
    address_line_1: ['Address', 'Address 1'],
    address_line_2: ['Address 2'],
    city: ['City'],
    state: ['State / Region'],
    postal_code: ['Zip Code'],
    country: ['Country'],
    accepts_marketing: ['Email Marketing Consent'],
  },
};
