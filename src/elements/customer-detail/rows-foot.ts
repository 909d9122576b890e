import { html, nothing, type TemplateResult } from 'lit';
import type { DetailContext } from './context.ts';
import type { DetailHost } from './detail-host.ts';
import type { RowPages } from './row-pages.ts';

export interface RowsFootView {
  context: DetailContext;
  hasMore: boolean;
  isLoading: boolean;
  /** Why the next page could not be loaded, in plain words. */
  failure: string | undefined;
  more: () => void;
}

/** The way to further rows, and what went wrong on it. */
export function rowsFoot(view: RowsFootView): TemplateResult | typeof nothing {
  if (!view.hasMore) return nothing;
  const { text } = view.context;
  return html`
    <div class="rows-foot">
      ${view.failure ? html`<p role="alert">${view.failure}</p>` : nothing}
      <button
        class="button"
        type="button"
        aria-disabled=${view.isLoading ? 'true' : 'false'}
        @click=${view.more}
      >
        ${text(view.isLoading ? 'loading' : 'showMore')}
      </button>
    </div>
  `;
}

export function footOf<Row extends { id: string }>(host: DetailHost, pages: RowPages<Row>): RowsFootView {
  const context = host.context();
  const { error, hasMore, loading } = pages;
  return {
    context,
    hasMore,
    isLoading: loading,
    failure: error === undefined ? undefined : context.text('moreFailed', { reason: host.errorText(error) }),
    more: () => void loadMore(host, pages),
  };
}

async function loadMore<Row extends { id: string }>(host: DetailHost, pages: RowPages<Row>): Promise<void> {
  const { shadowRoot } = host.element;
  const button = shadowRoot?.activeElement;
  await pages.loadMore();
  await host.element.updateComplete;
  // The button goes with the last page.
  if (button && !button.isConnected) shadowRoot?.querySelector<HTMLElement>('.rows')?.focus();
}
