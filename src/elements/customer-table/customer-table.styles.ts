import { css } from 'lit';
import { filterStyles } from './styles/filters.ts';
import { footStyles } from './styles/foot.ts';
import { listStyles } from './styles/list.ts';
import { menuStyles } from './styles/menus.ts';

const rootStyles = css`
  .root {
    position: relative;
    display: flex;
    flex-direction: column;
    --_start: left;
  }
  .root:dir(rtl) {
    --_start: right;
  }
  .ellipsis {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* A word from the other direction is cut at its own end, and stands where its neighbours begin. */
  bdi.ellipsis {
    text-align: var(--_start);
  }
  [hidden] {
    display: none !important;
  }
  .late {
    animation: appear 150ms 800ms ease-out both;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .list-notice {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-block-end: 12px;
    padding: 8px 12px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    font-size: 13px;
  }
  .list-notice > svg {
    flex: none;
    color: var(--_danger);
  }
  .list-notice > span {
    flex: 1;
  }
`;

export const tableStyles = [rootStyles, filterStyles, listStyles, footStyles, menuStyles];
