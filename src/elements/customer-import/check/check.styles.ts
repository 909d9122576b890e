import { css } from 'lit';

export const checkStyles = css`
  .check {
    display: grid;
    grid-template-columns: 208px minmax(0, 1fr);
    gap: 24px;
    margin-block-start: 16px;
  }
  .kinds {
    align-self: start;
  }
  .kind-group {
    display: grid;
    gap: 1px;
    margin: 0 0 12px;
    padding: 0;
    list-style: none;
  }
  .kind-group-title {
    margin: 0;
    padding: 4px 8px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 400;
  }
  .kind {
    display: flex;
    align-items: center;
    gap: 8px;
    inline-size: 100%;
    min-block-size: 32px;
    padding: 4px 8px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    color: inherit;
    font: inherit;
    font-size: 13px;
    text-align: start;
    cursor: pointer;
  }
  .kind:hover {
    background: var(--_hover);
  }
  .kind[aria-current] {
    background: var(--_selected);
    font-weight: 500;
  }
  .kind-name {
    flex: 1 1 0;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .kind-count {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .error .kind-count {
    color: var(--_danger);
  }
  .kind-done,
  .nothing-left svg {
    display: inline-flex;
    color: var(--_positive);
  }
  .kind-done svg {
    inline-size: 14px;
    block-size: 14px;
  }

  .kind-view {
    min-inline-size: 0;
    margin: 0;
  }
  .kind-head {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 12px;
    align-items: baseline;
  }
  .kind-head h4 {
    margin: 0;
    font-size: 15px;
    font-weight: 600;
  }
  .kind-head h4:focus-visible {
    outline: none;
  }
  .kind-head p {
    grid-column: 1 / -1;
    max-inline-size: 72ch;
  }
  .busy {
    color: var(--_muted);
    font-size: 12px;
    opacity: 0;
    transition: opacity var(--_ease);
  }
  .busy.on {
    opacity: 1;
    transition-delay: 300ms;
  }

  .fix,
  .words,
  .find-replace {
    margin-block-start: 12px;
    padding: 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    font-size: 13px;
  }
  .previews {
    display: grid;
    gap: 4px;
    min-block-size: 20px;
    margin: 6px 0 10px;
    padding: 0;
    list-style: none;
  }
  .previews li {
    display: flex;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
  }
  .previews .before,
  .previews .after {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: pre;
  }
  .previews .before {
    color: var(--_muted);
    text-decoration-color: var(--_danger);
  }
  .previews .arrow {
    display: inline-flex;
    flex: none;
    color: var(--_muted);
  }
  .words ul {
    display: grid;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .word {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 220px);
    gap: 12px;
    align-items: center;
  }
  .word-text {
    overflow: hidden;
    font-weight: 500;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .word-count {
    font-variant-numeric: tabular-nums;
  }
  .default-country {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
    margin-block-start: 12px;
    font-size: 13px;
  }
  .default-country .field {
    inline-size: auto;
    max-inline-size: 100%;
  }

  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 12px 0 0;
    padding: 0;
    list-style: none;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    max-inline-size: min(360px, 100%);
    min-block-size: 28px;
    border: 1px solid var(--_border-strong);
    border-radius: 14px;
    background: var(--_raised);
    font-size: 13px;
  }
  .chip-value {
    min-inline-size: 0;
    padding-inline: 10px 2px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip-remove {
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    align-self: stretch;
    inline-size: 28px;
    padding: 0;
    border: 0;
    border-start-end-radius: 14px;
    border-end-end-radius: 14px;
    background: none;
    color: var(--_muted);
    cursor: pointer;
  }
  .chip-remove:hover {
    background: var(--_hover);
    color: var(--_text);
  }
  .chip-remove svg {
    inline-size: 14px;
    block-size: 14px;
  }

  .check-tools {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    justify-content: space-between;
    margin-block: 12px 8px;
  }
  .check-tools .button {
    padding-inline: 8px;
  }
  .walk {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .find-replace {
    margin-block: 0 12px;
  }
  .find-replace[hidden] {
    display: none;
  }
  .find-replace form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 12px;
  }
  .find-field {
    display: grid;
    gap: 4px;
    min-inline-size: 0;
  }
  .find-field span {
    color: var(--_muted);
    font-size: 12px;
  }
  .find-choices,
  .find-foot {
    display: flex;
    flex-wrap: wrap;
    grid-column: 1 / -1;
    gap: 8px 16px;
    align-items: center;
  }
  .find-foot {
    justify-content: space-between;
  }
  .find-choice {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  .button[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }

  .pane {
    display: grid;
    gap: 6px;
    margin-block-start: 8px;
    padding: 10px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    font-size: 13px;
  }
  .pane-place {
    color: var(--_muted);
    font-size: 12px;
  }
  .pane-value {
    max-block-size: 120px;
    overflow: auto;
    overflow-wrap: anywhere;
  }
  .pane-value bdi {
    white-space: pre-wrap;
  }
  .pane-problem {
    display: flex;
    gap: 6px;
    align-items: flex-start;
    color: var(--_caution);
  }
  .pane-problem.error {
    color: var(--_danger);
  }
  .pane-problem svg {
    flex: none;
    margin-block-start: 1px;
  }
  .pane-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .pane-actions .button {
    max-inline-size: 100%;
  }
  .button-text {
    overflow: hidden;
    line-height: 1.3;
    text-overflow: ellipsis;
  }
  .nothing-left {
    display: flex;
    gap: 6px;
    align-items: center;
    padding-block: 24px;
  }
  .grid-note {
    margin-block-start: 6px;
  }
  .grid-parts {
    display: flex;
    gap: 12px;
    align-items: center;
    margin-block-end: 8px;
    font-size: 13px;
  }
  .grid-parts .field {
    inline-size: auto;
  }

  @container (inline-size < 640px) {
    .check {
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
    }
    .kinds {
      display: flex;
      gap: 6px;
      padding: 2px;
      overflow-x: auto;
    }
    .kind-group {
      display: flex;
      flex: none;
      gap: 6px;
      margin: 0;
    }
    .kind-group-title {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      padding: 0;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .kind {
      min-block-size: 44px;
      padding-inline: 12px;
      border: 1px solid var(--_border-strong);
      border-radius: 22px;
      white-space: nowrap;
    }
    .kind[aria-current] {
      border-color: var(--_accent);
    }
    .word {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .word .field {
      grid-column: 1 / -1;
    }
    .check-tools {
      justify-content: flex-start;
    }
  }
  @media (pointer: coarse) {
    .kind {
      min-block-size: 44px;
    }
    .chip {
      min-block-size: 44px;
      border-radius: 22px;
    }
    .chip-remove {
      inline-size: 44px;
      border-start-end-radius: 22px;
      border-end-end-radius: 22px;
    }
    /* Smaller type makes iOS zoom into a field that takes the focus. */
    .check .field {
      font-size: 16px;
    }
  }
`;
