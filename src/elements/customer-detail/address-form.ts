import { html, nothing, type TemplateResult } from 'lit';
import type { AddressFields } from '../../model/address-fields.ts';
import { conflictChoice } from '../../parts/conflict/conflict-choice.ts';
import type { OpenConflict, Side } from '../../parts/conflict/shared-save.ts';
import { AddressFieldsEditor } from '../../parts/fields/address-fields.ts';
import type { FieldTextKey } from '../../parts/fields/field.ts';
import { summary } from '../../parts/fields/summary.ts';
import { checkField, textField } from '../../parts/fields/text-field.ts';
import { countryName } from '../../parts/format.ts';
import { icons } from '../../parts/icons.ts';
import type { AddressDraft } from './address-draft.ts';
import type { DetailHost } from './detail-host.ts';

/** Before the name of each field, for its id. */
export const prefix = 'address-';

export interface AddressFormView {
  draft: AddressDraft;
  /** By the names of the fields. */
  errors: Readonly<Record<string, string>>;
  hasSummary: boolean;
  /** Why it could not be saved, in plain words. */
  failure: string | undefined;
  /** Somebody deleted it meanwhile. */
  isGone: boolean;
  isSaving: boolean;
  conflict: OpenConflict | undefined;
  change: (change: Partial<AddressFields>) => void;
  submit: () => void;
  cancel: () => void;
  /** As a new address, where the old one is gone. */
  addAgain: () => void;
  choose: (field: string, side: Side) => void;
  resolve: () => void;
  back: () => void;
}

/** Where an address is written. */
export class AddressForm {
  readonly #host: DetailHost;
  readonly #fields: AddressFieldsEditor;

  constructor(host: DetailHost) {
    this.#host = host;
    this.#fields = new AddressFieldsEditor(host.element);
  }

  render(view: AddressFormView): TemplateResult {
    const { draft, isSaving } = view;
    const { text } = this.#host.context();
    const onKeydown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === 'Escape') view.cancel();
      else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) view.submit();
      else return;
      event.preventDefault();
    };
    const submit = (event: Event) => {
      event.preventDefault();
      view.submit();
    };
    if (view.conflict) return this.#conflict(view, view.conflict);
    return html`
      <form
        class="address-form"
        novalidate
        aria-label=${text(draft.base ? 'editAddress' : 'newAddress')}
        @submit=${submit}
        @keydown=${onKeydown}
      >
        ${view.hasSummary ? this.#summary(view) : nothing} ${this.#failure(view)} ${this.#inputs(view)}
        <div class="address-form-foot">
          <button class="button" type="button" @click=${view.cancel}>${text('cancelEdit')}</button>
          <button class="button primary" type="submit" aria-disabled=${isSaving ? 'true' : 'false'}>
            ${text(isSaving ? 'saving' : 'saveAddress')}
          </button>
        </div>
      </form>
    `;
  }

  #inputs({ draft: { values }, errors, change }: AddressFormView): TemplateResult {
    const context = this.#host.fieldContext();
    const check = (name: 'is_default_billing' | 'is_default_shipping') =>
      checkField({
        id: prefix + name,
        label: context.text(name),
        isChecked: values[name],
        error: errors[name],
        change: (isChecked) => change({ [name]: isChecked }),
      });
    return html`
      ${textField(context, {
        id: `${prefix}label`,
        label: context.text('label'),
        value: values.label,
        error: errors.label,
        isRequired: true,
        change: (label) => change({ label }),
      })}
      ${this.#fields.render({
        context,
        prefix,
        value: values,
        errors,
        change: (name, value) => change({ [name]: value }),
      })}
      <div class="address-defaults">${check('is_default_billing')} ${check('is_default_shipping')}</div>
    `;
  }

  #summary({ errors }: AddressFormView): TemplateResult {
    const context = this.#host.formContext();
    return summary({
      title: context.text('problems', { count: Object.keys(errors).length }),
      errors: Object.fromEntries(Object.entries(errors).map(([name, error]) => [prefix + name, error])),
      label: (id) => context.field(id.slice(prefix.length) as FieldTextKey),
      goTo: (id) => void this.#host.focusOn(`#${CSS.escape(id)}`),
    });
  }

  #failure({ failure, isGone, addAgain }: AddressFormView): TemplateResult | typeof nothing {
    if (failure === undefined) return nothing;
    const { text } = this.#host.context();
    return html`
      <div class="form-alert failed" role="alert" tabindex="-1">
        ${icons.warning}
        <div>
          <p>${isGone ? text('addressGone') : text('addressFailed', { reason: failure })}</p>
          ${
            isGone
              ? html`<div class="form-alert-actions">
                  <button class="button" type="button" @click=${addAgain}>${text('addAddressAgain')}</button>
                </div>`
              : nothing
          }
        </div>
      </div>
    `;
  }

  #conflict(view: AddressFormView, conflict: OpenConflict): TemplateResult {
    const context = this.#host.conflictContext();
    const { text } = this.#host.context();
    const field = this.#host.fieldContext();
    const show = (name: string, value: unknown): string | undefined => {
      if (typeof value === 'boolean') return text(value ? 'yes' : 'no');
      if (typeof value !== 'string' || !value) return undefined;
      return name === 'country' ? countryName(context.locale, value) : value;
    };
    return html`<div class="address-form">
      ${conflictChoice({
        context,
        conflict,
        label: (name) => field.text(name as FieldTextKey),
        show,
        isSaving: view.isSaving,
        choose: view.choose,
        save: view.resolve,
        back: view.back,
      })}
    </div>`;
  }
}
