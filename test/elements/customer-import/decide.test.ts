import { expect, oneEvent, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { CustomerAdapter, DryRunRequest } from '../../../src/adapter/adapter.ts';
import { AdapterError } from '../../../src/adapter/errors.ts';
import { createMemoryAdapter, type MemoryAdapterOptions } from '../../../src/adapters/memory/index.ts';
import type { ImportRow } from '../../../src/model/import.ts';
import { csv, customer, gate, ImportHarness, letVirtualizerMeasure } from './harness.ts';

const people = () => [
  customer({ email: 'ada@example.com', first_name: 'Ada', last_name: 'Old', tags: ['old'], phone: null }),
  customer({ email: 'bob@example.com', first_name: 'Bob', last_name: 'Same', tags: [] }),
];
const file = csv(
  [
    'email,first name,last name,phone,tags,Customer ID',
    'ada@example.com,Augusta,,+44 20 7946 0123,VIP,1001',
    'bob@example.com,Bob,Same,,,',
    'new@example.com,New,One,,,1003',
    'ada@example.com,Again,,,,',
    'broken,X,,,,',
  ].join('\n'),
);

const show = async (options: MemoryAdapterOptions = {}, chosen = file): Promise<ImportHarness> => {
  const harness = await ImportHarness.create(createMemoryAdapter(options));
  await harness.chooseUntil('decide', chosen);
  return harness;
};
const compared = (harness: ImportHarness): Promise<void> => harness.sees('.preview[aria-busy=false] .tile');
const footer = (harness: ImportHarness): string => harness.textOf('.footer p');
const changes = (harness: ImportHarness): string[] => harness.textsOf('.change');
const select = async (harness: ImportHarness, selector: string, value: string): Promise<void> => {
  const field = harness.find<HTMLSelectElement>(selector);
  field.value = value;
  field.dispatchEvent(new Event('change'));
  await harness.element.updateComplete;
  await compared(harness);
};

describe('deciding what an import does', () => {
  it('says what would happen with true numbers, and old and new of every field', async () => {
    const harness = await show({ customers: people() });
    await compared(harness);
    expect(harness.numbers).to.deep.equal({
      New: '1',
      Changed: '1',
      Unchanged: '1',
      'Left out': '0',
      'In conflict': '0',
    });
    expect(changes(harness)).to.deep.equal([
      'ada@example.com Row 2 First name from Ada to Augusta Phone from –nothing to +442079460123 ' +
        'Tags +added:VIP More details Customer ID: +added:1001',
    ]);
    expect(footer(harness)).to.equal(
      'Import 2 customers: 1 new, 1 changed. 1 stays as it is. 2 rows are left out.',
    );
    await expect(harness.element).to.be.accessible();
  });

  it('writes just what it said', async () => {
    const adapter = createMemoryAdapter({ customers: people() });
    const harness = await ImportHarness.create(adapter);
    await harness.chooseUntil('decide', file);
    await compared(harness);
    const { New, Changed, Unchanged } = harness.numbers;
    await harness.start();
    await harness.finished();
    expect(harness.numbers).to.deep.equal({
      Added: New,
      Updated: Changed,
      Unchanged,
      Skipped: '1',
      Failed: '1',
    });
    expect(harness.root.querySelector('.differences')).to.equal(null);
  });

  it('compares again when a decision changes', async () => {
    const harness = await show({ customers: people() });
    await compared(harness);
    harness.find<HTMLInputElement>('input[value=create]').click();
    await harness.sees('.preview[aria-busy=false] .problems');
    expect(harness.numbers).to.include({ New: '1', Changed: '0', 'Left out': '2' });
    harness.find<HTMLInputElement>('input[value=update]').click();
    await waitUntil(() => footer(harness).startsWith('Import 1 customer: 0 new, 1 changed.'));
    expect(harness.textsOf('.problems summary')).to.deep.equal(['1 customer isn’t here yet Row 4']);
  });

  it('follows a rule for each field, and tags added or replaced', async () => {
    const harness = await show({ customers: people() });
    await compared(harness);
    await select(harness, '#rule-first_name', 'keep');
    await select(harness, '#rule-phone', 'fill');
    await select(harness, '#rule-tags', 'replace');
    await select(harness, '#rule-metadata', 'keep');
    expect(changes(harness)).to.deep.equal([
      'ada@example.com Row 2 Phone from –nothing to +442079460123 Tags +added:VIP −removed:old',
    ]);
    await harness.start();
    await harness.finished();
    const { rows } = await harness.element.adapter!.listCustomers({
      filters: { search: 'ada' },
      sort: { by: 'email', direction: 'asc' },
      limit: 1,
    });
    expect(rows[0]).to.include({ first_name: 'Ada', phone: '+442079460123' });
    expect(rows[0]!.tags).to.deep.equal(['VIP']);
  });

  it('narrows the changes to one field', async () => {
    const harness = await show(
      { customers: people() },
      csv('email,first name,tags\nada@example.com,Ann,VIP\nbob@example.com,Rob,\n'),
    );
    await compared(harness);
    expect(harness.textsOf('.change-field')).to.deep.equal(['All 2', 'First name 2', 'Tags 1']);
    harness.button(/^Tags/).click();
    await harness.element.updateComplete;
    expect(changes(harness)).to.deep.equal(['ada@example.com Row 2 Tags +added:VIP']);
    expect(harness.button(/^Tags/).ariaPressed).to.equal('true');
    await expect(harness.element).to.be.accessible();
  });

  it('finds customers by a number of another system', async () => {
    const known = people();
    known[0]!.metadata = { 'Customer ID': '1001' };
    const harness = await show(
      { customers: known },
      csv('email,first name,Customer ID\nada.new@example.com,Ada,1001\nother@example.com,Other,1002\n'),
    );
    await compared(harness);
    expect(harness.numbers).to.include({ New: '2', Changed: '0' });
    await select(harness, '#match', 'external_id:Customer ID');
    expect(changes(harness)).to.deep.equal([
      'ada.new@example.com Row 2 E-mail from ada@example.com to ada.new@example.com',
    ]);
    await harness.start();
    await harness.finished();
    expect(harness.numbers).to.include({ Added: '1', Updated: '1' });
  });

  describe('customers who were deleted, merged or erased', () => {
    const gone = () =>
      ['gone0@example.com', 'gone1@example.com'].map((email) => ({
        deletedAt: '2026-11-20T10:00:00Z',
        customer: customer({ email, first_name: 'Gone' }),
      }));
    const withGone = csv(
      'email,first name\ngone0@example.com,Zero\ngone1@example.com,One\nnew@example.com,New\n',
    );

    it('are left out until somebody decides, one by one or all of a kind', async () => {
      const adapter = createMemoryAdapter({ deleted: gone() });
      const harness = await ImportHarness.create(adapter);
      await harness.chooseUntil('decide', withGone);
      await compared(harness);
      expect(harness.textOf('.again .strong')).to.equal('2 customers were deleted before');
      expect(footer(harness)).to.equal('Import 1 customer: 1 new, 0 changed. 2 rows are left out.');
      await select(harness, '.again-head select', 'anew');
      await waitUntil(() => footer(harness) === 'Import 3 customers: 3 new, 0 changed.');
      harness.find<HTMLDetailsElement>('.again details').open = true;
      await select(harness, '.again-row:first-child select', 'restore');
      await waitUntil(() => footer(harness) === 'Import 3 customers: 2 new, 1 changed.');
      expect(harness.find<HTMLSelectElement>('.again-head select').selectedOptions[0]?.text).to.equal(
        'As decided below',
      );
      await expect(harness.element).to.be.accessible();
      await harness.start();
      await harness.finished();
      expect(harness.numbers).to.include({ Added: '2', Updated: '1', Skipped: '0' });
    });

    it('are brought back by admins only', async () => {
      const harness = await show({ deleted: gone(), access: { role: 'editor' } }, withGone);
      await compared(harness);
      const offered = [...harness.find<HTMLSelectElement>('.again-head select').options].map(
        ({ value }) => value,
      );
      expect(offered).to.deep.equal(['leave', 'anew']);
      expect(harness.textOf('.again .muted')).to.contain('Only an admin');
    });
  });

  describe('a group for everybody in the file', () => {
    const vip = {
      ...{ id: '11111111-1111-7111-8111-111111111111', name: 'VIP', color: '#f59e0b', description: null },
      ...{ discount_percentage: null, member_count: 0, rule: null, version: 1 },
      ...{ created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' },
    };

    it('is found by typing, and joined', async () => {
      const adapter = createMemoryAdapter({ customers: people(), groups: [vip] });
      const harness = await ImportHarness.create(adapter);
      await harness.chooseUntil('decide', csv('email\nbob@example.com\nnew@example.com\n'));
      harness.find('#import-group').focus();
      await sendKeys({ type: 'vi' });
      await harness.sees('.suggestion[data-index="1"], .suggestion:not(:has(svg))');
      await sendKeys({ press: 'ArrowDown' });
      await sendKeys({ press: 'Enter' });
      await harness.sees('.chosen-group');
      expect(harness.textOf('.chosen-group bdi')).to.equal('VIP');
      expect(harness.focused?.id).to.equal('import-group');
      await waitUntil(() => footer(harness) === 'Import 2 customers: 1 new, 1 changed.');
      expect(changes(harness)).to.deep.equal(['bob@example.com Row 2 Group +added:VIP']);
      await harness.start();
      await harness.finished();
      expect((await adapter.countCustomers({ filters: { group: [vip.id] } })).value).to.equal(2);
    });

    it('is made when the import starts, named after the file, and none before', async () => {
      const adapter = createMemoryAdapter({ customers: people() });
      const harness = await ImportHarness.create(adapter);
      await harness.chooseUntil(
        'decide',
        csv('email\nbob@example.com\nnew@example.com\n', 'spring fair.csv'),
      );
      harness.button('New group “spring fair”').click();
      await waitUntil(() => footer(harness) === 'Import 2 customers: 1 new, 1 changed.');
      expect(changes(harness)).to.deep.equal(['bob@example.com Row 2 Group +added:spring fair']);
      await expect(harness.element).to.be.accessible();
      expect((await adapter.listGroups({ limit: 10 })).rows).to.have.length(0);
      await harness.start();
      await harness.finished();
      const [group] = (await adapter.listGroups({ limit: 10 })).rows;
      expect(group).to.include({ name: 'spring fair', member_count: 2 });
      expect(harness.numbers).to.include({ Added: '1', Updated: '1' });
    });
  });

  it('sends the comparison in steps of a thousand, two at a time, and can go on without', async () => {
    const held = gate();
    const sent: ImportRow[][] = [];
    const harness = await show(
      {
        delay: (method, request) => {
          if (method !== 'dryRunImport') return 0;
          sent.push((request as DryRunRequest).rows);
          return held.held;
        },
      },
      csv(`email\n${Array.from({ length: 2500 }, (_, index) => `p${index}@example.com`).join('\n')}`),
    );
    await waitUntil(() => sent.length === 2);
    expect(sent.map((rows) => rows.length)).to.deep.equal([1000, 1000]);
    expect(harness.find<HTMLButtonElement>('[data-action=next]').disabled).to.equal(true);
    await expect(harness.element).to.be.accessible();
    harness.button('Go on without comparing').click();
    await harness.element.updateComplete;
    held.open();
    expect(footer(harness)).to.equal('2,500 customers will be added, or updated if already here.');
    expect(harness.focused?.matches('h3')).to.equal(true);
    harness.button('Compare after all').click();
    await compared(harness);
    expect(harness.numbers.New).to.equal('2,500');
    expect(footer(harness)).to.equal('Import 2,500 customers: 2,500 new, 0 changed.');
  });

  it('says why it could not be compared, and goes on where it was', async () => {
    let fails = true;
    const harness = await show({
      customers: people(),
      fail: (method) =>
        fails && method === 'dryRunImport' ? new AdapterError('unauthenticated', 'no') : undefined,
    });
    await harness.sees('.preview [role=alert]');
    await expect(harness.element).to.be.accessible();
    expect(harness.find<HTMLButtonElement>('[data-action=next]').disabled).to.equal(false);
    fails = false;
    harness.button('Try again').click();
    await compared(harness);
    expect(harness.numbers).to.include({ New: '1', Changed: '1' });
  });

  it('goes on without where the backend can’t say beforehand', async () => {
    const harness = await show({ customers: people(), capabilities: { dryRun: false } });
    expect(harness.text).to.contain('This shop can’t say beforehand what would change.');
    expect(footer(harness)).to.equal(
      '3 customers will be added, or updated if already here. 2 rows are left out.',
    );
    await harness.start();
    await harness.finished();
    expect(harness.numbers).to.include({ Added: '1', Updated: '1' });
  });

  it('draws only the changes in view, and reaches the last of thousands', async () => {
    letVirtualizerMeasure();
    const count = 3000;
    const customers = Array.from({ length: count }, (_, index) =>
      customer({ email: `p${index}@example.com`, first_name: 'Old' }),
    );
    const harness = await show(
      { customers },
      csv(`email,first name\n${customers.map(({ email }) => `${email},New`).join('\n')}`),
    );
    await compared(harness);
    await harness.sees('.changes.long .change');
    expect(harness.all('.change').length).to.be.below(60);
    const list = harness.find('.changes.long');
    await waitUntil(
      () => {
        list.scrollTop = list.scrollHeight;
        return harness.text.includes(`p${count - 1}@example.com`);
      },
      'the last is not reached',
      { timeout: 15_000 },
    );
  });

  it('asks the host before it starts', async () => {
    const adapter: CustomerAdapter = createMemoryAdapter({ customers: people() });
    const harness = await ImportHarness.create(adapter);
    await harness.chooseUntil('decide', file);
    await compared(harness);
    harness.element.addEventListener('import-start', (event) => event.preventDefault(), { once: true });
    const asked = oneEvent(harness.element, 'import-start');
    harness.find('[data-action=next]').click();
    expect(((await asked) as CustomEvent<unknown>).detail).to.deep.equal({
      fileName: 'customers.csv',
      rows: 3,
      policy: 'both',
    });
    expect(harness.step).to.equal('decide');
    expect((await adapter.countCustomers({ filters: {} })).value).to.equal(2);
  });
});
