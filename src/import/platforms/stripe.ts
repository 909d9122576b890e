import type { Platform } from './platform.ts';

export const stripe: Platform = {
  id: 'stripe',
  name: 'Stripe dashboard customers export',
  fingerprint: ['id', 'Email', 'Name', 'Created (UTC)', 'Delinquent'],
  // Status is a subscription's; a new customer is made for each checkout, so many repeat an e-mail.
  fields: { email: ['Email'], full_name: ['Name'], tags: ['tag (metadata)', 'tags (metadata)'] },
  tagSeparator: ',',
};
