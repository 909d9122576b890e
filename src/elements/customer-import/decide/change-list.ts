import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { formatNumber } from '../../../parts/format.ts';
import type { ImportText } from '../import-text.ts';
import { changeLabel, changeValue, type ChangeContext } from './change-values.ts';
import type { ChangeField, DryRunResult } from './dry-run-result.ts';

/** Above this the list is windowed. */
const mostPlainRows = 40;

/** Every customer that would change, each field from what to what; narrowed to one field by a press. */
export class ChangeList {
  readonly #host: ReactiveControllerHost;
  #field: ChangeField | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  render(result: DryRunResult, context: ChangeContext, rowText: ImportText): TemplateResult {
    const fields = result.changedFields();
    // What is filtered by may be gone with the next dry run.
    const field = fields.some((one) => one.field === this.#field) ? this.#field : undefined;
    const places = result.places(field);
    const line = (place: number): TemplateResult => this.#row(result, place, field, context, rowText);
    return html`
      ${
        fields.length > 1
          ? html`<div class="change-fields" role="group" aria-label=${context.text('changesOf')}>
              ${this.#pill(undefined, context.text('allChanges'), result.counts.changed, field, context)}
              ${fields.map((one) =>
                this.#pill(one.field, changeLabel(one.field, context.text), one.count, field, context),
              )}
            </div>`
          : nothing
      }
      ${
        places.length <= mostPlainRows
          ? html`<div class="changes" part="changes" role="list">${places.map(line)}</div>`
          : html`<div
              class="changes long"
              part="changes"
              role="list"
              tabindex="0"
              aria-label=${context.text('changes')}
            >
              ${virtualize({ items: places as number[], renderItem: line, keyFunction: (place) => place, scroller: true })}
            </div>`
      }
    `;
  }

  #pill(
    field: ChangeField | undefined,
    label: string,
    count: number,
    chosen: ChangeField | undefined,
    { locale }: ChangeContext,
  ): TemplateResult {
    return html`<button
      class="change-field"
      type="button"
      aria-pressed=${field === chosen ? 'true' : 'false'}
      @click=${() => {
        this.#field = field;
        this.#host.requestUpdate();
      }}
    >
      ${label} <span class="count">${formatNumber(locale, count)}</span>
    </button>`;
  }

  #row(
    result: DryRunResult,
    place: number,
    only: ChangeField | undefined,
    context: ChangeContext,
    rowText: ImportText,
  ): TemplateResult {
    const { row, label, changes } = result.changedAt(place);
    const shown = only === undefined ? changes : changes.filter(({ field }) => field === only);
    return html`
      <div class="change" role="listitem">
        <p class="change-who">
          <bdi class="strong">${label}</bdi>
          <span class="row-number">${rowText('row', { row: String(row) })}</span>
        </p>
        <dl>
          ${shown.map(
            (change) =>
              html`<div class="change-line">
                <dt>${changeLabel(change.field, context.text)}</dt>
                <dd>${changeValue(change, context)}</dd>
              </div>`,
          )}
        </dl>
      </div>
    `;
  }
}
