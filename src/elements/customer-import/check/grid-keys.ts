/** A cell of the grid. */
export interface GridCell {
  /** In the list of the view. */
  index: number;
  /** Among the cells of a row: 0 the number, 1 what leaves the record out, then the columns of the file. */
  position: number;
}

const rowsOfAPage = 10;

/** Where a key leads from a cell, which may be beyond an edge; undefined for keys that lead nowhere. */
export function cellByKey(
  event: KeyboardEvent,
  { index, position }: GridCell,
  last: GridCell,
): GridCell | undefined {
  const isRtl = getComputedStyle(event.currentTarget as Element).direction === 'rtl';
  const forward = isRtl ? -1 : 1;
  const withCtrl = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case 'ArrowDown':
      return { index: index + 1, position };
    case 'ArrowUp':
      return { index: index - 1, position };
    case 'ArrowRight':
      return { index, position: position + forward };
    case 'ArrowLeft':
      return { index, position: position - forward };
    case 'PageDown':
      return { index: index + rowsOfAPage, position };
    case 'PageUp':
      return { index: index - rowsOfAPage, position };
    case 'Home':
      return { index: withCtrl ? 0 : index, position: 0 };
    case 'End':
      return { index: withCtrl ? last.index : index, position: last.position };
    default:
      return undefined;
  }
}
