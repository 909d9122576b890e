import { plainHeader, type ImportField } from './columns.ts';

/** How one system writes its customers. Recognised by its headers alone, then mapped whole. */
export interface Platform {
  id: 'shopify_export' | 'shopify_template';
  name: string;
  /** Headers that together no other system has. */
  fingerprint: readonly string[];
  /** The columns of a field; the first that has a value speaks. Columns not named here become metadata. */
  fields: Partial<Record<ImportField, readonly string[]>>;
  tagSeparator: ',' | ';';
  /** Fields and further columns whose cells start with one apostrophe that isn't theirs, whatever follows. */
  apostrophes: { fields: readonly ImportField[]; columns: readonly string[] };
}

const shopifyApostrophes = { fields: ['phone', 'postal_code'], columns: ['Customer ID'] } as const;

export const platforms: readonly Platform[] = [
  {
    id: 'shopify_export',
    name: 'Shopify',
    fingerprint: [
      'First Name',
      'Last Name',
      'Email',
      'Accepts Email Marketing',
      'Default Address Address1',
      'Default Address Country Code',
    ],
    fields: {
      email: ['Email'],
      first_name: ['First Name'],
      last_name: ['Last Name'],
      phone: ['Phone', 'Default Address Phone'],
      company: ['Default Address Company'],
      address_line_1: ['Default Address Address1'],
      address_line_2: ['Default Address Address2'],
      city: ['Default Address City'],
      state: ['Default Address Province Code'],
      postal_code: ['Default Address Zip'],
      country: ['Default Address Country Code'],
      tags: ['Tags'],
      accepts_marketing: ['Accepts Email Marketing'],
    },
    tagSeparator: ',',
    apostrophes: shopifyApostrophes,
  },
  // The template of today says "Accepts Email Marketing", the older one "Accepts Marketing".
  ...(['Accepts Email Marketing', 'Accepts Marketing'] as const).map((consent): Platform => ({
    id: 'shopify_template',
    name: 'Shopify',
    fingerprint: [
      'First Name',
      'Last Name',
      'Email',
      consent,
      'Address1',
      'Province Code',
      'Country Code',
      'Zip',
    ],
    fields: {
      email: ['Email'],
      first_name: ['First Name'],
      last_name: ['Last Name'],
      phone: ['Phone'],
      company: ['Company'],
      address_line_1: ['Address1'],
      address_line_2: ['Address2'],
      city: ['City'],
      state: ['Province Code', 'Province'],
      postal_code: ['Zip'],
      country: ['Country Code', 'Country'],
      tags: ['Tags'],
      accepts_marketing: [consent],
    },
    tagSeparator: ',',
    apostrophes: shopifyApostrophes,
  })),
];

/** The platform whose headers these are. */
export function recognisePlatform(headers: readonly string[]): Platform | undefined {
  const present = new Set(headers.map(plainHeader));
  return platforms.find((platform) =>
    platform.fingerprint.every((header) => present.has(plainHeader(header))),
  );
}
