import { css } from 'lit';

export const reportStyles = css`
  .undo {
    display: grid;
    gap: 8px;
    margin-block: 12px 16px;
    font-size: 13px;
  }
  .undo.notice {
    display: flex;
  }
  .undo-title:focus-visible {
    outline: none;
  }
  .kept {
    display: grid;
    gap: 4px;
    max-block-size: 240px;
    margin: 8px 0 0;
    padding: 0;
    overflow-y: auto;
    list-style: none;
  }
  .kept-reason {
    margin-inline-start: 8px;
    color: var(--_muted);
  }
  .differences ul {
    display: grid;
    gap: 4px;
    margin: 8px 0;
    padding-inline-start: 20px;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .actions .primary {
    order: 1;
  }

  .unfinished {
    margin-block: 0 16px;
    padding: 12px 16px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-card);
    font-size: 13px;
  }
  .unfinished p {
    overflow-wrap: anywhere;
  }
  .unfinished .actions {
    margin-block-start: 12px;
  }
  .unfinished .notice {
    margin-block: 8px 0;
  }

  .past ul {
    margin: 0;
    padding: 0;
    border-block-start: 1px solid var(--_border);
    list-style: none;
  }
  .past-import {
    border-block-end: 1px solid var(--_border);
    font-size: 13px;
  }
  .past-head {
    display: flex;
    align-items: center;
    gap: 8px 16px;
    min-height: 48px;
    padding-block: 6px;
  }
  .past-text {
    flex: 1;
    min-width: 0;
  }
  .past-text > p {
    display: flex;
    gap: 8px;
    min-width: 0;
  }
  .past-text bdi {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .past-text > p.muted {
    display: block;
    font-variant-numeric: tabular-nums;
  }
  .past-state {
    flex: none;
    padding-inline: 8px;
    border-radius: 999px;
    background: var(--_pill);
    color: var(--_muted);
    font-size: 12px;
    line-height: 20px;
  }
  .past-actions {
    display: flex;
    flex: none;
    gap: 4px;
  }
  .past-report {
    display: grid;
    gap: 12px;
    padding-block-end: 16px;
  }
  .past-report > .button {
    justify-self: start;
  }
  .past-report .tiles {
    margin-block-start: 4px;
  }
  .past > .button {
    margin-block-start: 8px;
  }

  @container (inline-size < 560px) {
    .past-head {
      flex-direction: column;
      align-items: stretch;
    }
    .past-actions .button {
      flex: 1;
    }
    .unfinished .actions .button,
    .step > .actions .button {
      flex: 1 1 100%;
      min-height: 44px;
    }
  }
`;
