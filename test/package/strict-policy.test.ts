import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { createSite, useBackend } from '../backend.ts';
import { startBrowser, textsAt, until, visit } from '../pages/browser.ts';
import { buildPackage, project } from './built-package.ts';

const backend = await useBackend();

describe('the script-tag file under default-src self', () => {
  let server: Server;
  let browser: Browser;
  let siteId: string;

  before(
    async () => {
      await buildPackage();
      siteId = await createSite(backend.dbUrl);
      server = createServer((request, response) => {
        void answer(request.url ?? '/').then(({ type, body }) => {
          response.setHeader('Content-Type', type);
          response.setHeader(
            'Content-Security-Policy',
            `default-src 'self'; connect-src ${backend.url}; img-src 'self' https:`,
          );
          response.end(body);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      browser = await startBrowser();
    },
    { timeout: 600_000 },
  );
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });

  async function answer(path: string): Promise<{ type: string; body: string | Buffer }> {
    if (path === '/icon.svg')
      return { type: 'image/svg+xml', body: await readFile(`${project}demo/icon.svg`) };
    if (path === '/page.js') {
      const token = JSON.stringify(backend.tokens.editor);
      return {
        type: 'text/javascript',
        body: `document.querySelector('customer-provider').getAccessToken = () => ${token};`,
      };
    }
    if (path.endsWith('.js'))
      return { type: 'text/javascript', body: await readFile(`${project}dist${path}`) };
    return { type: 'text/html', body: page(new URL(path, 'http://page').searchParams.get('site') ?? '') };
  }

  const page = (site: string): string => `<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <title>Customers</title>
        <link rel="icon" href="/icon.svg">
        <script type="module" src="/customer-elements.js"></script>
        <script type="module" src="/page.js"></script>
      </head>
      <body>
        <customer-provider supabase-url="${backend.url}" supabase-key="${backend.anonKey}" site-id="${site}">
          <customers-view></customers-view>
        </customer-provider>
      </body>
    </html>`;

  const open = async (site: string) => {
    const { port } = server.address() as AddressInfo;
    return visit(browser, `http://127.0.0.1:${port}/?site=${site}`);
  };

  /** The icons that are drawn: what a policy blocks has no size, or no stroke. */
  const iconsDrawn = (shown: Page): Promise<number> =>
    shown.evaluate(() => {
      const roots = [document.querySelector('customers-view')?.shadowRoot];
      const table = roots[0]?.querySelector('customer-table')?.shadowRoot;
      const icons = [...roots, table].flatMap((root) => [...(root?.querySelectorAll('svg') ?? [])]);
      const drawn = icons.filter((icon) => {
        const { width, height } = icon.getBoundingClientRect();
        return width > 0 && height > 0 && getComputedStyle(icon).stroke !== 'none';
      });
      return drawn.length;
    });

  it('shows the customers of a shop, styled and with its icons', { timeout: 120_000 }, async () => {
    const { page: shown, complaints } = await open(backend.siteId);
    const names = await textsAt(shown, 'customers-view / customer-table / .name');
    assert.equal(names.length, 20);
    assert.deepEqual(await textsAt(shown, 'customers-view / .count'), ['2,000']);
    assert.ok((await iconsDrawn(shown)) >= 4);
    const weight = await shown.evaluate(() => {
      const title = document.querySelector('customers-view')?.shadowRoot?.querySelector('h2');
      return title && getComputedStyle(title).fontWeight;
    });
    assert.equal(weight, '600');
    assert.deepEqual(complaints, []);
    await shown.close();
  });

  it('brings in a file, read by its worker', { timeout: 120_000 }, async () => {
    const { page: shown, complaints } = await open(siteId);
    await textsAt(shown, 'customers-view / button');
    await shown.evaluate(() => {
      const buttons = document
        .querySelector('customers-view')
        ?.shadowRoot?.querySelectorAll<HTMLElement>('.head button');
      [...(buttons ?? [])].find(({ textContent }) => textContent?.trim() === 'Import')?.click();
    });
    await textsAt(shown, 'customers-view / customer-import / button');
    await shown.evaluate(async () => {
      const importing = document
        .querySelector('customers-view')
        ?.shadowRoot?.querySelector('customer-import');
      const csv = 'email,first_name,last_name\nzoe@example.com,Zoë,Martin\n';
      await importing?.readFile(new File([csv], 'customers.csv', { type: 'text/csv' }));
    });
    const start = () =>
      shown.evaluate(() => {
        const root = document
          .querySelector('customers-view')
          ?.shadowRoot?.querySelector('customer-import')?.shadowRoot;
        // From step to step, until the last button has started it.
        root?.querySelector<HTMLElement>('[data-action=next]:enabled')?.click();
        return root?.querySelector('[data-step=run], [data-step=report]') != null;
      });
    await until(start, () => 'the import to begin');
    assert.deepEqual(await textsAt(shown, 'customers-view / customer-table / .name'), ['Zoë Martin']);
    assert.deepEqual(complaints, []);
    await shown.close();
  });
});
