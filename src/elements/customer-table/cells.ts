import { html, nothing } from 'lit';
import type { Customer, CustomerStatus, GroupBadge } from '../../model/customer.ts';
import { displayName } from '../../model/names.ts';
import { avatar } from '../../parts/avatar.ts';
import { groupPill, statusBadge, tagPill } from '../../parts/badges.ts';
import { countryName, formatDate, formatInstant, formatMoney, formatNumber } from '../../parts/format.ts';
import type { ColumnName } from './columns.ts';
import type { TableContext, TableTextKey } from './context.ts';

export interface RowHandlers {
  /** The customer's link or button was clicked. */
  open: (customer: Customer, event: MouseEvent) => void;
  select: (customer: Customer, event: MouseEvent) => void;
  showActions: (customer: Customer, anchor: HTMLElement) => void;
  showRest: (kind: 'groups' | 'tags', customer: Customer, anchor: HTMLElement) => void;
}

export interface CellContext extends TableContext {
  /** By hand and by rule. */
  groupsOf: (customer: Customer) => readonly GroupBadge[];
  /** Where a customer's page is; `undefined` where opening is the host's event alone. */
  href: (customer: Customer) => string | undefined;
  /** The e-mail stands under the name, not in a column of its own. */
  emailUnderName: boolean;
  /** What an open popover belongs to. */
  expanded: string | undefined;
  handlers: RowHandlers;
}

const shownPills = 2;

export const statusLabels: Readonly<Record<CustomerStatus, TableTextKey>> = {
  active: 'statusActive',
  inactive: 'statusInactive',
  guest: 'statusGuest',
};

/** What a column says of a customer. */
export function cell(name: ColumnName, customer: Customer, context: CellContext): unknown {
  const { locale, currency, text } = context;
  switch (name) {
    case 'name':
      return nameCell(customer, context);
    case 'email':
      return html`<bdi class="ellipsis" title=${customer.email}>${customer.email}</bdi>`;
    case 'phone':
      return customer.phone
        ? html`<bdi class="ellipsis" dir="ltr" title=${customer.phone}>${customer.phone}</bdi>`
        : dash(context);
    case 'orders_count':
      return html`<span class=${customer.orders_count ? '' : 'zero'}
        >${formatNumber(locale, customer.orders_count)}</span
      >`;
    case 'total_spent':
      return money(customer.total_spent, locale, currency);
    case 'average_order_value':
      return customer.orders_count ? money(customer.average_order_value, locale, currency) : dash(context);
    case 'last_order_date':
      return moment(customer.last_order_date, context);
    case 'created_at':
      return moment(customer.created_at, context);
    case 'groups':
      return groupPills(customer, context);
    case 'tags':
      return pills('tags', customer, customer.tags, tagPill, context);
    case 'country': {
      if (!customer.country) return dash(context);
      const country = countryName(locale, customer.country);
      return html`<span class="ellipsis" title=${country}>${country}</span>`;
    }
    case 'status':
      return statusBadge(customer.status, text(statusLabels[customer.status]));
  }
}

/** The one strong thing in a row: a real link where the host has pages, else a button. */
export function nameLink(customer: Customer, context: CellContext): unknown {
  const name = displayName(customer);
  const href = context.href(customer);
  const open = (event: MouseEvent) => context.handlers.open(customer, event);
  const label = html`<bdi class="ellipsis">${name}</bdi>`;
  return href
    ? html`<a class="name" part="name" href=${href} title=${name} @click=${open}>${label}</a>`
    : html`<button class="name" part="name" type="button" title=${name} @click=${open}>${label}</button>`;
}

export function emailLine(customer: Customer): unknown {
  // Where there is no name the e-mail stands in its place already.
  if (displayName(customer) === customer.email) return nothing;
  return html`<bdi class="email ellipsis" title=${customer.email}>${customer.email}</bdi>`;
}

export function money(minor: number, locale: string, currency: string): unknown {
  return html`<span class=${minor ? '' : 'zero'}>${formatMoney(locale, minor, currency)}</span>`;
}

export function groupPills(customer: Customer, context: CellContext): unknown {
  return pills('groups', customer, context.groupsOf(customer), (group) => groupPill(group), context);
}

function nameCell(customer: Customer, context: CellContext): unknown {
  return html`
    <span class="identity">
      ${avatar(customer)}
      <span class="identity-text">
        ${nameLink(customer, context)} ${context.emailUnderName ? emailLine(customer) : nothing}
      </span>
    </span>
  `;
}

function moment(iso: string | null, context: TableContext): unknown {
  if (!iso) return dash(context);
  const { locale, timeZone } = context;
  return html`<time class="ellipsis" datetime=${iso} title=${formatInstant(locale, iso, timeZone)}
    >${formatDate(locale, iso, timeZone)}</time
  >`;
}

function pills<T>(
  kind: 'groups' | 'tags',
  customer: Customer,
  items: readonly T[],
  draw: (item: T) => unknown,
  context: CellContext,
): unknown {
  if (!items.length) return dash(context);
  const rest = items.length - shownPills;
  const label = context.text(kind === 'groups' ? 'moreGroups' : 'moreTags', { count: rest });
  const show = (event: Event) =>
    context.handlers.showRest(kind, customer, event.currentTarget as HTMLElement);
  return html`
    <span class="pills">
      ${items.slice(0, shownPills).map(draw)}
      ${
        rest > 0
          ? html`<button
              class="more-pills"
              type="button"
              aria-label=${label}
              title=${label}
              aria-expanded=${context.expanded === `${kind}-${customer.id}` ? 'true' : 'false'}
              @click=${show}
            >
              <bdi dir="ltr">+${formatNumber(context.locale, rest)}</bdi>
            </button>`
          : nothing
      }
    </span>
  `;
}

/** Quiet, but said aloud. */
function dash({ text }: TableContext): unknown {
  return html`<span class="none" aria-hidden="true">–</span
    ><span class="visually-hidden">${text('none')}</span>`;
}
