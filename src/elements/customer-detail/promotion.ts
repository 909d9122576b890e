import { displayName } from '../../model/names.ts';
import type { CustomerRecord } from '../../model/detail.ts';
import type { DetailHost } from './detail-host.ts';

/** A guest becomes a registered customer. */
export class Promotion {
  readonly #host: DetailHost;

  constructor(host: DetailHost) {
    this.#host = host;
  }

  async run({ id }: CustomerRecord): Promise<void> {
    if (!this.#host.ask('customer-promote', { customerId: id })) return;
    const { text } = this.#host.context();
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: `promote ${id}`,
      send: (adapter, signal) => adapter.promoteGuest({ id, operationId }, { signal }),
      done: ({ customer, receipt }) => {
        this.#host.takeOver({ customer });
        this.#host.notice.show({ message: text('promoted', { customer: displayName(customer) }) });
        this.#host.tell('customer-promoted', { customerId: id, customer, receipt });
      },
      failed: (error) => {
        const reason = this.#host.errorText(error);
        this.#host.notice.show({ message: text('actionFailed', { reason }), isError: true });
      },
    });
  }
}
