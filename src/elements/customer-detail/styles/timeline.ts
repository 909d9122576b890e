import { css } from 'lit';

/** What happened: days, entries on a thread, and what it is narrowed to. */
export const timelineStyles = css`
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block-end: -8px;
  }
  .kind {
    min-height: 28px;
    padding: 0 12px;
    border: 1px solid var(--_border);
    border-radius: 14px;
    background: transparent;
    color: var(--_muted);
    font: inherit;
    font-size: 13px;
    line-height: 1;
    cursor: pointer;
    transition:
      background-color var(--_ease),
      color var(--_ease);
  }
  .kind:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .kind[aria-pressed='true'] {
    border-color: color-mix(in srgb, var(--_border), var(--_accent) 60%);
    background: var(--_selected);
    color: var(--_text);
    font-weight: 500;
  }
  @media (pointer: coarse) {
    .kind {
      min-height: 44px;
      border-radius: 22px;
    }
  }
  @media (forced-colors: active) {
    .kind[aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }

  .days {
    margin: 0;
    transition: opacity var(--_ease);
  }
  .days.old {
    opacity: 0.6;
    transition-delay: 300ms;
  }
  .entries {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  h3.day {
    margin: 0;
    padding-block: 12px 8px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 500;
  }
  h3.day::first-letter {
    text-transform: uppercase;
  }
  .entry {
    position: relative;
    display: grid;
    grid-template-columns: 28px minmax(0, 1fr);
    gap: 12px;
    padding-block-end: 16px;
    font-size: 13px;
  }
  .entries .entry:not(:last-child)::before {
    position: absolute;
    inset-block: 30px 2px;
    inset-inline-start: 13.5px;
    width: 1px;
    background: var(--_border);
    content: '';
  }
  .entry-icon {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    background: var(--_pill);
    color: var(--_muted);
  }
  .entry-icon svg {
    width: 14px;
    height: 14px;
  }
  .entry-body {
    display: grid;
    gap: 3px;
    min-width: 0;
    padding-block-start: 4px;
    overflow-wrap: anywhere;
  }
  .entry-body p {
    margin: 0;
  }
  .entry-what {
    display: flex;
    justify-content: space-between;
    gap: 4px 16px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
  }
  .entry-what .order-total {
    flex: none;
    font-weight: 400;
  }
  .entry-by {
    display: flex;
    flex-wrap: wrap;
    gap: 0 4px;
    color: var(--_muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .entry-by > :not(:last-child)::after {
    margin-inline-start: 4px;
    content: '·';
  }
  .entry-fields {
    display: grid;
    gap: 3px;
    margin: 0;
  }
  .entry-fields > div {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
  }
  .entry-fields dt {
    color: var(--_muted);
  }
  .entry-fields dd {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 6px;
    min-width: 0;
    margin: 0;
  }
  .entry-fields .was {
    color: var(--_muted);
  }
  .entry-fields .arrow svg {
    width: 12px;
    height: 12px;
    color: var(--_muted);
    vertical-align: -1px;
  }
  .tag-change {
    gap: 4px;
  }
  .tag-change.gone .pill-text {
    color: var(--_muted);
    text-decoration: line-through;
  }
  .beginning,
  .whole {
    white-space: pre-wrap;
  }
  .long summary {
    cursor: pointer;
    list-style: none;
  }
  .long summary::-webkit-details-marker {
    display: none;
  }
  .long[open] .beginning,
  .long[open] .show-all {
    display: none;
  }
  .show-all {
    color: var(--_accent);
    white-space: nowrap;
  }
  .nothing-yet p {
    margin: 0 0 12px;
  }
  .loading-entries {
    padding-block-start: 16px;
  }
`;
