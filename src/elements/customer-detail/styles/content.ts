import { css } from 'lit';

/** Tabs, facts, addresses, pills, and what stands there while or instead. */
export const contentStyles = css`
  .tabs {
    position: sticky;
    z-index: 1;
    inset-block-start: -20px;
    display: flex;
    gap: 20px;
    margin-block: 20px 0;
    overflow-x: auto;
    border-block-end: 1px solid var(--_border);
    background: var(--_ground, var(--_surface));
    scrollbar-width: none;
  }
  .as-inline .tabs {
    position: static;
  }
  .tab {
    position: relative;
    flex: none;
    min-height: 40px;
    padding: 0 2px;
    border: 0;
    background: none;
    color: var(--_muted);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }
  .tab:hover,
  .tab[aria-selected='true'] {
    color: var(--_text);
  }
  .tab[aria-selected='true']::after {
    position: absolute;
    inset: auto 0 0;
    height: 2px;
    background: var(--_accent);
    content: '';
  }
  .tab:focus-visible,
  .tab-panel:focus-visible {
    outline-offset: -2px;
    border-radius: 4px;
  }
  .tab-count {
    color: var(--_muted);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  @media (pointer: coarse) {
    .tab {
      min-height: 44px;
    }
  }
  .tab-panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    padding-block-start: 20px;
  }
  .tab-panel[hidden] {
    display: none;
  }
  .tab-panel h3 {
    margin-block-end: 8px;
  }
  .tab-panel .section-head h3 {
    margin-block-end: 0;
  }

  .facts {
    margin: 0;
  }
  .fact {
    display: grid;
    grid-template-columns: 144px minmax(0, 1fr);
    gap: 4px 16px;
    padding-block: 5px;
    font-size: 13px;
  }
  .fact dt {
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .fact dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  @container (inline-size < 400px) {
    .fact {
      grid-template-columns: 112px minmax(0, 1fr);
      gap: 4px 12px;
    }
  }
  .fact .written {
    white-space: pre-wrap;
  }
  .body a {
    border-radius: 3px;
    color: var(--_accent);
    text-decoration: none;
  }
  .body a:hover {
    text-decoration: underline;
  }
  .verified,
  .unverified,
  .origin {
    display: inline-block;
    margin-inline-start: 8px;
    color: var(--_muted);
    font-size: 12px;
  }
  .verified svg {
    width: 14px;
    height: 14px;
    margin-inline-end: 2px;
    color: var(--_positive);
    vertical-align: -2px;
  }
  .none,
  .quiet {
    color: var(--_muted);
  }
  p.quiet {
    margin: 0;
    font-size: 13px;
  }

  .addresses {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(240px, 100%), 1fr));
    gap: 20px 24px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .address-head {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
  }
  .address-label {
    overflow: hidden;
    font-size: 13px;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .address-head .pill {
    flex: none;
  }
  .address-actions {
    display: flex;
    flex: none;
    margin-inline-start: auto;
  }
  .address-actions .button {
    color: var(--_muted);
  }
  .address.edited {
    grid-column: 1 / -1;
  }
  .add-address {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    margin-inline-start: auto;
  }
  .add-address svg {
    width: 12px;
    height: 12px;
  }
  .address-form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    margin-block-end: 20px;
    padding: 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
  }
  .address.edited .address-form {
    margin-block-end: 0;
  }
  .address-defaults {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
  }
  .address-form-foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
  address {
    font-size: 13px;
    font-style: normal;
    overflow-wrap: anywhere;
  }
  .line {
    display: block;
  }
  ul.pills {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  ul.pills:empty {
    display: none;
  }
  ul.pills li {
    position: relative;
    display: flex;
    min-width: 0;
    max-width: 100%;
    transition: opacity var(--_ease);
  }
  .pill-line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    min-height: 28px;
  }
  ul.pills li.on-its-way {
    opacity: 0.5;
  }
  ul.pills li:has(.pill-remove) .pill {
    padding-inline-end: 24px;
  }
  .pill-remove {
    position: absolute;
    inset-block: 1px;
    inset-inline-end: 2px;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 20px;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  .pill-remove:hover {
    background: var(--_pressed);
    color: var(--_text);
  }
  .pill-remove svg {
    width: 12px;
    height: 12px;
  }
  .pill-add {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .pill-add svg {
    width: 12px;
    height: 12px;
  }
  .pill-line > .pill-add:first-child {
    margin-inline-start: -6px;
  }
  .pill-field {
    flex: 0 1 240px;
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin: 8px 0 0;
    color: var(--_danger);
    font-size: 13px;
  }
  .failure span {
    flex: 1;
    min-width: 160px;
  }
  .failure svg {
    flex: none;
  }
  @media (pointer: coarse) {
    .pill-section ul.pills .pill {
      height: 36px;
      border-radius: 18px;
    }
    ul.pills li:has(.pill-remove) .pill {
      padding-inline-end: 44px;
    }
    .pill-remove {
      inset-block: -4px;
      inset-inline-end: 0;
      width: 44px;
    }
  }

  .loading-tabs {
    display: flex;
    gap: 20px;
    margin-block: 28px 20px;
    padding-block-end: 12px;
    border-block-end: 1px solid var(--_border);
  }
  .loading-tabs .skeleton {
    width: 56px;
  }
  .fact .skeleton {
    max-width: 220px;
  }
  .late {
    animation: late 1ms 400ms backwards;
  }
  @keyframes late {
    from {
      opacity: 0;
    }
  }
  .outdated {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-block-end: 16px;
    padding: 8px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 13px;
  }
  .outdated span {
    flex: 1;
  }
  .outdated > svg {
    flex: none;
    color: var(--_danger);
  }
`;
