import { html, nothing } from 'lit';
import { dayOf, isDay } from '../../../model/days.ts';
import { icons } from '../../../parts/icons.ts';
import { datePresets } from '../date-presets.ts';
import { daysBack } from './days-back.ts';
import type { EditorContext, FilterEditor } from './editor.ts';

export interface DaysKind {
  from: 'dateFrom' | 'lastOrderFrom';
  to: 'dateTo' | 'lastOrderTo';
}

/** Whole days in the site's time zone, the last included: a preset, or two dates. */
export function daysEditor(kind: DaysKind, context: EditorContext): FilterEditor {
  const { filters, change, text, timeZone, redraw } = context;
  const presets = datePresets(dayOf(new Date(), timeZone));
  // What is meant anew each day would be worth nothing as the dates of today.
  const back = context.countsBack ? daysBack(kind, context) : undefined;
  let problem = '';

  const set = (bound: 'from' | 'to', event: Event): void => {
    const { value } = event.currentTarget as HTMLInputElement;
    const next = {
      from: filters()[kind.from],
      to: filters()[kind.to],
      [bound]: isDay(value) ? value : undefined,
    };
    const areDays = isDay(next.from ?? '') && isDay(next.to ?? '');
    problem = areDays && (next.from ?? '') > (next.to ?? '') ? text('daysInvalid') : '';
    if (!problem) change({ [kind.from]: next.from, [kind.to]: next.to });
    redraw();
  };
  const written = (bound: 'from' | 'to'): string => {
    const day = filters()[kind[bound]] ?? '';
    return isDay(day) ? day : '';
  };
  const field = (bound: 'from' | 'to') => html`
    <label class="editor-field">
      <span>${text(bound)}</span>
      <input
        class="field"
        type="date"
        .value=${written(bound)}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${problem ? 'days-problem' : nothing}
        @change=${(event: Event) => set(bound, event)}
      />
    </label>
  `;

  return {
    render: () => html`
      ${
        back
          ? back.render()
          : presets.map(({ label, from, to }) => {
              const chosen = filters()[kind.from] === from && filters()[kind.to] === to;
              const choose = () => {
                problem = '';
                change({ [kind.from]: from, [kind.to]: to });
                redraw();
              };
              return html`
                <button
                  class="menu-item"
                  type="button"
                  data-item
                  aria-pressed=${chosen ? 'true' : 'false'}
                  @click=${choose}
                >
                  <span class="grow">${text(label)}</span>${chosen ? icons.check : nothing}
                </button>
              `;
            })
      }
      <div class="menu-divider"></div>
      <div class="editor-fields">${field('from')} ${field('to')}</div>
      <p id="days-problem" class="editor-problem" role="status">${problem || nothing}</p>
      <p class="editor-note">${text('timeZoneNote', { zone: timeZone })}</p>
    `,
    close: () => back?.close(),
  };
}
