import { css } from 'lit';

/** Orders and notes. */
export const rowStyles = css`
  .rows {
    margin: -8px 0 0;
    padding: 0;
    list-style: none;
  }
  .rows:focus {
    outline: none;
  }
  .rows:focus-visible {
    outline: 2px solid var(--_accent);
  }
  .order {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(80px, auto) minmax(104px, auto);
    align-items: center;
    gap: 2px 16px;
    min-height: 52px;
    padding-block: 6px;
    border-block-end: 1px solid var(--_border);
    font-size: 13px;
    font-variant-numeric: tabular-nums;
  }
  .order-what {
    display: grid;
    justify-items: start;
    min-width: 0;
  }
  .order-what time {
    font-size: 12px;
  }
  .order-number {
    max-width: 100%;
    padding: 0;
    overflow: hidden;
    border: 0;
    border-radius: 3px;
    background: none;
    color: var(--_text);
    font: inherit;
    font-weight: 500;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .body a.order-number {
    color: var(--_text);
  }
  .order-number:hover {
    text-decoration: underline;
  }
  .order-status {
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  .order-total {
    text-align: end;
  }
  .order-total s {
    color: var(--_muted);
  }
  @media (pointer: coarse) {
    .order-number {
      min-height: 32px;
    }
  }

  .note-form {
    display: grid;
    gap: 8px;
  }
  .note-form textarea {
    min-height: 60px;
    padding: 8px 10px;
    font-size: 13px;
    resize: vertical;
    field-sizing: content;
    max-height: 40dvh;
  }
  .note-form-foot {
    display: flex;
    align-items: center;
    gap: 12px;
    font-size: 12px;
  }
  .note-form-foot > :first-child {
    flex: 1;
    margin: 0;
  }
  .note-form-foot p {
    color: var(--_danger);
  }
  @media (pointer: coarse) {
    .note-form textarea {
      font-size: 16px;
    }
  }

  .note-row {
    padding-block: 14px;
    border-block-end: 1px solid var(--_border);
    font-size: 13px;
  }
  .note-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 8px;
    margin-block-end: 4px;
  }
  .author {
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .note-head time,
  .pinned {
    font-size: 12px;
  }
  .pinned {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    margin-inline-start: auto;
    color: var(--_muted);
  }
  .pinned svg {
    width: 14px;
    height: 14px;
  }
  .note-text {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }

  .row-actions {
    display: flex;
    margin-inline-start: auto;
    margin-block: -4px;
  }
  .pinned + .row-actions {
    margin-inline-start: 0;
  }
  .row-actions .button {
    color: var(--_muted);
  }
  .row-actions .button[aria-pressed='true'],
  .row-actions .button:hover {
    color: var(--_text);
  }
  /* Quiet until one comes near; always there for a finger. */
  @media (hover: hover) and (pointer: fine) {
    .row-actions {
      opacity: 0;
      transition: opacity var(--_ease);
    }
    :is(li:hover, li:focus-within) > * > .row-actions {
      opacity: 1;
    }
  }
  .note-conflict {
    margin-block-end: 8px;
    padding: 10px 12px;
    border: 1px solid var(--_border);
    border-inline-start: 3px solid var(--_caution);
    border-radius: var(--_radius);
  }
  .note-conflict p {
    margin: 0 0 8px;
  }
  .note-conflict blockquote {
    margin: 0 0 8px;
    max-height: 240px;
    overflow-y: auto;
  }

  .rows-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 8px 12px;
    font-size: 13px;
  }
  .rows-foot p {
    margin: 0;
  }
  .nothing-yet {
    margin: 0;
    padding-block: 24px;
    color: var(--_muted);
    font-size: 13px;
    text-align: center;
  }
`;
