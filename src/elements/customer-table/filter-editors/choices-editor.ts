import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { colorDot } from '../../../parts/badges.ts';
import { countryCodes } from '../../../parts/countries.ts';
import { debounce } from '../../../parts/debounce.ts';
import { countryName } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import { skeletonLine } from '../../../parts/skeleton.ts';
import type { EditorContext, FilterEditor } from './editor.ts';

interface Choice {
  value: string;
  label: string;
  note?: string;
  color?: string;
}

interface ChoicePage {
  choices: Choice[];
  next: string | null;
}

interface ChoicesKind {
  filter: 'group' | 'tags' | 'country';
  load: (
    request: { search?: string; ids?: string[]; cursor?: string },
    signal: AbortSignal,
  ) => Promise<ChoicePage>;
}

const pageSize = 50;

export function groupEditor(context: EditorContext): FilterEditor {
  const { adapter, text } = context;
  return new ChoicesEditor(context, {
    filter: 'group',
    load: async (request, signal) => {
      const { rows, next } = await adapter.listGroups({ ...request, limit: pageSize }, { signal });
      const choices = rows.map(({ id, name, color, member_count: count }) => {
        return { value: id, label: name, color, note: text('optionMembers', { count }) };
      });
      return { choices, next };
    },
  });
}

export function tagsEditor(context: EditorContext): FilterEditor {
  return new ChoicesEditor(context, {
    filter: 'tags',
    load: async (request, signal) => {
      const { rows, next } = await context.adapter.listTags({ ...request, limit: pageSize }, { signal });
      return { choices: rows.map((tag) => ({ value: tag, label: tag })), next };
    },
  });
}

/** Every country there is, by its name in the reader's language. */
export function countryEditor(context: EditorContext): FilterEditor {
  const { locale } = context;
  const collator = new Intl.Collator(locale);
  const countries = countryCodes
    .map((code) => ({ value: code, label: countryName(locale, code) }))
    .sort((a, b) => collator.compare(a.label, b.label));
  const plain = (text: string) =>
    text
      .toLocaleLowerCase(locale)
      .normalize('NFD')
      .replace(/\p{Mark}/gu, '');
  return new ChoicesEditor(context, {
    filter: 'country',
    load: ({ search = '', ids }) => {
      const wanted = plain(search.trim());
      const choices = countries.filter(({ value, label }) =>
        ids ? ids.includes(value) : plain(label).includes(wanted) || value.toLowerCase() === wanted,
      );
      return Promise.resolve({ choices, next: null });
    },
  });
}

/** Several of many: a search, then a checkbox each, a page at a time; nothing is cut off without saying so. */
class ChoicesEditor implements FilterEditor {
  readonly #context: EditorContext;
  readonly #kind: ChoicesKind;
  readonly #searchSoon = debounce(() => void this.#load(), 200);
  #search = '';
  /** What was chosen when the editor opened stands first, so that it can be taken back. */
  #chosen: Choice[] = [];
  #choices: Choice[] = [];
  #next: string | null = null;
  #state: 'loading' | 'loaded' | 'failed' = 'loading';
  #request = new AbortController();

  constructor(context: EditorContext, kind: ChoicesKind) {
    this.#context = context;
    this.#kind = kind;
    void this.#load();
  }

  close(): void {
    this.#searchSoon.cancel();
    this.#request.abort();
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
          .value=${live(this.#search)}
          @input=${(event: Event) => {
            this.#search = (event.currentTarget as HTMLInputElement).value;
            this.#searchSoon();
          }}
        />
      </div>
      <div class="editor-choices" aria-busy=${this.#state === 'loading' ? 'true' : 'false'}>
        ${this.#listed().map((choice) => this.#choice(choice))} ${this.#ending()}
      </div>
    `;
  }

  #ending(): unknown {
    const { text } = this.#context;
    if (this.#state === 'failed') {
      return html`
        <p class="editor-problem" role="alert">${text('optionsFailed')}</p>
        <button class="menu-item" type="button" data-item @click=${() => void this.#load()}>
          ${this.#context.retryLabel}
        </button>
      `;
    }
    if (this.#state === 'loading' && !this.#choices.length) {
      return ['long', 'medium', 'long'].map(
        (size) => html`<span class="menu-item" aria-hidden="true">${skeletonLine(size as 'long')}</span>`,
      );
    }
    if (!this.#choices.length) return html`<p class="editor-note" role="status">${text('noOptions')}</p>`;
    if (this.#next === null) return nothing;
    return html`
      <button class="menu-item more" type="button" data-item @click=${() => void this.#load(this.#next)}>
        ${icons.plus}<span class="grow">${text('moreOptions')}</span>
      </button>
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
    if (this.#search.trim()) return this.#choices;
    const first = new Set(this.#chosen.map(({ value }) => value));
    return [...this.#chosen, ...this.#choices.filter(({ value }) => !first.has(value))];
  }

  #values(): readonly string[] {
    return this.#context.filters()[this.#kind.filter] ?? [];
  }

  #toggle(value: string): void {
    const values = this.#values();
    const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
    this.#context.change({ [this.#kind.filter]: next });
  }

  async #load(cursor: string | null = null): Promise<void> {
    this.#request.abort();
    const { signal } = (this.#request = new AbortController());
    const search = this.#search.trim();
    const isFirst = !this.#choices.length && !search;
    const chosen = [...this.#values()];
    this.#state = 'loading';
    this.#context.redraw();
    try {
      const [page, set] = await Promise.all([
        this.#kind.load({ ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) }, signal),
        isFirst && chosen.length ? this.#kind.load({ ids: chosen }, signal) : undefined,
      ]);
      if (signal.aborted) return;
      if (set) this.#chosen = set.choices;
      this.#choices = cursor ? [...this.#choices, ...page.choices] : page.choices;
      this.#next = page.next;
      this.#state = 'loaded';
    } catch {
      if (signal.aborted) return;
      this.#state = 'failed';
    }
    this.#context.redraw();
  }
}
