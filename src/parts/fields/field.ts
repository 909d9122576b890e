import { css, html, nothing, type TemplateResult } from 'lit';
import type { Messages, MessagesOf } from '../../locales/messages.ts';
import type { TextValues } from '../../locales/translate.ts';
import { icons } from '../icons.ts';

export type FieldTextKey = keyof MessagesOf<Messages['fields']> & string;
export type FieldText = (key: FieldTextKey, values?: TextValues) => string;

/** What every field draws with. */
export interface FieldContext {
  text: FieldText;
  locale: string;
}

export interface FieldView {
  /** One of its root: what a label, a hint and a summary of mistakes refer to. */
  id: string;
  label: string;
  help?: string | TemplateResult | undefined;
  /** What is wrong with the value, in plain words. */
  error?: string | undefined;
  isRequired?: boolean | undefined;
  isDisabled?: boolean | undefined;
}

/** A label, a control, and what is to be said about it. */
export function field(context: FieldContext, view: FieldView, control: unknown): TemplateResult {
  const { id, label, isRequired } = view;
  return html`
    <div class="form-field">
      <label class="form-label" for=${id} id="${id}-label">
        ${label}
        ${isRequired ? html`<span class="form-required" aria-hidden="true">${context.text('required')}</span>` : nothing}
      </label>
      ${control} ${fieldNotes(view)}
    </div>
  `;
}

export function fieldNotes({ id, help, error }: FieldView): unknown {
  return [
    help ? html`<p class="form-help" id="${id}-help">${help}</p>` : nothing,
    error ? html`<p class="form-error" id="${id}-error">${icons.warning}<span>${error}</span></p>` : nothing,
  ];
}

/** For `aria-describedby`. */
export function describedBy({ id, help, error }: FieldView): string | typeof nothing {
  const ids = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ');
  return ids || nothing;
}

export const isTrue = (value: unknown): 'true' | typeof nothing => (value ? 'true' : nothing);

export const fieldStyles = css`
  .form-grid {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 16px;
  }
  .form-grid > .wide {
    grid-column: 1 / -1;
  }
  @container (inline-size < 480px) {
    .form-grid {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  .form-field {
    min-width: 0;
  }
  .form-label {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 8px;
    margin-block-end: 4px;
    font-size: 13px;
    font-weight: 500;
  }
  .form-required,
  .form-help {
    color: var(--_muted);
    font-size: 12px;
    font-weight: 400;
  }
  .form-help,
  .form-error {
    margin: 4px 0 0;
  }
  .form-error {
    display: flex;
    gap: 6px;
    color: var(--_danger);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .form-error svg {
    flex: none;
    margin-block-start: 1px;
  }
  .form-field .field {
    min-width: 0;
  }
  .form-field .field:disabled {
    background: var(--_pill);
    color: var(--_muted);
    cursor: default;
  }
  .field.number-like {
    text-align: start;
    font-variant-numeric: tabular-nums;
  }
  .form-check {
    display: flex;
    align-items: center;
    gap: 8px;
    width: fit-content;
    min-height: 32px;
    font-size: 13px;
    cursor: pointer;
  }
  @media (pointer: coarse) {
    .form-check {
      min-height: 44px;
    }
    /* Smaller type makes iOS zoom into a field that takes the focus. */
    .form-field .field,
    .form-field input {
      font-size: 16px;
    }
  }
`;
