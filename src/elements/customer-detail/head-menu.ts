import { html, nothing, type TemplateResult } from 'lit';
import { displayName } from '../../model/names.ts';
import { icons } from '../../parts/icons.ts';
import type { DetailHost } from './detail-host.ts';
import type { DetailPieces } from './detail-pieces.ts';
import { headActions, type HeadAction } from './head-actions.ts';

/** "More actions": nothing where nothing is offered. */
export function headMenu(host: DetailHost, pieces: DetailPieces): TemplateResult | typeof nothing {
  const detail = host.detail();
  if (!detail) return nothing;
  const offered = () => headActions.filter(({ isOffered }) => isOffered(host.permissions(), detail));
  if (!offered().length) return nothing;
  const { text } = host.context();
  const name = 'head-actions';
  const open = (event: Event) =>
    host.popover.toggle({
      name,
      anchor: event.currentTarget as HTMLElement,
      role: 'menu',
      align: 'end',
      label: text('actionsFor', { customer: displayName(detail.customer) }),
      render: () => items(offered()),
    });
  const run = ({ run: act }: HeadAction) => {
    host.popover.close();
    act(pieces, detail);
  };
  const items = (actions: readonly HeadAction[]) =>
    actions.map(
      (action, at) => html`
        ${action.isLast && at > 0 ? html`<div class="menu-divider" role="separator"></div>` : nothing}
        <button
          class="menu-item"
          type="button"
          role="menuitem"
          tabindex="-1"
          data-item
          data-action=${action.name}
          @click=${() => run(action)}
        >
          ${action.icon}<span class="grow">${text(action.label)}</span>
        </button>
      `,
    );
  return html`<button
    class="button quiet icon more-actions"
    type="button"
    aria-haspopup="menu"
    aria-expanded=${host.popover.current === name ? 'true' : 'false'}
    aria-label=${text('moreActions')}
    title=${text('moreActions')}
    @click=${open}
  >
    ${icons.more}
  </button>`;
}
