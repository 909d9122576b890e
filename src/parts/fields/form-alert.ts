import { css } from 'lit';

/** What is to be said about a whole form: mistakes, a failed save. */
export const formAlertStyles = css`
  .form-alert {
    display: flex;
    gap: 10px;
    padding: 12px 14px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .form-alert:focus {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .form-alert > svg {
    flex: none;
    margin-block-start: 1px;
    color: var(--_muted);
  }
  .form-alert.failed {
    border-color: color-mix(in srgb, var(--_border), var(--_danger) 55%);
  }
  .form-alert.failed > svg {
    color: var(--_danger);
  }
  .form-alert > div {
    flex: 1;
    min-width: 0;
  }
  .form-alert p {
    margin: 0;
  }
  .form-alert p + p {
    margin-block-start: 4px;
  }
  .form-alert-title {
    font-weight: 500;
  }
  .form-alert ul {
    margin: 4px 0 0;
    padding-inline-start: 16px;
  }
  .form-alert a {
    color: inherit;
  }
  .form-alert-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .form-alert-actions:not(:empty) {
    margin-block-start: 10px;
  }
`;
