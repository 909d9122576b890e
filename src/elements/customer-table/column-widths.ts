import { actionsWidth, columns, selectionWidth, type ColumnName } from './columns.ts';

/** What a person chose, in CSS pixels; the other columns have their usual width. */
export type ColumnWidths = Readonly<Partial<Record<ColumnName, number>>>;

export const maximumWidth = 800;

export function clampWidth(name: ColumnName, pixels: number): number {
  return Math.round(Math.min(maximumWidth, Math.max(columns[name].minimum, pixels)));
}

export function widthOf(name: ColumnName, widths: ColumnWidths): number {
  return widths[name] ?? columns[name].width;
}

/** What the table needs; with less room it scrolls sideways. */
export function neededWidth(names: readonly ColumnName[], widths: ColumnWidths): number {
  return names.reduce((sum, name) => sum + widthOf(name, widths), selectionWidth + actionsWidth);
}

/** A column's width on the screen, where the table has so much room. */
export function drawnWidth(
  name: ColumnName,
  names: readonly ColumnName[],
  widths: ColumnWidths,
  room: number,
): number {
  const spare = Math.max(0, room - neededWidth(names, widths));
  const takesRest = name === 'name' && widths.name === undefined && Number.isFinite(room);
  return Math.round(widthOf(name, widths) + (takesRest ? spare : 0));
}
