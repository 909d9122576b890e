import { css } from 'lit';

/** The four numbers, and spending over time. */
export const spendingStyles = css`
  .numbers {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, auto));
    justify-content: space-between;
    gap: 12px 24px;
    margin: 0;
  }
  .number dt {
    color: var(--_muted);
    font-size: 13px;
  }
  .number dd {
    margin: 2px 0 0;
  }
  .number .value {
    display: block;
    min-height: 26px;
    font-size: 18px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    line-height: 26px;
    letter-spacing: -0.01em;
    overflow-wrap: anywhere;
  }
  .number .skeleton.medium {
    width: 72px;
  }
  .number .note {
    display: block;
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .number .note span {
    display: inline-block;
  }
  @container (inline-size < 480px) {
    .numbers {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }
  .what-counts {
    margin-block-start: 8px;
    color: var(--_muted);
    font-size: 12px;
  }
  .what-counts summary {
    width: fit-content;
    border-radius: 3px;
    cursor: pointer;
  }
  .what-counts summary:hover {
    color: var(--_text);
  }
  .what-counts p {
    max-width: 64ch;
    margin: 4px 0 0;
  }

  .spending {
    margin-block-start: 20px;
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 32px;
    margin-block-end: 4px;
  }
  h3 {
    margin: 0;
    font-size: 13px;
    font-weight: 600;
  }
  .point {
    flex: 1;
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .section-head .field {
    width: auto;
  }
  .link {
    min-height: 28px;
    padding: 0 6px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 12px;
    cursor: pointer;
  }
  .link:hover {
    color: var(--_text);
  }
  .link[aria-pressed='true'] {
    background: var(--_pressed);
    color: var(--_text);
  }
  @media (pointer: coarse) {
    .link {
      min-height: 44px;
    }
  }
  /* Three colours that the canvas reads from here: bars, words and lines. */
  .chart {
    height: 96px;
    overflow: hidden;
    color: color-mix(in srgb, var(--_accent), var(--_surface) 15%);
    caret-color: var(--_muted);
    text-decoration-color: var(--_border);
    /* Ends whenever a theme changes, which nothing else tells; too short to be motion. */
    transition: color 1ms !important;
  }
  /* What uPlot's own sheet says of the parts that are used here. */
  .uplot,
  .u-wrap {
    position: relative;
  }
  .u-over,
  .u-under,
  .u-axis,
  .u-select,
  .u-cursor-x {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  .u-select,
  .u-cursor-x {
    pointer-events: none;
  }
  .u-cursor-x {
    inset: 0 auto auto 0;
    height: 100%;
    border-right: 1px solid var(--_border-strong);
  }
  .u-off {
    display: none;
  }
  .uplot canvas {
    display: block;
    width: 100%;
    height: 100%;
  }

  .month-table {
    max-height: 240px;
    overflow-y: auto;
    border-block: 1px solid var(--_border);
  }
  .month-table table {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .month-table th,
  .month-table td {
    height: 30px;
    padding: 0 8px;
    font-weight: 400;
    text-align: start;
  }
  .month-table thead th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_ground, var(--_surface));
    color: var(--_muted);
    font-size: 12px;
  }
  .month-table .end {
    text-align: end;
  }
  .zero {
    color: var(--_muted);
  }
`;
