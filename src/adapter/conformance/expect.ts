import { isAdapterError, type AdapterError, type AdapterErrorCode } from '../errors.ts';

export function expect(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Compares what JSON would carry; the order of an object's keys doesn't matter. */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [canonical(actual), canonical(expected)];
  expect(found === wanted, `${what}: expected ${shorten(wanted)}, got ${shorten(found)}`);
}

export function expectSame(actual: readonly string[], expected: readonly string[], what: string): void {
  expectEqual([...actual].sort(), [...expected].sort(), what);
}

/** The call must reject with an AdapterError of one of the codes, which it answers. */
export async function expectError(
  call: Promise<unknown>,
  codes: AdapterErrorCode | readonly AdapterErrorCode[],
  what: string,
): Promise<AdapterError> {
  const wanted = [codes].flat().join(' or ');
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  expect('error' in outcome, `${what}: expected ${wanted}, but it answered`);
  const { error } = outcome;
  expect(isAdapterError(error), `${what}: expected an AdapterError, got ${String(error)}`);
  expect(
    [codes].flat().includes(error.code),
    `${what}: expected ${wanted}, got ${error.code} (${error.message})`,
  );
  return error;
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'undefined'
  );
}

const shorten = (text: string): string => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
