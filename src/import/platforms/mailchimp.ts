import type { Platform } from './platform.ts';

/** Whose members a file holds stands in its name alone: `subscribed_members_export_ba473dc14f.csv`. */
function audienceOf(fileName: string): string | undefined {
  return /(?:^|[^a-z])((?:un|non)?subscribed|cleaned)(?:_members|_segment|_export|\b)/i
    .exec(fileName)?.[1]
    ?.toLowerCase();
}

export const mailchimp: Platform = {
  id: 'mailchimp',
  name: 'Mailchimp audience export',
  nameOf(fileName) {
    const audience = audienceOf(fileName);
    return audience ? `Mailchimp audience export (${audience})` : 'Mailchimp audience export';
  },
  fingerprint: ['MEMBER_RATING', 'OPTIN_TIME', 'LEID', 'EUID'],
  // The first columns are the audience's own. CC is the country of the IP address: better than none.
  fields: { email: ['Email Address'], country: ['CC'], tags: ['TAGS'], address: ['Address'] },
  othersByName: true,
  tagSeparator: 'quoted',
  consentOf(fileName) {
    const audience = audienceOf(fileName);
    return audience === undefined ? undefined : audience === 'subscribed';
  },
};
