import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Total } from '../../model/customer.ts';
import { pageSizes } from '../../model/filters.ts';
import { parseCount } from '../../model/money.ts';
import { formatNumber } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { TableContext, TableTextKey } from './context.ts';

export interface PaginationView {
  context: TableContext;
  /** From 1; -1 is the last, where the number of pages isn't known. */
  page: number;
  pageSize: number;
  /** Rows on this page. */
  rows: number;
  total: Total | undefined;
  hasPrevious: boolean;
  hasNext: boolean;
  /** A page can be reached by its number. */
  pageNumbers: boolean;
  go: (to: 'first' | 'previous' | 'next' | 'last' | number) => void;
  resize: (pageSize: number) => void;
  /** A far jump is likely soon. */
  prepare: () => void;
}

/** How many pages there are; `undefined` where the count isn't exact. */
export function pageCount(total: Total | undefined, pageSize: number): number | undefined {
  return total?.exact ? Math.max(1, Math.ceil(total.value / pageSize)) : undefined;
}

export function pagination(view: PaginationView): TemplateResult {
  const { context, page, pageSize, hasPrevious, hasNext, pageNumbers } = view;
  const { text } = context;
  const isLast = !hasNext || page === -1;
  return html`
    <nav class="pagination" part="pagination" aria-label=${text('pages')}>
      <span class="range">${rangeText(view)}</span>
      <label class="page-size">
        <span>${text('rowsPerPage')}</span>
        <select class="field" @change=${(event: Event) => view.resize(Number(valueOf(event)))}>
          ${pageSizes.map(
            (size) =>
              html`<option value=${size} ?selected=${size === pageSize}>
                ${formatNumber(context.locale, size)}
              </option>`,
          )}
        </select>
      </label>
      <span class="page-buttons">
        ${step(view, 'first', 'firstPage', hasPrevious && page !== 1)}
        ${step(view, 'previous', 'previousPage', hasPrevious)}
        <span class="page-number">${pageText(view)}</span>
        ${step(view, 'next', 'nextPage', hasNext)}
        ${pageNumbers ? step(view, 'last', 'lastPage', !isLast) : nothing}
      </span>
    </nav>
  `;
}

/** "1–20 of 12,430 customers" */
export function rangeText({ context, page, pageSize, rows, total }: PaginationView): string {
  const { text, locale } = context;
  const count = total && text(total.exact ? 'countExact' : 'countCapped', { count: total.value });
  if (page < 1 || !rows) return count ?? '';
  const from = (page - 1) * pageSize + 1;
  const to = from + rows - 1;
  const range = text('range', { from: formatNumber(locale, from), to: formatNumber(locale, to) });
  return count ? text('rangeOf', { range, total: count }) : range;
}

function pageText(view: PaginationView): unknown {
  const { context, page, pageSize, total, pageNumbers } = view;
  const { text, locale } = context;
  const pages = pageCount(total, pageSize);
  if (page < 1) {
    return page === -1 ? text('lastPage') : text('pageFromEnd', { number: -page - 1 });
  }
  const number = formatNumber(locale, page);
  const last = pages === undefined ? nothing : text('ofPages', { pages });
  if (!pageNumbers || pages === 1) return html`${text('page')} ${number} ${last}`;
  return html`
    ${text('page')}
    <input
      class="field page-input"
      type="text"
      inputmode="numeric"
      autocomplete="off"
      aria-label=${text('pageNumber')}
      .value=${live(number)}
      @focus=${view.prepare}
      @change=${(event: Event) => jump(event, view, pages)}
    />
    ${last}
  `;
}

/** What is no page number, or none that exists, becomes the nearest that does. */
function jump(event: Event, view: PaginationView, pages: number | undefined): void {
  const wanted = parseCount(valueOf(event), view.context.locale);
  const page = Math.min(Math.max(1, wanted ?? view.page), pages ?? Number.MAX_SAFE_INTEGER);
  (event.currentTarget as HTMLInputElement).value = formatNumber(view.context.locale, page);
  if (page !== view.page) view.go(page);
}

/** Not `disabled`, which would drop the focus of whoever has just reached the last page. */
function step(
  view: PaginationView,
  to: 'first' | 'previous' | 'next' | 'last',
  label: TableTextKey,
  possible: boolean,
): TemplateResult {
  const text = view.context.text(label);
  return html`
    <button
      class="button quiet icon"
      type="button"
      data-page=${to}
      aria-label=${text}
      title=${text}
      aria-disabled=${possible ? 'false' : 'true'}
      @pointerenter=${to === 'last' ? view.prepare : nothing}
      @click=${() => (possible ? view.go(to) : undefined)}
    >
      ${icons[to]}
    </button>
  `;
}

const valueOf = (event: Event): string => (event.currentTarget as HTMLInputElement | HTMLSelectElement).value;
