import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CustomerRecord } from '../../model/detail.ts';
import type { CustomerUpdatedDetail } from '../customer-form/events.ts';
import type { DetailHost } from './detail-host.ts';

/** All of a customer's fields at once, in a form over the detail. */
export class CustomerEditing {
  readonly #host: DetailHost;
  #customer: CustomerRecord | undefined;

  constructor(host: DetailHost) {
    this.#host = host;
  }

  edit(customer: CustomerRecord): void {
    if (!this.#host.ask('customer-edit', { customer, customerId: customer.id })) return;
    this.#set(customer);
  }

  render(): TemplateResult {
    return html`<customer-form
      presentation="dialog"
      .open=${live(this.#customer !== undefined)}
      .customerId=${this.#customer?.id}
      .customer=${this.#customer}
      .adapter=${this.#host.source()}
      .locale=${this.#host.context().locale}
      @customer-updated=${(event: CustomEvent<CustomerUpdatedDetail>) => this.#updated(event.detail)}
      @form-closed=${() => this.#set(undefined)}
    ></customer-form>`;
  }

  // Asked again for what a save doesn't answer: since when somebody agrees to marketing.
  #updated({ customer }: CustomerUpdatedDetail): void {
    this.#host.takeOver({ customer });
    void this.#host.reload();
  }

  #set(customer: CustomerRecord | undefined): void {
    this.#customer = customer;
    this.#host.element.requestUpdate();
  }
}
