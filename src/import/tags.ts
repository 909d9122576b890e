/** Tags of one cell: trimmed, without empty ones and exact repeats, in their order and case. */
export function readTags(cell: string, separator: ',' | ';'): string[] {
  const tags = cell.split(separator).map((tag) => tag.trim());
  return [...new Set(tags.filter(Boolean))];
}
