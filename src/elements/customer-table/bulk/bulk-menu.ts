import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../../../parts/icons.ts';
import type { OperationsText } from '../../../parts/operation-history/operation-words.ts';
import type { TableText } from '../context.ts';
import type { BulkHost } from './bulk.ts';

type MenuAction =
  'remove_group' | 'remove_tags' | 'set_active' | 'set_inactive' | 'export' | 'copy' | 'delete';

export interface BulkMenuView {
  text: OperationsText;
  tableText: TableText;
  mayDo: BulkHost['mayDo'];
  /** Each of the selected is known by more than an id. */
  canCopy: boolean;
  run: (action: MenuAction) => void;
}

/** What is done less often with all that is selected. */
export function bulkMenu({ text, tableText, mayDo, canCopy, run }: BulkMenuView): TemplateResult {
  const item = (action: MenuAction, icon: TemplateResult, label: string): TemplateResult => html`
    <button
      class="menu-item"
      type="button"
      role="menuitem"
      tabindex="-1"
      data-item
      data-action=${action}
      @click=${() => run(action)}
    >
      ${icon}<span class="grow">${label}</span>
    </button>
  `;
  const offered = (action: Exclude<MenuAction, 'copy'>, icon: TemplateResult) =>
    mayDo(action) ? [item(action, icon, text(`action_${action}`))] : [];
  const sections = [
    [...offered('remove_group', icons.people), ...offered('remove_tags', icons.tag)],
    [...offered('set_active', icons.person), ...offered('set_inactive', icons.person)],
    [
      ...offered('export', icons.download),
      ...(canCopy ? [item('copy', icons.copy, tableText('copyEmails'))] : []),
    ],
    offered('delete', icons.bin),
  ].filter((section) => section.length > 0);
  return html`${sections.map(
    (section, place) =>
      html`${place ? html`<div class="menu-divider" role="separator"></div>` : nothing}${section}`,
  )}`;
}
