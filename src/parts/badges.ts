import { css, html, nothing, type TemplateResult } from 'lit';
import type { CustomerStatus, GroupBadge } from '../model/customer.ts';
import { icons } from './icons.ts';

/** A dot and a word; the colour only repeats what the word says. */
export function statusBadge(status: CustomerStatus, label: string): TemplateResult {
  return html`<span class="status ${status}"><span class="dot"></span>${label}</span>`;
}

/**
 * A dot in the group's colour and its name on a neutral pill, so that any colour a shop chooses stays readable. With
 * `byRule`, the words for that, it is marked as filled by a rule.
 */
export function groupPill(group: GroupBadge, byRule = ''): TemplateResult {
  return html`
    <span class="pill" title=${byRule || group.name}>
      ${colorDot(group.color)}
      <bdi class="pill-text">${group.name}</bdi>
      ${
        byRule
          ? html`<span class="pill-rule" aria-hidden="true">${icons.filter}</span
              ><span class="visually-hidden">(${byRule})</span>`
          : nothing
      }
    </span>
  `;
}

/** A dot in a shop's own colour. */
export function colorDot(color: string): TemplateResult {
  const safe = /^#[0-9a-f]{6}$/i.test(color) ? color : '';
  // By property: an attribute, which styleMap writes at first, is refused under a strict Content-Security-Policy.
  return html`<span class="dot" .style=${safe ? `background-color: ${safe}` : ''}></span>`;
}

export function tagPill(tag: string): TemplateResult {
  return html`<span class="pill" title=${tag}><bdi class="pill-text">${tag}</bdi></span>`;
}

export const badgeStyles = css`
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--_muted);
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    vertical-align: middle;
    white-space: nowrap;
  }
  .status .dot {
    width: 7px;
    height: 7px;
  }
  .status.active .dot {
    background: var(--_positive);
  }
  .status.guest .dot {
    background: var(--_caution);
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    max-width: 100%;
    height: 22px;
    padding: 0 8px;
    border-radius: 11px;
    background: var(--_pill);
    color: var(--_text);
    font-size: 12px;
    line-height: 22px;
    white-space: nowrap;
  }
  .pill-text {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .pill-rule {
    display: inline-flex;
    flex: none;
    color: var(--_muted);
  }
  .pill-rule svg {
    width: 12px;
    height: 12px;
  }
  @media (forced-colors: active) {
    .pill {
      border: 1px solid CanvasText;
    }
    .dot {
      forced-color-adjust: none;
    }
  }
`;
