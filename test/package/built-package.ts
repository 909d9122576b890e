import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const run = promisify(execFile);
export const project = fileURLToPath(new URL('../../', import.meta.url));

/** Builds dist/ where it is missing or older than what it is made from. */
export async function buildPackage(): Promise<void> {
  const built = await changedAt('dist/customer-elements.js').catch(() => 0);
  const sources = await Promise.all(
    ['src', 'scripts/build.ts', 'package.json', 'tsconfig.build.json'].map(newestIn),
  );
  if (Math.max(...sources) <= built) return;
  await run(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: project });
}

const changedAt = async (path: string): Promise<number> => (await stat(project + path)).mtimeMs;

async function newestIn(path: string): Promise<number> {
  const names = await readdir(project + path, { recursive: true }).catch(() => []);
  const times = await Promise.all([path, ...names.map((name) => `${path}/${name}`)].map(changedAt));
  return Math.max(...times);
}
