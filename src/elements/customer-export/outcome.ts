import { html, nothing, type TemplateResult } from 'lit';
import { ExportError } from '../../export/export-error.ts';
import { mostSheetRows } from '../../export/limits.ts';
import type { OperationProgress } from '../../operations/operation-run.ts';
import { formatNumber, isolated } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { ExportContext } from './context.ts';
import type { ExportState } from './export-job.ts';

/** A bar, how many, how fast, how long still. One template from the start, so that the focus stays in it. */
export function runningView(context: ExportContext, progress: OperationProgress | undefined): TemplateResult {
  const { text } = context;
  const said = progress ? text('progress', { done: progress.done, total: progress.total }) : '';
  return html`
    <div class="running">
      <h3 tabindex="-1" class="goal">${text('running')}</h3>
      <progress
        part="progress"
        max=${progress?.total || 1}
        value=${progress ? progress.done : nothing}
        aria-label=${text('running')}
      ></progress>
      <p class="pace">
        <span>${said}</span>
        <span class="muted">${progress?.state === 'running' ? paceText(progress, context) : nothing}</span>
      </p>
      <p class="muted" role="status">${text(progress ? hints[progress.state] : 'preparing')}</p>
    </div>
  `;
}

const hints = { running: 'runningHint', waiting: 'waiting', paused: 'paused', stopping: 'stopping' } as const;

function paceText({ done, total, rate }: OperationProgress, { text, locale }: ExportContext): string {
  if (!rate) return '';
  const seconds = Math.ceil((total - done) / rate);
  const left =
    seconds < 90
      ? text('secondsLeft', { count: seconds })
      : text('minutesLeft', { count: Math.round(seconds / 60) });
  return [text('rate', { rate: formatNumber(locale, Math.round(rate)) }), left].join(' · ');
}

/** Why it stands still, and what helps. */
export function failedView(
  { text, locale }: ExportContext,
  error: unknown,
  errorText: (error: unknown) => string,
): TemplateResult {
  const isFile = error instanceof ExportError;
  const reason = isFile
    ? text(`error_${error.code}`, {
        most: formatNumber(locale, mostSheetRows - 1),
        detail: isolated(error.detail),
      })
    : errorText(error);
  return html`
    <div class="form-alert failed goal" role="alert" tabindex="-1">
      ${icons.warning}
      <div>
        <p class="form-alert-title">${text(isFile ? 'cancelled' : 'failed')}</p>
        <p>${isFile ? reason : text('failedText', { reason })}</p>
      </div>
    </div>
  `;
}

/** How many stand in which file, and whom it can't hold any more. */
export function doneView(
  { text }: ExportContext,
  { receipt, rows, fileName, file }: ExportState & { name: 'done' },
): TemplateResult {
  const gone = receipt.failures.filter(({ code }) => code === 'unknown');
  return html`
    <div class="outcome">
      <span class="outcome-icon">${icons.check}</span>
      <h3 tabindex="-1" class="goal">${text('done')}</h3>
      <p role="status">
        ${
          rows
            ? text('doneText', { count: rows, file: isolated(fileName) })
            : text('doneEmpty', { file: isolated(fileName) })
        }
      </p>
      ${file ? html`<p class="muted">${text('inDownloads')}</p>` : nothing}
      ${
        receipt.skipped
          ? html`<div class="gone">
              <p>${text('gone', { count: receipt.skipped })}</p>
              <details>
                <summary>${text('goneIds')}</summary>
                <ul>
                  ${gone.map(({ id }) => html`<li><code>${id}</code></li>`)}
                </ul>
              </details>
            </div>`
          : nothing
      }
    </div>
  `;
}

export function cancelledView({ text }: ExportContext): TemplateResult {
  return html`
    <div class="outcome">
      <span class="outcome-icon">${icons.cross}</span>
      <h3 tabindex="-1" class="goal">${text('cancelled')}</h3>
      <p role="status">${text('cancelledText')}</p>
    </div>
  `;
}
