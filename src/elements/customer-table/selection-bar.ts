import { html, nothing, type TemplateResult } from 'lit';
import type { Total } from '../../model/customer.ts';
import { icons } from '../../parts/icons.ts';
import type { TableContext, TableTextKey } from './context.ts';
import { isSelected, selectionSize, type CustomerSelection } from './selection.ts';

/** The three usual actions, and the menu of the rest. */
export type BarAction = 'assign_group' | 'add_tags' | 'send_email' | 'menu';

export interface SelectionBarView {
  context: TableContext;
  selection: CustomerSelection;
  /** The ids on this page. */
  page: readonly string[];
  total: Total | undefined;
  /** Whether search or filters narrow the list. */
  narrowed: boolean;
  notice: string;
  offers: (action: BarAction) => boolean;
  /** The name of what is open in the popover. */
  expanded: string | undefined;
  selectMatching: () => void;
  run: (action: BarAction, anchor: HTMLElement) => void;
  clear: () => void;
}

/** Floats over the foot of the list while something is selected: how many, what that covers, what can be done. */
export function selectionBar(view: SelectionBarView): TemplateResult {
  const { text } = view.context;
  return html`
    <div
      class="selection-bar panel"
      part="selection-bar"
      role="region"
      aria-label=${text('selectionActions')}
    >
      <span class="selection-text">
        <strong>${selectedText(view)}</strong>
        <span class="selection-covers">${view.notice || coversText(view)}</span>
        ${
          offersMatching(view)
            ? html`<button
                class="text-button"
                type="button"
                data-action="matching"
                @click=${view.selectMatching}
              >
                ${matchingText(view)}
              </button>`
            : nothing
        }
      </span>
      <span class="selection-actions">
        ${action(view, 'assign_group', icons.people, 'addToGroup')}
        ${action(view, 'add_tags', icons.tag, 'addTags')}
        ${action(view, 'send_email', icons.mail, 'sendEmail')} ${menuButton(view)}
        <button
          class="button quiet icon"
          type="button"
          data-action="clear"
          aria-label=${text('clearSelection')}
          title=${text('clearSelection')}
          @click=${view.clear}
        >
          ${icons.cross}
        </button>
      </span>
    </div>
  `;
}

/** Where there is no room for its name, the icon stands for it. */
function action(
  { context: { text }, offers, run, expanded }: SelectionBarView,
  name: BarAction,
  icon: TemplateResult,
  label: TableTextKey,
): TemplateResult | typeof nothing {
  if (!offers(name)) return nothing;
  return html`<button
    class="button quiet"
    type="button"
    data-action=${name}
    title=${text(label)}
    aria-haspopup=${name === 'send_email' ? nothing : 'dialog'}
    aria-expanded=${name === 'send_email' ? nothing : expanded === name ? 'true' : 'false'}
    @click=${(event: Event) => run(name, event.currentTarget as HTMLElement)}
  >
    ${icon} <span class="selection-label">${text(label)}</span>
  </button>`;
}

function menuButton({ context: { text }, offers, run, expanded }: SelectionBarView): unknown {
  if (!offers('menu')) return nothing;
  return html`<button
    class="button quiet icon"
    type="button"
    data-action="menu"
    aria-haspopup="menu"
    aria-expanded=${expanded === 'bulk-menu' ? 'true' : 'false'}
    aria-label=${text('moreActions')}
    title=${text('moreActions')}
    @click=${(event: Event) => run('menu', event.currentTarget as HTMLElement)}
  >
    ${icons.more}
  </button>`;
}

function selectedText({ context: { text }, selection, total, narrowed }: SelectionBarView): string {
  if ('ids' in selection) return text('selected', { count: selection.ids.length });
  const count = total?.exact ? selectionSize(selection, total.value) : undefined;
  if (count === undefined) return text('selectedMatchingUnknown');
  if (selection.except.length) return text('selected', { count });
  return text(narrowed ? 'selectedMatching' : 'selectedEverybody', { count });
}

function coversText({ context: { text }, selection, page }: SelectionBarView): string {
  if (!('ids' in selection)) {
    return selection.except.length ? text('selectedExcept', { count: selection.except.length }) : '';
  }
  const here = page.filter((id) => isSelected(selection, id)).length;
  const elsewhere = selection.ids.length - here;
  if (elsewhere > 0) return text('selectedElsewhere', { count: elsewhere });
  return here === page.length ? text('selectedPage', { count: here }) : '';
}

function matchingText({ context: { text }, total, narrowed }: SelectionBarView): string {
  if (!total?.exact) return text('selectMatchingUnknown');
  return text(narrowed ? 'selectMatching' : 'selectEverybody', { count: total.value });
}

/** Once the whole page is selected, and there is more than the page. */
function offersMatching({ selection, page, total }: SelectionBarView): boolean {
  if (!('ids' in selection) || !total || !page.length) return false;
  return total.value > selection.ids.length && page.every((id) => isSelected(selection, id));
}
