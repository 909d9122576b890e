import { html, nothing, type TemplateResult } from 'lit';
import type { FileReading } from '../../import/read-file.ts';
import type { Messages } from '../../locales/messages.ts';
import type { Receipt } from '../../model/receipt.ts';
import type { ImportText } from './import-text.ts';
import { numberTiles } from './number-tiles.ts';
import { fromFailures, groupProblems } from './problem-groups.ts';
import { problemList } from './problem-list.ts';

export interface ReportStep {
  reading: FileReading;
  receipt: Receipt;
  locale: string;
  text: ImportText;
  known: Messages['importing'];
  onDownload: () => void;
  onNext: () => void;
}

/** The receipt: what became of every row. */
export function reportStep(step: ReportStep): TemplateResult {
  const { reading, receipt, locale, text, known, onDownload, onNext } = step;
  const { created, changed, unchanged, skipped, failed, failures, asked } = receipt;
  const missing = asked - created - changed - unchanged - skipped - failed;
  return html`
    <h3 tabindex="-1">${text(receipt.status === 'cancelled' ? 'reportStopped' : 'reportTitle')}</h3>
    <p class="visually-hidden" role="status">
      ${text('reportSaid', { created, changed, unchanged, skipped, failed })}
    </p>
    ${missing > 0 ? html`<p class="notice">${text('reportStoppedText', { count: missing })}</p>` : nothing}
    ${numberTiles(
      [
        { label: text('created'), value: created, tone: 'strong' },
        { label: text('changed'), value: changed, tone: 'strong' },
        { label: text('unchanged'), value: unchanged },
        { label: text('skipped'), value: skipped },
        { label: text('failed'), value: failed, tone: 'alarming' },
      ],
      locale,
    )}
    ${
      failures.length
        ? html`<section>
            <h4>${text('leftOut')}</h4>
            ${problemList(groupProblems(fromFailures(failures, reading.problems)), text, known)}
          </section>`
        : nothing
    }
    <div class="actions">
      ${
        failures.length
          ? html`<button class="button" type="button" @click=${onDownload}>${text('download')}</button>`
          : nothing
      }
      <button class="button primary" type="button" @click=${onNext}>${text('next')}</button>
    </div>
  `;
}
