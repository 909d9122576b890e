import type { Customer } from '../../model/customer.ts';
import type { CustomerGroup } from '../../model/groups.ts';
import { sampleDetails, type SampleDetails } from './sample-details.ts';
import { sampleHistory, type SampleHistory } from './sample-history.ts';

export interface Sample extends SampleDetails, SampleHistory {
  customers: Customer[];
  groups: CustomerGroup[];
}

/**
 * Believable customers of a made-up shop, the same ones every time: names from many scripts, guests, groups, tags,
 * a long tail of orders, addresses, notes. The first is the newest. Money is in cents.
 */
export function sampleCustomers(count: number, options: { until?: string } = {}): Sample {
  const random = randomNumbers(20261122);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const until = Date.parse(options.until ?? '2026-11-22T09:30:00Z');
  const threeYears = 3 * 365 * 86_400_000;

  const customers = Array.from({ length: count }, (_, index): Customer => {
    const [country, dialling, firstNames, lastNames] = pick(people);
    const firstName = pick(firstNames);
    const lastName = pick(lastNames);
    const isGuest = random() < 0.18;
    const status = isGuest ? 'guest' : random() < 0.1 ? 'inactive' : 'active';
    const created = until - (index / count) * threeYears - random() * 3_600_000;
    const ordersCount = isGuest ? 1 : Math.floor(Math.min(60, -Math.log(1 - random()) * 3 * random()));
    const average = ordersCount ? Math.round(1500 + random() ** 2 * 18_000) : 0;
    const lastOrder = ordersCount ? new Date(created + random() * (until - created)).toISOString() : null;
    return {
      id: `01930000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`,
      first_name: firstName,
      last_name: lastName,
      email: `${latin(firstName) || 'customer'}.${latin(lastName) || 'shop'}${index + 1}@example.com`,
      phone: random() < 0.7 ? `+${dialling}${Math.floor(100_000_000 + random() * 899_999_999)}` : null,
      avatar_url: null,
      status,
      is_guest: isGuest,
      email_verified: !isGuest && random() < 0.8,
      accepts_marketing: random() < 0.4,
      orders_count: ordersCount,
      total_spent: ordersCount * average,
      average_order_value: average,
      last_order_date: lastOrder,
      tags: tags.filter(() => random() < 0.12),
      group_ids: isGuest ? [] : sampleGroups.filter(() => random() < 0.15).map((group) => group.id),
      country: random() < 0.85 ? country : null,
      notes_count: random() < 0.1 ? Math.ceil(random() * 4) : 0,
      created_at: new Date(created).toISOString(),
      updated_at: lastOrder ?? new Date(created).toISOString(),
      last_seen_at: lastOrder,
      version: 1,
    };
  });
  const groups = sampleGroups.map((group) => ({
    ...group,
    member_count: customers.filter((customer) => customer.group_ids.includes(group.id)).length,
  }));
  const details = sampleDetails(customers);
  return { customers, groups, ...details, ...sampleHistory(customers, details.addresses, groups) };
}

const sampleGroups: CustomerGroup[] = (
  [
    ['VIP', '#8b5cf6', 'Invited to previews', 15],
    ['Wholesale', '#0ea5e9', 'Buys by the case', 22.5],
    ['Newsletter', '#10b981', null, null],
    ['Friends & family', '#f59e0b', 'Staff and their people', 30],
    ['Returned often', '#ef4444', null, null],
  ] as const
).map(([name, color, description, discount], index) => ({
  id: `01930000-0000-7000-9000-00000000000${index + 1}`,
  name,
  description,
  discount_percentage: discount,
  color,
  member_count: 0,
  rule: null,
  created_at: '2026-01-12T10:00:00.000Z',
  updated_at: '2026-01-12T10:00:00.000Z',
  version: 1,
}));

const tags = ['loyal', 'gift buyer', 'press', 'no returns', 'early bird', 'Großkunde'] as const;

/** Country, dialling code, first names, last names. */
const people: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    'US',
    '1',
    ['Grace', 'Marcus', 'Ava', 'Liam', 'Naomi'],
    ['Johnson', 'Rivera', 'O’Brien', 'Washington', 'Lee'],
  ],
  ['GB', '44', ['Imogen', 'Alfie', 'Priya', 'Callum'], ['Ashworth', 'Patel', 'McAllister', "O'Connor"]],
  ['DE', '49', ['Jürgen', 'Änne', 'Sophie', 'Lukas'], ['Müller', 'Weiß', 'Schröder', 'von der Heide']],
  ['FR', '33', ['Zoë', 'François', 'Éloïse', 'Hugo'], ['Lefèvre', 'Dubois', "d'Artois", 'Moreau']],
  ['ES', '34', ['Íñigo', 'Lucía', 'María José', 'Álvaro'], ['Muñoz', 'García Márquez', 'Peña', 'Ibáñez']],
  ['PL', '48', ['Żaneta', 'Łukasz', 'Agnieszka', 'Paweł'], ['Wiśniewska', 'Kowalczyk', 'Żółć', 'Nowak']],
  ['CZ', '420', ['Jiří', 'Šárka', 'Ondřej'], ['Dvořák', 'Nováková', 'Růžička']],
  ['TR', '90', ['Işıl', 'Çağla', 'Ömer'], ['Yılmaz', 'Şahin', 'Gündoğdu']],
  ['GR', '30', ['Ελένη', 'Γιώργος', 'Μαρία'], ['Παπαδοπούλου', 'Νικολαΐδης', 'Γεωργίου']],
  ['UA', '380', ['Оксана', 'Тарас', 'Юлія'], ['Шевченко', 'Коваленко', 'Їжак']],
  ['SA', '966', ['فاطمة', 'محمد', 'ليلى'], ['الحربي', 'العتيبي', 'القحطاني']],
  ['IL', '972', ['נועה', 'יוסף', 'תמר'], ['כהן', 'לוי', 'פרידמן']],
  ['IN', '91', ['अनन्या', 'रोहन', 'Kavya'], ['शर्मा', 'वर्मा', 'Iyer']],
  ['JP', '81', ['さくら', '健太', '美咲'], ['佐藤', '鈴木', '高橋']],
  ['CN', '86', ['伟', '芳', '秀英'], ['王', '李', '欧阳']],
  ['KR', '82', ['서연', '민준', '지우'], ['김', '박', '최']],
  ['VN', '84', ['Thị Hồng', 'Văn Đức', 'Quỳnh'], ['Nguyễn', 'Trần', 'Đặng']],
  ['NG', '234', ['Chidinma', 'Olúwaṣeun', 'Adébáyọ̀'], ['Ọláńrewájú', 'Nwosu', 'Okonkwo']],
];

/** The a–z of a name for an e-mail address; empty for other scripts. */
function latin(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** mulberry32: small, seeded, the same on every machine (public domain, Tommy Ettinger). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
