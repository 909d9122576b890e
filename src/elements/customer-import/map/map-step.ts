import { html, nothing, type TemplateResult } from 'lit';
import { icons } from '../../../parts/icons.ts';
import { columnCards } from '../column-cards.ts';
import type { ImportContext, ImportStepView } from '../context.ts';
import { stepFoot } from '../step-foot.ts';

/** What the columns of the file become. */
export class MapStep implements ImportStepView {
  readonly #context: ImportContext;

  constructor(context: ImportContext) {
    this.#context = context;
  }

  render(): TemplateResult {
    const { flow, text } = this.#context;
    const { overview } = flow;
    if (!overview) return html``;
    const { blocker } = overview;
    return html`
      <h3 tabindex="-1">${text('columns')}</h3>
      ${
        blocker
          ? html`<div class="notice alarming" role="alert">
              ${icons.warning}
              <p>${text(`error_${blocker.code}`, { detail: blocker.detail })}</p>
            </div>`
          : nothing
      }
      ${columnCards(overview.columns, overview.records, text)}
      ${stepFoot(this.#context, {
        text: nothing,
        next: blocker ? undefined : text('nextStep'),
      })}
    `;
  }
}
