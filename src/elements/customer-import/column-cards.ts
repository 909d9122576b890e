import { html, nothing, type TemplateResult } from 'lit';
import type { ColumnReading } from '../../import/read-file.ts';
import { icons } from '../../parts/icons.ts';
import type { ImportText } from './import-text.ts';

/** A file may have thousands of columns; the first ones and all that become a field are shown. */
const mostCards = 60;

/** Each column with its header, three of its values and what becomes of it. */
export function columnCards(
  columns: readonly ColumnReading[],
  records: number,
  text: ImportText,
): TemplateResult {
  const shown = columns.filter(({ target }, index) => target.kind === 'field' || index < mostCards);
  return html`
    <div class="columns-scroller" tabindex="0" role="group" aria-label=${text('columns')}>
      <ul class="columns">
        ${shown.map((column) => columnCard(column, records, text))}
      </ul>
    </div>
  `;
}

function columnCard(column: ColumnReading, records: number, text: ImportText) {
  const { header, target, samples, filled } = column;
  const isField = target.kind === 'field';
  return html`
    <li class="column ${isField ? 'mapped' : ''}" part="column">
      <span class="column-header" title=${header}><bdi>${header || '—'}</bdi></span>
      <span class="column-samples">
        ${
          samples.length
            ? samples.map((sample) => html`<bdi title=${sample}>${sample}</bdi>`)
            : html`<span class="quiet">${target.kind === 'ignored' ? '—' : text('columnEmpty')}</span>`
        }
      </span>
      <span class="column-target">
        ${isField ? icons.check : nothing}<span>${targetText(column, text)}</span>
        ${
          filled > 0 && filled < records
            ? html`<span class="quiet">${text('columnFilled', { share: share(filled, records) })}</span>`
            : nothing
        }
      </span>
    </li>
  `;
}

function targetText({ target }: ColumnReading, text: ImportText): string {
  if (target.kind === 'metadata') return text('columnMetadata');
  if (target.kind === 'ignored') return text(target.reason === 'secret' ? 'columnSecret' : 'columnNameless');
  const field = text(`field_${target.field}`);
  if (target.address !== undefined) return text('columnAddress', { field, number: target.address });
  if (target.appended) return text('columnAppended', { field });
  return target.fallback ? text('columnFallback', { field }) : field;
}

/** A whole per cent, never 0 where there is something. */
const share = (part: number, whole: number): string => `${Math.max(1, Math.floor((part / whole) * 100))} %`;
