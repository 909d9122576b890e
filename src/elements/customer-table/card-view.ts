import { html, nothing, type TemplateResult } from 'lit';
import type { Customer } from '../../model/customer.ts';
import { avatar } from '../../parts/avatar.ts';
import { statusBadge } from '../../parts/badges.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import { emailLine, money, nameLink, statusLabels } from './cells.ts';
import { actionsButton, rowCheckbox, rowClass, type ListView } from './table-view.ts';

/** The list on a phone: one card a customer, with what tells people apart. */
export function cardView(view: ListView): TemplateResult {
  const skeletons = Array.from({ length: Math.min(view.pageSize, 10) }, skeletonCard);
  return html`
    <ul
      class="cards"
      part="table"
      aria-label=${view.context.text('caption')}
      aria-busy=${view.busy ? 'true' : 'false'}
    >
      ${view.customers ? view.customers.map((customer) => card(customer, view)) : skeletons}
    </ul>
  `;
}

function card(customer: Customer, view: ListView): TemplateResult {
  const { locale, currency, text } = view.context;
  /* eslint-disable lit-a11y/click-events-have-key-events -- the name in it is the keyboard's way */
  return html`
    <li
      class="card ${rowClass(view, customer)}"
      aria-current=${customer.id === view.currentId ? 'true' : nothing}
      part="row"
      @click=${(event: MouseEvent) => view.rowClick(customer, event)}
    >
      ${rowCheckbox(customer, view)} ${avatar(customer)}
      <span class="identity-text">${nameLink(customer, view.context)} ${emailLine(customer)}</span>
      <span class="card-facts">
        <span class="card-money">${money(customer.total_spent, locale, currency)}</span>
        ${statusBadge(customer.status, text(statusLabels[customer.status]))}
      </span>
      ${actionsButton(customer, view)}
    </li>
  `;
}

function skeletonCard(): TemplateResult {
  return html`
    <li class="card" aria-hidden="true">
      <span class="hit"></span><span class="skeleton round"></span>
      <span class="identity-text">${skeletonLine('medium')}</span>
    </li>
  `;
}
