/** Whether any text of a JSON value contains one of the marks, which are in lower case. */
export function hasMark(value: unknown, marks: readonly string[]): boolean {
  if (typeof value === 'string') return marks.some((mark) => value.toLowerCase().includes(mark));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, one]) => hasMark(key, marks) || hasMark(one, marks));
}

/** The same value with each such text replaced. */
export function withoutMarks<T>(value: T, marks: readonly string[]): T {
  const replaced = (one: unknown): unknown => {
    if (typeof one === 'string') return hasMark(one, marks) ? '(erased)' : one;
    if (Array.isArray(one)) return one.map(replaced);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, replaced(inner)]));
  };
  return replaced(value) as T;
}
