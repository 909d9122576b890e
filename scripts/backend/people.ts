/** Who works in the seeded shops. The ids are fixed: tests and the demo name them. */
export const siteId = '0190c1b0-0000-7000-8000-000000000001';
export const otherSiteId = '0190c1b0-0000-7000-8000-000000000002';

/** The smaller shops of a large database, counted from 1. */
export function smallSiteId(number: number): string {
  return `0190c1b0-0000-7000-8000-1${String(number).padStart(11, '0')}`;
}

export const people = {
  viewer: person('a001', siteId, 'viewer', 'Vera', 'Viewer'),
  editor: person('a002', siteId, 'editor', 'Edgar', 'Editor'),
  admin: person('a003', siteId, 'admin', 'Ada', 'Admin'),
  outsider: person('a004', otherSiteId, 'admin', 'Otto', 'Outsider'),
} as const;

export type Person = keyof typeof people;

function person(
  tail: string,
  site: string,
  role: 'viewer' | 'editor' | 'admin',
  firstName: string,
  lastName: string,
) {
  return {
    id: `0190c1b0-0000-7000-8000-00000000${tail}`,
    siteId: site,
    role,
    displayName: `${firstName} ${lastName}`,
    email: `${lastName.toLowerCase()}@shop.example`,
  };
}
