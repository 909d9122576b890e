import { html, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../../adapter/adapter.ts';
import { isAdapterError } from '../../../adapter/errors.ts';
import type { Customer } from '../../../model/customer.ts';
import type { CustomerChoice } from '../../../model/operations.ts';
import { mailtoUrl, openMailProgram } from '../../../parts/email.ts';
import { icons } from '../../../parts/icons.ts';
import type { Notice } from '../../../parts/notice.ts';
import { customersOf } from '../../../parts/operation-history/operation-words.ts';
import type { CustomersEmailDetail } from '../events.ts';
import { choiceOf, type BulkHost } from './bulk.ts';

/** As many as one request reads: more than any mail program takes. */
const few = 100;

/** Whom to write to, and what the button that does it says. */
interface Offer {
  name: 'agreed' | 'all';
  label: string;
  send: () => void;
}

/**
 * Writing to all that is selected. The host comes first, then the backend where it can, then the person's mail program
 * for a few. Who has not agreed to marketing is told apart before anything is sent.
 */
export class SelectionEmail {
  readonly #host: BulkHost;
  readonly #notice: () => Notice;
  readonly #returnTo: () => HTMLElement | null | undefined;

  constructor(host: BulkHost, notice: () => Notice, returnTo: () => HTMLElement | null | undefined) {
    this.#host = host;
    this.#notice = notice;
    this.#returnTo = returnTo;
  }

  async write(anchor: HTMLElement): Promise<void> {
    const adapter = this.#host.source();
    if (!adapter) return;
    const choice = choiceOf(this.#host.selection());
    let customers = this.#host.customers();
    if (!customers && 'filters' in choice) {
      try {
        customers = await readFew(adapter, choice);
      } catch (error) {
        this.#fail(error);
        return;
      }
    }
    const withoutConsent = customers?.filter((customer) => !customer.accepts_marketing);
    const detail: CustomersEmailDetail = { choice, customers, withoutConsent };
    if (!this.#host.ask('customers-email', detail)) return;
    const byBackend = adapter.sendEmail !== undefined && this.#host.mayDo('send_email');
    const isAsked = byBackend || 'filters' in choice || !customers || withoutConsent?.length;
    if (!isAsked && customers && mailtoOf(customers)) openMailProgram(mailtoOf(customers) ?? '');
    else
      this.#offer(anchor, detail, byBackend ? this.#byBackend(adapter, detail) : this.#byMailProgram(detail));
  }

  #offer(
    anchor: HTMLElement,
    { customers, withoutConsent, choice }: CustomersEmailDetail,
    offers: Offer[],
  ): void {
    const { popover, context, texts } = this.#host;
    const { text } = context();
    const unknown = 'ids' in choice ? 'emailUnknown' : 'emailTooMany';
    const isPartial = !offers.some(({ name }) => name === 'all');
    const notes = [
      withoutConsent?.length ? text('withoutConsent', { count: withoutConsent.length }) : '',
      offers.length && !customers && !agreesOnly(choice) ? texts.operations('emailConsent') : '',
      isPartial ? (customers ? text('tooManyRecipients') : texts.operations(unknown)) : '',
    ];
    popover.open({
      name: 'recipients',
      anchor,
      role: 'dialog',
      label: text('sendEmail'),
      render: () => html`
        ${notes.filter(Boolean).map((note) => html`<p class="editor-note">${note}</p>`)}
        ${offers.map((offer) => this.#button(offer))}
      `,
    });
  }

  #button({ name, label, send }: Offer): TemplateResult {
    return html`<button
      class="menu-item"
      type="button"
      data-item
      data-recipients=${name}
      @click=${() => {
        this.#host.popover.close();
        send();
      }}
    >
      ${icons.mail}<span class="grow">${label}</span>
    </button>`;
  }

  #byMailProgram({ customers = [], withoutConsent = [] }: CustomersEmailDetail): Offer[] {
    const { text } = this.#host.context();
    const agreed = customers.filter((customer) => customer.accepts_marketing);
    const offer = (name: Offer['name'], recipients: Customer[], label: string): Offer[] => {
      const url = recipients.length ? mailtoOf(recipients) : undefined;
      return url ? [{ name, label, send: () => openMailProgram(url) }] : [];
    };
    return [
      ...(withoutConsent.length
        ? offer('agreed', agreed, text('sendToAgreed', { count: agreed.length }))
        : []),
      ...offer('all', customers, text('sendToAll', { count: customers.length })),
    ];
  }

  #byBackend(adapter: CustomerAdapter, { choice, customers, withoutConsent }: CustomersEmailDetail): Offer[] {
    const { context, texts } = this.#host;
    const { text } = context();
    const agreed = customers?.filter((customer) => customer.accepts_marketing);
    const offer = (name: Offer['name'], label: string, whom: CustomerChoice, count?: number): Offer => ({
      name,
      label,
      send: () => void this.#send(adapter, whom, crypto.randomUUID(), count),
    });
    const toAgreed: CustomerChoice | undefined =
      'filters' in choice
        ? { ...choice, filters: { ...choice.filters, acceptsMarketing: true } }
        : agreed && { ids: agreed.map(({ id }) => id) };
    const mayDiffer = customers ? (withoutConsent?.length ?? 0) > 0 : !agreesOnly(choice);
    const isAnybodyLeft = agreed ? agreed.length > 0 : !refusesOnly(choice);
    return [
      ...(mayDiffer && isAnybodyLeft && toAgreed
        ? [
            offer(
              'agreed',
              agreed
                ? text('sendToAgreed', { count: agreed.length })
                : texts.operations('emailMatchingAgreed'),
              toAgreed,
              agreed?.length,
            ),
          ]
        : []),
      offer(
        'all',
        customers ? text('sendToAll', { count: customers.length }) : texts.operations('emailMatching'),
        choice,
        customers?.length,
      ),
    ];
  }

  async #send(
    adapter: CustomerAdapter,
    customers: CustomerChoice,
    operationId: string,
    count: number | undefined,
  ): Promise<void> {
    const { texts, tell } = this.#host;
    const text = texts.operations;
    this.#notice().stand('email', {
      message:
        count === undefined ? text('emailingMatching') : text('emailing', customersOf({ text }, count)),
    });
    try {
      const receipt = await adapter.sendEmail?.({ operationId, customers });
      if (!receipt) return;
      const { changed, failed } = receipt;
      const said = [
        text('emailed', customersOf({ text }, changed)),
        ...(failed ? [text('failed', { count: failed })] : []),
      ];
      this.#notice().show({ message: said.join(text('listSeparator')), returnTo: this.#returnTo });
      tell('customers-emailed', { receipt });
    } catch (error) {
      // Under the same id, so that nobody gets it twice.
      this.#fail(error, () => void this.#send(adapter, customers, operationId, count));
    } finally {
      this.#notice().stand('email', undefined);
    }
  }

  #fail(error: unknown, retry?: () => void): void {
    const { texts, errorText } = this.#host;
    const reason = isAdapterError(error, 'forbidden')
      ? texts.operations('refusedForbidden')
      : errorText(error);
    this.#notice().show({
      message: texts.operations('emailFailed', { reason }),
      isError: true,
      ...(retry ? { actions: [{ name: 'retry', label: texts.shared('retry'), run: retry }] } : {}),
      returnTo: this.#returnTo,
    });
  }
}

/** Those that match, where one request reads them all. */
async function readFew(
  adapter: CustomerAdapter,
  { filters, except = [] }: Extract<CustomerChoice, { filters: object }>,
): Promise<Customer[] | undefined> {
  const sort = { by: 'created_at', direction: 'desc' } as const;
  const { rows, next } = await adapter.listCustomers({ filters, sort, limit: few });
  return next === null ? rows.filter(({ id }) => !except.includes(id)) : undefined;
}

const agreesOnly = (choice: CustomerChoice): boolean =>
  'filters' in choice && choice.filters.acceptsMarketing === true;
const refusesOnly = (choice: CustomerChoice): boolean =>
  'filters' in choice && choice.filters.acceptsMarketing === false;

const mailtoOf = (customers: readonly Customer[]): string | undefined =>
  mailtoUrl(customers.map(({ email }) => email));
