import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CustomerGroup } from '../../model/groups.ts';
import { colorDot } from '../../parts/badges.ts';
import { formatClock, formatNumber, formatPercentage } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { OptionPages } from '../../parts/option-pages.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import { stateBlock } from '../../parts/state-block.ts';
import type { GroupsHost } from './context.ts';
import { RuleCounts } from './rule-counts.ts';

export interface GroupListOptions {
  open: (group: CustomerGroup) => void;
  create: () => void;
}

const pageSize = 50;

/** All groups, searched and by pages. */
export class GroupList {
  readonly #host: GroupsHost;
  readonly #options: GroupListOptions;
  readonly #pages: OptionPages<CustomerGroup>;
  readonly #counts: RuleCounts;

  constructor(host: GroupsHost, options: GroupListOptions) {
    this.#host = host;
    this.#options = options;
    this.#pages = new OptionPages(
      async (request, signal) => {
        const adapter = host.source();
        if (!adapter) return { options: [], next: null };
        const { rows, next } = await adapter.listGroups({ ...request, limit: pageSize }, { signal });
        return { options: rows, next };
      },
      () => host.element.requestUpdate(),
    );
    this.#counts = new RuleCounts(host, () =>
      this.#pages.options.filter(({ rule }) => rule).map(({ id }) => id),
    );
  }

  get isLoading(): boolean {
    return this.#pages.state === 'loading';
  }

  /** Asks again; what is on the screen stays until the answer comes. */
  async reload(): Promise<void> {
    this.#counts.refresh();
    await this.#pages.load();
  }

  forget(): void {
    this.#pages.close();
    this.#pages.search = '';
    this.#pages.options = [];
    this.#pages.next = null;
    this.#pages.state = 'loading';
  }

  close(): void {
    this.#pages.close();
  }

  render(): TemplateResult {
    const { text, mayEdit } = this.#host.context();
    const { state, options, search } = this.#pages;
    const isEmpty = !options.length && !search.trim() && state === 'loaded';
    return html`
      ${
        isEmpty
          ? nothing
          : html`<div class="bar">
              <div class="search-box">
                ${icons.search}
                <input
                  class="field"
                  id="group-search"
                  type="search"
                  autocomplete="off"
                  aria-label=${text('searchGroups')}
                  placeholder=${text('searchGroups')}
                  .value=${live(search)}
                  @input=${(event: Event) => this.#searchFor((event.currentTarget as HTMLInputElement).value)}
                />
              </div>
              ${
                mayEdit
                  ? html`<button
                      class="button primary"
                      type="button"
                      data-action="create"
                      @click=${this.#options.create}
                    >
                      ${icons.plus} ${text('create')}
                    </button>`
                  : nothing
              }
            </div>`
      }
      <div class="rows" tabindex="-1" aria-busy=${state === 'loading' ? 'true' : 'false'}>
        ${this.#renderRows()}
      </div>
    `;
  }

  #searchFor(search: string): void {
    this.#pages.searchFor(search);
    this.#host.element.requestUpdate();
  }

  #renderRows(): unknown {
    const { text } = this.#host.context();
    const { state, options, search } = this.#pages;
    if (state === 'failed' && !options.length) return this.#renderFailed();
    if (state === 'loading' && !options.length) {
      return html`<span class="visually-hidden" role="status">${text('loading')}</span>
        ${[1, 2, 3, 4, 5].map(() => html`<div class="group-row" aria-hidden="true">${skeletonLine('long')}</div>`)}`;
    }
    if (!options.length) return search.trim() ? this.#renderNoMatch(search) : this.#renderEmpty();
    return html`
      <ul class="groups" aria-label=${text('groups')}>
        ${options.map((group) => this.#renderRow(group))}
      </ul>
      ${this.#renderFoot()}
    `;
  }

  #renderRow(group: CustomerGroup): TemplateResult {
    const { text, locale } = this.#host.context();
    const { name, description, color, discount_percentage: discount, rule } = group;
    return html`
      <li class="group-row">
        ${colorDot(color)}
        <div class="group-who">
          <button
            class="group-name"
            type="button"
            title=${name}
            data-group=${group.id}
            @click=${() => this.#options.open(group)}
          >
            <bdi>${name}</bdi>
          </button>
          ${rule ? html`<span class="by-rule">${icons.filter} ${text('byRule')}</span>` : nothing}
          ${description ? html`<p class="quiet group-about" title=${description}><bdi>${description}</bdi></p>` : nothing}
        </div>
        <span class="group-discount"
          >${discount === null ? nothing : text('discountShort', { percentage: formatPercentage(locale, discount) })}</span
        >
        <span class="group-count">${this.#count(group)}</span>
      </li>
    `;
  }

  #count(group: CustomerGroup): unknown {
    const { text, locale } = this.#host.context();
    const count = group.rule ? this.#counts.of(group.id) : group.member_count;
    if (count !== undefined && count !== null) {
      return html`<span class="count">${formatNumber(locale, count)}</span>
        <span class="visually-hidden">${text('membersWord', { count })}</span>`;
    }
    if (this.#counts.hasFailed) return html`<span class="quiet">${text('notCounted')}</span>`;
    return html`<span aria-hidden="true">${skeletonLine('short')}</span
      ><span class="visually-hidden">${text('counting')}</span>`;
  }

  #renderFoot(): unknown {
    const { text, locale, timeZone, shared } = this.#host.context();
    const { state, next, error } = this.#pages;
    const { asOf, hasFailed } = this.#counts;
    return html`
      ${
        next === null
          ? nothing
          : html`<div class="rows-foot">
              ${state === 'failed' ? html`<p role="alert">${this.#host.errorText(error)}</p>` : nothing}
              <button
                class="button more"
                type="button"
                aria-disabled=${state === 'loading' ? 'true' : 'false'}
                @click=${() => void this.#more()}
              >
                ${state === 'loading' ? text('loading') : text('showMore')}
              </button>
            </div>`
      }
      ${
        hasFailed
          ? html`<p class="quiet as-of" role="status">
              ${text('countFailed')}
              <button class="button quiet" type="button" @click=${() => this.#counts.refresh()}>
                ${shared.retry}
              </button>
            </p>`
          : asOf
            ? html`<p class="quiet as-of">
                ${text('countedAsOf', { time: formatClock(locale, asOf, timeZone) })}
              </p>`
            : nothing
      }
    `;
  }

  async #more(): Promise<void> {
    const { next, state } = this.#pages;
    if (next === null || state === 'loading') return;
    const { shadowRoot } = this.#host.element;
    const button = shadowRoot?.activeElement;
    await this.#pages.load(next);
    await this.#host.element.updateComplete;
    // The button goes with the last page.
    if (button && !button.isConnected) shadowRoot?.querySelector<HTMLElement>('.rows')?.focus();
  }

  #renderEmpty(): TemplateResult {
    const { text, mayEdit } = this.#host.context();
    return stateBlock({
      icon: icons.people,
      title: text('emptyTitle'),
      text: text(mayEdit ? 'emptyText' : 'emptyForReaders'),
      actions: mayEdit
        ? html`<button
            class="button primary"
            type="button"
            data-action="create"
            @click=${this.#options.create}
          >
            ${icons.plus} ${text('create')}
          </button>`
        : undefined,
    });
  }

  #renderNoMatch(search: string): TemplateResult {
    const { text } = this.#host.context();
    return stateBlock({
      icon: icons.search,
      title: text('noMatchTitle'),
      text: text('noMatchText', { search: search.trim() }),
      actions: html`<button
        class="button"
        type="button"
        data-action="clear"
        @click=${() => {
          this.#pages.search = '';
          void this.#pages.load();
          this.#host.goTo('#group-search');
        }}
      >
        ${text('clearSearch')}
      </button>`,
    });
  }

  #renderFailed(): TemplateResult {
    const { text, shared } = this.#host.context();
    return stateBlock({
      icon: icons.warning,
      alert: true,
      title: text('listFailed'),
      text: this.#host.errorText(this.#pages.error),
      actions: html`<button
        class="button"
        type="button"
        data-action="retry"
        @click=${() => void this.#pages.load()}
      >
        ${shared.retry}
      </button>`,
    });
  }
}
