import { css } from 'lit';

/** What the surface holds: head and body. */
export const headStyles = css`
  :host {
    --_panel-width: var(--customers-detail-width, 600px);
  }
  .content {
    position: relative;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    block-size: 100%;
    container-type: inline-size;
  }
  .as-inline .content {
    max-inline-size: 760px;
    block-size: auto;
  }
  .body {
    padding: 20px 24px 32px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .as-inline .body {
    padding-inline: 0;
    overflow: visible;
  }

  .notice-place {
    position: absolute;
    z-index: 2;
    inset-block-end: calc(16px + env(safe-area-inset-bottom));
    inset-inline: 16px;
  }
  /* Over the page's lower edge, and without a height of its own: nothing moves as it comes. */
  .as-inline .notice-place {
    position: sticky;
    inset-block-end: 16px;
    block-size: 0;
  }

  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 72px;
    padding-block: 14px;
    padding-inline: 24px 16px;
    border-block-end: 1px solid var(--_border);
  }
  .as-inline .head {
    padding-inline: 0;
  }
  .who {
    --_avatar-size: 40px;
    display: flex;
    flex: 1;
    align-items: center;
    gap: 12px;
    min-width: 0;
  }
  .who-text {
    flex: 1;
    min-width: 0;
  }
  .head h2:focus {
    outline: none;
  }
  .head h2 {
    min-width: 0;
    margin: 0;
    overflow: hidden;
    font-size: 18px;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    margin: 2px 0 0;
    color: var(--_muted);
    font-size: 13px;
  }
  .badges .pill {
    height: 20px;
    color: inherit;
    line-height: 20px;
  }
  .head-actions {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
  }
  .head-actions .email {
    margin-inline-end: 4px;
  }
  /* Two names are written in the room of one. */
  .head:has(.name-line .in-place) .email {
    display: none;
  }
  .button[aria-disabled='true'] {
    opacity: 0.4;
    cursor: default;
  }
  .back {
    display: none;
  }
  /* A name says more than a button's words. */
  @container (inline-size < 640px) {
    .email .button-text {
      display: none;
    }
    .button.email {
      width: 32px;
      padding: 0;
    }
  }
  /* Beside the actions only the beginning of a name would fit. */
  @container (inline-size < 400px) {
    .head {
      flex-wrap: wrap;
    }
    .who {
      flex-basis: 240px;
    }
    .head-actions {
      margin-inline-start: auto;
    }
  }
  @media (max-width: 640px) {
    dialog.surface .back {
      display: inline-flex;
    }
    dialog.surface .close {
      display: none;
    }
    /* The name has a line of its own, under the way back and what can be done. */
    dialog.surface .head {
      flex-wrap: wrap;
      gap: 0 8px;
      padding-block: 4px 12px;
      padding-inline: 4px 8px;
    }
    dialog.surface .who {
      flex-basis: 100%;
      order: 1;
      padding-inline: 12px 8px;
    }
    dialog.surface .head-actions {
      margin-inline-start: auto;
    }
    dialog.surface .head h2 {
      font-size: 17px;
    }
    dialog.surface .body {
      padding: 16px 16px calc(32px + env(safe-area-inset-bottom));
    }
    .button.email,
    .head .button.icon {
      width: 44px;
      min-height: 44px;
    }
    .head-actions {
      gap: 0;
    }
    .button.email {
      border-color: transparent;
      background: none;
    }
  }
`;
