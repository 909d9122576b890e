import { expect, waitUntil } from '@open-wc/testing';
import { personCsv, personJson } from '../../../src/export/person-files.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import {
  expectNothingAlien,
  expectNothingRun,
  expectTexts,
  partsOfMarkup,
  strings,
} from '../hostile-text.ts';
import { DetailHarness } from './harness.ts';
import { zoesHistory } from './history.ts';
import { theShop } from './shop.ts';

describe('customer-detail: hostile text', () => {
  it('is shown as the text it is, everywhere, and nothing of it is run', async function () {
    this.timeout(60_000);
    await expectNothingRun(async () => {
      for (const part of partsOfMarkup) {
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
        expectTexts(root, part);
        await detail.openTab('notes');
        expectNothingAlien(root);
        detail.element.remove();
      }
    });
  });

  it('is shown as the text it is in the timeline', async function () {
    this.timeout(60_000);
    await expectNothingRun(async () => {
      for (const part of partsOfMarkup) {
        const shop = theShop();
        const { changes, origins } = zoesHistory();
        const [note] = shop.notes;
        const [first = '', second = ''] = part;
        const origin = { operation: 'update', kind: 'update', by: first, fileName: null };
        const fields = Object.fromEntries(part.map((text, at) => [`${at} ${text}`, text]));
        origins.set('zoe', { ...origin, kind: 'import', fileName: second });
        shop.notes.splice(0, Infinity, { ...note!, content: first, user_name: second });
        for (const change of changes) {
          change.origin = { ...change.origin, by: second };
          if (change.subject === 'group') change.after = { name: first };
          if (change.subject === 'email') change.after = { subject: first };
          if (change.subject === 'note') change.before = { content: second, pinned: false };
          if (change.subject === 'address') change.after = { city: first };
          if (change.after.tags) change.after = { tags: part };
          if (change.after.metadata) change.after = { metadata: fields };
        }
        const detail = await DetailHarness.create({ shop, options: { orders: [], changes, origins } });
        await detail.openTab('timeline');
        await waitUntil(() => detail.has('.days:not(.old)'), 'the timeline did not come');
        const root = detail.element.shadowRoot!;
        for (const more of detail.all('.entry button')) more.click();
        await detail.element.updateComplete;
        expectTexts(root, part);
        expectNothingAlien(root);
        detail.element.remove();
      }
    });
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
