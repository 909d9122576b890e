import { html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { AddressFields } from '../../model/address-fields.ts';
import { addressFormat, type AddressPart } from '../../model/address-format.ts';
import { CountryField } from './country-field.ts';
import type { FieldContext, FieldTextKey } from './field.ts';
import { PhoneField } from './phone-field.ts';
import { textField } from './text-field.ts';

/** What is written of an address; its label and its being a default are the form's around it. */
export type WrittenAddress = Omit<AddressFields, 'label' | 'is_default_billing' | 'is_default_shipping'>;
export type WrittenName = keyof WrittenAddress;

export interface AddressFieldsView {
  context: FieldContext;
  /** Before the name of each field, for its id. */
  prefix: string;
  value: Partial<WrittenAddress>;
  /** What is wrong with a field, in plain words. */
  errors: Partial<Record<string, string>>;
  change: (name: WrittenName, value: string) => void;
  /** Without the person's name where the form asks for it already. */
  hasName?: boolean;
  hasPhone?: boolean;
}

/** The fields of an address in the order, by the names and with the need of its country, which is asked first. */
export class AddressFieldsEditor {
  readonly #country: CountryField;
  readonly #phone: PhoneField;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#country = new CountryField(host);
    this.#phone = new PhoneField(host);
  }

  render(view: AddressFieldsView): TemplateResult {
    const { context, prefix, value, errors, change, hasName = true, hasPhone = true } = view;
    const format = addressFormat(value.country ?? '');
    const label = (name: FieldTextKey) => context.text(name);
    const one = (name: WrittenName, key: FieldTextKey = name, isRequired = false) =>
      textField(context, {
        id: prefix + name,
        label: label(key),
        value: value[name] ?? '',
        error: errors[name],
        isRequired,
        change: (text) => change(name, text),
      });
    const wide = (field: TemplateResult) => html`<div class="wide">${field}</div>`;
    const keys: Record<AddressPart, FieldTextKey> = {
      address_line_1: 'address_line_1',
      city: format.city,
      state: format.state,
      postal_code: format.postalCode,
    };
    // What the country has no use for stays to be seen as long as something is written there.
    const parts: AddressPart[] = [
      ...format.parts,
      ...(['state', 'postal_code'] as const).filter((name) => !format.parts.includes(name) && value[name]),
    ];
    const part = (name: AddressPart) => {
      const written = one(name, keys[name], format.required.has(name));
      return name === 'address_line_1' ? [wide(written), wide(one('address_line_2'))] : written;
    };
    const names: WrittenName[] = format.familyFirst
      ? ['last_name', 'first_name']
      : ['first_name', 'last_name'];
    return html`
      <div class="form-grid address-fields">
        ${wide(
          this.#country.render({
            context,
            id: `${prefix}country`,
            label: label('country'),
            value: value.country ?? '',
            error: errors.country,
            isRequired: true,
            change: (country) => change('country', country),
          }),
        )}
        ${hasName ? names.map((name) => one(name)) : ''} ${wide(one('company'))} ${parts.map(part)}
        ${
          hasPhone
            ? wide(
                this.#phone.render(context, {
                  id: `${prefix}phone`,
                  label: label('phone'),
                  value: value.phone ?? '',
                  error: errors.phone,
                  country: value.country,
                  change: (phone) => change('phone', phone),
                }),
              )
            : ''
        }
      </div>
    `;
  }
}
