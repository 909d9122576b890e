import { html, nothing, type TemplateResult } from 'lit';
import type { Receipt } from '../../model/receipt.ts';
import { saveFile } from '../../parts/save-file.ts';
import type { ImportContext, ImportStepView } from './context.ts';
import { leftOutCsv } from './left-out-csv.ts';
import { numberTiles } from './number-tiles.ts';
import { fromFailures, groupProblems } from './problem-groups.ts';
import { problemList } from './problem-list.ts';
import { WholeFile } from './whole-file.ts';

/** The receipt: what became of every row. */
export class ReportStep implements ImportStepView {
  readonly #context: ImportContext;

  constructor(context: ImportContext) {
    this.#context = context;
  }

  render(): TemplateResult {
    const { flow, known, locale, text } = this.#context;
    const { receipt } = flow;
    if (!receipt) return html``;
    const problems = WholeFile.of(this.#context).reading?.problems ?? [];
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
        locale(),
      )}
      ${
        failures.length
          ? html`<section>
              <h4>${text('leftOut')}</h4>
              ${problemList(groupProblems(fromFailures(failures, problems)), text, known())}
            </section>`
          : nothing
      }
      <div class="actions">
        ${
          failures.length
            ? html`<button class="button" type="button" @click=${() => this.#download(receipt)}>
                ${text('download')}
              </button>`
            : nothing
        }
        <button class="button primary" type="button" @click=${() => flow.restart()}>${text('next')}</button>
      </div>
    `;
  }

  #download(receipt: Receipt): void {
    const { flow, known, text } = this.#context;
    const name = flow.file?.name.replace(/\.[^.]*$/, '') ?? 'customers';
    const problems = WholeFile.of(this.#context).reading?.problems ?? [];
    saveFile(`${name}-left-out.csv`, leftOutCsv(receipt.failures, problems, text, known()));
  }
}
