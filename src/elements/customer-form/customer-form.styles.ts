import { css } from 'lit';

export const formStyles = css`
  :host {
    --_panel-width: 560px;
    --_dialog-width: 600px;
    --_dialog-height: fit-content;
  }
  .content {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    block-size: 100%;
    max-block-size: inherit;
    container-type: inline-size;
  }
  dialog.as-dialog .content {
    block-size: auto;
    max-block-size: calc(100dvh - 50px);
  }
  .as-inline .content {
    max-inline-size: 640px;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    padding-block: 12px;
    padding-inline: 24px 12px;
    border-block-end: 1px solid var(--_border);
  }
  .head h2 {
    margin: 0;
    overflow: hidden;
    font-size: 15px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .as-inline .head {
    padding-inline: 0;
  }
  form {
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    min-height: 0;
  }
  .body {
    display: grid;
    align-content: start;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    padding: 20px 24px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .as-inline .body {
    padding-inline: 0;
    overflow: visible;
  }
  .body section h3 {
    margin: 0 0 12px;
    font-size: 13px;
    font-weight: 600;
  }
  .section-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    margin-block-end: 8px;
  }
  .body .section-head h3 {
    margin: 0;
  }
  .marketing {
    align-self: start;
    padding-block-start: 22px;
  }
  @container (inline-size < 480px) {
    .marketing {
      padding-block-start: 0;
    }
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    padding: 12px 24px;
    border-block-start: 1px solid var(--_border);
  }
  .as-inline .foot {
    padding-inline: 0;
  }
  .foot .button.primary[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }
  .metadata {
    display: grid;
    gap: 8px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .metadata legend {
    padding: 0;
  }
  .metadata-row {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) auto;
    gap: 8px;
  }
  .add-detail {
    justify-self: start;
    margin-inline-start: -12px;
  }
  .restored {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-block: -8px;
    color: var(--_muted);
    font-size: 13px;
  }
  .loading-fields {
    display: grid;
    gap: 20px;
  }
  .loading-fields .skeleton {
    height: 32px;
  }
  @media (max-width: 640px) {
    dialog.as-dialog .content {
      block-size: 100%;
      max-block-size: none;
    }
    dialog.surface .body {
      padding: 16px;
    }
    dialog.surface .head {
      padding-inline: 16px 4px;
    }
    dialog.surface .foot {
      padding: 12px 16px calc(12px + env(safe-area-inset-bottom));
    }
    dialog.surface .foot .button {
      flex: 1;
      min-height: 44px;
    }
  }
`;
