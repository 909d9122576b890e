import { html, nothing } from 'lit';
import type { Customer } from '../../model/customer.ts';
import { icons } from '../../parts/icons.ts';
import type { Popover } from '../../parts/popover.ts';
import type { TableText } from './context.ts';
import { mailtoUrl, openMailProgram } from '../../parts/email.ts';
import type { CustomersEmailDetail } from './events.ts';

export interface EmailActionsOptions {
  popover: Popover;
  text: TableText;
  /** Fires a cancelable event; false where the host prevented it. */
  ask: (name: string, detail: object) => boolean;
  /** Says what was done. */
  tell: (notice: string) => void;
}

/** Writing to customers, and copying their addresses. The host comes first; the mail program is the default. */
export class EmailActions {
  readonly #options: EmailActionsOptions;

  constructor(options: EmailActionsOptions) {
    this.#options = options;
  }

  writeToOne(customer: Customer): void {
    if (this.#options.ask('customer-email', { customer, customerId: customer.id })) this.#write([customer]);
  }

  /** Asks before it writes to people who have not agreed to marketing. */
  writeToSeveral(customers: Customer[], anchor: HTMLElement): void {
    const withoutConsent = customers.filter((customer) => !customer.accepts_marketing);
    const detail: CustomersEmailDetail = { customers, withoutConsent };
    if (!this.#options.ask('customers-email', detail)) return;
    if (!withoutConsent.length && urlFor(customers)) this.#write(customers);
    else this.#chooseRecipients(anchor, detail);
  }

  async copy(customers: readonly Customer[]): Promise<void> {
    const { text, tell } = this.#options;
    try {
      await navigator.clipboard.writeText(emailsOf(customers).join(', '));
      tell(text('copied', { count: customers.length }));
    } catch {
      tell(text('copyFailed'));
    }
  }

  #chooseRecipients(anchor: HTMLElement, { customers, withoutConsent }: CustomersEmailDetail): void {
    const { text, popover } = this.#options;
    const agreed = customers.filter((customer) => customer.accepts_marketing);
    const choice = (recipients: Customer[], label: string) =>
      urlFor(recipients) && recipients.length
        ? html`<button class="menu-item" type="button" data-item @click=${() => this.#write(recipients)}>
            ${icons.mail}<span class="grow">${label}</span>
          </button>`
        : nothing;
    popover.toggle({
      name: 'recipients',
      anchor,
      role: 'dialog',
      label: text('sendEmail'),
      render: () => html`
        <p class="editor-note">
          ${withoutConsent.length ? text('withoutConsent', { count: withoutConsent.length }) : nothing}
          ${urlFor(customers) ? nothing : text('tooManyRecipients')}
        </p>
        ${withoutConsent.length ? choice(agreed, text('sendToAgreed', { count: agreed.length })) : nothing}
        ${choice(customers, text('sendToAll', { count: customers.length }))}
      `,
    });
  }

  #write(customers: readonly Customer[]): void {
    this.#options.popover.close();
    const url = urlFor(customers);
    if (url) openMailProgram(url);
  }
}

const emailsOf = (customers: readonly Customer[]): string[] => customers.map((customer) => customer.email);

const urlFor = (customers: readonly Customer[]): string | undefined => mailtoUrl(emailsOf(customers));
