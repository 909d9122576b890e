import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { Messages } from '../../locales/messages.ts';
import { keyOf, type ImportText } from './import-text.ts';
import type { ProblemGroup, ProblemRow } from './problem-groups.ts';

/** Above this a list is windowed. */
const mostPlainRows = 60;

/** Problems by kind with their numbers; each opens to its rows. */
export function problemList(
  groups: readonly ProblemGroup[],
  text: ImportText,
  known: Messages['importing'],
): TemplateResult {
  return html`
    <div class="problems" part="problems">
      ${groups.map(
        ({ code, rows }) => html`
          <details>
            <summary>
              <span>${text(keyOf('kind', code, known) ?? 'kind_other', { count: rows.length })}</span>
              <span class="quiet row-preview">${rowPreview(rows, text)}</span>
            </summary>
            ${rowList(rows, text, known)}
          </details>
        `,
      )}
    </div>
  `;
}

/** "Row 46, 47, 48 …" */
function rowPreview(rows: readonly ProblemRow[], text: ImportText): string {
  const first = rows.slice(0, 6).map(({ row }) => String(row));
  return text('row', { row: first.join(', ') + (rows.length > first.length ? ' …' : '') });
}

function rowList(rows: ProblemRow[], text: ImportText, known: Messages['importing']): TemplateResult {
  const line = (problem: ProblemRow): TemplateResult => problemLine(problem, text, known);
  if (rows.length <= mostPlainRows)
    return html`<div class="problem-rows" role="list">${rows.map(line)}</div>`;
  return html`
    <div class="problem-rows long" role="list" tabindex="0">
      ${virtualize({ items: rows, renderItem: line, keyFunction: ({ row }) => row, scroller: true })}
    </div>
  `;
}

function problemLine(problem: ProblemRow, text: ImportText, known: Messages['importing']): TemplateResult {
  return html`
    <div class="problem-row" role="listitem">
      <span class="row-number">${text('row', { row: String(problem.row) })}</span>
      <span class="row-detail">${detail(problem, text, known)}</span>
    </div>
  `;
}

function detail(problem: ProblemRow, text: ImportText, known: Messages['importing']): unknown {
  const { code, of, length, limit, field, value, message } = problem;
  const shown = value === undefined ? nothing : html`<bdi title=${value}>${shortened(value)}</bdi>`;
  if (of !== undefined) return html`<span>${text('rowOf', { row: String(of) })}</span> ${shown}`;
  if (length !== undefined && limit !== undefined) {
    const key = keyOf('field', field ?? '', known);
    return text('rowLength', { field: key ? text(key) : (field ?? ''), length, limit });
  }
  if (value !== undefined && value.trim() === '') return html`<span class="quiet">${text('rowBlank')}</span>`;
  if (value !== undefined) return shown;
  // What only the backend knows is said in its words.
  return keyOf('kind', code, known) ? nothing : message;
}

const shortened = (value: string): string => (value.length > 120 ? `${value.slice(0, 120)}…` : value);
