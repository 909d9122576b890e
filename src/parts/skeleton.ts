import { css, html, type TemplateResult } from 'lit';

/** A grey line where text will stand; `width` is one of the sizes below. */
export function skeletonLine(size: 'short' | 'medium' | 'long' = 'medium'): TemplateResult {
  return html`<span class="skeleton ${size}"></span>`;
}

export const skeletonStyles = css`
  .skeleton {
    display: inline-block;
    height: 10px;
    border-radius: 5px;
    background: var(--_pressed);
    animation: skeleton-pulse 1.6s ease-in-out infinite;
    vertical-align: middle;
  }
  .skeleton.short {
    width: 32px;
  }
  .skeleton.medium {
    width: 64%;
  }
  .skeleton.long {
    width: 82%;
  }
  .skeleton.round {
    flex: none;
    width: var(--_avatar-size, 28px);
    height: var(--_avatar-size, 28px);
    border-radius: 50%;
  }
  @keyframes skeleton-pulse {
    50% {
      opacity: 0.45;
    }
  }
`;
