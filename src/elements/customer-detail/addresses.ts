import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CustomerAddress } from '../../model/detail.ts';
import { shownPhone } from '../../parts/fields/phone-field.ts';
import { icons } from '../../parts/icons.ts';
import type { AddressMenu } from './address-book.ts';
import { addressLines } from './address-lines.ts';
import type { DetailContext } from './context.ts';

export interface AddressesView {
  context: DetailContext;
  /** Called when what writes phone numbers out has come. */
  redraw: () => void;
  addresses: readonly CustomerAddress[];
  /** The address that was copied a moment ago. */
  copiedId: string | undefined;
  copy: (address: CustomerAddress) => void;
  /** The address that is being written, in its form: one of these, or a new one. */
  editedId: string | undefined;
  form: TemplateResult | undefined;
  /** Absent for those who only read. */
  add: (() => void) | undefined;
  menu: ((address: CustomerAddress) => AddressMenu) | undefined;
}

/** The address book in the order it comes in: the default for billing first. */
export function addresses(view: AddressesView): TemplateResult {
  const { text } = view.context;
  const isNew = view.form && !view.addresses.some(({ id }) => id === view.editedId);
  return html`
    <section aria-labelledby="addresses-title">
      <div class="section-head">
        <h3 id="addresses-title">${text('addresses')}</h3>
        ${
          view.add && !view.form
            ? html`<button class="link add-address" type="button" @click=${view.add}>
                ${icons.plus}${text('addAddress')}
              </button>`
            : nothing
        }
      </div>
      ${isNew ? view.form : nothing}
      ${
        view.addresses.length
          ? html`<ul class="addresses">
              ${repeat(
                view.addresses,
                ({ id }) => id,
                (address) =>
                  address.id === view.editedId
                    ? html`<li class="address edited" data-address=${address.id}>${view.form}</li>`
                    : card(view, address),
              )}
            </ul>`
          : isNew
            ? nothing
            : html`<p class="quiet">${text('noAddresses')}</p>`
      }
    </section>
  `;
}

function card(
  { context, redraw, copiedId, copy, menu }: AddressesView,
  address: CustomerAddress,
): TemplateResult {
  const { text, locale } = context;
  const isCopied = copiedId === address.id;
  const label = text(isCopied ? 'copied' : 'copyAddress', { label: address.label });
  // Each line in its own direction, all along one edge.
  const lines = addressLines(address, locale);
  return html`
    <li class="address" data-address=${address.id}>
      <div class="address-head">
        <bdi class="address-label">${address.label}</bdi>
        ${address.is_default_billing ? html`<span class="pill">${text('defaultBilling')}</span>` : nothing}
        ${address.is_default_shipping ? html`<span class="pill">${text('defaultShipping')}</span>` : nothing}
        <span class="address-actions">
          <button
            class="button quiet icon copy"
            type="button"
            aria-label=${label}
            title=${label}
            @click=${() => copy(address)}
          >
            ${isCopied ? icons.check : icons.copy}
          </button>
          ${menu ? menuButton(context, address, menu(address)) : nothing}
        </span>
      </div>
      <address>
        ${lines.map((line) => html`<span class="line"><bdi>${line}</bdi></span>`)}
        ${
          address.phone
            ? html`<span class="line quiet"><bdi dir="ltr">${shownPhone(address.phone, redraw)}</bdi></span>`
            : nothing
        }
      </address>
    </li>
  `;
}

function menuButton(
  { text }: DetailContext,
  address: CustomerAddress,
  { label, isOpen, isBusy, open, run }: AddressMenu,
): TemplateResult {
  const item = (action: Parameters<typeof run>[0], icon: TemplateResult, name: string) => html`
    <button
      class="menu-item"
      type="button"
      role="menuitem"
      tabindex="-1"
      data-item
      data-action=${action}
      @click=${() => run(action)}
    >
      ${icon}<span class="grow">${name}</span>
    </button>
  `;
  const items = () => html`
    ${item('edit', icons.pencil, text('editAddress'))}
    ${address.is_default_billing ? nothing : item('is_default_billing', icons.check, text('makeBilling'))}
    ${address.is_default_shipping ? nothing : item('is_default_shipping', icons.check, text('makeShipping'))}
    <div class="menu-divider" role="separator"></div>
    ${item('delete', icons.bin, text('deleteAddress'))}
  `;
  return html`<button
    class="button quiet icon"
    type="button"
    data-action="more"
    aria-haspopup="menu"
    aria-expanded=${isOpen ? 'true' : 'false'}
    aria-label=${label}
    aria-disabled=${isBusy ? 'true' : 'false'}
    title=${label}
    @click=${(event: Event) => !isBusy && open(event.currentTarget as HTMLElement, items)}
  >
    ${icons.more}
  </button>`;
}
