import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { freePort } from '../../scripts/backend/processes.ts';
import { startBrowser, textsAt, until, visit } from './browser.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

const names = 'customers-view / customer-table / .name';

interface Demo {
  url: string;
  stop: () => Promise<unknown>;
}

/** The demo as `npm start` runs it, once it is up. */
async function startDemo(...options: string[]): Promise<Demo> {
  const port = await freePort();
  const script = ['--import', 'tsx', 'scripts/start.ts', '--port', String(port), ...options];
  const demo = spawn(process.execPath, script, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(demo, 'exit');
  const stop = async () => {
    demo.kill('SIGTERM');
    await ended;
  };
  let said = '';
  return new Promise((resolve, reject) => {
    demo.stderr.on('data', (data: Buffer) => (said += String(data)));
    demo.stdout.on('data', (data: Buffer) => {
      said += String(data);
      const url = /http:\/\/localhost:\d+\//.exec(said);
      if (url) resolve({ url: url[0], stop });
    });
    demo.on('exit', (code) => reject(new Error(`The demo ended with ${code}:\n${said}`)));
  });
}

for (const [name, options] of [
  ['npm start', []],
  ['npm run start:supabase', ['--supabase', '--customers', '2000']],
] as const) {
  describe(name, () => {
    let demo: Demo;
    let browser: Browser;
    before(async () => {
      demo = await startDemo(...options);
      browser = await startBrowser();
    });
    after(async () => {
      await browser.close();
      await demo.stop();
    });
    const open = (path: string) => visit(browser, demo.url + path);

    it('shows the first 20 of 2,000 customers, and the console stays empty', async () => {
      const { page, complaints } = await open('');
      assert.equal((await textsAt(page, names)).length, 20);
      assert.deepEqual(await textsAt(page, 'customers-view / .count'), ['2,000']);
      assert.equal((await textsAt(page, 'customers-view / customer-stats / button .value'))[0], '2,000');
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('shows them again on a second visit', async () => {
      const { page, complaints } = await open('');
      assert.equal((await textsAt(page, names)).length, 20);
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('follows the theme, the language and the role that are chosen', async () => {
      const { page, complaints } = await open('?theme=dark&language=ar&role=viewer');
      assert.equal((await textsAt(page, names)).length, 20);
      // The rows may be there before the language is.
      const title = async () => (await textsAt(page, 'customers-view / h2'))[0];
      await until(
        async () => (await title()) === 'العملاء',
        () => 'the title in Arabic',
      );
      const used = await page.evaluate(() => ({
        direction: document.documentElement.dir,
        ground: getComputedStyle(document.body).backgroundColor,
      }));
      assert.deepEqual(used, { direction: 'rtl', ground: 'rgb(22, 24, 28)' });
      assert.deepEqual(complaints, []);
      await page.close();
    });

    it('shows a table on a page with nothing but a script, a provider and a table', async () => {
      const { page, complaints } = await open('embed.html');
      assert.equal((await textsAt(page, 'customer-table / .name')).length, 20);
      const body = await page.evaluate(() =>
        [...document.body.querySelectorAll('*')].map((element) => element.localName),
      );
      assert.deepEqual(
        body.filter((tag) => tag !== 'script'),
        ['customer-provider', 'customer-table'],
      );
      assert.deepEqual(complaints, []);
      await page.close();
    });
  });
}
