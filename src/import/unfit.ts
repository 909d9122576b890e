import { addressWidths, customerWidths } from '../model/customer.ts';
import type { ImportRow } from '../model/import.ts';
import type { Problem } from './problem.ts';
import { firstOf } from './record-reading.ts';

// Everything but tab and line ends: none has a place in a name, and the export parts its fields by two of them.
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
export const controls = new RegExp(control, 'g');

const widths: Record<string, number> = { ...customerWidths, ...addressWidths };

/** What the database could not keep: a value too long for its column, or one with a control character. */
export function unfit(record: ImportRow): Problem | undefined {
  const { row, tags, metadata, addresses } = record;
  const longTag = tags?.find(
    (tag) => tag.length > customerWidths.tag && [...tag].length > customerWidths.tag,
  );
  if (longTag) {
    const length = [...longTag].length;
    return { row, code: 'too_long', field: 'tags', value: longTag, length, limit: customerWidths.tag };
  }
  return (
    unfitText(row, record) ??
    (tags && unfitText(row, { tags: tags.join(' ') })) ??
    (addresses && firstOf(addresses, (address) => unfitText(row, address))) ??
    (metadata && unfitText(row, metadata, 'metadata '))
  );
}

function unfitText(row: number, texts: object, prefix = ''): Problem | undefined {
  // Not by Object.entries: it makes a list of lists for every record.
  for (const name in texts) {
    const value = (texts as Record<string, unknown>)[name];
    if (typeof value !== 'string') continue;
    const limit = prefix ? undefined : widths[name];
    const field = prefix + name;
    if (limit !== undefined && value.length > limit) {
      const length = [...value].length;
      if (length > limit) return { row, code: 'too_long', field, value, length, limit };
    }
    if (control.test(value)) {
      const repair = value.replace(controls, '');
      return { row, code: 'control_character', field, value, repair };
    }
  }
  return undefined;
}
