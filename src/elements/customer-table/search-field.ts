import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { debounce } from '../../parts/debounce.ts';
import { icons } from '../../parts/icons.ts';
import type { TableText } from './context.ts';

const typingPause = 250;
const longest = 500;

/** The one search field: asks once typing pauses, not in the middle of composing a character. */
export class SearchField {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #search: (term: string) => void;
  readonly #askSoon = debounce(() => this.#search(this.#typed.trim()), typingPause);
  #typed = '';

  constructor(host: ReactiveControllerHost & HTMLElement, search: (term: string) => void) {
    this.#host = host;
    this.#search = search;
  }

  /** The term in force, set from elsewhere; what is being typed wins where it means the same. */
  show(term: string): void {
    if (this.#typed.trim() !== term) this.#typed = term;
    this.#askSoon.cancel();
  }

  focus(): void {
    const field = this.#host.shadowRoot?.querySelector<HTMLInputElement>('.search input');
    field?.focus();
    field?.select();
  }

  render(text: TableText, withShortcut: boolean): TemplateResult {
    return html`
      <div class="search" part="search">
        ${icons.search}
        <input
          class="field"
          type="search"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          enterkeyhint="search"
          maxlength=${longest}
          aria-label=${text('search')}
          aria-keyshortcuts=${withShortcut ? '/' : nothing}
          placeholder=${text('searchPlaceholder')}
          .value=${live(this.#typed)}
          @input=${this.#onInput}
          @compositionend=${this.#onInput}
          @keydown=${this.#onKeydown}
        />
        ${
          this.#typed
            ? html`<button
                class="button quiet icon clear-search"
                type="button"
                aria-label=${text('clearSearch')}
                title=${text('clearSearch')}
                @click=${() => {
                  this.#clear();
                  this.focus();
                }}
              >
                ${icons.cross}
              </button>`
            : withShortcut
              ? html`<kbd aria-hidden="true">/</kbd>`
              : nothing
        }
      </div>
    `;
  }

  readonly #onInput = (event: Event): void => {
    this.#typed = (event.currentTarget as HTMLInputElement).value;
    this.#host.requestUpdate();
    if ((event as InputEvent).isComposing) this.#askSoon.cancel();
    else this.#askSoon();
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') this.#askSoon.flush();
    if (event.key !== 'Escape' || !this.#typed) return;
    event.preventDefault();
    event.stopPropagation();
    this.#clear();
  };

  #clear(): void {
    this.#typed = '';
    this.#askSoon.cancel();
    this.#host.requestUpdate();
    this.#search('');
  }
}
