import type { Platform } from './platform.ts';

export const brevo: Platform = {
  id: 'brevo',
  name: 'Brevo contacts export',
  fingerprint: ['EMAIL', 'EMAIL_BLACKLISTED'],
  // Attributes are the account's own, and French accounts call them PRENOM and NOM.
  fields: {
    email: ['EMAIL'],
    first_name: ['FIRSTNAME', 'PRENOM'],
    last_name: ['LASTNAME', 'NOM'],
    phone: ['SMS'],
    accepts_marketing: ['EMAIL_BLACKLISTED'],
  },
  othersByName: true,
  consentInverted: true,
  phonesWithoutPlus: true,
};
