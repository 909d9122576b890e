import type { Platform } from './platform.ts';

export const bigcommerce: Platform = {
  id: 'bigcommerce',
  name: 'BigCommerce customers export',
  fingerprint: ['Email Address', 'First Name', 'Last Name', 'Store Credit', 'Customer Group'],
  fields: {
    email: ['Email Address'],
    first_name: ['First Name'],
    last_name: ['Last Name'],
    phone: ['Phone', 'Address Phone - 1'],
    company: ['Company', 'Address Company - 1'],
    address_line_1: ['Address Line 1 - 1'],
    address_line_2: ['Address Line 2 - 1'],
    city: ['Address City - 1'],
    state: ['Address State - 1'],
    postal_code: ['Address Zip - 1'],
    country: ['Address Country - 1'],
    // The nearest to consent that it asks for.
    accepts_marketing: ['Receive Review/Abandoned Cart Emails?'],
  },
  addresses: {
    1: { first_name: ['Address First Name - 1'], last_name: ['Address Last Name - 1'] },
  },
  numbered: {
    first_name: ['Address First Name - #'],
    last_name: ['Address Last Name - #'],
    phone: ['Address Phone - #'],
    company: ['Address Company - #'],
    address_line_1: ['Address Line 1 - #'],
    address_line_2: ['Address Line 2 - #'],
    city: ['Address City - #'],
    state: ['Address State - #'],
    postal_code: ['Address Zip - #'],
    country: ['Address Country - #'],
  },
};
