import { exportFields, type ExportField } from './export.ts';

/**
 * The columns' names in a file. English in every language: a file is read by other systems, and by our import, which
 * knows its own file by them.
 */
export const exportHeadings = Object.fromEntries(
  exportFields.map((field) => [field, headingOf(field)]),
) as Readonly<Record<ExportField, string>>;

function headingOf(field: ExportField): string {
  switch (field) {
    case 'id':
      return 'ID';
    case 'is_guest':
      return 'Guest';
    case 'orders_count':
      return 'Orders';
    case 'average_order_value':
      return 'Avg Order Value';
    case 'last_order_date':
      return 'Last Order';
    case 'created_at':
      return 'Created';
    case 'updated_at':
      return 'Updated';
    case 'last_seen_at':
      return 'Last Seen';
    case 'avatar_url':
      return 'Avatar URL';
    default:
      return field.split('_').map(capitalised).join(' ');
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What a field holds, and so how a file has it. */
export type ExportKind = 'text' | 'number' | 'money' | 'flag' | 'moment' | 'list' | 'object';

const kinds: Partial<Record<ExportField, ExportKind>> = {
  is_guest: 'flag',
  email_verified: 'flag',
  accepts_marketing: 'flag',
  orders_count: 'number',
  notes_count: 'number',
  total_spent: 'money',
  average_order_value: 'money',
  last_order_date: 'moment',
  created_at: 'moment',
  updated_at: 'moment',
  last_seen_at: 'moment',
  tags: 'list',
  groups: 'list',
  metadata: 'object',
};

export const exportKind = (field: ExportField): ExportKind => kinds[field] ?? 'text';

/** Lists in one cell: joined by `, `. What has a comma or begins with a quotation mark is put into quotation marks. */
export const joinList = (items: readonly string[]): string =>
  items.map((item) => (/^"|,/.test(item) ? `"${item.replaceAll('"', '""')}"` : item)).join(', ');

/** What {@link joinList} has joined. */
export function splitList(cell: string): string[] {
  const items: string[] = [];
  const item = /\s*(?:"((?:[^"]|"")*)"\s*(?:,|$)|([^,]*)(?:,|$))/y;
  while (item.lastIndex < cell.length) {
    const [, quoted, plain = ''] = item.exec(cell) ?? [];
    items.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
  }
  return items.filter(Boolean);
}
