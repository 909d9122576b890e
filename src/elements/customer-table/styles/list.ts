import { css } from 'lit';

/** The table, the cards, and what shows that new rows are coming. */
export const listStyles = css`
  .list {
    position: relative;
    min-height: 120px;
    border-block-start: 1px solid var(--_border);
  }
  .list:focus {
    outline: none;
  }
  .list:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .list.scrolling {
    overflow-x: auto;
    overscroll-behavior-x: contain;
  }
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    table-layout: fixed;
    font-size: 13px;
  }
  th,
  td {
    padding: 0 8px;
    overflow: hidden;
    border-block-end: 1px solid var(--_border);
    font-weight: 400;
    text-align: start;
    vertical-align: middle;
    white-space: nowrap;
  }
  thead th {
    position: sticky;
    z-index: 2;
    inset-block-start: var(--customers-sticky-top, 0);
    height: 36px;
    background: var(--_surface);
    color: var(--_muted);
    font-size: 12px;
    font-weight: 500;
  }
  tbody td,
  tbody th {
    height: var(--_row-height);
  }
  .compact tbody td,
  .compact tbody th {
    height: 36px;
  }
  .compact .avatar {
    --_avatar-size: 22px;
  }
  tbody td {
    color: var(--_text);
    font-variant-numeric: tabular-nums;
  }
  .end {
    text-align: end;
  }
  th.end,
  td.end {
    padding-inline-end: 20px;
  }
  td.column-phone,
  td.column-email,
  td.column-created_at,
  td.column-last_order_date,
  td.column-country {
    color: color-mix(in srgb, var(--_text), var(--_muted) 55%);
  }
  .zero,
  .none {
    color: var(--_muted);
  }
  tbody tr {
    transition: background-color 100ms ease-out;
  }
  tbody tr:not(.skeleton-row) {
    cursor: pointer;
  }
  tbody tr:not(.skeleton-row):hover {
    background: var(--_hover);
  }
  tbody tr.selected,
  .card.selected {
    background: var(--_selected);
  }
  tbody tr.current,
  .scrolling tbody tr.current,
  .card.current {
    background: var(--_pressed);
  }
  tbody tr.current > :first-child,
  .card.current {
    box-shadow: inset 2px 0 0 var(--_accent);
  }
  tbody tr.current > :first-child:dir(rtl),
  .card.current:dir(rtl) {
    box-shadow: inset -2px 0 0 var(--_accent);
  }
  tbody tr.selected:hover {
    background: color-mix(in srgb, var(--_selected), var(--_text) 3%);
  }

  .sort {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    max-width: calc(100% + 12px);
    height: 28px;
    margin-inline: -6px;
    padding: 0 6px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .end .sort {
    flex-direction: row-reverse;
  }
  .sort:focus-visible {
    outline-offset: -2px;
  }
  .sort svg {
    flex: none;
    width: 0;
    height: 14px;
  }
  .sort:hover,
  .sort.sorted {
    color: var(--_text);
  }
  .sort.sorted svg,
  .sort:hover svg,
  .sort:focus-visible svg {
    width: 14px;
  }
  @media (hover: none) {
    .sort svg {
      width: 14px;
    }
  }

  .resize {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    width: 12px;
    cursor: col-resize;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
  }
  .resize::after {
    content: '';
    position: absolute;
    inset-block: 10px;
    inset-inline-end: 0;
    width: 1px;
    transition: background-color 120ms ease-out;
  }
  thead:hover .resize::after {
    background: var(--_border-strong);
  }
  thead .resize:hover::after,
  thead .resize:active::after,
  thead .resize:focus-visible::after {
    inset-block: 0;
    width: 2px;
    background: var(--_accent);
  }
  .resize:focus-visible {
    outline-offset: -2px;
  }
  @media (hover: none) {
    .resize::after {
      background: var(--_border);
    }
  }
  @media (pointer: coarse) {
    .resize {
      width: 24px;
    }
  }

  .selection-cell {
    padding-inline: 0;
    overflow: visible;
  }
  .hit {
    display: flex;
    align-items: center;
    justify-content: center;
    width: 44px;
    height: 100%;
    min-height: 36px;
    cursor: pointer;
  }
  thead .hit,
  .compact .hit {
    min-height: 35px;
  }
  .hit input {
    cursor: pointer;
  }
  .actions-cell {
    padding-inline: 8px;
    overflow: visible;
    text-align: end;
  }
  .row-actions.button {
    color: var(--_muted);
  }
  .actions-cell .row-actions {
    min-height: 28px;
    width: 32px;
  }
  @media (hover: hover) {
    .actions-cell .row-actions {
      opacity: 0.45;
      transition: opacity 120ms ease-out;
    }
    tr:hover .row-actions,
    .row-actions:focus-visible,
    .row-actions[aria-expanded='true'] {
      opacity: 1;
    }
  }

  .identity {
    display: flex;
    align-items: center;
    gap: 10px;
    min-width: 0;
  }
  .identity-text {
    flex: 1;
    min-width: 0;
    line-height: 18px;
  }
  .name {
    display: block;
    width: fit-content;
    max-width: 100%;
    padding: 0;
    border: 0;
    border-radius: 3px;
    background: none;
    color: var(--_text);
    font: inherit;
    font-size: var(--_font-size);
    font-weight: 500;
    line-height: 19px;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .name:hover {
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .name:focus-visible {
    outline-offset: 1px;
  }
  .email {
    color: var(--_muted);
    font-size: 12.5px;
  }
  .pills {
    display: flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
  }
  .pills .pill {
    flex: 0 1 auto;
  }
  .more-pills {
    flex: none;
    height: 24px;
    min-width: 28px;
    padding: 0 6px;
    border: 0;
    border-radius: 12px;
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 12px;
    cursor: pointer;
  }
  .more-pills:hover {
    background: var(--_pressed);
    color: var(--_text);
  }
  .more-pills:focus-visible {
    outline-offset: -2px;
  }

  .scrolling .selection-cell,
  .scrolling .column-name {
    position: sticky;
    z-index: 1;
    inset-inline-start: 0;
    background: inherit;
  }
  .scrolling .column-name {
    inset-inline-start: 44px;
  }
  .scrolled .column-name::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    width: 1px;
    background: var(--_border);
  }
  .scrolling tbody tr {
    background: var(--_surface);
  }
  .scrolling tbody tr:hover {
    background: var(--_hover);
  }
  .scrolling tbody tr.selected {
    background: var(--_selected);
  }
  .scrolling thead .selection-cell,
  .scrolling thead .column-name {
    z-index: 3;
    background: var(--_surface);
  }

  .cards {
    margin: 0;
    padding: 0;
    /* Safari no longer calls it a list with \`none\`. */
    list-style: '';
  }
  .card {
    --_avatar-size: 36px;
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 64px;
    border-block-end: 1px solid var(--_border);
  }
  .card .hit {
    flex: none;
    height: 56px;
    margin-inline-end: -10px;
  }
  .card .name {
    line-height: 22px;
  }
  .card-facts {
    flex: none;
    display: grid;
    justify-items: end;
    gap: 2px;
    max-width: 40%;
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .card-facts .status {
    gap: 6px;
    color: var(--_muted);
    font-size: 12px;
  }
  .card .row-actions {
    width: 44px;
    min-height: 44px;
    margin-inline-start: -8px;
  }

  /* Nothing shows for the first 300 ms: most answers are here by then. */
  .busy tbody,
  .busy .cards,
  .busy .state {
    opacity: 0.55;
    transition: opacity 150ms 150ms ease-out;
  }
  .progress {
    position: absolute;
    z-index: 4;
    inset-block-start: 35px;
    inset-inline: 0;
    height: 2px;
    overflow: hidden;
    visibility: hidden;
    pointer-events: none;
  }
  .as-cards .progress {
    inset-block-start: -1px;
  }
  .busy .progress {
    visibility: visible;
    transition: visibility 0s 300ms;
  }
  .progress::before {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline-start: 0;
    width: 30%;
    background: var(--_accent);
    animation: progress 1.1s ease-in-out infinite;
  }
  @keyframes progress {
    from {
      inset-inline-start: -30%;
    }
    to {
      inset-inline-start: 100%;
    }
  }
  @media (forced-colors: active) {
    thead .resize::after,
    thead:hover .resize::after {
      background: GrayText;
    }
    thead .resize:hover::after,
    thead .resize:focus-visible::after {
      background: Highlight;
    }
    tbody tr.current > *,
    .card.current,
    tbody tr.selected > *,
    .card.selected {
      border-block-end: 2px solid Highlight;
    }
    .skeleton {
      border: 1px solid GrayText;
    }
  }
`;
