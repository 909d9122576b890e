import type { ImportRow } from '../model/import.ts';
import type { Problem, ProblemCode } from './problem.ts';

/** What is known of one record while it is read. */
export class RecordReading {
  readonly record: ImportRow;
  readonly warnings: Problem[] = [];
  readonly metadata: Record<string, string> = {};

  constructor(row: number, email: string) {
    this.record = { row, email };
  }

  readonly warn = (code: ProblemCode, field?: string, value?: string, repair?: string): void => {
    this.warnings.push({
      row: this.record.row,
      code,
      ...(field ? { field } : {}),
      ...(value === undefined ? {} : { value }),
      ...(repair === undefined ? {} : { repair }),
    });
  };

  keep(name: string, value: string): void {
    if (Object.hasOwn(this.metadata, name)) return;
    Object.defineProperty(this.metadata, name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    this.record.metadata = this.metadata;
  }
}

/** The first result that is one. */
export function firstOf<Value, Result>(
  values: readonly Value[],
  read: (value: Value) => Result | undefined,
): Result | undefined {
  for (const value of values) {
    const result = read(value);
    if (result !== undefined) return result;
  }
  return undefined;
}
