import { css, html, nothing, type TemplateResult } from 'lit';

export interface StateBlock {
  icon: TemplateResult;
  title: string;
  text?: string | TemplateResult;
  /** A reference that support can find in the logs. */
  reference?: string;
  actions?: unknown;
  /** Announced at once by screen readers: for errors. */
  alert?: boolean;
}

/** What stands where rows would: empty, nothing found, or an error with what to do about it. */
export function stateBlock({ icon, title, text, reference, actions, alert }: StateBlock): TemplateResult {
  return html`
    <div class="state" role=${alert ? 'alert' : nothing}>
      <span class="state-icon ${alert ? 'alarming' : ''}">${icon}</span>
      <p class="state-title">${title}</p>
      ${text ? html`<p class="state-text">${text}</p>` : nothing}
      ${actions ? html`<div class="state-actions">${actions}</div>` : nothing}
      ${reference ? html`<p class="state-reference">${reference}</p>` : nothing}
    </div>
  `;
}

export const stateBlockStyles = css`
  .state {
    display: flex;
    flex-direction: column;
    align-items: center;
    padding: 56px 24px;
    text-align: center;
  }
  .state-icon {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 40px;
    height: 40px;
    margin-bottom: 12px;
    border-radius: 50%;
    background: var(--_pill);
    color: var(--_muted);
  }
  .state-icon svg {
    width: 20px;
    height: 20px;
  }
  .state-icon.alarming {
    color: var(--_danger);
  }
  .state p {
    margin: 0;
    max-width: 52ch;
    overflow-wrap: anywhere;
  }
  .state-title {
    font-size: 15px;
    font-weight: 600;
  }
  .state-text {
    margin-block-start: 4px !important;
    color: var(--_muted);
    font-size: 13px;
  }
  .state-reference {
    margin-block-start: 16px !important;
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .state-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    margin-block-start: 16px;
  }
`;
