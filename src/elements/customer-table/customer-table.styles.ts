import { css } from 'lit';
import { filterStyles } from './styles/filters.ts';
import { footStyles } from './styles/foot.ts';
import { listStyles } from './styles/list.ts';

const rootStyles = css`
  .root {
    position: relative;
    display: flex;
    flex-direction: column;
  }
  .ellipsis {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [hidden] {
    display: none !important;
  }
  .mirrored:dir(rtl) {
    transform: scaleX(-1);
  }
  .late {
    animation: appear 150ms 800ms ease-out both;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-block-end: 12px;
    padding: 8px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 13px;
  }
  .notice > svg {
    flex: none;
    color: var(--_danger);
  }
  .notice > span {
    flex: 1;
  }
`;

export const tableStyles = [rootStyles, filterStyles, listStyles, footStyles];
