import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerAddress } from '../../model/detail.ts';
import { icons } from '../../parts/icons.ts';
import { addressLines } from './address-lines.ts';
import type { DetailContext } from './context.ts';

export interface AddressesView {
  context: DetailContext;
  addresses: readonly CustomerAddress[];
  /** The address that was copied a moment ago. */
  copiedId: string | undefined;
  copy: (address: CustomerAddress) => void;
}

/** The address book in the order it comes in: the default for billing first. */
export function addresses(view: AddressesView): TemplateResult {
  const { text } = view.context;
  return html`
    <section aria-labelledby="addresses-title">
      <h3 id="addresses-title">${text('addresses')}</h3>
      ${
        view.addresses.length
          ? html`<ul class="addresses">
              ${view.addresses.map((address) => card(view, address))}
            </ul>`
          : html`<p class="quiet">${text('noAddresses')}</p>`
      }
    </section>
  `;
}

function card({ context, copiedId, copy }: AddressesView, address: CustomerAddress): TemplateResult {
  const { text, locale } = context;
  const isCopied = copiedId === address.id;
  const label = text(isCopied ? 'copied' : 'copyAddress', { label: address.label });
  const lines = addressLines(address, locale);
  return html`
    <li class="address">
      <div class="address-head">
        <bdi class="address-label">${address.label}</bdi>
        ${address.is_default_billing ? html`<span class="pill">${text('defaultBilling')}</span>` : nothing}
        ${address.is_default_shipping ? html`<span class="pill">${text('defaultShipping')}</span>` : nothing}
        <button
          class="button quiet icon copy"
          type="button"
          aria-label=${label}
          title=${label}
          @click=${() => copy(address)}
        >
          ${isCopied ? icons.check : icons.copy}
        </button>
      </div>
      <address>
        ${lines.map((line) => html`<bdi class="line">${line}</bdi>`)}
        ${address.phone ? html`<bdi class="line quiet" dir="ltr">${address.phone}</bdi>` : nothing}
      </address>
    </li>
  `;
}
