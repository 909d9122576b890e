import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { build } from 'vite';
import type { Backend } from '../../scripts/backend/start.ts';
import { startBrowser } from '../../test/pages/browser.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** What every page is told. */
export interface PageRequest {
  url: string;
  anonKey: string;
  siteId: string;
  token: string;
}

/** What every page answers. */
export interface PageAnswer {
  rows: number;
  seconds: number;
}

/** What a page did, and the megabytes that the browser's pages held at most, in each tenth of the time. */
export type PageRun<Answer> = Answer & { memory: number[] };

/** Runs `bench/browser/<name>.ts`, which puts `bench` on the page, in a headless browser as an editor. */
export async function runPage<Request extends object, Answer extends PageAnswer>(
  backend: Backend,
  name: string,
  asked: Request,
): Promise<PageRun<Answer>> {
  const server = await servePage(name);
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const renderers = await renderersOf(browser);
    const samples: number[] = [];
    const sampling = setInterval(() => {
      void Promise.all(renderers.map(residentMegabytes)).then((sizes) =>
        samples.push(sizes.reduce((sum, size) => sum + size, 0)),
      );
    }, 100);
    const { url, anonKey, siteId, tokens } = backend;
    const request = { url, anonKey, siteId, token: tokens.editor, ...asked };
    const answer = await page
      .evaluate(
        (all) => (globalThis as unknown as { bench: (all: object) => Promise<object> }).bench(all),
        request,
      )
      .finally(() => clearInterval(sampling));
    return { ...(answer as Answer), memory: tenths(samples) };
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

/** The page as a bundler makes it, with its worker. */
async function servePage(name: string) {
  const result = await build({
    configFile: false,
    root: project,
    logLevel: 'error',
    base: './',
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      lib: { entry: `${project}bench/browser/${name}.ts`, formats: ['es'], fileName: 'page' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((part) =>
    'output' in part ? part.output : [],
  );
  const files = new Map(
    outputs.map((output) => [`/${output.fileName}`, output.type === 'chunk' ? output.code : output.source]),
  );
  const entry = outputs.find((output) => output.type === 'chunk' && output.isEntry);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const isPage = path === '/';
    const body = isPage
      ? `<!doctype html><title>bench</title><script type="module" src="./${entry?.fileName}"></script>`
      : files.get(path);
    if (body === undefined) return void response.writeHead(404).end();
    response.setHeader('content-type', `${isPage ? 'text/html' : 'text/javascript'}; charset=utf-8`);
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** All processes that draw pages: that of ours, where its worker runs too, and an idle one or two of the browser's. */
async function renderersOf(browser: Browser): Promise<number[]> {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

/** NaN where the system doesn't say. */
async function residentMegabytes(process: number): Promise<number> {
  const status = await readFile(`/proc/${process}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN) / 1024;
}

function tenths(samples: readonly number[]): number[] {
  const size = Math.max(1, Math.ceil(samples.length / 10));
  return Array.from({ length: Math.ceil(samples.length / size) }, (_, part) =>
    Math.max(...samples.slice(part * size, (part + 1) * size)),
  );
}
