import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { CustomerDetail } from '../../model/detail.ts';
import { dayOf, startOf } from '../../model/days.ts';
import { formatMoney, formatNumber } from '../../parts/format.ts';
import type { DetailContext } from './context.ts';
import { currenciesOf, monthlySums, type MonthlySum } from './monthly-sums.ts';
import type { SpendingChart } from './spending-chart.ts';

export interface SpendingView {
  context: DetailContext;
  detail: CustomerDetail;
  chart: SpendingChart;
  /** What the chart or the table is of; absent: the site's own, or the only one there is. */
  currency: string | undefined;
  asTable: boolean;
  point: MonthlySum | undefined;
  chooseCurrency: (currency: string) => void;
  showTable: (asTable: boolean) => void;
  onPoint: (month: MonthlySum | undefined) => void;
}

/** What was spent, month by month: a chart, or the same as a table. Nothing where nothing was. */
export function spending(view: SpendingView): TemplateResult | typeof nothing {
  const { context, detail, chart } = view;
  const { text } = context;
  const currencies = currenciesOf(detail.spending, context.currency);
  const currency = currencies.find((code) => code === view.currency) ?? currencies[0];
  if (!currency) return nothing;
  const months = monthlySums(detail.spending, currency, dayOf(new Date(), context.timeZone));
  chart.show({ months, currency, context, onPoint: view.onPoint });
  return html`
    <section class="spending" aria-labelledby="spending-title">
      <div class="section-head">
        <h3 id="spending-title">${text('spending')}</h3>
        <span class="point">${pointText(view, months, currency)}</span>
        ${
          currencies.length > 1
            ? html`<select
                class="field"
                aria-label=${text('currency')}
                @change=${(event: Event) => view.chooseCurrency((event.currentTarget as HTMLSelectElement).value)}
              >
                ${currencies.map((code) => html`<option .selected=${code === currency}>${code}</option>`)}
              </select>`
            : nothing
        }
        <button
          class="link"
          type="button"
          aria-pressed=${view.asTable ? 'true' : 'false'}
          @click=${() => view.showTable(!view.asTable)}
        >
          ${text('asTable')}
        </button>
      </div>
      ${
        view.asTable
          ? monthTable(context, months, currency)
          : html`<div
              class="chart"
              role="img"
              aria-label=${text('chartLabel', { currency, count: months.length })}
              ${ref(chart.attach)}
              @transitionend=${chart.repaint}
            ></div>`
      }
    </section>
  `;
}

function pointText({ context, point }: SpendingView, months: MonthlySum[], currency: string): string {
  const { text, locale } = context;
  const shown = months.find(({ month }) => month === point?.month);
  if (!shown) return text('lastMonths', { count: months.length });
  return text('pointText', {
    month: monthName(locale, shown.month),
    amount: formatMoney(locale, shown.total, currency),
    orders: text('orderCount', { count: shown.orders }),
  });
}

function monthTable({ text, locale }: DetailContext, months: MonthlySum[], currency: string): TemplateResult {
  return html`
    <div class="month-table" tabindex="0" role="group" aria-labelledby="spending-title">
      <table>
        <thead>
          <tr>
            <th scope="col">${text('month')}</th>
            <th scope="col" class="end">${text('orders')}</th>
            <th scope="col" class="end">${text('spent')}</th>
          </tr>
        </thead>
        <tbody>
          ${[...months].reverse().map(
            ({ month, total, orders }) => html`
              <tr class=${orders ? '' : 'zero'}>
                <th scope="row">${monthName(locale, month)}</th>
                <td class="end">${formatNumber(locale, orders)}</td>
                <td class="end">${formatMoney(locale, total, currency)}</td>
              </tr>
            `,
          )}
        </tbody>
      </table>
    </div>
  `;
}

function monthName(locale: string, month: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    startOf(`${month}-01`),
  );
}
