import { after } from 'node:test';
import { startBackend, type Backend } from '../scripts/backend/start.ts';

export { createSite } from '../scripts/backend/sites.ts';
export { signToken } from '../scripts/backend/tokens.ts';

/** All of a backend that a test can share with others. */
export type SharedBackend = Omit<Backend, 'stop' | 'processes'>;

/**
 * A migrated and seeded Postgres behind PostgREST. Under `npm test` all files share one, so a test that writes does it
 * in a site of its own (`createSite`); a file that is run alone starts its own.
 */
export async function useBackend(): Promise<SharedBackend> {
  const shared = process.env.CUSTOMER_ELEMENTS_TEST_BACKEND;
  if (shared) {
    const answer = await fetch(shared);
    if (!answer.ok) throw new Error(await answer.text());
    return (await answer.json()) as SharedBackend;
  }
  const backend = await startBackend({ fresh: true });
  after(() => backend.stop());
  return backend;
}
