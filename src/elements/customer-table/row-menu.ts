import { html, nothing, type TemplateResult } from 'lit';
import type { Customer } from '../../model/customer.ts';
import { icons } from '../../parts/icons.ts';
import type { TableContext } from './context.ts';

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
