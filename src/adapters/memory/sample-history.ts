import type { Customer, GroupBadge } from '../../model/customer.ts';
import type { CustomerAddress, Origin } from '../../model/detail.ts';
import type { MemoryChange, OfCustomer } from './memory-records.ts';

export interface SampleHistory {
  changes: MemoryChange[];
  origins: Map<string, Origin>;
}

const names = ['Ada Admin', 'Noor Haddad', 'Jonas Weber'] as const;

/** What made the customers, and what people did to them since: some of each kind, the oldest first. */
export function sampleHistory(
  customers: readonly Customer[],
  addresses: readonly OfCustomer<CustomerAddress>[],
  groups: readonly GroupBadge[],
): SampleHistory {
  return {
    origins: new Map(customers.map((customer, index) => [customer.id, originOf(customer, index)])),
    changes: customers.flatMap((customer, index) => {
      const address = addresses.find((one) => one.customer_id === customer.id);
      const group = groups.find((one) => one.id === customer.group_ids[0]);
      return changesOf(customer, index, address, group);
    }),
  };
}

const nameOf = (index: number): string => names[index % names.length] ?? names[0];

function originOf({ is_guest }: Customer, index: number): Origin {
  const operation = `sample-${index}`;
  if (is_guest) return { operation, kind: 'checkout', by: 'Checkout', fileName: null };
  return index % 3
    ? { operation, kind: 'import', by: nameOf(index), fileName: 'customers-spring.csv' }
    : { operation, kind: 'create', by: nameOf(index), fileName: null };
}

function changesOf(
  customer: Customer,
  index: number,
  address: OfCustomer<CustomerAddress> | undefined,
  group: GroupBadge | undefined,
): MemoryChange[] {
  const begin = Date.parse(customer.created_at);
  const end = Date.parse(customer.last_order_date ?? customer.updated_at);
  let place = 0;
  const change = (kind: string, rest: Partial<MemoryChange>): MemoryChange => ({
    customerId: customer.id,
    origin: { operation: `sample-${index}-${++place}`, kind, by: nameOf(index + place), fileName: null },
    at: new Date(begin + ((end - begin) * place) / 7).toISOString(),
    subject: 'customer',
    subjectId: null,
    version: 1,
    before: {},
    after: {},
    ...rest,
  });
  const [tag] = customer.tags;
  return [
    change('email', {
      subject: 'email',
      subjectId: `mail-${index}`,
      after: { subject: 'Thank you for your order' },
    }),
    ...(tag ? [change('change_tags', { before: { tags: ['new'] }, after: { tags: [tag] } })] : []),
    ...(customer.phone
      ? [
          change('update', {
            before: { phone: null, accepts_marketing: false },
            after: { phone: customer.phone, accepts_marketing: true },
          }),
        ]
      : []),
    ...(address
      ? [
          change('update_address', {
            subject: 'address',
            subjectId: address.id,
            before: { city: 'Springfield', postal_code: '' },
            after: { city: address.city, postal_code: address.postal_code },
          }),
        ]
      : []),
    ...(group
      ? [change('change_groups', { subject: 'group', subjectId: group.id, after: { name: group.name } })]
      : []),
  ];
}
