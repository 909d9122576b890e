import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { colorDot } from '../../../parts/badges.ts';
import { countriesIn, searchCountries } from '../../../parts/country-search.ts';
import { OptionPages, type OptionPage, type OptionRequest } from '../../../parts/option-pages.ts';
import type { EditorContext, FilterEditor } from './editor.ts';
import { optionsEnding } from './options-ending.ts';

interface Choice {
  value: string;
  label: string;
  note?: string;
  color?: string;
}

interface ChoicesKind {
  filter: 'group' | 'tags' | 'country';
  load: (request: OptionRequest & { ids?: string[] }, signal: AbortSignal) => Promise<OptionPage<Choice>>;
}

const pageSize = 50;

export function groupEditor(context: EditorContext): FilterEditor {
  const { adapter, text } = context;
  return new ChoicesEditor(context, {
    filter: 'group',
    load: async (request, signal) => {
      const { rows, next } = await adapter.listGroups({ ...request, limit: pageSize }, { signal });
      const options = rows.map(({ id, name, color, member_count: count }) => {
        // A group with a rule is counted only when asked.
        const note = count === null ? {} : { note: text('optionMembers', { count }) };
        return { value: id, label: name, color, ...note };
      });
      return { options, next };
    },
  });
}

export function tagsEditor(context: EditorContext): FilterEditor {
  return new ChoicesEditor(context, {
    filter: 'tags',
    load: async (request, signal) => {
      const { rows, next } = await context.adapter.listTags({ ...request, limit: pageSize }, { signal });
      return { options: rows.map((tag) => ({ value: tag, label: tag })), next };
    },
  });
}

/** Every country there is, by its name in the reader's language. */
export function countryEditor(context: EditorContext): FilterEditor {
  const { locale } = context;
  return new ChoicesEditor(context, {
    filter: 'country',
    load: ({ search = '', ids }) => {
      const countries = ids
        ? countriesIn(locale).filter(({ code }) => ids.includes(code))
        : searchCountries(locale, search);
      const options = countries.map(({ code, name }) => ({ value: code, label: name }));
      return Promise.resolve({ options, next: null });
    },
  });
}

/** Several of many: a search, then a checkbox each, a page at a time; nothing is cut off without saying so. */
class ChoicesEditor implements FilterEditor {
  readonly #context: EditorContext;
  readonly #kind: ChoicesKind;
  readonly #pages: OptionPages<Choice>;
  /** What was chosen when the editor opened stands first, so that it can be taken back. */
  #chosen: Choice[] | undefined;

  constructor(context: EditorContext, kind: ChoicesKind) {
    this.#context = context;
    this.#kind = kind;
    this.#pages = new OptionPages((request, signal) => this.#load(request, signal), context.redraw);
    void this.#pages.load();
  }

  close(): void {
    this.#pages.close();
  }

  render(): unknown {
    const { text } = this.#context;
    return html`
      <div class="editor-search">
        <input
          class="field"
          type="search"
          autocomplete="off"
          data-item
          aria-label=${text('searchOptions')}
          placeholder=${text('searchOptions')}
          .value=${live(this.#pages.search)}
          @input=${(event: Event) => this.#pages.searchFor((event.currentTarget as HTMLInputElement).value)}
        />
      </div>
      <div class="editor-choices" aria-busy=${this.#pages.state === 'loading' ? 'true' : 'false'}>
        ${this.#listed().map((choice) => this.#choice(choice))}
        ${optionsEnding(this.#pages, text, this.#context.retryLabel)}
      </div>
    `;
  }

  #choice({ value, label, note, color }: Choice): unknown {
    return html`
      <label class="menu-item" title=${label}>
        <input
          type="checkbox"
          data-item
          .checked=${live(this.#values().includes(value))}
          @change=${() => this.#toggle(value)}
        />
        ${color ? colorDot(color) : nothing}
        <bdi class="grow">${label}</bdi>
        ${note ? html`<span class="menu-note">${note}</span>` : nothing}
      </label>
    `;
  }

  #listed(): Choice[] {
    const { search, options } = this.#pages;
    if (search.trim() || !this.#chosen) return options;
    const first = new Set(this.#chosen.map(({ value }) => value));
    return [...this.#chosen, ...options.filter(({ value }) => !first.has(value))];
  }

  #values(): readonly string[] {
    return this.#context.filters()[this.#kind.filter] ?? [];
  }

  #toggle(value: string): void {
    const values = this.#values();
    const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
    this.#context.change({ [this.#kind.filter]: next });
  }

  async #load(request: OptionRequest, signal: AbortSignal): Promise<OptionPage<Choice>> {
    const ids = this.#chosen ? [] : [...this.#values()];
    const [page, chosen] = await Promise.all([
      this.#kind.load(request, signal),
      ids.length ? this.#kind.load({ ids }, signal) : undefined,
    ]);
    this.#chosen ??= chosen?.options ?? [];
    return page;
  }
}
