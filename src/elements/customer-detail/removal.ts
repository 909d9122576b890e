import { html, nothing } from 'lit';
import { AdapterError, isAdapterError } from '../../adapter/errors.ts';
import type { Customer } from '../../model/customer.ts';
import { displayName } from '../../model/names.ts';
import type { CustomerDetail } from '../../model/detail.ts';
import type { Receipt } from '../../model/receipt.ts';
import { isolated } from '../../parts/format.ts';
import type { DetailContext, DetailTextKey } from './context.ts';
import type { DetailHost } from './detail-host.ts';

/** What it stands in: the detail, or the screen with the list. */
export interface RemovalHost extends Pick<
  DetailHost,
  'writes' | 'confirmation' | 'notice' | 'errorText' | 'ask' | 'tell'
> {
  context: () => Pick<DetailContext, 'text'>;
}

export interface RemovalOptions {
  /** Whether what became of it is to be said here. */
  isShown: (customerId: string) => boolean;
  /** Shows what is now. */
  refresh: (customerId: string) => void;
  /** Where the focus goes once the notice is answered. */
  returnTo: () => HTMLElement | null | undefined;
}

/** Deleting a customer, which can be taken back for 30 days, and restoring one. */
export class Removal {
  readonly #host: RemovalHost;
  readonly #options: RemovalOptions;

  constructor(host: RemovalHost, options: RemovalOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** Announces it, then asks. */
  async begin(detail: CustomerDetail): Promise<void> {
    const { customer } = detail;
    const announced = { customer, customerId: customer.id };
    if (this.#host.ask('customer-delete', announced)) await this.ask(detail);
  }

  /** Asks first, and names what is hidden with the customer and what stays. */
  async ask({ customer, addresses }: CustomerDetail): Promise<void> {
    const { id } = customer;
    const { text } = this.#host.context();
    const name = displayName(customer);
    const isSure = await this.#host.confirmation.ask({
      title: text('deleteTitle', { customer: isolated(name) }),
      text: html`${this.#affected(customer, addresses.length)}
        <p class="quiet">${text('deleteUntil')}</p>`,
      action: text('deleteCustomer'),
      isDanger: true,
    });
    if (isSure) await this.#delete(id, name);
  }

  /** Only what there is any of. */
  #affected({ notes_count, orders_count }: Customer, addressCount: number): unknown {
    const { text } = this.#host.context();
    const notes = notes_count ? text('noteCount', { count: notes_count }) : undefined;
    const addresses = addressCount ? text('addressCount', { count: addressCount }) : undefined;
    const only = addresses ?? notes;
    const hides =
      addresses && notes
        ? text('deleteHides', { addresses, notes })
        : only && text('deleteHidesOnly', { what: only });
    const keeps = orders_count
      ? text('deleteKeeps', { orders: text('orderCount', { count: orders_count }) })
      : undefined;
    return hides || keeps ? html`<p>${[hides, keeps].filter(Boolean).join(' ')}</p>` : nothing;
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
        if (!this.#options.isShown(id)) return;
        this.#host.notice.showAndFocus({
          message: text('deleted', { customer: isolated(name) }),
          undo: () => void this.restore(id),
          returnTo: this.#options.returnTo,
        });
        this.#options.refresh(id);
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
        if (!this.#options.isShown(id)) return;
        this.#host.notice.show({ message: text('restored') });
        this.#options.refresh(id);
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
