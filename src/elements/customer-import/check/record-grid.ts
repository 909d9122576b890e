import { virtualize } from '@lit-labs/virtualizer/virtualize.js';
import type { RangeChangedEvent } from '@lit-labs/virtualizer/events.js';
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { RecordView } from '../../../import/session.ts';
import type { CheckBoard } from './check-board.ts';
import { cellEditor } from './cell-editor.ts';
import { cellStart } from './cell-text.ts';
import { fixedColumns, GridColumns, type GridColumn } from './grid-columns.ts';
import { cellByKey, type GridCell } from './grid-keys.ts';
import { cellId, gridRow } from './grid-row.ts';
import type { RecordChanges } from './record-changes.ts';
import { RowReveal } from './row-reveal.ts';
import { RowsLayout } from './rows-layout.ts';

/** Above this a list is windowed. */
const mostPlainRows = 60;
/** Rows of one window: what is drawn below 8 million pixels ends there, so more of them are gone through in parts. */
const mostRows = 100_000;
/** Rows that are drawn before it is known how many there are. */
const fewRows = 8;
/** The number and what leaves the record out. */
const fixedWidths = [64, 44] as const;

/** Records as a grid, windowed: one cell is the active one, and the focus stays on the grid as a whole. */
export class RecordGrid implements ReactiveController {
  readonly #board: CheckBoard;
  readonly #changes: RecordChanges;
  readonly columns = new GridColumns();
  active: GridCell = { index: 0, position: fixedColumns };
  /** What is typed into the active cell. */
  #draft: string | undefined;
  #part = 0;
  #items: number[] = [];
  #itemsOf: unknown;
  #inDom = { first: 0, last: -1 };
  #reveals = false;
  readonly #reveal = new RowReveal({
    body: () => this.#grid?.querySelector<HTMLElement>('.grid-body') ?? null,
    target: () => {
      const { index, position } = this.active;
      const cell = this.#grid?.querySelector(`#${cellId({ index, position })}`) ?? null;
      return { place: index - this.#part * mostRows, cell };
    },
    drawn: () => {
      const { first, last } = this.#inDom;
      return { first: first - this.#part * mostRows, last: last - this.#part * mostRows };
    },
    length: () => this.#items.length,
  });
  #focuses: 'grid' | 'editor' | undefined;
  #scrollsUp = false;

  constructor(board: CheckBoard, changes: RecordChanges) {
    this.#board = board;
    this.#changes = changes;
    board.context.host.addController(this);
  }

