import { html, nothing, type TemplateResult } from 'lit';
import { isAdapterError } from '../../adapter/errors.ts';
import type { CustomerFilters } from '../../model/filters.ts';
import { icons } from '../../parts/icons.ts';
import { stateBlock } from '../../parts/state-block.ts';
import type { TableContext } from './context.ts';
import { describe, filterKinds, setKinds, type DescribeContext } from './filter-kinds.ts';

export interface EmptyView {
  context: TableContext;
  canCreate: boolean;
  canImport: boolean;
  create: () => void;
  import: () => void;
}

/** A shop without customers: what to do next. */
export function emptyState({ context: { text }, canCreate, canImport, ...run }: EmptyView): TemplateResult {
  const actions = html`
    ${
      canCreate
        ? html`<button class="button primary" type="button" data-action="create" @click=${run.create}>
            ${icons.plus} ${text('addCustomer')}
          </button>`
        : nothing
    }
    ${
      canImport
        ? html`<button class="button" type="button" data-action="import" @click=${run.import}>
            ${icons.upload} ${text('importCustomers')}
          </button>`
        : nothing
    }
  `;
  return stateBlock({
    icon: icons.people,
    title: text('emptyTitle'),
    text: text(canCreate || canImport ? 'emptyTextActions' : 'emptyText'),
    ...(canCreate || canImport ? { actions } : {}),
  });
}

export interface NoMatchView {
  context: DescribeContext;
  filters: CustomerFilters;
  clear: () => void;
}

/** Nobody fits: which search and filters that is, and the way out. */
export function noMatchState({ context, filters, clear }: NoMatchView): TemplateResult {
  const { text } = context;
  const names = setKinds(filters).map(({ name }) =>
    text('filterChip', { filter: text(filterKinds[name].label), value: describe(name, filters, context) }),
  );
  const values = { search: filters.search ?? '', filters: names.join(', ') };
  const both = names.length > 0 && values.search !== '';
  return stateBlock({
    icon: icons.search,
    title: text('noMatchTitle'),
    text: text(both ? 'noMatchBoth' : names.length ? 'noMatchFilters' : 'noMatchSearch', values),
    actions: html`<button class="button" type="button" data-action="clear" @click=${clear}>
      ${text(both ? 'clearEverything' : names.length ? 'clearOnlyFilters' : 'clearSearch')}
    </button>`,
  });
}

export interface ErrorView {
  context: TableContext;
  error: unknown;
  /** What it means, in plain words. */
  message: string;
  retryLabel: string;
  retry: () => void;
}

/** What happened and what can be done; search and filters stay as they are above it. */
export function errorState({
  context: { text },
  error,
  message,
  retryLabel,
  retry,
}: ErrorView): TemplateResult {
  const code = isAdapterError(error) ? error.code : undefined;
  const title =
    code === 'forbidden'
      ? 'errorForbiddenTitle'
      : code === 'unauthenticated'
        ? 'errorSignedOutTitle'
        : 'errorTitle';
  return stateBlock({
    icon: icons.warning,
    alert: true,
    title: text(title),
    text: message,
    actions: html`<button class="button" type="button" data-action="retry" @click=${retry}>
      ${retryLabel}
    </button>`,
    ...(code ? { reference: text('errorReference', { reference: code }) } : {}),
  });
}
