import { css } from 'lit';

export const gridStyles = css`
  .grid {
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_surface);
    font-size: 13px;
  }
  .grid-head {
    overflow: hidden;
    color: var(--_muted);
  }
  .grid-body {
    max-block-size: clamp(220px, 46vh, 480px);
    overflow: auto;
    overscroll-behavior: contain;
    /* What is brought into sight stays clear of what sticks. */
    scroll-padding-inline-start: 108px;
  }
  .windowed .grid-body {
    block-size: clamp(220px, 46vh, 480px);
  }
  .grid-row {
    display: grid;
    grid-template-columns: var(--_grid-columns, 64px 44px 1fr);
    inline-size: max(100%, var(--_grid-width, 100%));
    min-block-size: 36px;
    border-block-end: 1px solid var(--_border);
    background: var(--_surface);
  }
  /* As high as most of the rows that it stands for, or the list would jump when they come. */
  .grid-row.loading {
    block-size: 37px;
    overflow: hidden;
  }
  .grid-row.current {
    background: var(--_hover);
  }
  .grid-row.repeated:not(:first-child) {
    border-block-start: 1px solid var(--_border-strong);
  }
  .grid-row.repeated .cell-value {
    font-weight: 500;
  }
  .grid-cell {
    display: flex;
    flex-direction: column;
    gap: 1px;
    min-inline-size: 0;
    padding: 8px;
    line-height: 20px;
    text-align: start;
  }
  .grid-head .grid-cell {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .grid-cell.wide {
    grid-column: 3 / -1;
    justify-content: center;
  }
  .grid-cell.number,
  .grid-cell.action {
    position: sticky;
    z-index: 1;
    background: inherit;
  }
  .grid-cell.number {
    inset-inline-start: 0;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .grid-cell.action {
    inset-inline-start: 64px;
    align-items: center;
    padding: 4px 6px;
  }
  .cell-value {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .cell-problem,
  .cell-note {
    font-size: 12px;
    line-height: 16px;
    overflow-wrap: anywhere;
  }
  .cell-note {
    color: var(--_muted);
  }
  .grid-cell.note .cell-problem {
    color: var(--_caution);
  }
  .grid-cell.error .cell-problem {
    color: var(--_danger);
  }
  .grid-cell.error {
    background: color-mix(in srgb, transparent, var(--_danger) 6%);
  }
  .grid-cell.differs .cell-value {
    color: var(--_accent);
    font-weight: 500;
  }
  .changed-mark {
    display: inline-block;
    inline-size: 6px;
    block-size: 6px;
    margin-inline-start: 6px;
    border-radius: 50%;
    background: var(--_accent);
    vertical-align: middle;
  }
  .left-out .cell-value {
    color: var(--_muted);
    text-decoration: line-through;
  }
  .row-act {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    inline-size: 32px;
    block-size: 28px;
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  /* Quiet until somebody is there; by touch there is no before. */
  @media (hover: hover) {
    .grid-row:not(:hover, .current, .left-out) .row-act {
      opacity: 0;
    }
  }
  .row-act:hover {
    background: var(--_pressed);
    color: var(--_text);
  }
  .grid:focus-visible {
    outline-offset: -1px;
  }
  .grid:focus .grid-cell.active,
  .grid-cell.active:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .grid-cell.active {
    box-shadow: inset 0 0 0 1px var(--_border-strong);
  }
  .cell-editor.field {
    min-block-size: 28px;
    padding: 3px 6px;
    line-height: 20px;
  }
  textarea.cell-editor {
    resize: vertical;
  }
  .rows[aria-busy='true'] .grid-body {
    opacity: 0.75;
    transition: opacity var(--_ease) 300ms;
  }
  @container (inline-size < 640px) {
    .grid-body {
      scroll-padding-inline-start: 64px;
    }
    .grid-cell.action {
      position: static;
    }
  }
  @media (pointer: coarse) {
    .grid-body .grid-row {
      min-block-size: 56px;
    }
    .grid-row.loading {
      block-size: 56px;
    }
    .grid-body .grid-cell {
      padding-block: 12px;
    }
    .grid-body .grid-cell.action {
      padding: 6px 0;
    }
    .row-act {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (forced-colors: active) {
    .grid-cell.active {
      outline: 1px solid CanvasText;
      outline-offset: -2px;
    }
    .changed-mark {
      background: Highlight;
    }
  }
`;
