import { css } from 'lit';

export const exportStyles = css`
  :host {
    --_dialog-width: 760px;
    --_dialog-height: fit-content;
  }
  .content {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
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
    max-inline-size: 760px;
  }
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-block-size: 57px;
    padding-block: 12px;
    padding-inline: 24px 12px;
    border-block-end: 1px solid var(--_border);
  }
  .head h2 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
  }
  .as-inline .head {
    padding-inline: 0;
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
  .grow {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .muted,
  .hint {
    margin: 0;
    color: var(--_muted);
    font-size: 13px;
  }
  .choice {
    display: grid;
    gap: 2px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .choice legend,
  .columns h3 {
    margin: 0 0 8px;
    padding: 0;
    font-size: 13px;
    font-weight: 600;
  }
  .formats {
    grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
  }
  .option {
    display: flex;
    align-items: baseline;
    gap: 10px;
    min-block-size: 32px;
    padding: 6px 10px;
    border-radius: var(--_radius);
    cursor: pointer;
  }
  .option:hover {
    background: color-mix(in srgb, transparent, var(--_text) 4%);
  }
  .option input {
    flex: none;
    align-self: flex-start;
    margin-block-start: 2px;
  }
  .option .number {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .option-title {
    display: block;
  }
  .option-hint {
    color: var(--_muted);
    font-size: 13px;
  }
  .columns-head {
    display: flex;
    align-items: baseline;
    gap: 12px;
    margin-block-end: 8px;
  }
  .columns-head h3 {
    flex: 1;
    margin: 0;
  }
  .text-button {
    padding: 2px 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    font-size: 13px;
    cursor: pointer;
  }
  .text-button:hover {
    text-decoration: underline;
  }
  .panes {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    margin-block-end: 8px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
  }
  .pane {
    block-size: 344px;
    padding: 8px 12px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .pane.order {
    position: relative;
    padding-inline: 8px;
    border-inline-start: 1px solid var(--_border);
  }
  .pane-title {
    margin: 0;
    padding-block: 4px 8px;
    padding-inline: 4px;
    color: var(--_muted);
    font-size: 12px;
  }
  .pane-empty {
    margin: 0;
    padding-inline: 4px;
    color: var(--_muted);
    font-size: 13px;
  }
  .group {
    min-width: 0;
    margin: 0 0 12px;
    padding: 0;
    border: 0;
  }
  .group legend {
    padding: 0;
    font-weight: 500;
  }
  .tick {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 28px;
    font-size: 13px;
    cursor: pointer;
  }
  .group > .tick {
    margin-inline-start: 24px;
  }
  .order ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .column {
    display: flex;
    align-items: center;
    min-block-size: 36px;
    padding-inline-start: 2px;
    border-radius: var(--_radius);
    font-size: 13px;
  }
  .column:hover,
  .column:focus-within {
    background: color-mix(in srgb, transparent, var(--_text) 4%);
  }
  .column .button.icon {
    width: 28px;
    min-height: 28px;
    color: var(--_muted);
  }
  .column .button[aria-disabled='true'] {
    opacity: 0.35;
    cursor: default;
  }
  .handle {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    width: 24px;
    align-self: stretch;
    color: var(--_muted);
    cursor: grab;
    touch-action: none;
  }
  .handle:active {
    cursor: grabbing;
  }
  .column.dragged {
    opacity: 0.5;
  }
  .column.gap-before {
    box-shadow: 0 -2px 0 var(--_accent);
  }
  .column.gap-behind {
    box-shadow: 0 2px 0 var(--_accent);
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
  .foot .problem {
    flex: 1;
    color: var(--_muted);
    font-size: 13px;
  }
  .foot .button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }
  .running,
  .outcome {
    display: grid;
    gap: 12px;
    justify-items: start;
  }
  .running h3,
  .outcome h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
  }
  .running h3:focus,
  .outcome h3:focus,
  .form-alert:focus {
    outline: none;
  }
  .running progress {
    inline-size: 100%;
    block-size: 8px;
    accent-color: var(--_accent);
  }
  .running p,
  .outcome p {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .pace {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 16px;
    inline-size: 100%;
    font-variant-numeric: tabular-nums;
  }
  .outcome {
    gap: 4px;
    justify-items: center;
    padding: 32px 0;
    text-align: center;
  }
  .outcome-icon {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 40px;
    height: 40px;
    margin-block-end: 8px;
    border-radius: 50%;
    background: var(--_pill);
    color: var(--_muted);
  }
  .gone {
    margin-block-start: 12px;
    font-size: 13px;
  }
  .gone ul {
    max-block-size: 160px;
    margin: 8px 0 0;
    padding: 0;
    overflow-y: auto;
    list-style: none;
    text-align: start;
  }
  .gone code {
    font-size: 12px;
  }
  .loading-fields {
    display: grid;
    gap: 20px;
  }
  .loading-fields .skeleton {
    height: 32px;
  }
  @container (inline-size < 560px) {
    .panes {
      grid-template-columns: minmax(0, 1fr);
    }
    .pane {
      block-size: auto;
      max-block-size: 300px;
    }
    .pane.order {
      border-block-start: 1px solid var(--_border);
      border-inline-start: 0;
    }
  }
  @media (pointer: coarse) {
    .tick,
    .option,
    .column {
      min-block-size: 44px;
    }
    .handle {
      width: 36px;
    }
    .column .button.icon {
      width: 40px;
      min-height: 44px;
    }
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
    dialog.surface .foot .problem:not(:empty) {
      flex-basis: 100%;
    }
  }
`;
