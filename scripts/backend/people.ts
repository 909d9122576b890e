/** Who works in the seeded shops. The ids are fixed: tests and the demo name them. */
export const siteId = '0190c1b0-0000-7000-8000-000000000001';
export const otherSiteId = '0190c1b0-0000-7000-8000-000000000002';

export const people = {
  viewer: { id: '0190c1b0-0000-7000-8000-00000000a001', email: 'viewer@shop.example', siteId },
  editor: { id: '0190c1b0-0000-7000-8000-00000000a002', email: 'editor@shop.example', siteId },
  admin: { id: '0190c1b0-0000-7000-8000-00000000a003', email: 'admin@shop.example', siteId },
  outsider: {
    id: '0190c1b0-0000-7000-8000-00000000a004',
    email: 'outsider@other.example',
    siteId: otherSiteId,
  },
} as const;

export type Person = keyof typeof people;
