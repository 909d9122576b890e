import { css } from 'lit';

export const recentlyDeletedStyles = css`
  dialog.deleted {
    inline-size: min(640px, calc(100vw - 32px));
  }
  .deleted-message:empty,
  .deleted-empty:empty {
    display: none;
  }
  .deleted-message {
    margin: 12px 0 0;
    font-size: 13px;
  }
  .deleted-empty {
    margin-block-start: 24px;
    text-align: center;
  }
  .deleted-list {
    margin: 12px 0 8px;
    padding: 0;
    list-style: none;
  }
  .deleted-list li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding-block: 10px;
    border-block-end: 1px solid var(--_border);
  }
  .deleted-who {
    display: grid;
    flex: 1 1 220px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .deleted-who strong {
    font-weight: 500;
  }
  .deleted-who small {
    color: var(--_muted);
    font-size: 12px;
  }
  @media (max-width: 480px) {
    .deleted-who {
      flex-basis: 100%;
    }
  }
  .deleted-purge {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-block-start: 16px;
    font-size: 13px;
  }
  .deleted-purge > span {
    flex: 1 1 260px;
  }
  .deleted-purge strong {
    display: block;
    font-weight: 500;
  }
`;
