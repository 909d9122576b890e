import { css } from 'lit';

/**
 * The look, once: each public `--customers-*` property with its default, mapped to the private name that our own
 * styles use. Colours follow the used `color-scheme`, so a page that declares one is followed; `theme` forces it.
 */
export const tokens = css`
  :host {
    --_font-size: var(--customers-font-size, 14px);
    --_surface: var(--customers-surface, light-dark(#ffffff, #16181c));
    --_raised: var(--customers-surface-raised, light-dark(#ffffff, #1f2227));
    --_text: var(--customers-text, light-dark(#1b1e23, #e6e8eb));
    --_muted: var(--customers-text-muted, light-dark(#5b6270, #a0a7b3));
    --_border: var(--customers-border, light-dark(#e3e5e9, #2b2f36));
    --_accent: var(--customers-accent, light-dark(#4a45d6, #9a9cfb));
    --_on-accent: var(--customers-on-accent, light-dark(#ffffff, #14151b));
    --_danger: var(--customers-danger, light-dark(#b42323, #ff8f87));
    --_positive: var(--customers-positive, light-dark(#15803d, #4ac77b));
    --_caution: var(--customers-caution, light-dark(#a85b06, #e9a94a));
    --_radius: var(--customers-radius, 6px);
    --_row-height: var(--customers-row-height, 48px);

    --_radius-card: calc(var(--_radius) + 2px);
    --_border-strong: color-mix(in srgb, var(--_border), var(--_text) 22%);
    --_control-border: color-mix(in srgb, var(--_border), var(--_text) 38%);
    --_hover: color-mix(in srgb, var(--_surface), var(--_text) 4%);
    --_pressed: color-mix(in srgb, var(--_surface), var(--_text) 8%);
    --_selected: color-mix(in srgb, var(--_surface), var(--_accent) 9%);
    --_pill: color-mix(in srgb, transparent, var(--_text) 7%);
    --_shadow:
      0 1px 2px light-dark(rgb(0 0 0 / 8%), rgb(0 0 0 / 40%)),
      0 8px 28px light-dark(rgb(16 20 32 / 14%), rgb(0 0 0 / 55%));
    --_ease: 150ms ease-out;

    display: block;
    box-sizing: border-box;
    font: inherit;
    font-size: var(--_font-size);
    line-height: 1.45;
    color: var(--_text);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .visually-hidden:not(:focus-within) {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      transition-duration: 0s !important;
      animation-duration: 0s !important;
      animation-iteration-count: 1 !important;
    }
  }
`;
