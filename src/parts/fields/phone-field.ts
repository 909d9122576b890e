import type { ReactiveControllerHost, TemplateResult } from 'lit';
import type * as PhoneNumbers from '../../model/phone.ts';
import type { FieldContext } from './field.ts';
import { textField, textInput, type TextFieldView } from './text-field.ts';

type Phones = typeof PhoneNumbers;

let phones: Phones | undefined;
let loading: Promise<Phones | undefined> | undefined;

/** What knows the numbers of all countries: loaded once somebody sees a field for one. */
export function loadPhones(): Promise<Phones | undefined> {
  loading ??= import('../../model/phone.ts').then(
    (module) => (phones = module),
    () => (loading = undefined),
  );
  return loading;
}

/** As written internationally, once what knows how is here; `redraw` is called when it has come. */
export function shownPhone(phone: string, redraw?: () => void): string {
  if (redraw && !phones && phone.startsWith('+')) void loadPhones().then((loaded) => loaded && redraw());
  return phones?.formatPhone(phone) ?? phone;
}

/**
 * A number as it is kept: E.164, read in the country where it has no +. `undefined` where it is none; kept as it is
 * where it can't be told since the numbers could not be loaded.
 */
export async function storedPhone(text: string, country: string | undefined): Promise<string | undefined> {
  const reading = (await loadPhones())?.readPhone(text, country);
  if (!reading) return text;
  return 'phone' in reading ? reading.phone : undefined;
}

export interface PhoneFieldView extends Omit<TextFieldView, 'type' | 'commit' | 'isLeftToRight'> {
  /** ISO 3166-1 alpha-2: where a number without + is from. */
  country?: string | undefined;
}

/** A phone number, shown as written internationally and kept as E.164; what is none stays as typed. */
export class PhoneField {
  readonly #host: ReactiveControllerHost;
  #isTyping = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  render(context: FieldContext, view: PhoneFieldView): TemplateResult {
    return textField(context, this.#textView(view));
  }

  /** Without label and notes. */
  renderInput(view: PhoneFieldView): TemplateResult {
    return textInput(this.#textView(view));
  }

  #textView(view: PhoneFieldView): TextFieldView {
    if (!phones) void loadPhones().then(() => this.#host.requestUpdate());
    return {
      ...view,
      type: 'tel',
      isLeftToRight: true,
      value: this.#isTyping ? view.value : shownPhone(view.value),
      change: (value) => {
        this.#isTyping = true;
        view.change(value);
      },
      commit: (value) => void this.#commit(view, value),
    };
  }

  async #commit({ change, country }: PhoneFieldView, value: string): Promise<void> {
    this.#isTyping = false;
    const text = value.trim();
    change(text && ((await storedPhone(text, country)) ?? text));
    this.#host.requestUpdate();
  }
}
