import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../../../import/problem.ts';
import type { ColumnReading, RecordView } from '../../../import/session.ts';
import { countryName, formatList, isolated } from '../../../parts/format.ts';
import { icons } from '../../../parts/icons.ts';
import type { CheckBoard } from './check-board.ts';
import { cellStart, cellWhole, mostShown } from './cell-text.ts';
import { isError, problemsByColumn, problemText } from './record-problems.ts';
import type { RecordChanges } from './record-changes.ts';
import type { RecordGrid } from './record-grid.ts';

/** Characters of a repair that still make a button. */
const mostOnButton = 60;

/** The active cell as a whole: all of its text, what is wrong, what it becomes, and what can be done. */
export function cellPane(board: CheckBoard, grid: RecordGrid, changes: RecordChanges): unknown {
  const { record } = grid;
  if (!record) return nothing;
  const { text, overview } = board;
  const column = overview.columns[grid.column?.index ?? -1];
  const problems = problemsByColumn(record, overview.columns);
  const found = [...(column ? (problems.get(column.index) ?? []) : []), ...(problems.get(-1) ?? [])];
  const row = String(record.row);
  return html`
    <section class="pane" part="cell" aria-label=${text('cell')}>
      <div class="pane-head">
        <span class="pane-place">
          ${
            column
              ? text('cellPlace', { row, column: isolated(cellStart(column.header)) })
              : text('rowPlace', { row })
          }
        </span>
      </div>
      ${column ? renderValue(board, changes, record, column, found) : nothing}
      ${found.map((problem) => renderProblem(board, problem))}
      <div class="pane-actions">
        ${column ? renderCellActions(board, grid, changes, record, column, found) : nothing}
        ${renderRowActions(board, grid, changes, record)}
      </div>
    </section>
  `;
}

function renderValue(
  { text, context }: CheckBoard,
  changes: RecordChanges,
  record: RecordView,
  column: ColumnReading,
  problems: readonly Problem[],
): TemplateResult {
  const cell = changes.cell(record, column.index);
  const before = changes.isChanged(record.row, column.index)
    ? changes.before(record.row, column.index)
    : undefined;
  const imported = importedAs(context.locale(), text, record, column);
  const showsInvisible = problems.some(({ code }) => code === 'email_invalid');
  return html`
    <div
      class="pane-value"
      tabindex=${cell.length > 300 ? '0' : nothing}
      role=${cell.length > 300 ? 'group' : nothing}
      aria-label=${cell.length > 300 ? text('cell') : nothing}
    >
      ${cell.trim() === '' ? html`<span class="quiet">${text('empty')}</span>` : html`<bdi>${cellWhole(cell, showsInvisible)}</bdi>`}
      ${
        cell.length > mostShown
          ? html`<span class="quiet">${text('moreCharacters', { count: cell.length - mostShown })}</span>`
          : nothing
      }
    </div>
    ${
      before === undefined
        ? nothing
        : html`<p class="quiet">
            ${text('inFile', { value: before.trim() === '' ? text('empty') : isolated(cellStart(before)) })}
          </p>`
    }
    ${
      imported === undefined || imported === cell.trim()
        ? nothing
        : html`<p class="quiet pane-imported">${text('importedAs', { value: isolated(imported) })}</p>`
    }
  `;
}

function renderProblem(board: CheckBoard, problem: Problem): TemplateResult {
  return html`<p class="pane-problem ${isError(problem) ? 'error' : ''}">
    ${icons.warning}<span>${problemText(board, problem)}</span>
  </p>`;
}

function renderCellActions(
  board: CheckBoard,
  grid: RecordGrid,
  changes: RecordChanges,
  record: RecordView,
  column: ColumnReading,
  problems: readonly Problem[],
): unknown {
  const { text } = board;
  const cell = changes.cell(record, column.index);
  if (grid.isEditing) return nothing;
  const repair = problems.find((problem) => problem.repair !== undefined)?.repair;
  const tooLong = problems.find(({ code }) => code === 'too_long');
  return html`
    ${
      repair !== undefined && repair.length <= mostOnButton
        ? html`<button
            class="button"
            type="button"
            data-action="use-repair"
            @click=${() => {
              changes.setCell(record, column.index, repair);
              grid.focus();
            }}
          >
            <span class="button-text">${text('use', { value: isolated(repair) })}</span>
          </button>`
        : nothing
    }
    ${
      tooLong?.limit === undefined
        ? nothing
        : html`<button
            class="button"
            type="button"
            data-action="shorten"
            @click=${() => {
              changes.setCell(record, column.index, firstLetters(cell, tooLong.limit ?? 0));
              grid.focus();
            }}
          >
            ${text('shorten', { count: tooLong.limit })}
          </button>`
    }
    ${
      changes.isEditable(cell)
        ? html`<button class="button" type="button" data-action="edit" @click=${() => grid.edit()}>
            ${icons.pencil} ${text('edit')}
          </button>`
        : html`<span class="quiet">${text('tooLongToEdit')}</span>`
    }
    ${
      changes.isChanged(record.row, column.index)
        ? html`<button
            class="button quiet"
            type="button"
            data-action="take-back-cell"
            @click=${() => {
              changes.takeBackCell(record.row, column.index);
              grid.focus();
            }}
          >
            ${icons.restore} ${text('takeBackCell')}
          </button>`
        : nothing
    }
  `;
}

function renderRowActions(
  board: CheckBoard,
  grid: RecordGrid,
  changes: RecordChanges,
  record: RecordView,
): TemplateResult {
  const { text, view, pages } = board;
  const isRepetition = view === 'duplicate' && record.state === 'duplicate';
  const isLeftOut = changes.isLeftOut(record.row);
  const useInstead = (): void => {
    const others: number[] = [];
    for (let at = grid.active.index - 1; at >= 0; at--) {
      const other = pages.at(at);
      if (!other) break;
      others.push(other.row);
      if (other.state !== 'duplicate') break;
    }
    changes.useInstead(record, others);
    grid.focus();
  };
  return html`
    ${
      isRepetition
        ? html`<button class="button" type="button" data-action="use-instead" @click=${useInstead}>
            ${text('useThis')}
          </button>`
        : nothing
    }
    <button
      class="button quiet"
      type="button"
      data-action="toggle-row"
      @click=${() => {
        changes.toggleRow(record);
        grid.focus();
      }}
    >
      ${text(isLeftOut ? 'takeRowBack' : 'leaveRowOut')}
    </button>
  `;
}

/** What a cell becomes in the customer; undefined where that isn't one value. */
function importedAs(
  locale: string,
  text: CheckBoard['text'],
  { record }: RecordView,
  { target }: ColumnReading,
): string | undefined {
  if (
    !record ||
    target.kind !== 'field' ||
    target.address !== undefined ||
    target.fallback ||
    target.appended
  )
    return undefined;
  const { country, accepts_marketing, status, tags } = record;
  switch (target.field) {
    case 'country':
      return country && countryName(locale, country);
    case 'accepts_marketing':
      return accepts_marketing === undefined
        ? undefined
        : text(accepts_marketing ? 'meaningYes' : 'meaningNo');
    case 'status':
      return status && text(status === 'active' ? 'meaningActive' : 'meaningInactive');
    case 'tags':
      return tags && formatList(locale, tags);
    case 'email':
    case 'phone':
    case 'postal_code':
      return record[target.field];
    default:
      return undefined;
  }
}

/** By letters, as the database counts. */
const firstLetters = (value: string, count: number): string =>
  [...value.trim().slice(0, count * 2)].slice(0, count).join('');
