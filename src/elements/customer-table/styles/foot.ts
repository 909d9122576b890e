import { css } from 'lit';

/** Pages, and the bar over the list while something is selected. */
export const footStyles = css`
  .pagination {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 20px;
    min-height: 52px;
    padding-block: 8px;
    color: var(--_muted);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .range {
    flex: 1 1 auto;
  }
  .page-size {
    display: inline-flex;
    align-items: center;
    gap: 8px;
  }
  .page-size .field {
    width: auto;
    padding-inline: 8px 4px;
    color: var(--_text);
  }
  .page-buttons {
    display: inline-flex;
    align-items: center;
    gap: 2px;
  }
  .page-buttons .button {
    color: var(--_text);
  }
  .page-buttons .button[aria-disabled='true'] {
    color: color-mix(in srgb, var(--_muted), var(--_surface) 45%);
    cursor: default;
  }
  .page-buttons .button[aria-disabled='true']:hover {
    background: transparent;
  }
  .page-number {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    padding-inline: 6px;
    white-space: nowrap;
  }
  .page-input.field {
    width: 56px;
    padding-inline: 6px;
    color: var(--_text);
    text-align: center;
  }
  .as-cards .pagination {
    justify-content: space-between;
    gap: 8px;
  }
  .as-cards .page-buttons {
    flex: 1 0 100%;
    justify-content: space-between;
  }

  /* Over the list's lower edge, and without a height of its own: nothing moves as it comes. */
  .dock {
    position: sticky;
    z-index: 6;
    inset-block-end: 12px;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    height: 0;
    pointer-events: none;
  }
  .selection-bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
    max-width: 100%;
    padding: 6px 6px 6px 16px;
    font-size: 13px;
    pointer-events: auto;
    animation: dock 150ms ease-out;
  }
  .selection-bar:dir(rtl) {
    padding: 6px 16px 6px 6px;
  }
  @keyframes dock {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .selection-text {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 10px;
  }
  .selection-text strong {
    font-weight: 500;
  }
  .selection-covers {
    color: var(--_muted);
  }
  .selection-covers:empty {
    display: none;
  }
  .selection-actions {
    display: inline-flex;
    align-items: center;
    gap: 2px;
  }
  .as-cards .selection-bar {
    width: 100%;
    justify-content: space-between;
  }
  .as-cards .selection-actions {
    flex: 1;
    justify-content: flex-end;
  }
  .as-cards .selection-actions .button {
    width: 44px;
    padding: 0;
  }
  .as-cards .selection-label {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .text-button {
    padding: 4px 0;
    border: 0;
    border-radius: 3px;
    background: none;
    color: var(--_accent);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }
  .text-button:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  @media (forced-colors: active) {
    .page-buttons .button[aria-disabled='true'] {
      color: GrayText;
    }
  }
`;
