import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { customerStatuses, type CustomerStatus } from '../../../model/customer.ts';
import { statusBadge } from '../../../parts/badges.ts';
import { statusLabels } from '../cells.ts';
import type { EditorContext, FilterEditor } from './editor.ts';

/** Several of a few: a checkbox each. */
export function statusEditor({ filters, change, text }: EditorContext): FilterEditor {
  const toggle = (status: CustomerStatus) => {
    const chosen = filters().status ?? [];
    const next = chosen.includes(status) ? chosen.filter((one) => one !== status) : [...chosen, status];
    change({ status: next });
  };
  return {
    render: () =>
      customerStatuses.map(
        (status) => html`
          <label class="menu-item">
            <input
              type="checkbox"
              data-item
              .checked=${live(filters().status?.includes(status) ?? false)}
              @change=${() => toggle(status)}
            />
            ${statusBadge(status, text(statusLabels[status]))}
          </label>
        `,
      ),
  };
}

/** One of two. */
export function yesNoEditor(
  filter: 'hasOrders' | 'acceptsMarketing',
  { filters, change, text }: EditorContext,
): FilterEditor {
  const label = (value: boolean): string => {
    if (filter === 'hasOrders') return text(value ? 'yes' : 'no');
    return text(value ? 'marketingYes' : 'marketingNo');
  };
  return {
    render: () =>
      [true, false].map(
        (value) => html`
          <label class="menu-item">
            <input
              type="radio"
              name=${filter}
              data-item
              .checked=${live(filters()[filter] === value)}
              @change=${() => change({ [filter]: value })}
            />
            ${label(value)}
          </label>
        `,
      ),
  };
}
