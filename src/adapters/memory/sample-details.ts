import type { CustomerAddress, CustomerNote, Order } from '../../model/detail.ts';
import type { Customer } from '../../model/customer.ts';
import type { OfCustomer } from './memory-records.ts';

export interface SampleDetails {
  orders: OfCustomer<Order>[];
  addresses: OfCustomer<CustomerAddress>[];
  notes: OfCustomer<CustomerNote>[];
}

/** Orders, addresses and notes that agree with what the customers' own numbers say. Money is in US cents. */
export function sampleDetails(customers: readonly Customer[]): SampleDetails {
  return {
    orders: customers.flatMap(ordersOf),
    addresses: customers.flatMap(addressesOf),
    notes: customers.flatMap(notesOf),
  };
}

const statuses = ['delivered', 'delivered', 'delivered', 'shipped', 'processing', 'confirmed'] as const;

/** As many as are counted, adding up to what was spent; now and then one more that was cancelled. */
function ordersOf(customer: Customer, index: number): OfCustomer<Order>[] {
  const { orders_count: count, average_order_value: average, last_order_date: last } = customer;
  if (!count || !last) return [];
  const begin = Date.parse(customer.created_at);
  const span = Date.parse(last) - begin;
  const order = (place: number, status: string, total: number): OfCustomer<Order> => ({
    id: `${customer.id.slice(0, 14)}${(0x7001 + place).toString(16)}${customer.id.slice(18)}`,
    customer_id: customer.id,
    order_number: `#${10_000 + index * 70 + place}`,
    status,
    total,
    currency: 'USD',
    created_at: new Date(begin + (span * (place + 1)) / count).toISOString(),
  });
  const counted = Array.from({ length: count }, (_, place) => {
    // Every second pair leans the other way, so that the sum stays.
    const isPaired = place < count - (count % 2);
    const lean = isPaired ? Math.round(average * 0.07 * ((place >> 1) % 9)) : 0;
    const isRecent = place >= count - 2;
    const status = isRecent ? statuses[(index + place) % statuses.length] : 'delivered';
    return order(place, status ?? 'delivered', average + (place % 2 ? -lean : lean));
  });
  return index % 7 === 3 ? [...counted, order(count, 'cancelled', average)] : counted;
}

const streets: Readonly<
  Record<string, readonly [street: string, city: string, state: string, code: string]>
> = {
  US: ['218 Maple Avenue', 'Portland', 'OR', '97209'],
  GB: ['4 Tanner Row', 'York', '', 'YO1 6JB'],
  DE: ['Lindenallee 12', 'Leipzig', '', '04107'],
  FR: ['27 rue des Carmes', 'Nantes', '', '44000'],
  ES: ['Calle del Pez 31', 'Madrid', '', '28004'],
  JP: ['神南 1-19-11', '渋谷区', '東京都', '150-0041'],
  SA: ['شارع العليا 45', 'الرياض', '', '12214'],
};

function addressesOf(customer: Customer, index: number): OfCustomer<CustomerAddress>[] {
  if (!customer.country) return [];
  const [street, city, state, code] = streets[customer.country] ?? [
    '12 Harbour Street',
    'Springfield',
    '',
    '',
  ];
  const address = (place: number, other: Partial<CustomerAddress>): OfCustomer<CustomerAddress> => ({
    id: `${customer.id.slice(0, 14)}${(0x6001 + place).toString(16)}${customer.id.slice(18)}`,
    customer_id: customer.id,
    label: 'Home',
    is_default_billing: false,
    is_default_shipping: false,
    first_name: customer.first_name,
    last_name: customer.last_name,
    company: null,
    address_line_1: street,
    address_line_2: null,
    city,
    state,
    postal_code: code,
    country: customer.country ?? 'US',
    phone: customer.phone,
    created_at: customer.created_at,
    updated_at: customer.created_at,
    version: 1,
    ...other,
  });
  if (index % 3) return [address(0, { is_default_billing: true, is_default_shipping: true })];
  return [
    address(0, { is_default_billing: true }),
    address(1, {
      label: 'Work',
      is_default_shipping: true,
      company: 'Brightside Studio',
      address_line_2: 'c/o front desk',
      phone: null,
    }),
  ];
}

const remarks = [
  'Asked to be called in the afternoon.',
  'Parcel came back once: the street number was missing. Corrected after a call.',
  'Wants the invoice by e-mail only, see https://example.com/tickets/4821.',
  'Gift orders every December.\nPlease leave out the price on the packing slip.',
] as const;
const authors = ['Ada Admin', 'Noor Haddad', 'Jonas Weber'] as const;

function notesOf(customer: Customer, index: number): OfCustomer<CustomerNote>[] {
  return Array.from({ length: customer.notes_count }, (_, place) => {
    const at = new Date(Date.parse(customer.updated_at) + (place + 1) * 5_400_000).toISOString();
    const author = (index + place) % authors.length;
    return {
      id: `${customer.id.slice(0, 14)}${(0x5001 + place).toString(16)}${customer.id.slice(18)}`,
      customer_id: customer.id,
      content: remarks[(index + place) % remarks.length] ?? '',
      user_id: `00000000-0000-7000-8000-00000000000${author + 1}`,
      user_name: authors[author] ?? '',
      pinned: place === 0 && index % 2 === 0,
      created_at: at,
      updated_at: at,
      version: 1,
    };
  });
}
