/** Cells of a sheet, filled or not, up to which it is read: a million rows of fifty columns. */
export const mostCells = 50_000_000;
