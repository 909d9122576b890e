import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';

type Options = Required<
  Pick<MemoryAdapterOptions, 'customers' | 'orders' | 'addresses' | 'notes' | 'groups'>
>;
type Customer = Options['customers'][number];

export interface Shop extends Options {
  access: NonNullable<MemoryAdapterOptions['access']>;
  zoe: Customer;
  amir: Customer;
}

const day = 86_400_000;
const daysAgo = (days: number): string => new Date(Date.now() - days * day).toISOString();

/** Two customers of whom everything is known: Zoë with much, Amir with nothing. */
export function theShop(): Shop {
  const [first, second] = sampleCustomers(2).customers as [Customer, Customer];
  const zoe: Customer = {
    ...first,
    id: 'zoe',
    first_name: 'Zoë',
    last_name: 'Lefèvre',
    email: 'zoe@example.com',
    phone: '+33 6 12 34 56 78',
    status: 'active',
    is_guest: false,
    email_verified: true,
    accepts_marketing: true,
    orders_count: 31,
    total_spent: 300_000,
    average_order_value: 10_000,
    last_order_date: daysAgo(2),
    last_seen_at: daysAgo(1),
    created_at: '2024-05-03T10:00:00Z',
    tags: ['loyal', 'press'],
    group_ids: ['vip'],
    notes_count: 25,
    metadata: { level: 'gold', 'Shoe size': 42, source: { campaign: 'spring' } },
    has_account: true,
  };
  const amir: Customer = {
    ...second,
    id: 'amir',
    first_name: 'Amir',
    last_name: '',
    email: 'amir@example.com',
    phone: null,
    status: 'guest',
    is_guest: true,
    email_verified: false,
    accepts_marketing: false,
    orders_count: 0,
    total_spent: 0,
    average_order_value: 0,
    last_order_date: null,
    last_seen_at: null,
    tags: [],
    group_ids: [],
    notes_count: 0,
  };
  const order = (place: number) => ({
    id: `order-${place}`,
    customer_id: 'zoe',
    order_number: `#${1000 + place}`,
    status: 'delivered',
    total: 10_000,
    currency: 'USD',
    created_at: daysAgo(2 + place * 20),
  });
  const address = {
    customer_id: 'zoe',
    is_default_billing: false,
    is_default_shipping: false,
    first_name: 'Zoë',
    last_name: 'Lefèvre',
    company: null,
    address_line_2: null,
    state: '',
    phone: null,
    updated_at: '2025-01-01T00:00:00Z',
    version: 1,
  };
  return {
    zoe,
    amir,
    customers: [zoe, amir],
    access: { currency: 'USD', time_zone: 'Europe/Paris' },
    groups: [
      {
        id: 'vip',
        name: 'VIP',
        description: null,
        discount_percentage: null,
        color: '#8b5cf6',
        member_count: 1,
      },
    ],
    orders: [
      ...Array.from({ length: 30 }, (_, place) => order(place)),
      { ...order(30), currency: 'EUR', total: 4_250 },
      { ...order(31), status: 'cancelled' },
      { ...order(32), status: 'awaiting pickup' },
    ],
    addresses: [
      {
        ...address,
        id: 'work',
        label: 'Work',
        address_line_1: '218 Maple Avenue',
        city: 'Portland',
        state: 'OR',
        postal_code: '97209',
        country: 'US',
        company: 'Brightside',
        created_at: '2025-02-01T00:00:00Z',
      },
      {
        ...address,
        id: 'home',
        label: 'Home',
        is_default_billing: true,
        address_line_1: '27 rue des Carmes',
        city: 'Nantes',
        postal_code: '44000',
        country: 'FR',
        created_at: '2025-01-01T00:00:00Z',
      },
    ],
    notes: Array.from({ length: 25 }, (_, place) => ({
      id: `note-${place}`,
      customer_id: 'zoe',
      content: `Note ${place}`,
      user_id: 'u1',
      user_name: 'Noor Haddad',
      pinned: place === 20,
      created_at: daysAgo(place + 1),
      updated_at: daysAgo(place + 1),
      version: 1,
    })),
  };
}

type NamedAdapter = ReturnType<typeof createMemoryAdapter> & { site: string };

/** A shop whose name survives a reload: a second adapter is that of the page after it. */
export function twoPages(shop = theShop()): [NamedAdapter, NamedAdapter] {
  const site = crypto.randomUUID();
  return [
    { ...createMemoryAdapter(shop), site },
    { ...createMemoryAdapter(shop), site },
  ];
}
