import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import type { CustomerAdapter } from '../../../src/adapter/adapter.ts';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter } from '../../../src/adapters/memory/index.ts';
import type { Receipt } from '../../../src/model/receipt.ts';
import { csv, customer, gate, ImportHarness } from './harness.ts';

const people = () => [
  customer({ email: 'ada@example.com', first_name: 'Ada', last_name: 'Old' }),
  customer({ email: 'bob@example.com', first_name: 'Bob', last_name: 'Old' }),
];
const file = csv(
  'email,first name,note\nada@example.com,Augusta,x\nbob@example.com,Robert,\nnew@example.com,New,\nbroken,X,\n',
);

async function imported(adapter: CustomerAdapter, chosen = file): Promise<ImportHarness> {
  const harness = await ImportHarness.create(adapter);
  await harness.choose(chosen);
  await harness.start();
  await harness.finished();
  return harness;
}

/** The bytes of the file that a press saves. */
async function saved(press: () => void): Promise<{ name: string; bytes: Uint8Array }> {
  let blob: Blob | undefined;
  let name = '';
  const { createObjectURL } = URL;
  URL.createObjectURL = (content: Blob): string => {
    blob = content;
    return createObjectURL.call(URL, content);
  };
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement): void {
    name = this.download;
  };
  try {
    press();
    await waitUntil(() => name, 'nothing is saved');
  } finally {
    URL.createObjectURL = createObjectURL;
    HTMLAnchorElement.prototype.click = click;
  }
  return { name, bytes: new Uint8Array(await blob!.arrayBuffer()) };
}

const undo = async (harness: ImportHarness): Promise<void> => {
  harness.button('Undo import').click();
  await harness.sees('dialog[open]');
  harness.find('[data-action=confirm]').click();
};
const named = async (adapter: CustomerAdapter, search: string): Promise<string[]> => {
  const { rows } = await adapter.listCustomers({
    filters: { search },
    sort: { by: 'email', direction: 'asc' },
    limit: 10,
  });
  return rows.map(({ first_name }) => first_name);
};

