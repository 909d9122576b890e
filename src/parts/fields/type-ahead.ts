import {
  css,
  html,
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import { colorDot } from '../badges.ts';
import { icons } from '../icons.ts';
import { OptionPages, type OptionPage, type OptionRequest } from '../option-pages.ts';
import { placePanel } from '../place-panel.ts';
import { describedBy, isTrue, type FieldContext, type FieldView } from './field.ts';

export interface Suggestion {
  value: string;
  label: string;
  note?: string | undefined;
  /** A group's. */
  color?: string | undefined;
  /** Doesn't exist yet, and is made by choosing it. */
  isNew?: boolean;
}

export interface TypeAheadOptions {
  load: (request: OptionRequest, signal: AbortSignal) => Promise<OptionPage<Suggestion>>;
  choose: (suggestion: Suggestion) => void;
  /** What the typed text itself may become. */
  offer?: (typed: string) => Suggestion | undefined;
  /** The first suggestion is taken by Enter without going to it. */
  takesFirst?: boolean;
  /** Enter on typed text, or leaving it, with nothing chosen. */
  settle?: (typed: string) => void;
}

export interface TypeAheadView extends FieldView {
  context: FieldContext;
  /** What stands there while nothing is typed. */
  value: string;
  placeholder?: string | undefined;
  keydown?: (event: KeyboardEvent) => void;
  paste?: (event: ClipboardEvent) => void;
}

type TypeAheadHost = ReactiveControllerHost & HTMLElement;

/**
 * A text field with suggestions, as the ARIA practices have a combobox: arrows go through them, Enter takes one,
 * Escape closes them and nothing else. They come by pages; the last one says that there are more.
 */
export class TypeAhead implements ReactiveController {
  readonly #host: TypeAheadHost;
  readonly #options: TypeAheadOptions;
  readonly #pages: OptionPages<Suggestion>;
  #typed: string | undefined;
  #isOpen = false;
  #active = -1;
  #input: HTMLInputElement | undefined;
  #panel: HTMLElement | undefined;

  constructor(host: TypeAheadHost, options: TypeAheadOptions) {
    this.#host = host;
    this.#options = options;
    this.#pages = new OptionPages(options.load, () => host.requestUpdate());
    host.addController(this);
  }

  /** What is being typed; `undefined` while nothing is. */
  get typed(): string | undefined {
    return this.#typed;
  }

  focus(): void {
    this.#input?.focus();
  }

  /** Forgets what is being typed. */
  clear(): void {
    this.#typed = undefined;
    this.#close();
  }

  hostDisconnected(): void {
    this.#close();
  }

  hostUpdated(): void {
    const panel = this.#panel;
    if (!panel?.isConnected) return;
    if (!this.#isOpen) {
      if (panel.matches(':popover-open')) panel.hidePopover();
      return;
    }
    if (!panel.matches(':popover-open')) panel.showPopover();
    this.#place();
    panel.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  render(view: TypeAheadView): TemplateResult {
    const { id, context, placeholder, isRequired, isDisabled } = view;
    const listed = this.#isOpen ? this.#listed() : [];
    const active = this.#isOpen && listed[this.#active] ? `${id}-option-${this.#active}` : nothing;
    return html`
      <div
        class="type-ahead"
        @click=${this.#onClick}
        @keydown=${(event: KeyboardEvent) => this.#onKeydown(event, view)}
      >
        <input
          ${ref((element) => (this.#input = element as HTMLInputElement | undefined))}
          class="field"
          id=${id}
          type="text"
          role="combobox"
          dir=${(this.#typed ?? view.value) ? 'auto' : nothing}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          aria-label=${view.label}
          aria-autocomplete="list"
          aria-expanded=${this.#isOpen ? 'true' : 'false'}
          aria-controls="${id}-list"
          aria-activedescendant=${active}
          aria-required=${isTrue(isRequired)}
          aria-invalid=${isTrue(view.error)}
          aria-describedby=${describedBy(view)}
          placeholder=${placeholder ?? nothing}
          ?disabled=${isDisabled ?? false}
          .value=${live(this.#typed ?? view.value)}
          @input=${(event: Event) => this.#type((event.currentTarget as HTMLInputElement).value)}
          @click=${() => this.#open()}
          @paste=${(event: ClipboardEvent) => view.paste?.(event)}
          @blur=${() => this.#leave()}
        />
        <div
          ${ref((element) => (this.#panel = element as HTMLElement | undefined))}
          class="suggestions panel"
          popover="manual"
          @mousedown=${(event: Event) => event.preventDefault()}
        >
          <div
            role=${listed.length ? 'listbox' : nothing}
            id="${id}-list"
            aria-label=${listed.length ? view.label : nothing}
          >
            ${listed.map((suggestion, index) => this.#option(view, suggestion, index))}
          </div>
          ${this.#ending(context, listed.length)}
        </div>
      </div>
    `;
  }

  #option({ id, context }: TypeAheadView, suggestion: Suggestion, index: number): TemplateResult {
    const { label, note, color, isNew } = suggestion;
    return html`<div
      class="suggestion"
      role="option"
      id="${id}-option-${index}"
      data-index=${index}
      aria-selected=${index === this.#active ? 'true' : 'false'}
    >
      ${isNew ? icons.plus : color ? colorDot(color) : nothing}
      <bdi class="grow"
        >${suggestion === more ? context.text('moreSuggestions') : isNew ? context.text('addNew', { text: label }) : label}</bdi
      >
      ${note ? html`<span class="suggestion-note">${note}</span>` : nothing}
    </div>`;
  }

  #ending(context: FieldContext, count: number): unknown {
    if (!this.#isOpen) return nothing;
    const { state } = this.#pages;
    const note =
      state === 'failed' ? 'suggestionsFailed' : state === 'loading' ? 'suggestionsLoading' : 'noSuggestions';
    if (state === 'loaded' && count > 0) {
      const said = context.text('suggestionCount', { count: this.#listed().length });
      return html`<p class="visually-hidden" role="status">${said}</p>`;
    }
    return count > 0 && state === 'loading'
      ? nothing
      : html`<p class="suggestion-none" role="status">${context.text(note)}</p>`;
  }

  #listed(): Suggestion[] {
    const typed = this.#typed?.trim();
    const offered = typed ? this.#options.offer?.(typed) : undefined;
    const isThere = this.#pages.options.some(({ value }) => value === offered?.value);
    const { options, next } = this.#pages;
    return [
      ...(offered && !isThere ? [offered] : []),
      ...options,
      // Like any other: so that arrows reach it.
      ...(next === null ? [] : [more]),
    ];
  }

  #type(text: string): void {
    this.#typed = text;
    this.#isOpen = true;
    this.#active = this.#options.takesFirst && text.trim() ? 0 : -1;
    this.#pages.searchFor(text);
    this.#follow();
    this.#host.requestUpdate();
  }

  #open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#active = -1;
    this.#pages.search = this.#typed ?? '';
    void this.#pages.load();
    this.#follow();
  }

  #close(): void {
    this.#isOpen = false;
    this.#active = -1;
    this.#pages.close();
    window.removeEventListener('scroll', this.#place, { capture: true });
    window.removeEventListener('resize', this.#place);
    this.#host.requestUpdate();
  }

  #follow(): void {
    window.addEventListener('scroll', this.#place, { capture: true, passive: true });
    window.addEventListener('resize', this.#place);
  }

  readonly #place = (event?: Event): void => {
    if (!this.#panel || !this.#input || (event?.target instanceof Node && this.#panel.contains(event.target)))
      return;
    placePanel(this.#panel, this.#input.getBoundingClientRect(), { isAsWide: true, tallest: 300 });
  };

  #choose(suggestion: Suggestion): void {
    if (suggestion === more) {
      void this.#pages.load(this.#pages.next);
      return;
    }
    this.clear();
    this.#options.choose(suggestion);
  }

  #settle(): void {
    const typed = this.#typed;
    this.clear();
    if (typed !== undefined) this.#options.settle?.(typed);
  }

  #leave(): void {
    this.#settle();
  }

  readonly #onClick = (event: Event): void => {
    const option = (event.target as Element).closest<HTMLElement>('[data-index]');
    const suggestion = option && this.#listed()[Number(option.dataset.index)];
    if (suggestion) this.#choose(suggestion);
  };

  #onKeydown(event: KeyboardEvent, view: TypeAheadView): void {
    // Of an input method that is still composing.
    if (event.isComposing) return;
    const listed = this.#isOpen ? this.#listed() : [];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.#isOpen) this.#open();
      else if (listed.length) {
        const from = event.key === 'ArrowUp' && this.#active < 0 ? 0 : this.#active;
        this.#active = (from + (event.key === 'ArrowDown' ? 1 : -1) + listed.length) % listed.length;
      }
      this.#host.requestUpdate();
    } else if (event.key === 'Enter' && (listed[this.#active] ?? this.#typed?.trim())) {
      event.preventDefault();
      const suggestion = listed[this.#active];
      if (suggestion) this.#choose(suggestion);
      else this.#settle();
    } else if (event.key === 'Escape' && this.#isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.#close();
    } else view.keydown?.(event);
  }
}

/** Stands for the pages that are not here yet. */
const more: Suggestion = { value: '', label: '' };

export const typeAheadStyles = css`
  .suggestions {
    position: fixed;
    inset: auto;
    margin: 0;
    padding: 4px;
    overflow-y: auto;
    overscroll-behavior: contain;
    font-size: 13px;
  }
  .suggestion {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    padding: 4px 8px;
    border-radius: calc(var(--_radius) - 2px);
    cursor: pointer;
  }
  .suggestion:hover {
    background: var(--_hover);
  }
  .suggestion[aria-selected='true'] {
    background: var(--_pressed);
  }
  .suggestion > svg {
    flex: none;
    color: var(--_muted);
  }
  .suggestion .grow {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .suggestion-note,
  .suggestion-none {
    color: var(--_muted);
    font-size: 12px;
  }
  .suggestion-none {
    margin: 0;
    padding: 6px 8px;
  }
  @media (forced-colors: active) {
    .suggestion[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  @media (pointer: coarse) {
    .suggestion {
      min-height: 44px;
    }
  }
`;
