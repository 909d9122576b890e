import type { Platform } from './platform.ts';

export const woocommerce: readonly Platform[] = [
  {
    id: 'woocommerce_suite',
    name: 'WooCommerce Import Export Suite (users)',
    fingerprint: ['user_email', 'user_login', 'billing_address_1', 'billing_country'],
    fields: {
      email: ['user_email'],
      first_name: ['first_name', 'billing_first_name'],
      last_name: ['last_name', 'billing_last_name'],
      phone: ['billing_phone'],
      company: ['billing_company'],
      address_line_1: ['billing_address_1'],
      address_line_2: ['billing_address_2'],
      city: ['billing_city'],
      state: ['billing_state'],
      postal_code: ['billing_postcode'],
      country: ['billing_country'],
    },
    // Never the default: goods are also sent to friends.
    addresses: {
      2: {
        first_name: ['shipping_first_name'],
        last_name: ['shipping_last_name'],
        phone: ['shipping_phone'],
        company: ['shipping_company'],
        address_line_1: ['shipping_address_1'],
        address_line_2: ['shipping_address_2'],
        city: ['shipping_city'],
        state: ['shipping_state'],
        postal_code: ['shipping_postcode'],
        country: ['shipping_country'],
      },
    },
  },
  {
    id: 'woocommerce_report',
    name: 'WooCommerce customers report',
    // A report of one page is written by other code, so only what both have is asked for.
    fingerprint: ['Name', 'Username', 'Last Active', 'Email', 'AOV', 'Country / Region'],
    fields: {
      email: ['Email'],
      full_name: ['Name'],
      phone: ['Billing Phone'],
      city: ['City'],
      state: ['Region'],
      postal_code: ['Postal Code'],
      country: ['Country / Region'],
    },
  },
];
