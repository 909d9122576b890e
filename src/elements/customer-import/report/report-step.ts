import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../../import/problem.ts';
import type { Receipt, ReceiptFailure } from '../../../model/receipt.ts';
import { icons } from '../../../parts/icons.ts';
import { saveFile } from '../../../parts/save-file.ts';
import type { ImportContext, ImportStepView } from '../context.ts';
import { numberTiles } from '../number-tiles.ts';
import type { RunStep } from '../run/run-step.ts';
import { allFailures } from './all-failures.ts';
import { differencesOf, type Differences } from './differences.ts';
import { failureList, reasonText } from './failure-list.ts';
import { leftOutFile } from './left-out-file.ts';
import { UndoRun } from './undo-run.ts';

/** The receipt: what became of every row, and the way back. */
export class ReportStep implements ImportStepView {
  readonly #context: ImportContext;
  readonly #run: RunStep;
  readonly #undo: UndoRun;
  #of: Receipt | undefined;
  #failures: readonly ReceiptFailure[] = [];
  #problems: readonly Problem[] = [];
  #differences: Differences | undefined;
  #error: unknown;

  constructor(context: ImportContext, run: RunStep) {
    this.#context = context;
    this.#run = run;
    this.#undo = new UndoRun(context);
  }

  enter(): void {
    const { receipt } = this.#context.flow;
    this.#undo.forget();
    if (receipt) void this.#load(receipt);
  }

  render(): TemplateResult {
    const { flow, locale, text, textsOf } = this.#context;
    const { receipt } = flow;
    if (!receipt) return html``;
    const { created, changed, unchanged, skipped, failed, asked } = receipt;
    const missing = asked - created - changed - unchanged - skipped - failed;
    return html`
      <h3 tabindex="-1">${text(receipt.status === 'cancelled' ? 'reportStopped' : 'reportTitle')}</h3>
      <p class="visually-hidden" role="status">
        ${text('reportSaid', { created, changed, unchanged, skipped, failed })}
      </p>
      ${this.#undo.isOf(receipt.id) ? this.#undo.render() : nothing}
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
      ${this.#differences ? this.#renderDifferences(this.#differences) : nothing}
      ${
        this.#failures.length
          ? html`<section>
              <h4>${text('leftOut')}</h4>
              ${failureList(this.#context, this.#failures, this.#problems)}
            </section>`
          : nothing
      }
      ${
        this.#error === undefined
          ? nothing
          : html`<div class="notice alarming" role="alert">
              ${icons.warning}
              <p>
                ${textsOf('importRun')('reportIncomplete', { reason: this.#context.errorText(this.#error) })}
              </p>
              <button class="button" type="button" @click=${() => void this.#load(receipt)}>
                ${textsOf('shared')('retry')}
              </button>
            </div>`
      }
      ${this.#actions(receipt)} ${this.#undo.renderQuestion()}
    `;
  }

  #renderDifferences({ lost, gained, numbers }: Differences): TemplateResult {
    const { textsOf, text } = this.#context;
    const said = textsOf('importRun');
    return html`<section class="differences">
      <h4>${said('differs')}</h4>
      <p class="muted">${said('differsHint')}</p>
      <ul>
        ${numbers.map(
          ({ outcome, foretold, happened }) =>
            html`<li>${said('differsNumber', { label: text(outcome), foretold, happened })}</li>`,
        )}
        ${gained.length ? html`<li>${said('differsGained', { count: gained.length, rows: rowsText(gained) })}</li>` : nothing}
      </ul>
      ${lost.length ? failureList(this.#context, lost, []) : nothing}
    </section>`;
  }

  #actions(receipt: Receipt): TemplateResult {
    const { flow, text, textsOf, ask } = this.#context;
    const said = textsOf('importRun');
    // Once it is taken back there is nobody left to show.
    const isWritten = receipt.created + receipt.changed > 0 && !this.#undo.isOf(receipt.id);
    return html`<div class="actions">
      ${
        this.#undo.mayUndo(receipt)
          ? html`<button
              class="button"
              type="button"
              data-action="undo"
              @click=${() => void this.#undo.ask(receipt)}
            >
              ${icons.restore} ${said('undo')}
            </button>`
          : nothing
      }
      ${
        this.#failures.length && flow.open
          ? html`<button
              class="button"
              type="button"
              data-action="download"
              @click=${() => void this.#download()}
            >
              ${text('download')}
            </button>`
          : nothing
      }
      ${
        isWritten
          ? html`<button
              class="button"
              type="button"
              data-action="show"
              @click=${() => ask('import-show', { operationId: receipt.id })}
            >
              ${said('show')}
            </button>`
          : nothing
      }
      <button
        class="button primary"
        type="button"
        ?disabled=${this.#undo.isRunning}
        @click=${() => flow.restart()}
      >
        ${text('next')}
      </button>
    </div>`;
  }

  async #load(receipt: Receipt): Promise<void> {
    const { flow, source, host } = this.#context;
    this.#of = receipt;
    this.#failures = receipt.failures;
    this.#problems = [];
    this.#differences = undefined;
    this.#error = undefined;
    const adapter = source();
    const { open } = flow;
    const { expected } = this.#run;
    try {
      const { problems } = (await open?.ask('problems')) ?? { problems: [] };
      if (this.#of !== receipt) return;
      this.#problems = problems;
      const failures = adapter ? await allFailures(adapter, receipt) : receipt.failures;
      if (this.#of !== receipt) return;
      this.#failures = failures;
      this.#differences = expected && differencesOf(expected, receipt, failures);
    } catch (error) {
      if (this.#of === receipt) this.#error = error;
    }
    host.requestUpdate();
  }

  async #download(): Promise<void> {
    const { flow, textsOf } = this.#context;
    if (!flow.open) return;
    const { name, content } = await leftOutFile(flow.open, this.#failures, {
      column: textsOf('importRun')('reasonColumn'),
      reason: (failure) => reasonText(this.#context, failure),
    });
    saveFile(name, content);
  }
}

/** "12, 13, 14 …" */
const rowsText = (rows: readonly number[]): string =>
  rows.slice(0, 10).join(', ') + (rows.length > 10 ? ' …' : '');
