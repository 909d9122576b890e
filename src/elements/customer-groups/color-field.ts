import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { colorDot } from '../../parts/badges.ts';
import { fieldNotes } from '../../parts/fields/field.ts';
import { textInput } from '../../parts/fields/text-field.ts';
import type { GroupsContext } from './context.ts';
import { palette } from './palette.ts';

export interface ColorFieldView {
  context: GroupsContext;
  id: string;
  value: string;
  error: string | undefined;
  change: (value: string) => void;
}

/** One of a palette that is readable in both themes, or any other by its number. */
export function colorField({ context, id, value, error, change }: ColorFieldView): TemplateResult {
  const { text } = context;
  const label = text('color');
  const written = value.trim().toLowerCase();
  return html`
    <fieldset class="form-field color-field">
      <legend class="form-label">${label}</legend>
      <div class="swatches">
        ${palette.map(
          (one) => html`
            <label class="swatch" title=${text(one.label)}>
              <input
                type="radio"
                name="color"
                value=${one.value}
                aria-label=${text(one.label)}
                .checked=${live(written === one.value)}
                @change=${() => change(one.value)}
              />
              ${colorDot(one.value)}
            </label>
          `,
        )}
      </div>
      <div class="own-color">
        ${colorDot(written)}
        <label class="visually-hidden" for=${id}>${text('colorNumber')}</label>
        ${textInput({ id, label, value, error, change, isLeftToRight: true, placeholder: '#6366f1' })}
      </div>
      ${fieldNotes({ id, label, error })}
    </fieldset>
  `;
}
