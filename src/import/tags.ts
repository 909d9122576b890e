import Papa from 'papaparse';

/**
 * Tags of one cell: trimmed, without empty ones and exact repeats, in their order and case. `quoted`: the cell holds a
 * CSV list, `"VIP","Blog, daily"`.
 */
export function readTags(cell: string, separator: ',' | ';' | 'quoted'): string[] {
  const parts =
    separator === 'quoted'
      ? Papa.parse<string[]>(cell, { delimiter: ',' }).data.flat()
      : cell.split(separator);
  return [...new Set(parts.map((tag) => tag.trim()).filter(Boolean))];
}
