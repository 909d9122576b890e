import { setTimeout } from 'node:timers/promises';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromeArguments, findBrowser } from '../../scripts/test/browser.ts';

export async function startBrowser(): Promise<Browser> {
  return puppeteer.launch({ executablePath: await findBrowser(), args: chromeArguments });
}

const complaintsOf = new WeakMap<Page, string[]>();

export interface Visit {
  page: Page;
  /** What the console said, what failed to load, what went to another machine: nothing, on a good page. */
  complaints: string[];
}

export async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  const complaints: string[] = [];
  complaintsOf.set(page, complaints);
  page.on('console', (message) => complaints.push(`console.${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${String(error)}`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`HTTP ${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    const isOurs = hostname === 'localhost' || hostname === '127.0.0.1';
    if (protocol.startsWith('http') && !isOurs) complaints.push(`request to ${request.url()}`);
  });
  await page.evaluateOnNewDocument(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violated: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(url);
  return { page, complaints };
}

/** Asks again until the answer is something. By evaluate: waitForFunction needs an eval that a strict policy forbids. */
export async function until<T>(ask: () => Promise<T | false | undefined>, what: () => string): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const answer = await ask();
    if (answer) return answer;
    await setTimeout(100);
  }
  throw new Error(`Waited a minute for ${what()}`);
}

/** A path through shadow roots, `customers-view / customer-table / .name`: the texts of what it leads to, once there. */
export function textsAt(page: Page, path: string): Promise<string[]> {
  const read = () =>
    page.evaluate((steps) => {
      let found: Element[] = [...document.querySelectorAll(steps[0] ?? '')];
      for (const step of steps.slice(1)) {
        found = found.flatMap((element) => [...(element.shadowRoot?.querySelectorAll(step) ?? [])]);
      }
      const texts = found.map((element) => element.textContent?.trim() ?? '');
      return texts.some(Boolean) && texts;
    }, path.split(' / '));
  return until(read, () => `${path}; the page said: ${complaintsOf.get(page)?.join(', ') || 'nothing'}`);
}
