import { css } from 'lit';

export const pickStyles = css`
  .drop {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 40px 24px 32px;
    border: 1px dashed var(--_control-border);
    border-radius: var(--_radius-card);
    text-align: center;
    transition:
      background-color var(--_ease),
      border-color var(--_ease);
  }
  .drop.over {
    border-color: var(--_accent);
    border-style: solid;
    background: var(--_selected);
  }
  .drop-icon {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    width: 40px;
    height: 40px;
    margin-block-end: 8px;
    border-radius: 50%;
    background: var(--_pill);
    color: var(--_muted);
  }
  .drop.over .drop-icon {
    color: var(--_accent);
  }
  .drop-title {
    font-size: 15px;
    font-weight: 600;
  }
  .drop .muted {
    max-width: 56ch;
  }
  .drop-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    margin-block-start: 16px;
  }
  .limits {
    max-width: 64ch;
    margin-block-start: 16px;
    color: var(--_muted);
    font-size: 12px;
  }
  .paste {
    display: grid;
    gap: 8px;
  }
  .paste textarea {
    padding-block: 8px;
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 12px;
    line-height: 1.5;
    resize: vertical;
  }
  .paste .actions {
    margin-block-start: 4px;
  }
  .notice .grow {
    flex: 1;
    min-width: 0;
  }
  .notice .button {
    flex: none;
    margin-block: -4px;
  }
  @container (inline-size < 480px) {
    .drop {
      padding: 28px 16px 24px;
    }
    .drop-actions {
      inline-size: 100%;
    }
    .drop-actions .button {
      flex: 1 1 100%;
      min-height: 44px;
    }
  }
`;
