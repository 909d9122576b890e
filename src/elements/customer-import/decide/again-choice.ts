import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { ImportContext } from '../context.ts';
import type { Again } from '../run/import-batches.ts';
import {
  againCodes,
  isAgainCode,
  type AgainCode,
  type DryRunResult,
  type RefusedRow,
} from './dry-run-result.ts';

type Choice = 'leave' | 'restore' | 'anew';

/** Above this a list is windowed. */
const mostPlainRows = 40;

/**
 * What becomes of records whose customer was deleted, merged or erased: for all of a kind, or for each. They stay on
 * the screen once they are decided, though the next dry run takes them for any other.
 */
export class AgainChoice {
  readonly #context: ImportContext;
  readonly #onChange: () => void;
  #again = new Map<number, 'restore' | 'anew'>();
  #rows = new Map<AgainCode, Map<number, RefusedRow>>();

  constructor(context: ImportContext, onChange: () => void) {
    this.#context = context;
    this.#onChange = onChange;
  }

  get chosen(): Again {
    return this.#again;
  }

  /** Another file, or the same with other settings. */
  forget(): void {
    this.#again = new Map();
    this.#rows = new Map();
  }

  render(result: DryRunResult | undefined): unknown {
    for (const code of againCodes)
      for (const row of result?.refused.get(code) ?? []) {
        const known = this.#rows.get(code) ?? new Map<number, RefusedRow>();
        this.#rows.set(code, known.set(row.row, row));
      }
    return againCodes.map((code) => {
      const rows = [...(this.#rows.get(code)?.values() ?? [])];
      return rows.length ? this.#kind(code, rows) : nothing;
    });
  }

  #kind(code: AgainCode, rows: RefusedRow[]): TemplateResult {
    const { text, textsOf } = this.#context;
    const said = textsOf('importRun');
    const choices = this.#choices(code);
    const chosen = new Set(rows.map(({ row }) => this.#choiceOf(row)));
    const [first] = chosen;
    const line = (one: RefusedRow): TemplateResult => this.#row(one, choices);
    return html`
      <div class="again" data-code=${code}>
        <div class="again-head">
          <div>
            <p class="strong">${text(`kind_${code}`, { count: rows.length })}</p>
            <p class="muted">
              ${said(choices.includes('restore') ? 'againHint_restore' : `againHint_${code}`)}
            </p>
          </div>
          ${this.#select(
            said('againAll', { count: rows.length }),
            choices,
            chosen.size === 1 ? first : undefined,
            (choice) => this.#decide(rows, choice),
          )}
        </div>
        ${
          rows.length > 1
            ? html`<details>
                <summary>${said('againEach')}</summary>
                ${
                  rows.length <= mostPlainRows
                    ? html`<div class="again-rows" role="list">${rows.map(line)}</div>`
                    : html`<div
                        class="again-rows long"
                        role="list"
                        tabindex="0"
                        aria-label=${said('againEach')}
                      >
                        ${virtualize({ items: rows, renderItem: line, keyFunction: ({ row }) => row, scroller: true })}
                      </div>`
                }
              </details>`
            : html`<p class="again-one"><bdi>${rows[0]?.label}</bdi></p>`
        }
      </div>
    `;
  }

  #row(one: RefusedRow, choices: readonly Choice[]): TemplateResult {
    const { text } = this.#context;
    const row = text('row', { row: String(one.row) });
    return html`<div class="again-row" role="listitem">
      <span class="row-number">${row}</span>
      <bdi class="row-detail">${one.label}</bdi>
      ${this.#select(`${row}, ${one.label}`, choices, this.#choiceOf(one.row), (choice) => this.#decide([one], choice))}
    </div>`;
  }

  #select(
    label: string,
    choices: readonly Choice[],
    chosen: Choice | undefined,
    choose: (choice: Choice) => void,
  ): TemplateResult {
    const said = this.#context.textsOf('importRun');
    return html`<select
      class="field"
      aria-label=${label}
      @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value as Choice)}
    >
      ${
        chosen === undefined
          ? html`<option value="" disabled .selected=${true}>${said('againDiffers')}</option>`
          : nothing
      }
      ${choices.map(
        (choice) =>
          html`<option value=${choice} .selected=${choice === chosen}>${said(`again_${choice}`)}</option>`,
      )}
    </select>`;
  }

  /** Bringing back what was deleted is an admin's. */
  #choices(code: AgainCode): Choice[] {
    const mayRestore = code === 'deleted_before' && this.#context.access()?.role === 'admin';
    return ['leave', ...(mayRestore ? (['restore'] as const) : []), 'anew'];
  }

  #choiceOf(row: number): Choice {
    return this.#again.get(row) ?? 'leave';
  }

  #decide(rows: readonly RefusedRow[], choice: Choice): void {
    for (const { row } of rows) {
      if (choice === 'leave') this.#again.delete(row);
      else this.#again.set(row, choice);
    }
    this.#onChange();
  }
}

/** Reasons that nothing can be decided about here. */
export const plainRefusals = (result: DryRunResult): RefusedRow[] =>
  [...result.refused].flatMap(([code, rows]) => (isAgainCode(code) ? [] : rows));
