import type { Customer } from '../../model/customer.ts';
import { mailtoUrl, openMailProgram } from '../../parts/email.ts';
import type { TableText } from './context.ts';

export interface EmailActionsOptions {
  text: TableText;
  /** Fires a cancelable event; false where the host prevented it. */
  ask: (name: string, detail: object) => boolean;
  /** Says what was done. */
  tell: (notice: string) => void;
}

/** Writing to one customer, and copying addresses. The host comes first; the mail program is the default. */
export class EmailActions {
  readonly #options: EmailActionsOptions;

  constructor(options: EmailActionsOptions) {
    this.#options = options;
  }

  writeToOne(customer: Customer): void {
    const url = mailtoUrl([customer.email]);
    if (this.#options.ask('customer-email', { customer, customerId: customer.id }) && url)
      openMailProgram(url);
  }

  async copy(customers: readonly Customer[]): Promise<void> {
    const { text, tell } = this.#options;
    try {
      await navigator.clipboard.writeText(customers.map(({ email }) => email).join(', '));
      tell(text('copied', { count: customers.length }));
    } catch {
      tell(text('copyFailed'));
    }
  }
}
