import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { AdapterCapabilities } from '../../adapter/adapter.ts';
import type { Customer } from '../../model/customer.ts';
import type { CustomerSort, CustomerSortKey, SortDirection } from '../../model/filters.ts';
import { displayName } from '../../model/names.ts';
import { icons } from '../../parts/icons.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import { cell, type CellContext } from './cells.ts';
import { resizeHandle } from './column-resize.ts';
import type { ColumnLayout } from './column-widths.ts';
import type { ColumnsController } from './columns-controller.ts';
import { actionsWidth, columns, offeredSort, selectionWidth, type ColumnName } from './columns.ts';
import { coverage, isSelected, type CustomerSelection } from './selection.ts';

export interface ListView {
  /** `undefined` while the first page is on its way. */
  customers: readonly Customer[] | undefined;
  columns: ColumnsController;
  layout: ColumnLayout;
  capabilities: AdapterCapabilities | undefined;
  sort: CustomerSort;
  selection: CustomerSelection;
  /** Is open beside the list. */
  currentId: string | undefined;
  /** The rows shown answer an older question. */
  busy: boolean;
  pageSize: number;
  context: CellContext;
  sortBy: (sort: CustomerSortKey) => void;
  selectPage: (selected: boolean) => void;
  rowClick: (customer: Customer, event: MouseEvent) => void;
}

/** The list on a wide screen: a native table. */
export function tableView(view: ListView): TemplateResult {
  const { text } = view.context;
  const { shown } = view.columns;
  const { scrolls, tableWidth, takesRest, widthOf } = view.layout;
  // Bound as properties: a strict Content-Security-Policy refuses style attributes.
  const width = (pixels: number) => `width: ${pixels}px`;
  return html`
    <table part="table" .style=${scrolls ? width(tableWidth) : ''} aria-busy=${view.busy ? 'true' : 'false'}>
      <caption class="visually-hidden">
        ${text('caption')}
      </caption>
      <colgroup>
        <col .style=${width(selectionWidth)} />
        ${shown.map((name) => html`<col .style=${takesRest === name ? '' : width(widthOf(name))} />`)}
        <col .style=${takesRest === 'actions' ? '' : width(actionsWidth)} />
      </colgroup>
      <thead part="header">
        <tr>
          <th scope="col" class="selection-cell">${pageCheckbox(view)}</th>
          ${shown.map((name) => headerCell(name, view))}
          <th scope="col" class="actions-cell">
            <span class="visually-hidden">${text('columnActions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        ${
          view.customers
            ? view.customers.map((customer) => row(customer, view))
            : Array.from({ length: Math.min(view.pageSize, 20) }, () => skeletonRow(view))
        }
      </tbody>
    </table>
  `;
}

/** Everybody on this page, and nobody beyond it. */
export function pageCheckbox({ customers = [], selection, context, selectPage }: ListView): TemplateResult {
  const ids = customers.map((customer) => customer.id);
  const covered = coverage(selection, ids);
  const label = context.text('selectPage', { count: ids.length });
  return html`
    <label class="hit" title=${label}>
      <input
        type="checkbox"
        aria-label=${label}
        .checked=${live(covered === 'all' && ids.length > 0)}
        .indeterminate=${live(covered === 'some')}
        ?disabled=${!ids.length}
        @change=${(event: Event) => selectPage((event.currentTarget as HTMLInputElement).checked)}
      />
    </label>
  `;
}

export function rowCheckbox(customer: Customer, { selection, context }: ListView): TemplateResult {
  return html`
    <label class="hit">
      <input
        type="checkbox"
        aria-label=${context.text('selectCustomer', { customer: displayName(customer) })}
        .checked=${live(isSelected(selection, customer.id))}
        @click=${(event: MouseEvent) => context.handlers.select(customer, event)}
      />
    </label>
  `;
}

export function actionsButton(customer: Customer, { context }: ListView): TemplateResult {
  const label = context.text('actionsFor', { customer: displayName(customer) });
  return html`
    <button
      class="button quiet icon row-actions"
      type="button"
      aria-haspopup="menu"
      aria-expanded=${context.expanded === `actions-${customer.id}` ? 'true' : 'false'}
      aria-label=${label}
      title=${label}
      @click=${(event: Event) => context.handlers.showActions(customer, event.currentTarget as HTMLElement)}
    >
      ${icons.more}
    </button>
  `;
}

function headerCell(name: ColumnName, view: ListView): TemplateResult {
  const { label, end } = columns[name];
  const sort = offeredSort(name, view.capabilities);
  const sorted = sort && view.sort.by === sort ? view.sort.direction : undefined;
  const text = view.context.text(label);
  // Named, since the cells below are not to be announced with the name of the handle.
  return html`
    <th
      scope="col"
      class=${cellClass(name, end)}
      aria-label=${text}
      aria-sort=${sorted ? (sorted === 'asc' ? 'ascending' : 'descending') : nothing}
    >
      ${sort ? sortButton(sort, text, sorted, view) : html`<span class="ellipsis">${text}</span>`}
      ${resizeHandle(name, view)}
    </th>
  `;
}

function sortButton(
  sort: CustomerSortKey,
  text: string,
  sorted: SortDirection | undefined,
  view: ListView,
): TemplateResult {
  const sign = sorted === 'asc' ? icons.ascending : sorted === 'desc' ? icons.descending : icons.unsorted;
  return html`
    <button class="sort ${sorted ? 'sorted' : ''}" type="button" @click=${() => view.sortBy(sort)}>
      <span class="ellipsis" title=${text}>${text}</span>${sign}
    </button>
  `;
}

function row(customer: Customer, view: ListView): TemplateResult {
  return html`
    <tr
      part="row"
      class=${rowClass(view, customer)}
      aria-current=${customer.id === view.currentId ? 'true' : nothing}
      @click=${(event: MouseEvent) => view.rowClick(customer, event)}
      @auxclick=${(event: MouseEvent) => view.rowClick(customer, event)}
    >
      <td class="selection-cell">${rowCheckbox(customer, view)}</td>
      ${view.columns.shown.map((name) =>
        name === 'name'
          ? html`<th scope="row" class="column-name">${cell(name, customer, view.context)}</th>`
          : html`<td class=${cellClass(name, columns[name].end)}>${cell(name, customer, view.context)}</td>`,
      )}
      <td class="actions-cell">${actionsButton(customer, view)}</td>
    </tr>
  `;
}

function skeletonRow(view: ListView): TemplateResult {
  return html`
    <tr class="skeleton-row" aria-hidden="true">
      <td class="selection-cell"></td>
      ${view.columns.shown.map(
        (name) => html`
          <td class=${cellClass(name, columns[name].end)}>
            ${
              name === 'name'
                ? html`<span class="identity"
                    ><span class="skeleton round"></span
                    ><span class="identity-text">${skeletonLine('long')}</span></span
                  >`
                : skeletonLine(columns[name].end ? 'short' : 'medium')
            }
          </td>
        `,
      )}
      <td class="actions-cell"></td>
    </tr>
  `;
}

const cellClass = (name: ColumnName, end: boolean | undefined): string =>
  end ? `column-${name} end` : `column-${name}`;

export function rowClass({ selection, currentId }: ListView, { id }: Customer): string {
  return `${isSelected(selection, id) ? 'selected' : ''} ${id === currentId ? 'current' : ''}`.trim();
}
