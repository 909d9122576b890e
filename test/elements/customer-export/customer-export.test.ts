import { expect, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { AdapterError } from '../../../src/adapter/errors.ts';
import {
  createMemoryAdapter,
  sampleCustomers,
  type MemoryAdapterOptions,
} from '../../../src/adapters/memory/index.ts';
import { readSpreadsheet } from '../../../src/import/read-spreadsheet.ts';
import type { ExportField } from '../../../src/model/export.ts';
import { ExportHarness, linesOf } from './harness.ts';

const access = { role: 'editor', currency: 'EUR', time_zone: 'Europe/Berlin' } as const;
const shop = sampleCustomers(60);
const visible = shop.customers.length;

function adapterOf(options: MemoryAdapterOptions = {}): CustomerAdapter {
  return createMemoryAdapter({ ...shop, access, ...options });
}

/** An export in `chunks` parts of one customer each, whose answers the test gives. */
function inChunks(chunks: number, answer: (step: number) => Promise<string> | string): CustomerAdapter {
  const adapter = adapterOf();
  return {
    ...adapter,
    startOperation: async (request, options) => ({
      ...(await adapter.startOperation(request, options)),
      asked: chunks,
      steps: { total: chunks, done: [] },
    }),
    exportChunk: async ({ step }) => answer(step),
  };
}

const row = (step: number): string => `person${step}@example.com\u001e`;

describe('<customer-export>', () => {
  let harness: ExportHarness;
  const open = async (...given: Parameters<typeof ExportHarness.create>) =>
    (harness = await ExportHarness.create(...given));

  beforeEach(() => localStorage.clear());
  afterEach(() => harness.end());

  describe('whom', () => {
    it('is everybody at first, with their number', async () => {
      await open(adapterOf());
      await harness.reads(`Export ${visible} customers`);
      expect(harness.audiences).to.deep.equal([`Everybody ${visible}`]);
    });

    it('is the selected ones, all that match or everybody, as a person says', async () => {
      const ids = shop.customers.slice(0, 3).map(({ id }) => id);
      await open(adapterOf(), { customers: { ids }, filters: { status: ['guest'] } });
      const guests = shop.customers.filter(({ status }) => status === 'guest').length;
      await harness.reads(`All that match the filters ${guests}`);
      expect(harness.audiences).to.deep.equal([
        'The 3 selected',
        `All that match the filters ${guests}`,
        `Everybody ${visible}`,
      ]);
      const { text } = await harness.export();
      expect(linesOf(text)).to.have.length(1 + 3);
      await harness.press('[data-action=again]');
      await harness.press('input[value=matching]');
      await harness.reads(`Export ${guests} customer`);
      const all = await harness.export();
      expect(linesOf(all.text)).to.have.length(1 + guests);
      expect(all.receipt.asked).to.equal(guests);
    });

    it('is those that match but for some', async () => {
      const except = shop.customers.slice(0, 2).map(({ id }) => id);
      await open(adapterOf(), { customers: { filters: {}, except } });
      await harness.reads(`The ${visible - 2} selected`);
      const { text } = await harness.export();
      const emails = shop.customers.slice(0, 2).map(({ email }) => email);
      expect(linesOf(text)).to.have.length(1 + visible - 2);
      expect(emails.filter((email) => text.includes(email))).to.deep.equal([]);
    });

    it('can be nobody, which makes no file', async () => {
      await open(adapterOf(), { customers: { filters: { search: 'zzqqy' } } });
      await harness.reads('There is nobody to export');
      await harness.press('.start');
      expect(harness.find('.start').getAttribute('aria-disabled')).to.equal('true');
      expect(harness.root.querySelector('.running')).to.equal(null);
    });

    it('takes the number that its host knows', async () => {
      let counted = 0;
      const adapter = adapterOf();
      await open(
        {
          ...adapter,
          countCustomers: (...given) => {
            counted++;
            return adapter.countCustomers(...given);
          },
        },
        { customers: { filters: { status: ['active'] } }, count: 17 },
      );
      await harness.reads('Export 17 customers');
      await harness.reads(`Everybody ${visible}`);
      expect(counted).to.equal(1);
    });
  });

  describe('the file', () => {
    it('has the usual columns, money in major units, and the name of the day', async () => {
      await open(adapterOf());
      const { name, text } = await harness.export();
      const day = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Berlin' }).format(new Date());
      expect(name).to.equal(`customers-export-${day}.csv`);
      const [head, ...lines] = linesOf(text);
      expect(head).to.equal('First Name,Last Name,Email,Phone,Status,Orders,Total Spent');
      expect(lines).to.have.length(visible);
      const one = shop.customers.find(({ total_spent: spent }) => spent > 0)!;
      const line = lines.find((each) => each.includes(one.email));
      expect(line?.endsWith(`,${(one.total_spent / 100).toFixed(2)}`)).to.equal(true);
      await harness.reads(`${visible} customers in`);
    });

    it('can be a workbook', async () => {
      await open(adapterOf());
      await harness.press('input[value=xlsx]');
      const { name, file } = await harness.export();
      expect(name.endsWith('.xlsx')).to.equal(true);
      const { header, rows } = await readSpreadsheet(file, {});
      expect(header).to.deep.equal([
        'First Name',
        'Last Name',
        'Email',
        'Phone',
        'Status',
        'Orders',
        'Total Spent',
      ]);
      expect(rows.length).to.equal(visible);
    });

    it('can be saved once more', async () => {
      await open(adapterOf());
      const first = await harness.export();
      await harness.press('[data-action=save]');
      expect(harness.saved).to.have.length(2);
      expect(await (await harness.saved[0]!.file).text()).to.equal(first.text);
    });

    it('goes where the person says, where the browser asks', async () => {
      const parts: Uint8Array[] = [];
      let closed = false;
      const stub = {
        name: 'mine.csv',
        createWritable: async () => ({
          write: async (bytes: Uint8Array) => void parts.push(bytes),
          close: async () => (closed = true),
          abort: async () => undefined,
        }),
      };
      // It can't cross to a worker, so the page writes.
      const { Worker: worker } = window;
      window.Worker = function refuse() {
        throw new Error('No workers here.');
      } as unknown as typeof Worker;
      const asked: unknown[] = [];
      const picker = Object.getOwnPropertyDescriptor(window, 'showSaveFilePicker');
      Object.defineProperty(window, 'showSaveFilePicker', {
        configurable: true,
        value: async (options: unknown) => {
          asked.push(options);
          return stub;
        },
      });
      try {
        await open(adapterOf());
        await harness.press('.start');
        await harness.reads(`${visible} customers in`);
        expect(harness.text).to.include('mine.csv');
        expect(closed).to.equal(true);
        expect(linesOf(await new Blob(parts as BlobPart[]).text())).to.have.length(1 + visible);
        expect(harness.saved).to.deep.equal([]);
        expect((asked[0] as { suggestedName: string }).suggestedName).to.match(/^customers-export-.*\.csv$/);
      } finally {
        window.Worker = worker;
        if (picker) Object.defineProperty(window, 'showSaveFilePicker', picker);
        else delete (window as { showSaveFilePicker?: unknown }).showSaveFilePicker;
      }
    });

    it('is not made where the person takes the question back', async () => {
      const picker = Object.getOwnPropertyDescriptor(window, 'showSaveFilePicker');
      Object.defineProperty(window, 'showSaveFilePicker', {
        configurable: true,
        value: async () => {
          throw new DOMException('Taken back.', 'AbortError');
        },
      });
      try {
        await open(adapterOf());
        await harness.press('.start');
        await new Promise((resolve) => setTimeout(resolve, 50));
        await harness.sees('.start[aria-disabled=false]');
        expect(harness.finished).to.deep.equal([]);
      } finally {
        if (picker) Object.defineProperty(window, 'showSaveFilePicker', picker);
      }
    });
  });

  describe('while it runs', () => {
    it('says how many are in the file, and goes on while the dialog is closed', async () => {
      const answers: (() => void)[] = [];
      const held = (step: number) => new Promise<string>((resolve) => answers.push(() => resolve(row(step))));
      await open(inChunks(5, held), { presentation: 'dialog', open: true, fields: ['email'] });
      await harness.press('.start');
      await harness.reads('0 of 5 customers');
      await waitUntil(() => answers.length === 2);
      answers[0]!();
      await harness.reads('1 of 5 customers');
      await harness.press('.close');
      expect(harness.element.open).to.equal(false);
      expect(harness.element.running).to.equal(true);
      for (let next = 1; next < 5; next++) {
        await waitUntil(() => answers.length > next);
        answers[next]!();
      }
      await waitUntil(() => harness.finished.length === 1);
      expect(linesOf(await (await harness.saved[0]!.file).text())).to.deep.equal([
        'Email',
        ...[0, 1, 2, 3, 4].map((step) => `person${step}@example.com`),
      ]);
    });

    it('pauses and goes on', async () => {
      let asked = 0;
      const slow = async (step: number) => {
        asked++;
        await new Promise((resolve) => setTimeout(resolve, 15));
        return row(step);
      };
      await open(inChunks(30, slow), { fields: ['email'] });
      await harness.press('.start');
      await harness.sees('[data-action=pause]');
      await harness.press('[data-action=pause]');
      await harness.reads('Paused');
      await new Promise((resolve) => setTimeout(resolve, 60));
      const before = asked;
      await new Promise((resolve) => setTimeout(resolve, 80));
      expect(asked).to.equal(before);
      await harness.press('[data-action=pause]');
      await harness.sees('.outcome');
      expect(linesOf(await (await harness.saved[0]!.file).text())).to.have.length(31);
    });

    it('is stopped: no file is kept, and the receipt says so', async () => {
      const slow = async (step: number) => {
        await new Promise((resolve) => setTimeout(resolve, 15));
        return row(step);
      };
      await open(inChunks(100, slow), { fields: ['email'] });
      await harness.press('.start');
      await harness.reads('2 of 100');
      await harness.press('[data-action=stop]');
      await harness.reads('The export was stopped');
      expect(harness.finished[0]!.receipt.status).to.equal('cancelled');
      expect(harness.finished[0]!.fileName).to.equal(undefined);
      expect(harness.saved).to.deep.equal([]);
      expect(harness.root.activeElement?.textContent).to.equal('The export was stopped');
    });

    it('waits for a connection that drops, and has nobody twice', async () => {
      const failed = new Set<number>();
      await open(
        inChunks(6, (step) => {
          if (step >= 2 && step <= 3 && !failed.has(step)) {
            failed.add(step);
            throw new AdapterError('unavailable', 'The connection dropped.');
          }
          return row(step);
        }),
        { fields: ['email'] },
      );
      await harness.press('.start');
      await harness.reads('The server can’t be reached');
      await harness.sees('.outcome');
      expect(linesOf(await (await harness.saved[0]!.file).text())).to.deep.equal([
        'Email',
        ...[0, 1, 2, 3, 4, 5].map((step) => `person${step}@example.com`),
      ]);
    });

    it('stands still where it is refused, and goes on from there', async () => {
      let isRefused = true;
      await open(
        inChunks(6, (step) => {
          if (step === 3 && isRefused) throw new AdapterError('unauthenticated', 'Signed out.');
          return row(step);
        }),
        { fields: ['email'] },
      );
      await harness.press('.start');
      await harness.reads('The export stands still');
      expect(harness.text).to.include('You are signed out');
      isRefused = false;
      await harness.press('[data-action=go-on]');
      await harness.sees('.outcome');
      expect(linesOf(await (await harness.saved[0]!.file).text())).to.have.length(7);
    });

    it('says whom it can’t hold any more', async () => {
      const adapter = adapterOf();
      const gone = shop.customers[0]!.id;
      await open({
        ...adapter,
        finishOperation: async (request, options) => ({
          ...(await adapter.finishOperation(request, options)),
          skipped: 1,
          failures: [{ id: gone, code: 'unknown', message: 'Gone.', outcome: 'skipped' as const }],
        }),
      });
      await harness.export();
      await harness.reads('1 customer was removed for good meanwhile');
      expect(harness.find('.gone code').textContent).to.equal(gone);
    });
  });

  describe('a workbook’s limits', () => {
    it('are said beforehand, with the way out', async () => {
      const adapter = adapterOf();
      await open({ ...adapter, countCustomers: async () => ({ value: 2_000_000, exact: true }) });
      await harness.press('input[value=xlsx]');
      await harness.reads('A workbook holds 1,048,575 customers. Choose CSV.');
      expect(harness.find('.start').getAttribute('aria-disabled')).to.equal('true');
      await harness.press('input[value=csv]');
      expect(harness.find('.start').getAttribute('aria-disabled')).to.equal('false');
    });

    it('end it where they are met, and CSV is a click away', async () => {
      const long = 'x'.repeat(32_768);
      await open(
        inChunks(1, () => `${long}\u001e`),
        { fields: ['last_name'] },
      );
      await harness.press('input[value=xlsx]');
      await harness.press('.start');
      await harness.reads('In the column “⁨Last Name⁩” is a text that no cell of a workbook holds');
      await harness.press('[data-action=as-csv]');
      await harness.sees('.outcome');
      expect(linesOf(await (await harness.saved[0]!.file).text())).to.deep.equal(['Last Name', long]);
    });
  });

  describe('its host', () => {
    it('hears what is about to be made, and may prevent it', async () => {
      await open(adapterOf());
      const heard: unknown[] = [];
      harness.element.addEventListener('export-start', (event) => {
        heard.push(event.detail);
        event.preventDefault();
      });
      await harness.press('.start');
      expect(heard).to.deep.equal([
        {
          customers: { filters: {} },
          fields: ['first_name', 'last_name', 'email', 'phone', 'status', 'orders_count', 'total_spent'],
          format: 'csv',
        },
      ]);
      expect(harness.root.querySelector('.running')).to.equal(null);
    });

    it('says which columns and formats there are at first', async () => {
      await open(adapterOf(), { formats: 'csv', fields: ['email', 'nothing' as ExportField, 'tags'] });
      expect(harness.columns).to.deep.equal(['email', 'tags']);
      expect(harness.root.querySelector('.formats')).to.equal(null);
    });
  });

  it('offers a viewer nothing, and says why', async () => {
    await open(adapterOf({ access: { role: 'viewer' } }));
    expect(harness.text).to.include('Exporting is for editors');
    expect(harness.root.querySelector('.start')).to.equal(null);
  });

  it('says so where the backend gives no exports', async () => {
    const adapter = adapterOf();
    await open({ ...adapter, capabilities: { ...adapter.capabilities, export: false } });
    expect(harness.text).to.include('This shop gives no exports');
  });

  it('asks again where the shop could not be reached', async () => {
    let isDown = true;
    await open(adapterOf({ fail: () => (isDown ? new AdapterError('unavailable', 'Down.') : undefined) }));
    expect(harness.text).to.include('The server can’t be reached');
    isDown = false;
    await harness.press('[data-action=retry]');
    await harness.sees('.start');
  });

  it('goes on where it is taken out of the page and put in again', async () => {
    const slow = async (step: number) => {
      await new Promise((resolve) => setTimeout(resolve, 10));
      return row(step);
    };
    await open(inChunks(20, slow), { fields: ['email'] });
    await harness.press('.start');
    const { element } = harness;
    const box = element.parentElement!;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 30));
    box.append(element);
    await harness.sees('.outcome');
    expect(linesOf(await (await harness.saved[0]!.file).text())).to.have.length(21);
  });
});
