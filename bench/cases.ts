import { cpus } from 'node:os';
import { measure, type Timing } from './measure.ts';

export interface Case {
  name: string;
  /** At most so many times the floor, or so many milliseconds. */
  budget: { ratio: number } | { ms: number };
  run: () => Promise<unknown>;
  /** The usual way to the same rows. */
  usual?: () => Promise<unknown>;
}

interface Measured extends Timing {
  of: Case;
  usual: Timing | undefined;
}

export interface MeasuredCases {
  /** The floor, in quiet loops of its own. */
  before: Timing;
  after: Timing;
  cases: Measured[];
}

export async function measureCases(floor: () => Promise<unknown>, cases: Case[]): Promise<MeasuredCases> {
  const before = await measure(floor, 301, 50);
  const measured: Measured[] = [];
  for (const one of cases) {
    // The worst ones take long enough to be told apart in fewer rounds.
    const { p50 } = await measure(one.run, 3);
    const own = await measure(one.run, p50 > 50 ? 9 : 41);
    measured.push({ of: one, ...own, usual: one.usual && (await measure(one.usual, 3, 0)) });
  }
  return { before, after: await measure(floor, 301, 50), cases: measured };
}

/** Answers how many missed their budget. */
export function printCases(title: string, { before, after, cases }: MeasuredCases): number {
  const floor = Math.min(before.p50, after.p50);
  const missed = ({ p50, of: { budget } }: Measured) =>
    'ratio' in budget ? p50 / floor > budget.ratio : p50 > budget.ms;

  console.log(`
${title}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}
Floor, one constant through the same API: before ${before.p50.toFixed(2)} (p95 ${before.p95.toFixed(2)}), \
after ${after.p50.toFixed(2)} (p95 ${after.p95.toFixed(2)}) ms

${'p50 ms'.padStart(8)}${'p95'.padStart(8)}${'ratio'.padStart(8)}  ${'budget'.padEnd(10)}${'usual ms'.padStart(9)}`);
  for (const one of cases) {
    const { budget, name } = one.of;
    const allowed = 'ratio' in budget ? `${budget.ratio} ×` : `${budget.ms} ms`;
    console.log(
      milliseconds(one.p50) +
        milliseconds(one.p95) +
        (one.p50 / floor).toFixed(1).padStart(8) +
        `  ${(missed(one) ? '✗ ' : '✓ ') + allowed}`.padEnd(12) +
        (one.usual ? milliseconds(one.usual.p50) : '').padStart(9) +
        `  ${name}`,
    );
  }
  return cases.filter(missed).length;
}

export const milliseconds = (time: number): string => time.toFixed(time < 10 ? 2 : 0).padStart(8);
