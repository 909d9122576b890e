import { html, nothing, type TemplateResult } from 'lit';
import type { AdapterError } from '../../adapter/errors.ts';
import type { Customer } from '../../model/customer.ts';
import { displayName } from '../../model/names.ts';
import { formatDate, isolated } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { FormContext } from './context.ts';

export interface TakenView {
  context: FormContext;
  /** A `conflict` that says to whom the e-mail leads. */
  error: AdapterError;
  /** Else somebody who is a customer already gets the e-mail. */
  isNew: boolean;
  canRestore: boolean;
  isBusy: boolean;
  /** Why restoring failed, in plain words. */
  failure: string | undefined;
  open: (customer: Customer) => void;
  restore: (customer: Customer) => void;
  /** The e-mail is wanted all the same. */
  takeAnew: () => void;
}

const titles = {
  exists: 'existsTitle',
  merged: 'mergedTitle',
  deleted: 'deletedTitle',
  erased: 'erasedTitle',
} as const;
type Reason = keyof typeof titles;

/** Whether a conflict is about an e-mail that leads to somebody. */
export function isTaken(error: AdapterError): boolean {
  return error.reason !== undefined && error.reason in titles;
}

/** Whose the e-mail is, and what can be done about it. */
export function taken(view: TakenView): TemplateResult {
  const { context, error, isNew, canRestore, isBusy } = view;
  const { text, locale, timeZone } = context;
  const reason = error.reason as Reason;
  const customer = error.current as Customer | null | undefined;
  const name = customer ? isolated(displayName(customer)) : '';
  const when = error.deletedAt ? formatDate(locale, error.deletedAt, timeZone) : '';
  const explanation =
    reason === 'deleted' && name
      ? text('deletedText', { customer: name, when })
      : reason === 'erased'
        ? text(isNew ? 'erasedText' : 'erasedTextOfEdit')
        : '';
  const button = (action: string, label: string, run: () => void) =>
    html`<button class="button" type="button" data-action=${action} ?disabled=${isBusy} @click=${run}>
      ${label}
    </button>`;
  return html`
    <div class="form-alert taken" role="alert" tabindex="-1">
      ${icons.person}
      <div>
        <p class="form-alert-title">${text(titles[reason])}</p>
        ${explanation ? html`<p>${explanation}</p>` : nothing}
        ${view.failure ? html`<p class="form-error">${view.failure}</p>` : nothing}
        <div class="form-alert-actions">
          ${
            (reason === 'exists' || reason === 'merged') && customer
              ? button('open', text('openCustomer', { customer: name }), () => view.open(customer))
              : nothing
          }
          ${
            reason === 'deleted' && customer && canRestore
              ? button('restore', text('restoreCustomer', { customer: name }), () => view.restore(customer))
              : nothing
          }
          ${reason === 'deleted' && isNew ? button('anew', text('createAnew'), view.takeAnew) : nothing}
          ${
            reason === 'erased'
              ? button('anew', text(isNew ? 'createAnyway' : 'useAnyway'), view.takeAnew)
              : nothing
          }
        </div>
      </div>
    </div>
  `;
}
