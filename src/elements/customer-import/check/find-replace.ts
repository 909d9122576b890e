import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Replacement } from '../../../import/settings.ts';
import { debounce } from '../../../parts/debounce.ts';
import { icons } from '../../../parts/icons.ts';
import type { CheckBoard } from './check-board.ts';

/** Finds and replaces in all rows; says beforehand in how many cells. Taken back by its chip. */
export class FindReplace {
  readonly #board: CheckBoard;
  readonly #count = debounce(() => void this.#countNow(), 200);
  #isOpen = false;
  #find = '';
  #replaceWith = '';
  #column: number | undefined;
  #wholeCell = false;
  #matchCase = false;
  /** Cells that would change; undefined while that is not known. */
  #matches: number | undefined;
  #counted: unknown;

  constructor(board: CheckBoard) {
    this.#board = board;
  }

  forget(): void {
    this.#count.cancel();
    this.#isOpen = false;
    this.#find = this.#replaceWith = '';
    this.#column = this.#matches = undefined;
    this.#wholeCell = this.#matchCase = false;
  }

  renderToggle(): TemplateResult {
    return html`
      <button
        class="button quiet"
        type="button"
        data-action="find"
        aria-expanded=${this.#isOpen ? 'true' : 'false'}
        aria-controls="find-replace"
        @click=${() => {
          this.#isOpen = !this.#isOpen;
          this.#board.redraw();
          if (this.#isOpen) void this.#focusField();
        }}
      >
        ${icons.search} ${this.#board.text('findAndReplace')}
      </button>
    `;
  }

  async #focusField(): Promise<void> {
    const { host } = this.#board.context;
    await host.updateComplete;
    host.shadowRoot?.querySelector<HTMLElement>('#find-text')?.focus();
  }

  render(): TemplateResult {
    return html`<div id="find-replace" class="find-replace" ?hidden=${!this.#isOpen}>
      ${this.#isOpen ? this.#renderForm() : nothing}
    </div>`;
  }

  #renderForm(): TemplateResult {
    const { text, overview } = this.#board;
    // A check that came between may have changed what would be found.
    if (this.#counted !== overview) this.#recount();
    const columns = overview.columns.filter(({ target }) => target.kind !== 'ignored');
    return html`
      <form
        @submit=${(event: Event) => {
          event.preventDefault();
          this.#replace();
        }}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          this.#close();
        }}
      >
        <label class="find-field">
          <span>${text('find')}</span>
          <input
            class="field"
            id="find-text"
            autocomplete="off"
            .value=${live(this.#find)}
            @input=${(event: Event) => {
              this.#find = (event.currentTarget as HTMLInputElement).value;
              this.#changed();
            }}
          />
        </label>
        <label class="find-field">
          <span>${text('replaceWith')}</span>
          <input
            class="field"
            id="replace-text"
            autocomplete="off"
            .value=${live(this.#replaceWith)}
            @input=${(event: Event) => {
              this.#replaceWith = (event.currentTarget as HTMLInputElement).value;
              this.#changed();
            }}
          />
        </label>
        <label class="find-field">
          <span>${text('inColumn')}</span>
          <select
            class="field"
            @change=${(event: Event) => {
              const { value } = event.currentTarget as HTMLSelectElement;
              this.#column = value === '' ? undefined : Number(value);
              this.#changed();
            }}
          >
            <option value="" ?selected=${this.#column === undefined}>${text('everywhere')}</option>
            ${columns.map(
              ({ index, header }) =>
                html`<option value=${index} ?selected=${this.#column === index}>
                  ${header.slice(0, 80)}
                </option>`,
            )}
          </select>
        </label>
        <div class="find-choices">
          ${this.#renderChoice(text('wholeCell'), this.#wholeCell, (is) => (this.#wholeCell = is))}
          ${this.#renderChoice(text('matchCase'), this.#matchCase, (is) => (this.#matchCase = is))}
        </div>
        <div class="find-foot">
          <span class="quiet" role="status">${this.#said()}</span>
          <button
            class="button"
            type="submit"
            data-action="replace"
            aria-disabled=${this.#matches ? 'false' : 'true'}
          >
            ${this.#matches ? text('replace', { count: this.#matches }) : text('replaceNone')}
          </button>
        </div>
      </form>
    `;
  }

  #renderChoice(label: string, isOn: boolean, set: (isOn: boolean) => void): TemplateResult {
    return html`
      <label class="find-choice">
        <input
          type="checkbox"
          .checked=${live(isOn)}
          @change=${(event: Event) => {
            set((event.currentTarget as HTMLInputElement).checked);
            this.#changed();
          }}
        />
        ${label}
      </label>
    `;
  }

  #said(): string {
    const { text } = this.#board;
    if (this.#find === '' || this.#matches === undefined) return '';
    return this.#matches ? text('matches', { count: this.#matches }) : text('noMatches');
  }

  get #replacement(): Replacement {
    return {
      ...(this.#column === undefined ? {} : { column: this.#column }),
      find: this.#find,
      replaceWith: this.#replaceWith,
      wholeCell: this.#wholeCell,
      matchCase: this.#matchCase,
    };
  }

  #recount(): void {
    this.#matches = undefined;
    this.#counted = this.#board.overview;
    if (this.#find === '') this.#count.cancel();
    else this.#count();
  }

  #changed(): void {
    this.#recount();
    this.#board.redraw();
  }

  async #countNow(): Promise<void> {
    const file = this.#board.context.flow.open;
    const replacement = this.#replacement;
    const asked = JSON.stringify(replacement);
    try {
      const matches = await file?.ask('matches', replacement);
      // Somebody has typed on.
      if (asked !== JSON.stringify(this.#replacement)) return;
      this.#matches = matches;
      this.#board.redraw();
    } catch {
      // A newer check is under way; it is counted anew after it.
    }
  }

  #replace(): void {
    const { settings, text } = this.#board;
    const count = this.#matches;
    if (!count) return;
    const replacements = [...(settings.replacements ?? []), this.#replacement];
    this.#matches = undefined;
    this.#board.change({ replacements }, text('replaced', { count }));
  }

  #close(): void {
    this.#isOpen = false;
    this.#board.redraw();
    this.#board.context.host.shadowRoot?.querySelector<HTMLElement>('[data-action=find]')?.focus();
  }
}
