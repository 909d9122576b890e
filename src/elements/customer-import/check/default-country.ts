import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { countriesIn } from '../../../parts/country-search.ts';
import { countryName } from '../../../parts/format.ts';
import type { CheckBoard } from './check-board.ts';

/** Phones without a + can be read once it is known where a row is. */
export function defaultCountryChoice(board: CheckBoard): unknown {
  const { view, settings, text, context } = board;
  if (view !== 'phone_unreadable') return nothing;
  const locale = context.locale();
  const chosen = settings.defaultCountry ?? '';
  return html`
    <label class="default-country">
      <span>${text('defaultCountry')}</span>
      <select
        class="field"
        .value=${live(chosen)}
        @change=${(event: Event) => choose(board, (event.currentTarget as HTMLSelectElement).value)}
      >
        <option value="" ?selected=${chosen === ''}>${text('defaultCountryNone')}</option>
        ${countriesIn(locale).map(
          ({ code, name }) => html`<option value=${code} ?selected=${chosen === code}>${name}</option>`,
        )}
      </select>
    </label>
  `;
}

function choose(board: CheckBoard, country: string): void {
  const { text, context } = board;
  const said = country
    ? text('defaultCountrySet', { country: countryName(context.locale(), country) })
    : text('takenBack', { what: text('defaultCountry') });
  board.change({ defaultCountry: country || undefined }, said);
}
