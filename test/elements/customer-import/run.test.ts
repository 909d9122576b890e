import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { CustomerAdapter, StepOperationRequest } from '../../../src/adapter/adapter.ts';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import type { Receipt } from '../../../src/model/receipt.ts';
import { csv, gate, ImportHarness } from './harness.ts';

const many = (count: number): string =>
  `email,first name\n${Array.from({ length: count }, (_, index) => `p${index}@example.com,P${index}`).join('\n')}`;

/** A shop whose steps are answered one by one, as the test lets go of them. */
function slowShop() {
  const waiting: (() => void)[] = [];
  const sent: StepOperationRequest[] = [];
  const adapter = createMemoryAdapter({
    delay: (method, request) => {
      if (method !== 'stepOperation') return 0;
      sent.push(request as StepOperationRequest);
      return new Promise<void>((resolve) => waiting.push(resolve));
    },
  });
  const answerOne = async (): Promise<void> => {
    await waitUntil(() => waiting.length > 0);
    waiting.shift()?.();
  };
  return { adapter, sent, answerOne };
}

describe('an import while it runs', () => {
  it('shows rows, rate and what is left, and can be paused and resumed by keyboard', async () => {
    const { adapter, sent, answerOne } = slowShop();
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(many(4000)));
    await harness.start();
    await waitUntil(() => sent.length === 2);
    expect(harness.find('progress').getAttribute('aria-label')).to.equal('Importing');
    await answerOne();
    await waitUntil(() => sent.length === 3);
    expect(harness.textOf('.progress-line')).to.match(
      /^1,000 of 4,000 rows [\d,]+ rows a second · \d+ (second|minute)s? left$/,
    );
    harness.button('Pause').focus();
    await sendKeys({ press: 'Enter' });
    await harness.element.updateComplete;
    expect(harness.textOf('h3')).to.equal('Import paused');
    expect(harness.focused?.textContent?.trim()).to.equal('Resume');
    await expect(harness.element).to.be.accessible();
    await answerOne();
    await answerOne();
    await waitUntil(() => harness.textOf('.progress-line').startsWith('3,000 of 4,000'));
    expect(sent).to.have.length(3);
    const finished = oneEvent(harness.element, 'import-finished');
    await sendKeys({ press: 'Enter' });
    await answerOne();
    const { receipt } = ((await finished) as CustomEvent<{ receipt: Receipt }>).detail;
    expect(receipt).to.include({ status: 'finished', created: 4000 });
    expect(sent.map(({ step }) => step)).to.deep.equal([0, 1, 2, 3]);
  });

  it('offers to take back what was written before it was cancelled', async () => {
    const { adapter, sent, answerOne } = slowShop();
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(many(4000)));
    await harness.start();
    await waitUntil(() => sent.length === 2);
    harness.button('Cancel').click();
    await answerOne();
    await answerOne();
    await harness.finished();
    expect(harness.text).to.contain('Import stopped').and.to.contain('2,000 rows were not imported any more');
    expect(harness.button('Undo import').disabled).to.equal(false);
  });

  it('says that the session has ended and goes on once somebody has signed in', async () => {
    let signedIn = false;
    const adapter = createMemoryAdapter({
      fail: (method) =>
        method === 'stepOperation' && !signedIn ? new AdapterError('unauthenticated', 'no') : undefined,
    });
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(many(10)));
    await harness.start();
    await harness.sees('.running [role=alert]');
    expect(harness.textOf('[role=alert]')).to.contain('Sign in again');
    expect(harness.element.running).to.equal(true);
    signedIn = true;
    harness.button('Go on').click();
    await harness.finished();
    expect(harness.numbers.Added).to.equal('10');
  });

  it('goes back to the decisions where it was refused from the start', async () => {
    let refuses = true;
    const adapter = createMemoryAdapter({
      fail: (method) =>
        method === 'startOperation' && refuses ? new AdapterError('invalid', 'no such group') : undefined,
    });
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(many(10)));
    await harness.start();
    await harness.sees('.running [role=alert]');
    harness.button('Stop here').click();
    await harness.sees('[data-step=decide]');
    expect(harness.focused?.matches('h3')).to.equal(true);
    expect(harness.element.running).to.equal(false);
    refuses = false;
    await harness.start();
    await harness.finished();
    expect(harness.numbers.Added).to.equal('10');
  });

  it('waits by itself while the connection is gone, and says so', async () => {
    let isGone = true;
    const adapter = createMemoryAdapter({
      fail: (method) =>
        method === 'stepOperation' && isGone ? new AdapterError('unavailable', 'no') : undefined,
    });
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(many(10)));
    await harness.start();
    await waitUntil(() => harness.text.includes('Trying again by itself'));
    await expect(harness.element).to.be.accessible();
    isGone = false;
    await harness.finished();
    expect(harness.numbers.Added).to.equal('10');
  });

  it('shows the receipt where an admin or another tab has ended it meanwhile', async () => {
    const held = gate();
    let id = '';
    const memory = createMemoryAdapter({
      delay: (method) => (method === 'stepOperation' ? held.held : 0),
    });
    const adapter: CustomerAdapter = {
      ...memory,
      startOperation: (request, options) => {
        ({ id } = request);
        return memory.startOperation(request, options);
      },
    };
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(many(3000)));
    await harness.start();
    await waitUntil(() => id !== '');
    await memory.finishOperation({ id, cancelled: true });
    held.open();
    await harness.finished();
    expect(harness.text).to.contain('Import stopped');
    expect(harness.numbers.Added).to.equal('0');
  });

  it('sends no request of more than a megabyte, the same ones every time', async () => {
    const note = 'x'.repeat(3000);
    const text = `email,note\n${Array.from({ length: 900 }, (_, index) => `p${index}@example.com,${note}`).join('\n')}\nbroken,${note}\n`;
    const steps = async (): Promise<string[]> => {
      const sent: StepOperationRequest[] = [];
      const adapter = createMemoryAdapter({
        delay: (method, request) => {
          if (method === 'stepOperation') sent.push(request as StepOperationRequest);
          return 0;
        },
      });
      const harness = await ImportHarness.create(adapter);
      await harness.choose(csv(text));
      await harness.start();
      await harness.finished();
      expect(harness.numbers).to.include({ Added: '900', Failed: '1' });
      return sent
        .sort((a, b) => a.step - b.step)
        .map(({ step, rows, rejected }) => JSON.stringify({ step, rows, rejected }));
    };
    const first = await steps();
    expect(first.length).to.equal(3);
    for (const request of first) expect(request.length).to.be.below(1_050_000);
    expect(await steps()).to.deep.equal(first);
  });
});
