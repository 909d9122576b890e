import { initialState, Task, TaskStatus } from '@lit/task';
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { isAdapterError } from '../../adapter/errors.ts';
import { shared } from '../../locales/en/shared.ts';
import { stats } from '../../locales/en/customer-stats.ts';
import type { CustomerStats } from '../../model/customer.ts';
import type { CustomerFilters, CustomerFiltersInput } from '../../model/filters.ts';
import { CustomersElement } from '../../parts/customers-element.ts';
import { skeletonLine, skeletonStyles } from '../../parts/skeleton.ts';
import { controls } from '../../parts/styles/controls.ts';
import { tokens } from '../../parts/styles/tokens.ts';
import { statsStyles } from './customer-stats.styles.ts';
import { filterNamesBehind, filtersBehind, sameFilters, statNames, type StatName } from './stat-filters.ts';
import { statText } from './stat-text.ts';

/**
 * The shop in six numbers: customers, active, guests, with orders, new this month, revenue. Each is exact, says as
 * of when, and is a button that asks for the list behind it.
 *
 * @tag customer-stats
 *
 * @fires {CustomEvent<{name: string, filters: object}>} stats-select - A number was chosen. Cancelable: prevented,
 *   nothing is marked and no `filters-changed` follows.
 * @fires {CustomEvent<{filters: object}>} filters-changed - The filters that the person chose, `{}` for all.
 *
 * @csspart cards - The list of the six.
 * @csspart card - One of them.
 */
export class CustomerStatsElement extends CustomersElement {
  static override styles = [tokens, controls, skeletonStyles, statsStyles];

  protected static override readonly texts = { shared, stats };

  static override properties: PropertyDeclarations = { filters: { attribute: false } };

  /** What the list beside it shows; the number that stands for the same customers is marked as pressed. */
  declare filters: CustomerFiltersInput;

  #shown: { adapter: CustomerAdapter; stats: CustomerStats } | undefined;
  readonly #task = new Task(this, {
    args: () => [this.source] as const,
    task: async ([adapter], { signal }) => {
      if (!adapter?.capabilities.stats) return initialState;
      const stats = await adapter.getStats({ signal });
      this.#shown = { adapter, stats };
      return stats;
    },
  });

  constructor() {
    super();
    this.filters = {};
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // What was under way when the element was taken off the page has been aborted.
    if (this.hasUpdated && this.#task.status === TaskStatus.ERROR) void this.#task.run();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#task.abort();
  }

  /** Asks again; the numbers stay until the new ones come. Resolves when they have, or have failed to. */
  async reload(): Promise<void> {
    if (this.isConnected) await this.#task.run();
  }

  #select(name: StatName, stats: CustomerStats): void {
    const behind = filtersBehind(name, stats);
    // Pressing the pressed one lets go of it.
    const filters: CustomerFilters = sameFilters(behind, this.filters) ? {} : behind;
    if (!this.emit('stats-select', { name, filters }, { cancelable: true })) return;
    this.filters = filters;
    this.emit('filters-changed', { filters });
  }

  protected override render(): unknown {
    const adapter = this.source;
    if (adapter && !adapter.capabilities.stats) return nothing;
    const stats = this.#shown?.adapter === adapter ? this.#shown?.stats : undefined;
    const error = this.#task.status === TaskStatus.ERROR ? this.#task.error : undefined;
    if (error && !isAdapterError(error, 'aborted')) {
      return stats
        ? [this.#renderCards(adapter, stats), this.#renderFailure('outdated', error)]
        : this.#renderFailure('failed', error);
    }
    return this.#renderCards(adapter, stats);
  }

  #renderFailure(kind: 'failed' | 'outdated', error: unknown): TemplateResult {
    return html`
      <div class="failure ${kind}" role="alert">
        <p>${this.text('stats', kind)} ${this.errorText(error)}</p>
        <button class="button" type="button" @click=${() => this.reload()}>
          ${this.text('shared', 'retry')}
        </button>
      </div>
    `;
  }

  #renderCards(adapter: CustomerAdapter | undefined, stats: CustomerStats | undefined): TemplateResult {
    return html`
      <ul
        class="cards"
        part="cards"
        aria-label=${this.text('stats', stats ? 'label' : 'loading')}
        aria-busy=${this.#task.status === TaskStatus.PENDING ? 'true' : 'false'}
      >
        ${statNames.map((name) => html`<li>${this.#renderCard(name, adapter, stats)}</li>`)}
      </ul>
    `;
  }

  #renderCard(name: StatName, adapter: CustomerAdapter | undefined, stats: CustomerStats | undefined) {
    const label = html`<span class="label">${this.text('stats', name)}</span>`;
    if (!stats) {
      return html`<div class="card" part="card">
        ${label}
        <span class="value">${skeletonLine('medium')}</span>
        <span class="note">${skeletonLine('short')}</span>
      </div>`;
    }
    const { value, note, meaning } = statText(name, stats, this.language.locale, (key, values) =>
      this.text('stats', key, values),
    );
    const content = html`${label}<span class="value">${value}</span><span class="note">${note}</span>`;
    const canShow = filterNamesBehind(name).every((filter) => adapter?.capabilities.filters.includes(filter));
    if (!canShow) return html`<div class="card" part="card" title=${meaning || nothing}>${content}</div>`;
    return html`<button
      class="card"
      part="card"
      type="button"
      title=${meaning || nothing}
      aria-pressed=${sameFilters(filtersBehind(name, stats), this.filters) ? 'true' : 'false'}
      @click=${() => this.#select(name, stats)}
    >
      ${content}
    </button>`;
  }
}
