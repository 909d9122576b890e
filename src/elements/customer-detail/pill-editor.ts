import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { CustomerDetail, CustomerSaved } from '../../model/detail.ts';
import { TypeAhead, type Suggestion } from '../../parts/fields/type-ahead.ts';
import { icons } from '../../parts/icons.ts';
import type { OptionPage, OptionRequest } from '../../parts/option-pages.ts';
import type { DetailTextKey } from './context.ts';
import type { DetailHost } from './detail-host.ts';
import type { Permissions } from './permissions.ts';

export interface Pill {
  /** What the backend knows it by. */
  value: string;
  label: string;
  content: TemplateResult;
}

export interface PillChange {
  add: string[];
  remove: string[];
}

export interface PillEditorOptions {
  name: 'groups' | 'tags';
  texts: { add: DetailTextKey; remove: DetailTextKey; failed: DetailTextKey };
  mayEdit: (permissions: Permissions) => boolean;
  pills: (detail: CustomerDetail) => Pill[];
  /** One that is on its way. */
  pending: (suggestion: Suggestion) => TemplateResult;
  /** What is typed may become a new one. */
  isFree: boolean;
  suggest: (
    adapter: CustomerAdapter,
    request: OptionRequest,
    signal: AbortSignal,
  ) => Promise<OptionPage<Suggestion>>;
  send: (
    adapter: CustomerAdapter,
    request: PillChange & { id: string; operationId: string },
    signal: AbortSignal,
  ) => Promise<CustomerSaved & Partial<CustomerDetail>>;
}

/**
 * Pills that are added by type-ahead and removed in place. What is on its way is dimmed until it is saved; what could
 * not be saved is as it was before, and said so.
 */
export class PillEditor {
  readonly #host: DetailHost;
  readonly #options: PillEditorOptions;
  readonly #typeAhead: TypeAhead;
  /** On its way, by value. */
  readonly #adding = new Map<string, Suggestion>();
  readonly #removing = new Set<string>();
  #isOpen = false;
  #suggestions: readonly Suggestion[] = [];

