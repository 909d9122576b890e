import { css } from 'lit';

/** Two dialogs: what was done to many, and why some were left out. */
export const operationHistoryStyles = css`
  dialog.operations,
  dialog.failures {
    inline-size: min(680px, calc(100vw - 32px));
    max-block-size: min(860px, calc(100dvh - 48px));
    margin: auto;
    padding: 0;
    overflow: auto;
    outline: none;
  }
  dialog.failures {
    inline-size: min(560px, calc(100vw - 32px));
  }
  dialog.operations::backdrop,
  dialog.failures::backdrop {
    background: rgb(10 12 18 / 45%);
  }
  .operations .dialog-head,
  .failures .dialog-head {
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
  .operations .dialog-head h2,
  .failures .dialog-head h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
  }
  .operations .dialog-body,
  .failures .dialog-body {
    padding: 16px 20px 20px;
  }
  .operation-note,
  .operation-empty {
    margin: 0;
    color: var(--_muted);
    font-size: 13px;
  }
  .operation-empty {
    margin-block: 32px 16px;
    text-align: center;
  }
  .operation-message {
    margin: 12px 0 0;
    font-size: 13px;
    font-weight: 500;
  }
  .operation-message:empty {
    display: none;
  }
  .operation-failure {
    margin-block-start: 12px;
    font-size: 13px;
  }
  .operation-failure p {
    margin: 0 0 8px;
  }
  .operation-list,
  .failure-list {
    margin: 8px 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .operation-list li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 56px;
    padding-block: 8px;
    border-block-end: 1px solid var(--_border);
  }
  .operation-list li:last-child,
  .failure-list li:last-child {
    border-block-end: 0;
  }
  .operation-icon {
    display: flex;
    flex: none;
    color: var(--_muted);
  }
  .operation-what {
    display: grid;
    flex: 1 1 240px;
    gap: 2px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .operation-what strong {
    font-weight: 500;
  }
  .operation-what small {
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .operation-state {
    flex: none;
    color: var(--_muted);
  }
  .operation-buttons {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 8px;
  }
  .operation-buttons:empty {
    display: none;
  }
  .failure-list li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 2px 16px;
    padding-block: 8px;
    border-block-end: 1px solid var(--_border);
    overflow-wrap: anywhere;
  }
  .failure-who {
    display: grid;
  }
  .failure-who strong {
    font-weight: 500;
  }
  .failure-who small {
    color: var(--_muted);
    font-size: 12px;
  }
  @media (max-width: 560px) {
    dialog.operations,
    dialog.failures {
      inline-size: 100vw;
      max-inline-size: none;
      block-size: 100dvh;
      max-block-size: none;
      border: 0;
      border-radius: 0;
    }
    .operations .dialog-body,
    .failures .dialog-body {
      padding: 16px;
    }
    .operation-what {
      flex-basis: calc(100% - 32px);
    }
    .operation-state,
    .operation-buttons {
      margin-inline-start: 28px;
    }
    .operation-state + .operation-buttons:not(:empty) {
      margin-inline-start: 0;
    }
    .failure-list li {
      grid-template-columns: minmax(0, 1fr);
    }
  }
`;
