import { css } from 'lit';

/** The rows of the columns menu. */
export const menuStyles = css`
  .column-item {
    display: flex;
    align-items: center;
    border-radius: calc(var(--_radius) - 2px);
  }
  .column-item:hover {
    background: var(--_pressed);
  }
  .column-item .menu-item {
    flex: 1;
    width: auto;
    min-width: 0;
  }
  .column-item .menu-item:hover {
    background: none;
  }
  .button.move {
    width: 28px;
    min-height: 28px;
    border-radius: 4px;
    color: var(--_muted);
  }
  .button.move svg {
    width: 14px;
    height: 14px;
  }
  .button.move:focus-visible {
    outline-offset: -2px;
  }
  .button.move:hover:not([aria-disabled='true']) {
    color: var(--_text);
  }
  .button.move[aria-disabled='true'] {
    color: color-mix(in srgb, var(--_muted), var(--_raised) 55%);
    cursor: default;
  }
  @media (hover: hover) {
    .button.move {
      opacity: 0.45;
      transition: opacity 120ms ease-out;
    }
    .column-item:hover .move,
    .column-item:focus-within .move {
      opacity: 1;
    }
  }
  @media (pointer: coarse) {
    .button.move {
      width: 44px;
      min-height: 44px;
    }
  }
`;
