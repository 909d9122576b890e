import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { describedBy, field, fieldNotes, isTrue, type FieldContext, type FieldView } from './field.ts';

export interface TextFieldView extends FieldView {
  value: string;
  change: (value: string) => void;
  /** When it is left, or Enter is pressed in it. */
  commit?: (value: string) => void;
  type?: 'text' | 'email' | 'tel' | 'url';
  placeholder?: string | undefined;
  /** Always left to right, whatever the language: addresses of the net, numbers. */
  isLeftToRight?: boolean;
}

/** One line of text. A browser's own offers are for the person at the keyboard, not for customers: none. */
export function textField(context: FieldContext, view: TextFieldView): TemplateResult {
  return field(context, view, textInput(view));
}

export function textInput(view: TextFieldView): TemplateResult {
  const {
    id,
    value,
    change,
    commit,
    type = 'text',
    placeholder,
    isLeftToRight,
    isRequired,
    isDisabled,
  } = view;
  const valueOf = (event: Event) => (event.currentTarget as HTMLInputElement).value;
  return html`<input
    class="field ${isLeftToRight ? 'number-like' : ''}"
    id=${id}
    type=${type === 'email' ? 'text' : type}
    inputmode=${type === 'text' ? nothing : type}
    dir=${isLeftToRight ? 'ltr' : value ? 'auto' : nothing}
    autocomplete="off"
    autocapitalize=${type === 'text' ? nothing : 'none'}
    spellcheck=${type === 'text' ? nothing : 'false'}
    placeholder=${placeholder ?? nothing}
    aria-required=${isTrue(isRequired)}
    aria-invalid=${isTrue(view.error)}
    aria-describedby=${describedBy(view)}
    ?disabled=${isDisabled ?? false}
    .value=${live(value)}
    @input=${(event: Event) => change(valueOf(event))}
    @change=${(event: Event) => commit?.(valueOf(event))}
  />`;
}

export interface ChoiceFieldView extends FieldView {
  value: string;
  choices: readonly { value: string; label: string }[];
  change: (value: string) => void;
}

/** One of a few. */
export function choiceField(context: FieldContext, view: ChoiceFieldView): TemplateResult {
  return field(
    context,
    view,
    html`<select
      class="field"
      id=${view.id}
      aria-invalid=${isTrue(view.error)}
      aria-describedby=${describedBy(view)}
      ?disabled=${view.isDisabled ?? false}
      @change=${(event: Event) => view.change((event.currentTarget as HTMLSelectElement).value)}
    >
      ${view.choices.map(
        ({ value, label }) =>
          html`<option value=${value} .selected=${live(value === view.value)}>${label}</option>`,
      )}
    </select>`,
  );
}

export interface CheckFieldView extends FieldView {
  isChecked: boolean;
  change: (isChecked: boolean) => void;
}

/** Yes or no. */
export function checkField(view: CheckFieldView): TemplateResult {
  const { id, label, isChecked, change, isDisabled } = view;
  return html`
    <div class="form-field">
      <label class="form-check">
        <input
          id=${id}
          type="checkbox"
          aria-invalid=${isTrue(view.error)}
          aria-describedby=${describedBy(view)}
          ?disabled=${isDisabled ?? false}
          .checked=${live(isChecked)}
          @change=${(event: Event) => change((event.currentTarget as HTMLInputElement).checked)}
        />
        ${label}
      </label>
      ${fieldNotes(view)}
    </div>
  `;
}
