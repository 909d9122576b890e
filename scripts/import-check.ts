// npm run import:check -- [--timeout SECONDS] FILE…: reads files as <customer-import> does, in a headless browser and
// without a backend, and prints one line of JSON for each.
import { once } from 'node:events';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { build } from 'vite';
import { chromeArguments, findBrowser } from './test/browser.ts';

const project = fileURLToPath(new URL('../', import.meta.url));
const usage = 'npm run import:check -- [--timeout SECONDS] FILE…';

interface PageApi {
  start(): Promise<object>;
  records(from: number): Promise<{ members: string[]; next: number | null }>;
}

async function main(words: string[]): Promise<void> {
  const { files, seconds } = readArguments(words);
  const server = await serve(await bundle());
  let browser: Browser | undefined;
  try {
    browser = await puppeteer.launch({
      executablePath: await findBrowser(),
      args: chromeArguments,
      protocolTimeout: (seconds + 60) * 1000,
    });
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    for (const file of files) await check(browser, address, file, seconds);
  } finally {
    await browser?.close();
    server.close();
    server.closeAllConnections();
  }
}

function readArguments(words: string[]): { files: string[]; seconds: number } {
  const files: string[] = [];
  let seconds = 300;
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (word === '--timeout') seconds = Number(words[++index]);
    else if (word !== '--') files.push(word);
  }
  if (files.length === 0 || !(seconds > 0)) throw new Error(usage);
  return { files, seconds };
}

/** Each file has a page of its own, which takes its worker and its memory with it. */
async function check(browser: Browser, address: string, file: string, seconds: number): Promise<void> {
  const name = basename(file);
  const path = resolve(file);
  const refuse = (code: string, message: string): Promise<void> =>
    print(`${JSON.stringify({ file: name, error: { code, message } })}\n`);
  const isThere = await stat(path)
    .then(async (found) => found.isFile() && (await access(path, constants.R_OK), true))
    .catch(() => false);
  if (!isThere) return await refuse('not_found', `There is no file ${file} that can be read.`);
  const page = await browser.newPage();
  let isLineBegun = false;
  try {
    const facts = await within(seconds, async () => {
      await page.goto(address);
      const input = await page.waitForSelector('input[type=file]');
      await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path);
      return JSON.stringify({ file: name, ...(await start(page)) });
    });
    const members: string[] = [];
    for (let from: number | null = 0; from !== null;) {
      const piece = await within(seconds, () => recordsFrom(page, from ?? 0));
      members.push(...piece.members);
      from = piece.next;
      // A long file is not held in memory; a short one is whole before a word of it is said.
      if (members.length < 20_000) continue;
      await print((isLineBegun ? ',' : `${facts.slice(0, -1)},"records":{`) + members.splice(0).join(','));
      isLineBegun = true;
    }
    const end = members.length ? `${isLineBegun ? ',' : ''}${members.join(',')}` : '';
    await print(`${isLineBegun ? '' : `${facts.slice(0, -1)},"records":{`}${end}}}\n`);
  } catch (error) {
    // A line that was begun can only be ended: what is wrong is said in its last member.
    const code = error instanceof TimeoutError ? 'timeout' : 'unreadable';
    const message = error instanceof Error ? error.message : String(error);
    if (!isLineBegun) await refuse(code, message);
    else await print(`},"error":${JSON.stringify({ code, message })}}\n`);
  } finally {
    await Promise.race([page.close(), new Promise((done) => setTimeout(done, 5000))]).catch(() => undefined);
  }
}

function start(page: Page): Promise<object> {
  return page.evaluate(() => (globalThis as unknown as { importCheck: PageApi }).importCheck.start());
}

function recordsFrom(page: Page, from: number): ReturnType<PageApi['records']> {
  return page.evaluate(
    (at) => (globalThis as unknown as { importCheck: PageApi }).importCheck.records(at),
    from,
  );
}

class TimeoutError extends Error {}

async function within<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const end = (): void => reject(new TimeoutError(`No answer within ${seconds} seconds.`));
    timer = setTimeout(end, seconds * 1000);
  });
  return Promise.race([work(), late]).finally(() => clearTimeout(timer));
}

async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** The page's script and the worker's, by their paths. */
async function bundle(): Promise<Map<string, string | Uint8Array>> {
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
      minify: false,
      lib: { entry: resolve(project, 'scripts/import-check/page.ts'), formats: ['es'], fileName: 'page' },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((part) =>
    'output' in part ? part.output : [],
  );
  const files = new Map<string, string | Uint8Array>();
  for (const output of outputs)
    files.set(`/${output.fileName}`, output.type === 'chunk' ? output.code : output.source);
  const entry = outputs.find((output) => output.type === 'chunk' && output.isEntry);
  if (!entry) throw new Error('Bundling the reader gave nothing.');
  files.set(
    '/',
    `<!doctype html><title>import:check</title><input type="file"><script type="module" src="./${entry.fileName}"></script>`,
  );
  return files;
}

const types: Record<string, string> = {
  '': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

async function serve(files: ReadonlyMap<string, string | Uint8Array>): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const body = files.get(path);
    if (body === undefined) return void response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
    response.setHeader(
      'content-type',
      `${types[extname(path)] ?? 'application/octet-stream'}; charset=utf-8`,
    );
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

process.exit(
  await main(process.argv.slice(2)).then(
    () => 0,
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return 1;
    },
  ),
);
