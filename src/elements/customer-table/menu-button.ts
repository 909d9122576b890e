import { html, type TemplateResult } from 'lit';
import type { Popover } from '../../parts/popover.ts';

export interface MenuButtonView {
  popover: Popover;
  /** Of the popover's content. */
  name: string;
  role: 'menu' | 'dialog';
  label: string;
  icon: TemplateResult;
  render: () => unknown;
}

/** A button of the toolbar and what it opens. */
export function menuButton({ popover, name, role, label, icon, render }: MenuButtonView): TemplateResult {
  const open = (event: Event) =>
    popover.toggle({ name, anchor: event.currentTarget as HTMLElement, role, align: 'end', label, render });
  return html`
    <button
      class="button icon"
      type="button"
      data-open=${name}
      aria-haspopup=${role}
      aria-expanded=${popover.current === name ? 'true' : 'false'}
      aria-label=${label}
      title=${label}
      @click=${open}
    >
      ${icon}
    </button>
  `;
}