  constructor(host: DetailHost, options: PillEditorOptions) {
    this.#host = host;
    this.#options = options;
    this.#typeAhead = new TypeAhead(host.element, {
      load: (request, signal) => this.#load(request, signal),
      choose: (suggestion) => this.#add(suggestion),
      ...(options.isFree
        ? { takesFirst: true, offer: (typed) => this.#offer(typed) }
        : { settle: (typed) => this.#addNamed(typed) }),
    });
  }

  render(detail: CustomerDetail): TemplateResult {
    const { name, texts } = this.#options;
    const { text } = this.#host.context();
    const mayEdit = this.#options.mayEdit(this.#host.permissions());
    const pills = this.#options.pills(detail);
    const error = this.#host.writes.errorOf(this.#about(detail));
    return html`<section class="pill-section" data-pills=${name} aria-labelledby="${name}-title">
      <h3 id="${name}-title">${text(name)}</h3>
      <div class="pill-line">
        ${
          pills.length || this.#adding.size
            ? html`<ul class="pills">
                ${pills.map((pill) => this.#pill(detail, pill, mayEdit))}
                ${[...this.#adding.values()].map(
                  (one) => html`<li class="on-its-way" aria-busy="true">${this.#options.pending(one)}</li>`,
                )}
              </ul>`
            : mayEdit
              ? nothing
              : html`<span class="none" aria-hidden="true">–</span
                  ><span class="visually-hidden">${text('none')}</span>`
        }
        ${mayEdit ? this.#adder() : nothing}
      </div>
      ${
        error === undefined
          ? nothing
          : html`<p class="failure" role="alert">
              ${icons.warning}<span>${text(texts.failed, { reason: this.#host.errorText(error) })}</span>
              <button
                class="button"
                type="button"
                data-action="retry"
                @click=${() => void this.#host.writes.retry(this.#about(detail))}
              >
                ${text('tryAgain')}
              </button>
            </p>`
      }
    </section>`;
  }

  #pill(detail: CustomerDetail, { value, label, content }: Pill, mayEdit: boolean): TemplateResult {
    const isGoing = this.#removing.has(value);
    return html`<li class=${isGoing ? 'on-its-way' : ''} aria-busy=${isGoing ? 'true' : nothing}>
      ${content}
      ${
        mayEdit
          ? html`<button
              class="pill-remove"
              type="button"
              aria-label=${this.#host.context().text(this.#options.texts.remove, { name: label })}
              @click=${() => !isGoing && void this.#remove(detail, value)}
            >
              ${icons.cross}
            </button>`
          : nothing
      }
    </li>`;
  }

  #adder(): TemplateResult {
    const { name, texts } = this.#options;
    const label = this.#host.context().text(texts.add);
    if (!this.#isOpen) {
      return html`<button class="link pill-add" type="button" @click=${() => this.#open()}>
        ${icons.plus}${label}
      </button>`;
    }
    return html`<div class="pill-field" @focusout=${this.#onFocusout}>
      ${this.#typeAhead.render({
        id: `add-${name}`,
        label,
        context: this.#host.fieldContext(),
        value: '',
        placeholder: label,
        keydown: (event) => this.#onKeydown(event),
      })}
    </div>`;
  }

  #open(): void {
    this.#isOpen = true;
    this.#host.element.requestUpdate();
    void this.#host.focusOn(`#add-${this.#options.name}`).then(() => {
      // Opens the suggestions as pressing the field does.
      this.#field()?.click();
    });
  }

  #close(): void {
    this.#isOpen = false;
    this.#typeAhead.clear();
  }

  #field(): HTMLElement | null | undefined {
    return this.#host.element.shadowRoot?.querySelector<HTMLElement>(`#add-${this.#options.name}`);
  }

  readonly #onFocusout = (): void => {
    if (!this.#typeAhead.typed?.trim()) this.#close();
  };

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.#close();
    void this.#host.focusOn(this.#at('.pill-add'));
  }

  async #load(request: OptionRequest, signal: AbortSignal): Promise<OptionPage<Suggestion>> {
    const adapter = this.#host.source();
    const detail = this.#host.detail();
    if (!adapter || !detail) return { options: [], next: null };
    const { options, next } = await this.#options.suggest(adapter, request, signal);
    const has = new Set(this.#options.pills(detail).map(({ value }) => value));
    const isExact = ({ label }: Suggestion) => same(label, request.search ?? '');
    const left = options.filter(({ value }) => !has.has(value) && !this.#adding.has(value));
    this.#suggestions = [...left.filter(isExact), ...left.filter((one) => !isExact(one))];
    return { options: [...this.#suggestions], next };
  }

  #offer(typed: string): Suggestion | undefined {
    const detail = this.#host.detail();
    const isThere = detail && this.#options.pills(detail).some(({ value }) => value === typed);
    return isThere ? undefined : { value: typed, label: typed, isNew: true };
  }

  /** Enter after a whole name; who merely leaves the field has chosen nothing. */
  #addNamed(typed: string): void {
    const field = this.#field();
    if (!field || this.#host.element.shadowRoot?.activeElement !== field) return;
    const named = this.#suggestions.filter(({ label }) => same(label, typed));
    if (named.length === 1 && named[0]) this.#add(named[0]);
  }

  #add(suggestion: Suggestion): void {
    const detail = this.#host.detail();
    const value = suggestion.value.trim();
    if (!detail || !value || this.#adding.has(value)) return;
    if (this.#options.pills(detail).some((pill) => pill.value === value)) return;
    this.#adding.set(value, suggestion);
    void this.#save(detail, { add: [value], remove: [] }, () => this.#adding.delete(value));
  }

  async #remove(detail: CustomerDetail, value: string): Promise<void> {
    this.#removing.add(value);
    const places = this.#options.pills(detail).map((pill) => pill.value);
    const at = places.indexOf(value);
    const removers = this.#at('.pill-remove');
    const hadFocus = this.#host.element.shadowRoot?.activeElement?.matches(removers);
    await this.#save(detail, { add: [], remove: [value] }, () => this.#removing.delete(value));
    if (!hadFocus || this.#host.writes.errorOf(this.#about(detail)) !== undefined) return;
    await this.#host.element.updateComplete;
    // The button has gone with its pill: to the one in its place.
    const left = [...(this.#host.element.shadowRoot?.querySelectorAll<HTMLElement>(removers) ?? [])];
    (left[Math.min(at, left.length - 1)] ?? this.#field())?.focus();
    if (!left.length) await this.#host.focusOn(this.#at('.pill-add'));
  }

  async #save(detail: CustomerDetail, change: PillChange, settled: () => void): Promise<void> {
    const { name, send } = this.#options;
    const { id } = detail.customer;
    if (!this.#host.ask(`${name}-change`, { customerId: id, ...change })) {
      settled();
      this.#host.element.requestUpdate();
      return;
    }
    const operationId = crypto.randomUUID();
    await this.#host.writes.run({
      about: this.#about(detail),
      send: (adapter, signal) => send(adapter, { id, operationId, ...change }, signal),
      done: ({ receipt, ...saved }) => {
        settled();
        this.#host.takeOver(saved);
        this.#host.announce(this.#host.context().text('saved'));
        this.#host.tell(`${name}-changed`, { customerId: id, customer: saved.customer, receipt });
      },
      failed: settled,
    });
  }

  #about({ customer }: CustomerDetail): string {
    return `${this.#options.name} ${customer.id}`;
  }

  #at(selector: string): string {
    return `[data-pills=${this.#options.name}] ${selector}`;
  }
}

const same = (one: string, other: string): boolean =>
  one.trim().toLocaleLowerCase() === other.trim().toLocaleLowerCase();
