import { html, nothing, type TemplateResult } from 'lit';
import type { Total } from '../../model/customer.ts';
import { icons } from '../../parts/icons.ts';
import type { TableContext } from './context.ts';
import { isSelected, selectionSize, type CustomerSelection } from './selection.ts';

export interface SelectionBarView {
  context: TableContext;
  selection: CustomerSelection;
  /** The ids on this page. */
  page: readonly string[];
  total: Total | undefined;
  /** Whether search or filters narrow the list. */
  narrowed: boolean;
  /** Whether each selected customer is known by more than an id: only then can they be written to. */
  reachable: boolean;
  notice: string;
  selectMatching: () => void;
  sendEmail: (anchor: HTMLElement) => void;
  copyEmails: () => void;
  clear: () => void;
}

/** Floats over the foot of the list while something is selected: how many, what that covers, what can be done. */
export function selectionBar(view: SelectionBarView): TemplateResult {
  const { text } = view.context;
  const { selection } = view;
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
                ${text(view.narrowed ? 'selectMatching' : 'selectEverybody', { count: view.total?.value ?? 0 })}
              </button>`
            : nothing
        }
      </span>
      <span class="selection-actions">
        ${
          'ids' in selection && view.reachable
            ? html`
                <button
                  class="button quiet"
                  type="button"
                  data-action="email"
                  @click=${(event: Event) => view.sendEmail(event.currentTarget as HTMLElement)}
                >
                  ${icons.mail} ${text('sendEmail')}
                </button>
                <button class="button quiet" type="button" data-action="copy" @click=${view.copyEmails}>
                  ${icons.copy} ${text('copyEmails')}
                </button>
              `
            : nothing
        }
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

/** Once the whole page is selected, and there is more than the page. */
function offersMatching({ selection, page, total }: SelectionBarView): boolean {
  if (!('ids' in selection) || !total?.exact || !page.length) return false;
  return total.value > selection.ids.length && page.every((id) => isSelected(selection, id));
}
