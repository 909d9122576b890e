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

function row({ context, href, open }: OrdersView, order: Order): TemplateResult {
  const { text, locale, timeZone } = context;
  const counts = order.status !== 'cancelled' && order.status !== 'refunded';
  const statusName = statusNames[order.status];
  const url = href(order);
  const press = (event: MouseEvent) => open(order, event);
  const number = html`<bdi>${order.order_number}</bdi>`;
  return html`
    <li class="order" part="order">
      <span class="order-what">
        ${
          url
            ? html`<a class="order-number" href=${url} @click=${press}>${number}</a>`
            : html`<button class="order-number" type="button" @click=${press}>${number}</button>`
        }
        <time
          class="quiet"
          datetime=${order.created_at}
          title=${formatInstant(locale, order.created_at, timeZone)}
          >${formatDate(locale, order.created_at, timeZone)}</time
        >
      </span>
      <span class="order-status">${statusName ? text(statusName) : html`<bdi>${order.status}</bdi>`}</span>
      <span class="order-total" title=${counts ? nothing : text('doesNotCount')}>
        ${
          counts
            ? formatMoney(locale, order.total, order.currency)
            : html`<s>${formatMoney(locale, order.total, order.currency)}</s>`
        }
      </span>
    </li>
  `;
}
