import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { icons } from '../../parts/icons.ts';
import type { Popover } from '../../parts/popover.ts';
import { columns, type ColumnName } from './columns.ts';
import type { ColumnsController } from './columns-controller.ts';
import type { TableContext } from './context.ts';
import { menuButton } from './menu-button.ts';
import { densities } from './preferences.ts';

export interface ColumnsMenuView {
  context: TableContext;
  columns: ColumnsController;
  announce: (text: string) => void;
}

type Move = (name: ColumnName, step: -1 | 1) => void;

/** Columns to show, hide and put in order, and the height of rows. */
export class ColumnsMenu {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #popover: Popover;
  readonly #view: () => ColumnsMenuView;

  constructor(host: ReactiveControllerHost & HTMLElement, popover: Popover, view: () => ColumnsMenuView) {
    this.#host = host;
    this.#popover = popover;
    this.#view = view;
  }

  render(): TemplateResult {
    const label = this.#view().context.text('columns');
    return menuButton({
      popover: this.#popover,
      name: 'columns',
      role: 'dialog',
      label,
      icon: icons.columns,
      render: () => menu(this.#view(), this.#move),
    });
  }

  readonly #move: Move = (name, step) => {
    const { context, columns: controller, announce } = this.#view();
    if (!controller.move(name, step)) return;
    const { shown } = controller;
    const column = context.text(columns[name].label);
    announce(context.text('columnMoved', { column, place: shown.indexOf(name) + 1, count: shown.length }));
    void this.#focus(`[data-move="${name} ${step}"]`);
  };

  /** With the column that moves, so that it can be moved on. */
  async #focus(selector: string): Promise<void> {
    await this.#host.updateComplete;
    this.#host.shadowRoot?.querySelector<HTMLElement>(selector)?.focus();
  }
}

function menu(view: ColumnsMenuView, move: Move): TemplateResult {
  const { text } = view.context;
  return html`
    <p class="menu-heading" aria-hidden="true">${text('columns')}</p>
    ${view.columns.offered.map((name) => columnItem(name, view, move))}
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
              .checked=${view.columns.density === density}
              @change=${() => view.columns.setDensity(density)}
            />
            <span class="grow">${text(density)}</span>
          </label>
        `,
      )}
    </div>
    <div class="menu-divider"></div>
    <button class="menu-item" type="button" data-item @click=${() => view.columns.reset()}>
      <span class="grow">${text('resetColumns')}</span>
    </button>
  `;
}

function columnItem(name: ColumnName, view: ColumnsMenuView, move: Move): TemplateResult {
  const { context, columns: controller } = view;
  const { shown, density } = controller;
  // Compact rows have no other place for the e-mail.
  const isFixed = name === 'name' || (name === 'email' && density === 'compact');
  const toggle = (event: Event) => controller.show(name, (event.currentTarget as HTMLInputElement).checked);
  return html`
    <div class="column-item">
      <label class="menu-item">
        <input
          type="checkbox"
          ?data-item=${!isFixed}
          data-column=${name}
          .checked=${live(shown.includes(name))}
          ?disabled=${isFixed}
          @change=${toggle}
        />
        <span class="grow">${context.text(columns[name].label)}</span>
      </label>
      ${
        name !== 'name' && shown.includes(name)
          ? html`${moveButton(name, -1, view, move)} ${moveButton(name, 1, view, move)}`
          : nothing
      }
    </div>
  `;
}

function moveButton(name: ColumnName, step: -1 | 1, view: ColumnsMenuView, move: Move): TemplateResult {
  const { context, columns: controller } = view;
  const place = controller.shown.indexOf(name);
  const isLast = step < 0 ? place === 1 : place === controller.shown.length - 1;
  const column = context.text(columns[name].label);
  const label = context.text(step < 0 ? 'moveColumnUp' : 'moveColumnDown', { column });
  // Not `disabled`, which would drop the focus of who has just come to the end.
  return html`
    <button
      class="button quiet icon move"
      type="button"
      data-move="${name} ${step}"
      aria-label=${label}
      aria-disabled=${isLast ? 'true' : 'false'}
      title=${label}
      @click=${() => move(name, step)}
    >
      ${step < 0 ? icons.ascending : icons.descending}
    </button>
  `;
}
