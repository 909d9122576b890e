import { html, nothing, type TemplateResult } from 'lit';
import type { AdapterCapabilities } from '../../adapter/adapter.ts';
import type { CustomerSort, CustomerSortKey } from '../../model/filters.ts';
import { icons } from '../../parts/icons.ts';
import type { Popover } from '../../parts/popover.ts';
import { directionLabel, firstDirection, sortLabels } from './columns.ts';
import type { TableContext } from './context.ts';
import { menuButton } from './menu-button.ts';

export interface SortMenuView {
  context: TableContext;
  capabilities: AdapterCapabilities | undefined;
  sort: CustomerSort;
  choose: (sort: CustomerSort) => void;
}

/** Sorting where there are no column headings: on a phone. */
export class SortMenu {
  readonly #popover: Popover;
  readonly #view: () => SortMenuView;

  constructor(popover: Popover, view: () => SortMenuView) {
    this.#popover = popover;
    this.#view = view;
  }

  render(): TemplateResult {
    return menuButton({
      popover: this.#popover,
      name: 'sort',
      role: 'menu',
      label: this.#view().context.text('sort'),
      icon: icons.sort,
      render: () => menu(this.#view(), this.#choose),
    });
  }

  readonly #choose = (sort: CustomerSort): void => {
    this.#popover.close();
    this.#view().choose(sort);
  };
}

function menu(
  { context: { text }, capabilities, sort }: SortMenuView,
  choose: (sort: CustomerSort) => void,
): TemplateResult {
  const radio = (name: string, label: string, chosen: boolean, next: CustomerSort) => html`
    <button
      class="menu-item"
      type="button"
      role="menuitemradio"
      tabindex="-1"
      data-item
      data-sort=${name}
      aria-checked=${chosen ? 'true' : 'false'}
      @click=${() => choose(next)}
    >
      <span class="grow">${label}</span>${chosen ? icons.check : nothing}
    </button>
  `;
  const offered: readonly CustomerSortKey[] = capabilities?.sorts ?? [];
  return html`
    <div role="group" aria-label=${text('sortBy')}>
      <p class="menu-heading" aria-hidden="true">${text('sortBy')}</p>
      ${offered.map((by) =>
        radio(by, text(sortLabels[by]), by === sort.by, { by, direction: firstDirection(by) }),
      )}
    </div>
    <div class="menu-divider" role="separator"></div>
    <div role="group" aria-label=${text('sortDirection')}>
      ${(['desc', 'asc'] as const).map((direction) =>
        radio(direction, text(directionLabel(sort.by, direction)), direction === sort.direction, {
          by: sort.by,
          direction,
        }),
      )}
    </div>
  `;
}
