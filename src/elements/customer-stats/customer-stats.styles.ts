import { css } from 'lit';

export const statsStyles = css`
  :host {
    container-type: inline-size;
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 1fr));
    gap: 1px;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
    background: var(--_border);
    list-style: none;
  }
  .card {
    display: grid;
    align-content: start;
    gap: 2px;
    width: 100%;
    height: 100%;
    min-height: 84px;
    padding: 12px 16px;
    border: 0;
    background: var(--_surface);
    color: inherit;
    font: inherit;
    text-align: start;
  }
  li {
    display: grid;
    background: var(--_surface);
  }
  button.card {
    cursor: pointer;
    transition: background-color var(--_ease);
  }
  button.card:hover {
    background: var(--_hover);
  }
  button.card:active {
    background: var(--_pressed);
  }
  button.card:focus-visible {
    outline-offset: -2px;
    border-radius: calc(var(--_radius-card) - 1px);
  }
  button.card[aria-pressed='true'] {
    box-shadow: inset 0 -2px var(--_accent);
  }
  button.card[aria-pressed='true'] .label {
    color: var(--_accent);
  }
  .label,
  .note {
    color: var(--_muted);
  }
  .label {
    overflow: hidden;
    font-size: 13px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .note {
    min-height: 1.45em;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .value {
    overflow: hidden;
    font-size: 20px;
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card .skeleton {
    display: block;
    margin-block: 8px;
  }
  .card .skeleton.short {
    margin-block: 4px;
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    font-size: 13px;
  }
  .failure p {
    flex: 1 1 240px;
    margin: 0;
  }
  .failure.failed {
    min-height: 84px;
    padding: 12px 16px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-card);
  }
  .failure.outdated {
    margin-top: 8px;
    color: var(--_muted);
  }
  @container (inline-size < 900px) {
    .cards {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
  @container (inline-size < 520px) {
    .cards {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .card {
      gap: 0;
      min-height: 68px;
      padding: 8px 12px;
    }
    .value {
      font-size: 17px;
    }
  }
  @media (forced-colors: active) {
    .cards {
      background: CanvasText;
    }
    button.card[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
