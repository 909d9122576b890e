import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Customer } from '../../model/customer.ts';
import type { Person } from '../../model/groups.ts';
import { displayName } from '../../model/names.ts';
import { avatar } from '../../parts/avatar.ts';
import { formatDate, formatInstant, isolated } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import { OptionPages } from '../../parts/option-pages.ts';
import { skeletonLine } from '../../parts/skeleton.ts';
import { stateBlock } from '../../parts/state-block.ts';
import type { GroupsHost, GroupsTextKey } from './context.ts';

/** Who is in the group, or who was put in or is kept out of one with a rule by hand. */
export type MemberKind = 'members' | 'put_in' | 'kept_out';
export type MemberRow = Person & { since?: string };

export interface MemberRowsOptions {
  groupId: () => string | undefined;
  /** Chosen rows are taken out, or left to the rule. */
  act: (kind: MemberKind, rows: readonly MemberRow[]) => void;
  open: (row: MemberRow) => void;
}

const pageSize = 50;

const acts: Record<MemberKind, { one: GroupsTextKey; many: GroupsTextKey; empty: GroupsTextKey }> = {
  members: { one: 'removeOne', many: 'removeMany', empty: 'noMembers' },
  put_in: { one: 'releaseOne', many: 'releaseMany', empty: 'nobodyPutIn' },
  kept_out: { one: 'releaseOne', many: 'releaseMany', empty: 'nobodyKeptOut' },
};

/** Customers by pages, with what can be done to one or several of them. */
export class MemberRows {
  kind: MemberKind = 'members';
  readonly #host: GroupsHost;
  readonly #options: MemberRowsOptions;
  readonly #pages: OptionPages<MemberRow>;
  readonly #selected = new Set<string>();

