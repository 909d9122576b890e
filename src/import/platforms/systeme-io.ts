import type { Platform } from './platform.ts';

export const systemeIo: Platform = {
  id: 'systeme_io',
  name: 'systeme.io contacts export',
  fingerprint: ['Email', 'First name', 'Surname', 'Date registered'],
  fields: {
    email: ['Email'],
    first_name: ['First name'],
    last_name: ['Surname'],
    phone: ['Phone number'],
    company: ['Company name'],
    address_line_1: ['Street address', 'Address'],
    city: ['City'],
    state: ['State'],
    postal_code: ['Postcode', 'Zip code'],
    country: ['Country'],
    tags: ['Tags'],
  },
  tagSeparator: ',',
};
