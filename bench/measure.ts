import { performance } from 'node:perf_hooks';

/** Milliseconds. */
export interface Timing {
  p50: number;
  p95: number;
}

/** Runs something a few times unmeasured, then `rounds` times, one after the other. */
export async function measure(run: () => Promise<unknown>, rounds = 31, warmUp = 3): Promise<Timing> {
  for (let round = 0; round < warmUp; round++) await run();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return timing(times);
}

export function timing(times: readonly number[]): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p95: at(0.95) };
}
