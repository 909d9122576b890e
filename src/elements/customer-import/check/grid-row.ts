import { html, nothing, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import type { Problem } from '../../../import/problem.ts';
import type { RecordView } from '../../../import/session.ts';
import { icons } from '../../../parts/icons.ts';
import { skeletonLine } from '../../../parts/skeleton.ts';
import { cellStart, named } from './cell-text.ts';
import type { CheckBoard } from './check-board.ts';
import { fixedColumns, type GridColumn } from './grid-columns.ts';
import type { GridCell } from './grid-keys.ts';
import type { RecordChanges } from './record-changes.ts';
import { isError, problemsByColumn, problemText } from './record-problems.ts';

/** Records above a repeated one that are looked through for the first. */
const mostRepeated = 200;

export interface GridRow {
  board: CheckBoard;
  changes: RecordChanges;
  columns: readonly GridColumn[];
  index: number;
  active: GridCell;
  /** The field in the place of the active cell's value, where it is being typed into. */
  editor: ((record: RecordView, header: string) => TemplateResult) | undefined;
}

export const cellId = ({ index, position }: GridCell): string => `cell-${index}-${position}`;

/** One record: its number, what leaves it out, and its cells with what is wrong with them. */
export function gridRow(row: GridRow): TemplateResult {
  const { board, changes, columns, index, active } = row;
  const { view, overview, text, pages } = board;
  const record = pages.at(index);
  if (!record) return loadingRow(row);
  const problems = problemsByColumn(record, overview.columns);
  const isLeftOut = changes.isLeftOut(record.row);
  const first = firstOf(row, record);
  const number = String(record.row);
  const act = text(isLeftOut ? 'takeBack' : 'leaveOut', { row: number });
  const classes = {
    'grid-row': true,
    'left-out': isLeftOut,
    invalid: record.state === 'invalid',
    repeated: view === 'duplicate' && record.state !== 'duplicate',
    current: index === active.index,
  };
  return html`
    <div class=${classMap(classes)} role="row" aria-rowindex=${index + 2} data-index=${index}>
      <div
        class=${cellClass(row, 0, 'number')}
        id=${cellId({ index, position: 0 })}
        role="rowheader"
        data-position="0"
      >
        ${number}
      </div>
      <div
        class=${cellClass(row, 1, 'action')}
        id=${cellId({ index, position: 1 })}
        role="gridcell"
        data-position="1"
      >
        <button
          class="row-act"
          type="button"
          tabindex="-1"
          aria-label=${act}
          title=${act}
          @click=${() => changes.toggleRow(record)}
        >
          ${isLeftOut ? icons.restore : icons.cross}
        </button>
      </div>
      ${columns.map((column, place) =>
        gridCell(row, place, record, column, {
          problems: [...(problems.get(column.index) ?? []), ...(place === 0 ? (problems.get(-1) ?? []) : [])],
          first,
        }),
      )}
    </div>
  `;
}

function loadingRow({ board, index }: GridRow): TemplateResult {
  return html`
    <div class="grid-row loading" role="row" aria-rowindex=${index + 2}>
      <div class="grid-cell number" role="rowheader" aria-label=${board.text('loadingRow')}></div>
      <div class="grid-cell wide" role="gridcell">${skeletonLine('long')}</div>
    </div>
  `;
}

function gridCell(
  row: GridRow,
  place: number,
  record: RecordView,
  { index: column, header }: GridColumn,
  { problems, first }: { problems: readonly Problem[]; first: RecordView | undefined },
): TemplateResult {
  const { board, changes, index, active, editor } = row;
  const { text, view } = board;
  const position = place + fixedColumns;
  const cell = changes.cell(record, column);
  const isChanged = changes.isChanged(record.row, column);
  const differs = first !== undefined && (first.cells[column] ?? '').trim() !== cell.trim();
  const [problem] = problems;
  const isActive = index === active.index && position === active.position;
  const plainTone = differs ? 'differs' : isChanged ? 'changed' : '';
  const tone = problem ? (problems.some(isError) ? 'error' : 'note') : plainTone;
  return html`
    <div
      class=${cellClass(row, position, tone)}
      id=${cellId({ index, position })}
      role="gridcell"
      data-position=${position}
      title=${cell.length > 20 ? cell.slice(0, 1000) : nothing}
    >
      ${
        isActive && editor
          ? editor(record, header)
          : html`<span class="cell-value">
              ${
                cell.trim() === ''
                  ? html`<span class="quiet">${problem ? text('empty') : '–'}</span>`
                  : html`<bdi
                      >${problem?.code === 'email_invalid' ? named(cellStart(cell)) : cellStart(cell)}</bdi
                    >`
              }${isChanged ? html`<span class="changed-mark"><span class="visually-hidden">, ${text('wasChanged')}</span></span>` : nothing}
            </span>`
      }
      ${
        problem
          ? html`<span class="cell-problem"
              >${problems.map((one) => problemText(board, one)).join(' · ')}</span
            >`
          : nothing
      }
      ${
        view === 'duplicate' && place === 0 && record.state === 'ready'
          ? html`<span class="cell-note">${text('isRepeated')}</span>`
          : nothing
      }
      ${differs ? html`<span class="visually-hidden">, ${text('differs', { row: String(first.row) })}</span>` : nothing}
    </div>
  `;
}

/** The record that this one repeats: it stands above it. */
function firstOf({ board: { view, pages }, index }: GridRow, record: RecordView): RecordView | undefined {
  const of = view === 'duplicate' ? record.problems.find(({ code }) => code === 'duplicate')?.of : undefined;
  if (of === undefined) return undefined;
  for (let at = index - 1; at >= Math.max(0, index - mostRepeated); at--) {
    const other = pages.at(at);
    if (other?.row === of) return other;
  }
  return undefined;
}

function cellClass({ index, active }: GridRow, position: number, more: string): string {
  const isActive = index === active.index && position === active.position;
  return `grid-cell ${more}${isActive ? ' active' : ''}`;
}
