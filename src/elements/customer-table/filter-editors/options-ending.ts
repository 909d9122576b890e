import { html, nothing } from 'lit';
import { icons } from '../../../parts/icons.ts';
import type { OptionPages } from '../../../parts/option-pages.ts';
import { skeletonLine } from '../../../parts/skeleton.ts';
import type { TableText } from '../context.ts';

/** What stands below the options that are here: that they come, that there are none, more of them, or another try. */
export function optionsEnding(pages: OptionPages<unknown>, text: TableText, retryLabel: string): unknown {
  const { state, options, next } = pages;
  if (state === 'failed') {
    return html`
      <p class="editor-problem" role="alert">${text('optionsFailed')}</p>
      <button class="menu-item" type="button" data-item @click=${() => void pages.load()}>
        ${retryLabel}
      </button>
    `;
  }
  if (state === 'loading' && !options.length) {
    return (['long', 'medium', 'long'] as const).map(
      (size) => html`<span class="menu-item" aria-hidden="true">${skeletonLine(size)}</span>`,
    );
  }
  if (!options.length) return html`<p class="editor-note" role="status">${text('noOptions')}</p>`;
  if (next === null) return nothing;
  return html`
    <button class="menu-item more" type="button" data-item @click=${() => void pages.load(next)}>
      ${icons.plus}<span class="grow">${text('moreOptions')}</span>
    </button>
  `;
}
