import { css } from 'lit';

export const groupsStyles = css`
  :host {
    --_panel-width: 600px;
    --_dialog-width: 720px;
  }
  .content {
    position: relative;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    block-size: 100%;
    container-type: inline-size;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: 57px;
    padding-block: 12px;
    padding-inline: 24px 12px;
    border-block-end: 1px solid var(--_border);
  }
  .head:has(.back) {
    padding-inline-start: 12px;
  }
  .head h2 {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 8px;
    min-width: 0;
    margin: 0;
    overflow: hidden;
    font-size: 15px;
    font-weight: 600;
    white-space: nowrap;
  }
  .head h2:focus {
    outline: none;
  }
  .head h2 bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }
  /* Nothing is written yet that could say which way it goes. */
  [dir='rtl'] .type-ahead .field:placeholder-shown {
    direction: rtl;
  }
  .head h2 .dot {
    width: 10px;
    height: 10px;
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
    gap: 16px;
    padding: 16px 24px 72px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  form .body {
    gap: 20px;
    padding-block-end: 24px;
  }
  .as-inline .head,
  .as-inline .body {
    padding-inline: 0;
  }
  .as-inline .body {
    overflow: visible;
  }
  .quiet:not(.button) {
    color: var(--_muted);
  }
  .bar {
    display: flex;
    gap: 8px;
  }
  .search-box {
    position: relative;
    flex: 1;
    min-width: 0;
  }
  .search-box > svg {
    position: absolute;
    inset-block-start: calc(50% - 8px);
    inset-inline-start: 10px;
    color: var(--_muted);
    pointer-events: none;
  }
  .search-box .field {
    padding-inline-start: 32px;
  }
  .rows {
    min-width: 0;
  }
  .rows:focus {
    outline: none;
  }
  .rows:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 4px;
    border-radius: 2px;
  }
  .groups,
  .members {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .group-row {
    position: relative;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto 64px;
    align-items: center;
    gap: 12px;
    min-height: 52px;
    padding: 6px 8px;
    border-block-end: 1px solid var(--_border);
  }
  .group-row:has(> .skeleton) {
    grid-template-columns: minmax(0, 1fr);
  }
  .group-row:has(.group-name):hover,
  .member:hover {
    background: var(--_hover);
  }
  .group-row > .dot {
    width: 10px;
    height: 10px;
  }
  .group-who {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 8px;
    min-width: 0;
  }
  .group-name,
  .member-name {
    min-width: 0;
    max-width: 100%;
    padding: 0;
    overflow: hidden;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 500;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  /* The whole row opens it. */
  .group-name::after {
    position: absolute;
    inset: 0;
    content: '';
  }
  .group-name:focus-visible {
    outline: none;
  }
  .group-name:focus-visible::after {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
    border-radius: var(--_radius);
  }
  .member-name:hover {
    text-decoration: underline;
  }
  .group-about {
    flex-basis: 100%;
    margin: 0;
    overflow: hidden;
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .by-rule {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    color: var(--_muted);
    font-size: 12px;
    white-space: nowrap;
  }
  .by-rule svg {
    width: 12px;
    height: 12px;
  }
  .group-discount {
    color: var(--_muted);
    font-size: 13px;
    white-space: nowrap;
  }
  .group-count {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .as-of {
    margin: 12px 8px 0;
    font-size: 12px;
  }
  .rows-foot {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 8px;
    padding-block-start: 12px;
  }
  .rows-foot p {
    margin: 0;
    color: var(--_danger);
    font-size: 13px;
  }
  .facts p {
    margin: 0 0 8px;
    overflow-wrap: anywhere;
  }
  .facts-line {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    font-size: 13px;
  }
  .facts-line:not(:has(*)) {
    display: none;
  }
  .facts .about {
    white-space: pre-line;
  }
  .rule-words {
    font-size: 13px;
  }
  .rule-words .by-rule {
    margin-inline-end: 4px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 12px;
  }
  .member-list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
  }
  .member-list h3,
  .rule h3,
  .preview h3 {
    margin: 0;
    font-size: 13px;
    font-weight: 600;
  }
  .kinds {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .kinds .button[aria-pressed='true'] {
    background: var(--_pressed);
  }
  .selection {
    position: sticky;
    inset-block-start: -16px;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 8px;
    border-radius: var(--_radius);
    background: var(--_ground, var(--_surface));
    box-shadow: inset 0 0 0 1px var(--_border-strong);
    font-size: 13px;
  }
  .member {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 48px;
    padding: 4px 8px;
    border-block-end: 1px solid var(--_border);
  }
  .member-check {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    margin-inline-start: -8px;
    padding: 8px;
    cursor: pointer;
  }
  .member-who {
    display: grid;
    flex: 1;
    justify-items: start;
    min-width: 0;
  }
  .member-email,
  .member time {
    max-width: 100%;
    overflow: hidden;
    font-size: 12px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .member-act {
    color: var(--_muted);
  }
  .nobody {
    margin: 0;
    padding: 20px 8px;
    font-size: 13px;
    text-align: center;
  }
  .notice-place {
    position: absolute;
    z-index: 6;
    inset-block-end: 16px;
    inset-inline: 16px;
  }
  .as-inline .notice-place {
    position: sticky;
    block-size: 0;
  }
  textarea.field {
    padding-block: 6px;
    resize: vertical;
  }
  .color-field {
    margin: 0;
    padding: 0;
    border: 0;
  }
  .color-field legend {
    padding: 0;
  }
  .swatches {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-block-end: 8px;
    margin-inline-start: -4px;
  }
  .swatch {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 32px;
    height: 32px;
    border-radius: 50%;
    cursor: pointer;
  }
  .swatch input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    appearance: none;
    border-radius: 50%;
    cursor: pointer;
  }
  .swatch input:checked {
    box-shadow: inset 0 0 0 2px var(--_text);
  }
  .swatch .dot {
    width: 20px;
    height: 20px;
    pointer-events: none;
  }
  .own-color {
    display: flex;
    align-items: center;
    gap: 10px;
  }
  .own-color .dot {
    width: 20px;
    height: 20px;
  }
  .own-color .field {
    width: 120px;
  }
  .rule {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 8px;
    padding-block-start: 16px;
    border-block-start: 1px solid var(--_border);
  }
  .rule p {
    margin: 0;
    font-size: 13px;
  }
  .preview {
    display: grid;
    gap: 8px;
    margin-block-start: 8px;
    padding: 12px 14px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  .preview > .button {
    justify-self: start;
  }
  .preview-people {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 16px;
  }
  .preview-people:not(:has(*)) {
    display: none;
  }
  .preview h4 {
    display: flex;
    align-items: center;
    gap: 6px;
    margin: 0 0 4px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 500;
  }
  .preview ul {
    margin: 0;
    padding: 0;
    font-size: 13px;
    list-style: none;
  }
  .preview li {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .restored {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    color: var(--_muted);
    font-size: 13px;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 12px 24px;
    border-block-start: 1px solid var(--_border);
  }
  .foot-note {
    flex: 1;
    font-size: 12px;
  }
  .as-inline .foot {
    padding-inline: 0;
  }
  .foot .button.primary[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }
  @container (inline-size < 480px) {
    .group-row {
      grid-template-columns: auto minmax(0, 1fr) auto;
      row-gap: 0;
    }
    .group-row .group-discount {
      grid-area: 2 / 2;
      font-size: 12px;
    }
    .group-row .group-discount:empty {
      display: none;
    }
    .group-row .group-count {
      grid-area: 1 / 3;
    }
    .preview-people {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 640px) {
    dialog.surface .body {
      padding-inline: 16px;
    }
    dialog.surface .head {
      padding-inline: 16px 4px;
    }
    dialog.surface .head:has(.back) {
      padding-inline-start: 4px;
    }
    dialog.surface .foot {
      padding: 12px 16px calc(12px + env(safe-area-inset-bottom));
    }
    dialog.surface .foot .button {
      flex: 1;
      min-height: 44px;
    }
    dialog.surface .foot-note:empty {
      display: none;
    }
  }
  @media (pointer: coarse) {
    .swatch,
    .member-check {
      min-width: 44px;
      min-height: 44px;
    }
    .member-name {
      min-height: 32px;
    }
  }
`;
