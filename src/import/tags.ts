import Papa from 'papaparse';
import { splitList } from '../model/export-headings.ts';

/**
 * Tags of one cell: trimmed, without empty ones and exact repeats, in their order and case. `quoted`: the cell holds a
 * CSV list, `"VIP","Blog, daily"`. `ours`: as our own export joins them.
 */
export function readTags(cell: string, separator: ',' | ';' | 'quoted' | 'ours'): string[] {
  const parts =
    separator === 'quoted'
      ? Papa.parse<string[]>(cell, { delimiter: ',' }).data.flat()
      : separator === 'ours'
        ? splitList(cell)
        : cell.split(separator);
  return [...new Set(parts.map((tag) => tag.trim()).filter(Boolean))];
}
