import { readFile } from 'node:fs/promises';
import { runAny } from './processes.ts';

/**
 * Resolves when one of the processes that started us by `npm run` is gone: npm hands a signal to the shell between us,
 * and the shell dies of it without telling anyone. Started otherwise we are on our own, and it never resolves.
 */
export async function whenAbandoned(): Promise<void> {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return never();
  const atFirst = await parents();
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      void parents().then((now) => {
        if (now.every((parent, level) => parent === atFirst[level])) return;
        clearInterval(timer);
        resolve();
      });
    }, 1_000);
    timer.unref();
  });
}

const never = () => new Promise<void>(() => undefined);

/** tsx, the shell and npm, as far as they are there. */
async function parents(): Promise<number[]> {
  const parent = process.ppid;
  const grandparent = await parentOf(parent);
  return [parent, grandparent, await parentOf(grandparent)];
}

async function parentOf(pid: number): Promise<number> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // The name before may hold blanks and brackets.
    return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
  }
  return Number((await runAny('ps', ['-o', 'ppid=', '-p', String(pid)])).stdout);
}
