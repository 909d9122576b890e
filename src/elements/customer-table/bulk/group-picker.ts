import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CustomerGroup } from '../../../model/groups.ts';
import { colorDot } from '../../../parts/badges.ts';
import { OptionPages } from '../../../parts/option-pages.ts';
import { optionsEnding } from '../filter-editors/options-ending.ts';
import type { BulkHost } from './bulk.ts';

type GroupAction = 'assign_group' | 'remove_group';

const pageSize = 50;

/** One group of all there are, found by typing; choosing it is the action. */
export class GroupPicker {
  readonly #host: BulkHost;
  readonly #chosen: (action: GroupAction, group: CustomerGroup) => void;
  readonly #pages: OptionPages<CustomerGroup>;

  constructor(host: BulkHost, chosen: (action: GroupAction, group: CustomerGroup) => void) {
    this.#host = host;
    this.#chosen = chosen;
    this.#pages = new OptionPages(
      async (request, signal) => {
        const adapter = host.source();
        if (!adapter) return { options: [], next: null };
        const { rows, next } = await adapter.listGroups({ ...request, limit: pageSize }, { signal });
        return { options: rows, next };
      },
      () => host.element.requestUpdate(),
    );
  }

  open(action: GroupAction, anchor: HTMLElement): void {
    const { popover, texts } = this.#host;
    const isOpen = popover.current === action;
    popover.toggle({
      name: action,
      anchor,
      role: 'dialog',
      label: texts.operations(action === 'assign_group' ? 'chooseGroup' : 'chooseGroupToLeave'),
      render: () => this.#render(action),
      onClose: () => this.#pages.close(),
    });
    if (isOpen) return;
    this.#pages.search = '';
    this.#pages.options = [];
    void this.#pages.load();
  }

  #render(action: GroupAction): TemplateResult {
    const { text } = this.#host.context();
    const { options, state, search } = this.#pages;
    return html`
      <div class="editor-search">
        <input
          class="field"
          type="search"
          autocomplete="off"
          data-item
          aria-label=${text('searchOptions')}
          placeholder=${text('searchOptions')}
          .value=${live(search)}
          @input=${(event: Event) => this.#pages.searchFor((event.currentTarget as HTMLInputElement).value)}
        />
      </div>
      <div class="editor-choices" aria-busy=${state === 'loading' ? 'true' : 'false'}>
        ${options.map((group) => this.#option(action, group))}
        ${optionsEnding(this.#pages, text, this.#host.texts.shared('retry'))}
      </div>
    `;
  }

  #option(action: GroupAction, group: CustomerGroup): TemplateResult {
    const { name, color, member_count: count } = group;
    const { text } = this.#host.context();
    return html`<button
      class="menu-item"
      type="button"
      data-item
      title=${name}
      @click=${() => {
        this.#host.popover.close();
        this.#chosen(action, group);
      }}
    >
      ${colorDot(color)}<bdi class="grow">${name}</bdi>
      ${count === null ? nothing : html`<span class="menu-note">${text('optionMembers', { count })}</span>`}
    </button>`;
  }
}
