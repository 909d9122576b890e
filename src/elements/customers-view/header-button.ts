import { html, type TemplateResult } from 'lit';

export interface HeaderButton {
  action: string;
  icon: TemplateResult;
  label: string;
  /** `icon` shows its label only to those who point at it or can't see it. */
  kind: 'icon' | 'labelled' | 'primary';
  press: () => void;
}

/** One of the actions beside the title; each opens a dialog. */
export function headerButton({ action, icon, label, kind, press }: HeaderButton): TemplateResult {
  if (kind === 'icon') {
    return html`<button
      class="button icon"
      type="button"
      data-action=${action}
      aria-haspopup="dialog"
      aria-label=${label}
      title=${label}
      @click=${press}
    >
      ${icon}
    </button>`;
  }
  return html`<button
    class="button ${kind === 'primary' ? 'primary' : ''}"
    type="button"
    data-action=${action}
    aria-haspopup="dialog"
    @click=${press}
  >
    ${icon} ${label}
  </button>`;
}
