import { expect } from '@open-wc/testing';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { DetailHarness, stillness, type Setup } from './harness.ts';

const states: Record<string, Setup> = {
  loading: { options: { delay: () => new Promise(() => undefined) } },
  'shown inline': {},
  'a panel': { attributes: { presentation: 'panel', 'next-id': 'amir' } },
  'a dialog': { attributes: { presentation: 'dialog' } },
  'a guest without anything': { attributes: { 'customer-id': 'amir' } },
  dark: { attributes: { presentation: 'panel', theme: 'dark' } },
  'right to left': { attributes: { locale: 'ar' } },
  failed: { options: { fail: () => new AdapterError('unavailable', 'down') } },
  deleted: { options: { fail: () => new AdapterError('not_found', 'gone', { reason: 'deleted' }) } },
  merged: { options: { fail: () => new AdapterError('not_found', 'gone', { mergedInto: 'amir' }) } },
};

describe('customer-detail: accessibility', () => {
  for (const [name, setup] of Object.entries(states)) {
    it(`has nothing to complain of when ${name}`, async () => {
      const detail = await (name === 'loading' ? DetailHarness.begin(setup) : DetailHarness.create(setup));
      await stillness(detail.element);
      await expect(detail.element).to.be.accessible();
    });
  }

  it('has nothing to complain of in any tab, nor in the table of months', async () => {
    const detail = await DetailHarness.create();
    await detail.press('As a table');
    for (const tab of ['orders', 'notes'] as const) {
      await detail.openTab(tab);
      await expect(detail.element).to.be.accessible();
    }
  });
});
