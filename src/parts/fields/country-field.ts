import type { ReactiveControllerHost, TemplateResult } from 'lit';
import { countryNamed, searchCountries } from '../country-search.ts';
import { countryName } from '../format.ts';
import { field, type FieldContext, type FieldView } from './field.ts';
import { TypeAhead } from './type-ahead.ts';

export interface CountryFieldView extends FieldView {
  context: FieldContext;
  /** ISO 3166-1 alpha-2, or what was typed and is no country. */
  value: string;
  change: (value: string) => void;
}

/** A country by its name in the user's language, kept as its two letters. What is no country stays as typed. */
export class CountryField {
  readonly #typeAhead: TypeAhead;
  #view: CountryFieldView | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#typeAhead = new TypeAhead(host, {
      takesFirst: true,
      load: ({ search = '' }) => {
        const countries = searchCountries(this.#locale, search);
        const options = countries.map(({ code, name }) => ({ value: code, label: name, note: code }));
        return Promise.resolve({ options, next: null });
      },
      choose: ({ value }) => this.#view?.change(value),
      settle: (typed) => this.#view?.change(countryNamed(this.#locale, typed)?.code ?? typed.trim()),
    });
  }

  get #locale(): string {
    return this.#view?.context.locale ?? 'en';
  }

  render(view: CountryFieldView): TemplateResult {
    this.#view = view;
    const { context, value } = view;
    const shown = /^[A-Z]{2}$/.test(value) ? countryName(context.locale, value) : value;
    return field(context, view, this.#typeAhead.render({ ...view, value: shown }));
  }
}