describe('the report of an import', () => {
  describe('undo', () => {
    it('says what goes, takes it back with a receipt, and tells the page', async () => {
      const adapter = createMemoryAdapter({ customers: people() });
      const harness = await imported(adapter);
      const events: [string, unknown][] = [];
      for (const name of ['operation-undo', 'operation-undone', 'customers-changed'])
        harness.element.addEventListener(name, (event) => events.push([name, (event as CustomEvent).detail]));
      harness.button('Undo import').click();
      await harness.sees('dialog[open]');
      expect(harness.textOf('dialog')).to.contain('The 1 customer it added is removed.');
      expect(harness.textOf('dialog')).to.contain('The 2 customers it updated become as before.');
      await Promise.all(
        harness
          .find('dialog')
          .getAnimations()
          .map(({ finished }) => finished),
      );
      await expect(harness.element).to.be.accessible();
      harness.find('[data-action=confirm]').click();
      await waitUntil(() => harness.text.includes('Undone for 3 customers.'));
      expect(await named(adapter, 'example.com')).to.deep.equal(['Ada', 'Bob']);
      expect(events.map(([name]) => name)).to.deep.equal([
        'operation-undo',
        'operation-undone',
        'customers-changed',
      ]);
      const [, detail] = events[1] as [string, { operationId: string; receipt: Receipt }];
      expect(detail.receipt).to.include({ kind: 'undo', changed: 3, failed: 0 });
      expect(harness.all('button').map((button) => button.textContent?.trim())).to.not.include('Undo import');
      expect(harness.focused?.textContent).to.contain('Undone for 3 customers.');
      await expect(harness.element).to.be.accessible();
    });

    it('keeps what somebody has edited since, and names who and what', async () => {
      const adapter = createMemoryAdapter({ customers: people() });
      const harness = await imported(adapter);
      const { rows } = await adapter.listCustomers({
        filters: { search: 'ada' },
        sort: { by: 'email', direction: 'asc' },
        limit: 1,
      });
      await adapter.updateCustomer({
        operationId: crypto.randomUUID(),
        id: rows[0]!.id,
        version: rows[0]!.version,
        fields: { first_name: 'Theirs' },
      });
      await undo(harness);
      await harness.sees('.kept li');
      await waitUntil(() => harness.textOf('.kept').includes('Theirs Old'));
      expect(harness.textOf('.kept')).to.equal('Theirs Old First name: changed since by Ada Admin');
      expect(await named(adapter, 'example.com')).to.deep.equal(['Theirs', 'Bob']);
      await expect(harness.element).to.be.accessible();
    });

    it('stays with the host, which may prevent it', async () => {
      const adapter = createMemoryAdapter({ customers: people() });
      const harness = await imported(adapter);
      harness.element.addEventListener('operation-undo', (event) => event.preventDefault());
      const asked = oneEvent(harness.element, 'operation-undo');
      await undo(harness);
      expect(((await asked) as CustomEvent<{ operation: Receipt }>).detail.operation.kind).to.equal('import');
      expect(await named(adapter, 'ada')).to.deep.equal(['Augusta']);
    });

    it('shows how far it is, stands still without losing anything, and goes on', async () => {
      const steps = gate();
      let fails = true;
      const adapter = createMemoryAdapter({
        delay: (method) => (method === 'stepOperation' && !fails ? steps.held : 0),
        fail: (method, request) =>
          fails && method === 'stepOperation' && !(request as { rows?: unknown }).rows
            ? new AdapterError('unauthenticated', 'no')
            : undefined,
      });
      const harness = await imported(
        adapter,
        csv(`email\n${Array.from({ length: 1500 }, (_, index) => `p${index}@example.com`).join('\n')}`),
      );
      await undo(harness);
      await harness.sees('.undo[role=alert]');
      await expect(harness.element).to.be.accessible();
      fails = false;
      harness.button('Go on').click();
      await harness.sees('.undo progress');
      expect(harness.textOf('.undo')).to.contain('0 of 1,500 customers');
      expect(harness.element.running).to.equal(true);
      steps.open();
      await waitUntil(() => harness.text.includes('Undone for 1,500 customers.'));
      expect(harness.element.running).to.equal(false);
    });

    it('is not offered where nothing was written, nor by a backend without it', async () => {
      const nothing = await imported(
        createMemoryAdapter(),
        csv('email,first name\nbroken,X\nfine@example.com,Y\n'),
      );
      expect(nothing.button('Undo import').disabled).to.equal(false);
      const without = await imported(createMemoryAdapter({ capabilities: { undo: false } }));
      expect(without.all('[data-action=undo]')).to.have.length(0);
    });
  });

  describe('the rows that were left out', () => {
    it('come in the columns, delimiter and encoding of the file, with the reason behind them', async () => {
      const text =
        'E-Mail;Vorname;Größe;password\nfine@example.com;A;1;s\nkaputt;"Jürgen; €";=1+1;geheim\n;Zoë;+49;geheim\n';
      const bytes = Uint8Array.from(
        [...text].map((letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0))),
      );
      const harness = await imported(createMemoryAdapter(), new File([bytes], 'kunden.csv'));
      const { name, bytes: out } = await saved(() => harness.button('Download these rows').click());
      expect(name).to.equal('kunden-left-out.csv');
      expect(new TextDecoder('windows-1252').decode(out)).to.equal(
        'E-Mail;Vorname;Größe;Reason\r\n' +
          'kaputt;"Jürgen; €";\'=1+1;The e-mail is not valid\r\n' +
          ";Zoë;'+49;No e-mail\r\n",
      );
    });

    it('come in UTF-16 where the file did', async () => {
      const text = '\ufeffemail\tname\nfine@example.com\tA\nbroken\t名前\n';
      const units = Uint16Array.from([...text].map((letter) => letter.charCodeAt(0)));
      const harness = await imported(createMemoryAdapter(), new File([units], 'list.txt'));
      const { name, bytes } = await saved(() => harness.button('Download these rows').click());
      expect(name).to.equal('list-left-out.txt');
      expect([bytes[0], bytes[1]]).to.deep.equal([0xff, 0xfe]);
      expect(new TextDecoder('utf-16le').decode(bytes)).to.equal(
        'email\tname\tReason\r\nbroken\t名前\tThe e-mail is not valid\r\n',
      );
    });

    it('can be put right and imported, cell for cell', async () => {
      const adapter = createMemoryAdapter();
      const harness = await imported(
        adapter,
        csv('email,first name,note\nok@example.com,A,b\nbad,=cmd,"say ""hi"", -1"\n'),
      );
      const { bytes } = await saved(() => harness.button('Download these rows').click());
      const corrected = new TextDecoder().decode(bytes).replace('bad', 'good@example.com');
      await imported(adapter, csv(corrected));
      const { rows } = await adapter.listCustomers({
        filters: { search: 'good' },
        sort: { by: 'email', direction: 'asc' },
        limit: 1,
      });
      expect(rows[0]).to.include({ first_name: '=cmd' });
      const { customer: whole } = await adapter.getCustomer({ id: rows[0]!.id });
      expect(whole.metadata).to.include({ note: 'say "hi", -1' });
    });

    it('are all of them, however many pages of reasons there are', async () => {
      const broken = Array.from({ length: 2300 }, (_, index) => `broken ${index},X`).join('\n');
      const harness = await imported(
        createMemoryAdapter(),
        csv(`email,first name\nfine@example.com,A\n${broken}\n`),
      );
      await waitUntil(() => harness.text.includes('2,300 rows with an invalid e-mail'));
      const { bytes } = await saved(() => harness.button('Download these rows').click());
      expect(new TextDecoder().decode(bytes).trim().split('\r\n')).to.have.length(2301);
    });
  });

  it('says where it did other than the comparison had foretold, row by row', async () => {
    const adapter = createMemoryAdapter({ customers: people() });
    const harness = await ImportHarness.create(adapter);
    await harness.chooseUntil(
      'decide',
      csv('email,first name\nada@example.com,Augusta\nnew@example.com,New\nnext@example.com,Next\n'),
    );
    harness.find<HTMLInputElement>('input[value=create]').click();
    await waitUntil(() => harness.text.includes('Import 2 customers: 2 new, 0 changed.'));
    await adapter.createCustomer({
      operationId: crypto.randomUUID(),
      id: crypto.randomUUID(),
      fields: { email: 'new@example.com', first_name: 'Meanwhile' },
    });
    await harness.start();
    await harness.finished();
    await harness.sees('.differences');
    expect(harness.textsOf('.differences > ul li')).to.deep.equal(['Added: 1, foretold were 2']);
    expect(harness.textsOf('.differences summary')).to.deep.equal(['1 customer is here already Row 3']);
    await expect(harness.element).to.be.accessible();
  });

  it('asks the page to show the customers', async () => {
    const harness = await imported(createMemoryAdapter({ customers: people() }));
    const shown = oneEvent(harness.element, 'import-show');
    harness.button('Show these customers').click();
    const event = (await shown) as CustomEvent<{ operationId: string }>;
    expect(event.cancelable).to.equal(true);
    const found = await harness.element.adapter!.countCustomers({
      filters: { operation: event.detail.operationId },
    });
    expect(found.value).to.equal(3);
  });

  describe('the imports so far', () => {
    it('stand where a file is picked: who, when, how many, with report and undo', async () => {
      const adapter = createMemoryAdapter({ customers: people() });
      const harness = await imported(adapter);
      harness.button('Import another file').click();
      await harness.sees('.past-import');
      expect(harness.textOf('.past-text')).to.equal(
        'customers.csv Ada Admin · now · 1 added, 2 updated, 1 left out',
      );
      harness.button('Report').click();
      await harness.sees('.past-report summary');
      expect(harness.numbers).to.include({ Added: '1', Updated: '2', Failed: '1' });
      expect(harness.textsOf('.past-report summary')).to.deep.equal(['1 row with an invalid e-mail Row 5']);
      await expect(harness.element).to.be.accessible();
      await undo(harness);
      await harness.sees('.past-state');
      expect(harness.textOf('.past-state')).to.equal('Undone');
      expect(await named(adapter, 'example.com')).to.deep.equal(['Ada', 'Bob']);
      await expect(harness.element).to.be.accessible();
    });

    it('come by pages', async () => {
      const adapter = createMemoryAdapter();
      for (let index = 0; index < 7; index++) {
        const id = crypto.randomUUID();
        const options = { fileName: `list-${index}.csv` };
        await adapter.startOperation({ id, kind: 'import', asked: 0, options });
        await adapter.finishOperation({ id });
      }
      const harness = await ImportHarness.create(adapter);
      await harness.sees('.past-import');
      expect(harness.textsOf('.past-text .strong')[0]).to.equal('list-6.csv');
      expect(harness.all('.past-import')).to.have.length(5);
      harness.button('Show more').click();
      await waitUntil(() => harness.all('.past-import').length === 7);
    });

    it('say so when they can’t be shown, and stay away where the backend has none', async () => {
      let fails = true;
      const failing = await ImportHarness.create(
        createMemoryAdapter({
          fail: (method) =>
            fails && method === 'listOperations' ? new AdapterError('unavailable', 'no') : undefined,
        }),
      );
      await failing.sees('.past-failed');
      await expect(failing.element).to.be.accessible();
      fails = false;
      failing.button('Try again').click();
      await waitUntil(() => !failing.root.querySelector('.past-failed'));
      const without = await imported(createMemoryAdapter({ capabilities: { history: false } }));
      without.button('Import another file').click();
      await without.sees('.drop');
      expect(without.all('.past-import')).to.have.length(0);
    });
  });
});
