import { initialState, Task } from '@lit/task';
import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import type { Total } from '../../model/customer.ts';
import type { CustomerFilters } from '../../model/filters.ts';
import type { CustomerChoice } from '../../model/operations.ts';
import { formatNumber } from '../../parts/format.ts';
import type { ExportContext } from './context.ts';

export type AudienceName = 'chosen' | 'matching' | 'everybody';

/** Customers that a file can be of. */
export interface Audience {
  name: AudienceName;
  customers: CustomerChoice;
  /** Undefined until it is counted. */
  total: Total | undefined;
}

interface AudienceOptions {
  source: () => CustomerAdapter | undefined;
  isShown: () => boolean;
  customers: () => CustomerChoice | undefined;
  filters: () => CustomerFilters | undefined;
  count: () => number | undefined;
}

type Counted = [AudienceName, Total][];

/** The selected ones, all that match, everybody: what there is of it, and how many they are. */
export class Audiences {
  readonly #options: AudienceOptions;
  readonly #counts: Task<
    readonly [CustomerAdapter | undefined, boolean, string, number | undefined],
    Counted
  >;

  constructor(host: ReactiveControllerHost, options: AudienceOptions) {
    this.#options = options;
    this.#counts = new Task(host, {
      args: () => [
        options.source(),
        options.isShown(),
        JSON.stringify([options.customers(), options.filters()]),
        options.count(),
      ],
      task: async ([adapter, isShown], { signal }) => {
        if (!adapter || !isShown) return initialState;
        const counted: Counted = [];
        await Promise.all(
          this.#plain.map(async ({ name, customers, total }) => {
            if (total || !('filters' in customers)) return;
            const { filters, except = [] } = customers;
            // A file can be made without knowing beforehand how long it is.
            const found = await adapter.countCustomers({ filters }, { signal }).catch(() => undefined);
            if (found) counted.push([name, { ...found, value: Math.max(0, found.value - except.length) }]);
          }),
        );
        return counted;
      },
    });
  }

  get all(): Audience[] {
    const counted = new Map(this.#counts.value ?? []);
    return this.#plain.map((audience) => ({
      ...audience,
      total: audience.total ?? counted.get(audience.name),
    }));
  }

  /** Without what has to be asked for. */
  get #plain(): Audience[] {
    const customers = this.#options.customers();
    const count = this.#options.count();
    const hint = count === undefined ? undefined : { value: count, exact: true };
    const all: Audience[] = [];
    let filters = this.#options.filters();
    if (customers && 'ids' in customers) {
      all.push({ name: 'chosen', customers, total: { value: new Set(customers.ids).size, exact: true } });
    } else if (customers?.except?.length) {
      all.push({ name: 'chosen', customers, total: hint });
      filters ??= customers.filters;
    } else filters = customers?.filters ?? filters;
    const isHinted = customers !== undefined && 'filters' in customers && !customers.except?.length;
    if (isNarrow(filters)) {
      all.push({
        name: 'matching',
        customers: { filters: filters ?? {} },
        total: isHinted ? hint : undefined,
      });
    }
    const isEverybodyHinted = (customers === undefined || isHinted) && !isNarrow(filters);
    all.push({ name: 'everybody', customers: { filters: {} }, total: isEverybodyHinted ? hint : undefined });
    return all;
  }
}

const isNarrow = (filters: CustomerFilters | undefined): boolean =>
  Object.values(filters ?? {}).some(
    (value) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );

export function audienceChoice(
  { text, locale }: ExportContext,
  audiences: readonly Audience[],
  chosen: AudienceName,
  choose: (name: AudienceName) => void,
): TemplateResult {
  return html`
    <fieldset class="choice">
      <legend>${text('whom')}</legend>
      ${audiences.map((audience) => {
        const { name, total } = audience;
        const label = name === 'chosen' ? chosenText(audience, text) : text(name);
        return html`<label class="option">
          <input
            type="radio"
            name="whom"
            value=${name}
            .checked=${live(name === chosen)}
            @change=${() => choose(name)}
          />
          <span class="grow">${label}</span>
          <span class="number">${name === 'chosen' || !total ? '' : totalText(total, text, locale)}</span>
        </label>`;
      })}
    </fieldset>
  `;
}

const chosenText = ({ total }: Audience, text: ExportContext['text']): string =>
  total?.exact ? text('chosen', { count: total.value }) : text('chosenUnknown');

function totalText({ value, exact }: Total, text: ExportContext['text'], locale: string): string {
  const count = formatNumber(locale, value);
  return exact ? count : text('moreThan', { count });
}
