import { css } from 'lit';

/** The dialogs in which a person's data are erased or handed over. */
export const privacyStyles = css`
  dialog.privacy {
    width: min(480px, calc(100vw - 32px));
    max-height: calc(100dvh - 32px);
    margin: auto;
    padding: 20px;
    overflow: auto;
  }
  dialog.privacy::backdrop {
    background: rgb(10 12 18 / 45%);
  }
  dialog.privacy[open] {
    animation: privacy-come 150ms ease-out;
  }
  @keyframes privacy-come {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  .privacy h2 {
    margin: 0 0 12px;
    font-size: 15px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .privacy h3 {
    margin: 16px 0 4px;
    color: var(--_muted);
    font-size: 12px;
    font-weight: 500;
  }
  .privacy-list {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    font-size: 13px;
    list-style: none;
  }
  .privacy-list li {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr);
  }
  .privacy-list li::before {
    content: '·';
    color: var(--_muted);
  }
  .privacy-list.goes li::before {
    content: '–';
    color: var(--_danger);
  }
  .privacy-note {
    margin: 0 0 12px;
    color: var(--_muted);
    font-size: 13px;
  }
  .privacy-note:empty,
  .privacy-message:empty {
    display: none;
  }
  .privacy-final {
    margin: 16px 0 12px;
    font-size: 13px;
    font-weight: 500;
  }
  .privacy-field {
    display: grid;
    gap: 6px;
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .privacy-message {
    margin: 6px 0 0;
    color: var(--_danger);
    font-size: 13px;
  }
  .privacy-choices {
    display: grid;
    gap: 8px;
    margin-block-end: 12px;
  }
  .privacy-choice {
    display: flex;
    align-items: flex-start;
    gap: 12px;
    padding: 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_raised);
    color: inherit;
    font: inherit;
    font-size: 13px;
    text-align: start;
    cursor: pointer;
  }
  .privacy-choice:hover {
    background: var(--_hover);
  }
  .privacy-choice[aria-disabled='true'] {
    opacity: 0.5;
    cursor: default;
  }
  .privacy-choice svg {
    flex: none;
    margin-block-start: 2px;
    color: var(--_muted);
  }
  .privacy-choice strong {
    display: block;
    font-weight: 500;
  }
  .privacy-choice small {
    color: var(--_muted);
    font-size: 12px;
  }
  .privacy-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    margin-block-start: 20px;
  }
`;
