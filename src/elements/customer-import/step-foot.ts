import { html, nothing, type TemplateResult } from 'lit';
import type { ImportContext } from './context.ts';

export interface StepFoot {
  /** What comes next, in a sentence. */
  text: unknown;
  /** What the button says; absent, there is no way on. */
  next?: string | undefined;
  onNext?: () => void;
  isBusy?: boolean;
  /** There is nothing to look at: the way on comes first. */
  isNextFirst?: boolean;
}

/** The foot of a step: what comes next in a sentence, and the buttons that lead on and back. */
export function stepFoot({ flow, text }: ImportContext, foot: StepFoot): TemplateResult {
  const { next, onNext = () => flow.next(), isBusy = false, isNextFirst = false } = foot;
  const back = html`<button class="button" type="button" data-action="back" @click=${() => flow.back()}>
    ${text('back')}
  </button>`;
  const on =
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
        </button>`;
  return html`
    <div class="footer ${isNextFirst ? 'first' : ''}">
      <p>${foot.text}</p>
      <div class="footer-actions">${isNextFirst ? [on, back] : [back, on]}</div>
    </div>
  `;
}
