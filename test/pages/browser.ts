import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromeArguments, findBrowser } from '../../scripts/test/browser.ts';

export async function startBrowser(): Promise<Browser> {
  return puppeteer.launch({ executablePath: await findBrowser(), args: chromeArguments });
}

export interface Visit {
  page: Page;
  /** What the console said, what failed to load, what went to another machine: nothing, on a good page. */
  complaints: string[];
}

export async function visit(browser: Browser, url: string): Promise<Visit> {
  const page = await browser.newPage();
  await page.setViewport({ width: 1440, height: 900 });
  const complaints: string[] = [];
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

/** A path through shadow roots, `customers-view / customer-table / .name`: the texts of what it leads to, once there. */
export async function textsAt(page: Page, path: string): Promise<string[]> {
  const texts = await page.waitForFunction(
    (steps: string[]) => {
      let found: Element[] = [...document.querySelectorAll(steps[0] ?? '')];
      for (const step of steps.slice(1)) {
        found = found.flatMap((element) => [...(element.shadowRoot?.querySelectorAll(step) ?? [])]);
      }
      const read = found.map((element) => element.textContent?.trim() ?? '');
      return read.some(Boolean) && read;
    },
    { timeout: 60_000, polling: 100 },
    path.split(' / '),
  );
  return (await texts.jsonValue()) || [];
}
