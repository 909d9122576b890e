import { html } from 'lit';
import { AdapterError, isAdapterError } from '../../adapter/errors.ts';
import { displayName } from '../../model/names.ts';
import type { CustomerDetail } from '../../model/detail.ts';
import type { Receipt } from '../../model/receipt.ts';
import { isolated } from '../../parts/format.ts';
import type { DetailTextKey } from './context.ts';
import type { DetailHost } from './detail-host.ts';

/** Deleting a customer, which can be taken back for 30 days, and restoring one. */
export class Removal {
  readonly #host: DetailHost;

  constructor(host: DetailHost) {
    this.#host = host;
  }

  /** Asks first, and names what is hidden with the customer and what stays. */
  async ask({ customer, addresses }: CustomerDetail): Promise<void> {
    const { id } = customer;
    if (!this.#host.ask('customer-delete', { customer, customerId: id })) return;
    const { text } = this.#host.context();
    const name = displayName(customer);
    const isSure = await this.#host.confirmation.ask({
      title: text('deleteTitle', { customer: isolated(name) }),
      text: html`<p>
          ${text('deleteHides', {
            addresses: text('addressCount', { count: addresses.length }),
            notes: text('noteCount', { count: customer.notes_count }),
            orders: text('orderCount', { count: customer.orders_count }),
          })}
        </p>
        <p class="quiet">${text('deleteUntil')}</p>`,
      action: text('deleteCustomer'),
      isDanger: true,
    });
    if (isSure) await this.#delete(id, name);
  }

  async #delete(id: string, name: string): Promise<void> {
    const { text } = this.#host.context();
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: `delete ${id}`,
      send: async (adapter, signal) =>
        refusingFailures(await adapter.deleteCustomers({ ids: [id], operationId }, { signal })),
      done: (receipt) => {
        this.#host.tell('customer-deleted', { customerId: id, receipt });
        if (this.#host.customerId() !== id) return;
        this.#host.notice.showAndFocus({
          message: text('deleted', { customer: isolated(name) }),
          undo: () => void this.restore(id),
          returnTo: () => this.#host.element.shadowRoot?.querySelector<HTMLElement>('#title'),
        });
        void this.#host.reload();
      },
      failed: (error) => this.#failed('deleteFailed', error),
    });
  }

  async restore(id: string): Promise<void> {
    if (!this.#host.ask('customer-restore', { customerId: id })) return;
    const { text } = this.#host.context();
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: `restore ${id}`,
      send: async (adapter, signal) =>
        refusingFailures(await adapter.restoreCustomers({ ids: [id], operationId }, { signal })),
      done: (receipt) => {
        this.#host.tell('customer-restored', { customerId: id, receipt });
        if (this.#host.customerId() !== id) return;
        this.#host.notice.show({ message: text('restored') });
        void this.#host.reload();
      },
      failed: (error) => this.#failed('restoreFailed', error),
    });
  }

  #failed(key: DetailTextKey, error: unknown): void {
    const { text } = this.#host.context();
    const isTaken = isAdapterError(error, 'conflict') && error.reason === 'exists';
    const reason = isTaken ? text('emailTaken') : this.#host.errorText(error);
    this.#host.notice.show({ message: text(key, { reason }), isError: true });
  }
}

/** One customer is asked for, so what its receipt calls failed has failed as a whole. */
function refusingFailures(receipt: Receipt): Receipt {
  const [failure] = receipt.failures;
  if (!failure) return receipt;
  const code = failure.code === 'unknown' ? 'not_found' : 'conflict';
  throw new AdapterError(code, failure.message, { reason: failure.code });
}
