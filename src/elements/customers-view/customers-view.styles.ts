import { css } from 'lit';

export const viewStyles = css`
  :host {
    container-type: inline-size;
  }
  .view {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    min-height: 32px;
  }
  .title {
    display: flex;
    flex: 1 1 auto;
    align-items: baseline;
    gap: 8px;
    min-width: 0;
  }
  .head h2 {
    margin: 0;
    font-size: 20px;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
  }
  .count {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .notice-slot {
    max-inline-size: 100%;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  dialog:not(.confirmation) {
    inline-size: min(920px, calc(100vw - 32px));
    max-block-size: min(860px, calc(100dvh - 48px));
    margin: auto;
    padding: 0;
    overflow: auto;
    outline: none;
  }
  /* As high in each step: it would jump from one to the next. */
  dialog.import-dialog {
    inline-size: min(1120px, calc(100vw - 32px));
    block-size: min(860px, calc(100dvh - 48px));
  }
  /* What it stands on: its foot hides what scrolls below. */
  .import-dialog customer-import {
    --_ground: var(--_raised);
  }
  dialog::backdrop {
    background: rgb(10 12 18 / 45%);
  }
  dialog[open] {
    animation: rise var(--_ease);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .dialog-head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding-block: 12px;
    padding-inline: 20px 12px;
    border-block-end: 1px solid var(--_border);
    background: var(--_raised);
  }
  .dialog-head h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
  }
  .dialog-body {
    padding: 20px;
  }
  @media (max-width: 560px) {
    dialog:not(.confirmation),
    dialog.import-dialog {
      inline-size: 100vw;
      max-inline-size: none;
      block-size: 100dvh;
      max-block-size: none;
      border: 0;
      border-radius: 0;
    }
    .dialog-body {
      padding: 16px;
    }
  }
`;
