import type { TargetField } from './columns.ts';
import type { DateOrder } from './dates.ts';
import type { Mapping } from './mapping.ts';
import type { Platform } from './platforms/platform.ts';
import { platformNamed } from './platforms/recognise.ts';

export interface Source {
  /** The first with a value speaks. */
  columns: number[];
  /** Put behind it. */
  appended: number[];
  inverted: boolean;
}

/** A mapping turned round, for reading records: the columns of each field. */
export interface Sources {
  headers: readonly string[];
  platform: Platform | undefined;
  /** The record's own fields. */
  own: Map<TargetField, Source>;
  /** The names and phones of the first address (1), and the further addresses. */
  addresses: Map<number, Map<TargetField, Source>>;
  metadata: number[];
  dateOrders: ReadonlyMap<number, DateOrder>;
}

export function sourcesOf(mapping: Mapping, dateOrders: ReadonlyMap<number, DateOrder>): Sources {
  const own = new Map<TargetField, Source>();
  const addresses = new Map<number, Map<TargetField, Source>>();
  const metadata: number[] = [];
  const ranked = mapping.columns.toSorted((a, b) => rank(a.target) - rank(b.target));
  for (const { index, target } of ranked) {
    if (target.kind === 'metadata') metadata.push(index);
    if (target.kind !== 'field') continue;
    let fields = own;
    if (target.address !== undefined) {
      fields = addresses.get(target.address) ?? new Map<TargetField, Source>();
      addresses.set(target.address, fields);
    }
    const source = fields.get(target.field) ?? { columns: [], appended: [], inverted: false };
    (target.appended ? source.appended : source.columns).push(index);
    if (target.inverted) source.inverted = true;
    fields.set(target.field, source);
  }
  return {
    headers: mapping.columns.map(({ header }) => header),
    platform: platformNamed(mapping.platform?.id),
    own,
    addresses,
    metadata: metadata.sort((a, b) => a - b),
    dateOrders,
  };
}

/** Fallbacks behind what they stand in for; sorting keeps the order of the file otherwise. */
const rank = (target: Mapping['columns'][number]['target']): number =>
  target.kind === 'field' && target.fallback ? 1 : 0;
