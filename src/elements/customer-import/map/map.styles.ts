import { css } from 'lit';

export const mapStyles = css`
  .recognised {
    margin-block-start: 4px;
  }
  [data-step='map'] > h3 + .file {
    margin-block-start: 8px;
  }
  .columns-folded {
    margin-block-start: 16px;
    border-block-start: 1px solid var(--_border);
  }
  .columns-folded[open] > summary {
    margin-block-end: -12px;
  }

  .sayings {
    display: grid;
    gap: 12px;
    margin-block-start: 16px;
    font-size: 13px;
  }
  .saying {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    font-size: 13px;
  }
  .saying .field {
    inline-size: auto;
    max-inline-size: 280px;
  }
  .saying p {
    flex: 1 1 100%;
  }
  .saying.asks {
    padding: 12px;
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_surface), var(--_caution) 9%);
  }
  .saying.asks p {
    display: flex;
    gap: 8px;
  }
  .saying svg,
  .column-why svg {
    flex: none;
    margin-block-start: 1px;
  }
  .saying.asks svg,
  .column.asks .column-why svg {
    color: var(--_caution);
  }
  .saying-check {
    display: flex;
    gap: 10px;
    cursor: pointer;
  }
  .saying-check input {
    flex: none;
    margin-block-start: 1px;
  }
  .saying-check .muted {
    display: block;
  }
  .remembered {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 8px;
    color: var(--_muted);
  }
  .notice .saying {
    margin-block-start: 10px;
  }

  .columns-section h4 .quiet {
    margin-inline-start: 4px;
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .columns-section > .button {
    margin-block-start: 8px;
  }
  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(216px, 1fr));
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .column {
    display: grid;
    grid-template-rows: auto auto auto 1fr;
    align-content: start;
    gap: 6px;
    min-width: 0;
    padding: 10px 12px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    font-size: 13px;
  }
  .column.asks {
    border-color: color-mix(in srgb, var(--_border), var(--_caution) 70%);
  }
  .column.locked {
    grid-template-rows: auto;
    background: var(--_pill);
  }
  .column-head {
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-width: 0;
  }
  .column-header {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .column-filled {
    flex: none;
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .column-samples {
    display: grid;
    grid-auto-rows: 18px;
    align-content: start;
    min-block-size: 54px;
    color: var(--_muted);
    font-size: 12px;
    line-height: 18px;
  }
  .column-samples > * {
    justify-self: start;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .column.metadata .column-target,
  .column.ignored .column-target {
    color: var(--_muted);
  }
  .column-further {
    display: grid;
    gap: 2px;
    color: var(--_muted);
    font-size: 12px;
  }
  .column-further .field {
    color: var(--_text);
  }
  .column-why {
    display: flex;
    gap: 6px;
    min-width: 0;
    color: var(--_muted);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .column-why svg {
    inline-size: 14px;
    block-size: 14px;
    color: var(--_positive);
  }
  .column-answers {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .column-answers .button {
    min-height: 28px;
    padding-inline: 8px;
    font-size: 12px;
    white-space: normal;
  }
  @media (pointer: coarse) {
    .column-answers .button {
      min-height: 44px;
    }
  }
  @container (inline-size < 480px) {
    .columns {
      grid-template-columns: minmax(0, 1fr);
    }
    .column-samples {
      min-block-size: 0;
    }
    .saying .field {
      inline-size: 100%;
      max-inline-size: none;
    }
  }
`;
