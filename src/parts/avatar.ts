import { css, html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Customer } from '../model/customer.ts';
import { displayName, initials } from '../model/names.ts';
import { icons } from './icons.ts';

const tintCount = 12;

/** The picture of a customer, else initials on a tint that follows from the name. Decorative: the name stands beside it. */
export function avatar(customer: Customer): TemplateResult {
  const letters = initials(customer);
  return html`
    <span class="avatar tint-${tintOf(displayName(customer))}" part="avatar" aria-hidden="true">
      ${letters || icons.person}
      ${
        isPicture(customer.avatar_url)
          ? // Keyed, so that a picture that failed doesn't hide the next customer's in a recycled row.
            keyed(
              customer.avatar_url,
              html`<img
                src=${customer.avatar_url}
                alt=""
                loading="lazy"
                decoding="async"
                referrerpolicy="no-referrer"
                @error=${(event: Event) => (event.currentTarget as Element).remove()}
              />`,
            )
          : nothing
      }
    </span>
  `;
}

function isPicture(url: string | null): url is string {
  return url !== null && /^https?:\/\//i.test(url);
}

/** The same tint for the same name, wherever it is shown. */
export function tintOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % tintCount;
}

export const avatarStyles = css`
  .avatar {
    position: relative;
    display: inline-flex;
    flex: none;
    align-items: center;
    justify-content: center;
    width: var(--_avatar-size, 28px);
    height: var(--_avatar-size, 28px);
    overflow: hidden;
    border-radius: 50%;
    background: light-dark(oklch(0.93 0.045 var(--_hue)), oklch(0.34 0.055 var(--_hue)));
    color: light-dark(oklch(0.42 0.1 var(--_hue)), oklch(0.88 0.06 var(--_hue)));
    font-size: calc(var(--_avatar-size, 28px) * 0.39);
    font-weight: 500;
    line-height: 1;
    user-select: none;
  }
  .avatar img {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
    background: var(--_surface);
  }
  .tint-0 {
    --_hue: 20;
  }
  .tint-1 {
    --_hue: 45;
  }
  .tint-2 {
    --_hue: 75;
  }
  .tint-3 {
    --_hue: 110;
  }
  .tint-4 {
    --_hue: 145;
  }
  .tint-5 {
    --_hue: 170;
  }
  .tint-6 {
    --_hue: 200;
  }
  .tint-7 {
    --_hue: 230;
  }
  .tint-8 {
    --_hue: 260;
  }
  .tint-9 {
    --_hue: 290;
  }
  .tint-10 {
    --_hue: 320;
  }
  .tint-11 {
    --_hue: 350;
  }
  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
  }
`;
