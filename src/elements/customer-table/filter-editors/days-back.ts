import { html, nothing } from 'lit';
import { daysBackOf } from '../../../model/days.ts';
import { parseCount } from '../../../model/money.ts';
import { debounce } from '../../../parts/debounce.ts';
import { formatNumber } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { DaysKind } from './days-editor.ts';
import type { EditorContext } from './editor.ts';

type Bound = 'from' | 'to';

const presets = [7, 30, 90, 365];
const longest = 9999;

/** Days counted back from whenever somebody looks: in the last so many days, at least so many days ago. */
export function daysBack(
  kind: DaysKind,
  { filters, change, text, locale, redraw }: EditorContext,
): { render: () => unknown; close: () => void } {
  const daysOf = (bound: Bound): number | undefined => daysBackOf(filters()[kind[bound]]);
  const written = (bound: Bound): string => {
    const days = daysOf(bound);
    return days === undefined ? '' : formatNumber(locale, days);
  };
  let typed: Record<Bound, string> = { from: written('from'), to: written('to') };
  let touched: Bound | undefined;
  let wrong: Bound | undefined;

  const apply = (): void => {
    const bound = touched;
    if (!bound) return;
    const isEmpty = !typed[bound].trim();
    const days = isEmpty ? undefined : parseCount(typed[bound], locale);
    wrong = !isEmpty && (days === undefined || days > longest) ? bound : undefined;
    if (!wrong) change({ [kind[bound]]: days === undefined ? undefined : `-${days}d` });
    redraw();
  };
  const applySoon = debounce(apply, 400);

  const field = (bound: Bound) => html`
    <label class="editor-field">
      <span>${text(bound === 'from' ? 'lastDaysField' : 'daysAgoField')}</span>
      <input
        class="field"
        type="text"
        inputmode="numeric"
        autocomplete="off"
        data-item
        .value=${typed[bound]}
        aria-invalid=${wrong === bound ? 'true' : 'false'}
        aria-describedby=${wrong === bound ? 'days-back-problem' : nothing}
        @input=${(event: Event) => {
          typed[bound] = (event.currentTarget as HTMLInputElement).value;
          touched = bound;
          applySoon();
        }}
        @change=${() => applySoon.flush()}
      />
    </label>
  `;

  return {
    render: () => html`
      ${presets.map((days) => {
        const isChosen = daysOf('from') === days && filters()[kind.to] === undefined;
        const choose = () => {
          applySoon.cancel();
          wrong = undefined;
          typed = { from: formatNumber(locale, days), to: '' };
          change({ [kind.from]: `-${days}d`, [kind.to]: undefined });
          redraw();
        };
        return html`
          <button
            class="menu-item"
            type="button"
            data-item
            aria-pressed=${isChosen ? 'true' : 'false'}
            @click=${choose}
          >
            <span class="grow">${text('lastDays', { count: days })}</span>${isChosen ? icons.check : nothing}
          </button>
        `;
      })}
      <div class="menu-divider"></div>
      <div class="editor-fields">${field('from')} ${field('to')}</div>
      <p id="days-back-problem" class="editor-problem" role="status">
        ${wrong ? text('daysNumberInvalid', { most: longest }) : nothing}
      </p>
    `,
    close: () => applySoon.flush(),
  };
}
