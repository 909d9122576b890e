import { html, nothing, type TemplateResult } from 'lit';
import type { AdapterCapabilities } from '../../adapter/adapter.ts';
import type { Customer } from '../../model/customer.ts';
import type { CustomerSort, CustomerSortKey } from '../../model/filters.ts';
import { icons } from '../../parts/icons.ts';
import {
  columnNames,
  columns,
  directionLabel,
  firstDirection,
  sortLabels,
  type ColumnName,
} from './columns.ts';
import type { TableContext } from './context.ts';
import { densities, type Density } from './preferences.ts';

export interface RowMenuView {
  context: TableContext;
  customer: Customer;
  href: string | undefined;
  canEdit: boolean;
  canDelete: boolean;
  run: (action: 'open' | 'edit' | 'email' | 'copy' | 'delete', event: MouseEvent) => void;
}

/** What can be done with one customer: one menu for the whole table, opened at its row. */
export function rowMenu({ context: { text }, href, canEdit, canDelete, run }: RowMenuView): TemplateResult {
  const item = (action: 'edit' | 'email' | 'copy', icon: TemplateResult, label: string) => html`
    <button
      class="menu-item"
      type="button"
      role="menuitem"
      tabindex="-1"
      data-item
      data-action=${action}
      @click=${(event: MouseEvent) => run(action, event)}
    >
      ${icon}<span class="grow">${label}</span>
    </button>
  `;
  const open = (event: MouseEvent) => run('open', event);
  const view = html`${icons.open}<span class="grow">${text('view')}</span>`;
  return html`
    ${
      href
        ? html`<a
            class="menu-item"
            role="menuitem"
            tabindex="-1"
            data-item
            data-action="open"
            href=${href}
            @click=${open}
            >${view}</a
          >`
        : html`<button
            class="menu-item"
            type="button"
            role="menuitem"
            tabindex="-1"
            data-item
            data-action="open"
            @click=${open}
          >
            ${view}
          </button>`
    }
    ${canEdit ? item('edit', icons.pencil, text('edit')) : nothing}
    ${item('email', icons.mail, text('sendEmail'))} ${item('copy', icons.copy, text('copyEmail'))}
    ${
      canDelete
        ? html`
            <div class="menu-divider" role="separator"></div>
            <button
              class="menu-item"
              type="button"
              role="menuitem"
              tabindex="-1"
              data-item
              data-action="delete"
              @click=${(event: MouseEvent) => run('delete', event)}
            >
              ${icons.bin}<span class="grow">${text('delete')}</span>
            </button>
          `
        : nothing
    }
  `;
}

export interface ColumnsMenuView {
  context: TableContext;
  shown: readonly ColumnName[];
  /** Columns that this shop has. */
  offered: readonly ColumnName[];
  density: Density;
  toggle: (name: ColumnName, shown: boolean) => void;
  setDensity: (density: Density) => void;
  reset: () => void;
}

export function columnsMenu(view: ColumnsMenuView): TemplateResult {
  const { text } = view.context;
  return html`
    <p class="menu-heading" aria-hidden="true">${text('columns')}</p>
    ${columnNames
      .filter((name) => view.offered.includes(name))
      .map(
        (name) => html`
          <label class="menu-item">
            <input
              type="checkbox"
              data-item
              data-column=${name}
              .checked=${view.shown.includes(name)}
              ?disabled=${name === 'name'}
              @change=${(event: Event) => view.toggle(name, (event.currentTarget as HTMLInputElement).checked)}
            />
            <span class="grow">${text(columns[name].label)}</span>
          </label>
        `,
      )}
    <div class="menu-divider"></div>
    <p class="menu-heading" aria-hidden="true">${text('density')}</p>
    <div role="radiogroup" aria-label=${text('density')}>
      ${densities.map(
        (density) => html`
          <label class="menu-item">
            <input
              type="radio"
              name="density"
              data-item
              .checked=${view.density === density}
              @change=${() => view.setDensity(density)}
            />
            <span class="grow">${text(density)}</span>
          </label>
        `,
      )}
    </div>
    <div class="menu-divider"></div>
    <button class="menu-item" type="button" data-item @click=${view.reset}>
      <span class="grow">${text('resetColumns')}</span>
    </button>
  `;
}

export interface SortMenuView {
  context: TableContext;
  capabilities: AdapterCapabilities | undefined;
  sort: CustomerSort;
  choose: (sort: CustomerSort) => void;
}

/** Sorting where there are no column headings: on a phone. */
export function sortMenu({ context: { text }, capabilities, sort, choose }: SortMenuView): TemplateResult {
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
