import { css, html, nothing, type TemplateResult } from 'lit';
import type { ImportContext } from './context.ts';
import { importSteps, type ImportStep } from './flow.ts';

/** Where the person is on the way; what was seen already can be gone back to until rows are written. */
export function importPath({ flow, text }: ImportContext): TemplateResult {
  const current = importSteps.indexOf(flow.step);
  return html`
    <nav class="path" part="path" aria-label=${text('path')}>
      <ol>
        ${importSteps.map((step, index) => {
          const state = index < current ? 'done' : index === current ? 'current' : '';
          return html`
            <li class=${state} aria-current=${index === current ? 'step' : nothing}>
              ${
                flow.canGoTo(step)
                  ? html`<button type="button" class="path-label" @click=${() => flow.goTo(step)}>
                      <span>${text(`step_${step}`)}</span>
                    </button>`
                  : html`<div class="path-label"><span>${text(`step_${step}`)}</span></div>`
              }
            </li>
          `;
        })}
      </ol>
    </nav>
  `;
}

/** What is said when a step begins. */
export function stepSaid({ text }: ImportContext, step: ImportStep): string {
  return text('stepOf', {
    step: importSteps.indexOf(step) + 1,
    count: importSteps.length,
    name: text(`step_${step}`),
  });
}

export const pathStyles = css`
  .path {
    margin-block-end: 20px;
  }
  .path ol {
    display: flex;
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .path li {
    flex: 1 1 0;
    min-width: 0;
    border-block-start: 2px solid var(--_border);
    transition: border-color var(--_ease);
  }
  .path li.done,
  .path li.current {
    border-color: var(--_accent);
  }
  .path-label {
    position: relative;
    display: block;
    inline-size: 100%;
    padding: 6px 0 2px;
    overflow: hidden;
    border: 0;
    background: none;
    color: var(--_muted);
    font: inherit;
    font-size: 12px;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .path .current .path-label {
    color: var(--_text);
    font-weight: 500;
  }
  button.path-label {
    cursor: pointer;
  }
  button.path-label:hover {
    color: var(--_text);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  @media (pointer: coarse) {
    button.path-label {
      min-block-size: 44px;
    }
  }
  /* The line and where one is. */
  @container (inline-size < 480px) {
    .path li:not(.current) .path-label > span {
      position: absolute;
      clip-path: inset(50%);
    }
    .path li.current {
      flex-grow: 2;
    }
    .path-label {
      min-block-size: 26px;
    }
  }
  @media (forced-colors: active) {
    .path li.done,
    .path li.current {
      border-color: Highlight;
    }
  }
`;
