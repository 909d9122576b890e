import type { Operation } from '../model/operations.ts';

/** The numbers of the steps that the backend has not done yet. */
export function* remainingSteps({ steps: { total, done } }: Pick<Operation, 'steps'>): Generator<number> {
  let next = 0;
  for (const [first, last] of done) {
    for (; next < first; next++) yield next;
    next = last + 1;
  }
  for (; next < (total ?? 0); next++) yield next;
}
