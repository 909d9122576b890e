import { html, nothing, type TemplateResult } from 'lit';
import { formatNumber } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { ImportProgress } from './import-run.ts';
import type { ImportText } from './import-text.ts';

export interface RunningStep {
  progress: ImportProgress;
  isStopping: boolean;
  /** Why it stands still, in plain words. */
  failure: string | undefined;
  locale: string;
  text: ImportText;
  onStop: () => void;
  onGoOn: () => void;
}

/** A bar, how much, how fast, how long still; where it stands still, what to do. */
export function runningStep({
  progress,
  isStopping,
  failure,
  locale,
  text,
  onStop,
  onGoOn,
}: RunningStep): TemplateResult {
  const { handled, total } = progress;
  const said = text('progress', { handled, total });
  return html`
    <div class="running">
      <h3 tabindex="-1">${failure ? text('runFailed') : text('runningTitle')}</h3>
      <progress part="progress" max=${total} .value=${handled} aria-label=${text('runningTitle')}>
        ${said}
      </progress>
      <p class="progress-line">
        <span>${said}</span>
        <span class="muted">${failure ? nothing : paceText(progress, locale, text)}</span>
      </p>
      ${
        failure
          ? html`<div class="notice alarming" role="alert">
              ${icons.warning}
              <p>${text('runFailedText', { reason: failure })}</p>
            </div>`
          : html`<p class="muted" role="status">
              ${progress.isWaiting ? text('waiting') : isStopping ? text('stopping') : text('runningHint')}
            </p>`
      }
      <div class="actions">
        ${
          failure
            ? html`
                <button class="button" type="button" @click=${onStop}>${text('stopHere')}</button>
                <button class="button primary" type="button" @click=${onGoOn}>${text('goOn')}</button>
              `
            : html`<button class="button" type="button" ?disabled=${isStopping} @click=${onStop}>
                ${isStopping ? text('stopping') : text('stop')}
              </button>`
        }
      </div>
    </div>
  `;
}

function paceText({ handled, total, rate }: ImportProgress, locale: string, text: ImportText): string {
  if (!rate) return '';
  const seconds = Math.ceil((total - handled) / rate);
  const left =
    seconds < 90
      ? text('secondsLeft', { count: seconds })
      : text('minutesLeft', { count: Math.round(seconds / 60) });
  return [text('rate', { rate: formatNumber(locale, Math.round(rate)) }), left].join(' · ');
}
