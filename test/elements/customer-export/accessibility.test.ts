import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter, sampleCustomers } from '../../../src/adapters/memory/index.ts';
import { ExportHarness } from './harness.ts';

const shop = createMemoryAdapter({ ...sampleCustomers(20), access: { role: 'editor' } });

/** So many parts of one customer; the last never comes. */
function inChunks(chunks: number, answer: (step: number) => Promise<string>): CustomerAdapter {
  return {
    ...shop,
    startOperation: async (request, options) => ({
      ...(await shop.startOperation(request, options)),
      asked: chunks,
      steps: { total: chunks, done: [] },
    }),
    exportChunk: ({ step }) => answer(step),
  };
}

describe('<customer-export>: for everybody', () => {
  let harness: ExportHarness;
  const open = async (...given: Parameters<typeof ExportHarness.create>) =>
    (harness = await ExportHarness.create(...given));

  beforeEach(() => localStorage.clear());
  afterEach(async () => {
    harness.end();
    await setViewport({ width: 800, height: 600 });
  });

  it('is accessible in each of its states', async () => {
    await open(shop, { customers: { ids: ['a'] }, filters: { status: ['active'] } });
    await harness.press('[data-action=all]');
    await expect(harness.element).to.be.accessible();
    harness.end();
    await open(
      inChunks(3, (step) => (step < 1 ? Promise.resolve('a\u001e') : new Promise<string>(() => undefined))),
      { fields: ['email'] },
    );
    await harness.press('.start');
    await harness.reads('1 of 3 customers');
    await expect(harness.element).to.be.accessible();
    harness.end();
    await open(
      inChunks(3, () => Promise.reject(new AdapterError('forbidden', 'No.'))),
      { fields: ['email'] },
    );
    await harness.press('.start');
    await harness.sees('[data-action=go-on]');
    await expect(harness.element).to.be.accessible();
    harness.end();
    await open(shop);
    await harness.export();
    await expect(harness.element).to.be.accessible();
  });

  it('is done by the keyboard from opening to closing, and gives the focus back', async () => {
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    await open(shop, { presentation: 'dialog' });
    harness.element.open = true;
    await harness.sees('.start');
    for (let presses = 0; presses < 80 && !harness.root.activeElement?.matches('.start'); presses++)
      await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await harness.sees('.outcome');
    expect(harness.root.activeElement?.textContent).to.equal('The file is ready');
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !harness.element.open, 'it stays open');
    await harness.element.updateComplete;
    expect(document.activeElement).to.equal(button);
    button.remove();
  });

  it('asks its host before it closes', async () => {
    await open(shop, { presentation: 'dialog', open: true });
    harness.element.addEventListener('export-close', (event) => event.preventDefault());
    await harness.press('.close');
    expect(harness.element.open).to.equal(true);
  });

  it('fits a phone', async () => {
    await setViewport({ width: 360, height: 740 });
    await open(shop, { presentation: 'dialog', open: true }, { width: '100%' });
    const body = harness.find('.body');
    expect(body.scrollWidth).to.be.at.most(body.clientWidth);
    const { right, bottom } = harness.find('.start').getBoundingClientRect();
    expect(right).to.be.at.most(360);
    expect(bottom).to.be.at.most(740);
  });

  it('is written from right to left in Arabic, and in German', async () => {
    await open(shop, {}, { lang: 'ar' });
    await harness.reads('تصدير العملاء');
    expect(harness.find('.content').getAttribute('dir')).to.equal('rtl');
    const handle = harness.find('[data-column=email] .handle').getBoundingClientRect();
    const remove = harness.find('[data-remove=email]').getBoundingClientRect();
    expect(handle.left).to.be.above(remove.left);
    await expect(harness.element).to.be.accessible();
    harness.end();
    await open(shop, {}, { lang: 'de' });
    await harness.reads('20 Kunden exportieren');
  });
});
