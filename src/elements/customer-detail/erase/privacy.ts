import type { Customer } from '../../../model/customer.ts';
import { displayName } from '../../../model/names.ts';
import { isolated } from '../../../parts/format.ts';
import type { DetailHost } from '../detail-host.ts';
import { EraseDialog } from './erase-dialog.ts';
import { HandOverDialog } from './hand-over-dialog.ts';
import type { PrivacyHost } from './privacy-text.ts';

/** What the law gives a person over his or her data: handing over, and erasing. */
export class Privacy {
  readonly #host: DetailHost;
  readonly #erase: EraseDialog;
  readonly #handOver: HandOverDialog;

  constructor(host: DetailHost, view: PrivacyHost) {
    this.#host = host;
    this.#erase = new EraseDialog(host.element, view, (customer, receipt) => {
      host.tell('customer-erased', { customerId: customer.id, receipt });
      if (host.customerId() !== customer.id) return;
      host.notice.show({ message: view.text('erased', { customer: isolated(displayName(customer)) }) });
      void host.reload();
    });
    this.#handOver = new HandOverDialog(host.element, {
      ...view,
      timeZone: () => host.context().timeZone,
      ask: (customerId, format) => host.ask('data-hand-over', { customerId, format }),
      done: (customerId, format, fileName) => {
        host.tell('data-handed-over', { customerId, format, fileName });
        host.notice.show({ message: view.text('handedOver', { file: fileName }) });
      },
    });
  }

  erase(customer: Customer): void {
    const adapter = this.#host.source();
    if (!adapter || !this.#host.ask('customer-erase', { customer, customerId: customer.id })) return;
    void this.#erase.open(adapter, customer);
  }

  handOver(customer: Customer): void {
    const adapter = this.#host.source();
    if (adapter) this.#handOver.open(adapter, customer);
  }

  render(): unknown[] {
    return [this.#erase.render(), this.#handOver.render()];
  }
}
