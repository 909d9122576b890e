import { columnNames, type ColumnName } from './columns.ts';

/** All columns: those shown in their order, and each hidden one behind the one it follows at first. */
export function completeOrder(shown: readonly ColumnName[]): ColumnName[] {
  const order: ColumnName[] = ['name', ...shown.filter((name) => name !== 'name')];
  let previous: ColumnName = 'name';
  for (const name of columnNames) {
    if (!order.includes(name)) order.splice(order.indexOf(previous) + 1, 0, name);
    previous = name;
  }
  return order;
}

/**
 * A column one place towards the start (-1) or the end (1) among the columns shown; hidden ones between are passed.
 * `undefined` where there is no such place: the name stays first.
 */
export function move(
  order: readonly ColumnName[],
  shown: readonly ColumnName[],
  name: ColumnName,
  step: -1 | 1,
): ColumnName[] | undefined {
  const neighbour = shown[shown.indexOf(name) + step];
  if (name === 'name' || neighbour === 'name' || !neighbour || !shown.includes(name)) return undefined;
  const next = order.filter((one) => one !== name);
  next.splice(next.indexOf(neighbour) + (step > 0 ? 1 : 0), 0, name);
  return next;
}
