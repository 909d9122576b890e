import type { ReactiveControllerHost } from 'lit';
import type { Access } from '../../model/access.ts';
import { completeOrder, move } from './column-order.ts';
import { clampWidth, layOut, type ColumnLayout, type ColumnWidths } from './column-widths.ts';
import { acceptColumns, columnNames, defaultColumns, shownColumns, type ColumnName } from './columns.ts';
import { readPreferences, writePreferences, type Density } from './preferences.ts';

interface ColumnsHost extends ReactiveControllerHost {
  columns: readonly ColumnName[];
  density: Density;
  storageKey: string | undefined;
}

/** Which columns there are, in which order and how wide: what a person makes of them, and what is remembered of it. */
export class ColumnsController {
  readonly #host: ColumnsHost;
  readonly #access: () => Access | undefined;
  #widths: ColumnWidths = {};
  #heldName: number | undefined;
  /** Hidden ones too, so that a column comes back where it was. */
  #order: ColumnName[] = [];

  constructor(host: ColumnsHost, access: () => Access | undefined) {
    this.#host = host;
    this.#access = access;
  }

  /** Those on the screen, in their order. */
  get shown(): ColumnName[] {
    return shownColumns(this.#host.columns, this.#host.density, this.#access());
  }

  /** All that this shop has, hidden ones too. */
  get offered(): ColumnName[] {
    const offered = shownColumns(columnNames, this.#host.density, this.#access());
    return this.#completeOrder().filter((name) => offered.includes(name));
  }

  get density(): Density {
    return this.#host.density;
  }

  /** In so much room, in CSS pixels. */
  layOut(room: number): ColumnLayout {
    const held = this.#heldName === undefined ? {} : { name: this.#heldName };
    return layOut(this.shown, { ...held, ...this.#widths }, room);
  }

  /** Takes up what was remembered. */
  restore(): void {
    const { storageKey } = this.#host;
    if (!storageKey) return;
    const { columns, density, widths = {} } = readPreferences(storageKey);
    if (columns) this.#host.columns = columns;
    if (density) this.#host.density = density;
    this.#widths = widths;
  }

  show(name: ColumnName, shown: boolean): void {
    const chosen = this.#host.columns.filter((one) => one !== name);
    this.#choose(shown ? [...chosen, name] : chosen);
  }

  /** One place towards the start (-1) or the end (1). Says whether there was such a place. */
  move(name: ColumnName, step: -1 | 1): boolean {
    const order = move(this.#completeOrder(), this.shown, name, step);
    if (!order) return false;
    this.#choose([...this.#host.columns, name], order);
    return true;
  }

  setDensity(density: Density): void {
    this.#host.density = density;
    this.remember();
  }

  /**
   * Keeps the name, which takes what is left, as wide as it is (CSS pixels) for this visit: were it to give way, the
   * edge that a person draws would stay where it is. Answers what takes everything back that happens from here on.
   */
  holdName(width: number): () => void {
    const before = [this.#widths, this.#heldName] as const;
    this.#heldName ??= Math.floor(width);
    return () => this.#setWidths(...before);
  }

  /** In CSS pixels, within what is sensible. Not remembered yet: a pointer is at many places before it is let go. */
  resize(name: ColumnName, pixels: number): void {
    this.#setWidths({ ...this.#widths, [name]: clampWidth(name, pixels) }, this.#heldName);
  }

  /** Back to the usual width. */
  resetWidth(name: ColumnName): void {
    const others = Object.entries(this.#widths).filter(([one]) => one !== name);
    this.#setWidths(Object.fromEntries(others), name === 'name' ? undefined : this.#heldName);
    this.remember();
  }

  /** Columns, order and widths as they were at first. */
  reset(): void {
    this.#order = [];
    this.#host.columns = defaultColumns;
    this.#setWidths({}, undefined);
    this.remember();
  }

  remember(): void {
    const { storageKey, columns, density } = this.#host;
    if (storageKey) writePreferences(storageKey, { columns: [...columns], widths: this.#widths, density });
  }

  #setWidths(widths: ColumnWidths, heldName: number | undefined): void {
    this.#widths = widths;
    this.#heldName = heldName;
    this.#host.requestUpdate();
  }

  #choose(chosen: readonly ColumnName[], order = this.#completeOrder()): void {
    this.#order = order;
    this.#host.columns = order.filter((name) => name === 'name' || chosen.includes(name));
    this.remember();
  }

  /** As it was left, unless code has put the columns in another order since. */
  #completeOrder(): ColumnName[] {
    const shown = acceptColumns(this.#host.columns);
    const left = this.#order.filter((name) => shown.includes(name));
    return shown.every((name, index) => name === left[index]) ? this.#order : completeOrder(shown);
  }
}
