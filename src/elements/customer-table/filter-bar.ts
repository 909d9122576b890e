import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Access } from '../../model/access.ts';
import type { CustomerFilters } from '../../model/filters.ts';
import { icons } from '../../parts/icons.ts';
import type { Popover } from '../../parts/popover.ts';
import { filterEditors } from './filter-editors/filter-editors.ts';
import {
  describe,
  filterKinds,
  offeredKinds,
  removal,
  setKinds,
  type DescribeContext,
  type FilterChange,
  type FilterKindName,
} from './filter-kinds.ts';

export interface FilterBarContext extends DescribeContext {
  filters: CustomerFilters;
  adapter: CustomerAdapter | undefined;
  access: Access | undefined;
  retryLabel: string;
  change: (change: FilterChange) => void;
  /** Which of the filters this shop has a use for; absent, all. */
  offers?: (name: FilterKindName) => boolean;
  /** Days may be counted back from whenever somebody looks, as in `-30d`. */
  countsBack?: boolean;
}

/** The filters in force as pills, and the way to add one: a list with type-ahead, then the editor that fits. */
export class FilterBar {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #popover: Popover;
  readonly #context: () => FilterBarContext;
  #typed = '';

  constructor(host: ReactiveControllerHost & HTMLElement, popover: Popover, context: () => FilterBarContext) {
    this.#host = host;
    this.#popover = popover;
    this.#context = context;
  }

  render(): TemplateResult | typeof nothing {
    const context = this.#context();
    const { text, filters, adapter } = context;
    const set = setKinds(filters);
    const open = this.#popover.current;
    if (!adapter || !(set.length || filters.operation || offered(context).length)) return nothing;
    return html`
      <div class="filters" role="group" aria-label=${text('filters')}>
        ${set.map((kind) => this.#chip(kind.name, context))}
        ${filters.operation === undefined ? nothing : this.#operationChip(context)}
        <button
          class="button add-filter"
          type="button"
          aria-haspopup="dialog"
          aria-expanded=${open === 'filters' ? 'true' : 'false'}
          @click=${(event: Event) => this.#openList(event.currentTarget as HTMLElement)}
        >
          ${icons.plus} ${text('addFilter')}
        </button>
        ${
          set.length || filters.operation !== undefined
            ? html`<button class="button quiet clear-filters" type="button" @click=${this.clear}>
                ${text('clearFilters')}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  /** Takes every filter away; the search stays. */
  readonly clear = (): void => {
    const { filters, change } = this.#context();
    change(Object.assign({ operation: undefined }, ...setKinds(filters).map(removal)) as FilterChange);
    void this.#focusAdd();
  };

  #chip(name: FilterKindName, context: FilterBarContext): TemplateResult {
    const { text, filters } = context;
    const filter = text(filterKinds[name].label);
    const value = describe(name, filters, context);
    const remove = text('removeFilter', { filter });
    return html`
      <span class="chip" part="filter">
        <button
          class="chip-value"
          type="button"
          title=${text('filterChip', { filter, value })}
          aria-haspopup="dialog"
          aria-expanded=${this.#popover.current === `filter-${name}` ? 'true' : 'false'}
          @click=${(event: Event) => this.#openEditor(name, event.currentTarget as HTMLElement)}
        >
          <span class="chip-name">${filter}:</span> <bdi>${value}</bdi>
        </button>
        <button
          class="chip-remove"
          type="button"
          aria-label=${remove}
          title=${remove}
          @click=${() => {
            context.change(removal(filterKinds[name]));
            void this.#focusAdd();
          }}
        >
          ${icons.cross}
        </button>
      </span>
    `;
  }

  /** Set by a report, so there is nothing to choose; it can be taken away. */
  #operationChip({ text, change }: FilterBarContext): TemplateResult {
    const filter = text('filterOperation');
    const remove = text('removeFilter', { filter });
    return html`
      <span class="chip" part="filter">
        <span class="chip-value">${filter}</span>
        <button
          class="chip-remove"
          type="button"
          aria-label=${remove}
          title=${remove}
          @click=${() => {
            change({ operation: undefined });
            void this.#focusAdd();
          }}
        >
          ${icons.cross}
        </button>
      </span>
    `;
  }

  #openList(anchor: HTMLElement): void {
    this.#typed = '';
    this.#popover.toggle({
      name: 'filters',
      anchor,
      role: 'dialog',
      label: this.#context().text('filterBy'),
      render: () => this.#list(anchor),
    });
  }

  #list(anchor: HTMLElement): TemplateResult {
    const context = this.#context();
    const { text, locale } = context;
    const typed = this.#typed.trim().toLocaleLowerCase(locale);
    const found = offered(context).filter(({ label }) =>
      text(label).toLocaleLowerCase(locale).includes(typed),
    );
    return html`
      <div class="editor-search">
        <input
          class="field"
          type="search"
          autocomplete="off"
          data-item
          aria-label=${text('findFilter')}
          placeholder=${text('findFilter')}
          .value=${live(this.#typed)}
          @input=${(event: Event) => {
            this.#typed = (event.currentTarget as HTMLInputElement).value;
            this.#host.requestUpdate();
          }}
          @keydown=${(event: KeyboardEvent) => {
            const [first] = found;
            if (event.key === 'Enter' && !event.isComposing && first) this.#openEditor(first.name, anchor);
          }}
        />
      </div>
      ${found.map(
        ({ name, label }) => html`
          <button class="menu-item" type="button" data-item @click=${() => this.#openEditor(name, anchor)}>
            <span class="grow">${text(label)}</span>
          </button>
        `,
      )}
      ${found.length ? nothing : html`<p class="editor-note" role="status">${text('noOptions')}</p>`}
    `;
  }

  #openEditor(name: FilterKindName, anchor: HTMLElement): void {
    const context = this.#context();
    const { adapter, text, locale, currency, timeZone, retryLabel, change } = context;
    if (!adapter || !offered(context).some((kind) => kind.name === name)) return;
    const editor = filterEditors[name]({
      text,
      locale,
      currency,
      timeZone,
      adapter,
      retryLabel,
      change,
      countsBack: context.countsBack === true,
      filters: () => this.#context().filters,
      redraw: () => this.#host.requestUpdate(),
    });
    const title = text(filterKinds[name].label);
    const isSet = () => setKinds(this.#context().filters).some((kind) => kind.name === name);
    this.#popover.toggle({
      name: `filter-${name}`,
      anchor,
      role: 'dialog',
      label: title,
      onClose: () => editor.close?.(),
      render: () => html`
        <p class="menu-heading" aria-hidden="true">${title}</p>
        ${editor.render()}
        ${
          isSet()
            ? html`
                <div class="menu-divider"></div>
                <button
                  class="menu-item"
                  type="button"
                  data-item
                  @click=${() => {
                    this.#popover.close();
                    this.#context().change(removal(filterKinds[name]));
                    void this.#focusAdd();
                  }}
                >
                  ${icons.cross}<span class="grow">${text('resetFilter')}</span>
                </button>
              `
            : nothing
        }
      `,
    });
  }

  /** What was pressed has gone with its pill; focus must not fall to the page. */
  async #focusAdd(): Promise<void> {
    await this.#host.updateComplete;
    this.#host.shadowRoot?.querySelector<HTMLElement>('.add-filter')?.focus();
  }
}

function offered({
  adapter,
  access,
  offers = () => true,
}: FilterBarContext): ReturnType<typeof offeredKinds> {
  return adapter ? offeredKinds(adapter.capabilities, access).filter(({ name }) => offers(name)) : [];
}
