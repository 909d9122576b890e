import { css } from 'lit';

/** The word about a duplicate, and the dialog that merges two. */
export const mergeStyles = css`
  .duplicate {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-block-end: 16px;
    padding-block: 6px;
    padding-inline: 12px 6px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 13px;
  }
  .duplicate > svg {
    flex: none;
    color: var(--_muted);
  }
  .duplicate-text {
    flex: 1 1 240px;
    min-width: 0;
    overflow-wrap: anywhere;
  }

  dialog.merge {
    display: none;
    grid-template-rows: auto minmax(0, 1fr) auto;
    width: min(680px, calc(100vw - 32px));
    max-height: calc(100dvh - 48px);
    margin: auto;
    padding: 20px;
  }
  dialog.merge[open] {
    display: grid;
    animation: confirmation-come 150ms ease-out;
  }
  dialog.merge::backdrop {
    background: rgb(10 12 18 / 45%);
  }
  .merge h2 {
    margin: 0 0 16px;
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .merge h2:focus {
    outline: none;
  }
  .merge h3 {
    margin: 16px 0 4px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 500;
  }
  .merge-body {
    min-height: 120px;
    margin-inline: -4px;
    padding-inline: 4px;
    overflow-y: auto;
    font-size: 13px;
  }
  .merge-search {
    display: grid;
    gap: 4px;
    padding-block: 2px;
    font-size: 13px;
    font-weight: 500;
  }
  .merge-search .field {
    width: 100%;
    font-weight: 400;
  }
  .merge-people {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .merge-person {
    display: flex;
    align-items: center;
    gap: 10px;
    width: 100%;
    min-height: 48px;
    padding: 4px 8px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
  }
  .merge-person:hover {
    background: var(--_hover);
  }
  .merge-person .merge-who {
    display: grid;
    flex: 1;
    min-width: 0;
  }
  .merge-name {
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .merge-email,
  .merge-note,
  .merge-label,
  .merge-hint {
    color: var(--_muted);
  }
  .merge-email {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .merge-note {
    flex: 0 1 auto;
    max-width: 45%;
    font-size: 12px;
    text-align: end;
  }
  .merge-hint:empty {
    display: none;
  }

  .merge-grid {
    display: grid;
    grid-template-columns: 104px minmax(0, 1fr) minmax(0, 1fr);
    gap: 8px;
    align-items: stretch;
  }
  .merge-row {
    padding-block: 4px;
    border-block-start: 1px solid var(--_border);
  }
  .merge-label {
    align-self: center;
  }
  .merge-head,
  .merge-choice {
    display: flex;
    gap: 8px;
    min-width: 0;
    padding: 8px;
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .merge-head {
    flex-direction: column;
    margin-block-end: 8px;
    border: 1px solid var(--_border);
  }
  .merge-head.stays {
    border-color: var(--_accent);
  }
  .merge-head .merge-who,
  .merge-stays {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  .merge-stays {
    color: var(--_muted);
  }
  .stays .merge-stays {
    color: inherit;
    font-weight: 500;
  }
  .merge-choice {
    align-items: center;
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .merge-choice input {
    flex: none;
  }
  .merge-choice.chosen {
    color: inherit;
  }
  .merge-choice:hover {
    background: var(--_hover);
  }
  .merge-consequences {
    display: grid;
    gap: 4px;
    margin: 12px 0 0;
    padding-block: 12px 0;
    padding-inline: 18px 0;
    border-block-start: 1px solid var(--_border);
  }
  .merge-problem {
    display: flex;
    gap: 8px;
    margin: 12px 0;
  }
  .merge-problem svg {
    flex: none;
    color: var(--_danger);
  }
  .merge-loading {
    display: grid;
    gap: 16px;
    padding-block: 16px;
  }
  .merge-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 20px;
  }
  .merge-actions .start {
    margin-inline-end: auto;
  }
  .merge-actions [aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  @media (max-width: 640px) {
    dialog.merge {
      inset: 0;
      width: auto;
      max-width: none;
      height: auto;
      max-height: none;
      margin: 0;
      padding: 16px 16px calc(16px + env(safe-area-inset-bottom));
      border: 0;
      border-radius: 0;
    }
    .merge-grid {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
    .merge-corner {
      display: none;
    }
    .merge-label {
      grid-column: 1 / -1;
      padding-block-start: 4px;
      font-size: 12px;
    }
    .merge-choice,
    .merge-actions .button {
      min-height: 44px;
    }
    .merge-actions .start {
      padding-inline-start: 0;
    }
  }
`;
