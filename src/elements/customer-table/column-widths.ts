import { actionsWidth, columns, selectionWidth, type ColumnName } from './columns.ts';

/** What a person chose, in CSS pixels; the other columns have their usual width. */
export type ColumnWidths = Readonly<Partial<Record<ColumnName, number>>>;

export const maximumWidth = 800;

/** Of the name where the table scrolls anyway: most e-mails can be read then. */
const scrolledNameWidth = 280;

/** How columns share the room there is; all in CSS pixels. */
export interface ColumnLayout {
  /** There is less room than the columns need. */
  scrolls: boolean;
  tableWidth: number;
  widthOf: (name: ColumnName) => number;
  /** Who has what is left: the name, or where a person gave that a width, the space before the actions. */
  takesRest: 'name' | 'actions' | undefined;
}

export function layOut(names: readonly ColumnName[], chosen: ColumnWidths, room: number): ColumnLayout {
  const usual = (name: ColumnName) => chosen[name] ?? columns[name].width;
  const needed = names.reduce((sum, name) => sum + usual(name), selectionWidth + actionsWidth);
  const scrolls = room < needed;
  // Nothing is left to share before the table has been measured.
  const spare = Number.isFinite(room) ? room - needed : 0;
  const rest = scrolls ? scrolledNameWidth - columns.name.width : spare;
  const nameWidth = chosen.name ?? columns.name.width + rest;
  return {
    scrolls,
    tableWidth: scrolls ? needed - usual('name') + nameWidth : room,
    widthOf: (name) => (name === 'name' ? nameWidth : usual(name)),
    takesRest: scrolls ? undefined : chosen.name === undefined ? 'name' : 'actions',
  };
}

export function clampWidth(name: ColumnName, pixels: number): number {
  return Math.round(Math.min(maximumWidth, Math.max(columns[name].minimum, pixels)));
}
