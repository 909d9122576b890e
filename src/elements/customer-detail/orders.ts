import { html, nothing, type TemplateResult } from 'lit';
import type { Order } from '../../model/detail.ts';
import { formatDate, formatInstant, formatMoney } from '../../parts/format.ts';
import type { DetailContext, DetailTextKey } from './context.ts';
import { rowsFoot, type RowsFootView } from './rows-foot.ts';

export interface OrdersView extends RowsFootView {
  context: DetailContext;
  orders: readonly Order[];
  /** Where an order's page is; `undefined` where opening is the host's event alone. */
  href: (order: Order) => string | undefined;
  open: (order: Order, event: MouseEvent) => void;
}

const statusNames: Readonly<Record<string, DetailTextKey>> = {
  pending: 'orderPending',
  confirmed: 'orderConfirmed',
  processing: 'orderProcessing',
  shipped: 'orderShipped',
  delivered: 'orderDelivered',
  cancelled: 'orderCancelled',
  refunded: 'orderRefunded',
};

export function orders(view: OrdersView): TemplateResult {
  const { text } = view.context;
  if (!view.orders.length) return html`<p class="nothing-yet">${text('noOrders')}</p>`;
  return html`
    <ul class="rows" tabindex="-1" aria-label=${text('orders')}>
      ${view.orders.map((order) => row(view, order))}
    </ul>
    ${rowsFoot(view)}
  `;
}

function row(view: OrdersView, order: Order): TemplateResult {
  const { locale, timeZone } = view.context;
  return html`
    <li class="order" part="order">
      <span class="order-what">
        ${orderNumber(view, order, html`<bdi>${order.order_number}</bdi>`)}
        <time
          class="quiet"
          datetime=${order.created_at}
          title=${formatInstant(locale, order.created_at, timeZone)}
          >${formatDate(locale, order.created_at, timeZone)}</time
        >
      </span>
      <span class="order-status">${orderStatus(view.context, order)}</span>
      ${orderTotal(view.context, order)}
    </li>
  `;
}

/** Opens the order. */
export function orderNumber(
  { href, open }: Pick<OrdersView, 'href' | 'open'>,
  order: Order,
  name: unknown,
): TemplateResult {
  const url = href(order);
  const press = (event: MouseEvent) => open(order, event);
  return url
    ? html`<a class="order-number" href=${url} @click=${press}>${name}</a>`
    : html`<button class="order-number" type="button" @click=${press}>${name}</button>`;
}

export function orderStatus({ text }: DetailContext, { status }: Order): unknown {
  const name = statusNames[status];
  return name ? text(name) : html`<bdi>${status}</bdi>`;
}

/** Struck out where it doesn't count. */
export function orderTotal({ text, locale }: DetailContext, order: Order): TemplateResult {
  const counts = order.status !== 'cancelled' && order.status !== 'refunded';
  const total = formatMoney(locale, order.total, order.currency);
  return html`<span class="order-total" title=${counts ? nothing : text('doesNotCount')}
    >${counts ? total : html`<s>${total}</s>`}</span
  >`;
}