  /** Another view, from its beginning. */
  show(): void {
    this.columns.show(this.#board.view, this.#board.overview.columns);
    this.active = { index: 0, position: fixedColumns };
    this.#draft = undefined;
    this.#part = 0;
    this.#scrollsUp = true;
  }

  get isEditing(): boolean {
    return this.#draft !== undefined;
  }

  /** The record of the active cell, where it is here. */
  get record(): RecordView | undefined {
    return this.#board.pages.at(this.active.index);
  }

  /** The file's column of the active cell. */
  get column(): GridColumn | undefined {
    return this.columns.shown[this.active.position - fixedColumns];
  }

  hostDisconnected(): void {
    this.#reveal.end();
  }

  hostUpdated(): void {
    const grid = this.#grid;
    if (!grid) return;
    const widths = [...fixedWidths, ...this.columns.shown.map(({ width }) => width)];
    const template = widths.map((width, place) =>
      place === widths.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`,
    );
    // Not in the template: pages whose policy forbids inline styles must work.
    grid.style.setProperty('--_grid-columns', template.join(' '));
    grid.style.setProperty('--_grid-width', `${widths.reduce((sum, width) => sum + width, 0)}px`);
    if (this.#scrollsUp) {
      this.#scrollsUp = false;
      grid.querySelector('.grid-body')?.scrollTo(0, 0);
    }
    if (this.#reveals) {
      this.#reveals = false;
      this.#reveal.begin();
    }
    if (this.#focuses) this.#focus(grid);
  }

  /** Makes a cell the active one and brings it into sight. */
  activate(index: number, position = this.active.position, focus = true): void {
    const total = this.#board.pages.total ?? 0;
    this.#draft = undefined;
    this.active = {
      index: Math.max(0, Math.min(index, total - 1)),
      position: Math.max(0, Math.min(position, this.columns.shown.length + fixedColumns - 1)),
    };
    this.#part = Math.floor(this.active.index / mostRows);
    this.#reveals = true;
    if (focus) this.#focuses = 'grid';
    this.#board.redraw();
  }

  /** The place of a column of the file among the cells of a row. */
  positionOf(column: number | undefined): number {
    const place = this.columns.shown.findIndex(({ index }) => index === column);
    return place < 0 ? fixedColumns : place + fixedColumns;
  }

  /** Opens the active cell for typing. */
  edit(): void {
    const { record, column } = this;
    if (!record || !column) return;
    const value = this.#changes.cell(record, column.index);
    if (!this.#changes.isEditable(value)) return;
    this.#draft = value;
    this.#reveals = true;
    this.#focuses = 'editor';
    this.#board.redraw();
  }

  #endEdit(keeps: boolean, focus: boolean): void {
    const { record, column } = this;
    const draft = this.#draft;
    if (draft === undefined) return;
    this.#draft = undefined;
    if (focus) this.#focuses = 'grid';
    if (keeps && record && column) this.#changes.setCell(record, column.index, draft);
    this.#board.redraw();
  }

  focus(): void {
    this.#focuses = 'grid';
    this.#board.redraw();
  }

  render(): TemplateResult {
    const { pages, text } = this.#board;
    const total = pages.total ?? 0;
    if (this.active.index >= total && total > 0) this.active = { ...this.active, index: total - 1 };
    const isWindowed = total > mostPlainRows;
    if (!isWindowed) this.#inDom = { first: 0, last: total - 1 };
    const isInDom = this.active.index >= this.#inDom.first && this.active.index <= this.#inDom.last;
    return html`
      ${total > mostRows ? this.#renderParts(total) : nothing}
      <div
        class="grid ${isWindowed ? 'windowed' : ''}"
        part="rows"
        role="grid"
        tabindex="0"
        aria-labelledby="kind-title"
        aria-describedby="grid-hint"
        aria-rowcount=${total + 1}
        aria-colcount=${this.columns.shown.length + fixedColumns}
        aria-activedescendant=${isInDom ? cellId(this.active) : nothing}
        @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        @mousedown=${(event: MouseEvent) => this.#onPress(event)}
        @dblclick=${(event: MouseEvent) => this.#onDoubleClick(event)}
      >
        <div class="grid-head" role="rowgroup">
          <div class="grid-row" role="row" aria-rowindex="1">
            <div class="grid-cell number" role="columnheader">${text('rowColumn')}</div>
            <div class="grid-cell action" role="columnheader">
              <span class="visually-hidden">${text('actionColumn')}</span>
            </div>
            ${this.columns.shown.map(
              ({ header }) => html`
                <div class="grid-cell" role="columnheader" title=${header.slice(0, 500)}>
                  <bdi>${cellStart(header) || '—'}</bdi>
                </div>
              `,
            )}
          </div>
        </div>
        ${isWindowed ? this.#renderWindow(total) : this.#renderAll()}
      </div>
      <p class="visually-hidden" id="grid-hint">${text('gridHint')}</p>
      ${
        this.columns.hidden
          ? html`<p class="quiet grid-note">${text('hiddenColumns', { count: this.columns.hidden })}</p>`
          : nothing
      }
    `;
  }

  #renderAll(): TemplateResult {
    const places = Array.from({ length: this.#board.pages.total ?? fewRows }, (_, place) => place);
    return html`<div class="grid-body" role="rowgroup">
      ${places.map((index) => this.#renderRow(index))}
    </div>`;
  }

  #renderWindow(total: number): TemplateResult {
    return html`
      <div
        class="grid-body"
        role="rowgroup"
        tabindex="-1"
        @scroll=${(event: Event) => this.#onScroll(event)}
        @rangeChanged=${(event: Event) => this.#onRange(event as RangeChangedEvent)}
      >
        ${virtualize({
          items: this.#itemsFor(total),
          renderItem: (index) => this.#renderRow(index),
          keyFunction: (index) => index,
          // Its own scroller, or each row that is measured would change the size of what watches its size.
          scroller: true,
          layout: { type: RowsLayout },
        })}
      </div>
    `;
  }

  #renderParts(total: number): TemplateResult {
    const { text } = this.#board;
    const parts = Array.from({ length: Math.ceil(total / mostRows) }, (_, part) => part);
    return html`
      <label class="grid-parts">
        <span>${text('part')}</span>
        <select
          class="field"
          .value=${live(String(this.#part))}
          @change=${(event: Event) => {
            this.#scrollsUp = true;
            this.activate(
              Number((event.currentTarget as HTMLSelectElement).value) * mostRows,
              undefined,
              false,
            );
          }}
        >
          ${parts.map(
            (part) =>
              html`<option value=${part} ?selected=${part === this.#part}>
                ${text('partOf', { from: part * mostRows + 1, to: Math.min(total, (part + 1) * mostRows) })}
              </option>`,
          )}
        </select>
      </label>
    `;
  }

  /** The same list for the same rows: another one would draw them all anew. */
  #itemsFor(total: number): number[] {
    const first = this.#part * mostRows;
    const length = Math.min(mostRows, total - first);
    const key = `${first} ${length}`;
    if (this.#itemsOf !== key) {
      this.#itemsOf = key;
      this.#items = Array.from({ length }, (_, place) => first + place);
    }
    return this.#items;
  }

  #renderRow(index: number): TemplateResult {
    const draft = this.#draft;
    return gridRow({
      board: this.#board,
      changes: this.#changes,
      columns: this.columns.shown,
      index,
      active: this.active,
      editor: draft === undefined ? undefined : (record, header) => this.#renderEditor(record, header, draft),
    });
  }

  #renderEditor({ row }: RecordView, header: string, value: string): TemplateResult {
    return cellEditor({
      label: this.#board.text('editing', { column: header.slice(0, 100), row: String(row) }),
      value,
      onInput: (typed) => (this.#draft = typed),
      onEnd: (keeps, focus) => this.#endEdit(keeps, focus),
      onMove: (by) => this.activate(this.active.index, this.active.position + by),
    });
  }

  get #grid(): HTMLElement | null {
    return this.#board.context.host.shadowRoot?.querySelector<HTMLElement>('.grid') ?? null;
  }

  /** The head goes along sideways. */
  #onScroll(event: Event): void {
    const head = this.#grid?.querySelector('.grid-head');
    if (head) head.scrollLeft = (event.currentTarget as Element).scrollLeft;
  }

  #onRange({ first, last }: RangeChangedEvent): void {
    const offset = this.#part * mostRows;
    const was = this.#inDom;
    this.#inDom = { first: first + offset, last: last + offset };
    this.#board.pages.see(first + offset, last + offset);
    const { index } = this.active;
    const isIn = (range: { first: number; last: number }): boolean =>
      index >= range.first && index <= range.last;
    // The cell being typed into has left the window, and its field with it.
    if (this.#draft !== undefined && !isIn(this.#inDom)) this.#endEdit(true, true);
    if (isIn(was) !== isIn(this.#inDom)) this.#board.redraw();
  }

  #focus(grid: HTMLElement): void {
    if (this.#focuses === 'grid') {
      this.#focuses = undefined;
      grid.focus({ preventScroll: true });
      return;
    }
    const editor = grid.querySelector<HTMLInputElement>('.cell-editor');
    if (!editor) return;
    this.#focuses = undefined;
    editor.focus({ preventScroll: true });
    if (editor instanceof HTMLInputElement) editor.select();
  }

  #placeOf(event: Event): GridCell | undefined {
    const target = event.target as Element;
    const cell = target.closest<HTMLElement>('[data-position]');
    const row = cell?.closest<HTMLElement>('[data-index]');
    if (!cell || !row || target.closest('.cell-editor')) return undefined;
    return { index: Number(row.dataset.index), position: Number(cell.dataset.position) };
  }

  #onPress(event: MouseEvent): void {
    const place = this.#placeOf(event);
    if (!place || event.button !== 0) return;
    const isSame = place.index === this.active.index && place.position === this.active.position;
    if (isSame) return;
    this.#endEdit(true, false);
    this.active = place;
    this.#board.redraw();
  }

  #onDoubleClick(event: MouseEvent): void {
    const place = this.#placeOf(event);
    if (!place || place.position < fixedColumns) return;
    event.preventDefault();
    this.active = place;
    this.edit();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || (event.target as Element).closest('.cell-editor')) return;
    const next = cellByKey(event, this.active, {
      index: (this.#board.pages.total ?? 0) - 1,
      position: this.columns.shown.length + fixedColumns - 1,
    });
    if (next) this.activate(next.index, next.position);
    else if (event.key !== 'Enter' && event.key !== 'F2') return;
    else if (this.active.position === 1 && this.record) this.#changes.toggleRow(this.record);
    else this.edit();
    event.preventDefault();
  }
}
