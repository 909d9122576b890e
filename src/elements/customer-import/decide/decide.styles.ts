import { css } from 'lit';

export const decideStyles = css`
  .decisions {
    display: grid;
    gap: 20px;
    margin-block-start: 16px;
  }
  .decisions .policy {
    margin-block-start: 0;
  }
  .decision-row {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 16px 24px;
  }
  .decision-row:empty {
    display: none;
  }
  .decision {
    display: grid;
    align-content: start;
    gap: 4px;
    min-width: 0;
  }
  .decision > label {
    font-size: 13px;
    font-weight: 500;
  }
  .decision .muted {
    font-size: 12px;
  }
  .type-ahead {
    display: block;
  }
  .chosen-group {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    min-height: 32px;
    padding-inline-start: 10px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 13px;
  }
  .chosen-group > svg {
    flex: none;
    color: var(--_muted);
  }
  .chosen-group bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chosen-group .button {
    flex: none;
    min-height: 30px;
    margin-inline-start: auto;
    color: var(--_muted);
  }
  .link {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    font-size: 13px;
    text-align: start;
    cursor: pointer;
  }
  .link:hover {
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .link svg {
    flex: none;
  }
  .link span {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .field-rules .rules {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
    align-items: center;
    gap: 8px 16px;
    max-width: 480px;
    padding-block: 4px 12px;
    padding-inline-start: 18px;
    font-size: 13px;
  }

  .preview-progress {
    display: grid;
    justify-items: start;
    gap: 8px;
    font-size: 13px;
  }
  .preview-progress > * {
    justify-self: stretch;
  }
  .preview-progress > .button {
    justify-self: start;
  }
  .preview .tiles {
    margin-block-start: 0;
  }
  .preview-none,
  .notice .button {
    margin-block-start: 8px;
  }
  .notice .link {
    margin-inline-start: 8px;
  }

  .change-fields {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-end: 8px;
  }
  .change-field {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-height: 28px;
    padding: 0 10px;
    border: 1px solid var(--_border-strong);
    border-radius: 999px;
    background: transparent;
    color: var(--_text);
    font: inherit;
    font-size: 13px;
    cursor: pointer;
  }
  .change-field:hover {
    background: var(--_hover);
  }
  .change-field .count {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .change-field[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_selected);
  }
  .changes {
    border-block: 1px solid var(--_border);
  }
  .changes.long {
    block-size: min(420px, 60vh);
    overflow: auto;
  }
  .change {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
    gap: 4px 24px;
    inline-size: 100%;
    padding-block: 8px;
    border-block-start: 1px solid var(--_border);
    font-size: 13px;
  }
  .changes:not(.long) > .change:first-child {
    border-block-start: 0;
  }
  .change-who {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    min-width: 0;
  }
  .change-who bdi {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .change dl {
    display: grid;
    gap: 4px;
    min-width: 0;
    margin: 0;
  }
  .change-line {
    display: grid;
    grid-template-columns: minmax(80px, 1fr) minmax(0, 3fr);
    gap: 12px;
  }
  .change-line dt {
    overflow: hidden;
    color: var(--_muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .change-line dd {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 6px;
    min-width: 0;
    margin: 0;
  }
  .change-line dd bdi,
  .piece {
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .change-line .before {
    color: var(--_muted);
    text-decoration: line-through;
    text-decoration-color: color-mix(in srgb, var(--_muted), transparent 40%);
  }
  .change-line .before.none {
    text-decoration: none;
  }
  .change-arrow {
    flex: none;
    align-self: center;
    color: var(--_muted);
  }
  .change-arrow svg {
    display: block;
    width: 12px;
    height: 12px;
  }
  .piece {
    display: inline-flex;
    align-items: baseline;
    gap: 4px;
    min-width: 0;
  }
  .piece.added > span[aria-hidden] {
    color: var(--_positive);
    font-weight: 600;
  }
  .piece.removed {
    color: var(--_muted);
  }
  .piece.removed bdi {
    text-decoration: line-through;
  }
  .piece-key {
    color: var(--_muted);
  }

  .again {
    margin-block-start: 16px;
    padding: 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    font-size: 13px;
  }
  .again-head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    justify-content: space-between;
    gap: 8px 16px;
  }
  .again-head > div {
    flex: 1 1 240px;
    min-width: 0;
  }
  .again .field {
    width: auto;
    max-width: 100%;
  }
  .again details {
    margin-block-start: 8px;
    border: 0;
  }
  .again-one {
    margin-block-start: 4px;
    overflow-wrap: anywhere;
  }
  .again-rows.long {
    block-size: 240px;
    overflow: auto;
  }
  .again-row {
    display: flex;
    align-items: center;
    gap: 12px;
    inline-size: 100%;
    padding-block: 4px;
  }
  .again-row .row-detail {
    flex: 1;
  }
  .again-row .field {
    flex: none;
  }

  @container (inline-size < 560px) {
    .decision-row,
    .change {
      grid-template-columns: minmax(0, 1fr);
    }
    .field-rules .rules {
      padding-inline-start: 0;
    }
    .change-who {
      flex-direction: row;
      justify-content: space-between;
      gap: 8px;
    }
    .change-who .row-number {
      min-inline-size: 0;
    }
    .again-row {
      flex-wrap: wrap;
      gap: 4px 12px;
    }
    .again-row .row-number {
      min-inline-size: 0;
    }
    .again-row .row-detail {
      flex: 1 1 50%;
    }
    .again-row .field {
      flex: 1 1 100%;
    }
  }
  @media (pointer: coarse) {
    .change-field,
    .link {
      min-height: 44px;
    }
    .chosen-group .button {
      min-height: 42px;
    }
  }
  @media (forced-colors: active) {
    .change-field[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
