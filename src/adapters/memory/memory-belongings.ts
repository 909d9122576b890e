import type { MergePreview } from '../../model/duplicates.ts';
import { fold } from './match-customer.ts';
import { countParts } from './memory-parts.ts';
import type { MemoryCustomer, MemoryRecords } from './memory-records.ts';

type Address = MemoryRecords['addresses'][number];
const defaults = ['is_default_billing', 'is_default_shipping'] as const;

/** Moves what hangs on one customer to another, and back. */
export class MemoryBelongings {
  readonly #records: MemoryRecords;
  readonly #currency: () => string;

  constructor(records: MemoryRecords, currency: () => string) {
    this.#records = records;
    this.#currency = currency;
  }

  count(keep: MemoryCustomer, gone: MemoryCustomer): MergePreview['moving'] {
    const ofGone = ({ customer_id }: { customer_id: string }) => customer_id === gone.id;
    return {
      orders: this.#records.orders.filter(ofGone).length,
      notes: this.#records.notes.filter(ofGone).length,
      addresses: this.#movingAddresses(keep, gone).length,
      groups: gone.group_ids.filter((id) => !keep.group_ids.includes(id)).length,
    };
  }

  /** Answers how to give back what is still where it was moved to. */
  move(keep: MemoryCustomer, gone: MemoryCustomer): { back: () => void } {
    const { orders, notes, addresses, changes } = this.#records;
    const owned = [...orders, ...notes].filter((one) => one.customer_id === gone.id);
    const moving = this.#movingAddresses(keep, gone);
    const flags = moving.map((one) => defaults.map((name) => one[name]));
    for (const name of defaults) {
      if (!addresses.some((one) => one.customer_id === keep.id && one[name])) continue;
      for (const address of moving) address[name] = false;
    }
    const joined = gone.group_ids.filter((id) => !keep.group_ids.includes(id));
    const moved = [...owned, ...moving];
    const ids = moved.map(({ id }) => id);
    const give = (from: MemoryCustomer, to: MemoryCustomer) => {
      for (const one of moved) if (one.customer_id === from.id) one.customer_id = to.id;
      for (const one of changes) {
        if (one.customerId === from.id && ids.includes(one.subjectId ?? '')) one.customerId = to.id;
      }
    };
    give(gone, keep);
    keep.group_ids.push(...joined);
    this.#recount([keep, gone], owned.length > 0);
    return {
      back: () => {
        give(keep, gone);
        moving.forEach((address, index) => {
          defaults.forEach((name, which) => (address[name] = flags[index]?.[which] ?? false));
        });
        keep.group_ids = keep.group_ids.filter((id) => !joined.includes(id));
        this.#recount([keep, gone], owned.length > 0);
      },
    };
  }

  #movingAddresses(keep: MemoryCustomer, gone: MemoryCustomer): Address[] {
    const placeOf = (one: Address) =>
      [one.country, fold(one.postal_code), fold(one.address_line_1)].join('\n');
    const ofKeep = this.#records.addresses.filter((one) => one.customer_id === keep.id).map(placeOf);
    return this.#records.addresses.filter(
      (one) => one.customer_id === gone.id && !ofKeep.includes(placeOf(one)),
    );
  }

  #recount(customers: MemoryCustomer[], withOrders: boolean): void {
    for (const customer of customers) {
      countParts(this.#records, customer);
      if (!withOrders) continue;
      const counted = this.#records.orders.filter(
        ({ customer_id, status }) =>
          customer_id === customer.id && status !== 'cancelled' && status !== 'refunded',
      );
      const spent = counted.filter(({ currency }) => currency === this.#currency());
      const dates = counted.map(({ created_at }) => created_at).sort();
      customer.orders_count = counted.length;
      customer.total_spent = spent.reduce((sum, { total }) => sum + total, 0);
      customer.average_order_value = spent.length ? Math.round(customer.total_spent / spent.length) : 0;
      customer.last_order_date = dates.at(-1) ?? null;
    }
  }
}
