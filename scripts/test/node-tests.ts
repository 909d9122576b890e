import { run } from 'node:test';
import { spec } from 'node:test/reporters';

export interface Outcome {
  passed: number;
  failed: number;
}

/** Runs files by node:test, one after the other, and prints what it prints; `signal` ends what is running. */
export function runNodeTests(files: string[], signal: AbortSignal): Promise<Outcome> {
  const outcome: Outcome = { passed: 0, failed: 0 };
  return new Promise((resolve, reject) => {
    const stream = run({ files, concurrency: 1, timeout: 900_000, signal });
    stream.on('test:pass', ({ details, skip, todo }) => {
      if (details.type !== 'suite' && !skip && !todo) outcome.passed++;
    });
    stream.on('test:fail', ({ details, todo }) => {
      // A suite fails when one of its tests does, which is counted already, or by an error of its own.
      const ownFault = details.type !== 'suite' || failureType(details.error) !== 'subtestsFailed';
      if (ownFault && !todo) outcome.failed++;
    });
    stream.once('error', reject);
    stream.once('end', () => resolve(outcome));
    stream.compose(new spec()).pipe(process.stdout, { end: false });
  });
}

function failureType(error: unknown): unknown {
  return error instanceof Error && 'failureType' in error ? error.failureType : undefined;
}
