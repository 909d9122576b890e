import type { TemplateResult } from 'lit';
import type { CustomerRecord, Order } from '../../model/detail.ts';
import type { DetailHost, DetailTab } from './detail-host.ts';
import { orders } from './orders.ts';
import { RowPages } from './row-pages.ts';
import { footOf } from './rows-foot.ts';

export interface OrdersTabOptions {
  /** Where an order's page is; `undefined` where opening is the host's event alone. */
  orderHref: (order: Order) => string | undefined;
}

/** All orders by pages; opening one is the host's. */
export class OrdersTab implements DetailTab {
  readonly #host: DetailHost;
  readonly #options: OrdersTabOptions;
  readonly #pages: RowPages<Order>;

  constructor(host: DetailHost, options: OrdersTabOptions) {
    this.#host = host;
    this.#options = options;
    this.#pages = new RowPages(host.element, {
      source: host.source,
      customerId: host.customerId,
      first: () => host.detail()?.orders,
      load: (adapter, request, call) => adapter.listOrders(request, call),
    });
  }

  count({ orders_count }: CustomerRecord): number {
    return orders_count;
  }

  render(): TemplateResult {
    return orders({
      ...footOf(this.#host, this.#pages),
      orders: this.#pages.rows,
      href: this.#options.orderHref,
      open: openOrder(this.#host, this.#options),
    });
  }
}

/** A click that the browser answers by itself, in another tab or window, is not ours to announce. */
export function openOrder(host: DetailHost, { orderHref }: OrdersTabOptions) {
  return (order: Order, event: MouseEvent): void => {
    const isLink = orderHref(order) !== undefined;
    if (isLink && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    const detail = { order, orderId: order.id, customerId: host.customerId() };
    if (!host.ask('order-open', detail)) event.preventDefault();
  };
}
