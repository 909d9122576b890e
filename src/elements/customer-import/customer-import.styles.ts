import { css } from 'lit';

export const importStyles = css`
  :host {
    container-type: inline-size;
  }
  h3 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
    line-height: 1.3;
  }
  /* Takes the focus when a step begins; it can't be reached by Tab, so a ring would say nothing. */
  h3:focus-visible {
    outline: none;
  }
  h4 {
    margin: 0 0 8px;
    font-size: 13px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  section,
  .policy {
    margin-block-start: 24px;
  }
  .muted,
  .quiet {
    color: var(--_muted);
    font-size: 13px;
  }
  .strong {
    font-weight: 500;
  }
  .loading {
    display: grid;
    gap: 12px;
    padding: 24px 0;
  }

  .notice {
    display: flex;
    gap: 10px;
    margin-block-end: 16px;
    padding: 10px 12px;
    border-radius: var(--_radius);
    background: var(--_pill);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .notice svg {
    flex: none;
    margin-block-start: 1px;
  }
  .notice.alarming {
    background: color-mix(in srgb, var(--_surface), var(--_danger) 9%);
  }
  .notice.alarming svg {
    color: var(--_danger);
  }

  .tiles {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    gap: 1px;
    margin: 16px 0 0;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_border);
  }
  .tile {
    display: flex;
    flex-direction: column;
    padding: 10px 14px;
    background: var(--_raised);
  }
  .tile dt {
    overflow: hidden;
    color: var(--_muted);
    font-size: 13px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tile dd {
    margin: 0;
    font-size: 20px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .tile.zero dd {
    color: var(--_muted);
    font-weight: 400;
  }
  .tile.alarming dd {
    color: var(--_danger);
  }

  .problems {
    border-block-start: 1px solid var(--_border);
  }
  details {
    border-block-end: 1px solid var(--_border);
  }
  summary {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 36px;
    padding: 6px 2px;
    font-size: 13px;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary::before {
    content: '';
    flex: none;
    width: 6px;
    height: 6px;
    margin-inline: 4px 6px;
    border: solid var(--_muted);
    border-width: 0 1.5px 1.5px 0;
    transform: rotate(-45deg);
    transition: transform var(--_ease);
  }
  :host(:dir(rtl)) summary::before {
    transform: rotate(135deg);
  }
  details[open] summary::before,
  :host(:dir(rtl)) details[open] summary::before {
    transform: translateY(-2px) rotate(45deg);
  }
  summary:hover {
    background: var(--_hover);
  }
  .row-preview {
    flex: 1 1 0;
    min-width: 0;
    overflow: hidden;
    font-variant-numeric: tabular-nums;
    text-align: end;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .problem-rows {
    padding-block: 2px 10px;
    padding-inline-start: 18px;
  }
  .problem-rows.long {
    block-size: 240px;
    overflow: auto;
  }
  .problem-row {
    display: flex;
    gap: 16px;
    inline-size: 100%;
    padding-block: 3px;
    font-size: 13px;
  }
  .row-number {
    flex: none;
    min-inline-size: 72px;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .row-detail {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .policy {
    display: grid;
    gap: 10px;
    margin-inline: 0;
    padding: 0;
    border: 0;
    font-size: 13px;
  }
  .policy legend {
    margin-block-end: 8px;
    padding: 0;
    font-weight: 500;
  }
  .policy label {
    display: flex;
    gap: 10px;
    cursor: pointer;
  }
  .policy input {
    flex: none;
    margin-block-start: 1px;
  }
  .policy .muted {
    display: block;
  }

  .footer {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    margin-block-start: 24px;
    padding-block: 12px;
    border-block-start: 1px solid var(--_border);
    background: var(--_ground, var(--_surface));
    font-size: 13px;
  }
  .footer.first {
    position: static;
    flex-direction: column;
    align-items: flex-start;
    margin-block: 8px 16px;
    padding-block: 0 16px;
    border-block: 0;
    border-block-end: 1px solid var(--_border);
  }
  .footer.first p {
    flex: none;
  }
  .footer.first .footer-actions {
    margin-inline-start: 0;
  }
  .footer p {
    flex: 1 1 280px;
  }
  .footer-actions {
    display: flex;
    gap: 8px;
    margin-inline-start: auto;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 24px;
  }

  .running {
    display: grid;
    gap: 12px;
    padding-block: 16px;
  }
  .running .notice {
    margin: 0;
  }
  .running .actions {
    margin-block-start: 8px;
  }
  .progress-line {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 16px;
    font-variant-numeric: tabular-nums;
  }
  progress {
    display: block;
    appearance: none;
    width: 100%;
    height: 6px;
    overflow: hidden;
    border: 0;
    border-radius: 3px;
    background: var(--_pressed);
    color: var(--_accent);
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  progress::-webkit-progress-value {
    border-radius: 3px;
    background: var(--_accent);
    transition: inline-size var(--_ease);
  }
  progress::-moz-progress-bar {
    border-radius: 3px;
    background: var(--_accent);
  }

  @container (inline-size < 560px) {
    .tiles {
      grid-template-columns: repeat(2, minmax(0, 1fr));
      grid-auto-flow: row;
    }
    .tile:last-child:nth-child(odd) {
      grid-column: 1 / -1;
    }
    .footer-actions {
      flex: 1 1 100%;
    }
    .footer .button {
      flex: 1 1 auto;
      min-height: 44px;
    }
    .running .actions .button {
      flex: 1 1 100%;
      min-height: 44px;
    }
    .row-preview {
      display: none;
    }
  }
  @media (pointer: coarse) {
    summary {
      min-height: 44px;
    }
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
    progress::-webkit-progress-value {
      background: Highlight;
    }
  }
`;
