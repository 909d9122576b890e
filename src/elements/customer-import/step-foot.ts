import { html, nothing, type TemplateResult } from 'lit';
import type { ImportContext } from './context.ts';

export interface StepFoot {
  /** What comes next, in a sentence. */
  text: unknown;
  /** What the button says; absent, there is no way on. */
  next?: string | undefined;
  onNext?: () => void;
  isBusy?: boolean;
}

/** The foot of a step: what comes next in a sentence, and the buttons that lead on and back. */
export function stepFoot({ flow, text }: ImportContext, foot: StepFoot): TemplateResult {
  const { next, onNext = () => flow.next(), isBusy = false } = foot;
  return html`
    <div class="footer">
      <p>${foot.text}</p>
      <div class="footer-actions">
        <button class="button" type="button" data-action="back" @click=${() => flow.back()}>
          ${text('back')}
        </button>
        ${
          next === undefined
            ? nothing
            : html`<button
                class="button primary"
                type="button"
                data-action="next"
                ?disabled=${isBusy}
                @click=${onNext}
              >
                ${next}
              </button>`
        }
      </div>
    </div>
  `;
}
