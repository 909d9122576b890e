import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { freePort } from '../scripts/backend/processes.ts';
import { startBrowser, textsAt, visit } from '../test/pages/browser.ts';
import { timing } from './measure.ts';

const names = 'customers-view / customer-table / .name';
/** Milliseconds from opening the page to its first rows, at a second visit. */
const budget = 3_000;

/** The demo on Postgres inside the page: how long until rows are there, at the first visit and at later ones. */
export async function benchDemo(): Promise<number> {
  const port = await freePort();
  const folder = fileURLToPath(new URL('../', import.meta.url));
  const script = ['--import', 'tsx', 'scripts/start.ts', '--port', String(port)];
  const demo = spawn(process.execPath, script, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve) => {
    demo.stdout.on('data', (data: Buffer) => String(data).includes('Ctrl-C') && resolve());
  });
  const browser = await startBrowser();
  const untilRows = async () => {
    const start = performance.now();
    const { page } = await visit(browser, `http://localhost:${port}/`);
    await textsAt(page, names);
    const time = performance.now() - start;
    // Time to keep what was loaded before the page goes.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await page.close();
    return time;
  };
  try {
    const first = await untilRows();
    const later: number[] = [];
    for (let round = 0; round < 5; round++) later.push(await untilRows());
    const { p50, p95 } = timing(later);
    console.log(`first visit        ${first.toFixed(0)} ms`);
    console.log(
      `later visits       ${p50.toFixed(0)} ms p50, ${p95.toFixed(0)} ms p95 (budget ${budget} ms p50)`,
    );
    return p50 > budget ? 1 : 0;
  } finally {
    await browser.close();
    demo.kill('SIGTERM');
  }
}
