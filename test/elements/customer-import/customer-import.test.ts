import { aTimeout, expect, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { AdapterError } from '../../../src/adapter/errors.ts';
import type { StepOperationRequest } from '../../../src/adapter/adapter.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';
import type { Receipt } from '../../../src/model/receipt.ts';
import { csv, gate, ImportHarness, shopifyExport } from './harness.ts';

const three =
  'email,first name,note\nann@example.com,Ann,x\nbob@example.com,Bob,\nann@example.com,Again,\nnobody,X,\n';
const many = (count: number): string =>
  `email,first name\n${Array.from({ length: count }, (_, index) => `p${index}@example.com,P${index}`).join('\n')}`;

const show = (options: MemoryAdapterOptions = {}, setup: { width?: string; lang?: string } = {}) =>
  ImportHarness.create(createMemoryAdapter(options), setup);

describe('<customer-import>', () => {
  describe('accessibility', () => {
    it('is kept in every step: pick, unreadable file, columns, check, decide, running, standing still, report', async () => {
      const steps = gate();
      let fails = false;
      const harness = await show({
        delay: (method) => (method === 'stepOperation' ? steps.held : 0),
        fail: (method) =>
          fails && method === 'stepOperation' ? new AdapterError('forbidden', 'no') : undefined,
      });
      await expect(harness.element).to.be.accessible();
      await harness.choose(csv('%PDF'));
      await expect(harness.element).to.be.accessible();
      await harness.choose(await shopifyExport());
      await expect(harness.element).to.be.accessible();
      await harness.goTo('check');
      await harness.sees('.grid-row[data-index]');
      await expect(harness.element).to.be.accessible();
      await harness.goTo('decide');
      await expect(harness.element).to.be.accessible();
      await harness.start();
      await harness.sees('progress');
      await expect(harness.element).to.be.accessible();
      fails = true;
      steps.open();
      await harness.sees('[role=alert]');
      await expect(harness.element).to.be.accessible();
      fails = false;
      harness.button('Go on').click();
      await harness.finished();
      await expect(harness.element).to.be.accessible();
    });

    it('moves the focus to each step and never loses it', async () => {
      const harness = await show();
      harness.button('Choose a file').focus();
      await harness.choose(csv(three));
      expect(harness.focused?.textContent).to.equal('What the columns become');
      await harness.goTo('check');
      expect(harness.focused?.textContent).to.equal('Check');
      await harness.goTo('decide');
      expect(harness.focused?.textContent).to.equal('What should happen');
      await harness.start();
      await harness.finished();
      expect(harness.focused?.textContent?.trim()).to.equal('Import finished');
      harness.button('Import another file').click();
      await harness.sees('.drop');
      expect(harness.focused?.textContent?.trim()).to.equal('Drop a file here, or paste rows');
    });

    it('works by keyboard from the file to the receipt', async () => {
      const harness = await show();
      await harness.choose(csv(three));
      for (const step of ['map', 'check', 'decide']) {
        expect(harness.step).to.equal(step);
        await harness.sees('[data-action=next]:enabled');
        for (let presses = 0; presses < 40 && !harness.focused?.matches('.footer .primary'); presses++)
          await sendKeys({ press: 'Tab' });
        if (step === 'decide') expect(harness.focused?.textContent?.trim()).to.equal('Import 2 customers');
        await sendKeys({ press: 'Enter' });
        await harness.element.updateComplete;
      }
      await harness.finished();
      expect(harness.numbers.Added).to.equal('2');
    });
  });

  it('shows the way, and leads back to where one has been', async () => {
    const harness = await show();
    const path = (): string[] =>
      harness.all('.path li').map((item) => {
        const way = item.querySelector('button') ? ' (button)' : '';
        return `${item.textContent?.trim()}${item.ariaCurrent === 'step' ? ' (now)' : way}`;
      });
    expect(path()).to.deep.equal(['File (now)', 'Columns', 'Check', 'Decide', 'Import', 'Report']);
    await harness.chooseUntil('check', csv(three));
    expect(path().slice(0, 4)).to.deep.equal(['File (button)', 'Columns (button)', 'Check (now)', 'Decide']);
    expect(harness.find('[role=status]').textContent).to.equal('Step 3 of 6: Check');
    harness.button('Columns').click();
    await harness.element.updateComplete;
    expect(harness.step).to.equal('map');
    expect(harness.focused?.matches('h3')).to.equal(true);
    expect(path()[2]).to.equal('Check (button)');
    await harness.start();
    await harness.finished();
    expect(harness.all('.path button')).to.have.length(0);
  });

  it('says how many rows there are of each kind', async () => {
    const harness = await show();
    await harness.chooseUntil('check', await shopifyExport());
    const kinds = harness.all('.kind').map((kind) => kind.innerText.replace(/\s+/g, ' ').trim());
    expect(kinds).to.deep.equal([
      'Invalid e-mail 3',
      'No e-mail 2',
      'Repeated e-mail 2',
      'Ready 40',
      'All rows 47',
    ]);
    expect(harness.find('.footer p').textContent?.trim()).to.equal(
      '40 of 47 rows will be imported. 7 are left out.',
    );
    await harness.goTo('decide');
    await harness.sees('[data-action=next]:enabled');
    expect(harness.find('.footer p').textContent?.replace(/\s+/g, ' ').trim()).to.equal(
      'Import 40 customers: 40 new, 0 changed. 7 rows are left out.',
    );
  });

  it('writes nothing before it is told to, and then says what it did', async () => {
    const adapter = createMemoryAdapter();
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(three));
    expect((await adapter.countCustomers({ filters: {} })).value).to.equal(0);
    const events: string[] = [];
    for (const name of ['import-start', 'import-finished', 'customers-changed'])
      harness.element.addEventListener(name, () => events.push(name));
    const finished = oneEvent(harness.element, 'import-finished');
    await harness.start();
    const { receipt } = ((await finished) as CustomEvent<{ receipt: Receipt }>).detail;
    await harness.finished();
    expect(receipt).to.include({ asked: 4, created: 2, skipped: 1, failed: 1 });
    expect(events).to.deep.equal(['import-start', 'import-finished', 'customers-changed']);
    expect((await adapter.countCustomers({ filters: {} })).value).to.equal(2);
  });

  it('stays where it is when the host prevents the start', async () => {
    const adapter = createMemoryAdapter();
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(three));
    harness.element.addEventListener('import-start', (event) => event.preventDefault());
    await harness.start();
    expect(harness.element.running).to.equal(false);
    harness.find('.footer');
    expect((await adapter.countCustomers({ filters: {} })).value).to.equal(0);
  });

  it('does what the chosen policy says about customers who are here already', async () => {
    const { customers } = sampleCustomers(1);
    const email = customers[0]!.email;
    const harness = await show({ customers });
    await harness.chooseUntil('decide', csv(`email,first name\n${email},Changed\nnew@example.com,New\n`));
    harness.find<HTMLInputElement>('input[value=create]').click();
    await harness.element.updateComplete;
    expect(harness.find('.footer p').textContent).to.contain('will be added unless already here');
    await harness.start();
    await harness.finished();
    expect(harness.numbers).to.deep.equal({
      Added: '1',
      Updated: '0',
      Unchanged: '0',
      Skipped: '1',
      Failed: '0',
    });
    expect(harness.text).to.contain('1 customer is here already');
  });

  for (const [name, file, message] of [
    ['an empty file', csv(''), 'It is empty.'],
    ['a header alone', csv('email,name\n'), 'It has a header but no rows below it.'],
    ['a PDF', csv('%PDF-1.4'), 'It is a PDF.'],
    ['a workbook that is cut', csv('PK\u0003\u0004'), 'The workbook is damaged'],
    [
      'an old workbook',
      new File([new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1])], 'x.csv'),
      'It is a spreadsheet of an old or other kind.',
    ],
    ['bytes that are no text', new File([new Uint8Array(600)], 'x.csv'), 'It isn’t text.'],
    [
      'a table without e-mails',
      csv('Name,Age\nAnn,7\n'),
      'No column of e-mails was found. The first line reads: Name, Age',
    ],
    ['a column without an address', csv('E-Mail\nAnn\n'), 'The column “E-Mail” has no e-mail address in it.'],
  ] as const) {
    it(`says of ${name} what is wrong and lets another be chosen`, async () => {
      const harness = await show();
      await harness.choose(file);
      expect(harness.find('[role=alert]').textContent).to.contain(message);
      await harness.choose(csv(three));
      expect(harness.step).to.equal('map');
    });
  }

  it('sends at most 1,000 rows a step, two at a time, every row once', async () => {
    const sent: StepOperationRequest[] = [];
    let inFlight = 0;
    let most = 0;
    const adapter = createMemoryAdapter();
    const harness = await ImportHarness.create({
      ...adapter,
      stepOperation: async (request, options) => {
        sent.push(request);
        most = Math.max(most, ++inFlight);
        await aTimeout(20);
        inFlight--;
        return adapter.stepOperation(request, options);
      },
    });
    await harness.choose(csv(`${many(2500)}\nbroken,X\n`));
    await harness.start();
    await harness.finished();
    expect(sent.map(({ rows = [], rejected = [] }) => rows.length + rejected.length)).to.deep.equal([
      1000, 1000, 501,
    ]);
    expect(new Set(sent.flatMap(({ rows = [] }) => rows.map(({ row }) => row))).size).to.equal(2500);
    expect(most).to.equal(2);
    expect(harness.numbers).to.include({ Added: '2,500', Failed: '1' });
  });

  it('sends a step again by itself while the server is out of reach', async () => {
    let failures = 2;
    const harness = await show({
      fail: (method) =>
        method === 'stepOperation' && failures-- > 0 ? new AdapterError('unavailable', 'down') : undefined,
    });
    await harness.choose(csv(three));
    await harness.start();
    await waitUntil(() => harness.text.includes('Trying again by itself'));
    await harness.finished();
    expect(harness.numbers.Added).to.equal('2');
  }).timeout(20_000);

  it('keeps everything when it stands still, and goes on without sending a row twice', async () => {
    let fails = true;
    const adapter = createMemoryAdapter({
      fail: (method, request) =>
        fails && method === 'stepOperation' && (request as StepOperationRequest).step === 1
          ? new AdapterError('unauthenticated', 'expired')
          : undefined,
    });
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(many(1500)));
    await harness.start();
    await harness.sees('[role=alert]');
    expect(harness.find('[role=alert]').textContent).to.contain('signed out');
    expect(harness.element.running).to.equal(true);
    fails = false;
    harness.button('Go on').click();
    await harness.finished();
    expect(harness.numbers.Added).to.equal('1,500');
    expect((await adapter.countCustomers({ filters: {} })).value).to.equal(1500);
  });

  it('stops when it is told to and keeps what is written', async () => {
    const first = gate();
    let sent = 0;
    const adapter = createMemoryAdapter({
      delay: (method) => {
        if (method !== 'stepOperation') return 0;
        sent++;
        return first.held;
      },
    });
    const harness = await ImportHarness.create(adapter);
    await harness.choose(csv(many(5000)));
    const finished = oneEvent(harness.element, 'import-finished');
    await harness.start();
    await waitUntil(() => sent === 2);
    harness.button('Cancel').click();
    first.open();
    const { receipt } = ((await finished) as CustomEvent<{ receipt: Receipt }>).detail;
    expect(receipt).to.include({ status: 'cancelled', asked: 5000, created: 2000 });
    await harness.finished();
    expect(harness.text).to.contain('Import stopped').and.to.contain('3,000 rows were not imported any more');
    expect((await adapter.countCustomers({ filters: {} })).value).to.equal(2000);
  });

  it('says that it is running, and asks before the page is left', async () => {
    const steps = gate();
    const harness = await show({ delay: (method) => (method === 'stepOperation' ? steps.held : 0) });
    const leave = (): boolean => window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
    await harness.choose(csv(three));
    expect(leave()).to.equal(true);
    await harness.start();
    expect(harness.element.hasAttribute('running')).to.equal(true);
    expect(leave()).to.equal(false);
    steps.open();
    await harness.finished();
    expect(harness.element.running).to.equal(false);
    expect(leave()).to.equal(true);
  });

  it('goes on with a run when it is moved on the page', async () => {
    const steps = gate();
    const harness = await show({ delay: (method) => (method === 'stepOperation' ? steps.held : 0) });
    await harness.choose(csv(three));
    await harness.start();
    const parent = harness.element.parentElement!;
    harness.element.remove();
    parent.append(harness.element);
    steps.open();
    await harness.finished();
    expect(harness.numbers.Added).to.equal('2');
  });

  it('works with an adapter that comes after it', async () => {
    const harness = await show();
    harness.element.adapter = undefined;
    await harness.element.updateComplete;
    expect(harness.text).to.contain('Not connected to a shop yet');
    harness.element.adapter = createMemoryAdapter();
    await harness.sees('.drop');
  });

  it('is not offered to viewers nor by a backend without it', async () => {
    const viewer = await show({ access: { role: 'viewer' } });
    expect(viewer.text).to.contain('Importing is for editors');
    expect(viewer.all('input, button')).to.have.length(0);
    const without = await show({ capabilities: { import: false } });
    expect(without.text).to.contain('This shop takes no imports');
  });

  it('asks again for the role when that failed', async () => {
    let fails = true;
    const harness = await show({
      fail: (method) =>
        fails && method === 'getAccess' ? new AdapterError('unavailable', 'down') : undefined,
    });
    await harness.sees('[role=alert]');
    fails = false;
    harness.button('Try again').click();
    await harness.sees('.drop');
  });

  describe('with thousands of rows left out', () => {
    let whileRunning: typeof window.onerror;
    before(() => {
      // The virtualizer sets sizes while it is measured, which browsers report without harm:
      // https://github.com/PolymerLabs/uni-virtualizer/issues/112
      whileRunning = window.onerror;
      window.onerror = (message, ...rest) =>
        String(message).includes('ResizeObserver loop') || whileRunning?.call(window, message, ...rest);
    });
    after(() => (window.onerror = whileRunning));

    it('draws only those in view, and reaches the last', async () => {
      const harness = await show();
      const broken = Array.from({ length: 5000 }, (_, index) => `broken ${index}`).join('\n');
      await harness.choose(csv(`email\nfine@example.com\n${broken}\n`));
      await harness.start();
      await harness.finished();
      harness.find<HTMLDetailsElement>('details').open = true;
      const list = harness.find('.problem-rows.long');
      await waitUntil(() => harness.all('.problem-row').length > 0);
      expect(harness.all('.problem-row').length).to.be.below(200);
      await expect(harness.element).to.be.accessible();
      await waitUntil(
        () => {
          list.scrollTop = list.scrollHeight;
          return harness.text.includes('broken 4999');
        },
        'the last row is not reached',
        { timeout: 10_000 },
      );
    });
  });

  it('speaks German and Arabic, and fits a phone in both directions', async () => {
    for (const [lang, start] of [
      ['de', '2 Kunden importieren'],
      ['ar', 'استيراد عميلين'],
    ] as const) {
      const harness = await show({}, { lang, width: '320px' });
      await harness.chooseUntil('decide', csv(three));
      await waitUntil(() => harness.text.includes(start));
      expect(harness.element.scrollWidth, lang).to.be.at.most(320);
      await expect(harness.element).to.be.accessible();
    }
  });
});
