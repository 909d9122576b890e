import { css } from 'lit';

/** Buttons, fields and panels as every element of ours draws them. Apply by class on native elements. */
export const controls = css`
  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 32px;
    padding: 0 12px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    background: var(--_raised);
    color: var(--_text);
    font: inherit;
    font-size: 13px;
    font-weight: 500;
    line-height: 1;
    white-space: nowrap;
    text-decoration: none;
    cursor: pointer;
    transition:
      background-color var(--_ease),
      border-color var(--_ease);
  }
  .button:hover:not(:disabled) {
    background: var(--_hover);
  }
  .button:active:not(:disabled) {
    background: var(--_pressed);
  }
  .button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .button.primary {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--_accent), var(--_text) 14%);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
  }
  .button.quiet:hover:not(:disabled) {
    background: var(--_pressed);
  }
  .button.danger {
    border-color: transparent;
    background: var(--_danger);
    color: light-dark(#ffffff, #1a0d0c);
  }
  .button.icon {
    width: 32px;
    padding: 0;
  }
  .button svg {
    flex: none;
  }
  .field {
    min-height: 32px;
    width: 100%;
    padding: 0 10px;
    border: 1px solid var(--_control-border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
    font-size: 13px;
  }
  .field::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .field:focus-visible {
    outline-offset: 0;
    border-color: var(--_accent);
  }
  .field[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .panel {
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_raised);
    color: var(--_text);
    box-shadow: var(--_shadow);
  }
  input[type='checkbox'],
  input[type='radio'] {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  @media (pointer: coarse) {
    .button,
    .field {
      min-height: 44px;
    }
    .button.icon {
      width: 44px;
    }
  }
`;
