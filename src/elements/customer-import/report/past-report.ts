import { html, nothing, type TemplateResult } from 'lit';
import type { OperationSummary } from '../../../model/operations.ts';
import type { ReceiptFailure } from '../../../model/receipt.ts';
import type { ImportContext } from '../context.ts';
import { numberTiles } from '../number-tiles.ts';
import { allFailures } from './all-failures.ts';
import { failureList } from './failure-list.ts';

/** The receipt of an import of before, unfolded below its line. One at a time. */
export class PastReport {
  readonly #context: ImportContext;
  #of: OperationSummary | undefined;
  #failures: readonly ReceiptFailure[] | undefined;
  #error: unknown;

  constructor(context: ImportContext) {
    this.#context = context;
  }

  isOf(id: string): boolean {
    return this.#of?.id === id;
  }

  toggle(row: OperationSummary): void {
    if (this.isOf(row.id)) this.#of = undefined;
    else void this.#load(row);
    this.#context.host.requestUpdate();
  }

  render(): TemplateResult | typeof nothing {
    const { text, textsOf, locale, ask, errorText } = this.#context;
    const row = this.#of;
    if (!row) return nothing;
    const said = textsOf('importRun');
    const { created, changed, unchanged, skipped, failed } = row;
    return html`<div class="past-report">
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
      ${this.#failures?.length ? failureList(this.#context, this.#failures, []) : nothing}
      ${
        this.#error === undefined
          ? nothing
          : html`<div class="notice alarming" role="alert">
              <p>${said('reportIncomplete', { reason: errorText(this.#error) })}</p>
              <button class="button" type="button" @click=${() => void this.#load(row)}>
                ${textsOf('shared')('retry')}
              </button>
            </div>`
      }
      ${
        created + changed
          ? html`<button
              class="button"
              type="button"
              @click=${() => ask('import-show', { operationId: row.id })}
            >
              ${said('show')}
            </button>`
          : nothing
      }
    </div>`;
  }

  async #load(row: OperationSummary): Promise<void> {
    const { source, host } = this.#context;
    const adapter = source();
    this.#of = row;
    this.#failures = undefined;
    this.#error = undefined;
    host.requestUpdate();
    try {
      const failures = adapter ? await allFailures(adapter, row) : [];
      if (this.#of === row) this.#failures = failures;
    } catch (error) {
      if (this.#of === row) this.#error = error;
    }
    host.requestUpdate();
  }
}
