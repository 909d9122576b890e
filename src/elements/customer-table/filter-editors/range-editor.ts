import { html, nothing } from 'lit';
import { parseCount, parseMoney } from '../../../model/money.ts';
import { debounce } from '../../../parts/debounce.ts';
import { formatAmount, formatMoney, formatNumber } from '../../../parts/format.ts';
import type { EditorContext, FilterEditor } from './editor.ts';

type Bound = 'minimum' | 'maximum';

interface RangeKind {
  minimum: 'minSpent' | 'minOrders';
  maximum: 'maxSpent' | 'maxOrders';
  read: (text: string) => number | undefined;
  write: (value: number) => string;
  invalid: () => string;
}

/** Spent from and to, typed in the site's currency, kept in minor units. */
export function spentEditor(context: EditorContext): FilterEditor {
  const { locale, currency, text } = context;
  return rangeEditor(context, {
    minimum: 'minSpent',
    maximum: 'maxSpent',
    read: (typed) => parseMoney(typed, currency, locale),
    write: (value) => formatAmount(locale, value, currency),
    invalid: () => text('amountInvalid', { example: formatMoney(locale, 123450, currency) }),
  });
}

export function ordersEditor(context: EditorContext): FilterEditor {
  return rangeEditor(context, {
    minimum: 'minOrders',
    maximum: 'maxOrders',
    read: (typed) => parseCount(typed, context.locale),
    write: (value) => formatNumber(context.locale, value),
    invalid: () => context.text('numberInvalid'),
  });
}

function rangeEditor(
  { filters, change, text, redraw, currency }: EditorContext,
  kind: RangeKind,
): FilterEditor {
  const written = (bound: Bound): string => {
    const value = filters()[kind[bound]];
    return value === undefined ? '' : kind.write(value);
  };
  const typed: Record<Bound, string> = { minimum: written('minimum'), maximum: written('maximum') };
  let problem: { text: string; bounds: readonly Bound[] } | undefined;

  const apply = (): void => {
    const values = { minimum: undefined, maximum: undefined } as Record<Bound, number | undefined>;
    const wrong = (['minimum', 'maximum'] as const).filter((bound) => {
      values[bound] = typed[bound].trim() ? kind.read(typed[bound]) : undefined;
      return typed[bound].trim() !== '' && values[bound] === undefined;
    });
    const { minimum, maximum } = values;
    if (wrong.length) problem = { text: kind.invalid(), bounds: wrong };
    else if (minimum !== undefined && maximum !== undefined && minimum > maximum)
      problem = { text: text('rangeInvalid'), bounds: ['minimum', 'maximum'] };
    else problem = undefined;
    if (!problem) change({ [kind.minimum]: minimum, [kind.maximum]: maximum });
    redraw();
  };
  const applySoon = debounce(apply, 400);

  const field = (bound: Bound) => html`
    <label class="editor-field">
      <span>${text(bound)}${kind.minimum === 'minSpent' ? ` (${currency})` : ''}</span>
      <input
        class="field"
        type="text"
        inputmode=${kind.minimum === 'minSpent' ? 'decimal' : 'numeric'}
        autocomplete="off"
        data-item
        .value=${typed[bound]}
        aria-invalid=${problem?.bounds.includes(bound) ? 'true' : 'false'}
        aria-describedby=${problem ? 'range-problem' : nothing}
        @input=${(event: Event) => {
          typed[bound] = (event.currentTarget as HTMLInputElement).value;
          applySoon();
        }}
        @change=${() => {
          applySoon();
          applySoon.flush();
        }}
      />
    </label>
  `;

  return {
    render: () => html`
      <div class="editor-fields">${field('minimum')} ${field('maximum')}</div>
      <p id="range-problem" class="editor-problem" role="status">${problem?.text ?? nothing}</p>
    `,
    close: () => applySoon.flush(),
  };
}
