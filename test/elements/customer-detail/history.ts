import type { MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';

type History = Required<Pick<MemoryAdapterOptions, 'changes' | 'origins'>>;
type Change = History['changes'][number];

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** What happened to Zoë: an import made her, and people did one thing of each kind since. The oldest first. */
export function zoesHistory(): History {
  const by = (kind: string, name = 'Noor Haddad') => ({ operation: kind, kind, by: name, fileName: null });
  const change = (days: number, kind: string, rest: Partial<Change>): Change => ({
    customerId: 'zoe',
    at: daysAgo(days),
    origin: by(kind),
    subject: 'customer',
    subjectId: null,
    version: null,
    before: {},
    after: {},
    ...rest,
  });
  return {
    origins: new Map([['zoe', { ...by('import', 'Ada Admin'), fileName: 'kunden.csv' }]]),
    changes: [
      change(0.9, 'update', {
        before: { status: 'active', phone: null, metadata: { level: 'silver', since: 2020 } },
        after: { status: 'inactive', phone: '+33612345678', metadata: { level: 'gold', since: 2020 } },
      }),
      change(0.8, 'change_tags', { before: { tags: ['press', 'old'] }, after: { tags: ['press', 'loyal'] } }),
      change(0.7, 'update_address', {
        subject: 'address',
        subjectId: 'home',
        before: { city: 'Paris', country: 'BE' },
        after: { city: 'Nantes', country: 'FR' },
      }),
      change(0.6, 'change_groups', { subject: 'group', subjectId: 'vip', after: { name: 'VIP' } }),
      change(0.5, 'email', { subject: 'email', subjectId: 'mail', after: { subject: 'Your order #1000' } }),
      change(0.4, 'delete_note', {
        subject: 'note',
        subjectId: 'gone',
        before: { content: 'Call back', pinned: false },
      }),
    ],
  };
}