  constructor(host: GroupsHost, options: MemberRowsOptions) {
    this.#host = host;
    this.#options = options;
    this.#pages = new OptionPages<MemberRow>(
      (request, signal) => this.#load(request, signal),
      () => host.element.requestUpdate(),
    );
  }

  get isLoading(): boolean {
    return this.#pages.state === 'loading';
  }

  begin(kind: MemberKind): void {
    this.kind = kind;
    this.#selected.clear();
    this.#pages.search = '';
    this.#pages.options = [];
    this.#pages.next = null;
    void this.#pages.load();
  }

  async reload(): Promise<void> {
    await this.#pages.load();
  }

  close(): void {
    this.#pages.close();
  }

  /** Those who have gone, without losing the place in a long list. */
  drop(ids: readonly string[]): void {
    const gone = new Set(ids);
    for (const id of ids) this.#selected.delete(id);
    this.#pages.options = this.#pages.options.filter(({ id }) => !gone.has(id));
    if (!this.#pages.options.length) void this.#pages.load();
    this.#host.element.requestUpdate();
  }

  async #load(request: { search?: string; cursor?: string }, signal: AbortSignal) {
    const adapter = this.#host.source();
    const groupId = this.#options.groupId();
    if (!adapter || !groupId) return { options: [], next: null };
    const page = request.cursor ? { cursor: request.cursor } : {};
    if (this.kind !== 'members') {
      const asked = { groupId, kind: this.kind, limit: pageSize, ...page };
      const { rows, next } = await adapter.listGroupPins(asked, { signal });
      return { options: rows, next };
    }
    const filters = { group: [groupId], ...(request.search ? { search: request.search } : {}) };
    const sort = { by: 'created_at', direction: 'desc' } as const;
    const { rows, next } = await adapter.listCustomers(
      { filters, sort, limit: pageSize, ...page },
      { signal },
    );
    return { options: rows as MemberRow[], next };
  }

  render(): TemplateResult {
    const { text } = this.#host.context();
    const { search, state, options } = this.#pages;
    const hasSearch = this.kind === 'members' && (options.length > 0 || search.trim() !== '');
    return html`
      ${
        hasSearch
          ? html`<div class="search-box">
              ${icons.search}
              <input
                class="field"
                id="member-search"
                type="search"
                autocomplete="off"
                aria-label=${text('searchMembers')}
                placeholder=${text('searchMembers')}
                .value=${live(search)}
                @input=${(event: Event) => {
                  this.#pages.searchFor((event.currentTarget as HTMLInputElement).value);
                  this.#host.element.requestUpdate();
                }}
              />
            </div>`
          : nothing
      }
      ${this.#renderSelection()}
      <div class="rows" tabindex="-1" aria-busy=${state === 'loading' ? 'true' : 'false'}>
        ${this.#renderRows()}
      </div>
    `;
  }

  #renderSelection(): unknown {
    const { text, mayEdit } = this.#host.context();
    if (!mayEdit || !this.#selected.size) return nothing;
    const chosen = this.#pages.options.filter(({ id }) => this.#selected.has(id));
    return html`<div class="selection" role="group" aria-label=${text('selected', { count: chosen.length })}>
      <span role="status">${text('selected', { count: chosen.length })}</span>
      <button class="button" type="button" data-action="act" @click=${() => this.#act(chosen)}>
        ${text(acts[this.kind].many, { count: chosen.length })}
      </button>
      <button
        class="button quiet"
        type="button"
        data-action="select-none"
        @click=${() => {
          this.#selected.clear();
          this.#host.element.requestUpdate();
          this.#host.goTo('.rows');
        }}
      >
        ${text('selectNone')}
      </button>
    </div>`;
  }

  #act(rows: readonly MemberRow[]): void {
    this.#host.goTo('.rows');
    this.#options.act(this.kind, rows);
  }

  #renderRows(): unknown {
    const { text, shared } = this.#host.context();
    const { state, options, search, error, next } = this.#pages;
    if (state === 'failed' && !options.length) {
      return stateBlock({
        icon: icons.warning,
        alert: true,
        title: text('membersFailed'),
        text: this.#host.errorText(error),
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
    if (state === 'loading' && !options.length) {
      return html`<span class="visually-hidden" role="status">${text('loading')}</span> ${[1, 2, 3, 4].map(
          () =>
            html`<div class="member" aria-hidden="true">
              <span class="skeleton round"></span>${skeletonLine('medium')}
            </div>`,
        )}`;
    }
    if (!options.length) {
      const isSearch = search.trim() !== '';
      return html`<p class="nobody quiet" role="status">
        ${isSearch ? text('noMatchText', { search: search.trim() }) : text(acts[this.kind].empty)}
      </p>`;
    }
    return html`
      <ul class="members" aria-label=${text('members')}>
        ${options.map((row) => this.#renderRow(row))}
      </ul>
      ${
        next === null
          ? nothing
          : html`<div class="rows-foot">
              ${state === 'failed' ? html`<p role="alert">${this.#host.errorText(error)}</p>` : nothing}
              <button
                class="button more"
                type="button"
                aria-disabled=${state === 'loading' ? 'true' : 'false'}
                @click=${() => void this.#more(next)}
              >
                ${state === 'loading' ? text('loading') : text('showMore')}
              </button>
            </div>`
      }
    `;
  }

  async #more(next: string): Promise<void> {
    if (this.#pages.state === 'loading') return;
    const { shadowRoot } = this.#host.element;
    const button = shadowRoot?.activeElement;
    await this.#pages.load(next);
    await this.#host.element.updateComplete;
    // The button goes with the last page.
    if (button && !button.isConnected) shadowRoot?.querySelector<HTMLElement>('.rows')?.focus();
  }

  #renderRow(row: MemberRow): TemplateResult {
    const { text, mayEdit, locale, timeZone } = this.#host.context();
    const name = displayName(row);
    const act = text(acts[this.kind].one, { customer: isolated(name) });
    return html`
      <li class="member">
        ${
          mayEdit
            ? html`<label class="member-check"
                ><input
                  type="checkbox"
                  aria-label=${text('select', { customer: isolated(name) })}
                  .checked=${live(this.#selected.has(row.id))}
                  @change=${() => this.#toggle(row.id)}
              /></label>`
            : nothing
        }
        ${avatar(row as Customer)}
        <div class="member-who">
          <button
            class="member-name"
            type="button"
            data-customer=${row.id}
            @click=${() => this.#options.open(row)}
          >
            <bdi>${name}</bdi>
          </button>
          ${row.email === name ? nothing : html`<span class="quiet member-email"><bdi>${row.email}</bdi></span>`}
        </div>
        ${
          row.since
            ? html`<time
                class="quiet"
                datetime=${row.since}
                title=${formatInstant(locale, row.since, timeZone)}
                >${formatDate(locale, row.since, timeZone)}</time
              >`
            : nothing
        }
        ${
          mayEdit
            ? html`<button
                class="button quiet icon member-act"
                type="button"
                aria-label=${act}
                title=${act}
                @click=${() => this.#act([row])}
              >
                ${this.kind === 'members' ? icons.cross : icons.restore}
              </button>`
            : nothing
        }
      </li>
    `;
  }

  #toggle(id: string): void {
    if (!this.#selected.delete(id)) this.#selected.add(id);
    this.#host.element.requestUpdate();
  }
}
