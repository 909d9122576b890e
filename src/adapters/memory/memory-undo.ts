import type { Origin } from '../../model/detail.ts';
import type { Undone } from './memory-operations.ts';
import { change, type MemoryRecords } from './memory-records.ts';

type Fields = Record<string, unknown>;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * What a row has to get back so that `after` becomes `before` again, and which fields say something else by now. Tags
 * and metadata are taken back one by one: what others put beside them stays.
 */
export function fieldsUndone(
  current: Fields,
  before: Fields,
  after: Fields,
): { fields: Fields; edited: string[] } {
  const fields: Fields = {};
  const edited: string[] = [];
  for (const [name, became] of Object.entries(after)) {
    const was = before[name];
    if (same(current[name], became)) {
      fields[name] = was;
    } else if (name === 'tags') {
      fields[name] = tagsUndone(current[name] as string[], was as string[], became as string[]);
    } else if (name === 'metadata') {
      const undone = fieldsUndone(
        current[name] as Fields,
        was as Fields,
        differing(was as Fields, became as Fields),
      );
      fields[name] = Object.fromEntries(
        Object.entries({ ...(current[name] as Fields), ...undone.fields }).filter(
          ([, value]) => value !== undefined,
        ),
      );
      if (undone.edited.length) edited.push(name);
    } else {
      edited.push(name);
    }
  }
  return { fields, edited };
}

function tagsUndone(current: string[], was: string[], became: string[]): string[] {
  const kept = current.filter((tag) => was.includes(tag) || !became.includes(tag));
  return [...new Set([...kept, ...was.filter((tag) => !became.includes(tag))])];
}

const differing = (was: Fields, became: Fields): Fields =>
  Object.fromEntries(
    Object.keys({ ...was, ...became })
      .filter((key) => !same(was[key], became[key]))
      .map((key) => [key, became[key]]),
  );

/** Gives a customer the fields back that an operation changed, unless somebody has changed them since. */
export function undoFields(
  records: MemoryRecords,
  id: string,
  before: Fields,
  after: Fields,
  origin: Origin,
): Undone {
  const customer = records.customers.find((one) => one.id === id);
  if (!customer) return { id, code: 'deleted', message: 'This customer was deleted since.' };
  const { fields, edited } = fieldsUndone({ metadata: {}, ...customer }, before, after);
  if (edited[0]) return wasEdited(id, edited[0]);
  const { email } = fields;
  if (records.customers.some((one) => one.id !== id && one.email === email)) {
    return { id, field: 'email', code: 'exists', message: 'Another customer has this e-mail by now.' };
  }
  const changed = change(customer, fields);
  if (!changed) return 'unchanged';
  records.changes.push({ ...changed, origin });
  return 'changed';
}

export const wasEdited = (id: string, field?: string): Undone => ({
  id,
  code: 'edited',
  message: 'This was changed since.',
  ...(field === undefined ? {} : { field }),
});
