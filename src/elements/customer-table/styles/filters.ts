import { css } from 'lit';

/** Toolbar, search, pills and the editors in the popover. */
export const filterStyles = css`
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding-block-end: 12px;
  }
  .toolbar-end {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-inline-start: auto;
  }
  .search {
    position: relative;
    flex: 0 1 300px;
    min-width: 180px;
  }
  .search > svg {
    position: absolute;
    inset-block-start: calc(50% - 8px);
    inset-inline-start: 10px;
    color: var(--_muted);
    pointer-events: none;
  }
  .search .field {
    padding-inline: 32px 30px;
    text-overflow: ellipsis;
  }
  input[type='search']::-webkit-search-cancel-button {
    display: none;
  }
  .search kbd {
    position: absolute;
    inset-block-start: calc(50% - 9px);
    inset-inline-end: 8px;
    min-width: 18px;
    height: 18px;
    border: 1px solid var(--_border);
    border-radius: 4px;
    color: var(--_muted);
    font: inherit;
    font-size: 11px;
    line-height: 16px;
    text-align: center;
    pointer-events: none;
  }
  .clear-search.button {
    position: absolute;
    inset-block: 2px;
    inset-inline-end: 2px;
    width: 28px;
    min-height: 0;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    min-width: 0;
  }
  .add-filter.button {
    border-style: dashed;
    border-radius: 16px;
    background: transparent;
    padding-inline: 10px 12px;
  }
  .clear-filters.button {
    padding-inline: 8px;
    color: var(--_muted);
  }
  .chip {
    display: inline-flex;
    max-width: min(320px, 100%);
    height: 32px;
    border: 1px solid var(--_border-strong);
    border-radius: 16px;
    background: var(--_raised);
    font-size: 13px;
  }
  .chip button {
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  .chip button:hover {
    background: var(--_hover);
  }
  .chip-value {
    min-width: 0;
    padding: 0 4px 0 12px;
    overflow: hidden;
    border-radius: 16px 0 0 16px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip-value:dir(rtl) {
    padding: 0 12px 0 4px;
    border-radius: 0 16px 16px 0;
  }
  .chip-name {
    color: var(--_muted);
  }
  .chip-value bdi {
    font-weight: 500;
  }
  .chip-remove {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    width: 28px;
    padding: 0;
    border-radius: 0 16px 16px 0;
  }
  .chip-remove:dir(rtl) {
    border-radius: 16px 0 0 16px;
  }
  .chip-remove svg {
    width: 14px;
    height: 14px;
    color: var(--_muted);
  }
  .chip-remove:hover svg {
    color: var(--_text);
  }
  .as-cards .search {
    flex: 1 1 0;
    order: -2;
  }
  .as-cards .toolbar-end {
    order: -1;
  }
  .as-cards .filters {
    flex-basis: 100%;
  }
  @media (pointer: coarse) {
    .chip {
      height: 44px;
      border-radius: 22px;
    }
    .add-filter.button {
      border-radius: 22px;
    }
    .chip-remove {
      width: 44px;
    }
    .search kbd {
      display: none;
    }
    .clear-search.button {
      width: 40px;
    }
    /* Smaller type makes iOS zoom into a field that takes the focus. */
    .field {
      font-size: 16px;
    }
  }

  .editor-search {
    position: sticky;
    inset-block-start: -4px;
    z-index: 1;
    margin: -4px -4px 4px;
    padding: 4px;
    border-block-end: 1px solid var(--_border);
    background: var(--_raised);
  }
  .editor-search .field {
    border-color: transparent;
  }
  .editor-search .field:focus-visible {
    outline: none;
  }
  .editor-choices {
    width: 288px;
    max-width: 100%;
    min-height: 108px;
  }
  .sheet .editor-choices {
    width: auto;
  }
  .editor-fields {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
    width: 312px;
    max-width: 100%;
    padding: 4px 8px;
  }
  .sheet .editor-fields {
    width: auto;
  }
  .editor-field {
    display: grid;
    gap: 4px;
    min-width: 0;
    color: var(--_muted);
    font-size: 12px;
  }
  .editor-field .field {
    min-width: 0;
    color: var(--_text);
    font-variant-numeric: tabular-nums;
  }
  .editor-problem,
  .editor-note {
    margin: 0;
    padding: 4px 8px;
    max-width: 312px;
    font-size: 12px;
  }
  .editor-problem {
    color: var(--_danger);
  }
  .editor-problem:empty {
    display: none;
  }
  .editor-note,
  .menu-note {
    color: var(--_muted);
  }
  .menu-note {
    flex: none;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .menu-heading {
    margin: 0;
  }
  .menu-item input {
    flex: none;
  }
  .all-pills {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    max-width: 280px;
    padding: 8px;
  }
  .all-pills .pill {
    max-width: 100%;
  }
`;
