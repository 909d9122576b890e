import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { CustomerAdapter } from '../../adapter/adapter.ts';
import { AddressFieldsEditor } from '../../parts/fields/address-fields.ts';
import { PhoneField } from '../../parts/fields/phone-field.ts';
import { TagsField } from '../../parts/fields/tags-field.ts';
import { checkField, choiceField, textField } from '../../parts/fields/text-field.ts';
import { icons } from '../../parts/icons.ts';
import type { FormContext } from './context.ts';
import type { FormState, FormValues } from './form-state.ts';
import { metadataId, metadataRows } from './metadata-rows.ts';

export interface FormFieldsView {
  context: FormContext;
  adapter: CustomerAdapter;
  state: FormState;
  /** By the ids of their fields. */
  errors: Readonly<Record<string, string>>;
  /** Where a phone number without + is from. */
  country: string | undefined;
  isVerified: boolean;
  canAddress: boolean;
  /** The customer is there, and only the address is left to save. */
  isMade: boolean;
  /** Something was typed or chosen. */
  changed: (id: string) => void;
}

type TextName = 'first_name' | 'last_name' | 'email' | 'avatar_url';

/** All fields of the form. */
export class FormFields {
  readonly #phone: PhoneField;
  readonly #tags: TagsField;
  readonly #address: AddressFieldsEditor;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#phone = new PhoneField(host);
    this.#tags = new TagsField(host);
    this.#address = new AddressFieldsEditor(host);
  }

  render(view: FormFieldsView): TemplateResult {
    const { context, state, errors } = view;
    const { values } = state;
    const set = <Name extends keyof FormValues>(name: Name, value: FormValues[Name]) => {
      state.set(name, value);
      view.changed(`field-${name}`);
    };
    const field = (name: keyof FormValues) => ({
      id: `field-${name}`,
      label: context.field(name),
      error: errors[`field-${name}`],
    });
    const written = (name: TextName, extra: object = {}) =>
      textField(context.fields, {
        ...field(name),
        value: values[name],
        change: (value) => set(name, value),
        ...extra,
      });
    if (view.isMade) return this.#renderAddress(view);
    return html`
      <section aria-labelledby="form-name">
        <h3 id="form-name">${context.text('name')}</h3>
        <div class="form-grid">
          ${written('first_name')} ${written('last_name')}
          <div class="wide">
            ${written('email', {
              type: 'email',
              isLeftToRight: true,
              isRequired: true,
              help: view.isVerified ? context.text('emailVerified') : undefined,
            })}
          </div>
          <div class="wide">
            ${this.#phone.render(context.fields, {
              ...field('phone'),
              value: values.phone,
              help: context.text('phoneHelp'),
              country: view.country,
              change: (value) => set('phone', value),
            })}
          </div>
        </div>
      </section>
      ${view.canAddress ? this.#renderAddress(view) : nothing}
      <section aria-labelledby="form-more">
        <h3 id="form-more">${context.text('more')}</h3>
        <div class="form-grid">
          ${this.#renderStatus(view, (value) => set('status', value))}
          <div class="marketing">
            ${checkField({
              ...field('accepts_marketing'),
              isChecked: values.accepts_marketing,
              change: (value) => set('accepts_marketing', value),
            })}
          </div>
          <div class="wide">
            ${this.#tags.render({
              ...field('tags'),
              context: context.fields,
              adapter: view.adapter,
              value: values.tags,
              change: (value) => set('tags', value),
            })}
          </div>
          <div class="wide">
            ${written('avatar_url', { type: 'url', isLeftToRight: true, help: context.text('avatarHelp') })}
          </div>
          <div class="wide">
            ${metadataRows({
              context,
              rows: values.metadata,
              errors: Object.fromEntries(
                values.metadata.map((_, place) => [place, errors[metadataId('name', place)] ?? '']),
              ),
              change: (rows) => set('metadata', rows),
            })}
          </div>
        </div>
      </section>
    `;
  }

  #renderStatus({ context, state, errors }: FormFieldsView, change: (value: string) => void): TemplateResult {
    const { text } = context;
    const isGuest = state.values.status === 'guest';
    return choiceField(context.fields, {
      id: 'field-status',
      label: context.field('status'),
      error: errors['field-status'],
      help: isGuest ? text('statusOfGuest') : undefined,
      isDisabled: isGuest,
      value: state.values.status,
      choices: isGuest
        ? [{ value: 'guest', label: text('statusGuest') }]
        : [
            { value: 'active', label: text('statusActive') },
            { value: 'inactive', label: text('statusInactive') },
          ],
      change,
    });
  }

  #renderAddress({ context, state, errors, changed, isMade }: FormFieldsView): TemplateResult {
    const { text } = context;
    const addresses = (address: FormState['address'], focus: string) => (event: Event) => {
      const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot;
      state.address = address;
      changed('address');
      requestAnimationFrame(() => root.querySelector<HTMLElement>(focus)?.focus());
    };
    if (!state.address) {
      return html`<section>
        <button class="button add-address" type="button" @click=${addresses({}, '#address-country')}>
          ${icons.plus} ${text('addAddress')}
        </button>
      </section>`;
    }
    const prefix = 'address-';
    const own = Object.entries(errors).filter(([id]) => id.startsWith(prefix));
    return html`
      <section aria-labelledby="form-address">
        <div class="section-head">
          <h3 id="form-address">${text('address')}</h3>
          ${
            isMade
              ? nothing
              : html`<button
                  class="button quiet"
                  type="button"
                  @click=${addresses(undefined, '.add-address')}
                >
                  ${text('removeAddress')}
                </button>`
          }
        </div>
        ${this.#address.render({
          context: context.fields,
          prefix,
          value: state.address,
          errors: Object.fromEntries(own.map(([id, error]) => [id.slice(prefix.length), error])),
          hasName: false,
          hasPhone: false,
          change: (name, value) => {
            state.setAddress(name, value);
            changed(prefix + name);
          },
        })}
      </section>
    `;
  }
}
