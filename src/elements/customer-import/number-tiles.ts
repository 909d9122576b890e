import { html, type TemplateResult } from 'lit';
import { formatNumber } from '../../parts/format.ts';

export interface NumberTile {
  label: string;
  value: number;
  tone?: 'strong' | 'alarming' | undefined;
}

/** A few numbers side by side; zeros are quiet. */
export function numberTiles(tiles: readonly NumberTile[], locale: string): TemplateResult {
  return html`
    <dl class="tiles" part="numbers">
      ${tiles.map(
        ({ label, value, tone }) => html`
          <div class="tile ${value === 0 ? 'zero' : (tone ?? '')}">
            <dt>${label}</dt>
            <dd>${formatNumber(locale, value)}</dd>
          </div>
        `,
      )}
    </dl>
  `;
}
