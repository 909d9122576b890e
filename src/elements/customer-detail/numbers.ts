import { html, nothing, type TemplateResult } from 'lit';
import type { Customer } from '../../model/customer.ts';
import type { CustomerDetail } from '../../model/detail.ts';
import { formatDate, formatInstant, formatMoney, formatNumber } from '../../parts/format.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import type { DetailContext } from './context.ts';

/** Orders, total spent, average order, last order. What is in other currencies stands beside, never added up. */
export function numbers(
  context: DetailContext,
  customer: Customer | undefined,
  others: CustomerDetail['otherCurrencies'] = [],
): TemplateResult {
  const { text, locale, currency, timeZone } = context;
  const none = html`<span class="none">–</span>`;
  const number = (label: string, value: unknown, note: unknown = nothing) => html`
    <div class="number">
      <dt>${label}</dt>
      <dd>
        <span class="value">${customer ? value : skeletonLine('medium')}</span>
        ${note === nothing ? nothing : html`<span class="note">${note}</span>`}
      </dd>
    </div>
  `;
  const last = customer?.last_order_date;
  const otherOrders = others.reduce((sum, other) => sum + other.orders, 0);
  return html`
    <dl class="numbers" part="numbers">
      ${number(text('orders'), customer && formatNumber(locale, customer.orders_count))}
      ${number(
        text('totalSpent'),
        customer && formatMoney(locale, customer.total_spent, currency),
        others.length
          ? others.map((other) => html`<span>+ ${formatMoney(locale, other.total, other.currency)}</span> `)
          : nothing,
      )}
      ${number(
        text('averageOrder'),
        customer && customer.orders_count > otherOrders
          ? formatMoney(locale, customer.average_order_value, currency)
          : none,
      )}
      ${number(
        text('lastOrder'),
        last
          ? html`<time datetime=${last} title=${formatInstant(locale, last, timeZone)}
              >${formatDate(locale, last, timeZone)}</time
            >`
          : none,
      )}
    </dl>
    <details class="what-counts">
      <summary>${text('whatCounts')}</summary>
      <p>${text('whatCountsText', { currency })}</p>
    </details>
  `;
}
