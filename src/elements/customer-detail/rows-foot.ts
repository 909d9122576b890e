import { html, nothing, type TemplateResult } from 'lit';
import type { DetailContext } from './context.ts';

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
